"""The review in words: what went well, what to work on, what a rating is called, how a score is written.

The screen and the report show the same things, so the choices are made here once. Nothing here knows a screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from drills.desk import Desk
from drills.plan.showing import listed
from drills.scoring import rubric
from drills.scoring.card import DIMENSIONS, Line, Scorecard, TextScore
from engine.events import Event
from engine.reading import Finding
from scenarios.moments import show_moment
from scenarios.text import clean

if TYPE_CHECKING:
    from drills.coach.model import Taken
    from drills.drill import Drill
    from drills.origin import Origin

WATERMARK = "EXERCISE EXERCISE EXERCISE"
RATINGS = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
    "-": "not asked for in this run",
}
"""What the letters mean (HSEEP 2020)."""
PARTS = {
    "Tn1": "empathy",
    "Tn2": "responsibility",
    "Tn3": "not defensive",
    "Tn4": "human and specific",
    "Tn5": "action and next step",
    "Tn6": "whole apology",
    "Tn7": "register",
}
"""The parts of Tone as a text's score names them."""
ENDINGS = {"time": "played to the end", "stood down": "stood down", "stopped": "stopped early",
           "facilitator": "ended by the facilitator"}  # fmt: skip
_GOOD = 0.8
_MOST = 3


class Reviewed(Protocol):
    """A run that can be looked back on: a session after ENDEX, or one that was stopped."""

    @property
    def drill(self) -> Drill: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def seed(self) -> int: ...
    @property
    def path(self) -> Path: ...
    @property
    def origin(self) -> Origin | None: ...
    @property
    def hints(self) -> tuple[Taken, ...]: ...
    def scorecard(self) -> Scorecard: ...
    def truth(self) -> list[tuple[int, int]]: ...
    def levels(self) -> list[tuple[int, int]]: ...
    def log(self) -> Sequence[Event]: ...


# -- choices -----------------------------------------------------------------------------------------------------


def summary_lines(card: Scorecard) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """At most three strengths and three areas to work on, the weightiest first; no line is both.

    A strength has four fifths of its points or more, and earned them: what was not put to the test, or rests on a text
    that did harm, is none. Areas are the lines that cost the total most.
    """
    shares = _shares(card.lines)
    judged = [(line, line.score) for line in card.lines if line.score is not None and shares[line.id] > 0]
    good = [pair for pair in judged if pair[1] >= _GOOD and pair[0].earned]
    good.sort(key=lambda pair: (-shares[pair[0].id] * pair[1], pair[0].id))
    strengths = tuple(line for line, _ in good[:_MOST])
    rest = [pair for pair in judged if pair[0] not in strengths and pair[1] < 0.995]
    rest.sort(key=lambda pair: (-shares[pair[0].id] * (1 - pair[1]), pair[0].id))
    return strengths, tuple(line for line, _ in rest[:_MOST])


def spoken_of(card: Scorecard, line: Line, *, best: bool) -> TextScore | None:
    """The text of the team that a line of Tone is about: the one that it calls the weakest, or the best for praise.
    None for a line that judges no single texts."""
    having = [(part, text) for text in card.texts for id_, part in text.parts if id_ == line.id]
    if best:
        return max(having, key=lambda pair: pair[0])[1] if having else None
    named = next((text for _, text in having if text.action == line.text), None)
    return named or (min(having, key=lambda pair: pair[0])[1] if having else None)


def letter_words(card: Scorecard) -> str:
    """What the letter of a run means, whether the run goes on, and after a semicolon what it says nothing of."""
    missing = [name for name in DIMENSIONS if getattr(card, name) is None]
    words = RATINGS.get(card.rating, "") + ("" if card.complete else ", so far")
    return f"{words}; {listed(missing)} not assessed" if missing else words


def counting(line: Line) -> str:
    """How a line counts: by its weight, by points of its dimension, or not at all."""
    if line.weight:
        return f"weight {line.weight:g}"
    if line.points is not None:
        return f"{given(line.points)} of {line.dimension.capitalize()}, beside the weights"
    return "shown, not counted" if line.score is not None else "not assessed"


def given(points: float) -> str:
    """Points of a dimension that a line gave or took: `+1.3 points`, `-5.0 points`, `0 points`."""
    return f"{points:+.1f} points" if abs(points) >= 0.05 else "0 points"


def _shares(lines: Sequence[Line]) -> dict[str, float]:
    """How many of the total's hundred points each line carries in this run, by the rubric as it comes."""
    weights = rubric.load().group("weights")
    sums: dict[str, float] = {}
    for line in lines:
        if line.score is not None:
            sums[line.dimension] = sums.get(line.dimension, 0) + line.weight
    return {
        line.id: weights.get(line.dimension, 0) * line.weight / sums[line.dimension]
        if line.score is not None and sums[line.dimension]
        else 0
        for line in lines
    }


def points(score: float | None) -> str:
    """A score of 0 to 100 for people: whole, rounded down so that it never looks like the next rating."""
    return "–" if score is None else str(math.floor(score + 1e-9))


def capped(card: Scorecard) -> bool:
    """Whether a gate took something away."""
    return bool(card.gates) and card.raw - card.total > 0.05


def waiting(card: Scorecard) -> str:
    """The sentence about time spent waiting for others, or '' where it changed nothing."""
    if card.controllable is None:
        return ""
    return f"{points(card.controllable)} without the time spent waiting for others"


def ended(desk: Desk) -> str:
    """How and when the run ended."""
    if desk.ended is None:
        return f"so far, {show_moment(desk.now_ms)}"
    return f"{ENDINGS.get(desk.ended.why, desk.ended.why)}, {show_moment(desk.ended.at_ms)}"


def sound(text: TextScore) -> bool:
    """Whether the findings' places fit the text as it is shown."""
    return clean(text.text) == text.text


def quoted(text: TextScore, finding: Finding) -> str:
    """The words that a finding is about, or '' when it is about the whole text or what is missing in it.

    A single letter, as older records hold, says nothing to anybody.
    """
    if not 0 <= finding.start < finding.end <= len(text.text):
        return ""
    words = clean(text.text[finding.start : finding.end], multiline=False)
    return words if len(words.strip()) > 1 else ""
