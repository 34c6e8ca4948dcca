"""The first public word: which text it was, by when it was due, and what was spent waiting before it.

Rules
1. Every level that was truly reached asks for its own word, counted from when it was reached; the one that the team
   was furthest from is what counts.
2. Up to L1 only a personal answer on the thread acknowledges anything: a statement to everybody answers nobody.
3. The scenario's own time wins; else an influential voice halves the deadlines, counted from when it spoke (S4-10).
4. A hasty word takes half credit at most: an official one before the assessment, or one with a claim that could not
   be made yet (S2-06, S2-14).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from drills.plan import emergency_rule
from drills.scoring.record import Record
from drills.scoring.rubric import Thresholds
from drills.scoring.spoken import Text
from drills.scoring.timing import floored, judged
from engine.events import ApprovalAsked, ApprovalDecided, ApprovalTimedOut, Escalated, Reached, Void
from scenarios.moments import MINUTE

UNSURE_CLAIMS = ("too_early", "unknown", "false", "unsafe", "lie")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Whether and when the public first heard something, against the level that asked most."""

    score: float | None
    level: int
    start_ms: int
    at: Thresholds
    text: Text | None
    hasty: str = ""
    """Why it was too hasty for full credit, or ''."""


def acknowledgement(record: Record, waited_ms: int = 0) -> Acknowledgement | None:
    """Sp3 at the level that it was furthest from; None where no level asked for a public word.

    `waited_ms` is taken off the time until the first word: what the team spent waiting for others.
    """
    found: list[Acknowledgement] = []
    for level in _levels(record):
        start = record.asked(level) or 0
        at = public_deadline(record, level, start)
        text = first_word(record, level, record.origin)
        done = None if text is None else max(min(start, text.at_ms), text.at_ms - waited_ms)
        score = judged(done, start, record.end_ms, at)
        if score is None:
            continue
        why = haste(record, text) if text is not None else ""
        found.append(Acknowledgement(min(score, 0.5) if why else score, level, start, at, text, why))
    return min(found, key=lambda one: (one.score, -one.level), default=None)


def _levels(record: Record) -> list[int]:
    if record.peak == 0:
        return [0] if record.scenario.expected.public_within is not None else []
    return [level for level in range(1, 5) if any(real == level for _, real in record.truth)]


def public_deadline(record: Record, level: int, start: int) -> Thresholds:
    """Thresholds from `start`; an influential voice halves what is left of them, unless the scenario names a time."""
    if level == 0:
        within = record.scenario.expected.public_within or 30 * MINUTE
        return floored(Thresholds(within, 2 * within, 4 * within), record.rubric["floors.reply"], record.run.pace)
    at = record.public_times(level)
    spoke = record.influencer_ms
    if spoke is None or level < 2 or record.scenario.expected.public_within is not None:
        return at
    half = floored(
        record.rubric.thresholds(f"public_L{level}").times(record.rubric["influencer.factor"]),
        record.rubric["floors.holding"], record.run.pace,
    )  # fmt: skip
    later = max(0, spoke - start)
    return Thresholds(
        min(at.target, later + half.target), min(at.limit, later + half.limit), min(at.fail, later + half.fail)
    )


def first_word(record: Record, level: int, channel: str | None) -> Text | None:
    """The first text that acknowledges a matter of this level, on one channel or anywhere (None).

    Up to L1 a personal reply; at L2 a reply or a statement; from L3 a statement or the crisis page.
    """
    forms = {0: ("reply",), 1: ("reply",), 2: ("reply", "statement", "hub")}.get(level, ("statement", "hub"))
    return record.first(
        text for text in record.texts if text.form in forms and (channel is None or channel in text.channels)
    )


def haste(record: Record, text: Text) -> str:
    """Why this text was too hasty: an official word before the assessment, or a claim that could not be made yet."""
    early = [claim.id for claim in text.reading.claims if claim.verdict in UNSURE_CLAIMS]
    if early and text.broadcast:
        return f"it said what could not be said yet ({', '.join(early)})"
    if text.event.kind == "official" and not assessed(record, text.at_ms):
        return "it was official before cause, accounts and themes had been assessed"
    return ""


def assessed(record: Record, at_ms: int) -> bool:
    """Whether the assessment was filled in by then: cause, accounts and themes, in one classification or several."""
    done = [action for action in record.actions if action.do == "classify" and action.at_ms <= at_ms]
    return all(any(getattr(action, field) for action in done) for field in ("root_cause", "accounts", "themes"))


def waited(record: Record) -> int:
    """How many ms before the first public word were spent waiting for others: for an approval of it, or for keys that
    somebody else held; overlaps count once."""
    found = acknowledgement(record)
    if found is None or found.text is None:
        return 0
    start, end, kinds = found.start_ms, found.text.at_ms, (found.text.event.kind, found.text.form)
    drafts = {action.id for action in record.actions if action.do == "request_approval" and action.kind in kinds}
    spans = waiting_spans(record, drafts, start, end)
    spans += [(max(start, begin), min(end, stop)) for begin, stop in _without_keys(record)]
    return sum(stop - begin for begin, stop in _apart(spans))


def _without_keys(record: Record) -> list[tuple[int, int]]:
    """From each refusal of a public word for want of keys until their holder answered a call. Whoever is on duty must
    be called before anybody waits for them."""
    found = []
    for void in record.of(Void):
        if void.reason != "lock-out" or void.do not in ("publish", "hub"):
            continue
        begin = void.at_ms
        holder = record.people.get(record.run.setup.keys.get(void.target, ""))
        if holder is not None and holder.on_duty_at(begin):
            calls = (event.at_ms for event in record.of(Escalated) if event.to == holder.id)
            begin = max(begin, min(calls, default=record.end_ms))
        answers = (event.at_ms for event in record.of(Reached) if holder and event.to == holder.id)
        found.append((begin, min((at_ms for at_ms in answers if at_ms >= begin), default=record.end_ms)))
    return found


def waiting_spans(record: Record, drafts: Collection[str], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between two moments in which at least one validator sat on one of these drafts, by the ids of
    the actions that asked; none overlap.

    A wait ends with the decision, or with the time-out where the plan lets the team go on then.
    """
    done: dict[tuple[str, str], int] = {}
    for event in record.log:
        if (isinstance(event, ApprovalTimedOut) and _may_go_on(record, event.at_ms)) or isinstance(
            event, ApprovalDecided
        ):
            done.setdefault((event.action, event.to), event.at_ms)
    return _apart(
        (max(start, event.at_ms), min(end, done.get((event.action, event.to), end)))
        for event in record.of(ApprovalAsked)
        if event.action in drafts
    )


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same time in spans of which none overlap, in order."""
    found: list[tuple[int, int]] = []
    for begin, stop in sorted(spans):
        begin = max(begin, found[-1][1]) if found else begin
        if stop > begin:
            found.append((begin, stop))
    return found


def _may_go_on(record: Record, at_ms: int) -> bool:
    said = record.said_at(at_ms)
    level = record.truth_at(at_ms) if said is None else said
    return record.plan is not None and emergency_rule(record.plan, level)
