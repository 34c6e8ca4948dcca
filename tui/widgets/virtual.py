"""A list that people move in: its keys, its marks, its mouse. `line_list` draws it.

Every list of the desk is one of these: feed, queue, thread, inbox, team, facts, content, log, and the choices of a
dialogue. Subclasses say what an item's lines are, and by what it is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.message import Message

from drills.desk.search import Facets
from tui import keys
from tui.widgets.line_list import STYLES, LineList
from tui.widgets.measured import GUTTER

__all__ = ["GUTTER", "STYLES", "VirtualList"]

Item = TypeVar("Item")
_WORD = re.compile(r"\S+")
_NAME = re.compile(r"@\w{2,}")
_WIDE = 400
"""Cells in which a row shows all that it can be found by."""


class VirtualList(LineList[Item]):
    """See the module."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("list")]

    class Opened(LineList.Moved):
        """Somebody pressed enter on an item, or clicked it a second time."""

    class Named(Message):
        """Somebody clicked an @name."""

        def __init__(self, pane: VirtualList[Any], name: str) -> None:
            super().__init__()
            self.pane = pane
            self.name = name

    class Sought(Message):
        """The next match was asked for. `at` of `many`; 0 where there is none."""

        def __init__(self, pane: VirtualList[Any], at: int, many: int) -> None:
            super().__init__()
            self.pane = pane
            self.at = at
            self.many = many

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty=empty)
        self.called: Mapping[str, str] = {}
        """What people call themes and channels, by their ids."""
        self.seat = ""
        """One's own, whose rows are called mine."""
        self.total = 0
        """How many items there are, shown or not."""
        self.themes: Counter[str] = Counter()
        """How many of them belong to a theme."""
        self.channels: Counter[str] = Counter()
        self._clicked = ""

    def facets(self, item: Item) -> Facets:
        """What an item can be found by; as it stands, the words of its row."""
        return Facets(" ".join(["".join([text for text, _ in row]) for row in self.draw(item, _WIDE)]))

    def place(self, item: Item) -> tuple[str, str]:  # noqa: ARG002
        """The theme and the channel that an item belongs to; ''."""
        return "", ""

    # -- what of it is looked at -------------------------------------------------------------------------------

    def fill(self, items: Sequence[Item]) -> None:
        """All there is, from now on; the view says what of it is shown."""
        self.total = 0
        self.show(self.counted(items))

    def counted(self, items: Sequence[Item]) -> Sequence[Item]:
        """Those of more items that the view shows; all of them count."""
        if not self.total:
            self.themes, self.channels = Counter(), Counter()
        self.total += len(items)
        places = [self.place(item) for item in items]
        self.themes.update([theme for theme, _ in places if theme])
        self.channels.update([channel for _, channel in places if channel])
        if not self.view:
            return items
        return [item for item, place in zip(items, places, strict=True) if self._shows(item, *place)]

    def _shows(self, item: Item, theme: str, channel: str) -> bool:
        view = self.view
        if (view.theme and view.theme != theme) or (view.channel and view.channel != channel):
            return False
        return not view.search or view.search.finds(self.facets(item))

    # -- keys --------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = self.cursor + by

    def action_page(self, by: float) -> None:
        """Move by a part of what is on screen."""
        if not self.items or not self._width:
            return
        line = self._heights.first(max(self.cursor, 0)) + round(by * self.size.height)
        at = self.item_at(max(0, line))
        self.cursor = at if at != self.cursor else self.cursor + (1 if by > 0 else -1)

    def action_top(self) -> None:
        """To the first."""
        self.cursor = 0

    def action_end(self) -> None:
        """To the last."""
        self.cursor = len(self.items) - 1
        self.reveal()  # it may have been there already, while the list was out of sight

    def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.current is not None:
            self.post_message(self.Opened(self, self.current_key))

    def action_mark(self) -> None:
        """Mark, or unmark, what is under the cursor, and go on."""
        if key := self.current_key:
            self.marked ^= {key}
            self._refresh_item(self.cursor)
            if self.cursor < len(self.items) - 1:
                self.cursor += 1

    def unmark(self) -> None:
        """Forget all marks."""
        if self.marked:
            self.marked = set()
            self.redraw()

    def action_expand(self) -> None:
        """All that the row has, in place; or as short as before."""
        if key := self.current_key:
            self.expanded ^= {key}
            self.remeasure(self.cursor)
            self.reveal()

    def action_match(self, by: int) -> None:
        """To the next item that the search finds, round and round."""
        find = self.view.search
        found = [at for at, item in enumerate(self.items) if find.finds(self.facets(item))] if find else []
        if found:
            ahead = [at for at in found if (at - self.cursor) * by > 0]
            self.cursor = min(ahead, key=lambda at: abs(at - self.cursor)) if ahead else found[0 if by > 0 else -1]
        self.post_message(self.Sought(self, found.index(self.cursor) + 1 if found else 0, len(found)))

    # -- mouse -------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Select; a second click opens, and one on an @name says whose it is."""
        place = event.get_content_offset(self)
        if place is None or self.text_selection is not None:
            return
        line = place.y + self.scroll_offset.y
        if not self.items or line >= self._heights.total:
            return
        at = self.item_at(line)
        if name := self._name_at(place.x, place.y):
            self.cursor = at
            self.post_message(self.Named(self, name))
        elif at == self.cursor and self._clicked == self.current_key:
            self.action_open()
        else:
            self.cursor = at
            self._clicked = self.current_key

    def _name_at(self, x: int, y: int) -> str:
        """The @name in these cells, or ''."""
        text = self.render_line(y).text
        for word in _WORD.finditer(text):
            start, end = cell_len(text[: word.start()]), cell_len(text[: word.end()])
            if start <= x < end and (name := _NAME.search(word[0])):
                return name[0]
        return ""
