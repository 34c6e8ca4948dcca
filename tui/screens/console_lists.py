"""The console's lists: rows, and between them quiet lines that say what follows and can't be chosen.

They leave out those keys of a list that mean something else here: space, n and x are the facilitator's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual.binding import Binding

from tui import keys
from tui.safe import fit, line
from tui.widgets.row import Line
from tui.widgets.virtual import GUTTER, VirtualList

Item = TypeVar("Item")
_TAKEN = ("mark", "match", "match-before", "expand")


@dataclass(frozen=True, slots=True)
class Ruled(Generic[Item]):
    """A row, or where it has no item a quiet line between rows."""

    key: str
    item: Item | None = None
    rule: str = ""
    """What the quiet line says."""
    style: str = "muted"


class RuledList(VirtualList[Ruled[Item]], inherit_bindings=False):
    """See the module. The cursor goes past the quiet lines."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        one for one in keys.bindings("list") if (one.id or "").removeprefix("list.") not in _TAKEN
    ]

    def key_of(self, item: Ruled[Item]) -> str:
        return item.key

    def draw(self, item: Ruled[Item], width: int) -> Sequence[Line]:
        if item.item is not None:
            return self.draw_item(item.item, width)
        words = f"── {fit(line(item.rule), width - 6)} " if item.rule else ""
        return [((words + "─" * max(0, width - cell_len(words)), item.style),)]

    def draw_item(self, item: Item, width: int) -> Sequence[Line]:
        """The lines of a row."""
        raise NotImplementedError

    @property
    def chosen(self) -> Item | None:
        """What the row under the cursor is."""
        return self.current.item if self.current is not None else None

    def refill(self, rows: Sequence[Ruled[Item]]) -> None:
        """These rows from now on; where they are the same in number and order they are only drawn again."""
        if [one.key for one in rows] == [one.key for one in self.items] and not self._taller(rows):
            self.items = list(rows)
            self.redraw()
            return
        self.show(rows)
        self.cursor = self.cursor  # off a quiet line, if that is where it came to stand

    def _taller(self, rows: Sequence[Ruled[Item]]) -> bool:
        width = max(1, self._width - GUTTER)
        pairs = zip(rows, self.items, strict=True)
        return any(self.height(new, width) != self.height(old, width) for new, old in pairs)

    def to(self, key: str) -> bool:
        """To a row, if it is there."""
        at = self.index_of(key)
        if at >= 0:
            self.cursor = at
        return at >= 0

    def validate_cursor(self, cursor: int) -> int:
        """Within the rows, and never on a quiet line: on the next row in the direction that was meant."""
        at = super().validate_cursor(cursor)
        ahead = range(at, len(self.items)) if at >= self.cursor else range(at, -1, -1)
        behind = range(at, -1, -1) if at >= self.cursor else range(at, len(self.items))
        for index in (*ahead, *behind):
            if 0 <= index < len(self.items) and self.items[index].item is not None:
                return int(index)
        return int(at)
