"""From a worker's thread back to the screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget
from textual.worker import get_current_worker


def tell(widget: Widget, show: Callable[..., object], *found: object) -> None:
    """Show what a thread has found, unless the worker was cancelled or the widget is being taken away by then."""
    if not get_current_worker().is_cancelled:
        widget.app.call_from_thread(_if_there, widget, show, found)


def _if_there(widget: Widget, show: Callable[..., object], found: tuple[object, ...]) -> None:
    if not widget._pruning:  # its children may be gone already, while it still counts as attached
        show(*found)
