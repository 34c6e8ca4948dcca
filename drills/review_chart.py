"""A run as charts made of letters on one time axis, for the review.

Every function gives lines of equal length without colour. A screen may colour them by their glyphs: none means two
things in one chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drills.desk import Desk
from engine.actions import VERBS, Action
from scenarios.moments import MINUTE

LABEL = 5
"""Columns before the axis."""
TRUTH = "░"
TEAM = "─│╭╮╰╯"
TOGETHER = "━"
"""Where the team's level is the true one."""
MARKS = (("◆", "classified"), ("▲", "called or asked"), ("●", "spoke"), ("·", "something else"))
"""The glyphs of `marks` with their meaning, the weightier first."""
CAME = "▼"
"""Something scripted reached the team."""
GHOST, OVER = "╌", "╍"
"""The course of the run before, in the chart of the mood; the second over a bar, which is still there under it."""

_BLOCKS = " ▁▂▃▄▅▆▇█"
_ENDS = {0: "100", 2: "0"}
_CALLS = ("escalate", "ask", "inform", "request_approval")
_TICKS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480)


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch of time that a chart shows, and how many columns it has for it."""

    until_ms: int
    width: int

    def column(self, at_ms: int) -> int:
        """The column in which a moment lies."""
        return max(0, min(self.width - 1, at_ms * self.width // max(1, self.until_ms)))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the charts of a run show besides its desk."""

    truth: Sequence[tuple[int, int]]
    """What it was: (from ms, level)."""
    team: Sequence[tuple[int, int]]
    """What the team said it was: (from ms, level)."""
    came: Sequence[int] = ()
    """When something scripted reached the team."""
    ghost: Sequence[tuple[int, int]] = ()
    """How angry the public was in the run before: (from ms, 0 to 100); () where there was none."""
    ghost_ms: int = 0
    """Where that run ended."""


def span_of(desk: Desk, width: int) -> Span:
    """The time that the charts of a run show in `width` columns."""
    return Span(max(desk.ended.at_ms if desk.ended else desk.now_ms, MINUTE), max(8, width - LABEL - 1))


def charts(desk: Desk, shown: Shown, width: int, *, tall: bool = True) -> list[tuple[str, list[str]]]:
    """The charts of a run, `width` columns wide, each with its name: volume, mood, levels, came, actions, axis, and a
    key where it is `tall` or a run before is drawn in; 19 lines, or 10 and the key."""
    span = span_of(desk, width)
    volume = peaks([(minute.at_ms, minute.posts + minute.shares) for minute in desk.volumes], span)
    anger = [value or 0 for value in steps(desk.mood_history, span)]
    before = steps(shown.ghost, span)
    team, truth = steps(shown.team, span), steps(shown.truth, span)
    over = span.column(shown.ghost_ms) + 1
    before[over:] = [None] * len(before[over:])
    top = max([1, *volume])
    came = [" "] * span.width
    for at_ms in shown.came:
        came[span.column(at_ms)] = CAME
    rows = [("came", [_label("came") + "".join(came)]), ("actions", [_label("did") + marks(desk.actions, span)])]
    if not tall:
        return [
            ("volume", _with_axis(_blocks(volume, 2, top), {0: str(top)}, {1: "posts"})),
            ("mood", _with_axis(_crossed(_blocks(anger, 3, 100), before), _ENDS, {1: "anger"})),
            ("levels", [_label("truth") + strip(truth), _label("team") + strip(team)]),
            *rows,
            ("axis", [axis(span)]),
            *([("key", [" " * (LABEL + 1) + f"{GHOST} anger last time"])] if shown.ghost else []),
        ]
    indent = " " * (LABEL + 1)
    ghost = [f"{GHOST} anger last time"] if shown.ghost else []
    signs = (f"{glyph} {word}" for glyph, word in ((CAME, "came"), *MARKS))
    return [
        ("volume", ["posts and shares a minute", *bars(volume, 3)]),
        ("mood", ["anger, 0 calm to 100 furious", *_with_axis(_crossed(_blocks(anger, 3, 100), before), _ENDS)]),
        ("levels", ["what it was, and what the team said it was", *levels(team, truth)]),
        *rows,
        ("axis", [axis(span)]),
        (
            "key",
            [
                indent + "  ".join([f"{TRUTH} truth", "─ team", f"{TOGETHER} both", *ghost]),
                indent + "  ".join(signs),
            ],
        ),
    ]


def _label(word: str) -> str:
    return f"{word:>{LABEL}} "


def strip(values: Sequence[int | None]) -> str:
    """Levels in one row: each where it begins, and a line for as long as it holds."""
    row = ["─" if value is not None else " " for value in values]
    for x, value in enumerate(values):
        if value is not None and (x == 0 or values[x - 1] != value):
            row[x : x + 2] = f"L{value}"[: len(row) - x]
    return "".join(row)


