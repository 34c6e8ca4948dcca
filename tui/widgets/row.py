"""A line of a list: pieces of text, each with the name of its style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len

from tui.safe import fit, lines
from tui.widgets.wrap import wrap

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
            if text.strip() and (cut != "…" or not out or out[-1][0].endswith(" ")):
                out.append((cut, style))
                room -= cell_len(cut)
            break
        out.append((text, style))
        room -= wide
    return (*out, (" " * (max(0, room) + 1), ""), *tail)


def clause(text: str, room: int) -> str:
    """As many whole clauses of a text as have room, without the rest; cut with an ellipsis where not even one has."""
    for sign in ("; ", ": ", ", "):
        while cell_len(text) > room and sign in text:
            text = text.rpartition(sign)[0]
    return fit(text, room)


def paragraph(text: str, width: int, indent: str = "  ", style: str = "", most: int = 0) -> list[Line]:
    """Outside text in wrapped lines; no more than `most` of them where that is given."""
    rows = wrap(lines(text), width - len(indent))
    if most and len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1] + " …"]
    return [((indent + row, style),) for row in rows]


def lit(line: Line, words: Sequence[str]) -> Line:
    """The line with every one of these folded words in a piece of its own, whose style ends in `match`."""
    if not words:
        return tuple([piece for piece in line if piece[0]])
    out: list[Piece] = []
    for text, style in line:
        found = spans(text, words)
        cuts = sorted({0, len(text), *[at for span in found for at in span]})
        for start, end in pairwise(cuts):
            hit = any(first <= start and end <= last for first, last in found)
            out.append((text[start:end], f"{style} match" if hit else style))
    return tuple(out)


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text: first letter and the one after the last. Letters' case does not matter."""
    folded = text.lower()
    if len(folded) != len(text):  # some letters fold into two: nothing can be said about places then
        return []
    return [(at, at + len(word)) for word in words for at in _places(folded, word)]


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def unless_late(style: str, late: bool) -> str:
    """Red stands on what is late and nowhere else: other rows have their signs in bold."""
    return "strong" if style == "danger" and not late else style
