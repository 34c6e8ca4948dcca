"""Where one person stands: the ladder, what is due and what to practise next, read in one go for a screen or a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drills import shelf
from drills.drill import Drill
from drills.practice.history import History, history
from drills.practice.ladder import Exercise, exercises
from drills.practice.library import cards
from drills.practice.skills import Skill, Suggestion, skills, still_needed, suggestions


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner's page shows."""

    today: date
    skills: tuple[Skill, ...]
    """The ten of the ladder in its order, then others that were tried."""
    exercises: tuple[Exercise, ...]
    suggestions: tuple[Suggestion, ...]
    """The first is what to practise next."""
    needed: tuple[str, ...]
    """Steps that the entry rule still wants passed before a seat in a team: advice, never a lock."""
    history: History

    def of(self, exercise: str) -> Skill | None:
        """The skill that an exercise trains."""
        skill = next((one.skill for one in self.exercises if one.id == exercise), None)
        return next((one for one in self.skills if one.skill == skill), None)

    @property
    def due(self) -> tuple[Skill, ...]:
        """What is due today or was before."""
        return tuple(one for one in self.skills if one.due is not None and one.due <= self.today)


def standing(today: date, *, home: Path | None = None, drills: Sequence[Drill] | None = None) -> Standing:
    """Where the owner of this home stands on that day.

    `drills`: those that can be played, where the caller has loaded them already. Raises DrillError when the home
    can't be read.
    """
    found = history(home)
    trained = exercises(
        shelf.drills() if drills is None else drills,
        (source.value for source in cards()),
    )
    known = skills(found.attempts, today, found.retries)
    next_up = suggestions(known, trained, found.attempts, today)
    return Standing(today, known, trained, next_up, still_needed(known), found)
