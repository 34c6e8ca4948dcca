"""Every screen of the program, in the real application: for tests that look at all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from textual import events
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from drills.drill import Drill
from drills.practice.history import History
from drills.practice.ladder import exercises
from drills.practice.skills import skills, suggestions
from drills.practice.standing import Standing
from tests.tui import fakes_review as fakes
from tests.tui.desk_pilot import impatient, screen_text
from tests.tui.fakes_cards import two_cards
from tests.tui.scripted import ScriptedSession, story
from tui.app import StormdrillApp
from tui.safe import AsciiFilter
from tui.screens.briefing import BriefingScreen
from tui.screens.cards import CardsScreen
from tui.screens.desk import DeskScreen
from tui.screens.learner import LearnerScreen
from tui.screens.lobby import LobbyScreen
from tui.screens.review import ReviewScreen

DESK: dict[str, tuple[str, ...]] = {
    "queue": ("j",),
    "feed": ("2", "k"),
    "inbox": ("3",),
    "team": ("4",),
    "facts": ("5",),
    "content": ("6",),
    "log": ("7",),
    "thread": ("j", "j", "j", "j", "enter"),
    "reply": ("j", "j", "j", "j", "r"),
    "statement": ("w",),
    "plan": ("l",),
    "classify": ("c", "3"),
    "escalate": ("e", "space"),
    "verbs": ("v",),
    "stop": ("X",),
    "leave": ("ctrl+q",),
    "filter": ("slash",),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
}
"""What is pressed at the desk to come to each of its screens."""
WRITTEN = "We know this is frightening. The lab found iron from old pipes. More here at 15:00."


@dataclass(frozen=True)
class Shown:
    """A screen as it is."""

    app: StormdrillApp

    def strips(self) -> list[Strip]:
        """Its lines, as they are painted."""
        return self.app.screen._compositor.render_strips(self.app.screen.size)

    def front(self) -> Region:
        """What can be used: a dialogue, without what lies dimmed behind it; else the whole screen."""
        screen = self.app.screen
        if not isinstance(screen, ModalScreen):
            return screen.region
        found = [screen.find_widget(widget).visible_region for widget in screen.query("*") if widget.region]
        return Region.from_union([region for region in found if region])

    def lines(self) -> list[str]:
        """Its lines, as text."""
        return screen_text(self.app).split("\n")


class _Bare(StormdrillApp):
    """The application with one screen."""

    def __init__(self, make: Callable[[], Screen[Any]], **options: Any) -> None:
        super().__init__(**options)
        self._make = make

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        event.prevent_default()  # or the application would open its lobby as well
        self.push_screen(self._make())


Open = Callable[..., AbstractAsyncContextManager[Shown]]
"""Given a size, a theme ('' for the usual one) and a filter for terminals without box lines or None."""


@asynccontextmanager
async def _showing(
    app: StormdrillApp, keys: tuple[str, ...], size: tuple[int, int], theme: str
) -> AsyncIterator[Shown]:
    with impatient():
        async with app.run_test(size=size, notifications=True) as pilot:
            if theme:
                app.theme = theme
            await pilot.pause()
            if isinstance(app.screen, DeskScreen):
                app.screen.tick()
                app.screen.paint()
                await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            desk = app.screen
            if isinstance(desk, DeskScreen) and desk.composer.open:
                desk.composer.area.insert(WRITTEN)
                await pilot.pause(0.45)  # until the checks have spoken
            await pilot.pause(0.05)
            yield Shown(app)


def _desk(keys: tuple[str, ...], session: Callable[[], ScriptedSession]) -> Open:
    def at(
        size: tuple[int, int], theme: str = "", swapped: AsciiFilter | None = None
    ) -> AbstractAsyncContextManager[Shown]:
        return _showing(StormdrillApp(session=session(), ascii_filter=swapped), keys, size, theme)

    return at


def _screen(make: Callable[[], Screen[Any]], *keys: str) -> Open:
    def at(
        size: tuple[int, int], theme: str = "", swapped: AsciiFilter | None = None
    ) -> AbstractAsyncContextManager[Shown]:
        return _showing(_Bare(make, ascii_filter=swapped), keys, size, theme)

    return at


def desks(session: Callable[[], ScriptedSession]) -> dict[str, Open]:
    """The screens of a desk with this session."""
    return {name: _desk(keys, session) for name, keys in DESK.items()}


def _nowhere(found: Sequence[Drill]) -> Standing:
    """Where somebody stands who has never practised."""
    today = date(2026, 11, 22)
    known, trained = skills((), today), exercises(found, ())
    return Standing(today, known, trained, suggestions(known, trained, (), today), (), History((), ()))


SCREENS: dict[str, Open] = {
    "lobby": _screen(lambda: LobbyScreen(fakes.drills, fakes.runs, cards=list, stand=_nowhere)),
    "lobby-new": _screen(lambda: LobbyScreen(fakes.drills, list, cards=list, stand=_nowhere)),
    "learner": _screen(lambda: LearnerScreen(Path("nowhere"), read=lambda: _nowhere(fakes.drills()))),
    "card": _screen(lambda: CardsScreen(two_cards(Path("nowhere")))),
    "briefing": _screen(lambda: BriefingScreen(fakes.DRILL)),
    **desks(lambda: ScriptedSession(story())),
    **{f"review-{number}": _screen(lambda: ReviewScreen(fakes.FakeSession()), str(number)) for number in range(1, 8)},
}
"""By name, how to open it."""
