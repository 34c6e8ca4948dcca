"""Everything a world is given before STARTEX. The engine reads no file: whoever builds a drill fills this in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.model import Scenario

DRAWS = 2
"""The version of what luck means. A journal of another version can be read and scored, but not replayed."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody in the crowd. Traits that matter come from luck; only the names are Faker's."""

    id: str
    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be reached: how fast, what they may do, and who stands in for them."""

    id: str
    name: str
    role: str
    dept: str
    p50_ms: int
    """Half of the calls are answered within this."""
    p90_ms: int
    deputy: str
    on_duty: bool
    review_ms: int
    """How long reading a draft takes them, at the median."""
    validates: tuple[str, ...]
    """Kinds of text they may approve: holding, official, update, reply, press, hub."""
    also: tuple[str, ...] = ()
    """Further roles of theirs, as in a small firm: the owner who is also the lawyer."""

    def plays(self, recipient: str) -> bool:
        """Whether this is somebody a scenario means by `COM` or `FUN/quality`."""
        role, _, dept = recipient.partition("/")
        if self.role == role and (not dept or self.dept == dept):
            return True
        return any(hat == recipient or hat.partition("/")[0] == recipient for hat in self.also)


@dataclass(frozen=True, slots=True)
class Setup:
    """One run, before it starts."""

    scenario: Scenario
    seed: int
    cast: tuple[Persona, ...]
    colleagues: tuple[Colleague, ...]
    coefficients: Mapping[str, int]
    """The public's numbers by name, resolved (defaults and the scenario's overrides), in parts per million."""
    acts: Mapping[str, Mapping[str, int]]
    """The action table: act to {m, tau_ms, anger, quality, alpha}, parts per million but for tau_ms."""
    diurnal: tuple[int, ...]
    """24 numbers, mean 1,000,000: how much people post at each hour."""
    words: Mapping[str, tuple[str, ...]]
    """The stock of things people say; the scenario's own words come before it."""
    bots: tuple[Persona, ...] = ()
    """Accounts that are no people."""
    approval_timeout_ms: int = 600_000
    """After how long an undecided approval counts as timed out (the plan says)."""
