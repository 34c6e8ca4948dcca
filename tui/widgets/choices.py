"""A short list to choose from, for dialogues: letters choose at once, space marks where several may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events

from tui.safe import line, lines
from tui.widgets.row import Line, right
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. Its texts may come from outside: they are cleaned when drawn."""

    id: str
    title: str
    about: str = ""
    aside: str = ""
    """Beside the title, in a column of its own."""
    tail: str = ""
    letter: str = ""
    why_not: str = ""
    """Shown, but cannot be chosen, and why."""
    style: str = ""


class Choices(VirtualList[Choice]):
    """See the module."""

    def __init__(self, choices: Sequence[Choice], *, many: bool = False, chosen: Sequence[str] = ()) -> None:
        super().__init__(empty="There is nothing to choose from.")
        self.many = many
        self.items = list(choices)
        self.marked = set(chosen)
        if choices:
            self.set_reactive(VirtualList.cursor, 0)

    def key_of(self, item: Choice) -> str:
        return item.id

    def draw(self, item: Choice, width: int) -> Sequence[Line]:
        box = ("[x] " if item.id in self.marked else "[ ] ") if self.many else ""
        letter = f"{item.letter}  " if item.letter else ""
        style = "muted" if item.why_not else item.style or "strong"
        title = f"{line(item.title):<18}  " if item.aside else line(item.title)
        head: Line = ((letter, "accent"), (box, "accent"), (title, style), (line(item.aside), "muted"))
        out: list[Line] = [right(head, ((line(item.tail, 30), "muted"),), width)]
        indent = " " * (len(letter) + len(box))
        if item.about:
            rows = wrap(lines(item.about), max(10, width - len(indent)))
            out += [((indent + row, "muted"),) for row in rows[:4]]
        if item.why_not:
            rows = wrap(lines(item.why_not), max(10, width - len(indent)))
            out += [((indent + row, "warn"),) for row in rows[:3]]
        return out

    def action_mark(self) -> None:
        """Mark and go on, where several may be chosen."""
        if self.many and self.current is not None and not self.current.why_not:
            super().action_mark()
            self.redraw()

    def on_key(self, event: events.Key) -> None:
        """A letter chooses at once."""
        for index, item in enumerate(self.items):
            if item.letter and event.character == item.letter:
                event.stop()
                event.prevent_default()
                self.cursor = index
                self.action_open()
                return
