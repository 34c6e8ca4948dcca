"""A run: one playing of a drill, however it came about. Scores and reports are functions of it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drills.coach.model import Taken
from drills.desk import Desk
from drills.drill import Drill
from drills.origin import Origin
from engine.actions import Action
from engine.events import Acted, Ended, Event, Posted, TruthChanged
from engine.setup import Setup

ANGRY = ("angry", "furious")
"""The moods of a storm (`Posted.mood`)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished or cut run."""

    drill: Drill
    setup: Setup
    pace: float
    """Scenario minutes per real minute, for the real-time floors of deadlines."""
    seat: str
    log: tuple[Event, ...]
    fingerprint: str
    desk: Desk
    """The log, folded."""
    started: str = ""
    """When it was played, ISO 8601 with the zone; '' for one that was only simulated."""
    origin: Origin | None = None
    """What it was tried again from; None for an ordinary run."""
    hints: tuple[Taken, ...] = ()
    """What the coach was asked, or said by itself. No score depends on it."""

    @property
    def ended_ms(self) -> int:
        """ENDEX, or how far a cut run came."""
        return self.log[-1].at_ms

    @property
    def complete(self) -> bool:
        """Whether it reached ENDEX."""
        return isinstance(self.log[-1], Ended) and self.log[-1].why != "stopped"

    def actions(self) -> Iterator[Action]:
        """What the team did, in order."""
        return (event.action for event in self.log if isinstance(event, Acted))

    def truth(self) -> list[tuple[int, int]]:
        """What it really was: (from ms, level), in order."""
        return [(event.at_ms, event.level) for event in self.log if isinstance(event, TruthChanged)]

    def levels(self) -> list[tuple[int, int]]:
        """What the team said it was: (from ms, level), in order."""
        return list(self.desk.levels)

    def posts(self) -> list[Posted]:
        """Everything public that others posted, in order."""
        return [event for event in self.log if isinstance(event, Posted) and event.author != "brand"]


def angry_posts(run: Run) -> int:
    """How many public posts by others were angry or furious: the size of the storm, without ordinary traffic."""
    return sum(1 for post in run.posts() if post.mood in ANGRY and post.form != "chatter")
