"""The line above a list that shows a part of what there is: which theme or channel, which words, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from textual.content import Content

from tui import keys
from tui.safe import fit, line
from tui.widgets.foot import Clickable
from tui.widgets.virtual import VirtualList

LONGEST = (80, 26, 12)
"""A theme's name takes no more cells than that: the first of them with which all names have room, else the last."""


class Lens(Clickable):
    """See the module. Hidden while everything is shown."""

    DEFAULT_CSS = """
    Lens { height: 1; display: none; background: $boost; color: $foreground; }
    Lens.-on { display: block; }
    """

    def show(self, pane: VirtualList[Any] | None, counts: Sequence[tuple[str, int]], called: Mapping[str, str]) -> None:
        """`counts`: the themes or channels of the list that can be looked at, with how many each; '' is all."""
        view = pane.view if pane is not None else None
        self.set_class(bool(view), "-on")
        if pane is None or view is None or not view:
            return
        width, key = self.size.width or self.app.size.width, "theme" if view.theme else "channel"
        end = Content(keys.told("{back} shows all ")).stylize("$muted")
        if view.search:
            ways = keys.told("{match} next, {match-before} before · ") if pane.items else ""
            found = f" {len(pane.items)} of {pane.total} · {ways}"
            name = "" if view.theme or view.channel else keys.told("{filter} filter  ")
            end = Content.assemble((name, "$muted"), "only ", (f"“{line(view.typed, 30)}”", "bold"), found, end)
        on = view.theme or view.channel
        if not on:
            self.put([(Content(" "), ""), (end, "back")])
            return
        parts: list[tuple[Content, str]] = [(Content(f" {keys.named(f'by-{key}')} {key} ").stylize("$muted"), "")]
        room = width - end.cell_length - parts[0][0].cell_length
        for longest in LONGEST:
            names = [(one, f" {_name(one, called, longest)} {many} ") for one, many in counts]
            if sum([cell_len(words) for _, words in names]) <= room:
                break
        for one, words in _around(names, on, room):
            style = "bold reverse" if one == on else ""
            parts.append((Content(words).stylize(style), f"look('{key}', '{one}')"))
        room = width - sum([words.cell_length for words, _ in parts]) - end.cell_length
        self.put([*parts, (Content(" " * max(0, room)), ""), (end, "back")])


def _around(names: Sequence[tuple[str, str]], on: str, room: int) -> Sequence[tuple[str, str]]:
    """As many names as there is room for, the one that is looked at among them."""
    at = next((at for at, (one, _) in enumerate(names) if one == on), 0)
    first, last = 0, at + 1

    def used() -> int:
        return sum([cell_len(words) for _, words in names[first:last]])

    while first < at and used() > room:
        first += 1
    while last < len(names) and used() + cell_len(names[last][1]) <= room:
        last += 1
    return names[first:last]


def _name(one: str, called: Mapping[str, str], longest: int) -> str:
    return fit(line(called.get(one, one)), longest) if one else "all"
