"""What an analysis of a run says about the plan and about people. Everything is made from the record and the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from drills.scoring.card import Evidence

Label = Literal["plan gap", "structural plan gap", "training gap", "plan friction", "plan addition", "strength"]
"""Why a critical task went as it did. A structural gap could not be closed by anybody at the desk: an approval that
takes longer than its limit, a lock-out, somebody absent. It is never charged to people."""

Element = Literal["planning", "organisation", "equipment", "training", "exercise"]
"""Which capability element a corrective action belongs to (HSEEP)."""


@dataclass(frozen=True, slots=True)
class PlanGap:
    """One place where the plan does not hold."""

    id: str
    """PG-01 to PG-25."""
    title: str
    finding: str
    """One sentence: what is wrong, with names and numbers."""
    reason: str
    """Why it matters, one sentence, with the rule's source id."""
    seen: Literal["file", "run", "both"]
    """Found by reading the plan, by what happened, or by both."""
    confidence: Literal["low", "medium", "high"]
    evidence: tuple[Evidence, ...]
    """What happened; () where only the file speaks."""
    advice: str
    """What to change, in words."""
    diff: str
    """A unified diff of the plan's file that closes it, or '' where only a person can decide."""
    line: int
    """The line of the plan's file it is about; 0 for something that is missing altogether."""
    tasks: tuple[str, ...] = ()
    """The critical tasks that it touches: CT1 to CT12."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Why one critical task went as it did."""

    task: str
    title: str
    rating: str
    """P, S, M or U."""
    label: Label
    step: str
    """What the plan says to do, in one sentence; '' where it says nothing."""
    why: str
    evidence: tuple[Evidence, ...] = ()
    gaps: tuple[str, ...] = ()
    """The plan gaps behind it, by id."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A corrective action. None is without an owner, a date and a check."""

    id: str
    """IP-PG-01 or IP-CT5: stable over the runs of a drill."""
    area: str
    element: Element
    action: str
    """A verb and an end state that can be measured."""
    label: Literal["plan", "training"]
    role: str
    person: str
    start: date | None
    due: date | None
    """None only for a run that has no date (a simulated one)."""
    check: str
    """The drill that shows whether it stuck."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A corrective action of an earlier run of this drill, and what this run says about it."""

    improvement: Improvement
    since: str
    """The run that first asked for it, by its folder's name."""
    verdict: Literal["held", "came back", "still there", "not tested"]
    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch in which the team waited for somebody."""

    at_ms: int
    until_ms: int
    who: str
    what: str
    """`approval of the holding statement`, `answer to a call`, `keys to the ad account`."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a run says about the plan under test and about people."""

    gaps: tuple[PlanGap, ...]
    attributions: tuple[Attribution, ...]
    """One for every critical task that this run asked for, in their order."""
    improvements: tuple[Improvement, ...]
    stuck: tuple[Stuck, ...]
    waits: tuple[Wait, ...]
    waited_ms: int
    """Waiting for others before the first public word; overlaps count once."""
    as_run: float
    """The raw total, 0 to 100."""
    controllable: float | None
    """The raw total without waiting; None where it is the same."""
    diff: str
    """One unified diff of the plan's file with every proposal in it; '' where there is none."""
    shared: tuple[str, ...] = ()
    """Gaps that earlier runs of this drill show too, by id."""
