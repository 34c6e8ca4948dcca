"""The pass marks of a practice drill, as its author writes them: a closed list, each one key with its number.

They stand apart from what judges them (`drills.practice.passing`), because a drill's file holds them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenarios.moments import Duration
from scenarios.terms import Authored, Id, Level

LadderId = Annotated[str, Field(pattern=r"^MD-\d{2}$", examples=["MD-01"])]
"""A step of the ladder for new people: `MD-01` to `MD-10`. Several exercises may stand on one step."""


class LineMark(Authored):
    """A line of the scorecard reaches a share of its worth."""

    line: str = Field(pattern=r"^(Sp|Tn|Es|Cd)\d{1,2}$", examples=["Sp4"], description="A criterion: Sp1 to Cd7.")
    at_least: float = Field(ge=0, le=1, description="0 to 1.")


class DimensionMark(Authored):
    """A dimension of the scorecard reaches so many points."""

    dimension: Literal["speed", "tone", "escalation", "conduct"]
    at_least: float = Field(ge=0, le=100, description="0 to 100.")


class TaskMark(Authored):
    """A critical task is rated so well or better."""

    task: str = Field(pattern=r"^CT\d{1,2}$", examples=["CT4"], description="A critical task: CT1 to CT12.")
    at_least: Literal["P", "S", "M"] = Field(description="P performed, S with some challenges, M with major ones.")


class NoGate(Authored):
    """No gate of the scorecard was shut: nothing was done that caps a total."""

    no_gate: Literal[True]


class LevelNeverAbove(Authored):
    """Nobody declared a higher level than this."""

    level_never_above: Level


class FirstReplyWithin(Authored):
    """Somebody who wanted an answer had one, in public or in private, so soon after the first of them wrote."""

    first_reply_within: Duration = Field(gt=0, description="Real minutes; the drill's pace turns them into its own.")


class NothingUnsayable(Authored):
    """No text of the team said what was not yet, or never, to be said, or what was false."""

    said_nothing_unsayable: Literal[True]


PassMark = LineMark | DimensionMark | TaskMark | NoGate | LevelNeverAbove | FirstReplyWithin | NothingUnsayable
"""One thing that a run must show to be passed."""


class Practice(Authored):
    """What makes a drill an exercise of one skill."""

    id: LadderId | None = Field(None, description="Its step on the ladder; left out, it trains the skill beside it.")
    skill: Id = Field(description="The skill it trains; another exercise of the same skill is its other surface.")
    passes: tuple[PassMark, ...] = Field(min_length=1, max_length=8, description="All of them must hold.")
