"""The twelve critical tasks, rated by what the letters mean (HSEEP): fast but harmful is M, however fast.

P done in time and clean; S done later or with small faults; M done, but with a side effect or far too late; U not
done; '-' this run did not ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from drills.scoring.card import Evidence, Gate, Line, Task
from drills.scoring.lines import count, mean
from drills.scoring.record import Record
from drills.scoring.steps import Step
from drills.scoring.timing import after, judged
from scenarios.moments import show_moment

TITLES = {
    "CT1": "Detect and sweep",
    "CT2": "Classify and reclassify",
    "CT3": "Escalate and convene",
    "CT4": "Stop scheduled content",
    "CT5": "Acknowledge where it started",
    "CT6": "Instruct and protect people",
    "CT7": "Answer the public by tier",
    "CT8": "Run the crisis page and updates",
    "CT9": "Validate and stay accurate",
    "CT10": "Handle press, influencers and executives",
    "CT11": "Inform colleagues and partners",
    "CT12": "Stand down and keep listening",
}
LINES = {
    "CT1": ("Sp1",),
    "CT2": ("Sp2", "Es1"),
    "CT3": ("Es2", "Es3"),
    "CT4": ("Cd6",),
    "CT5": ("Sp3",),
    "CT7": ("Sp4", "Cd1"),
    "CT8": ("Sp5",),
    "CT9": ("Cd2", "Es4"),
    "CT12": ("Es6",),
}
"""Which lines of the scorecard a task is made of, beside the injects that ask for it."""
HARMED = "Done, but with harm"
"""How the reason of a task begins that did harm."""
_HARM = {
    "CT3": ("G-OVER",),
    "CT5": ("G-OVER", "G-LIE", "G-SAFE", "G-ATTACK"),
    "CT6": ("G-SAFE",),
    "CT7": ("G-PII", "G-ATTACK", "G-ASTRO", "G-HIDE"),
    "CT8": (),
    "CT9": ("G-LIE", "G-SAFE", "G-VALID"),
    "CT10": ("G-LIE", "G-ATTACK"),
}
"""Which gates make a task harmful when it was done."""


@dataclass
class _Case:
    """What speaks for and against a task."""

    scores: list[float] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    harm: list[str] = field(default_factory=list)

    def add(self, score: float | None, why: str, evidence: Iterable[Evidence] = ()) -> None:
        """One more measure; None is no measure."""
        if score is not None:
            self.scores.append(score)
            self.why.append(why.removesuffix(" Shown, not counted.").rstrip("."))
            self.evidence.extend(evidence)


def tasks(record: Record, lines: Sequence[Line], gates: Sequence[Gate], steps: Sequence[Step]) -> tuple[Task, ...]:
    """All twelve, in order."""
    by_id = {line.id: line for line in lines}
    return tuple(_task(record, id_, by_id, gates, steps) for id_ in TITLES)


def _task(record: Record, id_: str, lines: dict[str, Line], gates: Sequence[Gate], steps: Sequence[Step]) -> Task:
    case = _Case()
    for name in LINES.get(id_, ()):
        if name in lines:
            case.add(lines[name].score, lines[name].why, lines[name].evidence[:2])
    asked = [step for step in steps if step.task == id_ and step.score is not None]
    for step in asked:
        done = "not done" if step.done_ms is None else f"done at {show_moment(step.done_ms)}"
        evidence = [Evidence(step.due_ms, f"due here: {step.text}", step.id)]
        case.add(step.score, f"{step.text.rstrip('.')}: {done}", evidence)
    if id_ in _EXTRA:
        _EXTRA[id_](record, case)
    case.harm += [gate.title.lower() for gate in gates if gate.id in _HARM.get(id_, ())]
    if id_ == "CT5" and (tone := lines.get("Tn3")) is not None and tone.score is not None and tone.score < 0.5:
        case.harm.append("the words were defensive")
    if id_ == "CT9" and (truth := lines.get("Cd2")) is not None and truth.score is not None and truth.score < 0.5:
        case.harm.append("much of what was said was not true or not yet sayable")
    letter = rate(record, case.scores, harm=bool(case.harm))
    return Task(id_, TITLES[id_], letter, _said(case, letter), tuple(case.evidence[:4]))


def rate(record: Record, scores: Sequence[float], *, harm: bool) -> str:
    """The letter for a task's measures, each 0 to 1. Harm leaves M at best, and U where nothing was done."""
    score = mean(scores)
    if score is None:
        return "M" if harm else "-"
    letter = next((letter for letter in "PSM" if score >= record.rubric[f"tasks.{letter}"]), "U")
    return "M" if harm and letter in "PS" else letter


