"""What nobody is praised for, however high it scored: what rests on a text with a red flag, few answers among many open
messages."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from drills.scoring.card import Line
from drills.scoring.lines import weighted
from drills.scoring.record import Record
from drills.scoring.spoken import Text
from drills.tone.score import weights

MOST = 0.8
_WRONG = ("lie", "unsafe", "false")


def harmful(record: Record, text: Text) -> bool:
    """Whether a text attacks, insults, mocks with half an apology, exposes somebody or says what is untrue."""
    flags = weights()["flags"]
    return (
        any((text.is_(name) or 0.0) * 100 >= least for name, least in flags.items())
        or text.does("attack") >= record.rubric["strong"]
        or any(claim.verdict in _WRONG for claim in text.reading.claims)
    )


def harmful_actions(record: Record) -> frozenset[str]:
    """The actions that sent such texts."""
    return frozenset(text.event.action for text in record.texts if harmful(record, text))


def unearned(record: Record, found: Iterable[Line]) -> list[Line]:
    """The lines; those are not earned in whose evidence such a text stands."""
    actions = harmful_actions(record)
    return [
        replace(one, earned=False) if one.earned and any(piece.key in actions for piece in one.evidence) else one
        for one in found
    ]


def most_answered(record: Record, covered: Container[str] = ()) -> bool:
    """Whether four fifths of all who wanted an answer, by weight, had one that did no harm or are `covered`, whether
    or not theirs was due yet."""
    harm = harmful_actions(record)
    done = weighted(
        (
            record.rubric[f"answer_weights.{one.need}"],
            float(one.key in covered or (one.answer is not None and one.answer.event.action not in harm)),
        )
        for one in record.waiters
    )
    return done is not None and done >= MOST
