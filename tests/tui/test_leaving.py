"""Leaving a drill: keep it, end it, or stay; and where the lobby finds the run again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drills import joining, shelf
from drills.session import Session
from tests.tui.desk_pilot import come, screen_text
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen
from tui.screens.dialogs import LeaveDialog
from tui.screens.lobby import LobbyScreen
from tui.screens.review import ReviewScreen

SOUP = "md-01-one-cup-of-soup"


async def asked(pilot: Any) -> str:
    """Press the key for leaving; what the question says."""
    await pilot.press("ctrl+q")
    for _ in range(200):
        await pilot.pause(0.01)
        if isinstance(pilot.app.screen, LeaveDialog):
            await pilot.pause()
            return screen_text(pilot.app)
    raise AssertionError(f"{pilot.app.screen} is in front")


def begun(home: Path, clock: Any = lambda: 0.0) -> StormdrillApp:
    return StormdrillApp(session=Session.start(joining.find(SOUP), home / "runs", clock=clock), home=home)


async def test_a_drill_can_be_ended_by_choice_and_is_looked_back_on_at_once(tmp_path: Path) -> None:
    app = begun(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await come(pilot, DeskScreen)
        assert "End it now and see the review" in await asked(pilot)
        await pilot.press("e")
        await come(pilot, ReviewScreen)
    [run] = shelf.runs(tmp_path / "runs")
    assert "stopped" == run.state


async def test_a_drill_that_is_kept_can_be_taken_up_again(tmp_path: Path) -> None:
    app = begun(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await come(pilot, DeskScreen)
        await asked(pilot)
        await pilot.press("y")
        await pilot.pause()
    [run] = shelf.runs(tmp_path / "runs")
    assert "unfinished" == run.state


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_not_a_second_of_the_story_passes_while_one_is_asked(tmp_path: Path, key: str) -> None:
    now = [0.0]
    app = begun(tmp_path, lambda: now[0])
    async with app.run_test(size=(80, 24)) as pilot:
        await come(pilot, DeskScreen)
        assert app.session is not None
        await asked(pilot)
        before = app.session.now_ms
        for _ in range(5):
            now[0] += 1.0
            app.session.tick()
        assert before == app.session.now_ms
        await pilot.press(key)
        await pilot.pause()
        assert not app.session.paused
        now[0] += 1.0
        app.session.tick()
        assert before + 5_000 == app.session.now_ms


async def test_r_in_the_lobby_looks_back_on_the_run_that_was_just_ended(tmp_path: Path) -> None:
    other = Session.start(joining.find("cafe-lumo"), tmp_path / "runs", clock=lambda: 0.0)
    other.stop()
    other.close()
    app = StormdrillApp(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await come(pilot, LobbyScreen)
        app.open_desk(Session.start(joining.find("md-03-where-did-it-start"), tmp_path / "runs", clock=lambda: 0.0))
        await come(pilot, DeskScreen)
        await asked(pilot)
        await pilot.press("e")
        await come(pilot, ReviewScreen)
        await pilot.press("q")
        await come(pilot, LobbyScreen)
        await pilot.press("r")
        await come(pilot, ReviewScreen)
        assert "Where did it start?" in screen_text(app)
