"""The lines around the lists: tabs above, what is new and what keys do below. All of them can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui import keys
from tui.keys import Key

MOST_KEYS = 7


def clickable(action: str) -> Style:
    """A style that runs an action of the screen when it is clicked."""
    return Style.from_meta({"@click": action})


class Tabs(Static):
    """`1 Queue 14   2 Feed +128 ...`, the open one in reverse."""

    DEFAULT_CSS = "Tabs { height: 1; color: $foreground; }"

    def paint(self, tabs: Sequence[tuple[str, str, str]], on: str) -> None:
        """`tabs`: pane, name, count."""
        narrow = self.app.size.width < 90
        content = Content(" ")
        for number, (pane, name, count) in enumerate(tabs, start=1):
            words = f" {number} {name}{' ' + count if count else ''} "
            style = "bold reverse" if pane == on else "$muted" if not count else ""
            tab = Content(words).stylize(style) if style else Content(words)
            content += tab.stylize(clickable(f"screen.pane('{pane}')")) + Content("" if narrow else "  ")
        self.update(content, layout=False)


class Foot(Static):
    """What the keys do in the pane that has the keyboard; at most seven, and help."""

    DEFAULT_CSS = "Foot { height: 1; background: $boost; color: $muted; }"

    def paint(self, pane: str, names: dict[str, str] | None = None) -> None:
        """`names`: labels that differ now, by key id."""
        names = names or {}
        width = self.size.width or self.app.size.width
        end = " ? Help "
        if pane in ("composer",):
            end = " F1 Help "
        left, used = Content(""), 0
        for key in keys.foot(pane)[:MOST_KEYS]:
            label = names.get(key.id, key.label)
            wide = len(key.shown) + len(label) + 3
            if used + wide > width - len(end):
                break
            left += _word(key, label)
            used += wide
        tail = Content(end).stylize(clickable("app.help"))
        self.update(left + Content(" " * max(0, width - used - len(end))) + tail, layout=False)


def _word(key: Key, label: str) -> Content:
    word = Content(" ") + Content(key.shown).stylize("bold $primary") + Content(f" {label} ")
    if key.scope in ("desk", "app") and not key.action.startswith("screen."):
        action = key.action if key.action.startswith("app.") else f"screen.{key.action}"
        return word.stylize(clickable(action))
    return word
