"""Everything a world is given before STARTEX. The engine reads no file: whoever builds a drill fills this in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenarios.model import Scenario

DRAWS = 3
"""The version of what a record leads to: raised when the same actions would give another fingerprint. A journal of
another version can be read and scored, but not replayed."""


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
    """At STARTEX, and throughout where `duty` says nothing."""
    review_ms: int
    """How long reading a draft takes them, at the median."""
    validates: tuple[str, ...]
    """Kinds of text they may approve: holding, official, update, reply, press, hub."""
    also: tuple[str, ...] = ()
    """Further roles of theirs, as in a small firm: the owner who is also the lawyer."""
    duty: tuple[tuple[int, int], ...] = ()
    """From which to before which ms they are on duty, where a shift begins or ends during the run."""
    dead_number: int = 0
    """The chance in parts per million that the phone number in the plan is not theirs any more."""
    seats: tuple[str, ...] = ()
    """Who sits in it, for the crisis cabinet: calling it calls them."""

    def on_duty_at(self, at_ms: int) -> bool:
        """Whether they are on duty at this moment."""
        return any(start <= at_ms < end for start, end in self.duty) if self.duty else self.on_duty

    def plays(self, recipient: str) -> bool:
        """Whether this is somebody a scenario means by `COM` or `FUN/quality`."""
        role, _, dept = recipient.partition("/")
        if self.role == role and (not dept or self.dept == dept):
            return True
        return any(hat == recipient or hat.partition("/")[0] == recipient for hat in self.also)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An executive who wants to be told: from which level on, and within how long of its being reached."""

    person: str
    level: int
    within_ms: int


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
    turns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """`official/4`, a kind of text and the team's level, to validator and turn: who is asked only after whom."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Scheduled item or channel to the colleague or partner who alone holds its keys."""
    wanted: tuple[Wanted, ...] = ()
    """Executives who step in when nobody tells them."""
    sitrep_ms: int = 0
    """How often these hear from the desk once they have been told; 0: once is enough."""
