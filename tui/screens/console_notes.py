"""The console's notes: what was observed, when, about whom and for which critical task."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drills.room.steered import Note
from scenarios.moments import show_moment
from tui.safe import lines
from tui.screens.console_lists import Ruled, RuledList
from tui.widgets.row import Line
from tui.widgets.wrap import wrap


class NoteList(RuledList[Note]):
    """Observations, the newest last."""

    def fill_notes(self, notes: Sequence[Note]) -> None:
        """These notes; a new one is gone to."""
        more = len(notes) > len(self.items)
        self.refill([Ruled(one.id, one) for one in notes])
        if more:
            self.action_end()

    def draw_item(self, item: Note, width: int) -> Sequence[Line]:
        head: Line = (
            (f"{show_moment(item.at_ms)}  ", "muted"),
            (f"{item.seat or 'all':<5}", "accent"),
            (f"{item.task:<5}", "calm"),
        )
        indent = sum([cell_len(text) for text, _ in head])
        rows = wrap(lines(item.text), max(10, width - indent))
        return [(*head, (rows[0], "")), *[((" " * indent + row, ""),) for row in rows[1:]]]