def _crossed(lines: list[str], values: Sequence[int | None]) -> list[str]:
    """A second course of 0 to 100 over bars: a broken line that the first still shows through."""
    grid = [list(line) for line in lines]
    for x, value in enumerate(values):
        if value is not None:
            row = len(grid) - 1 - min(len(grid) - 1, value * len(grid) // 100)
            grid[row][x] = {" ": GHOST, _BLOCKS[-1]: OVER}.get(grid[row][x], grid[row][x])
    return ["".join(line) for line in grid]


def steps(points: Iterable[tuple[int, int]], span: Span) -> list[int | None]:
    """For each column the value that held at its end; None before the first point."""
    row: list[int | None] = [None] * span.width
    for at_ms, value in points:
        row[span.column(at_ms)] = value
    for x in range(1, span.width):
        if row[x] is None:
            row[x] = row[x - 1]
    return row


def peaks(points: Iterable[tuple[int, int]], span: Span) -> list[int]:
    """For each column the greatest value in it. A gap shorter than the points' distance takes the one before."""
    row: list[int | None] = [None] * span.width
    last = 0
    for at_ms, value in points:
        # A value per minute stands for the minute before it.
        x = last = span.column(at_ms - 1)
        row[x] = max(row[x] or 0, value)
    after = 0
    for x in range(span.width - 1, -1, -1):
        found = row[x]
        if found is None:
            row[x] = after if x < last else 0
        else:
            after = found
    return [value or 0 for value in row]


def bars(values: Sequence[int], rows: int, high: int = 0) -> list[str]:
    """Columns from nothing up to `high`, or to the greatest value where that is 0; the axis names it."""
    high = high or max([1, *values])
    return _with_axis(_blocks(values, rows, high), {0: str(high), rows - 1: "0"})


def _blocks(values: Sequence[int], rows: int, high: int) -> list[str]:
    eighths = [(value * rows * 8 + high - 1) // high for value in values]
    return ["".join(_BLOCKS[max(0, min(8, eighth - row * 8))] for eighth in eighths) for row in range(rows - 1, -1, -1)]


def levels(team: Sequence[int | None], truth: Sequence[int | None]) -> list[str]:
    """L4 down to L0: the truth as a shaded band, the team's word as a line on it."""
    grid = [list(line) for line in _traced(team, 5)]
    for x, true in enumerate(truth):
        if true is None:
            continue
        row = 4 - true
        if grid[row][x] == " ":
            grid[row][x] = TRUTH
        elif grid[row][x] == "─":
            grid[row][x] = TOGETHER
    return _with_axis(["".join(line) for line in grid], {row: f"L{4 - row}" for row in range(5)})


def marks(actions: Iterable[Action], span: Span) -> str:
    """What the team did, one glyph a column: where there was more than one thing, the weightiest. It has no label."""
    order = [glyph for glyph, _ in MARKS]
    row = [" "] * span.width
    for action in actions:
        glyph = mark(action)
        x = span.column(action.at_ms)
        if row[x] == " " or order.index(glyph) < order.index(row[x]):
            row[x] = glyph
    return "".join(row)


def mark(action: Action) -> str:
    """The glyph of one action."""
    if action.do == "classify":
        return "◆"
    if action.do in _CALLS:
        return "▲"
    verb = VERBS.get(action.do)
    return "●" if verb is not None and verb.speaks else "·"


def axis(span: Span) -> str:
    """The minutes under a chart, as far apart as they can be read."""
    minutes = max(1, span.until_ms // MINUTE)
    step = next((tick for tick in _TICKS if tick * span.width >= 7 * minutes), _TICKS[-1])
    row = [" "] * span.width
    for minute in range(0, minutes + 1, step):
        text = str(minute)
        x = min(span.column(minute * MINUTE), span.width - len(text))
        row[x : x + len(text)] = text
    line = "".join(row)
    return f"{'min':>{LABEL}} {line}"


def _traced(heights: Sequence[int | None], rows: int) -> list[str]:
    grid = [[" "] * len(heights) for _ in range(rows)]
    for x, height in enumerate(heights):
        if height is None:
            continue
        before = heights[x - 1] if x else None
        if before is None or before == height:
            grid[rows - 1 - height][x] = "─"
            continue
        upwards = height > before
        grid[rows - 1 - before][x] = "╯" if upwards else "╮"
        grid[rows - 1 - height][x] = "╭" if upwards else "╰"
        for between in range(min(before, height) + 1, max(before, height)):
            grid[rows - 1 - between][x] = "│"
    return ["".join(line) for line in grid]


def _with_axis(lines: Sequence[str], labels: Mapping[int, str], names: Mapping[int, str] | None = None) -> list[str]:
    """Lines behind an axis; `labels` are numbers at a tick, `names` are words without one."""
    words = {**(names or {}), **labels}
    return [f"{words.get(row, ''):>{LABEL}}{'┤' if row in labels else '│'}{line}" for row, line in enumerate(lines)]
