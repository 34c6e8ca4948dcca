"""The tables of a report as rows of texts: the page, the Markdown and the workbook show the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from drills.gaps.model import Wait
from drills.overrides import item_words, value_words
from drills.report.model import Event, FactLine, Report, ScoreLine, Sent
from drills.report.summary import span
from drills.report.timeline import short
from drills.review_text import given, points
from scenarios.moments import show_moment

AT_THE_HOTWASH = "set at the hotwash"
"""What stands where an action has no date: none is without one."""
NOBODY = "name somebody at the hotwash"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and how wide it is beside the others."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def _table(
    title: str, things: Iterable[Any], columns: Iterable[tuple[str, int, Callable[[Any], object]]]
) -> Table:  # fmt: skip
    columns = tuple(columns)
    return Table(
        title,
        tuple(Column(name, width) for name, width, _ in columns),
        tuple(tuple(str(cell(one)) for _, _, cell in columns) for one in things),
    )


def moment(at_ms: int) -> str:
    """A moment, or '' for never."""
    return show_moment(at_ms) if at_ms >= 0 else ""


def day(when: date | None) -> str:
    """A day, or who sets it."""
    return when.isoformat() if when else AT_THE_HOTWASH


def improvements(report: Report) -> Table:
    """The improvement plan: no action without owner, date and check."""
    return _table("Improvement plan", report.analysis.improvements, (
        ("Id", 12, lambda one: one.id),
        ("Area", 17, lambda one: one.area),
        ("Element", 14, lambda one: one.element),
        ("Corrective action", 46, lambda one: one.action),
        ("Label", 10, lambda one: one.label),
        ("Responsible", 18, lambda one: ", ".join(part for part in (one.role, one.person) if part) or NOBODY),
        ("Start", 12, lambda one: day(one.start)),
        ("Due", 12, lambda one: day(one.due)),
        ("Verified by", 14, lambda one: f"drill {one.check}"),
        ("Status", 8, lambda _: "open"),
    ))  # fmt: skip


def gaps(report: Report) -> Table:
    """The plan gaps."""
    return _table("Plan gaps", report.analysis.gaps, (
        ("Id", 8, lambda one: one.id),
        ("Gap", 16, lambda one: one.title),
        ("Finding", 30, lambda one: one.finding),
        ("Why it matters", 26, lambda one: one.reason),
        ("Seen in", 8, lambda one: {"both": "file and run"}.get(one.seen, one.seen)),
        ("Confidence", 10, lambda one: one.confidence),
        ("Evidence", 26, lambda one: "\n".join(f"{show_moment(item.at_ms)} {item.text}" for item in one.evidence)),
        ("Advice", 26, lambda one: one.advice),
        ("Tasks", 8, lambda one: ", ".join(one.tasks)),
        ("Line", 6, lambda one: one.line or "missing"),
        ("Proposed change", 44, lambda one: one.diff),
    ))  # fmt: skip


def events(report: Report) -> Table:
    """The list of events as played, with all its columns."""

    def planned(one: Event) -> str:
        return moment(one.planned_ms) or "when it holds"

    return _table("MSEL as played", report.events, (
        ("No", 4, lambda one: one.number),
        ("Planned", 10, planned),
        ("Sent", 10, lambda one: moment(one.at_ms)),
        ("Desk clock", 8, lambda one: one.real),
        ("Phase", 6, lambda one: one.phase),
        ("Type", 13, lambda one: one.type),
        ("Mode", 9, lambda one: one.mode),
        ("Channel", 9, lambda one: one.channel),
        ("From", 14, lambda one: one.from_),
        ("To", 10, lambda one: one.to),
        ("Content", 44, lambda one: one.content),
        ("Trigger", 10, lambda one: one.trigger),
        ("Expected action", 30, lambda one: one.expected),
        ("Deadline", 10, lambda one: moment(one.deadline_ms)),
        ("Task", 6, lambda one: one.task),
        ("Evaluation", 20, lambda one: one.evaluation),
        ("Difficulty", 24, lambda one: one.difficulty),
        ("Status", 8, lambda one: one.status),
        ("Remarks", 20, lambda one: one.remarks),
        ("Id", 14, lambda one: one.id),
    ))  # fmt: skip


def events_in_short(report: Report) -> Table:
    """The same list as it fits a page, with the beginnings of its texts."""
    return _table("List of events (MSEL) as played", report.events, (
        ("No", 4, lambda one: one.number),
        ("Sent", 11, lambda one: moment(one.at_ms) or one.status),
        ("What", 11, lambda one: " ".join(part for part in (one.mode, one.channel) if part)),
        ("From", 12, lambda one: one.from_),
        ("Content", 34, lambda one: short(one.content)),
        ("Expected action", 20, lambda one: one.expected),
        ("Task", 6, lambda one: one.task),
        ("Evaluation", 15, lambda one: one.evaluation),
    ))  # fmt: skip


def texts(report: Report) -> Table:
    """Every text that the team sent."""
    return _table("Texts sent", report.texts, (
        ("Sent", 10, lambda one: moment(one.at_ms)),
        ("Seat", 6, lambda one: one.seat),
        ("Form", 18, lambda one: one.form),
        ("Signed by", 14, lambda one: one.signed_by),
        ("Text", 60, lambda one: one.text),
        ("Tone", 7, lambda one: points(one.tone)),
        ("Reading", 36, lambda one: one.reading),
        ("Findings", 50, lambda one: "\n".join(one.findings)),
        ("A better text", 40, lambda one: one.better),
    ))  # fmt: skip


def scores(report: Report) -> Table:
    """The score sheet with what an evaluator changed."""
    return _table("Score sheet", report.scores, (
        ("Id", 6, lambda one: one.id),
        ("Dimension", 11, lambda one: one.dimension),
        ("Criterion", 16, lambda one: one.title),
        ("Weight", 8, _weight),
        ("Score", 9, _score),
        ("Why", 34, lambda one: one.why),
        ("Better", 24, lambda one: one.better),
        ("As scored", 9, lambda one: one.before),
        ("Changed to", 9, lambda one: one.after),
        ("Changed by, and why", 18, _changed),
        ("Rule", 40, lambda one: one.rule),
        ("Source", 16, lambda one: one.source),
    ))  # fmt: skip


def scores_in_short(report: Report) -> Table:
    """The same sheet as it fits a page; what an evaluator changed is told beside it."""
    return _table("Score sheet", report.scores, (
        ("Id", 5, lambda one: one.id),
        ("Criterion", 16, lambda one: one.title),
        ("Weight", 8, _weight),
        ("Score", 9, _score),
        ("Why", 36, lambda one: one.why),
        ("Better", 26, lambda one: one.better),
    ))  # fmt: skip


def _weight(one: ScoreLine) -> str:
    if one.points is not None:
        return given(one.points)
    return f"{one.weight:g}" if one.weight else "shown only" if one.score is not None else ""


def _score(one: ScoreLine) -> str:
    return "not assessed" if one.score is None else points(one.score)


def _changed(one: ScoreLine) -> str:
    return ", ".join(part for part in (one.by, one.reason) if part)


def changes(report: Report) -> Table:
    """Every item of the card that an evaluator changed."""
    return _table("What an evaluator changed", report.card.changes, (
        ("Item", 28, lambda one: item_words(report.card, one.item)),
        ("As scored", 10, lambda one: value_words(one.before)),
        ("Now", 10, lambda one: value_words(one.after)),
        ("By", 14, lambda one: one.mark.by if one.mark else ""),
        ("Reason", 40, lambda one: one.mark.reason if one.mark else "follows from another mark"),
    ))  # fmt: skip


def facts(report: Report) -> Table:
    """The fact sheet: what was known and sayable when, and when it was said."""

    def sayable(one: FactLine) -> str:
        return "untrue" if not one.true else moment(one.sayable_ms) or "never"

    return _table("Fact sheet", report.facts, (
        ("Fact", 44, lambda one: one.text),
        ("Known from", 10, lambda one: moment(one.known_ms)),
        ("Sayable from", 11, sayable),
        ("Learnt", 10, lambda one: moment(one.learnt_ms)),
        ("First said", 10, lambda one: moment(one.said_ms) or "not said"),
        ("Why not sooner", 20, lambda one: one.why),
    ))  # fmt: skip


def stuck(report: Report) -> Table:
    """What earlier runs asked for, and what this one says about it."""
    return _table("Did the fix stick?", report.analysis.stuck, (
        ("Verdict", 10, lambda one: one.verdict),
        ("Id", 12, lambda one: one.improvement.id),
        ("Corrective action", 46, lambda one: one.improvement.action),
        ("Why", 46, lambda one: one.why),
        ("Asked for in", 20, lambda one: one.since),
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waited:
    """All waits for one person and thing."""

    who: str
    what: str
    lengths: tuple[int, ...]
    at_ms: int


def waits(report: Report) -> Table:
    """Who was waited for, the one who took most time first."""
    spans: dict[tuple[str, str], list[Wait]] = {}
    for wait in report.analysis.waits:
        spans.setdefault((wait.who, wait.what), []).append(wait)
    found = [
        Waited(who, what, tuple(one.until_ms - one.at_ms for one in of), min(one.at_ms for one in of))
        for (who, what), of in spans.items()
    ]
    found.sort(key=lambda one: (-sum(one.lengths), one.at_ms, one.who))
    return _table("Waiting for others", found, (
        ("For whom", 20, lambda one: one.who),
        ("What", 34, lambda one: one.what),
        ("Times", 8, lambda one: len(one.lengths)),
        ("In all", 12, lambda one: span(sum(one.lengths))),
        ("Longest", 12, lambda one: span(max(one.lengths))),
        ("First at", 11, lambda one: moment(one.at_ms)),
    ))  # fmt: skip


def sent_words(one: Sent) -> str:
    """When, where and by whom a text was sent."""
    return " ".join(part for part in (one.form, f"signed {one.signed_by}" if one.signed_by else "") if part)
