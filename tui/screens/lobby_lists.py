"""The two lists of the lobby."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.content import Content

from tui.screens.lobby_entries import Entry
from tui.screens.lobby_text import group
from tui.widgets.folds import List
from tui.widgets.prose import hang, joined, styled


class Drills(List):
    """Exercises and drills, what to do next preselected."""

    BINDINGS = [Binding("enter", "select", "Start", key_display="enter")]

    def paint(self, shown: Sequence[Entry | str], why: Sequence[str], row: Callable[[Entry, int], Content]) -> None:
        """`shown`: what can be chosen, and the names of groups; where there is nothing, `why`. `row`: what an entry
        says in so many cells."""
        width = max(30, self.room)
        lines = [group(one, width) if isinstance(one, str) else row(one, width) for one in shown]
        told = [styled(one, "$error" if one.startswith("! ") else "$muted") for one in why]
        lines = lines or [joined(hang(" ", one, width)) for one in told]
        for at, line in enumerate(lines):
            self.replace_option_prompt_at_index(at, line)


class Runs(List):
    """Past runs and those that were left, the newest first."""

    BINDINGS = [Binding("enter", "select", "Open", key_display="enter")]
