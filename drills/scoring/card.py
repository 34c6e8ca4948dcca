"""A scorecard: what a run was worth, and why, with the evidence beside every line."""

from __future__ import annotations

from dataclasses import dataclass

from engine.reading import Reading

DIMENSIONS = ("speed", "tone", "escalation", "conduct")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A thing that happened, as the review quotes it."""

    at_ms: int
    text: str
    key: str = ""
    """The post, text, inject or action it is about, or ''."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion."""

    id: str
    """Sp1 ... Cd5 (docs/scoring.md)."""
    dimension: str
    title: str
    weight: float
    """Inside its dimension; as in the rubric, before lines that were not assessed are left out."""
    score: float | None
    """0 to 1, or None: not assessed in this run, counts neither as zero nor as full."""
    why: str
    """One sentence that a person reads."""
    evidence: tuple[Evidence, ...] = ()
    better: str = ""
    """What would have scored more; '' if nothing."""
    source: str = ""
    rule: str = ""
    """How it is worked out, in one sentence, with this run's numbers."""
    text: str = ""
    """The action that sent the text which `why` speaks of, where it is one of several."""
    earned: bool = True
    """False where a good score is nothing to be praised for: nothing was put to the test, little of what waited was
    judged, or it rests on a text that did harm."""
    points: float | None = None
    """Points of its dimension that it gave, or took where negative; None for a line that counts by its weight."""

    @property
    def counts(self) -> bool:
        """Whether it moves its dimension at all, or is only shown."""
        return self.weight > 0 or self.points is not None


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that caps the total."""

    id: str
    title: str
    cap: float
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A critical task with its rating: P, S, M, U, or '-' where this run did not ask for it."""

    id: str
    title: str
    rating: str
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a part of a text's Tone is low, where no words of the text show it."""

    part: str
    """Tn1 ... Tn7."""
    why: str
    better: str


@dataclass(frozen=True, slots=True)
class TextScore:
    """One of the team's own texts with its judgement."""

    at_ms: int
    action: str
    seat: str
    do: str
    target: str
    text: str
    score: float
    """0 to 1: its Tone."""
    parts: tuple[tuple[str, float], ...]
    """Tn1 ... Tn7 that apply, 0 to 1."""
    reading: Reading
    model: str = ""
    """A better text, where the scenario has one."""
    reasons: tuple[Reason, ...] = ()
    """What was looked for in vain: for each low part that no finding explains."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An evaluator's own judgement of one item, which stands above the rubric's."""

    item: str
    """A line (`Sp3`), a task (`CT5`), a gate (`G-OVER`), or a part of a text (`a12.Tn3`: the action that sent it)."""
    value: float | str | None
    """0 to 1 for a line or a part, None for not assessed; a task's letter; a gate's cap, or `open`."""
    reason: str
    by: str
    at: str = ""
    """When it was given, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Change:
    """An item that differs from what was scored: 0 to 100 for lines, parts and texts, else letters and words."""

    item: str
    before: float | str | None
    after: float | str | None
    mark: Mark | None = None
    """Who says so and why; None where it follows from another mark."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a run was worth. Scores are 0 to 100, unrounded; None means not assessed."""

    speed: float | None
    tone: float | None
    escalation: float | None
    conduct: float | None
    raw: float
    """The weighted mean before gates."""
    total: float
    """After gates."""
    rating: str
    """P, S, M or U on the total (P from 80, S from 66, M from 50)."""
    controllable: float | None
    """The raw total without the time spent waiting for others; None where it is the same."""
    lines: tuple[Line, ...]
    gates: tuple[Gate, ...]
    tasks: tuple[Task, ...]
    texts: tuple[TextScore, ...]
    branches: tuple[Evidence, ...] = ()
    """What the team brought about, by the scenario's branches."""
    complete: bool = True
    """False for a run that was cut before ENDEX: a score so far."""
    changes: tuple[Change, ...] = ()
    """What an evaluator changed, and what followed from it."""
    before: Scorecard | None = None
    """The card as it was scored, where an evaluator changed it."""

    def change(self, item: str) -> Change | None:
        """What an evaluator's marks did to an item, or None."""
        return next((one for one in self.changes if one.item == item), None)
