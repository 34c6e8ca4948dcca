"""Every rule that looks at a run, by gap. What each asks of the log, and what no log can show: docs/plan-gaps.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from drills.gaps import alarms, approving, calling, inside, listening, stopping
from drills.gaps.scene import Scene, Sign

RULES: Mapping[str, Callable[[Scene], Iterator[Sign]]] = {
    "PG-01": approving.slow,
    "PG-02": calling.no_next_step,
    "PG-03": approving.from_scratch,
    "PG-04": alarms.too_high,
    "PG-05": alarms.too_low,
    "PG-06": stopping.fired_anyway,
    "PG-07": stopping.locked_out,
    "PG-08": listening.blind_spot,
    "PG-09": calling.off_hours,
    "PG-10": calling.single_point,
    "PG-11": approving.unchecked,
    "PG-12": inside.no_end,
    "PG-13": calling.empty_seat,
    "PG-14": calling.dead_number,
    "PG-15": inside.slow_hub,
    "PG-16": listening.no_private_way,
    "PG-17": inside.no_principle,
    "PG-18": inside.leaks,
    "PG-19": inside.partners,
    "PG-20": inside.hijack,
    "PG-21": listening.no_light_touch,
    "PG-22": listening.rival_words,
    "PG-23": inside.may_i,
    "PG-24": listening.too_few,
    "PG-25": listening.mistaken_for,
}


def signs(scene: Scene) -> tuple[Sign, ...]:
    """Everything that this run shows about its plan, by gap and then in the order in which it was seen."""
    return tuple(sign for rule in RULES.values() for sign in rule(scene))
