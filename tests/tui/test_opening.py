"""The first picture, while the rest is read in a thread."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

from drills.errors import DrillError
from tests.tui.desk_pilot import come, screen_text
from tests.tui.scripted import ScriptedSession, story
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen
from tui.screens.lobby import LobbyScreen
from tui.screens.opening import OpeningScreen


class Slow:
    """A session that is made when the test says so."""

    def __init__(self) -> None:
        self.may = Event()

    def __call__(self) -> Any:
        assert self.may.wait(10)
        return ScriptedSession(story())


async def test_it_says_exercise_before_anything_is_read_then_the_lobby_comes(tmp_path: Path) -> None:
    app = StormdrillApp(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, OpeningScreen)
        assert "EXERCISE" in screen_text(app)
        await come(pilot, LobbyScreen)
        assert not any(isinstance(screen, OpeningScreen) for screen in app.screen_stack)


async def test_keys_pressed_while_it_reads_are_for_the_screen_that_follows() -> None:
    begin = Slow()
    app = StormdrillApp(begin=begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "question_mark", "escape", "3")
        assert isinstance(app.screen, OpeningScreen)
        begin.may.set()
        for _ in range(100):
            await pilot.pause()
            if isinstance(app.screen, DeskScreen) and app.screen.pane_name == "inbox":
                break
        assert isinstance(app.screen, DeskScreen)
        assert "inbox" == app.screen.pane_name


async def test_nothing_opens_over_it() -> None:
    begin = Slow()
    app = StormdrillApp(begin=begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", "f1", "colon")
        assert isinstance(app.screen, OpeningScreen)
        begin.may.set()
        await come(pilot, DeskScreen)


async def test_what_cannot_be_begun_ends_it_and_is_told_by_who_asked() -> None:
    def begin() -> Any:
        raise DrillError("the disk is full")

    app = StormdrillApp(begin=begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert isinstance(app.failed, DrillError)
    assert app.session is None


async def test_a_session_that_is_made_after_one_has_left_is_closed() -> None:
    begin = Slow()
    app = StormdrillApp(begin=begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q")
        begin.may.set()
        await pilot.pause()
    app.close_session()
    assert app.session is None
