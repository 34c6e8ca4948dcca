"""The numbers behind the charts: levels, volume and mood, answers, drafts that waited, what people spoke about."""

from __future__ import annotations

from drills.deadlines import due_after
from drills.report.model import Answers, DraftWait, Series, ThemeCourse
from drills.scoring import rubric
from drills.scoring.record import Record
from drills.scoring.rubric import NEEDS
from drills.scoring.speed import due
from engine.events import ApprovalAsked, ApprovalDecided, ApprovalTimedOut
from scenarios.moments import MINUTE

STRETCHES = 60
"""At most so many columns in a chart over time."""
MOST_THEMES = 6


def series(record: Record) -> Series:
    """The numbers of a run's charts."""
    until = max(record.end_ms, MINUTE)
    step = -(-until // STRETCHES // MINUTE) * MINUTE or MINUTE
    volume = [0] * -(-until // step)
    for minute in record.run.desk.volumes:
        # A value stands for the minute before it.
        volume[min(len(volume) - 1, max(0, minute.at_ms - 1) // step)] += minute.posts + minute.shares
    return Series(
        until_ms=until,
        step_ms=step,
        truth=tuple(record.truth),
        team=tuple(record.levels),
        volume=tuple(volume),
        anger=tuple(record.run.desk.mood_history),
        answers=answers(record),
        drafts=drafts(record),
        themes=_themes(record, step, len(volume)),
    )


def answers(record: Record) -> tuple[Answers, ...]:
    """How long everybody who wanted an answer waited, by need; needs that nobody had are left out. It counts whom the
    score counts: everybody who got an answer, and everybody who waited long enough for one."""
    within = due_after(rubric.answer_within(record.rubric), record.rubric["floors.reply"], record.run.pace)
    people = due(record)
    found = []
    for need in NEEDS:
        of = [one for one in people if one.need == need]
        took = sorted(one.answered_ms - one.at_ms for one in of if one.answered_ms is not None)
        if of:
            found.append(Answers(need, within.get(need, -1), tuple(took), len(of) - len(took)))
    return tuple(found)


def drafts(record: Record) -> tuple[DraftWait, ...]:
    """Every wait of a draft for a validator, in order."""
    settled: dict[tuple[str, str], tuple[int, str]] = {}
    for event in record.log:
        if isinstance(event, ApprovalDecided):
            settled.setdefault((event.action, event.to), (event.at_ms, event.verdict))
        elif isinstance(event, ApprovalTimedOut):
            settled.setdefault((event.action, event.to), (event.at_ms, "timed out"))
    asked = {action.id: action for action in record.actions if action.do == "request_approval"}
    return tuple(
        DraftWait(
            f"{asked[event.action].kind or 'text'} draft" if event.action in asked else "draft",
            record.run.desk.name_of(event.to),
            event.at_ms,
            *settled.get((event.action, event.to), (record.end_ms, "still waiting")),
        )
        for event in record.of(ApprovalAsked)
    )


def _themes(record: Record, step: int, stretches: int) -> tuple[ThemeCourse, ...]:
    titles = {theme.id: theme.title for theme in record.scenario.themes}
    counts: dict[str, list[int]] = {}
    for post in record.run.posts():
        if post.theme:
            row = counts.setdefault(post.theme, [0] * stretches)
            row[min(stretches - 1, post.at_ms // step)] += 1
    most = sorted(counts, key=lambda theme: (-sum(counts[theme]), theme))[:MOST_THEMES]
    return tuple(ThemeCourse(titles.get(theme, theme), tuple(counts[theme])) for theme in most)
