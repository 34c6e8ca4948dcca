"""`stormdrill msel`: a drill's master scenario events list, before anybody plays it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from tui.commands.speech import DrillName, Json, columns, print_json, show

if TYPE_CHECKING:
    from drills.drill import Drill
    from drills.room.msel import Entry


def msel(drill: DrillName, as_json: Json = False) -> None:
    """All that a drill holds, in its order: what comes when, what waits for a condition, what the facilitator may let
    loose; and every stretch in which nothing reaches the team."""
    from drills.joining import find
    from drills.room import msel as lists

    found = find(drill)
    entries = lists.msel(found.scenario, ())
    gaps = lists.gaps(entries, 0, found.scenario.lasts)
    if as_json:
        shown = [{name: value for name, value in asdict(one).items() if name not in _LATER} for one in entries]
        print_json({"drill": found.id, "ends_ms": found.scenario.lasts, "entries": shown, "gaps_ms": gaps})
        return
    for line in _lines(found, entries, gaps, columns()):
        show(line)


_LATER = ("done_ms", "by", "held", "skipped")
"""What only a run knows."""
NAME = 22
"""Cells of an id."""
_SECTIONS = (
    ("When a condition holds, or somebody is asked", ("inject", "fact")),
    ("When a branch or the facilitator lets it loose", ("contingency",)),
)


def _lines(drill: Drill, entries: list[Entry], gaps: list[tuple[int, int]], width: int) -> Iterator[str]:
    from scenarios.moments import MINUTE, show_moment

    ends_ms = drill.scenario.lasts
    yield f"EXERCISE  {drill.title}: from STARTEX to {show_moment(ends_ms)}"
    starts = {start: f"{'':>11}·  nothing for {(end - start) // MINUTE} minutes" for start, end in gaps}
    if 0 in starts:
        yield starts.pop(0)
    timed = [one for one in entries if one.due_ms >= 0]
    for at, one in enumerate(timed):
        yield _row(one, show_moment(one.due_ms), width)
        last = at + 1 == len(timed) or timed[at + 1].due_ms > one.due_ms
        if last and one.due_ms in starts:
            yield starts.pop(one.due_ms)
    for title, kinds in _SECTIONS:
        rest = [one for one in entries if one.due_ms < 0 and one.kind in kinds]
        if rest:
            yield f"\n{title}"
            yield from (_row(one, "", width) for one in rest)


def _row(one: Entry, when: str, width: int) -> str:
    from tui.safe import fit, line

    what = one.medium.replace("_", " ") if one.medium else one.kind
    name = "" if one.kind == "truth" else fit(one.id, NAME)
    who = f"{one.who}: " if one.who else ""
    return f"{when:>11}  {what:<9}  {name:<{NAME}}  {fit(line(f'{who}{one.title}'), width - NAME - 26)}"
