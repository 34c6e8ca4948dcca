"""Laying out text in columns and hanging indents, for the pages that are read rather than worked at.

Everything here is `Content`, made for a given width and never markup. Outside text comes in through `safe.content`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textual.content import Content

Lines = list[Content]

EMPTY = Content("")
_PAIR = re.compile(r"(?<=\d) (?=[a-z%]\w{0,11}\b|%)|(?<=\bof) (?=\d)")
"""The space between a number and what is counted: no line ends there."""
_HELD = "\ue000"
"""Stands for such a space while lines are made: Textual would end a line at a no-break space too."""


def styled(text: str, style: str) -> Content:
    """Our own words in one style."""
    return Content.styled(text, style)


def wrapped(body: Content, width: int) -> Lines:
    """The lines of a text; an empty text has one empty line. A number stays with what is counted."""
    held = _PAIR.sub(_HELD, body.plain)
    if held == body.plain:
        return body.wrap(max(1, width)) or [EMPTY]
    lines = Content(held, list(body.spans)).wrap(max(1, width))
    return [Content(line.plain.replace(_HELD, " "), list(line.spans)) for line in lines] or [EMPTY]


def hang(marker: Content | str, body: Content, width: int) -> Lines:
    """A paragraph whose first line starts with a marker, and whose other lines stand under the first word."""
    first = marker if isinstance(marker, Content) else Content(marker)
    indent = first.cell_length
    lines = wrapped(body, width - indent)
    return [first + lines[0], *[Content.blank(indent) + line for line in lines[1:]]]


def heading(text: str, style: str = "bold $primary") -> Lines:
    """A quiet heading with a line of air above it."""
    return [EMPTY, styled(text, style)]


def joined(lines: Iterable[Content]) -> Content:
    """Lines as one text for a widget."""
    return Content("\n").join(lines)


def fitted(line: Content, width: int) -> Content:
    """A line of exactly so many cells, with an ellipsis where something is missing."""
    if line.cell_length > width:
        line = line.truncate(width, ellipsis=True)
    return line.pad_right(max(0, width - line.cell_length))


def beside(columns: Sequence[Lines], widths: Sequence[int], gap: int = 3) -> Lines:
    """Columns side by side, each as wide as told, the shorter ones filled up."""
    height = max((len(column) for column in columns), default=0)
    space = Content.blank(gap)
    return [
        space.join(
            fitted(column[row] if row < len(column) else EMPTY, width)
            for column, width in zip(columns, widths, strict=True)
        )
        for row in range(height)
    ]


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at the two ends of one line; the left one gives way."""
    room = max(0, width - right.cell_length - 1)
    return fitted(left, room) + Content(" ") + right


def gauge(share: float | None, width: int, style: str) -> Content:
    """A thin bar for a share of 0 to 1; a dotted one where there is none."""
    if share is None:
        return styled("·" * width, "$foreground 25%")
    full, half = divmod(round(max(0.0, min(1.0, share)) * width * 2), 2)
    bar = "━" * full + "╸" * half
    return Content.assemble((bar, style), ("─" * (width - len(bar)), "$foreground 20%"))


def reflowed(text: str) -> str:
    """An author's text with its line ends taken for spaces; an empty line still parts paragraphs."""
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
