"""The plan's rules: who says, does and validates, what raises a level, who is told, what is permitted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from drills.plan.terms import Never, Override, Permit, Sensitive, Signal
from scenarios.moments import MINUTE, Duration
from scenarios.terms import LEVEL_NAMES, LEVEL_WORDS, Authored, ContentKind, Id, Level


def _several(value: object) -> object:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Ids = Annotated[tuple[Id, ...], BeforeValidator(_several)]
"""None, one or several ids, as authors like to write it."""


class Task(Authored):
    """A line of the dashboard: who says, who does, who must validate, who is told (S2-12)."""

    task: Id = Field(description="holding-statement, individual-reply, pause-content, ...")
    levels: tuple[Level, ...] = (0, 1, 2, 3, 4)
    does: Id | None = None
    says: Ids = ()
    validates: Ids = Field((), description="All of them must approve.")
    in_order: bool = Field(
        False, description="One after another: each gets the draft when those before have approved it."
    )
    informs: Ids = ()
    limit: Duration | None = None
    preapproved: bool = Field(False, description="Words that were approved beforehand go out without asking.")
    approved_lines: bool = Field(False, description="Lines are approved once, then used by everybody.")
    covers: tuple[ContentKind, ...] = Field((), description="For pause-content: what the pause reaches.")


class Emergency(Authored):
    """Who may publish without approval, from which level, after how long (T12)."""

    levels: tuple[Level, ...] = Field(min_length=1)
    by: Id
    after: Duration = 10 * MINUTE
    text: str = ""
    log: bool = Field(True, description="It must be written down.")


class Approval(Authored):
    """The rules of approval."""

    one_voice: str = ""
    separate: bool = Field(False, description="Nobody validates their own text, pre-approved words excepted.")
    timeout: Duration = Field(10 * MINUTE, description="Undecided for this long, the deputy may be asked instead.")
    emergency: Emergency | None = None
    forbidden_without: dict[Sensitive, Id] = Field({}, description="What needs one person's word.")


class LevelRule(Authored):
    """What a level is called and what raises us to it: any one of its triggers."""

    label: str = ""
    binary: Literal["none", "issue", "crisis"] = "none"
    triggers: tuple[Signal, ...] = ()


class Baseline(Authored):
    """An ordinary quarter of an hour."""

    mentions_per_15m: float = Field(3, ge=0)
    negative_share: float = Field(0.2, ge=0, le=1)


class Severity(Authored):
    """The ladder (S0-18, S2-16)."""

    L0: LevelRule = LevelRule(label=LEVEL_WORDS[0])
    L1: LevelRule = LevelRule(label=LEVEL_WORDS[1], binary="issue")
    L2: LevelRule = LevelRule(label=LEVEL_WORDS[2], binary="issue")
    L3: LevelRule = LevelRule(label=LEVEL_WORDS[3], binary="crisis")
    L4: LevelRule = LevelRule(label=LEVEL_WORDS[4], binary="crisis")
    overrides: dict[Override, Level] = Field({}, description="At least this level, however small the volume.")
    baseline: Baseline = Baseline()

    @model_validator(mode="before")
    @classmethod
    def _labelled(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        named = {"label", "binary"}
        usual = {name: cls.model_fields[name].default.model_dump(include=named) for name in LEVEL_NAMES}
        return {
            key: {**usual[key], **rule} if key in usual and isinstance(rule, dict) else rule
            for key, rule in data.items()
        }

    def at(self, level: int) -> LevelRule:
        """The rule of one level, 0 to 4."""
        rules: tuple[LevelRule, ...] = (self.L0, self.L1, self.L2, self.L3, self.L4)
        return rules[level]


class Notice(Authored):
    """Somebody who must be told: a person, a partner, or `cabinet` for all its seats."""

    to: Id
    within: Duration
    how: str = ""


class Influencer(Authored):
    """What a voice with reach changes (S4-10)."""

    factor: float = Field(0.5, gt=0, le=1)
    applies_to: Literal["public_deadlines", "all_deadlines"] = "public_deadlines"


class Escalation(Authored):
    """Who is told, counted from the moment a level is reached (S0-23)."""

    L0: tuple[Notice, ...] = ()
    L1: tuple[Notice, ...] = ()
    L2: tuple[Notice, ...] = ()
    L3: tuple[Notice, ...] = ()
    L4: tuple[Notice, ...] = ()
    influencer: Influencer | None = None
    sitrep_every: Duration | None = Field(None, description="How often executives hear from the desk.")

    def at(self, level: int) -> tuple[Notice, ...]:
        """The table of one level, 0 to 4."""
        return (self.L0, self.L1, self.L2, self.L3, self.L4)[level]


class Permitted(Authored):
    """What each level permits, and what none does (S0-24). A level left out has no rule."""

    L0: tuple[Permit, ...] | None = None
    L1: tuple[Permit, ...] | None = None
    L2: tuple[Permit, ...] | None = None
    L3: tuple[Permit, ...] | None = None
    L4: tuple[Permit, ...] | None = None
    never: tuple[Never, ...] = ()

    def at(self, level: int) -> tuple[Permit, ...] | None:
        """What one level, 0 to 4, permits; None where the plan has no rule."""
        return (self.L0, self.L1, self.L2, self.L3, self.L4)[level]
