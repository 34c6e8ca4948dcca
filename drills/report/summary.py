"""The first page: what happened in three sentences, the figures, what went well and what to improve."""

from __future__ import annotations

from drills.bands import Bands
from drills.coach.counted import hinted
from drills.gaps.model import Analysis, PlanGap
from drills.report.model import Figure, Point, Summary
from drills.report.series import answers
from drills.review_score import band_words, coverage, luck_note, retried, scored
from drills.review_text import ENDINGS, capped, summary_lines
from drills.scoring.card import DIMENSIONS, Line, Scorecard
from drills.scoring.ratings import rating
from drills.scoring.record import Record
from scenarios.moments import HOUR, MINUTE
from scenarios.terms import LEVEL_WORDS

_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday",
}  # fmt: skip
_SMALL = frozenset(
    ("a", "an", "the", "no", "one", "two", "three", "four", "five", "six", "some", "many", "nobody", "somebody", "it",
     "its", "they", "their", "we", "our", "this", "that", "these", "those", "people", "everybody", "nothing",
     "something", "there", "what", "when", "while", "after", "before", "in", "on", "at", "by", "from", "with", "for")
)  # fmt: skip
"""Words that begin a sentence with a capital for that reason alone."""


def summary(record: Record, card: Scorecard, analysis: Analysis, bands: Bands | None) -> Summary:
    """The first page of a run."""
    strengths, areas = summary_lines(card)
    total = Figure("total", card.total, card.rating, band_words(bands.total) if bands else "")
    return Summary(
        happened=(_began(record), _peak(record), _ended(record)),
        total=total,
        raw=card.raw,
        controllable=card.controllable,
        capped=" and ".join(f"{gate.id} ({gate.title.lower()})" for gate in card.gates) if capped(card) else "",
        figures=tuple(_figure(record, card, name, bands) for name in DIMENSIONS),
        strengths=tuple(_point(line, better=False) for line in strengths),
        areas=tuple(_point(line, better=True) for line in areas),
        gap=min(analysis.gaps, key=_first, default=None),
        firm=tuple(
            one
            for one in (
                retried(record.run.origin), luck_note(bands) if bands else "", coverage(card), scored(card),
                hinted(record.run.drill, record.run.hints),
            )
            if one
        ),
    )  # fmt: skip


def _first(gap: PlanGap) -> tuple[int, int, bool, str]:
    """The surest gap first, then what the run itself showed, then what has a proposal."""
    sure = ("high", "medium", "low").index(gap.confidence)
    return sure, ("both", "run", "file").index(gap.seen), not gap.diff, gap.id


def _figure(record: Record, card: Scorecard, name: str, bands: Bands | None) -> Figure:
    score: float | None = getattr(card, name)
    band = bands.dimensions[name] if bands else None
    letter = "-" if score is None else rating(record.rubric, score)
    return Figure(name, score, letter, band_words(band) if band else "")


def _point(line: Line, *, better: bool) -> Point:
    at_ms = line.evidence[0].at_ms if line.evidence else -1
    return Point(line.title, line.why, line.better if better else "", at_ms)


# -- three sentences ---------------------------------------------------------------------------------------------


def _began(record: Record) -> str:
    scenario = record.scenario
    first = record.truth[0][1]
    return (
        f"For {scenario.brand.name} it began on {_DAYS[scenario.weekday]} at {scenario.starts} as L{first}, "
        f"{LEVEL_WORDS[first]}{_because(record, record.truth[0][0])}."
    )


def _peak(record: Record) -> str:
    peak = record.peak
    at_ms = record.since(peak) or 0
    desk = record.run.desk
    many = sum(volume.posts + volume.shares for volume in desk.volumes)
    anger_ms, anger = max(desk.mood_history, key=lambda point: (point[1], -point[0]), default=(0, 15))
    grew = "It never grew beyond that" if record.complete else "It had not grown beyond that when the run was stopped"
    if at_ms:
        grew = f"It became L{peak}, {LEVEL_WORDS[peak]}, after {span(at_ms)}{_because(record, at_ms)}"
    said = f"{many:,} posts and shares" if many != 1 else "one post"
    return f"{grew}; the public answered with {said}, angriest after {span(anger_ms)} ({anger} of 100)."


def _ended(record: Record) -> str:
    first = record.first(text for text in record.texts if text.public)
    word = "The team said nothing in public"
    if first is not None:
        word = f"The team first spoke in public after {span(first.at_ms - (record.trigger_ms or 0))}"
    said = max((level for _, level in record.levels), default=None)
    named = "never said how grave it was"
    if said is not None:
        named = f"rightly called it L{said} at its worst"
        if said != record.peak:
            named = f"called it L{said} at most while it was L{record.peak},"
    had = answers(record)
    got, late = (sum(len(one.took_ms) for one in had), sum(one.late for one in had))
    wanted = got + sum(one.never for one in had)
    everybody = len(record.waiters)
    answered = f"answered {got} of {everybody} who wanted an answer" + (f", {late} of them late" if late else "")
    answered += f", {everybody - wanted} of whom had only just come" if everybody > wanted else ""
    if not wanted:
        answered = "answered nobody" if record.waiters else "had nobody to answer"
    ended = record.run.desk.ended
    how = ENDINGS.get(ended.why, ended.why) if ended else "cut short"
    last = record.run.desk.mood_history[-1][1] if record.run.desk.mood_history else 15
    return f"{word}, {named} and {answered}; {how} after {span(record.end_ms)}, with anger at {last} of 100."


def sentence(text: str) -> str:
    """The text with a capital first, as a heading has it; the rest stays as it was written."""
    return text[:1].upper() + text[1:]


def span(length_ms: int) -> str:
    """A stretch of time in the fewest words: `4 h`, `1 h 20 min`, `12 min`, `40 s`."""
    if length_ms < MINUTE:
        return f"{max(0, length_ms) // 1000} s"
    hours, minutes = length_ms // HOUR, length_ms % HOUR // MINUTE
    return " ".join(part for part in (f"{hours} h" * (hours > 0), f"{minutes} min" * (minutes > 0)) if part)


def _because(record: Record, at_ms: int) -> str:
    why = next((step.why for step in record.scenario.truth if step.at == at_ms and step.why), "")
    return f": {_part(why)}" if why else ""


def _part(text: str) -> str:
    """A sentence as part of another: without its full stop, and small at its beginning where that is no name."""
    plain = " ".join(text.split()).rstrip(".")
    first, _, rest = plain.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _SMALL else plain