def _said(case: _Case, letter: str) -> str:
    if letter == "-":
        return "This run did not ask for it."
    parts = [f"{HARMED}: {', '.join(case.harm)}"] if case.harm and letter == "M" else []
    worst = min(range(len(case.scores)), key=lambda at: case.scores[at], default=None)
    if worst is not None:
        parts.append(case.why[worst])
        if len(case.scores) > 1:
            parts.append(f"the weakest of {count(len(case.scores), 'measure')}")
    return f"{'; '.join(parts)}."


# -- what no line measures ---------------------------------------------------------------------------------------


def _swept(record: Record, case: _Case) -> None:
    if any(not content.listed for content in record.scenario.content) and record.peak >= 2:
        start = record.since(2) or 0
        done = next((action.at_ms for action in record.actions if action.do == "sweep"), None)
        at = record.timed("stop_content", "triage")
        score = judged(done, start, record.end_ms, at)
        case.add(score, "nobody swept the accounts" if done is None else f"swept at {show_moment(done)}")


def _instructed(record: Record, case: _Case) -> None:
    level = 4 if record.since(4) is not None else 3
    start = record.since(level)
    if record.scenario.expected.instructs and start is not None:
        told = record.first(text for text in record.texts if text.public and text.does("instructing") > 0)
        at = record.public_times(level)
        score = judged(told.at_ms if told else None, start, record.end_ms, at)
        said = "never" if told is None else f"at {show_moment(told.at_ms)}"
        why = f"people were told what to do {said}; target {after(at.target)} from {show_moment(start)}"
        case.add(score, why, [told.evidence()] if told else [])


def _hub(record: Record, case: _Case) -> None:
    start = record.since(3)
    if record.scenario.expected.hub == "needed" and start is not None:
        opened = record.first(text for text in record.texts if text.form == "hub")
        at = record.timed("hub_L4" if record.peak >= 4 else "hub_L3", "hub")
        score = judged(opened.at_ms if opened else None, start, record.end_ms, at)
        said = "was never opened" if opened is None else f"opened at {show_moment(opened.at_ms)}"
        case.add(score, f"the crisis page {said}; target {after(at.target)}", [opened.evidence()] if opened else [])


def _outsiders(record: Record, case: _Case) -> None:
    covered = {inject.id for inject in record.injects.values() if inject.expects and inject.expects.task == "CT10"}
    for event, answered in record.received("press", "call", "executive"):
        if event.inject in covered:
            continue
        due = event.due_ms if event.due_ms >= 0 else event.at_ms + record.rubric.minutes("answer_within.question")
        if answered is None and record.end_ms <= due:
            continue
        score = 0.0 if answered is None else 1.0 if answered <= due else 0.5
        said = "never answered" if answered is None else f"answered at {show_moment(answered)}"
        case.add(score, f"{event.medium} {event.subject or event.key} {said}", [Evidence(event.at_ms, said, event.key)])


def _informed(record: Record, case: _Case) -> None:
    start = record.since(3)
    if start is not None:
        done = next(
            (action.at_ms for action in record.actions if action.do == "inform" and action.at_ms >= start), None
        )
        at = record.timed("inform", "note")
        score = judged(done, start, record.end_ms, at)
        said = "nobody inside was informed" if done is None else f"colleagues informed at {show_moment(done)}"
        case.add(score, f"{said}; target {after(at.target)} from {show_moment(start)}")


_EXTRA = {"CT1": _swept, "CT6": _instructed, "CT8": _hub, "CT10": _outsiders, "CT11": _informed}
