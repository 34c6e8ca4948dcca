"""A run from the shelf, as the review wants it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from drills import overrides, shelf
from drills.coach.model import Taken
from drills.desk import Desk
from drills.drill import Drill
from drills.errors import DrillError
from drills.gaps import keeping
from drills.gaps.analysis import analyse, asked_for
from drills.gaps.earlier import EarlierRun
from drills.gaps.model import Analysis
from drills.journal import SEAT
from drills.origin import Origin
from drills.overrides import standing
from drills.record import load_run
from drills.room.rights import FACILITATOR, SEATS
from drills.run import Run
from drills.scoring import scored_with
from drills.scoring.card import Scorecard
from engine.events import Event, Steered


class PastRun:
    """A finished run. Raises DrillError if its record or its overrides cannot be read, or it has not ended: before
    ENDEX nobody may see what it really was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._run = load_run(path)
        if self.desk.ended is None:
            raise DrillError("this run has not ended", str(path), f"go on with stormdrill resume {path.name}")
        self._marks = standing(path, self._run.fingerprint)

    @property
    def seat(self) -> str:
        """Whose copy of a room's run this is; '' for a run of one person, and for the host's own copy."""
        try:
            found = (self.path / SEAT).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return found if found in SEATS else ""

    @property
    def marked_here(self) -> bool:
        """Whether an evaluator may mark it at the screen: the facilitator's copy of a room's run, or the host's."""
        steered = any(isinstance(event, Steered) for event in self._run.log)
        return steered and self.seat in ("", FACILITATOR)

    @property
    def run(self) -> Run:
        """The run itself, with its whole log."""
        return self._run

    def log(self) -> Sequence[Event]:
        """Everything that happened, what was hidden from the team too."""
        return self._run.log

    @property
    def drill(self) -> Drill:
        return self._run.drill

    @property
    def desk(self) -> Desk:
        return self._run.desk

    @property
    def seed(self) -> int:
        return self._run.setup.seed

    @property
    def origin(self) -> Origin | None:
        """What it was tried again from; None for an ordinary run."""
        return self._run.origin

    @property
    def hints(self) -> tuple[Taken, ...]:
        """The hints that were taken in it."""
        return self._run.hints

    def scorecard(self) -> Scorecard:
        """What it was worth, with the evaluator's marks where there are any."""
        return scored_with(self._run, self._marks)

    def mark(self, item: str, score: str, reason: str, by: str, when: datetime) -> None:
        """Put an evaluator's own judgement above the rubric's, as typed. It is beside the record when this returns.

        Raises DrillError with what would be right, and when the disk refuses.
        """
        given = overrides.given(self.scorecard(), item, score, reason, by, when)
        overrides.mark(self.path, self._run.fingerprint, given)
        self._marks = standing(self.path, self._run.fingerprint)

    def take_back(self, item: str, reason: str, by: str, when: datetime) -> None:
        """Take the mark on an item back. Raises DrillError when none stands there."""
        name, at = overrides.item_of(self.scorecard(), item), when.isoformat(timespec="seconds")
        overrides.undo(self.path, self._run.fingerprint, name, by=overrides.name_of(by), reason=reason, at=at)
        self._marks = standing(self.path, self._run.fingerprint)

    def analysis(self) -> Analysis:
        """Where the plan failed and where people did, with the evaluator's marks, and whether what earlier finished
        runs of this drill asked for has stuck. Runs beside this one that can't be read are left out."""
        return analyse(self._run, self.scorecard(), earlier=self._earlier())

    def _earlier(self) -> list[EarlierRun]:
        """What the finished runs of this drill before this one asked for, oldest first. A retry shares its beginning
        with the run it was made of, so it is no run of its own here."""
        found: list[EarlierRun] = []
        for info in reversed(shelf.runs(self.path.resolve().parent)):
            if info.path.name == self.path.resolve().name:
                break
            if info.drill_id == self.drill.id and info.state == "ended" and not info.retry_of:
                with suppress(DrillError):
                    found.append(keeping.read(info.path) or PastRun(info.path).asked_for())
        return found

    def asked_for(self) -> EarlierRun:
        """What later runs of this drill are held against. It is kept beside the record."""
        asked = asked_for(self.path.resolve().name, self._run, self.scorecard())
        with suppress(OSError):
            of = keeping.stamp(self.path)
            if standing(self.path, self._run.fingerprint) == self._marks:  # nobody has marked it since it was read
                keeping.write(self.path, asked, of)
        return asked

    def truth(self) -> list[tuple[int, int]]:
        """What it really was: (from ms, level)."""
        return self._run.truth()

    def levels(self) -> list[tuple[int, int]]:
        """What the team said it was: (from ms, level)."""
        return self._run.levels()
