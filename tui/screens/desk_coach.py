"""The coach at the desk: a hint when somebody asks for one, and a first question when a beginner is stuck.

Rules
1. `h` goes one rung up in what presses most; esc closes it. It is closed by itself when its matter is over.
2. Unasked it speaks only where the drill's coach is on, in somebody's first drills, after some time without a move,
   and it asks no more than a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drills import shelf
from drills.coach.ladder import fresh, hint, next_rung, step
from drills.coach.model import Hint, Situation
from drills.coach.situations import found
from drills.errors import DrillError
from tui.widgets.marker import Marker
from tui.widgets.virtual import VirtualList

if TYPE_CHECKING:
    from tui.screens.desk_view import DeskView

IDLE_S = 20.0
"""Without a move for so long, a beginner is asked a question."""
BEGINNER = 3
"""Whoever has finished fewer drills than this is one."""


class Coaching:
    """What the coach remembers of a desk: whether its player is a beginner, and since when nobody has moved."""

    def __init__(self) -> None:
        self.beginner: bool | None = None
        """Not known until somebody has looked at the runs before this one."""
        self._state: tuple[object, ...] = ()
        self._since = 0.0

    def idle_s(self, screen: DeskView) -> float:
        """Seconds since anything was moved, typed or done."""
        at = screen.focused
        cursor = at.current_key if isinstance(at, VirtualList) else ""
        place = at.scroll_offset if at is not None else None
        desk, session = screen.session.desk, screen.session
        state = (at, cursor, place, screen.pane_name, screen.app.screen, len(desk.actions), len(session.hints))
        if state != self._state:
            self._state, self._since = state, screen.clock()
        return screen.clock() - self._since


def pressing(screen: DeskView) -> tuple[Situation, ...]:
    """What one could want help with now."""
    session = screen.session
    drill = session.drill
    return found(
        session.desk, plan=drill.plan, seat=session.seat, pace=session.pace, answer_first=drill.answer_first
    )


def ask(screen: DeskView) -> bool:
    """One rung up in what presses most, with the cursor on its row if it has one. False where the coach is off or there
    is nothing to say."""
    now = pressing(screen)
    if screen.coach == "off" or not now or screen.session.ended:
        return False
    if (wanted := step(now[0], screen.session.hints, screen.session.desk)) is None:
        return False
    _show(screen, wanted)
    rows = screen.queue.items
    at = next((at for at, one in enumerate(rows) if now[0].about in (*one.row.posts, one.row.item)), -1)
    if now[0].about and at >= 0:
        screen.queue.cursor = at
    return True


def _show(screen: DeskView, one: Hint) -> None:
    if fresh(one, screen.session.hints):
        screen.session.took(one)
    screen.query_one(Marker).hint = one
    screen.marker()


def close(screen: DeskView) -> bool:
    """Take the hint away; whether there was one."""
    marker = screen.query_one(Marker)
    had, marker.hint = marker.hint is not None, None
    if had:
        screen.marker()
    return had


def look(screen: DeskView) -> None:
    """Once a second: close what is over, and ask a beginner who is stuck a question."""
    coaching, marker = screen.coaching, screen.query_one(Marker)
    idle = coaching.idle_s(screen)
    if marker.hint is None and (screen.coach != "on" or idle < IDLE_S or _busy(screen) or coaching.beginner is False):
        return
    now = pressing(screen)
    if marker.hint is not None:
        here = (marker.hint.situation, marker.hint.about)
        if _busy(screen) or here not in [(one.id, one.about) for one in now]:
            close(screen)
        return
    if (first := _unasked(screen, now)) is None:
        return
    if coaching.beginner is None:
        coaching.beginner = _beginner(screen)
    if coaching.beginner:
        _show(screen, first)


def _unasked(screen: DeskView, now: Sequence[Situation]) -> Hint | None:
    """The first question of what presses most, if it was not asked before."""
    if not now or next_rung(now[0], screen.session.hints) > 1:
        return None
    return hint(now[0], 1, screen.session.desk)


def _busy(screen: DeskView) -> bool:
    return screen.composer.open or screen.session.paused or screen.app.screen is not screen


def _beginner(screen: DeskView) -> bool:
    """Whether fewer drills than three have been finished here."""
    try:
        before = shelf.runs(screen.session.path.parent)
    except DrillError:
        return False
    return sum([1 for one in before if one.state == "ended"]) < BEGINNER
