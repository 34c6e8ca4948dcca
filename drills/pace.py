"""Pace: where sim time should be, given wall time. Pure arithmetic; wall time is passed in, in seconds.

Rules
1. A change of pace or a pause re-anchors: sim time is computed from the anchor, never added up.
2. A gap of more than two seconds between looks (a closed lid, a stopped process) is not played: the drill pauses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenarios.moments import SECOND

AWAY_S = 2.0
"""A longer gap between two looks than this means that nobody was here."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Sim time as a function of wall time."""

    sim_ms: int
    """Sim time at the anchor."""
    wall_s: float
    """Wall time at the anchor."""
    seen_s: float
    """When somebody last looked."""
    pace: float
    """Scenario minutes per real minute."""
    paused: bool = False

    def at(self, wall_s: float) -> int:
        """Sim-milliseconds due at this wall time; never less than at the anchor."""
        if self.paused:
            return self.sim_ms
        return self.sim_ms + max(0, int((wall_s - self.wall_s) * SECOND * self.pace))

    def gap(self, wall_s: float) -> float:
        """Seconds nobody looked, if that is long enough to count as away; else 0."""
        gap = wall_s - self.seen_s
        return gap if gap > AWAY_S and not self.paused else 0.0

    def seen(self, wall_s: float) -> Pace:
        """Somebody looks now."""
        return replace(self, seen_s=wall_s)

    def anchored(self, wall_s: float, *, pace: float | None = None, paused: bool | None = None) -> Pace:
        """From now on another pace, or paused, or running. Raises ValueError for a pace that is not positive."""
        if pace is not None and not pace > 0:
            raise ValueError(f"a pace must be above 0, got {pace}")
        return Pace(
            self.at(wall_s),
            wall_s,
            wall_s,
            self.pace if pace is None else pace,
            self.paused if paused is None else paused,
        )

    def away(self) -> Pace:
        """Paused at the moment somebody last looked: what came after is not played."""
        return Pace(self.at(self.seen_s), self.seen_s, self.seen_s, self.pace, True)
