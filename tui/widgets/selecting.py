"""What is selected with the mouse in a list: how it looks, and its words. Textual counts letters, a terminal cells."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip

from tui.widgets.row import Line


def painted(strip: Strip, span: tuple[int, int], style: Style) -> Strip:
    """The strip with these letters in a style; a span that ends at -1 goes to the end of the line."""
    text, (first, last) = strip.text, span
    start, end = cell_len(text[:first]), cell_len(text[:last] if last >= 0 else text)
    return Strip.join([strip.crop(0, start), strip.crop(start, end).apply_style(style), strip.crop(end)])


def chosen_text(rows: Sequence[tuple[int, Line]], selection: Selection, margin: int) -> str:
    """The selected words of these lines, each with its number in the list; `margin` cells at the left are not words."""
    out: list[str] = []
    for number, pieces in rows:
        span = selection.get_span(number)
        if span is not None:
            text = " " * margin + "".join([text for text, _ in pieces])
            out.append(text[max(margin, span[0]) : span[1] if span[1] >= 0 else None].rstrip())
    return "\n".join(out)
