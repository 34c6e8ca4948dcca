"""A desk to press keys on: the app with a scripted session, and what is on its screen as text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

from textual import _wait
from textual.pilot import Pilot

from tests.tui.scripted import ScriptedSession
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen


class Played:
    """A running desk."""

    def __init__(self, app: StormdrillApp, session: ScriptedSession, pilot: Pilot[None]) -> None:
        self.app, self.session, self.pilot = app, session, pilot
        self.desk = cast(DeskScreen, app.screen)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        """Until two looks at the screen agree: what was pressed has been painted."""
        before = ""
        for _ in range(20):
            await self.pilot.pause()
            now = self.text
            if now == before:
                return
            before = now

    async def type(self, text: str) -> None:
        """Type a text into the composer, at once: pressing its letters would take a second."""
        self.desk.composer.area.insert(text)
        await self.settle()

    async def happen(self, *events: Any) -> None:
        """Let something happen, and the desk see it."""
        self.session.happen(*events)
        self.desk.tick()
        self.desk.paint()
        await self.settle()

    async def outbox(self) -> None:
        """Let what is in the outbox go out."""
        self.desk.outbox.advance(6)
        await self.settle()

    def stop_clock(self) -> None:
        """No second passes from now on but those that a test lets pass, however slow the machine is."""
        now = self.desk.clock()
        self.desk.clock = lambda: now

    async def send(self) -> None:
        """Review, send, and let it go out."""
        await self.press("ctrl+s", "y")
        await self.outbox()

    @property
    def text(self) -> str:
        """The screen as text."""
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        """The screen's lines."""
        return self.text.split("\n")

    @property
    def did(self) -> list[str]:
        """The verbs that have reached the session."""
        return [action.do for action in self.session.acted]


def screen_text(app: Any) -> str:
    """What is on the screen."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def come(pilot: Pilot[Any], screen: type[Any]) -> None:
    """Wait until such a screen is in front, and has done what it does in threads."""
    for _ in range(400):
        await pilot.pause(0.02)
        if isinstance(pilot.app.screen, screen):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            return
    raise AssertionError(f"{pilot.app.screen} is in front")


@contextmanager
def impatient() -> Iterator[None]:
    """Textual's pilot waits 20 ms twice for each key, to see whether the app is idle; a desk settles in less."""
    patient = _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.006, 0.0006
    try:
        yield
    finally:
        _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = patient


@asynccontextmanager
async def playing(session: ScriptedSession, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Played]:
    """A desk with this session, on a terminal of this size."""
    app = StormdrillApp(session=session)
    with impatient():
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            played = Played(app, session, pilot)
            await played.happen()
            await pilot.pause()
            yield played
