"""A drill: a scenario, a plan, seats, a pace, objectives and a rubric, joined and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from drills.plan import Plan
from drills.plan.terms import Day
from drills.practice.marks_model import FirstReplyWithin, Practice
from scenarios.model import Scenario
from scenarios.moments import MINUTE
from scenarios.terms import Authored, Id, RoleName


class DrillFile(Authored):
    """The authored drill. The smallest names a scenario; everything else has a default."""

    id: Id
    scenario: Id
    plan: Id | None = Field(None, description="The contingency plan under test; none: a plain team of roles.")
    title: str = Field("", max_length=80, description="The scenario's title if left out.")
    blurb: str = Field("", max_length=300, description="One or two sentences for the lobby.")
    length: Literal["micro", "pair", "team", "full"] = "micro"
    people: int = Field(1, ge=1, le=12, description="How many people it is made for.")
    seats: tuple[RoleName, ...] = Field(("SML",), description="The first is the one a single player takes.")
    pace: float = Field(2, gt=0, le=60, description="Scenario minutes per real minute.")
    coach: Literal["on", "ask", "off"] = "ask"
    hints: Literal["free", "counted"] = Field(
        "free", description="Whether review and report say how many of the coach's hints were taken."
    )
    seed: int = Field(1, ge=0)
    objectives: tuple[str, ...] = Field((), max_length=4)
    rubric: dict[str, float] = Field({}, description="Overrides of the rubric's numbers, by name.")
    date: Day | None = Field(None, description="The day it is set on; left out, the day it is played.")
    order: int = Field(100, description="Its place in the lobby.")
    practice: Practice | None = Field(None, description="Makes it an exercise of one skill, with marks to pass.")


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill that can be played: parsed, checked, and with the texts it came from for the record."""

    file: DrillFile
    scenario: Scenario
    plan: Plan | None
    texts: Mapping[str, str]
    """The sources by kind: drill, scenario, plan."""

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def title(self) -> str:
        return self.file.title or self.scenario.title

    @property
    def answer_first(self) -> bool:
        """Whether it is an exercise that asks for a first answer in time: then that comes before any level."""
        practice = self.file.practice
        return practice is not None and any(isinstance(mark, FirstReplyWithin) for mark in practice.passes)

    @property
    def real_minutes(self) -> int:
        """How long it takes to play at its own pace."""
        return max(1, round(self.scenario.lasts / MINUTE / self.file.pace))
