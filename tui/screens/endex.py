"""The end: ENDEX, or NO DUFF when a real emergency stops the exercise."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from scenarios.moments import show_moment
from tui.safe import line
from tui.screens.dialogs import Deaf, Dialog
from tui.session_view import SessionView
from tui.widgets.choices import Choice, Choices
from tui.widgets.virtual import VirtualList

MOMENT_S = 1.5
"""So many real seconds it takes somebody who types to look up."""
_WHY = {
    "time": "The time is up.",
    "stood down": "You have stood down.",
    "stopped": "The exercise was stopped.",
    "facilitator": "The facilitator has ended it.",
}


class EndexScreen(Dialog[None]):
    """ENDEX: nothing counts from now on. Any answer leads to the review."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("enter", "cancel", "Review", show=False)
    ]

    def __init__(self, session: SessionView, unsent: Sequence[str] = (), *, writing: bool = False) -> None:
        """`unsent`: what was sent and still lay in the outbox, in a few words each. `writing`: somebody is typing, and
        does not see it yet: keys mean nothing for a moment."""
        super().__init__()
        self.session = session
        self.unsent = unsent
        self._deaf_until = time.monotonic() + MOMENT_S * writing

    def action_cancel(self) -> None:
        """To the review, unless it has only just come up."""
        if time.monotonic() >= self._deaf_until:
            self.dismiss(None)

    def compose(self) -> ComposeResult:
        ended = self.session.desk.ended
        why = _WHY.get(ended.why if ended else "", "The drill has ended.")
        with Vertical(classes="box"):
            yield Static(Content(f"{why} {show_moment(self.session.now_ms)}").stylize("bold"), classes="text")
            for title in self.unsent:
                yield Static(Content(f"Still in the outbox, so it was not sent: {line(title)}."), classes="text")
            yield Static(Content("Nothing counts from here on. What was not sent stays unsent."), classes="about")
            yield Deaf([Choice("review", "See what your team did, and what it was worth")])

    def on_mount(self) -> None:
        self.frame("ENDEX · end of the exercise", "enter goes to the review")
        self.query_one(Choices).focus()

    def on_virtual_list_opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.action_cancel()


class NoDuffScreen(Screen[None]):
    """Nothing of the exercise is left on the screen."""

    DEFAULT_CSS = """
    NoDuffScreen { align: center middle; background: $background; }
    NoDuffScreen Static { width: 100%; text-align: center; height: auto; }
    NoDuffScreen #word { text-style: bold; color: $error; }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("enter", "app.quit", "Leave", show=False),
        Binding("escape", "app.quit", "Leave", show=False),
    ]

    def __init__(self, by: str = "") -> None:
        """`by`: who has said it, where that was another seat."""
        super().__init__()
        self.by = by

    def compose(self) -> ComposeResult:
        wide = max(len(row) for row in _BANNER.split("\n"))
        yield Static(Content("\n".join([f"{row:<{wide}}" for row in _BANNER.split("\n")])), id="word")
        yield Static(Content("\nNO DUFF: exercise stopped\n").stylize("bold"))
        if self.by:
            yield Static(Content(f"{line(self.by)} has stopped it for everybody: ask them.\n"))
        kept = "The run is kept, and its review is in the lobby."
        yield Static(Content(f"This is real. Follow your real plan now.\n{kept}\n"))
        yield Static(Content("enter leaves").stylize("$muted"))


_BANNER = """\
█   █  ███     ████  █   █ █████ █████
██  █ █   █    █   █ █   █ █     █
█ █ █ █   █    █   █ █   █ ████  ████
█  ██ █   █    █   █ █   █ █     █
█   █  ███     ████   ███  █     █"""
