"""The lobby: what it names, what its keys do, what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from drills.drill import Drill
from drills.errors import DrillError
from drills.practice.history import History
from drills.practice.ladder import exercises
from drills.practice.marks_model import Practice
from drills.practice.model import CardsFile
from drills.practice.skills import Attempt, skills, still_needed, suggestions
from drills.practice.standing import Standing
from tests.tui import fakes_review as fakes
from tests.tui.stage import Stage, text_of
from tui import keys
from tui.screens.lobby import LobbyScreen

TODAY = date(2026, 11, 22)
SORRY = CardsFile.model_validate(
    {
        "id": "say-sorry", "title": "Say sorry properly", "skill": "apologise", "ladder": "MD-05", "minutes": 5,
        "about": "Five apologies that make it worse.", "notes": ["an allergic child"], "pass": {"right": 1},
        "cards": [{"id": "one", "shows": {"text": "Sorry if."}, "asks": "What is it?", "choices": [
            {"id": "a", "text": "Worse", "right": True, "feedback": "Yes."},
            {"id": "b", "text": "Fine", "feedback": "No."}]}],
    }
)  # fmt: skip
TRIED = (
    Attempt("say-sorry", "apologise", "MD-05", "2026-11-18T09:00:00", False, "s1", 0, 1),
    Attempt("say-sorry", "apologise", "MD-05", "2026-11-20T09:00:00", True, "s2", 1, 1),
)


def drills() -> list[Drill]:
    """The drills of the review, the first of them an exercise."""
    first, *others = fakes.drills()
    practice = Practice.model_validate({"id": "MD-01", "skill": "warm-reply", "passes": [{"first_reply_within": "3m"}]})
    return [replace(first, file=first.file.model_copy(update={"practice": practice})), *others]


def standing(tried: Sequence[Attempt] = ()) -> Any:
    """Where somebody stands who has tried that much."""

    def stand(found: Sequence[Drill]) -> Standing:
        whole = [one for one in tried if not one.retry]
        retries = tuple(one for one in tried if one.retry)
        known, trained = skills(whole, TODAY, retries), exercises(found, [SORRY])
        history = History(tuple(whole), (), retries=retries)
        return Standing(TODAY, known, trained, suggestions(known, trained, whole, TODAY), still_needed(known), history)

    return stand


class Lobby(Stage):
    """Notes what only the lobby asks for, too."""

    settings: Any = None

    def open_cards(self, name: str) -> None:
        self.asked.append(("cards", name))

    def open_tour(self) -> None:
        self.asked.append(("tour",))

    def open_learner(self) -> None:
        self.asked.append(("learner",))


def lobby(runs: list[Any] | None = None, tried: Sequence[Attempt] = TRIED, found: Any = drills) -> Lobby:
    read = fakes.runs if runs is None else lambda: runs
    return Lobby(lambda: LobbyScreen(found, read, cards=lambda: [SORRY], stand=standing(tried)))


def newcomer() -> Lobby:
    return lobby([], ())


async def looked(app: Any, pilot: Any) -> str:
    """The screen, when it has been worked out where one stands."""
    await app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
    return text_of(app)


async def test_enter_starts_the_first_exercise_because_it_is_preselected() -> None:
    app = newcomer()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("enter")
        assert [("drill", "cafe-lumo")] == app.asked


async def test_somebody_new_is_told_the_one_key_and_it_opens_the_tour() -> None:
    app = newcomer()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await looked(app, pilot)
        assert "First time here? Press t: four quiet minutes that teach the keys." in shown
        assert "Continue" not in shown
        assert "Review" not in shown
        await pilot.press("t")
        assert [("tour",)] == app.asked


async def test_after_the_tour_the_first_exercise_is_next() -> None:
    app = newcomer()
    app.settings = {"tour": "done"}
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await looked(app, pilot)
        assert "First time" not in shown
        assert "Next: Café Lumo: one cold soup, 5 min, the next step that is new to you." in shown


async def test_somebody_known_is_told_what_is_due_and_the_cursor_is_on_it() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await looked(app, pilot)
        assert "First time" not in shown
        assert "Next: Say sorry properly, 5 min, due since 21 November." in shown
        await pilot.press("enter")
        assert [("cards", "say-sorry")] == app.asked


async def test_a_cursor_that_was_moved_stays_where_it_is() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("j")
        app.screen._show_standing(standing(TRIED)(drills()))  # type: ignore[attr-defined]
        await pilot.pause()
        await pilot.press("enter")
        assert [("drill", "brightpan-debate-night")] == app.asked


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (160, 45)])
async def test_practice_and_drills_are_two_groups_with_how_one_stands(size: tuple[int, int]) -> None:
    app = lobby(found=fakes.drills)
    async with app.run_test(size=size) as pilot:
        rows = (await looked(app, pilot)).splitlines()
        at = {word: next(n for n, row in enumerate(rows) if word in row) for word in ("Practice,", "MD-05", "Drills  ")}
        assert list(at.values()) == sorted(at.values())
        assert all(word in rows[at["MD-05"]] for word in ("Say sorry", "5 min", "due"))
        soup = next(row for row in rows if "Café Lumo" in row and "5 min" in row)
        assert "84 P" in soup
        assert "EXERCISE" in rows[0]
        if size[0] > 100:
            assert "15 min  ●●○○  2 people" in next(row for row in rows if "Brightpan" in row)


async def test_about_a_run_says_how_it_went_and_enter_opens_what_it_names() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("tab", "j")
        shown = await looked(app, pilot)
        assert "84 of 100" in shown and "P  performed without" in shown
        assert "Five apologies" not in shown
        await pilot.press("tab", "enter")
        assert [("review", Path("r2"))] == app.asked, "from beside it too"
        await pilot.press("shift+tab", "shift+tab", "enter")
        assert ("cards", "say-sorry") == app.asked[-1]


async def test_about_says_what_it_is_without_spoiling_it() -> None:
    app = lobby()
    async with app.run_test(size=(160, 45)) as pilot:
        await looked(app, pilot)
        await pilot.press("g")
        shown = text_of(app)
        for word in ("One guest", "Keep a small thing small", "a sick child", "It is Wednesday morning", "version 1",
                     "Last 84 P", "Best 84 P  of 2 runs"):  # fmt: skip
            assert word in shown
        await pilot.press("j")
        shown = text_of(app)
        for word in ("Five apologies", "an allergic child", "✗✓  due since 21 November", "cards · 5 min · alone"):
            assert word in shown
        await pilot.press("j")
        assert "None: a plain team of roles" in text_of(app)


async def test_p_shows_where_one_stands() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        assert [("learner",)] == app.asked


async def test_c_goes_on_with_the_newest_run_that_was_left() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "left at T+0:12:30" in text_of(app)
        await pilot.press("c")
        assert [("resume", Path("r3"))] == app.asked


async def test_r_looks_back_on_the_newest_run_of_the_drill() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("g", "r")
        assert [("review", Path("r2"))] == app.asked


async def test_r_looks_back_on_the_last_run_until_somebody_moves_and_the_last_line_says_which() -> None:
    app = lobby([*fakes.runs(), replace(fakes.runs()[1], path=Path("r9"), drill_id="brightpan-debate-night")])
    async with app.run_test(size=(80, 24)) as pilot:
        assert "r Last review" in await looked(app, pilot)
        await pilot.press("r", "g", "j", "j")
        await pilot.pause()
        assert "r Its review" in text_of(app)
        await pilot.press("r")
        assert [("review", Path("r2")), ("review", Path("r9"))] == app.asked


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (160, 45)])
async def test_in_a_search_the_boxes_stand_as_wide_as_before_and_side_by_side(size: tuple[int, int]) -> None:
    app = lobby()
    async with app.run_test(size=size) as pilot:
        await looked(app, pilot)
        before = [(one.region.x, one.region.width) for one in app.screen.query("#drills, #about")]
        await pilot.press("slash", "r")
        await pilot.pause()
        drills, about = app.screen.query_one("#drills").region, app.screen.query_one("#about").region
        assert before == [(drills.x, drills.width), (about.x, about.width)]
        assert drills.y == about.y
        shown = text_of(app)
        assert "enter To the list  esc Show all" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert "enter Start  esc Show all" in text_of(app)


async def test_a_narrow_list_still_tells_how_long_a_drill_is_in_dots() -> None:
    app = lobby(found=fakes.drills)
    async with app.run_test(size=(80, 24)) as pilot:
        rows = (await looked(app, pilot)).splitlines()
        drill = next(row for row in rows if "Brightpan" in row and "min" in row)
        assert "●●○○  15 min" in drill
        step = next(row for row in rows if "MD-05" in row)
        assert step.index(" min") == drill.index(" min"), "the columns of both groups line up"


async def test_in_the_list_of_runs_enter_opens_what_the_run_is() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "enter", "j", "j", "enter", "r")
        assert [("resume", Path("r3")), ("review", Path("r1")), ("review", Path("r1"))] == app.asked


@pytest.mark.parametrize("words", ["recall", "full 60", "6 people"])
async def test_find_leaves_what_has_the_words_and_esc_shows_all(words: str) -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("slash", *["space" if one == " " else one for one in words])
        await pilot.pause()
        assert "1 of 5" in text_of(app)
        assert "Brightpan" not in text_of(app)
        await pilot.press("enter", "enter")
        assert [("drill", "tarn-and-tide")] == app.asked
        await pilot.press("escape")
        await pilot.pause()
        assert "Brightpan" in text_of(app)


@pytest.mark.parametrize("words", ["due", "apologise", "MD-05", "allergic", "cards"])
async def test_an_exercise_is_found_by_its_skill_its_step_its_notes_and_how_it_stands(words: str) -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("slash", *words, "enter", "enter")
        assert [("cards", "say-sorry")] == app.asked


async def test_words_that_fit_nothing_say_so_and_letters_are_letters() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(app, pilot)
        await pilot.press("slash", *"ztprc", "enter", "enter")
        await pilot.pause()
        assert "Nothing here has these" in text_of(app)
        assert [] == app.asked


async def test_runs_are_read_again_when_one_comes_back() -> None:
    runs: list[Any] = []
    app = lobby(runs)
    async with app.run_test(size=(80, 24)) as pilot:
        runs.extend(fakes.runs())
        app.push_screen(LobbyScreen(fakes.drills, list, cards=list, stand=standing()))
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        await pilot.pause()
        assert "left at T+0:12:30" in text_of(app)


async def test_a_library_that_cannot_be_read_is_told_and_past_runs_are_still_there() -> None:
    def broken() -> list[Any]:
        raise DrillError("the drill has no scenario", "soup.yaml:3:11")

    app = Lobby(lambda: LobbyScreen(broken, fakes.runs, cards=list, stand=standing()))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "soup.yaml:3:11: the drill has no scenario." in shown.splitlines()[3]
        assert not app._notifications, "it covers the runs no longer"
        assert "Next:" not in shown and "enter" not in shown.splitlines()[-1]
        await pilot.press("enter", "r")
        assert [("review", Path("r2"))] == app.asked


async def test_the_help_has_every_key_and_q_leaves() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = str(app.screen.HELP)
        assert all(f"{key.label}: {key.help}" in shown for key in keys.table() if key.scope == "lobby")
        await pilot.press("q")
    assert not app.is_running
