"""The classification curve: how far, and for how long, the team's level was from the truth (Es1)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from drills.deadlines import with_floor
from drills.scoring.lines import clamp
from drills.scoring.record import Record


@dataclass(frozen=True, slots=True)
class Curve:
    """How far the team's level was from the truth: `area` and `peak` as in the rubric, 0 to 1 each."""

    area: float
    peak: float
    score: float
    worst: float
    """The largest error, in levels, weighted."""
    worst_ms: int
    pieces: tuple[tuple[int, int, float], ...]
    """(from ms, to ms, error) where the error is not 0."""


def curve(record: Record) -> Curve | None:
    """The classification curve; None for a run without any length."""
    if record.end_ms <= 0:
        return None
    rubric = record.rubric
    marks = {0, record.end_ms}
    for at, _ in (*record.truth, *record.levels):
        marks.add(at)
        marks.update(at + _grace(record, up=up) for up in (True, False))
    points = sorted(at for at in marks if 0 <= at <= record.end_ms)
    total, worst, worst_ms = 0.0, 0.0, 0
    pieces: list[tuple[int, int, float]] = []
    for begin, end in pairwise(points):
        error = error_at(record, begin)
        if error:
            total += error * (end - begin)
            pieces.append((begin, end, error))
        if error > worst:
            worst, worst_ms = error, begin
    area = clamp(1.0 - total / (2 * record.end_ms))
    peak = clamp(1.0 - worst / 3)
    score = clamp(rubric["curve.area"] * area + rubric["curve.peak"] * peak)
    return Curve(area, peak, score, worst, worst_ms, tuple(pieces))


def error_at(record: Record, at_ms: int) -> float:
    """How wrong the team's level is at a moment, in weighted levels.

    Before its first word a team is at its usual work, L0 or L1. For a while after the truth has changed every level
    between the old and the new is right.
    """
    truth = record.truth_at(at_ms)
    said = record.said_at(at_ms)
    team = min(truth, 1) if said is None else said
    low = high = truth
    before = 0
    for from_ms, level in record.truth:
        if from_ms <= at_ms < from_ms + _grace(record, up=level > before):
            low, high = min(low, before), max(high, before)
        before = level
    if team < low:
        return (low - team) * (record.rubric["curve.under_L4"] if truth >= 4 else 1.0)
    return record.rubric["curve.over"] * max(0, team - high)


def _grace(record: Record, *, up: bool) -> int:
    minutes = record.rubric.minutes("curve.grace_up" if up else "curve.grace_down")
    return with_floor(minutes, record.rubric["floors.note"], record.run.pace)
