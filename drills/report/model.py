"""What is in an after-action report, as plain values. Every form of it shows these and adds nothing.

Moments are sim-milliseconds since STARTEX, scores 0 to 100 unrounded, letters P, S, M, U or '-'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from drills.gaps.model import Analysis, PlanGap
from drills.scoring.card import Evidence, Scorecard

Kind = Literal["truth", "team", "decision", "content", "inject", "steering", "wait", "consequence"]
"""What a line of the timeline is about."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Which run this is, of which drill, under which plan."""

    title: str
    drill: str
    run: str
    """The run's folder, or '' for one that was only simulated."""
    played: str
    """ISO 8601 with the zone, or ''."""
    scenario: str
    premise: str
    brand: str
    about: str
    """What the company does, or ''."""
    type: str
    """micro, pair, team or full."""
    plan: str
    plan_version: str
    """'' where there was no plan."""
    seats: tuple[str, ...]
    """Who was played by people, as role and words."""
    evaluators: tuple[str, ...]
    """Who overrode a score."""
    starts: str
    """Weekday and hour of STARTEX."""
    ended: str
    lasted_ms: int
    pace: float
    seed: int
    objectives: tuple[str, ...]
    version: str
    """Of this program."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A score with its letter, and what the same actions scored with other luck."""

    name: str
    score: float | None
    rating: str
    luck: str
    """`68 to 79`, or '' where it was not worked out."""


@dataclass(frozen=True, slots=True)
class Point:
    """A strength, or an area to improve."""

    title: str
    why: str
    better: str
    at_ms: int
    """When it showed, or -1."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page."""

    happened: tuple[str, str, str]
    """How it began, how bad it got, how it ended."""
    total: Figure
    raw: float
    controllable: float | None
    capped: str
    """The gates that took something away, or ''."""
    figures: tuple[Figure, ...]
    """Speed, Tone, Escalation, Conduct."""
    strengths: tuple[Point, ...]
    areas: tuple[Point, ...]
    gap: PlanGap | None
    """The plan gap to mend first: the surest that this run showed."""
    firm: tuple[str, ...]
    """How firm the score is: that it is a retry, what was luck, what was assessed, what an evaluator changed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline."""

    at_ms: int
    kind: Kind
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """A critical task with its rating and the reason for it."""

    id: str
    title: str
    rating: str
    observation: str
    evidence: tuple[Evidence, ...]
    label: str
    """plan gap, training gap, ... or '' where nothing had to be attributed."""
    why: str
    step: str
    gaps: tuple[str, ...]
    changed: str
    """What an evaluator said, or ''."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A text of the team."""

    at_ms: int
    seat: str
    form: str
    """reply on flit, holding on plaza, private message, crisis page ..."""
    signed_by: str
    text: str
    tone: float | None
    reading: str
    """What it does and lacks, in a line."""
    findings: tuple[str, ...]
    """Everything that was found in it, `+` or `−` before each."""
    better: str
    """A better text, where the scenario has one."""

    @property
    def faults(self) -> tuple[str, ...]:
        """The findings that cost something."""
        return tuple(one for one in self.findings if one.startswith("−"))


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the list of events as played (MSEL)."""

    number: int
    id: str
    planned_ms: int
    """-1: no time was planned, a condition or a facilitator fires it."""
    at_ms: int
    """-1: never sent."""
    real: str
    """Minutes and seconds at the desk's clock since STARTEX; '' where never sent."""
    phase: str
    """The level that it truly was when it was sent."""
    type: Literal["contextual", "expected-action", "contingency"]
    mode: str
    channel: str
    from_: str
    to: str
    content: str
    trigger: str
    expected: str
    deadline_ms: int
    """By when it was expected, or -1."""
    task: str
    evaluation: str
    difficulty: str
    """The mistake that it invites."""
    status: Literal["sent", "late", "held", "skipped"]
    remarks: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """A line of the fact sheet. Moments are -1 for never."""

    text: str
    true: bool
    known_ms: int
    sayable_ms: int
    learnt_ms: int
    said_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A line of the score sheet. `points`: what it gave or took of its dimension, where it counts without a weight."""

    id: str
    dimension: str
    title: str
    weight: float
    score: float | None
    why: str
    better: str
    rule: str
    source: str
    before: str
    """What it was as scored, where an evaluator changed it."""
    after: str
    reason: str
    by: str
    points: float | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """How long the public waited for an answer, for one need."""

    need: str
    target_ms: int
    """Within how long one is expected, or -1 where nothing is."""
    took_ms: tuple[int, ...]
    """In order."""
    never: int

    @property
    def late(self) -> int:
        """How many had it after the target."""
        return sum(1 for took in self.took_ms if 0 <= self.target_ms < took)


@dataclass(frozen=True, slots=True)
class DraftWait:
    """A draft on its way through one validator."""

    what: str
    who: str
    at_ms: int
    until_ms: int
    verdict: str
    """approved, returned, timed out, or still waiting."""


@dataclass(frozen=True, slots=True)
class ThemeCourse:
    """How much was said about a theme, in stretches of `Series.step_ms`."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers behind the charts."""

    until_ms: int
    step_ms: int
    truth: tuple[tuple[int, int], ...]
    team: tuple[tuple[int, int], ...]
    volume: tuple[int, ...]
    """Posts and shares, stretch by stretch."""
    anger: tuple[tuple[int, int], ...]
    """(at ms, 0 to 100)."""
    answers: tuple[Answers, ...]
    drafts: tuple[DraftWait, ...]
    themes: tuple[ThemeCourse, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the hotwash, and why it is asked."""

    dimension: str
    text: str
    hint: str
    """What in this run makes it worth asking, or ''."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything."""

    cover: Cover
    summary: Summary
    series: Series
    timeline: tuple[Moment, ...]
    tasks: tuple[TaskView, ...]
    analysis: Analysis
    card: Scorecard
    hotwash: tuple[Question, ...]
    feedback: tuple[str, ...]
    """Statements that participants agree with or not, on a scale of five."""
    events: tuple[Event, ...]
    texts: tuple[Sent, ...]
    scores: tuple[ScoreLine, ...]
    facts: tuple[FactLine, ...]
    public: dict[str, Any]
    """What moved the public, as `stormdrill why --json` has it."""
    luck: dict[str, Any] | None
    """As `stormdrill band --json` has it; None where it was not worked out."""
