"""The lobby: what it names, what its keys do, what it looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drills.errors import DrillError
from tests.tui import fakes_review as fakes
from tests.tui.stage import SIZES, Stage, picture, text_of
from tui.screens.lobby import LobbyScreen, first_time


def lobby(runs: list[Any] | None = None) -> Stage:
    return Stage(lambda: LobbyScreen(fakes.drills, fakes.runs if runs is None else lambda: runs))


async def test_enter_starts_the_first_drill_because_it_is_preselected() -> None:
    app = lobby([])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert [("drill", "cafe-lumo")] == app.asked


async def test_somebody_new_is_told_the_one_key() -> None:
    app = lobby([])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "First time here? Press enter: five minutes, nothing can go wrong." in text_of(app)
        assert "Continue" not in text_of(app)
        assert "Review" not in text_of(app)


def test_the_minutes_are_those_of_the_first_drill() -> None:
    longest = fakes.drills()[-1]
    assert "Press enter: 60 minutes," in first_time([longest])
    assert "" == first_time([])


async def test_somebody_known_is_not() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "First time" not in text_of(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (160, 45)])
async def test_a_row_says_length_people_and_last_score(size: tuple[int, int]) -> None:
    app = lobby()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        row = next(line for line in text_of(app).splitlines() if "Café Lumo" in line)
        for word in ("5 min", "●○○○", "84 P"):
            assert word in row
        assert "EXERCISE" in text_of(app).splitlines()[0]


async def test_about_says_what_the_drill_is_without_spoiling_it() -> None:
    app = lobby()
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        for word in ("One guest", "Keep a small thing small", "a sick child", "It is Wednesday morning", "version 1"):
            assert word in shown
        await pilot.press("j")
        assert "None: a plain team of roles" in text_of(app)


async def test_c_goes_on_with_the_newest_run_that_was_left() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "continue: left at T+0:12:30" in text_of(app)
        await pilot.press("c")
        assert [("resume", Path("r3"))] == app.asked


async def test_r_looks_back_on_the_newest_run_of_the_drill() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        assert [("review", Path("r2"))] == app.asked


async def test_in_the_list_of_runs_enter_opens_what_the_run_is() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "enter", "j", "j", "enter", "r")
        assert [("resume", Path("r3")), ("review", Path("r1")), ("review", Path("r1"))] == app.asked


async def test_filter_leaves_what_has_the_words_and_esc_shows_all() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"recall")
        await pilot.pause()
        assert "1 of 4 drills" in text_of(app)
        assert "Brightpan" not in text_of(app)
        await pilot.press("enter", "enter")
        assert [("drill", "tarn-and-tide")] == app.asked
        await pilot.press("escape")
        await pilot.pause()
        assert "Brightpan" in text_of(app)


async def test_a_filter_that_fits_nothing_says_so() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"zzz", "enter", "enter")
        await pilot.pause()
        assert "No drill has these words" in text_of(app)
        assert [] == app.asked


async def test_runs_are_read_again_when_one_comes_back() -> None:
    runs: list[Any] = []
    app = lobby(runs)
    async with app.run_test(size=(80, 24)) as pilot:
        runs.extend(fakes.runs())
        app.push_screen(LobbyScreen(fakes.drills, list))
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        await pilot.pause()
        assert "continue: left at" in text_of(app)


async def test_a_library_that_cannot_be_read_is_told_and_past_runs_are_still_there() -> None:
    def broken() -> list[Any]:
        raise DrillError("the drill has no scenario", "soup.yaml:3:11")

    app = Stage(lambda: LobbyScreen(broken, fakes.runs))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert ["soup.yaml:3:11: the drill has no scenario."] == [note.message for note in app._notifications]
        assert "There is no drill to play." in text_of(app)
        await pilot.press("enter", "r")
        assert [("review", Path("r2"))] == app.asked


async def test_q_leaves_and_question_mark_helps() -> None:
    app = lobby()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        assert [("help",)] == app.asked
        await pilot.press("q")
    assert not app.is_running


@picture
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x45"])
def test_looks(snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(lobby(), terminal_size=size)


@picture
def test_looks_to_somebody_new(snap_compare: Any) -> None:
    assert snap_compare(lobby([]), terminal_size=(80, 24))
