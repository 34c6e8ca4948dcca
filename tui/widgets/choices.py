"""A short list to choose from, for dialogues: letters choose at once, space marks where several may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events

from tui.safe import fit, line, lines
from tui.widgets.row import Line, clause, right
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
    whole: bool = False
    """Its title is a sentence to be read to its end: it takes as many lines as that needs."""


WIDEST = 26
"""Cells of a title that has something beside it."""


class Choices(VirtualList[Choice]):
    """See the module."""

    bullets = False

    def __init__(self, choices: Sequence[Choice], *, many: bool = False, chosen: Sequence[str] = ()) -> None:
        super().__init__(empty="There is nothing to choose from.")
        self.many = many
        self.items = list(choices)
        self.marked = set(chosen)
        self._column = min(WIDEST, max([cell_len(line(one.title)) for one in choices if one.aside], default=0)) + 2
        """Cells of the titles that have something beside them."""
        if choices:
            self.set_reactive(VirtualList.cursor, 0)

    def key_of(self, item: Choice) -> str:
        return item.id

    def draw(self, item: Choice, width: int) -> Sequence[Line]:
        box = ("[x] " if item.id in self.marked else "[ ] ") if self.many else ""
        letter = f"{item.letter}  " if item.letter else ""
        style = "muted" if item.why_not else item.style or "strong"
        tail = line(item.tail, 30)
        indent = " " * (len(letter) + len(box))
        room = width - len(indent) - (cell_len(tail) + 1) * bool(tail)
        titles = wrap(line(item.title), max(10, room)) if item.whole else [line(item.title)]
        if item.aside:
            name = fit(titles[0], self._column - 2)
            titles = [name + " " * (self._column - cell_len(name))]
        aside = clause(line(item.aside), room - self._column)
        head: Line = ((letter, "accent"), (box, "accent"), (titles[0], style), (aside, "muted"))
        out: list[Line] = [right(head, ((tail, "muted"),), width)]
        out += [((indent + row, style),) for row in titles[1:]]
        if item.about:
            rows = wrap(lines(item.about), max(10, width - len(indent)))
            out += [((indent + row, "muted"),) for row in rows[:4]]
        if item.why_not:
            rows = wrap(lines(item.why_not), max(10, width - len(indent)))
            out += [((indent + row, "warn"),) for row in rows[:3]]
        return out

    def action_mark(self) -> None:
        """Mark, where several may be chosen; the cursor stays, so that a second press takes the mark off again."""
        if self.many and self.current is not None and not self.current.why_not:
            self.marked ^= {self.current_key}
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
