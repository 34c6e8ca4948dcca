"""The charts of a run in colour, with a cursor. Their shapes carry the meaning; the colours only repeat it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.content import Content

from drills.desk import Desk
from drills.review_chart import CAME, GHOST, LABEL, OVER, TEAM, TOGETHER, TRUTH, Shown, charts, span_of
from tui.widgets.prose import Lines, styled

_STYLES = {
    "volume": "$primary 85%",
    "mood": "$success 65%",
    "levels": "$primary",
    "came": "$warning",
    "actions": "$foreground",
    "axis": "$muted",
    "key": "$muted",
}
_TITLED = ("volume", "mood", "levels")
_GLYPHS = (
    (re.compile(f"[{TRUTH}]+"), "$warning"),
    (re.compile(f"[{TOGETHER}]+"), "bold $success"),
    (re.compile(f"[{GHOST}]+"), "$foreground 55%"),
    (re.compile(f"[{OVER}]+"), "$background on $success 65%"),
    (re.compile(f"[{CAME}]+"), "$warning"),
)
_LINE = re.compile(f"[{TEAM}]+")
_LEVEL = re.compile("L[0-4]")
HERE = "↑"
"""Marks the moment one is at, below the charts: no sign of an action."""


def course(desk: Desk, shown: Shown, width: int, *, tall: bool = True, at_ms: int | None = None) -> Lines:
    """All charts of a run on one axis, and a cursor at `at_ms`."""
    made: Lines = []
    column = None if at_ms is None else LABEL + 1 + span_of(desk, width).column(at_ms)
    for name, rows in charts(desk, shown, width, tall=tall):
        for line in chart(name, rows, tall=tall):
            if column is None or name == "key" or (tall and line.plain[:1].isalpha()):
                made.append(line)
            elif name == "axis":
                made.append(line[:column] + styled(HERE, "bold $primary") + line[column + 1 :])
            else:
                made.append(line.stylize("$foreground on $primary 40%", column, column + 1))
    return made


def chart(name: str, lines: Sequence[str], *, tall: bool = True) -> Lines:
    """One chart of `review_chart.charts`: its name in front, its axis muted, its body in its colour."""
    made: Lines = []
    for number, line in enumerate(lines):
        if tall and name in _TITLED and number == 0:
            made.append(styled(line, "$muted"))
            continue
        body = Content(line)
        if name in ("levels", "key"):
            body = body.stylize("$muted") if name == "key" else body
            if name == "levels":
                body = body.highlight_regex(_LINE, style="$primary" if not tall else "bold $primary")
                body = body if tall else body.highlight_regex(_LEVEL, style="bold")
        else:
            body = body.stylize(_STYLES[name])
        if name in ("levels", "key", "mood"):
            for glyph, style in _GLYPHS:
                body = body.highlight_regex(glyph, style=style)
        if name not in ("axis", "key"):
            body = body.stylize("$muted", 0, LABEL + 1)
        made.append(body)
    return made
