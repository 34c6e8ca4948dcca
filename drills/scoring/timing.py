"""How a moment becomes a score: the time function f, real-time floors, and what is fair to judge at all.

Rules
1. f is 1 up to the target, falls straight to 0.5 at the limit and to 0 at the fail.
2. People type in real time: when a target is shorter than its floor times the pace, target, limit and fail move
   later by the difference.
3. What was not yet due when the run ended is not judged. What was due by then and had not come gets nothing, whether
   the run reached ENDEX or was cut.
"""

from __future__ import annotations

from drills.deadlines import with_floor
from drills.scoring.rubric import Thresholds
from scenarios.moments import show_duration


def f(elapsed: float, at: Thresholds) -> float:
    """The time function, 0 to 1. `elapsed` in the unit of the thresholds; before the start counts as at once."""
    if elapsed <= at.target:
        return 1.0
    if elapsed >= at.fail:
        return 0.0
    if elapsed <= at.limit:
        return 1.0 - 0.5 * (elapsed - at.target) / (at.limit - at.target)
    return 0.5 * (at.fail - elapsed) / (at.fail - at.limit)


def floored(at: Thresholds, floor_s: float, pace: float) -> Thresholds:
    """The thresholds in ms, none before `floor_s` real seconds have passed at this pace."""
    later = with_floor(round(at.target), floor_s, pace) - at.target
    return Thresholds(at.target + later, at.limit + later, at.fail + later)


def judged(done_ms: int | None, start_ms: int, end_ms: int, at: Thresholds) -> float | None:
    """The score of something that was due after `start_ms`; None where the run ended before its target."""
    if done_ms is not None and done_ms <= end_ms:
        return f(done_ms - start_ms, at)
    return None if end_ms - start_ms <= at.target else 0.0


def after(ms: float) -> str:
    """A stretch of time for a sentence: `12m 40s`, `1h 5m`."""
    return show_duration(round(ms)).replace("h", "h ").replace("m", "m ").strip()
