"""A list whose rows open to more: the reasons under a score, the evidence under a task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.prose import Lines, joined


@dataclass(frozen=True, slots=True)
class Fold:
    """A row: its line, and what it opens to. Without `body` it is a heading and can't be chosen."""

    key: str
    head: Callable[[int], Content]
    body: Callable[[int], Lines] | None = None


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
    List:focus:nocolor > .option-list--option-highlighted { background: $foreground 25%; }
    """

    @property
    def room(self) -> int:
        """How many cells a row has, without the one that keeps it off the scroll bar."""
        return self.scrollable_content_region.width - 1


class Folds(List):
    """Rows that `enter` opens and shuts. They are laid out for the width they have."""

    BINDINGS = [Binding("enter,space", "select", "Open", key_display="enter")]

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

    def action_select(self) -> None:
        """Open the row under the cursor, or shut it."""
        option = self.highlighted_option
        if option is None or option.id is None:
            return
        self.opened ^= {option.id}
        self._paint(option.id)
        self.call_after_refresh(self.scroll_to_highlight)

    def _paint(self, key: str) -> None:
        fold, width = self._folds[key], max(10, self.room)
        lines = [fold.head(width)]
        if fold.body is not None:
            mark = "▾ " if key in self.opened else "▸ "
            lines = [Content.styled(mark, "$muted") + fold.head(width - 2)]
            if key in self.opened:
                lines += [Content("  ") + line for line in fold.body(width - 2)]
        self.replace_option_prompt(key, joined(lines))
