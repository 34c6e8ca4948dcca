"""Which questions to ask at the hotwash: chosen by what happened, in the order of their dimensions.

Each condition is a name in hotwash.yaml and a function here that gives the reason from this run, or '' where the
question is not worth its minute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from drills.gaps.model import Analysis
from drills.report.hotwash_own import team
from drills.report.model import Question
from drills.report.series import answers
from drills.report.summary import span
from drills.scoring.card import Line, Scorecard
from drills.scoring.first_word import UNSURE_CLAIMS
from drills.scoring.record import Record
from scenarios.moments import show_moment
from scenarios.packaged import packaged
from scenarios.terms import LEVEL_WORDS

GRAVE = 3
"""From this level on it is a crisis."""


@dataclass(frozen=True)
class Played:
    """What the conditions look at."""

    record: Record
    card: Scorecard
    analysis: Analysis

    def line(self, id_: str) -> Line | None:
        """A line of the scorecard that was assessed, or None."""
        return next((one for one in self.card.lines if one.id == id_ and one.score is not None), None)

    def weak(self, id_: str) -> str:
        """What a line says, where it has less than four fifths of its points; else ''."""
        line = self.line(id_)
        return line.why if line is not None and line.score is not None and line.score < 0.8 else ""


def questions(record: Record, card: Scorecard, analysis: Analysis) -> tuple[Question, ...]:
    """The questions worth asking after this run."""
    played = Played(record, card, analysis)
    data = packaged("drills.report", "hotwash.yaml")
    found = []
    for one in data["questions"]:
        if one["when"] == "always":
            found.append(Question(one["dimension"], one["text"], ""))
        elif hint := CONDITIONS[one["when"]](played):
            found.append(Question(one["dimension"], one["text"], hint))
    order = data["dimensions"]
    return tuple(sorted(found, key=lambda one: order.index(one.dimension)))


def feedback() -> tuple[str, ...]:
    """The statements of the participants' form."""
    return tuple(packaged("drills.report", "hotwash.yaml")["feedback"])


def minutes() -> int:
    """How long a hotwash takes."""
    found: Any = packaged("drills.report", "hotwash.yaml")["minutes"]
    return int(found)


# -- conditions --------------------------------------------------------------------------------------------------


def _became_grave(it: Played) -> str:
    since = it.record.since(GRAVE)
    peak = it.record.peak
    return "" if since is None else f"It was a {LEVEL_WORDS[GRAVE]} from {show_moment(since)}, L{peak} at its worst."


def _classified(it: Played) -> str:
    return it.weak("Es1") or it.weak("Sp2")


def _unsure(it: Played) -> str:
    for text in it.record.texts:
        if any(claim.verdict in UNSURE_CLAIMS for claim in text.reading.claims):
            return f"At {show_moment(text.at_ms)} we said what could not be said yet."
    return ""


def _wrote(it: Played) -> str:
    judged = sorted(it.card.texts, key=lambda one: one.score)
    if not judged:
        return ""
    low, high = judged[0], judged[-1]
    if low is high:
        return f"Our one text, at {show_moment(low.at_ms)}, has {100 * low.score:.0f} for Tone."
    return (
        f"Tone ranges from {100 * low.score:.0f} ({show_moment(low.at_ms)}) to {100 * high.score:.0f} "
        f"({show_moment(high.at_ms)})."
    )


def _left(it: Played) -> str:
    found = answers(it.record)
    never = sum(one.never for one in found)
    late = sum(one.late for one in found)
    return f"{never} never had an answer, {late} had it late." if never or late else ""


def _talked(it: Played) -> str:
    return it.weak("Tn8")


def _hurt(it: Played) -> str:
    first = next((one for one in it.record.waiters if one.need == "harm"), None)
    return "" if first is None else f"{it.record.run.desk.handle_of(first.post.author)}, {show_moment(first.at_ms)}."


def _nobody_hurt(it: Played) -> str:
    if _hurt(it) or not it.record.waiters:
        return ""
    first = it.record.waiters[0]
    return f"{it.record.run.desk.handle_of(first.post.author)}, {show_moment(first.at_ms)}."


def _waited(it: Played) -> str:
    if not it.analysis.waits:
        return ""
    longest = max(it.analysis.waits, key=lambda wait: wait.until_ms - wait.at_ms)
    return f"Longest: {span(longest.until_ms - longest.at_ms)} for {longest.who} ({longest.what})."


def _locked(it: Played) -> str:
    return next((gap.finding for gap in it.analysis.gaps if gap.id == "PG-07" and gap.seen != "file"), "")


def _had_a_plan(it: Played) -> str:
    labels = [one for one in it.analysis.attributions if one.label in ("plan friction", "plan addition", "plan gap")]
    if it.record.plan is None:
        return ""
    if not labels:
        return "The plan was under test."
    return "; ".join(f"{one.title}: {one.label}" for one in labels) + "."


def _bigger(it: Played) -> str:
    if it.card.branches:
        first = it.card.branches[0]
        return f"{show_moment(first.at_ms)}: {first.text}"
    return next((f"{gate.title}: {gate.why}" for gate in it.card.gates), "")


def _back(it: Played) -> str:
    back = dict.fromkeys(one.improvement.area for one in it.analysis.stuck if one.verdict == "came back")
    return f"Came back: {'; '.join(back)}." if back else ""


def _team(it: Played) -> str:
    planned = it.record.run.drill.file.length in ("team", "full")
    return "Played as a team." if planned or team(it.record.log) else ""


CONDITIONS: Mapping[str, Callable[[Played], str]] = {
    "became_grave": _became_grave,
    "classified_late_or_wrong": _classified,
    "said_what_was_not_sure": _unsure,
    "wrote": _wrote,
    "left_people_waiting": _left,
    "talked_more_than_listened": _talked,
    "somebody_was_hurt": _hurt,
    "nobody_was_hurt": _nobody_hurt,
    "waited_for_others": _waited,
    "was_locked_out": _locked,
    "had_a_plan": _had_a_plan,
    "made_it_bigger": _bigger,
    "fix_did_not_stick": _back,
    "was_a_team": _team,
}
"""What `when` may say, beside `always`."""
