"""Whether a run passed, mark by mark, each with the reason that a person reads.

A mark holds only if the run shows it: what was not assessed is not passed, since nobody can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.practice.marks_model import (
    DimensionMark,
    FirstReplyWithin,
    LevelNeverAbove,
    LineMark,
    NoGate,
    NothingUnsayable,
    PassMark,
    TaskMark,
)
from drills.run import Run
from drills.scoring.card import Line, Scorecard
from drills.scoring.lines import TITLES, percent
from drills.scoring.tasks import TITLES as TASKS
from engine.events import Published
from scenarios.moments import show_duration, show_moment
from scenarios.terms import LEVEL_NAMES

_LETTERS = {"P": "performed", "S": "performed with some challenges", "M": "performed with major challenges"}
_WANTS = ("harm", "question", "complaint")
_NOTHING = "This run showed nothing of it."
_NOT_SAYABLE = {
    "too_early": "was not to be said yet",
    "unknown": "nobody here could know yet",
    "false": "is false",
    "unsafe": "is false, and could hurt somebody",
    "lie": "is a lie",
}


@dataclass(frozen=True, slots=True)
class MarkResult:
    """One mark and what the run showed of it."""

    title: str
    """What was asked, as a heading."""
    held: bool
    why: str
    """One sentence with what the run showed."""
    key: str = ""
    """The post, text, line or gate it is about, or ''."""


def passed(run: Run, card: Scorecard, marks: Sequence[PassMark]) -> tuple[MarkResult, ...]:
    """Every mark with its result, in their order; the run is passed when all of them held.

    Where a run is incomplete the first result says so: an exercise that was left is not passed.
    """
    found = tuple(_result(mark, run, card) for mark in marks)
    if run.complete:
        return found
    left = MarkResult("Played to the end", False, f"It was left at {show_moment(run.ended_ms)}.")
    return (left, *found)


def passed_all(results: Sequence[MarkResult]) -> bool:
    """Whether every mark held. No mark at all passes nobody."""
    return bool(results) and all(result.held for result in results)


def _result(mark: PassMark, run: Run, card: Scorecard) -> MarkResult:
    match mark:
        case LineMark():
            return _line(mark, card)
        case DimensionMark():
            return _dimension(mark, card)
        case TaskMark():
            return _task(mark, card)
        case NoGate():
            return _no_gate(card)
        case LevelNeverAbove():
            return _level(mark, run)
        case FirstReplyWithin():
            return _first_reply(mark, run)
        case NothingUnsayable():
            return _unsayable(card)


def _line(mark: LineMark, card: Scorecard) -> MarkResult:
    wanted = "in full" if mark.at_least >= 1 else f"at least {percent(mark.at_least)}"
    title = f"{TITLES.get(mark.line, mark.line)}: {wanted}"
    line = next((one for one in card.lines if one.id == mark.line), None)
    if line is None or line.score is None:
        why = f"{_NOTHING} {_said(line) if line is not None else ''}".strip()
        return MarkResult(title, False, why, mark.line)
    why = f"It was {percent(line.score)}. {_said(line)}"
    return MarkResult(title, line.score >= mark.at_least - 1e-9, why, mark.line)


def _said(line: Line) -> str:
    """Why a line is what it is; that it is not in the total does not matter to a mark."""
    return line.why.removesuffix(" Shown, not counted.")


def _dimension(mark: DimensionMark, card: Scorecard) -> MarkResult:
    title = f"{mark.dimension.capitalize()}: at least {mark.at_least:g}"
    points: float | None = getattr(card, mark.dimension)
    if points is None:
        return MarkResult(title, False, _NOTHING, mark.dimension)
    return MarkResult(title, points >= mark.at_least - 1e-9, f"It was {points:.0f} of 100.", mark.dimension)


def _task(mark: TaskMark, card: Scorecard) -> MarkResult:
    title = f"{TASKS.get(mark.task, mark.task)}: {mark.at_least} or better"
    task = next((one for one in card.tasks if one.id == mark.task), None)
    if task is None or task.rating not in "PSMU":
        return MarkResult(title, False, _NOTHING, mark.task)
    held = "PSMU".index(task.rating) <= "PSMU".index(mark.at_least)
    words = _LETTERS.get(task.rating, "unable to be performed")
    return MarkResult(title, held, f"It was {task.rating}, {words}. {task.why}".strip(), mark.task)


def _no_gate(card: Scorecard) -> MarkResult:
    title = "Nothing that must never happen"
    if not card.gates:
        return MarkResult(title, True, "Nothing was done that caps a total.")
    first = card.gates[0]
    return MarkResult(title, False, f"{first.title}: {first.why}", first.id)


def _level(mark: LevelNeverAbove, run: Run) -> MarkResult:
    most = LEVEL_NAMES[mark.level_never_above]
    title = f"Never called more than {most}"
    over = next(((at, level) for at, level in run.levels() if level > mark.level_never_above), None)
    if over is None:
        said = max((level for _, level in run.levels()), default=None)
        return MarkResult(title, True, "No level was declared." if said is None else f"At most {LEVEL_NAMES[said]}.")
    return MarkResult(title, False, f"It was called {LEVEL_NAMES[over[1]]} at {show_moment(over[0])}.")


def _first_reply(mark: FirstReplyWithin, run: Run) -> MarkResult:
    title = f"First answer within {show_duration(mark.first_reply_within)}"
    asked = min((post.at_ms for post in run.posts() if post.need in _WANTS), default=None)
    if asked is None:
        return MarkResult(title, False, "Nobody wrote who wanted an answer.")
    answers = (one for one in run.log if isinstance(one, Published) and one.form in ("reply", "message"))
    answer = next((one for one in answers if one.at_ms >= asked), None)
    if answer is None:
        return MarkResult(title, False, "Nobody was answered.")
    real_ms = round((answer.at_ms - asked) / run.pace)
    held = real_ms <= mark.first_reply_within
    return MarkResult(title, held, f"The first answer came after {show_duration(real_ms)} of real time.", answer.key)


def _unsayable(card: Scorecard) -> MarkResult:
    title = "Nothing said that could not be said"
    if not card.texts:
        return MarkResult(title, False, "Nothing was said at all.")
    for text in card.texts:
        claim = next((one for one in text.reading.claims if one.verdict in _NOT_SAYABLE), None)
        if claim is not None:
            why = (
                f"The text of {show_moment(text.at_ms)} says something that {_NOT_SAYABLE[claim.verdict]} ({claim.id})."
            )
            return MarkResult(title, False, why, text.action)
    return MarkResult(title, True, "Every text kept to what could be said.")
