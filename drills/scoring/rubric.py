"""The rubric: rubric.yaml as numbers by dotted name, with a drill's overrides.

Three numbers in a list are thresholds (`.target`, `.limit`, `.fail`), two are a band (`.low`, `.high`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from drills.errors import DrillError
from scenarios.moments import MINUTE
from scenarios.packaged import values
from scenarios.sentences import suggest

_LISTS = {3: ("target", "limit", "fail"), 2: ("low", "high")}
NEEDS = ("harm", "question", "complaint", "praise")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Full credit to the target, half at the limit, none from the fail on. Scenario minutes, or ms: as given."""

    target: float
    limit: float
    fail: float

    def times(self, factor: float) -> Thresholds:
        """The same thresholds, so many times as long."""
        return Thresholds(self.target * factor, self.limit * factor, self.fail * factor)


@dataclass(frozen=True)
class Rubric:
    """Every number, by dotted name."""

    numbers: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]

    def get(self, name: str, default: float = 0.0) -> float:
        """The number, or the default where the rubric has none of that name."""
        return self.numbers.get(name, default)

    def thresholds(self, name: str) -> Thresholds:
        """The thresholds of `times.<name>`, in ms of scenario time."""
        minutes = (self.numbers[f"times.{name}.{part}"] for part in _LISTS[3])
        return Thresholds(*(value * MINUTE for value in minutes))

    def band(self, name: str) -> tuple[float, float]:
        """The lowest and the highest that is right."""
        return self.numbers[f"{name}.low"], self.numbers[f"{name}.high"]

    def group(self, name: str) -> dict[str, float]:
        """All numbers right under a name: `weights` gives speed, tone, escalation, conduct."""
        start = f"{name}."
        return {key[len(start) :]: value for key, value in self.numbers.items() if key.startswith(start)}

    def minutes(self, name: str) -> int:
        """A number of minutes, as ms."""
        return round(self.numbers[name] * MINUTE)


def text() -> str:
    """The file as it stands, for the record's header."""
    return files("drills").joinpath("rubric.yaml").read_text("utf-8")


@cache
def names() -> tuple[str, ...]:
    """The dotted names of all numbers, in the file's order."""
    return tuple(_numbers(text()))


def load(overrides: Mapping[str, float] | None = None, source: str | None = None) -> Rubric:
    """The rubric with a drill's overrides; `source` is the file's text where a record holds an older one.

    Raises DrillError for a name that the rubric doesn't have, for a number that is negative or not finite, and for
    thresholds or bands that don't rise.
    """
    numbers = _numbers(text() if source is None else source)
    for name, value in (overrides or {}).items():
        if name not in numbers:
            raise DrillError(
                f"the rubric has no number {name!r}{suggest(name, numbers)}",
                "rubric",
                "see docs/scoring.md for the names",
            )
        if not math.isfinite(value) or value < 0:
            raise DrillError(f"{name} is {value:g}, expected a number from 0", "rubric", "correct the drill's rubric")
        numbers[name] = float(value)
    for parts in _LISTS.values():
        for name in numbers:
            stem, _, last = name.rpartition(".")
            if last == parts[0] and f"{stem}.{parts[-1]}" in numbers:
                values = [numbers[f"{stem}.{part}"] for part in parts]
                if sorted(values) != values:
                    shown = ", ".join(f"{part} {value:g}" for part, value in zip(parts, values, strict=True))
                    raise DrillError(f"{stem} must rise, got {shown}", "rubric", "correct the drill's rubric")
    return Rubric(numbers)


def answer_within(rubric: Rubric) -> dict[str, int]:
    """Need to ms of scenario time within which the desk wants an answer."""
    return {need: round(minutes * MINUTE) for need, minutes in rubric.group("answer_within").items()}


@cache
def _parsed(source: str) -> tuple[tuple[str, float], ...]:
    return tuple(_leaves(values(source), ""))


def _numbers(source: str) -> dict[str, float]:
    return dict(_parsed(source))


def _leaves(value: Any, name: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, list):
        value = dict(zip(_LISTS[len(value)], value, strict=True))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key))
    else:
        yield name, float(value)


__all__ = ["NEEDS", "Rubric", "Thresholds", "answer_within", "load", "names", "text"]
