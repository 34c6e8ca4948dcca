"""A session over the small story, with a clock that tests move by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drills import joining
from drills.drill import Drill
from drills.session import Session
from tests.engine.worlds import STORY


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def drill(folder: Path) -> Drill:
    """The small story as a plain drill from a file."""
    path = folder / "mini.yaml"
    path.write_text(STORY, "utf-8")
    return joining.from_path(path)


def started(folder: Path, clock: Clock, **given: Any) -> Session:
    """A new run of the small story, one scenario minute a second."""
    return Session.start(drill(folder), folder / "runs", clock=clock, **{"pace": 60, "seed": 1, **given})


def let(session: Session, clock: Clock, seconds: float, step: float = 0.5) -> None:
    """Let real time pass, with a look every half second as a screen does it."""
    end = clock.now + seconds
    while clock.now < end - 1e-9:
        clock.now = min(end, clock.now + step)
        session.tick()
