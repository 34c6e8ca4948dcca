"""A screen of the program in a certain state: how to come to it, and when one is there.

Nothing here waits for a time: a state is reached when what it shows stands on the screen, no thread is at work for it,
nothing is about to happen within a second, and two looks one after the other see the same. The desk's clock stands.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Input, TextArea
from textual.worker import WorkerState

from tests.tui.desk_pilot import impatient, screen_text
from tui.app import StormdrillApp
from tui.safe import AsciiFilter
from tui.screens.desk import DeskScreen
from tui.session_view import SessionView

SOON = 1.0
"""What is to happen within so many seconds is waited for; a toast may stand."""
PATIENCE = 30.0
"""After so many seconds a state counts as not reached."""


class Staged(StormdrillApp):
    """The application, but what it opens is told, its desk's clock stands and its toasts stay."""

    def __init__(self, opens: Callable[[Staged], object], *, swapped: AsciiFilter | None = None) -> None:
        super().__init__(ascii_filter=swapped)
        self._opens = opens

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        event.prevent_default()  # or the application would open its lobby as well
        self._opens(self)

    def open_desk(self, session: SessionView) -> None:
        super().open_desk(session)
        self.stand_still()

    def stand_still(self) -> None:
        """From now on it is now."""
        assert self._desk is not None
        now = self._desk.clock()
        self._desk.clock = lambda: now

    def folder(self) -> Path:
        """A folder that is gone when this ends."""
        self._tour = TemporaryDirectory(ignore_cleanup_errors=True)
        return Path(self._tour.name)

    def take(self, desk: DeskScreen, session: SessionView) -> None:
        """Show a desk that somebody else has made."""
        self.session, self._desk = session, desk
        self.stand_still()
        self.push_screen(desk)

    def notify(self, message: str, *, timeout: float | None = None, **options: Any) -> None:
        super().notify(message, timeout=3600, **options)


@dataclass(frozen=True)
class Shown:
    """A screen as it is."""

    app: StormdrillApp
    pilot: Pilot[Any]

    def strips(self) -> list[Strip]:
        """Its lines, as they are painted."""
        return self.app.screen._compositor.render_strips(self.app.screen.size)

    def front(self) -> Region:
        """What can be used: a dialogue, without what lies dimmed behind it; else the whole screen."""
        screen = self.app.screen
        if not isinstance(screen, ModalScreen):
            return screen.region
        found = [screen.find_widget(widget).visible_region for widget in screen.query("*") if widget.region]
        return Region.from_union([region for region in found if region]) if found else screen.region

    def lines(self) -> list[str]:
        """Its lines, as text."""
        return screen_text(self.app).split("\n")

    async def settle(self, shows: str = "") -> None:
        """Until it shows this and nothing moves any more."""
        give_up, before = monotonic() + PATIENCE, None
        while True:
            await self.pilot.pause()
            now = None if _busy(self.app) else [list(strip) for strip in self.strips()]
            if now is not None and now == before and shows in screen_text(self.app):
                return
            assert monotonic() < give_up, f"waited in vain for {shows!r} on\n{screen_text(self.app)}"
            if now is None or now == before:
                await self.pilot.pause(0.03)
            before = now

    async def press(self, *keys: str) -> None:
        """Press keys; each meets a screen on which nothing moves."""
        for key in keys:
            await self.pilot.press(key)
            await self._seen()

    async def write(self, text: str) -> None:
        """Put a text where the keyboard is, at once."""
        field = self.app.focused
        assert isinstance(field, Input | TextArea), f"nothing to write in on\n{screen_text(self.app)}"
        if isinstance(field, Input):
            field.insert_text_at_cursor(text)
        else:
            field.insert(text)
        await self._seen()

    async def _seen(self) -> None:
        """Let a desk see what came of it: its own clock never makes it look."""
        await self.settle()
        desk = self.app.screen
        if isinstance(desk, DeskScreen):
            desk.tick()
            if self.app.screen is desk and desk._changed:
                desk.paint()

    async def arrive(self, shows: str) -> None:
        """A second later, for a desk; and everything stands as it should."""
        for desk in self.app.screen_stack:
            if isinstance(desk, DeskScreen):
                desk._second = -1
                desk.paint()
        await self.settle(shows)


def _busy(app: StormdrillApp) -> bool:
    """Whether a thread is at work, or something is to happen once and soon."""
    going = (WorkerState.PENDING, WorkerState.RUNNING)
    if any(worker._thread_worker and worker.state in going for worker in app.workers):
        return True
    timers = [timer for node in [app, *app.screen.walk_children(with_self=True)] for timer in node._timers]
    return any(
        timer._repeat == 0 and timer._interval <= SOON and timer._task is not None and not timer._task.done()
        for timer in timers
    )


@dataclass(frozen=True)
class State:
    """A state of a screen. Called with a size, it is there."""

    opens: Callable[[Staged], object]
    keys: tuple[str, ...] = ()
    write: str = ""
    """What is put where the keyboard then is."""
    then: tuple[str, ...] = ()
    """The keys that are pressed after it."""
    shows: str = ""
    """What stands on the screen when one is there, at every size."""

    def __call__(
        self, size: tuple[int, int], theme: str = "", swapped: AsciiFilter | None = None
    ) -> AbstractAsyncContextManager[Shown]:
        """`theme`: '' for the usual one. `swapped`: a filter for terminals without box lines."""
        return self._there(size, theme, swapped)

    @asynccontextmanager
    async def _there(self, size: tuple[int, int], theme: str, swapped: AsciiFilter | None) -> AsyncIterator[Shown]:
        app = Staged(self.opens, swapped=swapped)
        if theme:
            app.theme = theme
        with impatient():
            async with app.run_test(size=size, notifications=True) as pilot:
                shown = Shown(app, pilot)
                await shown._seen()
                await shown.press(*self.keys)
                if self.write:
                    await shown.write(self.write)
                await shown.press(*self.then)
                await shown.arrive(self.shows)
                yield shown


def screen(make: Callable[[], Screen[Any]], *keys: str, write: str = "", then: tuple[str, ...] = (),
           shows: str) -> State:  # fmt: skip
    """A state of one screen alone."""
    return State(lambda app: app.push_screen(make()), keys, write, then, shows)


def desk(make: Callable[[], SessionView], *keys: str, write: str = "", then: tuple[str, ...] = (),
         shows: str) -> State:  # fmt: skip
    """A state of the desk of a session."""
    return State(lambda app: app.open_desk(make()), keys, write, then, shows)
