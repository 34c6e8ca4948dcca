"""When somebody can be called in a run, and whether the number in the plan is still theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drills.plan.organisation import Reach
from drills.plan.terms import DAYS, on_duty
from scenarios.model import Scenario
from scenarios.moments import HOUR, MINUTE
from scenarios.packaged import packaged

Spans = tuple[tuple[int, int], ...]


def changes(scenario: Scenario) -> list[int]:
    """The moments of a run at which duty can begin or end: STARTEX, and every full hour of the day after it."""
    first = HOUR - _minute(scenario) % 60 * MINUTE
    return [0, *range(first, scenario.lasts, HOUR)]


def duty(hours: str, scenario: Scenario) -> tuple[bool, ...]:
    """Whether somebody with these hours is on duty from each of the moments of `changes`."""
    weekday, minute = DAYS.index(scenario.weekday), _minute(scenario)
    clock = [minute + at // MINUTE for at in changes(scenario)]
    return tuple(on_duty(hours, DAYS[(weekday + at // 1440) % 7], at % 1440) for at in clock)


def spans(on_duty_from: Sequence[bool], scenario: Scenario) -> Spans:
    """From when until when they are on duty, in ms since STARTEX; () where that does not change in the run."""
    if len(set(on_duty_from)) == 1:
        return ()
    starts = changes(scenario)
    found: list[tuple[int, int]] = []
    for on, start, end in zip(on_duty_from, starts, [*starts[1:], scenario.lasts], strict=True):
        if on and found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif on:
            found.append((start, end))
    return tuple(found)


def _minute(scenario: Scenario) -> int:
    return int(scenario.starts[:2]) * 60 + int(scenario.starts[3:])


def dead_number(reach: Reach, day: date | None) -> int:
    """The chance in parts per million that this number is dead on that day; 0 where nobody says when it was tried."""
    if day is None or reach.checked is None:
        return 0
    numbers = packaged("drills.plan", "numbers.yaml")
    stale = max(0, (day - reach.checked).days - int(numbers["fresh_days"]["value"]))
    chance: float = min(numbers["most"]["value"], stale / 365 * numbers["a_year"]["value"])
    return round(chance * 1_000_000)
