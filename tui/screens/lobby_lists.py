"""The two lists of the lobby."""

from __future__ import annotations

from textual.binding import Binding

from tui.widgets.folds import List


class Drills(List):
    """Exercises and drills, what to do next preselected."""

    BINDINGS = [Binding("enter", "select", "Start", key_display="enter")]


class Runs(List):
    """Past runs and those that were left, the newest first."""

    BINDINGS = [Binding("enter", "select", "Open", key_display="enter")]
