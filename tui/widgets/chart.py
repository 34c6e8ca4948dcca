"""The charts of a run in colour. Their shapes carry the meaning; the colours only repeat it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.content import Content

from drills.review_chart import LABEL, TEAM, TOGETHER, TRUTH
from tui.widgets.prose import Lines, styled

_STYLES = {
    "volume": "$primary 85%",
    "mood": "$success 65%",
    "levels": "$primary",
    "actions": "$foreground",
    "axis": "$muted",
    "key": "$muted",
}
_TITLED = ("volume", "mood", "levels")
_GLYPHS = (
    (re.compile(f"[{TRUTH}]+"), "$warning"),
    (re.compile(f"[{TOGETHER}]+"), "bold $success"),
)
_LINE = re.compile(f"[{TEAM}]+")


def chart(name: str, lines: Sequence[str]) -> Lines:
    """One chart of `review_text.charts`: its name in front, its axis muted, its body in its colour."""
    made: Lines = []
    for number, line in enumerate(lines):
        if name in _TITLED and number == 0:
            made.append(styled(line, "$muted"))
            continue
        body = Content(line)
        if name in ("levels", "key"):
            body = body.stylize("$muted") if name == "key" else body
            for glyph, style in _GLYPHS:
                body = body.highlight_regex(glyph, style=style)
            if name == "levels":
                body = body.highlight_regex(_LINE, style="bold $primary")
        else:
            body = body.stylize(_STYLES[name])
        if name in _TITLED:
            body = body.stylize("$muted", 0, LABEL + 1)
        made.append(body)
    return made
