"""The few signs of the chrome. Each is one cell wide in every terminal, and never stands without its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.terms import LEVEL_WORDS

if TYPE_CHECKING:
    from drills.desk import PostView


@dataclass(frozen=True, slots=True)
class Sign:
    """A glyph, its word and its style."""

    glyph: str
    word: str
    style: str = ""


NEEDS: dict[str, Sign] = {
    "harm": Sign("▲", "harm", "danger"),
    "question": Sign("?", "question", "accent"),
    "complaint": Sign("-", "complaint"),
    "praise": Sign("+", "thanks", "calm"),
    "press": Sign("P", "press", "warn"),
    "message": Sign("@", "private", "accent"),
    "mail": Sign("@", "mail", "accent"),
    "call": Sign("C", "call", "warn"),
    "executive": Sign("E", "executive", "warn"),
    "approval": Sign("√", "approve", "accent"),
    "colleague": Sign("=", "colleague"),
    "news": Sign("N", "news"),
    "metric": Sign("#", "figure"),
    "own": Sign("»", "own post", "danger"),
}
PLAIN = Sign("·", "")


def need(name: str) -> Sign:
    """The sign of a need or a medium."""
    return NEEDS.get(name, PLAIN)


FLAGS: dict[str, Sign] = {
    "priority": Sign("!", "priority", "danger"),
    "rumour": Sign("~", "rumour", "warn"),
    "press": Sign("P", "press", "warn"),
    "thanks": Sign("+", "thanks", "calm"),
    "dismissed": Sign("x", "dismissed", "muted"),
    "done": Sign("✓", "done", "calm"),
}

LATE = Sign("!", "late", "danger")
SOON = Sign("›", "soon", "warn")
FINE = Sign(" ", "", "muted")


def urgency(left_ms: int, soon_ms: int) -> Sign:
    """Late, soon, or neither."""
    if left_ms < 0:
        return LATE
    return SOON if left_ms < soon_ms else FINE


BARS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[int], top: int = 100) -> str:
    """A row of bars, one per value of 0 to `top`."""
    last = len(BARS) - 1
    return "".join(BARS[max(0, min(last, value * last // max(1, top)))] for value in values)


def sampled(history: Sequence[tuple[int, int]], until_ms: int, width: int, step_ms: int) -> list[int]:
    """The value that held at each of the last `width` steps; nothing before the first is known."""
    if not history:
        return []
    values: list[int] = []
    at = len(history) - 1
    for back in range(width):
        moment = until_ms - back * step_ms
        while at >= 0 and history[at][0] > moment:
            at -= 1
        if at < 0:
            break
        values.append(history[at][1])
    return values[::-1] or [history[-1][1]]


def bar(done: float, width: int) -> str:
    """A progress bar of so many cells."""
    full = round(max(0.0, min(1.0, done)) * width)
    return "█" * full + "░" * (width - full)


def mood_word(anger: int) -> str:
    """Anger of 0 to 100 in a word: that of the posts that are written in it (`engine.events.Posted.mood`)."""
    for under, word in ((30, "calm"), (50, "tense"), (70, "angry")):
        if anger < under:
            return word
    return "furious"


def trend(now: int, before: int) -> str:
    """Up, down or level."""
    if now >= before + 2:
        return "▲"
    return "▼" if now <= before - 2 else "="


def level_word(level: int | None) -> str:
    """`L3 crisis`, or `L? unclear` before the team has said anything."""
    return "L? unclear" if level is None else f"L{level} {LEVEL_WORDS[level]}"


def some(number: int, one: str, many: str = "") -> str:
    """`1 answer`, `2 answers`, `3 replies`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def short_number(number: int) -> str:
    """41_200 as 41k."""
    if number < 1000:
        return str(number)
    if number < 10_000:
        return f"{number / 1000:.1f}k".replace(".0k", "k")
    return f"{number // 1000}k" if number < 1_000_000 else f"{number / 1_000_000:.1f}M"


def spread_words(view: PostView, now_ms: int) -> list[str]:
    """How far a post has gone: likes, shares and answers, those that it has."""
    counts = ((view.likes_at(now_ms), "like"), (view.shares, "share"), (view.replies, "answer"))
    return [f"{short_number(many)} {what}{'s' * (many != 1)}" for many, what in counts if many]


def short_left(left_ms: int, *, coarse: bool = False) -> str:
    """Time left in at most six cells: `45s`, `4m05s`, `12m`, `1h05m`; without sign. `coarse`: `4m` for `4m05s`."""
    seconds = abs(left_ms) // 1000
    if seconds < 60:
        return f"{seconds}s"
    if seconds < 600 and not coarse:
        return f"{seconds // 60}m{seconds % 60:02}s"
    if seconds < 3600:
        return f"{seconds // 60}m"
    return f"{seconds // 3600}h{seconds // 60 % 60:02}m"
