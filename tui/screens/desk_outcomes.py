"""What came of what a seat has asked for: counted on the Team tab until somebody looks there, and listed in that pane.

Rules
1. Looked at means that the team pane has the keyboard; that it is in sight beside the queue is not enough.
2. What was new when one came to the pane stays marked until one leaves it.
"""

from __future__ import annotations

from tui.session_view import SessionView
from tui.widgets.team import OutcomeLine

KEPT, MOST = 2, 6
"""So many stay in sight when they have been looked at; at most so many are listed."""


class Outcomes:
    """Remembers how many have been looked at."""

    def __init__(self) -> None:
        self.fresh = 0
        """How many nobody has looked at."""
        self._seen = self._marked = 0
        self._lines: tuple[OutcomeLine, ...] = ()

    def look(self, session: SessionView, *, looking: bool) -> bool:
        """Take in what has come. `looking`: whether the team pane has the keyboard. Whether other lines are to be shown
        than before."""
        if session.alone:
            return False
        mine = [one for one in session.desk.outcomes if one.seat == session.seat]
        if looking:
            self._seen = len(mine)
        else:
            self._marked = self._seen
        self.fresh = len(mine) - self._seen
        lines = tuple([OutcomeLine(at, one, at >= self._marked) for at, one in enumerate(mine)])
        changed, self._lines = lines != self._lines, lines
        return changed

    def lines(self) -> list[OutcomeLine]:
        """What the pane lists, the newest first. What was decided on a draft stands in the draft's own row."""
        calls = [one for one in self._lines if not one.outcome.approval]
        fresh = [one for one in calls if one.fresh]
        return list(reversed(fresh[-MOST:] if len(fresh) > KEPT else calls[-KEPT:]))

    def decided(self) -> frozenset[str]:
        """The requests for approval on which something new was decided."""
        return frozenset([one.outcome.approval for one in self._lines if one.fresh and one.outcome.approval])
