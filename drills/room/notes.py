"""The facilitator's notes for the hotwash, as they stand: a correction takes the place of what it corrects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.events import Event, Steered
from engine.steering import Steering


@dataclass(frozen=True, slots=True)
class Note:
    """An observation for the hotwash."""

    id: str
    at_ms: int
    """When it was made; a correction keeps it."""
    seat: str
    """Whom it is about, or ''."""
    task: str
    """A critical task, CT1 to CT12, or ''."""
    text: str
    rating: str = ""
    """How the facilitator would rate the task, P, S, M or U, or ''."""


def note_down(notes: list[Note], one: Steering) -> None:
    """Add the note of an `observe`, or put it in the place of the one that it corrects."""
    note = Note(one.id, one.at_ms, one.target, one.kind, one.text, one.subject)
    at = one.number - 1
    if 0 <= at < len(notes):
        notes[at] = replace(note, id=notes[at].id, at_ms=notes[at].at_ms)
    else:
        notes.append(note)


def notes_of(log: Iterable[Event]) -> list[Note]:
    """All notes of a run, the oldest first."""
    notes: list[Note] = []
    for event in log:
        if isinstance(event, Steered) and event.steering.do == "observe":
            note_down(notes, event.steering)
    return notes
