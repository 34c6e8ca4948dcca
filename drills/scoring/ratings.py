"""From lines to figures: dimensions, raw total, caps and letters.

Rules
1. A dimension is the weighted mean of its lines; a line that was not assessed counts neither as zero nor as full.
2. The raw total is the weighted mean of the dimensions, with dimensions left out in the same way.
3. The total is the raw total under the lowest cap of the gates that were shut; letters are for the unrounded total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drills.scoring.card import DIMENSIONS, Gate, Line
from drills.scoring.lines import weighted
from drills.scoring.rubric import Rubric


def dimension(lines: Iterable[Line], name: str, penalty: float = 0.0) -> float | None:
    """0 to 100, or None where no line of it was assessed; `penalty` in points, negative for a bonus."""
    mean = weighted((line.weight, line.score) for line in lines if line.dimension == name)
    return None if mean is None else min(100.0, max(0.0, 100 * mean - penalty))


def raw(rubric: Rubric, scores: Mapping[str, float | None]) -> float:
    """The weighted mean of the dimensions; 0 where nothing was assessed."""
    return weighted((rubric[f"weights.{name}"], scores.get(name)) for name in DIMENSIONS) or 0.0


def capped(total: float, gates: Iterable[Gate]) -> float:
    """The total under the lowest cap."""
    return min([total, *(gate.cap for gate in gates)])


def rating(rubric: Rubric, total: float) -> str:
    """P, S, M or U."""
    return next((letter for letter in "PSM" if total >= rubric[f"ratings.{letter}"]), "U")
