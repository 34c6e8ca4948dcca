"""How firm a score is, in words: what was assessed, what was luck, what an evaluator changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.bands import Band, Bands
from drills.origin import Origin
from drills.overrides import change_words, item_words, value_words
from drills.plan.showing import listed
from drills.scoring.card import DIMENSIONS, Change, Scorecard
from drills.scoring.lines import count, percent
from scenarios.days import day_of, show_date
from scenarios.moments import show_moment


def retried(origin: Origin | None) -> str:
    """That a run is a second try, which part of it is not its own, and what that means for its score; or ''."""
    if origin is None:
        return ""
    return (
        f"A retry of {run_words(origin.run)}, from {show_moment(origin.at_ms)}: what came before is that run's, and "
        "the team knew what was coming. It is practice, and no measure of the team or the plan."
    )


def run_words(folder: str) -> str:
    """A run by when it was played, `the run of 5 January 2026, 10:00`; its folder's name where that does not say."""
    found = _STARTED.match(folder)
    when = day_of(f"{found[1]}-{found[2]}-{found[3]}") if found else None
    return f"the run of {show_date(when)}, {found[4]}:{found[5]}" if found and when else folder


_STARTED = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)\d\d-")
NOT_COUNTED = "To have it counted, play the exercise from its start."
"""What stands beside an exercise that was passed from the middle of another run."""


FEWEST = 0.25
"""Below this share of lines a total is told with a warning: it stands on what little there was."""


def coverage(card: Scorecard) -> str:
    """How many lines were assessed, and which were not: those count neither as zero nor as full."""
    left_out = [line.title.lower() for line in card.lines if line.score is None]
    assessed = len(card.lines) - len(left_out)
    told = f"Assessed {assessed} of {count(len(card.lines), 'line')}"
    told = f"Too little happened for the total to say much. {told}" if assessed < FEWEST * len(card.lines) else told
    missing = [name for name in DIMENSIONS if getattr(card, name) is None]
    told += f"; not assessed: {', '.join(left_out)}" if left_out else ""
    return f"{told}. Nothing in {listed(missing, 'or')} could be assessed." if missing else f"{told}."


def band_words(band: Band) -> str:
    """`68 to 79`, or `65` where luck changes nothing; whole points, rounded down as scores are."""
    low, high = int(band.low + 1e-9), int(band.high + 1e-9)
    return f"{low}" if low == high else f"{low} to {high}"


def other_luck(card: Scorecard, found: Bands) -> str:
    """`68 to 79 with other luck`, or `the same with other luck`."""
    words = band_words(found.total)
    return f"{'the same' if words == str(int(card.total + 1e-9)) else words} with other luck"


def luck(card: Scorecard, found: Bands) -> str:
    """`74 (68 to 79 with other luck)`."""
    return f"{int(card.total + 1e-9)} ({other_luck(card, found)})"


def luck_note(found: Bands) -> str:
    """What the band was made of, and what of the actions could not be done there."""
    note = (
        f"What you did was played again in {found.runs} worlds where other people write at other moments; eight in ten "
        "came to that"
    )
    if found.moved >= 0.005:
        note += f"; {percent(found.moved)} of what was done went to another post of the same kind"
    if found.undone >= 0.005:
        note += f"; {percent(found.undone)} could not be done there, so these numbers are a little low"
    return f"{note}."


def band_lines(card: Scorecard, found: Bands) -> Iterator[str]:
    """The bands for people: the total, then dimension by dimension."""
    yield f"total       {luck(card, found)}"
    for name in DIMENSIONS:
        score, band = getattr(card, name), found.dimensions[name]
        own = "–" if score is None else f"{int(score + 1e-9)}"
        yield f"{name:10}  {own} ({'–' if band is None else band_words(band)})"
    yield luck_note(found)


def scored(card: Scorecard) -> str:
    """What the rubric said where an evaluator changed it, or ''."""
    before = card.before
    if before is None:
        return ""
    return f"{int(before.total + 1e-9)} {before.rating} as scored, before an evaluator's marks"


def changed(card: Scorecard, item: str) -> str:
    """What an evaluator's marks did to one item, or ''."""
    change = card.change(item)
    return "" if change is None else told(change)


def told(change: Change) -> str:
    """What it is now and was before, and who changed it and why."""
    was = f"now {value_words(change.after)}, {value_words(change.before)} as scored"
    why = "follows from an override" if change.mark is None else f"{change.mark.by}: {change.mark.reason}"
    return f"{was}; {why}"


def changed_lines(card: Scorecard) -> Iterator[str]:
    """Every item that an evaluator changed, and the total before and after."""
    if card.before is None:
        yield f"No override stands. Total {card.total:.1f} {card.rating}."
        return
    for change in card.changes:
        yield f"{item_words(card, change.item)}: {change_words(change)}"
    before = card.before
    yield f"Total {card.total:.1f} {card.rating}; {before.total:.1f} {before.rating} as scored."
