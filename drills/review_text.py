"""The review in words: what went well, what to work on, and the whole of it as Markdown.

The screen and the command line show the same things in the same order, so the choices are made here once: which
lines count as strengths, what a rating is called, how a score is written. Nothing here knows a screen.
"""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from drills.desk import Desk
from drills.errors import DrillError
from drills.markdown import plain, quote
from drills.review_chart import charts
from drills.review_public import public_markdown
from drills.review_score import changed, firm_markdown
from drills.scoring import rubric
from drills.scoring.card import Evidence, Line, Scorecard, TextScore
from drills.why import Reasons
from engine.events import Event
from engine.reading import Finding
from scenarios.moments import show_moment
from scenarios.terms import LEVEL_WORDS
from scenarios.text import clean

if TYPE_CHECKING:
    from drills.bands import Bands
    from drills.drill import Drill

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
ENDINGS = {"time": "played to the end", "stood down": "stood down", "stopped": "stopped early"}
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
    def scorecard(self) -> Scorecard: ...
    def truth(self) -> list[tuple[int, int]]: ...
    def levels(self) -> list[tuple[int, int]]: ...
    def log(self) -> Sequence[Event]: ...


# -- choices -----------------------------------------------------------------------------------------------------


def summary_lines(card: Scorecard) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """At most three strengths and three areas to work on, the weightiest first; no line is both.

    A strength has four fifths of its points or more. Areas are the lines that cost the total most.
    """
    shares = _shares(card.lines)
    judged = [(line, line.score) for line in card.lines if line.score is not None and shares[line.id] > 0]
    good = [pair for pair in judged if pair[1] >= _GOOD]
    good.sort(key=lambda pair: (-shares[pair[0].id] * pair[1], pair[0].id))
    strengths = tuple(line for line, _ in good[:_MOST])
    rest = [pair for pair in judged if pair[0] not in strengths and pair[1] < 0.995]
    rest.sort(key=lambda pair: (-shares[pair[0].id] * (1 - pair[1]), pair[0].id))
    return strengths, tuple(line for line, _ in rest[:_MOST])


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
    """The words that a finding is about, or '' when it is about the whole text or what is missing in it."""
    if not 0 <= finding.start < finding.end <= len(text.text):
        return ""
    return clean(text.text[finding.start : finding.end], multiline=False)


# -- Markdown ----------------------------------------------------------------------------------------------------


def review_markdown(session: Reviewed, bands: Bands | None = None) -> str:
    """Everything that the review shows, as Markdown. What people wrote stays text: it can make no heading or link."""
    return "\n".join(_document(session, bands)) + "\n"


def review_json(session: Reviewed, bands: Bands | None = None) -> dict[str, Any]:
    """The scorecard with its evidence, and what it is of, as plain data."""
    card = session.scorecard()
    return {
        "watermark": WATERMARK,
        "drill": session.drill.id,
        "title": session.drill.title,
        "seed": session.seed,
        "truth": [{"at_ms": at_ms, "level": level} for at_ms, level in session.truth()],
        "levels": [{"at_ms": at_ms, "level": level} for at_ms, level in session.levels()],
        "scorecard": dataclasses.asdict(card),
        "luck": bands.as_data() if bands is not None else None,
        "public": Reasons(session.log(), session.desk, session.drill.scenario).as_data(),
    }


def export_review(session: Reviewed, when: datetime, bands: Bands | None = None) -> Path:
    """Write the Markdown into the run's folder and say where. Only its owner can read it.

    Raises DrillError when the disk refuses.
    """
    folder = session.path if session.path.is_dir() else session.path.parent
    path = folder / f"EXERCISE_{session.drill.id}_{when:%Y%m%d-%H%M%S}.md"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(review_markdown(session, bands))
    except OSError as error:
        raise DrillError(
            f"the review could not be written ({error.strerror})", str(path), "free some space or change the folder"
        ) from error
    return path


def _document(session: Reviewed, bands: Bands | None) -> Iterator[str]:
    card, desk = session.scorecard(), session.desk
    yield from (WATERMARK, "", f"# Review: {plain(session.drill.title)}", "")
    yield f"Drill `{session.drill.id}`, seed {session.seed}, {ended(desk)}."
    yield from ("", *_result(card), "")
    yield from _summary(card)
    yield from firm_markdown(card, bands)
    yield from _lines(card)
    yield from _words(card)
    yield from _timeline(session)
    yield from _tasks(card)
    yield from public_markdown(Reasons(session.log(), desk, session.drill.scenario))
    yield WATERMARK


def _result(card: Scorecard) -> Iterator[str]:
    so_far = "" if card.complete else " so far"
    yield f"**{points(card.total)} of 100{so_far}: {card.rating}, {RATINGS.get(card.rating, '')}.**"
    if capped(card):
        yield f"Raw {points(card.raw)}, capped by {' and '.join(plain(gate.id) for gate in card.gates)}."
    if sentence := waiting(card):
        yield f"Controllable: {sentence}."
    yield from ("", "| Speed | Tone | Escalation | Conduct |", "|---:|---:|---:|---:|")
    yield "| " + " | ".join(points(s) for s in (card.speed, card.tone, card.escalation, card.conduct)) + " |"


