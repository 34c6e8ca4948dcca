"""The briefing: everything one may know before STARTEX, and two ways out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drills import joining, library
from drills.drill import Drill
from drills.plan import oneself
from drills.plan.lint import lint
from tests.tui import fakes_review as fakes
from tests.tui.stage import Stage, text_of
from tui.keys import table
from tui.screens.briefing import BriefingScreen
from tui.screens.briefing_text import CONTRACT, briefing
from tui.screens.help_words import SEVEN


def stage(drill: Drill = fakes.DRILL) -> Stage:
    return Stage(lambda: BriefingScreen(drill))


def words(drill: Drill, width: int = 76) -> str:
    """The briefing without its line ends."""
    return " ".join(briefing(drill, width).plain.split())


async def test_enter_is_startex() -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "space", "enter")
        await pilot.pause()
    assert [True] == app.answer


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_one_can_step_back(key: str) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert [False] == app.answer


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 34), (160, 45)])
async def test_watermark_and_stop_words_are_always_in_sight(size: tuple[int, int]) -> None:
    app = stage()
    async with app.run_test(size=size) as pilot:
        await pilot.press("G")
        await pilot.pause()
        shown = text_of(app)
        assert "EXERCISE EXERCISE EXERCISE" in shown.splitlines()[0]
        assert "NO DUFF" in "\n".join(shown.splitlines()[-3:])
        assert "STARTEX" in shown


@pytest.mark.parametrize("width", [60, 100, 150])
def test_everything_is_told(width: int) -> None:
    told = " ".join(briefing(fakes.DRILL, width).plain.split())
    for word in (
        "Four cafés and a bakery",  # brand
        "one star",  # premise
        "Nobody asks why",  # the offer to leave
        "social-media lead",
        "Mia Berg",
        "Never: delete criticism",
        "Keep a small thing small",
        "Ida Holt",
        "customer-service manager 4 min",
        "Per Sand and Ada",  # who must approve an official statement
        "@cafelumo",
        "280 characters",
        "5 minutes on your own watch",
        "NO DUFF",
        "TIME OUT",
    ):
        assert word in told or width != 60  # columns tear sentences apart, words stay
        assert all(part in told for part in word.split())
    assert all(key.shown in told for key in table() if key.id in SEVEN)
    assert 3 == len(CONTRACT)


def test_no_line_is_wider_than_told() -> None:
    for width in (40, 76, 96, 139, 140, 156):
        assert all(line.cell_length <= width for line in briefing(fakes.DRILL, width).split("\n"))


def test_without_a_plan_one_has_a_plain_team() -> None:
    told = briefing(replace(fakes.DRILL, plan=None), 76).plain
    assert "The plan knows you" not in told
    assert "asks for no approval" in told
    assert "Head of communications" in told


def test_without_content_notes_nothing_is_said_of_them() -> None:
    scenario = fakes.SCENARIO.model_copy(update={"content_notes": ()})
    assert "hard to read" not in briefing(replace(fakes.DRILL, scenario=scenario), 76).plain


def test_where_hints_are_counted_that_is_told_before() -> None:
    counting = replace(fakes.DRILL, file=fakes.DRILL.file.model_copy(update={"hints": "counted"}))
    told = " ".join(briefing(counting, 80).plain.split())
    assert "hints are counted: the review says how many you asked for" in told
    assert "hints are counted" not in briefing(fakes.DRILL, 80).plain


# -- the first page


@pytest.mark.parametrize("name", library.names("drills"))
async def test_the_first_page_says_what_to_reach_who_one_is_and_which_clock_is_meant(name: str) -> None:
    drill = joining.find(name)
    app = stage(drill)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(app).split())
    assert all(" ".join(text.split()[:4]) in shown for text in drill.file.objectives)
    assert ("Passed by:" in shown) == (drill.file.practice is not None)
    assert drill.plan is not None
    me = drill.plan.person(oneself(drill.plan, drill.file.seats[0]))
    assert me is not None and f"{me.name}, " in shown
    assert "minutes on your own watch" in shown and "F8 stops the clock" in shown


async def test_a_line_names_what_is_further_down_until_all_has_been_seen() -> None:
    app = stage(joining.find("md-01-one-cup-of-soup"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        more = text_of(app).splitlines()[21]
        assert "▼ space" in more and "What is yours to do" in more and "What you are to reach" not in more
        await pilot.press("space", "space", "space")
        await pilot.pause()
        more = text_of(app).splitlines()[21]
        assert "▼ space" in more and "Keys to begin with" not in more and "Whom you can reach" in more
        await pilot.press("G")
        await pilot.pause()
        assert "▼" not in text_of(app)


async def test_where_all_is_in_sight_nothing_points_down() -> None:
    app = stage()
    async with app.run_test(size=(160, 60)) as pilot:
        await pilot.pause()
        assert "▼" not in text_of(app)


def test_one_is_one_person_and_the_others_of_that_role_are_colleagues() -> None:
    soup = joining.find("md-01-one-cup-of-soup")
    told = words(soup)
    assert "Lotte Winn, customer-service rep (REP) of The Steam Cup. Emre Dal is a colleague" in told
    reach = told.partition("Whom you can reach")[2].partition("Who must approve")[0]
    assert "Emre Dal" in reach and "Lotte" not in reach
    stackfold = words(joining.find("stackfold-is-down"))
    assert "Timo Brandl, social-media lead" in stackfold
    assert "Timo" not in stackfold.partition("Whom you can reach")[2].partition("Who must approve")[0]


def test_a_time_on_ones_own_watch_says_so_and_every_other_is_the_storys() -> None:
    told = words(joining.find("md-01-one-cup-of-soup"))
    assert "within three minutes on your own watch" in told
    assert "a first answer within 3 minutes on your own watch" in told
    assert "Times are the story's, “left” in the queue too, unless they say “on your own watch”." in told
    even = replace(fakes.DRILL, file=fakes.DRILL.file.model_copy(update={"pace": 1.0}))
    assert "as long as the story" in words(even) and "“left”" not in words(even)


def test_the_way_out_has_its_keys() -> None:
    assert "You can leave: esc now, ^q later." in words(fakes.DRILL)


def test_findings_about_the_plan_are_not_a_players_business() -> None:
    drill = joining.find("md-01-one-cup-of-soup")
    assert drill.plan is not None and lint(drill.plan, drill.scenario)
    assert "lint" not in words(drill) and "stormdrill check" not in words(drill)
