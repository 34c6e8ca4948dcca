"""What is late with the team, for the facilitator: how much waits, how much is late, the oldest, and who has it."""

from __future__ import annotations

from dataclasses import dataclass

from drills.desk import Desk, InboxItem, PostView, Row
from tui.glyphs import need, short_left, some
from tui.safe import line
from tui.screens.console_lists import Ruled
from tui.widgets.claim import claimed
from tui.widgets.row import Line, right

MOST = 4
"""So many late rows are listed; the rule above them counts all."""
NOBODY = "nobody has it"


@dataclass(frozen=True, slots=True)
class LateRow:
    """A row of the team's queue that is past its time."""

    row: Row
    late_ms: int
    holder: str
    """The seat or colleague who has it, or before whom it lies; '' for nobody."""
    post: PostView | None = None
    """The newest of its posts."""
    item: InboxItem | None = None

    @property
    def title(self) -> str:
        """What it is about; of a draft, what it says."""
        return self.item.draft if self.item is not None and self.item.draft else self.row.title


def late_rows(desk: Desk, now_ms: int) -> list[Ruled[LateRow]]:
    """A line that counts, and what is late, the longest first; nothing where nothing waits."""
    queue = desk.queue()
    if not queue:
        return []
    late = sorted([row for row in queue if 0 <= row.due_ms < now_ms], key=lambda row: (row.due_ms, row.key))
    rows = [
        LateRow(row, now_ms - row.due_ms, _holder(desk, row), desk.posts[row.posts[-1]] if row.posts else None,
                desk.inbox.get(row.item))
        for row in late[:MOST]
    ]  # fmt: skip
    said = f"{len(queue)} open, none late"
    if rows:
        oldest = f"{short_left(rows[0].late_ms, coarse=True)}, {rows[0].holder or NOBODY}"
        said = f"{len(queue)} open, {len(late)} late · oldest {oldest}"
    out: list[Ruled[LateRow]] = [Ruled("late", rule=said, style="danger" if rows else "muted")]
    out += [Ruled(f"late {one.row.key}", one) for one in rows]
    if len(late) > MOST:
        out.append(Ruled("more-late", rule=f"{some(len(late) - MOST, 'more row')} late"))
    return [*out, Ruled("seats", rule="seats")] if rows else out


def _holder(desk: Desk, row: Row) -> str:
    if found := desk.taken_by(row):
        return found
    person = row.item.partition("/")[2]  # a draft lies before somebody
    return desk.contacts[person].colleague.role if person in desk.contacts else ""


def late_line(item: LateRow, width: int) -> Line:
    """A late row in one line."""
    sign, row = need(item.row.need), item.row
    many = ((f"×{min(len(row.posts), 999)} ", "accent"),) if len(row.posts) > 1 else ()
    when = f"! {short_left(item.late_ms, coarse=True)}"
    tail = claimed(item.holder, "") or ((NOBODY, "warn"),)
    head: Line = ((f"{when:<7}", "danger"), (f"{sign.glyph} ", ""), *many, (line(item.title, 120), ""))
    return right(head, tail, width)
