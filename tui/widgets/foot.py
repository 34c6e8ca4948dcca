"""The lines around the lists: tabs above, what is new and what keys do below. All of them can be clicked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from textual import events
from textual.content import Content

from tui import keys
from tui.widgets.steady import Steady

MOST_KEYS = 7
Name = str | tuple[str, str]
"""What a key does now, or how it is shown and what it does."""
_ON_SCREEN = ("desk", "lobby", "learner", "cards", "console")
"""Scopes whose actions are the screen's own, so that a click can run them."""
_TYPED = ("composer", "card-text", "filter", "lobby-find")
"""Where a `?` is a letter like any other: help has its F key there."""


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
        width = self.size.width or self.app.size.width
        gap = "" if width < 90 else "  "
        words = [f" {number} {name}{' ' + count if count else ''} " for number, (_, name, count) in enumerate(tabs, 1)]
        for at in reversed(range(len(tabs))):  # where they have no room, the last ones keep their keys
            if 1 + len(gap.join(words)) > width and tabs[at][0] != on:
                words[at] = f" {at + 1} … "
        parts: list[tuple[Content, str]] = [(Content(" "), "")]
        for (pane, _, count), text in zip(tabs, words, strict=True):
            style = "bold reverse" if pane == on else "" if count else "$muted"
            parts += [(Content.styled(text, style), f"pane('{pane}')"), (Content(gap), "")]
        self.put(parts)


class Foot(Clickable):
    """What the keys do in the pane that has the keyboard; at most seven, and help."""

    DEFAULT_CSS = "Foot { height: 1; background: $boost; color: $muted; }"

    def paint(self, pane: str, names: Mapping[str, Name] | None = None, first: Collection[str] = ()) -> None:
        """`names`: labels that differ now, by key id, or the key as it is shown and its label; '' leaves it out.
        `first`: ids of keys that stand there now, before the pane's own."""
        told = []
        for key in [*[one for one in keys.table() if one.id in first], *keys.foot(pane)]:
            name = (names or {}).get(key.id, key.label)
            shown, label = (key.shown, name) if isinstance(name, str) else name
            told.append((shown, label, key.action if key.scope in _ON_SCREEN else ""))
        self.tell(told, typed=pane in _TYPED)

    def tell(self, told: Sequence[tuple[str, str, str]], *, typed: bool = False) -> None:
        """Keys, what each does, and the action of the screen that a click on it runs or ''; an empty label leaves its
        key out. `typed`: somebody writes, so `?` is a letter."""
        width = self.size.width or self.app.size.width
        end = Content.assemble(" ", ("F1" if typed else "?", "bold $primary"), " Help ")
        parts: list[tuple[Content, str]] = []
        used = end.cell_length
        for key, label, action in [one for one in told if one[1]][:MOST_KEYS]:
            word = Content.assemble(" ", (key, "bold $primary"), f" {label} ")
            if used + word.cell_length > width:
                break
            used += word.cell_length
            parts.append((word, action))
        self.put([*parts, (Content(" " * max(0, width - used)), ""), (end, "app.help")])
