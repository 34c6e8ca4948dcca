"""The console's notes: what was observed, when, about whom and for which critical task."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drills.room.notes import Note
from drills.scoring.tasks import TITLES
from scenarios.moments import show_moment
from tui.safe import line, lines
from tui.screens.console_forms import WENT
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
            (f"{item.seat or 'team':<5}", "accent"),
        )
        indent = sum([cell_len(text) for text, _ in head])
        rows = wrap(lines(item.text), max(10, width - indent))
        found: list[Line] = [(*head, (rows[0], "")), *[((" " * indent + row, ""),) for row in rows[1:]]]
        if task := task_of(item):
            found += [((" " * indent + row, "muted"),) for row in wrap(task, max(10, width - indent))]
        return found


def task_of(note: Note) -> str:
    """The critical task that a note is about, by its name, and how it went; or ''."""
    went = WENT.get(note.rating, "") if note.rating else ""
    return " · ".join([line(one) for one in (TITLES.get(note.task, note.task), went) if one])
