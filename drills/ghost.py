"""The ghost: one's last run of the same drill with the same luck, to play against and to be compared with.

It is read from the stored log of a finished run. Nothing here knows the run that is being played.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from drills.desk import Desk
from drills.errors import DrillError
from drills.journal import RECORD
from drills.record import load_run
from drills.shelf import RunInfo, runs
from scenarios.moments import MINUTE

FORMS = {
    "holding": "holding", "official": "official statement", "update": "update", "hub": "crisis page",
    "reply": "first reply", "press": "word to the press",
}  # fmt: skip
"""The public words that count as steps, in short."""
CALM = 15
"""Anger before anybody was moved, 0 to 100."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A finished run, as far as one can play against it."""

    run: str
    """Its folder, by name."""
    started: str
    """When it was played, ISO 8601."""
    total: float | None
    rating: str
    ended_ms: int
    levels: tuple[tuple[int, int], ...]
    """What the team said it was: (from ms, level)."""
    anger: tuple[tuple[int, int], ...]
    """(from ms, 0 calm to 100 furious)."""
    spoken: tuple[tuple[int, str], ...]
    """The first of each kind of public word: (at ms, its short name), in order."""


def ghost_of(folder: Path) -> Ghost | None:
    """The newest finished run beside this one, older than it, of the same drill, scenario and seed; None where there is
    none that can be read."""
    folder = folder.resolve()
    try:
        beside = runs(folder.parent)
    except DrillError:
        return None
    own = next((info for info in beside if info.path.name == folder.name), None)
    if own is None:
        return None
    order = (own.started, own.path.name)
    for info in beside:  # the newest first
        if (info.started, info.path.name) < order and _alike(info, own):
            with suppress(DrillError):
                return _read(info)
    return None


def _alike(info: RunInfo, own: RunInfo) -> bool:
    if (info.state, info.drill_id, info.seed) != ("ended", own.drill_id, own.seed):
        return False
    return _story(info.path) == _story(own.path)


def _story(folder: Path) -> object:
    """The scenario's text as it was then: another story is no one's ghost."""
    try:
        with (folder / RECORD).open("rb") as file:
            return json.loads(file.readline())["texts"]["scenario"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _read(info: RunInfo) -> Ghost:
    desk = load_run(info.path).desk
    return Ghost(
        info.path.name,
        info.started,
        info.total,
        info.rating,
        info.reached_ms,
        tuple(desk.levels),
        tuple(desk.mood_history),
        tuple(_spoken(desk)),
    )


def _spoken(desk: Desk) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    for text in desk.published.values():
        form = FORMS.get(text.kind if text.form == "statement" else text.form, "")
        if form:
            first.setdefault(form, text.at_ms)
    return sorted((at_ms, form) for form, at_ms in first.items())


def then(ghost: Ghost, now_ms: int) -> str:
    """Where it stood at this moment: `Your last run at this moment: L2, holding out 3 min ago, anger 41`."""
    if now_ms >= ghost.ended_ms:
        return "Your last run was over by now"
    level = _at(ghost.levels, now_ms)
    said = "no level yet" if level is None else f"L{level}"
    anger = _at(ghost.anger, now_ms)
    before = [(at_ms, form) for at_ms, form in ghost.spoken if at_ms <= now_ms]
    words = "nothing said yet"
    if before:
        at_ms, form = before[-1]
        ago = (now_ms - at_ms) // MINUTE
        words = f"{form} out " + ("just now" if ago < 1 else f"{_span(ago)} ago")
    return f"Your last run at this moment: {said}, {words}, anger {CALM if anger is None else anger}"


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" * (hours > 0), f"{rest} min" * (rest > 0)) if part)


def _at(history: Sequence[tuple[int, int]], now_ms: int) -> int | None:
    """The value that held at a moment; None before the first."""
    number = bisect_right(history, now_ms, key=lambda point: point[0])
    return history[number - 1][1] if number else None
