"""What a text says, judged. Made once, where the text was typed; the world and the scores only read it.

Small integers and short names only, so that a reading travels in a journal line and means the same for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from scenarios.terms import Act

PPM = 1_000_000

DIMENSIONS = (
    "acknowledgement",
    "empathy",
    "sincere_apology",
    "non_apology",
    "ownership",
    "defensiveness",
    "concrete_action",
    "thanks",
    "private_channel",
    "politeness",
    "unprofessional",
    "jargon_boilerplate",
    "overpromise_speculation",
    "personal_data_leak",
    "language_match",
    "human_voice",
    "sameness",
)

ACTS: tuple[Act, ...] = get_args(Act)
"""What a text does to its readers; the rows of the public's action table are named after them."""

Verdict = Literal["true", "too_early", "unknown", "false", "unsafe", "lie"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the text says that the fact sheet can judge: `true` and sayable, true but `too_early` to say,
    `unknown` (true, but nobody here could know it yet), `false`, `unsafe` (false, and could hurt) or a `lie`."""

    id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with a time: what kind, and the sim-millisecond by which it is due."""

    what: str
    due_ms: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence: where in the text, which rule, why it matters and what to do instead.

    `value` is positive for praise and negative for a fault, in parts per million of the dimension's range. Where
    `start` is `end`, both 0, it is of the whole text: no one place shows it.
    """

    dimension: str
    start: int
    end: int
    rule: str
    value: int
    why: str
    tip: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, judged by rules alone.

    `dimensions`: 0 to 1,000,000 per name of DIMENSIONS, or None where it does not apply. `acts`: strength per name
    of ACTS, 1 to 1,000,000. `ladder`: 0 attack the critic, 1 deny, 2 excuse, 3 justify, 4 neutral, 5 regret, 6 own
    the handling, 7 own the fault, 8 own the fault and repair. `components`: which of Lewicki's parts of an
    apology it has. `signed`: the name that signs it, or ''. `overall`: the quality of this one message.
    """

    dimensions: dict[str, int | None] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    ladder: int = 4
    overall: int = 500_000
    claims: tuple[Claim, ...] = ()
    promises: tuple[Promise, ...] = ()
    components: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    signed: str = ""
    language: str = "en"
    sameness: int = 0
    findings: tuple[Finding, ...] = ()
