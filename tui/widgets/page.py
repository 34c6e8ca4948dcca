"""A page to read: text laid out for the width it has, and scrolled with the keys of a list."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

Paint = Callable[[int], Content]


class Page(VerticalScroll, can_focus=True):
    """Scrolled text. `paint` gets the width in cells and gives the whole of it.

    The width leaves a cell between the words and the scroll bar.
    """

    BINDINGS = [
        Binding("j,down", "scroll_down", "Scroll", key_display="j k"),
        Binding("k,up", "scroll_up", "Up", show=False),
        Binding("ctrl+d,space", "half(1)", "Half a page down", show=False),
        Binding("ctrl+u", "half(-1)", "Half a page up", show=False),
        Binding("g,home", "scroll_home", "Top", show=False),
        Binding("G,end", "scroll_end", "End", show=False),
    ]
    DEFAULT_CSS = """
    Page { scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; }
    Page > Static { height: auto; width: 100%; }
    """

    def __init__(self, paint: Paint, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._paint = paint
        self._body = Static(markup=False)

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._body

    def on_resize(self, event: events.Resize) -> None:
        """Lay it out anew."""
        del event
        self.repaint()

    def repaint(self, paint: Paint | None = None) -> None:
        """Show it again, or something else from its top."""
        if paint is not None:
            self._paint = paint
            self.scroll_home(animate=False)
        width = self.scrollable_content_region.width - 1
        if width > 0:
            self._body.update(self._paint(width))

    def watch_show_vertical_scrollbar(self) -> None:
        """Whether there is anything to scroll decides which keys are named."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A text that is in sight as a whole is not scrolled."""
        return self.show_vertical_scrollbar if action == "scroll_down" else True

    def action_half(self, direction: int) -> None:
        """Half a page down or up."""
        self.scroll_relative(y=direction * max(1, self.size.height // 2), animate=False)
