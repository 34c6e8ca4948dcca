"""What a scripted team is like: how fast it is and what it writes, from the file of its name."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from scenarios.moments import SECOND, Duration
from scenarios.packaged import packaged
from scenarios.terms import Authored

Texts = dict[str, tuple[str, ...]]
"""Use (a need, `holding`, `press`, ...) to texts that are taken in turn."""


class Manner(Authored):
    """How a team works. Durations are sim-milliseconds."""

    looks: Duration = Field(10 * SECOND, description="When nothing was to be done, it looks again after so long.")
    notices: Duration = Field(180 * SECOND, description="So long after things have changed, it says so.")
    speaks: Duration = Field(0, description="So long after the first sign of trouble it says its first public word.")
    hands_over: Duration = Field(40 * SECOND, description="What it takes to call somebody or to pass on a draft.")
    slower: int = Field(1, ge=1, description="How many times as long as the textbook it takes for everything else.")
    group: int = Field(1000, ge=1, description="How many people get the same answer at once, at most.")


class Character(Authored):
    """One team: its manner and its words by kind of scenario."""

    manner: Manner = Manner()
    manners: dict[str, Manner] = Field({}, description="Another manner in this kind of scenario.")
    writes_like: str = Field("", description="Another team, whose words are this one's too.")
    every: Texts = Field({}, description="Words for every kind of scenario that has none of its own.")
    crisis: Texts = Field({})
    issue: Texts = Field({})
    opportunity: Texts = Field({})

    def words(self, kind: str) -> Texts:
        """The words for this kind of scenario."""
        mine = {**self.every, **getattr(self, kind)}
        return {**character(self.writes_like).words(kind), **mine} if self.writes_like else mine


@cache
def character(name: str) -> Character:
    """The team of this name, from its YAML file beside this module."""
    return Character.model_validate(packaged("drills.responders", f"{name}.yaml") or {})
