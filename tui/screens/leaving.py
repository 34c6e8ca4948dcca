"""A screen that is left once, and takes no other screen with it."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Answer = TypeVar("Answer")


class Leaving(Screen[Answer]):
    """Textual takes the topmost screen away, whichever it is: two keys that were typed fast would take two."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave, if this is what one sees."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
