"""A way of boxes and arrows, drawn with the lines that the terminal has.

The boxes stand in a column; where the way forks, what else may happen stands to the right of its box. A box that
the plan says nothing about is dashed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from textual.content import Content

from drills.plan.flow import Step
from tui.safe import fit, line
from tui.widgets.prose import Lines, fitted, styled, wrapped


@dataclass(frozen=True, slots=True)
class Pen:
    """The signs that boxes are drawn with."""

    corners: str
    """Top left, top right, bottom left, bottom right."""
    across: str
    dashed_across: str
    down: str
    dashed_down: str
    leave_down: str
    leave_right: str
    arrow_down: str
    arrow_right: str
    tick: str


LINES = Pen("┌┐└┘", "─", "╌", "│", "╎", "┬", "├", "▼", "▶", "✓")
ASCII = Pen("++++", "-", ".", "|", ":", "+", "+", "v", ">", "*")
STEM = 4
"""The column of the arrow from box to box."""
GAP = 4
"""Cells between a box and what forks from it."""
MOST = 148
"""Cells of the whole, at most."""
NARROW = 100
"""Below this width a box beside which nothing stands takes all of it."""


def pen() -> Pen:
    """Lines where the terminal's encoding has them, else plain characters."""
    encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    try:
        "".join(astuple(LINES)).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return LINES


def flowchart(steps: Sequence[Step], width: int, done: Mapping[str, str] | None = None, with_: Pen = LINES) -> Lines:
    """The picture, in lines of at most so many cells. `done`: step id to when it was done, as it is to be shown."""
    forks = any(step.branches for step in steps)
    main = min((MOST - GAP) // 2, (width - GAP) * 11 // 20)
    side = min((MOST - GAP) // 2, width - main - GAP)
    across = min(60, width) if not forks else main + GAP + side if width < NARROW else main
    rows: Lines = []
    for at, step in enumerate(steps):
        when = (done or {}).get(step.id, "")
        last = at == len(steps) - 1
        title = f"{with_.tick} {step.title}" if when else step.title
        head, style = (title, when or step.limit), "$success" if when else ""
        wide = main if step.branches else across
        box = _box(head, step.lines, wide, with_, step.said, style, leads_on=not last)
        forked = [_box((one.when, ""), one.then, side, with_) for one in step.branches]
        rows += _joined(box, forked, wide, with_, last)
    return rows


def _box(
    head: tuple[str, str],
    body: Sequence[str],
    width: int,
    pen_: Pen,
    said: bool = True,
    style: str = "",
    leads_on: bool = False,
) -> Lines:
    """One box: a title and a time in its upper edge, wrapped words inside."""
    frame = style or ("$muted" if said else "$foreground 45%")
    across = pen_.across if said else pen_.dashed_across
    down = styled(pen_.down if said else pen_.dashed_down, frame)
    inner = width - 4
    right = fit(line(head[1]), inner // 2)
    # A corner, a dash and a space at each end of the title, as many again around the time.
    title = fit(line(head[0]), width - 6 - (len(right) + 3 if right else 0))
    words = (title, f"bold {style}".strip() if said else "$muted")
    top = Content.assemble((f"{pen_.corners[0]}{across} ", frame), words, " ")
    tail = Content.assemble((f" {right} ", style or "$accent"), (across, frame)) if right else Content("")
    fill = max(0, width - 1 - top.cell_length - tail.cell_length)
    rows = [top + styled(across * fill, frame) + tail + styled(pen_.corners[1], frame)]
    for text in body:
        for row in wrapped(Content(line(text)) if said else styled(line(text), "italic $muted"), inner):
            rows.append(Content.assemble(down, " ", fitted(row, inner), " ", down))
    bottom = across * (width - 2)
    if leads_on:
        bottom = bottom[: STEM - 1] + pen_.leave_down + bottom[STEM:]
    return [*rows, styled(pen_.corners[2] + bottom + pen_.corners[3], frame)]


def _joined(box: Lines, branches: list[Lines], main: int, pen_: Pen, last: bool) -> Lines:
    """A box, what forks from it, and the arrow to the next box."""
    side: Lines = [row for one in branches for row in one]
    entries = [1 + sum(len(one) for one in branches[:at]) for at in range(len(branches))]
    below = Content.blank(STEM) + (Content(" ") if last else styled(pen_.down, "$muted"))
    rows: Lines = []
    for at in range(max(len(box), len(side))):
        left = box[at] if at < len(box) else fitted(below, main)
        if at == 1 and branches:
            left = left[:-1] + styled(pen_.leave_right, "$muted")
        rows.append(left + _gap(at, entries, pen_) + side[at] if at < len(side) else left)
    if not last:
        rows.append(Content.blank(STEM) + styled(pen_.arrow_down, "$muted"))
    return rows


def _gap(at: int, entries: Sequence[int], pen_: Pen) -> Content:
    """What stands between a box and its forks in this row: an arrow, a line further down, or nothing."""
    if at in entries:
        begins, more = at == entries[0], at < entries[-1]
        turn = (pen_.leave_down if more else pen_.across) if begins else pen_.leave_right if more else pen_.corners[2]
        return styled((pen_.across if begins else " ") + turn + pen_.across * (GAP - 3) + pen_.arrow_right, "$muted")
    if entries and entries[0] < at < entries[-1]:
        return styled(f" {pen_.down}".ljust(GAP), "$muted")
    return Content.blank(GAP)
