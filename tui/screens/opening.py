"""What one sees while the rest is being read: the first line of every screen, at once."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

_MOST = 20
"""Keys that are kept: more were not meant for what comes."""


class OpeningScreen(Screen[None]):
    """Keys that are pressed here are kept in `pressed`, for the screen that follows."""

    DEFAULT_CSS = """
    OpeningScreen > #head { height: 2; background: $boost; }
    """
    SCOPES: ClassVar[tuple[str, ...]] = ("app",)

    def __init__(self, reading: str) -> None:
        """`reading`: what is being read, our own words."""
        super().__init__()
        self.reading = reading
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        """The name, and what one waits for."""
        name = Content.assemble((" EXERCISE ", "bold reverse"), ("  Stormdrill", "bold"))
        yield Static(Content("\n").join((name, Content.styled(f" {self.reading}", "$muted"))), id="head")

    def on_key(self, event: events.Key) -> None:
        """Keep it, unless it is one that works anywhere."""
        if not event.key.startswith("ctrl+") and len(self.pressed) < _MOST:
            self.pressed.append(event.key)
            event.stop()
