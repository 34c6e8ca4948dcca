"""A line of a list: pieces of text, each with the name of its style."""

from __future__ import annotations

from rich.cells import cell_len

from tui.safe import fit

Piece = tuple[str, str]
"""A text and the name of its style: one or more of STYLES with spaces between, or ''."""
Line = tuple[Piece, ...]


def right(left: Line, tail: Line, width: int) -> Line:
    """A line with a left and a right part; the left one gives way."""
    room = width - sum([cell_len(text) for text, _ in tail]) - 1
    out: list[Piece] = []
    for text, style in left:
        wide = cell_len(text)
        if wide > room:
            cut = fit(text, room)
            out.append((cut, style))
            room -= cell_len(cut)
            break
        out.append((text, style))
        room -= wide
    return (*out, (" " * (max(0, room) + 1), ""), *tail)
