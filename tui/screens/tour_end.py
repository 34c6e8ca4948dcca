"""The end of the tour: what one can do now, and one key to the first exercise."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from drills.drill import Drill
from tui import keys
from tui.safe import line
from tui.screens.dialogs import Dialog
from tui.widgets.choices import Choice, Choices
from tui.widgets.virtual import VirtualList

_KEYS = ("down", "open", "reply", "fact", "review", "undo", "escalate")
"""What has been taught, by the ids of the key map."""
TOLD = (
    "You can work a desk now. Two keys tell the rest: {verbs} lists all that one can do, {help} the keys of "
    "where you are. {leave} leaves."
)


class TourEnd(Dialog[bool]):
    """Dismissed with True for the first exercise; with None for the lobby."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = []

    def __init__(self, first: Drill | None) -> None:
        super().__init__()
        self._first = first

    def compose(self) -> ComposeResult:
        """The keys in one line each, then what comes next."""
        table = {key.id: key for key in keys.table()}
        rows = [
            Content.assemble((f"  {table[name].shown:<7}", "bold $primary"), f" {table[name].label}") for name in _KEYS
        ]
        with Vertical(classes="box"):
            yield Static(Content(keys.told(TOLD)), classes="text")
            yield Static(Content("\n").join(rows), classes="text")
            choices = [Choice("lobby", "Look around in the lobby", letter="l")]
            if self._first is not None:
                title = f"{line(self._first.title)}, {self._first.real_minutes} minutes: the first exercise"
                choices.insert(0, Choice("first", title, letter="f"))
            yield Choices(choices)

    def on_mount(self) -> None:
        """The first exercise is one enter away."""
        self.frame("The tour is over", "enter takes the marked line · esc goes to the lobby")
        self.query_one(Choices).focus()

    def on_virtual_list_opened(self, event: VirtualList.Opened) -> None:
        """Somebody chose."""
        event.stop()
        self.dismiss(True if event.key == "first" else None)
