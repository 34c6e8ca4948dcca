"""Conditions: a closed list of questions about what has happened. There is no expression language.

A mapping holds when every one of its keys holds; `all_of`, `any_of` and `none_of` combine mappings.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from scenarios.moments import Duration, Moment
from scenarios.terms import Act, Authored, Do, Id, Level, StatementKind


class Acted(Authored):
    """The team did something of this kind."""

    do: Do = Field(description="The action's name.")
    target: str | None = Field(None, description="What it was done to: an inject, a piece of scheduled content, ...")
    channel: Id | None = Field(None, description="One of the channels it was done on.")
    to: str | None = Field(None, description="The role it went to, for escalate, ask and inform.")
    act: Act | None = Field(None, description="What the text did to its readers, as the reading says.")
    kind: str | None = Field(None, description="How: approve or return, said or silent, open, answer, ...")
    by: Moment | None = Field(None, description="Counts only if it was done before this moment.")


class Published(Authored):
    """The team published a statement."""

    kind: StatementKind | None = None
    channel: Id | None = None
    signed: bool | None = Field(None, description="true: a named person signed it.")
    by: Moment | None = None


class Claimed(Authored):
    """A text of the team said something that is on the fact sheet, or something false."""

    id: Id = Field(description="A fact's or a falsehood's id.")
    by: Moment | None = None


class LevelIs(Authored):
    """What the team says this is."""

    at_least: Level | None = None
    at_most: Level | None = None


class MoodIs(Authored):
    """How the public of one theme feels (0 calm to 1 furious)."""

    theme: Id | None = Field(None, description="Left out: the angriest theme.")
    anger_above: float | None = Field(None, ge=0, le=1)
    anger_below: float | None = Field(None, ge=0, le=1)


class VolumeIs(Authored):
    """Posts per minute, over the last ten minutes."""

    above: float | None = Field(None, ge=0)
    below: float | None = Field(None, ge=0)


class Unanswered(Authored):
    """An inject that nobody has answered, publicly or privately."""

    inject: Id
    for_: Duration = Field(0, alias="for", description="How long it has waited.")


class Condition(Authored):
    """What must hold. Several keys in one mapping must all hold."""

    after: Moment | None = None
    before: Moment | None = None
    acted: Acted | None = None
    published: Published | None = None
    fact_said: Claimed | None = None
    level: LevelIs | None = None
    mood: MoodIs | None = None
    volume: VolumeIs | None = None
    content_fired: Id | None = None
    unanswered: Unanswered | None = None
    fired: Id | None = Field(None, description="An inject that has been delivered.")
    all_of: tuple[Condition, ...] | None = None
    any_of: tuple[Condition, ...] | None = None
    none_of: tuple[Condition, ...] | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Condition:
        if not self.model_fields_set:
            raise ValueError(f"an empty condition; expected one or more of {', '.join(type(self).model_fields)}")
        return self
