"""The whole scorecard of a run, put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from drills.run import Run
from drills.scoring import conduct, escalation, speed, tone
from drills.scoring.card import DIMENSIONS, Evidence, Line, Mark, Scorecard
from drills.scoring.changed import Marks, changes
from drills.scoring.first_word import acknowledgement, waited
from drills.scoring.gates import gates
from drills.scoring.harm import unearned
from drills.scoring.proportion import proportion
from drills.scoring.ratings import capped, dimension, rating, raw
from drills.scoring.record import Record
from drills.scoring.rubric import load
from drills.scoring.steps import steps
from drills.scoring.tasks import tasks
from drills.scoring.texts import scored
from engine.events import Branched


def score(run: Run) -> Scorecard:
    """What a run was worth, by the rubric with its drill's overrides. The same record always gives the same card.

    Raises DrillError when the drill overrides a number that the rubric doesn't have.
    """
    return _card(run, Marks())


def scored_with(run: Run, marks: Sequence[Mark]) -> Scorecard:
    """What a run was worth with an evaluator's marks in it; without any, the same as `score`.

    The card says what differs, who says so and why, and keeps the card as it was scored.
    """
    before = score(run)
    if not marks:
        return before
    after = _card(run, Marks.of(marks))
    return replace(after, changes=changes(before, after, marks), before=before)


def _card(run: Run, marks: Marks) -> Scorecard:
    rubric = load(run.drill.file.rubric)
    record = Record(run, rubric)
    texts = tone.judge(record, marks.parts)
    done = steps(record)
    found = marks.on_lines(
        [
            *speed.lines(record),
            *tone.lines(record, texts),
            *escalation.lines(record),
            *conduct.lines(record, proportion(record), done),
        ]
    )
    found = [replace(one, points=tone.points(record, one)) for one in unearned(record, found)]
    lost = -sum(one.points for one in found if one.points is not None)
    figures = _figures(found, lost)
    shut = marks.on_gates(gates(record), rubric)
    total = raw(rubric, figures)
    final = capped(total, shut)
    return Scorecard(
        speed=figures["speed"],
        tone=figures["tone"],
        escalation=figures["escalation"],
        conduct=figures["conduct"],
        raw=total,
        total=final,
        rating=rating(rubric, final),
        controllable=_controllable(record, found, lost, total, marks.lines),
        lines=tuple(found),
        gates=shut,
        tasks=marks.on_tasks(tasks(record, found, shut, done)),
        texts=scored(record, texts),
        branches=_branches(record),
        complete=record.complete,
    )


def _figures(found: list[Line], lost: float) -> dict[str, float | None]:
    return {name: dimension(found, name, lost if name == "tone" else 0.0) for name in DIMENSIONS}


def _controllable(
    record: Record, found: list[Line], lost: float, total: float, marked: Collection[str]
) -> float | None:
    """The raw total had nobody waited for an approval: before the first public word (Sp3), or in vain (Es4). None
    where it is the same. A line that an evaluator marked stays as it was marked."""
    spent = waited(record)
    sooner = acknowledgement(record, spent) if spent else None
    other = {"Sp3": sooner.score if sooner else None, "Es4": escalation.spared_path(record)}
    spared = [line if line.id in marked else _spared(line, other.get(line.id)) for line in found]
    without = raw(record.rubric, _figures(spared, lost))
    return without if abs(without - total) > 1e-9 else None


def _spared(line: Line, score: float | None) -> Line:
    return line if line.score is None or score is None else replace(line, score=score)


def _branches(record: Record) -> tuple[Evidence, ...]:
    notes = {branch.id: branch.note or branch.id.replace("-", " ") for branch in record.scenario.branches}
    return tuple(
        Evidence(event.at_ms, notes.get(event.branch, event.branch), event.branch) for event in record.of(Branched)
    )