def _summary(card: Scorecard) -> Iterator[str]:
    strengths, areas = summary_lines(card)
    yield from ("## 1 Summary", "")
    for title, lines in (("Went well", strengths), ("Work on", areas)):
        yield from (f"### {title}", "")
        for line in lines:
            better = f" Better: {plain(line.better)}" if line.better and lines is areas else ""
            yield f"- **{plain(line.title)}**: {plain(line.why)}{_times(line.evidence)}{better}"
        if not lines:
            yield "Nothing stands out."
        yield ""
    if card.gates:
        yield from ("### Gates", "")
        for gate in card.gates:
            yield f"- **{plain(gate.id)} {plain(gate.title)}**, at most {points(gate.cap)}: {plain(gate.why)}"
            yield from _evidence(gate.evidence, "  ")
        yield ""
    if card.branches:
        yield from ("### What the team brought about", "", *_evidence(card.branches), "")


def _lines(card: Scorecard) -> Iterator[str]:
    yield from ("## 2 Score lines", "")
    for line in card.lines:
        score = "not assessed" if line.score is None else points(line.score * 100)
        yield f"### {plain(line.id)} {plain(line.title)}: {score}"
        weight = f"weight {line.weight:g}" if line.weight else "shown, not counted"
        yield from ("", f"{line.dimension.capitalize()}, {weight}. {plain(line.why)}", "")
        yield from _changed(card, line.id)
        yield from _evidence(line.evidence)
        if line.better:
            yield from ("", f"Better: {plain(line.better)}")
        if line.rule:
            yield from ("", f"Rule: {plain(line.rule)}")
        if line.source:
            yield from ("", f"Source: {plain(line.source)}")
        yield ""


def _words(card: Scorecard) -> Iterator[str]:
    yield from ("## 3 Own words", "")
    if not card.texts:
        yield from ("The team wrote nothing.", "")
    for text in card.texts:
        yield f"### {show_moment(text.at_ms)} {plain(text.seat)} {plain(text.do)} {plain(text.target)}".rstrip()
        parts = ", ".join(f"{PARTS.get(name, name)} {points(value * 100)}" for name, value in text.parts)
        yield from ("", f"Tone {points(text.score * 100)}" + (f" ({parts})" if parts else ""), "")
        for part in (*PARTS, "Tone"):
            yield from _changed(card, f"{text.action}.{part}", PARTS.get(part, "Tone"))
        yield from quote(text.text)
        yield ""
        for finding in text.reading.findings:
            place = quoted(text, finding) if sound(text) else ""
            about = f"“{plain(place)}”: " if place else ""
            tip = f" → {plain(finding.tip)}" if finding.tip else ""
            yield f"- {'+' if finding.value > 0 else '−'} {about}{plain(finding.why)}{tip}"
        if text.model:
            yield from ("", "A better text:", "", *quote(text.model))
        yield ""


def _timeline(session: Reviewed) -> Iterator[str]:
    desk, truth, levels = session.desk, session.truth(), session.levels()
    yield from ("## 4 Timeline", "", "```text")
    yield from (line.rstrip() for _, lines in charts(desk, truth, levels, 72) for line in lines)
    yield from ("```", "")
    for title, changes in (("Truth", truth), ("Team", levels)):
        said = ", ".join(f"{show_moment(at_ms)} L{level} {LEVEL_WORDS[level]}" for at_ms, level in changes)
        yield f"- {title}: {said or 'no level'}"
    yield ""
    for line in desk.log:
        yield f"- {show_moment(line.at_ms)} **{plain(line.who)}** {plain(line.what)}"
    yield ""


def _tasks(card: Scorecard) -> Iterator[str]:
    yield from ("## 5 Tasks", "")
    for task in card.tasks:
        words = RATINGS.get(task.rating, "")
        yield f"- **{plain(task.id)} {plain(task.title)}**: {plain(task.rating)}, {words}. {plain(task.why)}"
        yield from (f"  {line}" for line in _changed(card, task.id) if line)
        yield from _evidence(task.evidence, "  ")
    yield ""


def _changed(card: Scorecard, item: str, name: str = "") -> Iterator[str]:
    """What an evaluator's mark did to an item, where one did."""
    if words := changed(card, item):
        yield from (f"*Evaluator*{f', {name}' if name else ''}: {plain(words)}", "")


def _evidence(evidence: Sequence[Evidence], indent: str = "") -> Iterator[str]:
    for one in evidence:
        yield f"{indent}- {show_moment(one.at_ms)} {plain(one.text)}"


def _times(evidence: Sequence[Evidence]) -> str:
    return f" ({', '.join(show_moment(one.at_ms) for one in evidence[:_MOST])})" if evidence else ""
