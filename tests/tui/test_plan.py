"""The plan at the desk: whom to call by when, who does what, the way as a picture, and every word of it findable."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills import shelf
from drills.drill import Drill
from drills.plan import Plan
from drills.plan.flow import Branch, Step, steps
from drills.plan.showing import SILENT
from drills.practice.marks_model import Practice
from engine.events import Reached, Unreachable
from scenarios.text import is_clean
from tests.hostile import CORPUS
from tests.tui.desk_pilot import playing
from tests.tui.fakes_plan import WATER, water
from tests.tui.scripted import MINUTE, ScriptedSession
from tests.tui.stage import Stage, text_of
from tui.next_step import next_step
from tui.screens.briefing import BriefingScreen
from tui.screens.desk import DeskScreen
from tui.screens.endex import NoDuffScreen
from tui.screens.plan import PlanScreen
from tui.screens.plan_now import View
from tui.screens.plan_text import PAGES, found, page, plain
from tui.widgets.flowchart import ASCII, LINES, Pen, flowchart, pen
from tui.widgets.foot import Clickable
from tui.widgets.waiting import waiting

PLANS = [drill.plan for drill in shelf.drills() if drill.plan is not None]


def view(session: ScriptedSession, level: int, kind: str = "") -> View:
    session.tick()
    plan = session.drill.plan
    assert plan is not None
    return View(session.drill, plan, session.seat, level, kind, session.desk)


def row(text: str, word: str) -> str:
    return next(line for line in text.split("\n") if word in line)


# -- the first look ----------------------------------------------------------------------------------------------


async def test_one_key_shows_whom_the_declared_level_asks_for() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l")
        assert isinstance(played.app.screen, PlanScreen)
        assert "EXERCISE" in played.lines[0] and "T+0:12:40" in played.lines[0], "the clock stays in sight"
        assert "L3 since T+0:12:40" in played.text
        assert "your own seat" in row(played.text, "Ben Holm")
        assert "in 10m" in row(played.text, "Ana Ruiz") and "ext-100" in played.text
        assert "off duty" in played.lines[played.lines.index(row(played.text, "Lea Sand")) + 1]
        await played.press("escape")
        assert isinstance(played.app.screen, DeskScreen)


def test_a_call_counts_down_from_the_level_and_is_late_afterwards() -> None:
    session = water(level=3)

    def ana(minutes: float) -> str:
        session.now_ms = 12 * MINUTE + 40_000 + round(minutes * MINUTE)
        return row(page(view(session, 3), "now", 110).plain, "Ana Ruiz")

    assert "in 10m" in ana(0) and "in 4m00s" in ana(6) and "late 2m00s" in ana(12)


def test_without_the_level_there_is_no_countdown() -> None:
    session = water(level=2)
    assert "within 10m" in row(page(view(session, 3), "now", 110).plain, "Ana Ruiz")
    assert "in 20m" in row(page(view(session, 2), "now", 110).plain, "Ana Ruiz")


def test_a_level_that_was_left_and_declared_again_counts_anew() -> None:
    session = water(level=3)
    for minute, level in ((15, 1), (30, 3)):
        session.now_ms = minute * MINUTE
        session.act("classify", level=level)
        session.tick()
    assert "in 10m" in row(page(view(session, 3), "now", 110).plain, "Ana Ruiz")


def test_what_has_been_done_is_marked_with_when() -> None:
    session = water(level=3)
    session.now_ms = 14 * MINUTE
    session.act("escalate", to=("ana",), text="Brown water.")
    done = view(session, 3)
    assert "… calling, T+0:14:00" in row(page(done, "now", 110).plain, "Ana Ruiz")
    session.happen(Reached(15 * MINUTE, "t1", "ana", "COM"))
    assert "✓ told T+0:14:00" in row(page(view(session, 3), "now", 110).plain, "Ana Ruiz")
    session.happen(Unreachable(16 * MINUTE, "t1", "ana", "COM", ""))
    assert "! no answer, T+0:14:00" in row(page(view(session, 3), "now", 110).plain, "Ana Ruiz")
    session.happen(Unreachable(17 * MINUTE, "t1", "ana", "COM", "", why="number"))
    assert "! bad number, T+0:14:00" in row(page(view(session, 3), "now", 110).plain, "Ana Ruiz")


def test_the_dashboard_and_the_emergency_rule_are_those_of_the_level() -> None:
    told = page(view(water(), 3), "now", 140).plain
    assert "Lea Sand and Ana Ruiz" in row(told, "official statement") and "1h30m" in row(told, "official statement")
    assert "After 10m without an answer Ben Holm may publish pre-approved words without that approval" in told
    assert "official statement" not in page(view(water(), 2), "now", 140).plain


@pytest.mark.parametrize("width", [56, 76, 99, 100, 116, 130, 156])
@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_told(name: str, width: int) -> None:
    for plan in (WATER, *PLANS):
        shown = replace(view(water(), 3, "water-quality"), plan=plan)
        assert all(line.cell_length <= width for line in page(shown, name, width).split("\n"))


# -- levels, pages, kinds, search --------------------------------------------------------------------------------


async def test_digits_and_arrows_change_the_level_looked_at() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l", "2")
        assert "Call at L2" in played.text
        await played.press("right", "right", "right")
        assert "Call at L4" in played.text and SILENT in played.text
        await played.press("left")
        assert "Call at L3" in played.text


async def test_tab_goes_through_all_pages_and_back() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l")
        for sign in ("Trigger", "What makes it L3", "Burst main", "The water in [district]", "People before pipes."):
            await played.press("tab")
            assert sign in played.text
        await played.press("shift+tab", "shift+tab")
        assert "Burst main" in played.text


async def test_the_mouse_turns_pages_and_levels() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l")
        lines = played.lines
        at = next(y for y, one in enumerate(lines) if "Rules" in one)
        await played.pilot.click(offset=(lines[at].index("Rules") + 1, at))
        await played.settle()
        assert "People before pipes." in played.text
        await played.pilot.click(offset=(lines[at - 1].index("2 watch") + 1, at - 1))
        await played.press("shift+tab", "shift+tab", "shift+tab")
        assert "What makes it L2" in played.text


async def test_the_kind_follows_what_the_team_has_classified_and_can_be_changed() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l", "tab")
        assert "Kind of crisis: burst main" in played.text
        await played.press("N")
        assert "Kind of crisis: water quality" in played.text
        await played.press("N")
        assert "No kind of crisis chosen" in played.text


async def test_while_one_searches_no_page_is_open_and_the_keys_are_those_of_the_search() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l")
        assert "tab page · ↑ ↓ scroll" in played.lines[-2 if "Help" in played.lines[-1] else -1]
        await played.press("slash", *"brown")
        assert "enter reads · esc shows all" in played.text and "0-4 level" not in played.text
        pages = played.app.screen.query_one("#pages", Clickable).content
        assert not [span for span in pages.spans if "reverse" in str(span.style)]  # type: ignore[union-attr]
        await played.press("enter")
        assert "/ other words · e calls · esc shows all" in played.text
        await played.press("escape")
        assert "tab page · ↑ ↓ scroll" in played.text


async def test_slash_finds_words_on_every_page() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l", "slash", *"brown")
        assert "The water in [district] is brown." in played.text and "People before" not in played.text
        await played.press("escape")
        assert "Call at L3" in played.text
        await played.press("slash", *"without that")
        assert "Now: Without an approval" in played.text
        await played.press("escape", "slash", *"xyzzy")
        assert "The plan does not speak of this." in played.text


@given(st.sampled_from(PLANS), st.integers(0, 4), st.data())
def test_every_word_of_a_principle_is_found(plan: Plan, level: int, data: st.DataObject) -> None:
    principle = data.draw(st.sampled_from(plan.principles))
    shown = replace(view(water(), level), plan=plan)
    assert principle in " ".join(found(shown, principle.upper(), 400).plain.split())


# -- the picture -------------------------------------------------------------------------------------------------


@given(st.sampled_from([WATER, *PLANS]), st.integers(0, 4), st.integers(0, 12), st.integers(50, 160), st.booleans())
def test_boxes_are_whole_at_any_width(plan: Plan, level: int, at: int, width: int, plain_signs: bool) -> None:
    kinds = ["", *[book.type for book in plan.playbooks]]
    way = steps(plan, level, kinds[at % len(kinds)])
    signs = ASCII if plain_signs else LINES
    rows = [line.plain for line in flowchart(way, width, {}, signs)]
    assert all(len(line) <= width for line in rows)
    assert sum(line.count(signs.arrow_right) for line in rows) == sum(len(one.branches) for one in way)
    if not plain_signs:
        boxes = len(way) + sum(len(one.branches) for one in way)
        assert [boxes] * 3 == ["\n".join(rows).count(corner) for corner in "┌┐┘"]
        assert sum(line.strip() == "▼" for line in rows) == len(way) - 1
        for above, below in pairwise(rows):
            # the left edge of a box never moves
            assert not (above.startswith("│") and below[:1] not in "│└")
    else:
        assert not set("".join(rows)) & set("┌┐└┘─╌│╎┬├▼▶")


def test_what_the_plan_leaves_out_is_dashed_and_what_was_done_has_its_time() -> None:
    way = (Step("level", "L3 crisis", "in 10m", ("does it: Ben",)), Step("hub", "Crisis page", "", (SILENT,), False))
    rows = [line.plain for line in flowchart(way, 40, {"level": "T+0:12:40"})]
    assert "✓ L3 crisis" in rows[0] and "T+0:12:40" in rows[0] and "in 10m" not in rows[0]
    box = rows[-3:]
    assert box[0].startswith("┌╌ Crisis page ╌") and box[1].startswith("╎ " + SILENT) and "╌" in box[2]


@pytest.mark.parametrize(("encoding", "signs"), [("utf-8", LINES), ("cp437", ASCII), ("ascii", ASCII), (None, LINES)])
def test_boxes_are_drawn_with_what_the_terminal_has(
    encoding: str | None, signs: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.__stderr__", SimpleNamespace(encoding=encoding))
    assert signs == pen()


def test_forks_stand_beside_their_box_each_with_an_arrow() -> None:
    way = (Step("tell", "Tell", "", ("Ana",), True, (Branch("no answer", ("Ben",)), Branch("accused", ("Lea",)))),)
    rows = [line.plain for line in flowchart(way, 60)]
    assert "├─┬─▶│ Ben" in rows[1] and "└─▶│ Lea" in rows[4]


def test_the_way_shows_what_this_run_has_done() -> None:
    session = water(level=3)
    session.act("publish", kind="holding", channels=("flit",), text="We look into it.")
    shown = page(view(session, 3), "path", 100).plain
    assert "T+0:12:40" in row(shown, "✓ L3 crisis") and "T+0:12:40" in row(shown, "✓ Holding statement")
    assert "✓" not in row(shown, "Official statement") and "✓" not in row(shown, "─ Tell")


# -- ways in and out ---------------------------------------------------------------------------------------------


async def test_the_palette_opens_the_plan_while_one_writes_and_no_letter_does() -> None:
    async with playing(water(level=3)) as played:
        await played.press("r", "l")
        assert played.desk.composer.text == "l" and isinstance(played.app.screen, DeskScreen)
        commands = {command.title: command.callback for command in played.app.get_system_commands(played.app.screen)}
        await commands["Panes: The plan"]()
        await played.settle()
        assert isinstance(played.app.screen, PlanScreen)
        await played.press("escape", "p")
        assert played.desk.composer.text == "lp", "one goes on writing"


async def test_from_the_plan_one_can_call_somebody() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l", "e")
        assert "Escalate to" in played.text and "plan: in 10m" in played.text


async def test_a_real_emergency_stops_from_the_plan_too() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l", "X")
        assert "STOP the exercise?" in played.text
        await played.press("up", "enter")
        assert isinstance(played.app.screen, NoDuffScreen)


async def test_the_plan_has_help_of_its_own() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l", "question_mark")
        assert "A dashed box is a place where the plan says nothing" in " ".join(played.text.split())


async def test_the_clock_goes_on_under_the_plan() -> None:
    async with playing(water(level=3)) as played:
        await played.press("l")
        played.session.now_ms += 2 * MINUTE
        played.desk.tick()
        played.app.screen._again()  # type: ignore[attr-defined]
        await played.settle()
        assert "in 8m00s" in row(played.text, "Ana Ruiz")


async def test_the_briefing_opens_the_same_plan_without_a_countdown() -> None:
    app = Stage(lambda: BriefingScreen(water().drill))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("l", "3")
        await pilot.pause()
        shown = text_of(app)
        assert "Call at L3" in shown and "within 10m" in row(shown, "Ana Ruiz") and "since" not in shown
        assert "EXERCISE" in shown.splitlines()[0]
        await pilot.press("e", "X", "escape")
        await pilot.pause()
        assert isinstance(app.screen, BriefingScreen)


async def test_before_a_level_is_said_the_plan_opens_no_higher_than_an_exercise_allows() -> None:
    drill = water().drill
    low = Practice.model_validate({"skill": "warm-reply", "passes": [{"level_never_above": "L1"}]})
    for practice, opens in ((None, 2), (low, 1)):
        file = drill.file.model_copy(update={"practice": practice})
        assert opens == PlanScreen(replace(drill, file=file)).level


async def test_a_drill_without_a_plan_says_so_and_shows_the_team() -> None:
    async with playing(water(None)) as played:
        await played.press("l")
        assert "This drill has no contingency plan" in played.text and "Head of communications" in played.text
        await played.press("3", "tab", "n", "slash")
        assert "This drill has no contingency plan" in played.text
    drill: Drill = water(None).drill
    assert all(line.cell_length <= 50 for line in plain(drill, 50).split("\n"))


async def test_the_composer_says_who_must_approve_what_one_writes_now() -> None:
    async with playing(water(level=3)) as played:
        await played.press("w")
        assert "none (plan: Ana Ruiz)" in row(played.text, "Approval")
        played.desk.query_one("#kind").focus()
        await played.press("right")
        assert "none (plan: Lea Sand and Ana Ruiz)" in row(played.text, "Approval")
        await played.press("right")
        assert "( ) emergency rule" in row(played.text, "Approval") and "(plan:" not in row(played.text, "Approval")


# -- what the coach says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("coach", "speaks"), [("on", True), ("ask", False), ("off", False)])
async def test_after_classifying_one_line_names_what_the_plan_asks(coach: str, speaks: bool) -> None:
    async with playing(water(coach=coach)) as played:
        await played.press("c", "3", "enter")
        said = "L3: call Ana Ruiz in 10m and Lea Sand in 15m (l: the plan)" in played.lines[22]
        assert said is speaks


def test_the_coach_reminds_of_a_call_while_it_presses() -> None:
    session = water(level=3)

    def told(minutes: int) -> str:
        session.now_ms = (12 + minutes) * MINUTE + 40_000
        session.tick()
        return next_step_of(session)

    session.act("pause", target="spring")
    assert "the plan wants" not in told(1)
    assert "the plan wants Ana Ruiz told within 3m: e calls, l shows the plan" == told(7)
    session.act("escalate", to=("ana", "lea"), text="Brown water.")
    assert "the plan wants" not in told(8)


def next_step_of(session: ScriptedSession) -> str:
    desk = session.desk
    return next_step(desk, waiting(desk), session.now_ms, session.drill.plan, session.seat)


# -- hostile words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CORPUS)
def test_hostile_words_stay_words_on_every_page(name: str) -> None:
    text = CORPUS[name]
    people = tuple(one.model_copy(update={"name": text[:60] or "x"}) for one in WATER.people)
    plan = WATER.model_copy(update={"principles": (text,), "people": people})
    shown = replace(view(water(level=3), 3, "water-quality"), plan=plan)
    for each in PAGES:
        told = page(shown, each, 100)
        assert all(is_clean(line.plain) and line.cell_length <= 100 for line in told.split("\n"))


async def test_markup_in_a_plan_is_shown_as_it_is_written() -> None:
    plan = WATER.model_copy(
        update={"principles": ("[bold]Be [@click=app.exit]brave[/]",), "company": WATER.company.model_copy(
            update={"name": "[red]North[/red] Water"})}
    )  # fmt: skip
    async with playing(water(plan, level=3)) as played:
        await played.press("l", "shift+tab")
        assert "[red]North[/red] Water" in played.text and "[bold]Be [@click=app.exit]brave[/]" in played.text
