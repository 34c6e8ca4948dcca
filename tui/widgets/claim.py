"""Whose a row is: the same words in the same place wherever the row is shown, first of what stands at its right end."""

from __future__ import annotations

from collections.abc import Sequence

from tui.safe import line
from tui.widgets.row import Line, Piece


def claimed(assigned: str, seat: str, rest: Sequence[Piece] = ()) -> Line:
    """`→ mine`, or `→ COM` where somebody else has it, before the rest of what stands there; nothing where nobody has.
    `seat`: one's own."""
    if not assigned:
        return tuple(rest)
    mine = bool(seat) and assigned == seat
    word: Piece = ("→ mine ", "strong calm") if mine else (f"→ {line(assigned, 12)} ", "accent")
    return (word, ("· ", "muted"), *rest) if rest else (word,)
