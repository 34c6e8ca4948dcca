"""Making lines of a scorecard, and the small arithmetic that all of them share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from drills.scoring.card import Evidence, Line
from drills.scoring.rubric import Rubric
from scenarios.packaged import packaged

TITLES: Mapping[str, str] = {
    "Sp1": "Noticing",
    "Sp2": "Saying what it is",
    "Sp3": "First public word where it started",
    "Sp4": "First answer to each message",
    "Sp5": "Updates and promises",
    "Sp6": "Closing answer",
    "Tn1": "Empathy",
    "Tn2": "Responsibility",
    "Tn3": "Not defensive",
    "Tn4": "Human and specific",
    "Tn5": "Action and next step",
    "Tn6": "Whole apology",
    "Tn7": "Register",
    "Tn8": "Listening",
    "Tn9": "Themes named",
    "Tn10": "Adapting to anger",
    "Es1": "Level over time",
    "Es2": "Right people",
    "Es3": "People told in time",
    "Es4": "Path of approval",
    "Es5": "Hand-over",
    "Es6": "Stand-down",
    "Cd1": "Coverage",
    "Cd2": "Accuracy",
    "Cd3": "Proportion",
    "Cd4": "Fit of channel",
    "Cd5": "Expected steps",
    "Cd6": "Scheduled content",
    "Cd7": "Assessment",
}
"""What each criterion is called for people."""

SOURCES: Mapping[str, str] = {
    "Sp1": "S4-07, S3-08",
    "Sp2": "S0-18",
    "Sp3": "S1-21, S1-22, S4-08, S4-10",
    "Sp4": "S0-08, W76, W83",
    "Sp5": "S1-18, W75",
    "Sp6": "W76",
    "Tn1": "S0-01, S1-25, W64, W114",
    "Tn2": "S1-20, S0-48; SCCT, Coombs 2007",
    "Tn3": "S1-26",
    "Tn4": "S3-26, W59, W73",
    "Tn5": "S0-40, S0-41, W78",
    "Tn6": "Lewicki 2016",
    "Tn7": "W71",
    "Tn8": "S4-13",
    "Tn9": "S4-13",
    "Tn10": "W62, W63, W64",
    "Es1": "S0-18, S0-22, S2-16",
    "Es2": "S0-03",
    "Es3": "S0-23",
    "Es4": "S2-12",
    "Es5": "S0-25, W77",
    "Es6": "S1-19",
    "Cd1": "S2-22, S3-17, S1-16",
    "Cd2": "S2-14",
    "Cd3": "S0-21, S4-09, S1-06",
    "Cd4": "S1-21, S4-11",
    "Cd5": "S2-06",
    "Cd6": "S0-26, S0-27",
    "Cd7": "S0-11, S0-16",
}
"""The rules and papers behind each criterion; docs/sources.md lists them."""

_DIMENSIONS = {"Sp": "speed", "Tn": "tone", "Es": "escalation", "Cd": "conduct"}
SHOWN = 8
"""How many pieces of evidence a line shows at most."""


def line(
    rubric: Rubric, id_: str, score: float | None, why: str, evidence: Iterable[Evidence] = (), better: str = "", *,
    figures: str = "", text: str = "", earned: bool = True,
) -> Line:  # fmt: skip
    """A criterion's line. The score is kept within 0 and 1; advice is dropped where nothing was lost. `figures`: what
    the rule came to in this run, for whoever opens the line."""
    dimension = _DIMENSIONS[id_[:2]]
    kept = None if score is None else clamp(score)
    found = tuple(sorted(evidence, key=lambda one: one.at_ms))
    return Line(
        id_, dimension, TITLES[id_], rubric[f"{dimension}.{id_}"], kept, why,
        found[:SHOWN], better if kept is not None and kept < 0.995 else "", SOURCES[id_],
        " ".join(part for part in (rule(rubric, id_), figures) if part), text, earned,
    )  # fmt: skip


def rule(rubric: Rubric, id_: str) -> str:
    """How a criterion is worked out, in one sentence, with this rubric's numbers."""
    return re.sub(r"{([\w.]+)}", lambda found: _number(rubric, found[1]), _rules()[id_])


def _number(rubric: Rubric, name: str) -> str:
    parts = [rubric.get(f"{name}.{part}", -1) for part in ("target", "limit", "fail")]
    return ", ".join(f"{part:g}" for part in parts) if min(parts) >= 0 else f"{rubric[name]:g}"


@cache
def _rules() -> dict[str, str]:
    found = packaged("drills.scoring", "rules.yaml")
    return {str(id_): str(text) for id_, text in found.items()}


def clamp(value: float) -> float:
    """The value, no less than 0 and no more than 1."""
    return max(0.0, min(1.0, value))


def mean(values: Iterable[float]) -> float | None:
    """The mean, or None of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else None


def weighted(pairs: Iterable[tuple[float, float | None]]) -> float | None:
    """The mean of (weight, value), leaving out values of None; None where no weight is left."""
    kept = [(weight, value) for weight, value in pairs if value is not None and weight > 0]
    total = sum(weight for weight, _ in kept)
    return sum(weight * value for weight, value in kept) / total if total else None


def percent(share: float) -> str:
    """A share for a sentence."""
    return f"{100 * share:.0f} %"


def count(number: int, noun: str) -> str:
    """`1 post`, `3 posts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
