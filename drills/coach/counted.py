"""How much help a run had, in words for its review and report."""

from __future__ import annotations

from collections.abc import Sequence

from drills.coach.model import Taken
from drills.drill import Drill
from drills.scoring.lines import count

_NAMES = ("question", "pointer", "pattern", "model text")


def hinted(drill: Drill, hints: Sequence[Taken]) -> str:
    """How many hints were taken, rung by rung, where the drill counts them; else ''. The score is as it is: a hint
    costs no points, and whoever reads the score should know of it."""
    if drill.file.hints != "counted":
        return ""
    if not hints:
        return "Played without a hint."
    many = [sum(1 for one in hints if one.rung == rung) for rung in range(1, len(_NAMES) + 1)]
    kinds = [count(taken, name) for taken, name in zip(many, _NAMES, strict=True) if taken]
    where = len({(one.situation, one.about) for one in hints})
    return f"With {count(len(hints), 'hint')} in {count(where, 'situation')}: {', '.join(kinds)}. They cost no points."
