"""The lines around the lists: tabs above, what is new and what keys do below. All of them can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from tui import keys
from tui.widgets.steady import Steady

MOST_KEYS = 7
_ON_SCREEN = ("desk", "lobby", "learner", "cards")
"""Scopes whose actions are the screen's own, so that a click can run them."""


class Clickable(Steady):
    """A line of words, some of which run an action of the screen when they are clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._places: list[tuple[int, int, str]] = []

    def put(self, parts: Sequence[tuple[Content, str]]) -> None:
        """`parts`: words and the action they run, or ''."""
        at, self._places = 0, []
        for words, action in parts:
            if action:
                self._places.append((at, at + words.cell_length, action))
            at += words.cell_length
        self.update(Content("").join([words for words, _ in parts]), layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, end, action in self._places:
            if start <= event.x < end:
                await self.app.run_action(action, self.screen)


class Tabs(Clickable):
    """`1 Queue 14   2 Feed +128 ...`, the open one in reverse."""

    DEFAULT_CSS = "Tabs { height: 1; color: $foreground; }"

    def paint(self, tabs: Sequence[tuple[str, str, str]], on: str) -> None:
        """`tabs`: pane, name, count."""
        gap = Content("" if self.app.size.width < 90 else "  ")
        parts: list[tuple[Content, str]] = [(Content(" "), "")]
        for number, (pane, name, count) in enumerate(tabs, start=1):
            words = f" {number} {name}{' ' + count if count else ''} "
            style = "bold reverse" if pane == on else "" if count else "$muted"
            parts += [(Content.styled(words, style), f"pane('{pane}')"), (gap, "")]
        self.put(parts)


class Foot(Clickable):
    """What the keys do in the pane that has the keyboard; at most seven, and help."""

    DEFAULT_CSS = "Foot { height: 1; background: $boost; color: $muted; }"

    def paint(self, pane: str, names: dict[str, str] | None = None) -> None:
        """`names`: labels that differ now, by key id; '' leaves the key out."""
        width = self.size.width or self.app.size.width
        help_key = "F1" if pane in ("composer", "card-text") else "?"
        end = Content.assemble(" ", (help_key, "bold $primary"), " Help ")
        parts: list[tuple[Content, str]] = []
        used = end.cell_length
        for key in keys.foot(pane)[:MOST_KEYS]:
            label = (names or {}).get(key.id, key.label)
            if not label:
                continue
            word = Content.assemble(" ", (key.shown, "bold $primary"), f" {label} ")
            if used + word.cell_length > width:
                break
            used += word.cell_length
            parts.append((word, key.action if key.scope in _ON_SCREEN else ""))
        self.put([*parts, (Content(" " * max(0, width - used)), ""), (end, "app.help")])
