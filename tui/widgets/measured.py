"""Where the items of a list of any length stand: how high each is, which are in sight, on which the cursor is.

Rules
1. `_heights` knows how high each item is; all arithmetic between lines and items goes through it.
2. The cursor stays on its item, by key, whatever is inserted around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from drills.desk.search import View
from tui.widgets.heights import Heights
from tui.widgets.row import Line
from tui.widgets.taken import Taken

Item = TypeVar("Item")
GUTTER = 2
"""Cells at the left edge: the cursor's sign and the mark."""
MARGIN = 1
"""Cells at the right edge, between the words and the scroll bar."""


class Measured(ScrollView, Generic[Item], can_focus=True):
    """See the module's rules. Items are shown by `show`, or added by `extend`."""

    cursor: var[int] = var(-1, init=False)
    empty: var[str] = var("")
    """What is said in place of items."""

    class Moved(Message):
        """The cursor is on another item now."""

        def __init__(self, pane: Measured[Any], key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

        @property
        def control(self) -> Measured[Any]:
            return self.pane

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.items: list[Item] | Taken[Item] = []
        self.marked: set[str] = set()
        self.expanded: set[str] = set()
        """The items that show all they have."""
        self.view = View()
        """What of it is looked at, and which words are highlighted."""
        self.letters: Mapping[str, str] = {}
        """While one jumps: the letter of each item in sight."""
        self.set_reactive(Measured.empty, empty)
        self._heights = Heights()
        self._width = 0
        self._strips: dict[tuple[int, int], list[Strip]] = {}

    # -- for subclasses ----------------------------------------------------------------------------------------

    def key_of(self, item: Item) -> str:
        """What tells an item from all others, as long as it lives."""
        raise NotImplementedError

    def draw(self, item: Item, width: int) -> Sequence[Line]:
        """The item's lines, at most `width` cells each. Outside text in them has passed `tui.safe`."""
        raise NotImplementedError

    def height(self, item: Item, width: int) -> int:
        """How many lines `draw` would give."""
        return len(self.draw(item, width))

    # -- items -------------------------------------------------------------------------------------------------

    def show(self, items: Iterable[Item]) -> None:
        """These items from now on; cursor and scroll position stay with the item they are on."""
        key = self.current_key
        above = self._heights.first(self.cursor) - self.scroll_offset.y if key and self._width else 0
        self.items = items if isinstance(items, Taken) else list(items)
        self._strips.clear()
        if self._width:
            self._measure(0)
        at = self.index_of(key) if key else -1
        if self.expanded and not self.expanded <= (keys := {self.key_of(item) for item in self.items}):
            self.expanded &= keys
        if at < 0:
            at = min(max(self.cursor, 0), len(self.items) - 1)
            self.set_reactive(Measured.cursor, at)
            self._resized()
            if self.current_key != key:
                self.post_message(self.Moved(self, self.current_key))
            self.reveal()
        else:
            self.set_reactive(Measured.cursor, at)
            self._resized()
            if self._width:
                self.scroll_to(y=max(0, self._heights.first(at) - above), animate=False, immediate=True)
        self.repaint()

    def extend(self, items: Sequence[Item]) -> None:
        """Add items at the end, at a cost that depends on how many are added only."""
        first = len(self.items)
        self.items.extend(items)
        if self._width:
            self._measure(first)
            self._resized()

    def redraw(self) -> None:
        """The items say something else now, in as many lines as before."""
        self._strips.clear()
        self.repaint()

    def repaint(self) -> None:
        """Draw again what is on screen."""
        self.refresh()

    def index_of(self, key: str) -> int:
        """Where an item is, or -1."""
        for index, item in enumerate(self.items):
            if self.key_of(item) == key:
                return index
        return -1

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    @property
    def current_key(self) -> str:
        """Its key, or ''."""
        item = self.current
        return "" if item is None else self.key_of(item)

    @property
    def below(self) -> int:
        """How many items lie below what is on screen."""
        if not self.items or not self._width:
            return 0
        end = self.scroll_offset.y + self.size.height
        last = self.item_at(end - 1)
        return max(0, len(self.items) - 1 - last) + self._cut(last, end)

    def _cut(self, index: int, end: int) -> bool:
        """Whether an item begins on screen and has words from this line of the whole list on."""
        top = self._heights.first(index)
        bottom = top + self._heights.of(index)
        if bottom <= end or top <= self.scroll_offset.y:
            return False
        return any(text.strip() for row in self.draw(self.items[index], self.room)[end - top :] for text, _ in row)

    @property
    def room(self) -> int:
        """The cells that an item's words may take."""
        return self._width - GUTTER - MARGIN

    def in_sight(self) -> list[str]:
        """The keys of the items whose first line is on screen."""
        if not self.items or not self._width:
            return []
        top = self.scroll_offset.y
        found = range(self.item_at(top), self.item_at(top + self.size.height - 1) + 1)
        return [self.key_of(self.items[at]) for at in found if self._heights.first(at) >= top]

    def _measure(self, first: int) -> None:
        width = self.room
        self._heights.cut(first)
        for item in self.items[first:]:
            self._heights.append(self.height(item, width))

    def remeasure(self, index: int) -> None:
        """One item has another height now; what lies below it moves, and nothing else is measured."""
        if not self._width or not 0 <= index < len(self.items):
            return
        if self._heights.change(index, self.height(self.items[index], self.room)):
            self._resized()
        self.redraw()

    def _resized(self) -> None:
        size = Size(self._width, self._heights.total)
        bar = self.styles.overflow_y == "scroll" or size.height > self.container_size.height
        if self.styles.is_auto_height or self.show_vertical_scrollbar != bar:
            self.virtual_size = size
        elif size != self.virtual_size:  # assigned, it would lay out the whole screen: only the scroll bar moves here
            self.set_reactive(Measured.virtual_size, size)
            self._scroll_update(size)

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        """A bar that appears stands where the list is: Textual tells it only of what is scrolled from then on."""
        if shown:
            self.vertical_scrollbar.position = self.scroll_offset.y

    def on_resize(self) -> None:
        """Measure again when the width has changed; the item under the cursor stays in sight."""
        width = self.scrollable_content_region.width
        if width == self._width or width < 4:
            return
        at_top = self.item_at(self.scroll_offset.y) if self._width and self.items else -1
        self._width = width
        self._strips.clear()
        self._measure(0)
        self._resized()
        if at_top >= 0:
            self.scroll_to(y=self._heights.first(min(at_top, len(self.items) - 1)), animate=False, immediate=True)
            self.reveal()
        elif self.cursor > 0:  # it was moved while nobody could see the list
            self.call_after_refresh(self.reveal)
        self.refresh()

    def item_at(self, line: int) -> int:
        """Which item a line of the whole list belongs to."""
        return max(0, min(self._heights.at(line), len(self.items) - 1))

    # -- the cursor -------------------------------------------------------------------------------------------

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the items."""
        return max(-1 if not self.items else 0, min(cursor, len(self.items) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint two items and tell the screen."""
        for index in (old, new):
            self._refresh_item(index)
        if old != new:
            self.reveal()
            self.post_message(self.Moved(self, self.current_key))

    def _refresh_item(self, index: int) -> None:
        if self._width and 0 <= index < len(self.items):
            self.refresh_lines(self._heights.first(index), self._heights.of(index))

    def reveal(self) -> None:
        """Scroll so that the item under the cursor can be read, and the first in sight is whole."""
        if self._width and 0 <= self.cursor < len(self.items):
            high = min(self._heights.of(self.cursor), max(1, self.size.height))
            region = Region(0, self._heights.first(self.cursor), 1, high)
            before = self.scroll_offset.y
            self.scroll_to_region(region, animate=False, immediate=True, force=True)
            first = self.item_at(self.scroll_offset.y)
            torn = self._heights.first(first) < self.scroll_offset.y
            if torn and self.scroll_offset.y > before and first < self.cursor:
                self.scroll_to(y=self._heights.first(first + 1), animate=False, immediate=True, force=True)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor looks different without the keyboard."""
        super().watch_has_focus(has_focus)
        self._refresh_item(self.cursor)
