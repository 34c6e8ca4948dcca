"""An evaluator's marks in a scorecard: where each of them goes, and what differs then.

Rules
1. What lies above a mark is worked out again: a text's part moves its text and its line of Tone, a line its dimension,
   its tasks and the total, a gate the total.
2. A mark on the larger thing stands over what follows from a smaller one: whoever marks Tn3 has seen its texts.
3. Nothing is lost: the card keeps the one that was scored, and every item that differs says what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drills.scoring.card import Change, Gate, Line, Mark, Scorecard, Task
from drills.scoring.gates import TITLES as GATES
from drills.scoring.rubric import Rubric

OPEN = "open"
"""What a gate is that nothing shut, or that an evaluator opened."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks that stand, by what they are about."""

    parts: dict[tuple[str, str], float | None] = field(default_factory=dict)
    """(action, Tn1 to Tn7) to the part."""
    lines: dict[str, float | None] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)
    gates: dict[str, Mark] = field(default_factory=dict)

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Marks:
        """These marks; of two on one item the later stands."""
        found = cls()
        for mark in marks:
            text, _, last = mark.item.rpartition(".")
            share = mark.value if isinstance(mark.value, float | int) else None
            if text:
                found.parts[text, last] = share
            elif last in GATES:
                found.gates[last] = mark
            elif last.startswith("CT"):
                found.tasks[last] = str(mark.value)
            else:
                found.lines[last] = share
        return found

    def on_lines(self, found: Iterable[Line]) -> list[Line]:
        """The lines with the marks in their place."""
        return [replace(one, score=self.lines[one.id]) if one.id in self.lines else one for one in found]

    def on_tasks(self, found: Iterable[Task]) -> tuple[Task, ...]:
        """The tasks with the marks in their place."""
        return tuple(replace(one, rating=self.tasks[one.id]) if one.id in self.tasks else one for one in found)

    def on_gates(self, found: Iterable[Gate], rubric: Rubric) -> tuple[Gate, ...]:
        """The gates that are shut then, in their order."""
        shut = {gate.id: gate for gate in found}
        for id_, mark in self.gates.items():
            if mark.value == OPEN:
                shut.pop(id_, None)
                continue
            cap = float(mark.value) if isinstance(mark.value, float | int) else None
            if id_ in shut:
                shut[id_] = replace(shut[id_], cap=shut[id_].cap if cap is None else cap)
            else:
                why = f"Shut by {mark.by}: {mark.reason}"
                shut[id_] = Gate(id_, GATES[id_], rubric[f"caps.{id_}"] if cap is None else cap, why)
        return tuple(shut[id_] for id_ in GATES if id_ in shut)


def changes(before: Scorecard, after: Scorecard, marks: Sequence[Mark]) -> tuple[Change, ...]:
    """Every item that was marked or that differs, with its value before and now."""
    return tuple(_changes(before, after, {mark.item: mark for mark in marks}))


def _changes(before: Scorecard, after: Scorecard, marks: Mapping[str, Mark]) -> Iterator[Change]:
    for old, new in zip(before.texts, after.texts, strict=True):
        was, now = dict(old.parts), dict(new.parts)
        for part in sorted({*was, *now}):
            mark = marks.get(f"{old.action}.{part}")
            if mark is not None:
                yield Change(mark.item, _points(was.get(part)), _points(now.get(part)), mark)
        if _points(old.score) != _points(new.score):
            yield Change(f"{old.action}.Tone", _points(old.score), _points(new.score))
    for olds, news in ((before.lines, after.lines), (before.gates, after.gates), (before.tasks, after.tasks)):
        first, then = {one.id: one for one in olds}, {one.id: one for one in news}
        for id_ in {**first, **then}:
            value, other = _value(first.get(id_)), _value(then.get(id_))
            if id_ in marks or value != other:
                yield Change(id_, value, other, marks.get(id_))


def _value(item: Line | Gate | Task | None) -> float | str | None:
    match item:
        case Line():
            return _points(item.score)
        case Gate():
            return f"at most {item.cap:g}"
        case Task():
            return item.rating
        case None:
            return OPEN


def _points(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 6)
