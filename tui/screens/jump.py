"""Jump: a letter stands on every row in sight; the letter that is pressed says where to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.screen import ModalScreen

from tui import keys
from tui.screens.leaving import Leaving
from tui.widgets.virtual import VirtualList

LETTERS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZCVBNM"
"""The home row first; X is the real emergency's."""


def lettered(lists: Iterable[VirtualList[Any]]) -> dict[str, tuple[VirtualList[Any], str]]:
    """A letter for each row in sight, as far as they go: to its list and its key."""
    rows = [(one, key) for one in lists for key in one.in_sight()]
    return dict(zip(LETTERS, rows, strict=False))


class JumpScreen(Leaving[str], ModalScreen[str]):
    """Waits for one key and gives it back; nothing of its own is on the screen. Esc gives none."""

    DEFAULT_CSS = "JumpScreen { background: transparent; }"
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.over_dialogs()]
    HELP = "# Jump\n\nPress the letter that stands on a row to go there, a digit for its pane, `esc` to stay."

    def __init__(self, wanted: Mapping[str, object], panes: Sequence[str]) -> None:
        super().__init__()
        self._known = {*wanted, *panes}

    def on_key(self, event: events.Key) -> None:
        """Whatever is pressed ends it; what nobody wears changes nothing."""
        letter = event.character or ""
        if letter in self._known or event.key == "escape" or (letter.isalnum() and letter != "X"):
            event.stop()
            event.prevent_default()
            self.dismiss(letter if letter in self._known else None)

    def on_click(self) -> None:
        """A click ends it."""
        self.dismiss(None)
