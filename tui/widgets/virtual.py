"""A list of any length whose items may be several lines high: only what is on screen is drawn.

Every list of the desk is one of these: feed, queue, thread, inbox, team, facts, content, log, and the choices of a
dialogue. Subclasses say what an item's lines are.

Rules
1. `_tops` holds the first line of each item (a prefix sum); all arithmetic between lines and items goes through it.
2. A strip exists for an item on screen only. Whatever changes its picture is part of the cache's key, or clears it.
3. The cursor stays on its item, by key, whatever is inserted around it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui import keys
from tui.widgets.row import Line
from tui.widgets.wrap import wrap

Item = TypeVar("Item")

STYLES = ("muted", "accent", "danger", "warn", "calm", "strong", "cursor", "blur")
GUTTER = 2


class VirtualList(ScrollView, Generic[Item], can_focus=True):
    """See the module's rules. Items are shown by `show`, or added by `extend`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"list--{name}" for name in STYLES}
    DEFAULT_CSS = """
    VirtualList {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        & > .list--muted { color: $muted; }
        & > .list--accent { color: $accent; }
        & > .list--danger { color: $error; }
        & > .list--warn { color: $warning; }
        & > .list--calm { color: $success; }
        & > .list--strong { text-style: bold; }
        & > .list--cursor { background: $cursor; }
        & > .list--blur { background: $cursor-blur; }
        &:nocolor > .list--cursor { text-style: reverse; }
    }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("list")]

    cursor: var[int] = var(-1, init=False)
    empty: var[str] = var("")
    """What is said in place of items."""

    class Moved(Message):
        """The cursor is on another item now."""

        def __init__(self, pane: VirtualList[Any], key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

        @property
        def control(self) -> VirtualList[Any]:
            return self.pane

    class Opened(Moved):
        """Somebody pressed enter on an item, or clicked it a second time."""

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.items: list[Item] = []
        self.marked: set[str] = set()
        self.set_reactive(VirtualList.empty, empty)
        self._tops = array("L", [0])
        self._width = 0
        self._clicked = ""
        self._strips: LRUCache[tuple[int, int], list[Strip]] = LRUCache(256)

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
        above = self._tops[self.cursor] - self.scroll_offset.y if key and self._width else 0
        self.items = list(items)
        self._strips.clear()
        if self._width:
            self._measure(0)
        at = self.index_of(key) if key else -1
        if at < 0:
            at = min(max(self.cursor, 0), len(self.items) - 1)
            self.set_reactive(VirtualList.cursor, at)
            self._resized()
            if self.current_key != key:
                self.post_message(self.Moved(self, self.current_key))
            self.reveal()
        else:
            self.set_reactive(VirtualList.cursor, at)
            self._resized()
            if self._width:
                self.scroll_to(y=max(0, self._tops[at] - above), animate=False, immediate=True)
        self.refresh()

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
        last = self.item_at(self.scroll_offset.y + self.size.height - 1)
        return max(0, len(self.items) - 1 - last)

    def _measure(self, first: int) -> None:
        tops, total, width = self._tops, self._tops[first], self._width - GUTTER
        del tops[first + 1 :]
        for item in self.items[first:]:
            total += self.height(item, width)
            tops.append(total)

    def _resized(self) -> None:
        self.virtual_size = Size(self._width, self._tops[-1])

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
            self.scroll_to(y=self._tops[min(at_top, len(self.items) - 1)], animate=False, immediate=True)
            self.reveal()
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme: other strips."""
        super().notify_style_update()
        self._strips.clear()

    def item_at(self, line: int) -> int:
        """Which item a line of the whole list belongs to."""
        return max(0, min(bisect_right(self._tops, line) - 1, len(self.items) - 1))

    # -- painting ----------------------------------------------------------------------------------------------

    def _style(self, names: str, base: Style) -> Style:
        for name in names.split():
            base += self.get_component_rich_style(f"list--{name}", partial=True)
        return base

    def _paint(self, index: int) -> list[Strip]:
        item = self.items[index]
        marked = self.key_of(item) in self.marked
        on = index == self.cursor
        state = (2 if self.has_focus else 1) * on + 4 * marked
        if (hit := self._strips.get((index, state))) is not None:
            return hit
        base = self.rich_style
        if on:
            base = self._style("cursor" if self.has_focus else "blur", base)
        out: list[Strip] = []
        for row, pieces in enumerate(self.draw(item, self._width - GUTTER)):
            gutter = ("▸" if on and not row else " ") + ("•" if marked and not row else " ")
            segments = [Segment(gutter, base if self.app.no_color else self._style("accent", base))]
            # Without colours the row is reversed as a whole: muted words would be unreadable patches in it.
            plain = on and self.app.no_color
            segments += [Segment(text, base if plain else self._style(style, base)) for text, style in pieces if text]
            out.append(Strip(segments).crop_extend(0, self._width, base))
        self._strips[(index, state)] = out
        return out

    def render_line(self, y: int) -> Strip:
        """One line of what is on screen."""
        line, width = y + self.scroll_offset.y, self.size.width
        if not self.items and self.empty:
            rows = wrap(self.empty, max(1, width - 2 * GUTTER))
            text = " " * GUTTER + rows[y] if y < len(rows) else ""
            return Strip([Segment(text, self._style("muted", self.rich_style))]).crop_extend(0, width, self.rich_style)
        if not self.items or not self._width or line >= self._tops[-1]:
            return Strip.blank(width, self.rich_style)
        index = self.item_at(line)
        strips = self._paint(index)
        within = line - self._tops[index]
        if within >= len(strips):
            return Strip.blank(width, self.rich_style)
        return strips[within].crop_extend(0, width, self.rich_style)

    # -- moving ------------------------------------------------------------------------------------------------

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
            self.refresh_lines(self._tops[index], self._tops[index + 1] - self._tops[index])

    def reveal(self) -> None:
        """Scroll so that the item under the cursor can be read."""
        if self._width and 0 <= self.cursor < len(self.items):
            top, bottom = self._tops[self.cursor], self._tops[self.cursor + 1]
            region = Region(0, top, 1, min(bottom - top, max(1, self.size.height)))
            self.scroll_to_region(region, animate=False, immediate=True, force=True)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor looks different without the keyboard."""
        super().watch_has_focus(has_focus)
        self._refresh_item(self.cursor)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = self.cursor + by

    def action_page(self, by: float) -> None:
        """Move by a part of what is on screen."""
        if not self.items or not self._width:
            return
        line = self._tops[max(self.cursor, 0)] + round(by * self.size.height)
        at = self.item_at(max(0, line))
        self.cursor = at if at != self.cursor else self.cursor + (1 if by > 0 else -1)

    def action_top(self) -> None:
        """To the first."""
        self.cursor = 0

    def action_end(self) -> None:
        """To the last."""
        self.cursor = len(self.items) - 1

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

    def on_click(self, event: events.Click) -> None:
        """Select; a second click opens."""
        if not self.items or event.y + self.scroll_offset.y >= self._tops[-1]:
            return
        at = self.item_at(event.y + self.scroll_offset.y)
        if at == self.cursor and self._clicked == self.current_key:
            self.action_open()
        else:
            self.cursor = at
            self._clicked = self.current_key
