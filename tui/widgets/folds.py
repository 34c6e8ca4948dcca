"""A list whose rows open to more: the reasons under a score, the evidence under a task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.prose import Lines, joined


@dataclass(frozen=True, slots=True)
class Fold:
    """A row: its line, and what it opens to. Without `body` it is a heading and can't be chosen."""

    key: str
    head: Callable[[int], Content]
    body: Callable[[int], Lines] | None = None
    opened: Callable[[int], Content] | None = None
    """Its line while it is open, where that differs."""


class List(OptionList):
    """An option list with the keys of every list here."""

    BINDINGS = [
        Binding("enter", "select", "Open", key_display="enter"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
        Binding("ctrl+d", "page_down", "Page down", show=False),
        Binding("ctrl+u", "page_up", "Page up", show=False),
    ]
    DEFAULT_CSS = """
    List, List:focus {
        height: 1fr; border: none; padding: 0; background: transparent; background-tint: transparent;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0; }
        & > .option-list--option-disabled { color: $foreground; }
        & > .option-list--option-hover { background: $boost; }
    }
    List > .option-list--option-highlighted { background: $boost; color: $foreground; text-style: none; }
    List:focus > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: none; }
    """

    @property
    def room(self) -> int:
        """How many cells a row has, without the one that keeps it off the scroll bar."""
        return self.scrollable_content_region.width - 1

    def render_line(self, y: int) -> Strip:
        """A line. Without colours the row under the cursor is reversed as a whole, as in the lists of the desk: muted
        words would be unreadable patches in it."""
        strip, at = super().render_line(y), self.scroll_offset.y + y
        if not self.app.no_color or not self.has_focus or not 0 <= at < len(self._lines):
            return strip
        if self._lines[at][0] != self.highlighted:
            return strip
        base = Style(color=self.rich_style.color, bgcolor=self.rich_style.bgcolor, reverse=True)
        return Strip([Segment(text, base + _shape(style)) for text, style, _ in strip], strip.cell_length)


def _shape(style: Style | None) -> Style:
    """What is left of a style without its colours."""
    return Style(bold=style.bold, italic=style.italic, underline=style.underline, meta=style.meta) if style else Style()


class Folds(List):
    """Rows that `enter` opens and shuts. They are laid out for the width they have."""

    BINDINGS = [
        Binding("enter,space", "select", "Open", key_display="enter"),
        Binding("enter,space", "shut", "Close", key_display="enter"),
    ]

    def __init__(self, folds: Sequence[Fold], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(*[Option("", id=f.key, disabled=f.body is None) for f in folds], id=id, markup=False)
        self._folds = {fold.key: fold for fold in folds}
        self.opened: set[str] = set()

    def on_resize(self, event: events.Resize) -> None:
        """The rows have another width now."""
        del event
        self.lay_out()

    def lay_out(self) -> None:
        """Lay all rows out anew."""
        if self.room > 0:
            for key in self._folds:
                self._paint(key)

    def reopen(self, row: int | None, opened: set[str]) -> None:
        """Stand on a row with these open, as a list before this one did."""
        self.opened = opened
        self.highlighted = row
        self.lay_out()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Headings alone can't be opened, an open row only shut."""
        if action not in ("select", "shut"):
            return True
        option = self.highlighted_option
        is_open = option is not None and option.id in self.opened
        return is_open == (action == "shut") and any(fold.body is not None for fold in self._folds.values())

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_shut(self) -> None:
        """Shut the row under the cursor."""
        self.action_select()

    def action_select(self) -> None:
        """Open the row under the cursor, or shut it."""
        option = self.highlighted_option
        if option is None or option.id is None:
            return
        self.opened ^= {option.id}
        self._paint(option.id)
        self.refresh_bindings()
        self.call_after_refresh(self.scroll_to_highlight)

    def _paint(self, key: str) -> None:
        fold, width = self._folds[key], max(10, self.room)
        lines = [fold.head(width)]
        if fold.body is not None:
            open_ = key in self.opened
            head = fold.opened if open_ and fold.opened is not None else fold.head
            lines = [Content.styled("− " if open_ else "+ ", "$muted") + head(width - 2)]
            if open_:
                lines += [Content("  ") + line for line in fold.body(width - 2)]
        self.replace_option_prompt(key, joined(lines))
