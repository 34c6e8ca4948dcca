"""The ladder for people who are new: ten steps, one skill each, and how exercises stand on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from drills.drill import Drill
from drills.practice.model import CardsFile
from scenarios.packaged import packaged


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder."""

    id: str
    """MD-01 to MD-10."""
    title: str
    skill: str
    teaches: str
    """What one can do after it; the end of a sentence."""
    needed: bool
    """Whether the entry rule asks for it before a seat in a team."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to practise: a practice drill or a card exercise."""

    id: str
    title: str
    kind: Literal["drill", "cards"]
    skill: str
    ladder: str
    """Its step, or ''."""
    minutes: int
    """Real minutes it takes about."""
    about: str = ""
    notes: tuple[str, ...] = ()
    """Content notes: what some may not want to read today."""


@cache
def ladder() -> tuple[Step, ...]:
    """The ten steps, in order."""
    return tuple(Step(id_, **row) for id_, row in packaged("drills.practice", "ladder.yaml").items())


def step_of(id_: str | None) -> Step | None:
    """The step of that id, or None."""
    return next((step for step in ladder() if step.id == id_), None)


def exercises(drills: Iterable[Drill], cards: Iterable[CardsFile]) -> tuple[Exercise, ...]:
    """What there is to practise, in the order of the ladder; what stands on no step comes last.

    Drills without `practice` are left out: they are played, not practised.
    """
    found = [_of_drill(drill) for drill in drills if drill.file.practice is not None]
    found += [of_cards(file) for file in cards]
    return tuple(sorted(found, key=lambda one: (one.ladder or "~", one.id)))


def of_cards(file: CardsFile) -> Exercise:
    """A card exercise as something to practise."""
    return Exercise(file.id, file.title, "cards", file.skill, file.ladder or "", file.minutes, file.about, file.notes)


def _of_drill(drill: Drill) -> Exercise:
    practice = drill.file.practice
    assert practice is not None
    return Exercise(
        drill.id, drill.title, "drill", practice.skill, practice.id or "", drill.real_minutes,
        drill.file.blurb, tuple(drill.scenario.content_notes),
    )  # fmt: skip
