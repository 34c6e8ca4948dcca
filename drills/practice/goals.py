"""What an exercise asks of a run, told before it is played: its marks in a few words each."""

from __future__ import annotations

from drills.practice.marks_model import (
    DimensionMark,
    FirstReplyWithin,
    LevelNeverAbove,
    LineMark,
    NoGate,
    NothingUnsayable,
    PassMark,
    Practice,
    TaskMark,
)
from drills.scoring.lines import TITLES, percent
from drills.scoring.tasks import TITLES as TASKS
from scenarios.moments import MINUTE, SECOND
from scenarios.terms import LEVEL_NAMES

_RATED = {"P": "done well", "S": "done fairly well", "M": "done, however badly"}


def goals(practice: Practice) -> tuple[str, ...]:
    """All that must hold for a pass, in the order of the file."""
    return tuple(goal(mark) for mark in practice.passes)


def goal(mark: PassMark) -> str:
    """One mark in words, without a full stop. Times are real ones, and say so."""
    match mark:
        case LineMark():
            return f"“{TITLES.get(mark.line, mark.line)}” {_share(mark.at_least)}"
        case DimensionMark():
            return f"{mark.dimension.capitalize()} {mark.at_least:g} of 100 or more"
        case TaskMark():
            return f"“{TASKS.get(mark.task, mark.task)}” {_RATED[mark.at_least]}"
        case NoGate():
            return "nothing that must never happen"
        case LevelNeverAbove():
            return f"never called more than {LEVEL_NAMES[mark.level_never_above]}"
        case FirstReplyWithin():
            return f"a first answer within {_real(mark.first_reply_within)} on your own watch"
        case NothingUnsayable():
            return "nothing said that could not be said"


def _share(share: float) -> str:
    return "in full" if share >= 1 else f"{percent(share)} or more"


def _real(length_ms: int) -> str:
    """`3 minutes`, `90 seconds`: in words, since `3m` is how story time is written."""
    number, unit = (length_ms // MINUTE, "minute") if length_ms % MINUTE == 0 else (length_ms // SECOND, "second")
    return f"{number} {unit}{'' if number == 1 else 's'}"
