"""Deadlines in scenario time, with real-time floors: people type in real minutes while crises take hours.

The effective deadline is the larger of the scenario deadline and floor times pace, so that a compressed drill measures
judgement and not typing. The numbers are in rubric.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.moments import SECOND


def with_floor(deadline_ms: int, floor_s: float, pace: float) -> int:
    """The deadline in sim-milliseconds, no shorter than `floor_s` real seconds at this pace."""
    return max(deadline_ms, round(floor_s * SECOND * pace))


def due_after(answer_within: Mapping[str, int], floor_s: float, pace: float) -> dict[str, int]:
    """Need to sim-milliseconds within which the desk expects an answer."""
    return {need: with_floor(within, floor_s, pace) for need, within in answer_within.items()}


def harm_first(answer_within: Mapping[str, int], floor_s: float, pace: float) -> bool:
    """Whether the floor gives harm more time than the scenario does. Deadlines then say little about who is worse off,
    and harm goes before everything else."""
    harm = answer_within.get("harm")
    return harm is not None and with_floor(harm, floor_s, pace) > harm
