"""The picture of a list of any length whose items may be several lines high: only what is on screen is drawn.

Rules
1. A strip exists for an item on screen only. Whatever changes its picture is part of the cache's key, or clears it.
   Lines that say the same as before are not drawn again.
2. What is selected with the mouse is counted in lines of the whole list: it stays selected when the list scrolls.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip

from tui.widgets.measured import GUTTER, Measured
from tui.widgets.row import Line, lit
from tui.widgets.selecting import chosen_text, painted
from tui.widgets.wrap import wrap

Item = TypeVar("Item")

STYLES = ("muted", "accent", "danger", "warn", "calm", "strong", "cursor", "blur", "match", "letter",
          "selected")  # fmt: skip
MOST_STRIPS = 256
"""Items whose strips are kept; more than any screen shows."""
NO_MATCH = "Nothing here fits."


class LineList(Measured[Item]):
    """See the module's rules."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"list--{name}" for name in STYLES}
    DEFAULT_CSS = """
    LineList {
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
        & > .list--match { color: $warning; text-style: bold underline; }
        & > .list--letter, & > .list--selected { background: $primary; color: $background; }
        &:nocolor > .list--danger { text-style: bold; }
        &:nocolor > .list--cursor { text-style: reverse; }
        &:nocolor > .list--match { text-style: bold underline; }
        &:nocolor > .list--letter, &:nocolor > .list--selected {
            color: $foreground; background: $background; text-style: bold reverse;
        }
    }
    """

    bullets: ClassVar[bool] = True
    """Whether a bullet says that an item is marked; without it, the item's own lines say so."""

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty=empty)
        self._seen: dict[int, tuple[Strip, int]] = {}
        """What was last drawn on each line of the screen, and which line of the whole list that was."""
        self._asked = False
        """Whether lines are to be drawn again."""
        self._plain: Style | None = None

    def notify_style_update(self) -> None:
        """Another theme: other strips."""
        super().notify_style_update()
        self._strips.clear()
        self._plain = None

    # -- painting ----------------------------------------------------------------------------------------------

    def _base(self) -> Style:
        """The colours of a line without any of its own; Textual would look them up through all ancestors each time."""
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def _style(self, names: str, base: Style) -> Style:
        for name in names.split():
            base += self.get_component_rich_style(f"list--{name}", partial=True)
        return base

    def _paint(self, index: int) -> list[Strip]:
        item = self.items[index]
        key = self.key_of(item)
        marked, letter = key in self.marked, self.letters.get(key, "")
        on = index == self.cursor
        state = (2 if self.has_focus else 1) * on + 4 * marked
        if (hit := self._strips.get((index, state))) is not None:
            return hit
        base = self._base()
        if on:
            base = self._style("cursor" if self.has_focus else "blur", base)
        out: list[Strip] = []
        for row, pieces in enumerate(self.draw(item, self.room)):
            edge = self._style("" if self.app.no_color else "accent", base)
            sign = letter or ("▸" if on else " ")
            mark = "•" if marked and self.bullets else " "
            segments = [Segment(f"{sign}{mark}" if not row else " " * GUTTER, edge)]
            if letter and not row:
                segments = [Segment(letter, self._style("letter", base)), Segment(mark, edge)]
            # Without colours the row is reversed as a whole: muted words would be unreadable patches in it.
            plain = on and self.app.no_color
            for text, style in lit(pieces, self.view.search.words):
                shown = style if not plain else "match" if style.endswith("match") else ""
                segments.append(Segment(text, self._style(shown, base)))
            out.append(_exactly(Strip(segments), self._width, base))
        if len(self._strips) >= MOST_STRIPS:
            self._strips.clear()
        self._strips[(index, state)] = out
        return out

    def render_line(self, y: int) -> Strip:
        """One line of what is on screen."""
        strip, line = self._line(y)
        self._seen[y] = (strip, line)
        return strip if line < 0 else self._selectable(strip, line)

    def repaint(self) -> None:
        """Draw again those lines that say something else than when they were last drawn; once, however often asked."""
        if not self._asked:
            self._asked = True
            self.call_next(self._repaint)

    def _repaint(self) -> None:
        self._asked = False
        stale = [y for y in range(self.size.height) if self._seen.get(y) != self._line(y)]
        if len(stale) == self.size.height:
            self.refresh()
        elif stale:
            self.refresh(*[Region(0, y, self.size.width, 1) for y in stale])

    def _line(self, y: int) -> tuple[Strip, int]:
        """What stands on a line of the screen, and which line of the whole list that is; -1 for none."""
        line, width = y + self.scroll_offset.y, self.size.width
        if not self.items and (self.view or self.empty):
            rows = wrap(NO_MATCH if self.view else self.empty, max(1, width - 2 * GUTTER))
            text = " " * GUTTER + rows[y] if y < len(rows) else ""
            strip = Strip([Segment(text, self._style("muted", self._base()))])
            return strip.crop_extend(0, width, self._base()), -1
        if not self.items or not self._width or line >= self._heights.total:
            return Strip.blank(width, self._base()), -1
        index, within = self._heights.place(line)
        strips = self._paint(index)
        if within >= len(strips):
            return Strip.blank(width, self._base()), -1
        return _exactly(strips[within], width, self._base()), line

    # -- selecting with the mouse ------------------------------------------------------------------------------

    def _selectable(self, strip: Strip, line: int) -> Strip:
        """The strip with what is selected of it in another colour; its cells say which letters they are."""
        chosen = self.text_selection
        span = chosen.get_span(line) if chosen is not None else None
        if span is not None:
            strip = painted(strip, span, self._style("selected", Style()))
        return strip.apply_offsets(0, line)

    def selection_updated(self, selection: Selection | None) -> None:
        """Something else is selected."""
        del selection
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that are selected, without the signs at the left edge."""
        if not self._width or not self.items:
            return None
        last = self._heights.total - 1
        first = selection.start.y if selection.start is not None else 0
        end = min(selection.end.y, last) if selection.end is not None else last
        rows: list[tuple[int, Line]] = []
        for index in range(self.item_at(first), self.item_at(end) + 1):
            rows += enumerate(self.draw(self.items[index], self.room), start=self._heights.first(index))
        return chosen_text([row for row in rows if first <= row[0] <= end], selection, GUTTER), "\n"


def _exactly(strip: Strip, width: int, style: Style) -> Strip:
    """The strip with so many cells. One that has them already, cropped, would keep itself in a cache of its own: a
    ring for each line that is drawn, which only a collection takes apart."""
    return strip if strip.cell_length == width else strip.crop_extend(0, width, style)
