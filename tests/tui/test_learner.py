"""The page of one's own progress: ten skills, how fresh, what is due, what is suggested and why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from drills.practice.skills import Attempt
from drills.practice.standing import Standing
from tests.tui.stage import text_of
from tests.tui.test_lobby import TODAY, TRIED, Lobby, drills, standing
from tui import keys
from tui.screens.learner import LearnerScreen
from tui.screens.learner_text import row

MANY = (
    *[Attempt("cafe-lumo", "warm-reply", "MD-01", f"2026-11-{day:02}T09:00:00", ok, f"r{day}", 4, 4)
      for day, ok in ((2, False), (5, True), (9, True), (19, True))],
    *TRIED,
    Attempt("old", "deep-breath", "", "2026-11-22T08:00:00", True, "r9"),
)  # fmt: skip


@asynccontextmanager
async def at(tried: Sequence[Attempt], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Any]:
    app = page(tried)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield app, pilot


def page(tried: Sequence[Attempt]) -> Lobby:
    def read() -> Standing:
        found: Standing = standing(tried)(drills())
        return found

    return Lobby(lambda: LearnerScreen(Path("nowhere"), read=read))


async def test_all_ten_are_in_sight_with_how_fresh_each_is() -> None:
    async with at(MANY) as (app, _):
        shown = text_of(app).splitlines()
        steps = {
            f"MD-{number:02}": next(one for one in shown[3:] if f"MD-{number:02}  " in one) for number in range(1, 11)
        }
        assert "✗✓✓✓" in steps["MD-01"]
        assert "● MD-01" in steps["MD-01"]
        assert "fresh, due in 7 days" in steps["MD-01"]
        assert "○ MD-05" in steps["MD-05"]
        assert "due since 21 November" in steps["MD-05"]
        assert "no exercise yet" in steps["MD-07"]
        assert "2 of 10 passed · only you see this" in shown[0]


async def test_what_comes_next_is_named_with_its_reason_and_is_under_the_cursor() -> None:
    async with at(MANY) as (app, pilot):
        shown = text_of(app)
        assert "Next: Say sorry properly, 5 min, due since 21 November." in shown
        assert "Worth passing before a seat in a team: MD-02, MD-03" in shown
        assert "Last passed on 20 November; it has been due since yesterday." in shown
        await pilot.press("enter")
        assert [("cards", "say-sorry")] == app.asked


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_steps_worth_passing_are_named_whole(width: int) -> None:
    async with at((), (width, 24)) as (app, _):
        line = text_of(app).splitlines()[2].rstrip()
        assert line.endswith(("MD-07", " more"))


async def test_ones_own_history_is_told_and_nobody_elses() -> None:
    async with at(MANY, (160, 45)) as (app, _):
        shown = text_of(app)
        assert "✓ 20 November: Say sorry properly, 1 of 1" in shown
        assert "✗ 18 November: Say sorry properly, 0 of 1" in shown


async def test_a_skill_without_an_exercise_says_so() -> None:
    async with at(MANY) as (app, pilot):
        await pilot.press("G", "enter")
        assert ["There is no exercise of this skill yet."] == [note.message for note in app._notifications]
        assert [] == app.asked


async def test_somebody_new_begins_with_the_first_step() -> None:
    async with at(()) as (app, _):
        shown = text_of(app)
        assert "the next step that is new to you" in shown
        assert "0 of 10 passed" in shown


@pytest.mark.parametrize("key", ["escape", "q", "p"])
async def test_every_way_out_leads_to_the_lobby(key: str) -> None:
    async with at(()) as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert [None] == app.answer


def test_a_row_is_as_wide_as_it_is_told_whatever_the_skill_is_called() -> None:
    found = standing((Attempt("x", "s" * 60, "", "2026-11-22T08:00:00", True),))(drills()).skills[-1]
    assert {70} == {row(found, TODAY, 70, playable=False).cell_length}


async def test_the_help_says_what_the_signs_mean_and_has_every_key() -> None:
    async with at(()) as (app, _):
        shown = str(app.screen.HELP)
        assert "`◐` fading" in shown
        assert all(key.help in shown for key in keys.table() if key.scope == "learner")


async def test_a_passed_retry_is_marked_and_asks_for_the_whole_exercise() -> None:
    failed = Attempt("cafe-lumo", "warm-reply", "MD-01", "2026-11-22T09:00:00", False, "r1", 2, 4)
    again = Attempt("cafe-lumo", "warm-reply", "MD-01", "2026-11-22T09:10:00", True, "r2", 4, 4, retry=True)
    async with at((failed, again), (120, 34)) as (app, _):
        shown = text_of(app)
        assert "min, from its start: a retry is not counted." in shown
        assert "not yet: retry passed" in shown
        assert "✓ 22 November: Café Lumo: one cold soup, 4 of 4; a retry, not counted" in " ".join(
            shown.replace("│", " ").split()
        )
