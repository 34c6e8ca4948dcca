"""A judged text on a terminal, in colour, and in a pipe, with numbered brackets.

Rules
1. A row that holds outside text holds nothing of ours to its right: whatever its width or direction, no column moves.
2. Colour is never alone: faults are underlined, praise is not; without colour both are in brackets.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from drills.tone.verdict import Measure, Remark, Verdict
from engine.reading import PPM
from tui.safe import line, steady
from tui.widgets.wrap import wrap

Span = tuple[int, int, tuple[int, ...]]
"""Where something stands in the text, and the numbers of what is said about it."""
FAULT, PRAISE, MUTED, HEAD = "underline red", "green", "dim", "bold"
LEAST, MOST = 34, 100
"""Columns."""
_NAME = 18
_BAR = 10
_TWO = 72
"""From this width on the measures stand in two columns."""


def say(judged: Verdict) -> None:
    """Print it: in colour where somebody sees it and NO_COLOR does not forbid it."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    colour = console.color_system is not None and not console.no_color
    width = max(LEAST, min(MOST, shutil.get_terminal_size().columns))
    for row in lines(judged, width, colour=colour, full=_can_draw()):
        if colour:
            console.print(row, soft_wrap=True)
        else:
            print(row.plain)


def lines(judged: Verdict, width: int, *, colour: bool, full: bool = True) -> Iterator[Text]:
    """The rows, none wider than `width` cells. `full`: the bars may be drawn with blocks."""
    yield from _painted(judged, width) if colour else _bracketed(judged, width)
    yield Text()
    quality = "not assessed" if judged.overall is None else f"{_points(judged.overall)} of 100"
    yield Text(f"Quality  {quality}", HEAD)
    if judged.caveat:
        yield from _hung("         ", judged.caveat, width, MUTED)
    yield Text()
    yield from _measures(judged.measures, width, full=full)
    yield Text()
    yield from _findings(judged, width)
    if judged.judged:
        yield Text()
        yield from _facts(judged, width)


# -- the text ------------------------------------------------------------------------------------------------


def _pieces(judged: Verdict) -> list[tuple[str, list[Remark]]]:
    """The text in pieces, each with the remarks that stand on it."""
    placed = [one for one in judged.remarks if one.start < one.end]
    cuts = sorted({0, len(judged.text), *(one.start for one in placed), *(one.end for one in placed)})
    return [
        (steady(judged.text[start:end]), [one for one in placed if one.start <= start and end <= one.end])
        for start, end in pairwise(cuts)
    ]


def _painted(judged: Verdict, width: int) -> Iterator[Text]:
    plain, styles = "", []
    for piece, remarks in _pieces(judged):
        style = "" if not remarks else PRAISE if all(one.good for one in remarks) else FAULT
        if style:
            styles.append((style, len(plain), len(plain) + len(piece)))
        plain += piece
    at = 0
    for row in wrap(plain, width):
        at = max(at, plain.find(row, at))  # past the space or the line break at which it was wrapped
        shown = Text(row)
        for style, start, end in styles:
            if start < at + len(row) and at < end:
                shown.stylize(style, max(0, start - at), min(len(row), end - at))
        at += len(row)
        yield shown


def _bracketed(judged: Verdict, width: int) -> Iterator[Text]:
    spans = [(one.start, one.end, (one.number,)) for one in judged.remarks if one.start < one.end]
    for row in wrap(_nested(judged.text, 0, len(judged.text), spans), width):
        yield Text(row)


def _nested(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """A part of the text with brackets within brackets; a span that crosses the end of another is shown in two."""
    left = _merged(text, spans)
    shown, at = "", start
    while left:
        first, last, numbers = left.pop(0)
        inner = [(one, min(stop, last), number) for one, stop, number in left if one < last]
        rest = [(max(one, last), stop, number) for one, stop, number in left if stop > last]
        name = ",".join(str(number) for number in numbers)
        shown += f"{steady(text[at:first])}[{name}: {_nested(text, first, last, inner)}]"
        left, at = _merged(text, rest), last
    return shown + steady(text[at:end])


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, the longer of two that begin together first, none empty, equal ones as one."""
    kept: dict[tuple[int, int], tuple[int, ...]] = {}
    for start, end, numbers in spans:
        words = text[start:end]
        place = end - len(words.lstrip()), start + len(words.rstrip())
        if words.strip():
            kept[place] = tuple(sorted({*kept.get(place, ()), *numbers}))
    return [(*place, kept[place]) for place in sorted(kept, key=lambda place: (place[0], -place[1]))]


# -- the measures --------------------------------------------------------------------------------------------


def _measures(measures: Sequence[Measure], width: int, *, full: bool) -> Iterator[Text]:
    right = [_measure(one, full=full) for one in measures if not one.fault]
    wrong = [_measure(one, full=full) for one in measures if one.fault]
    if width < _TWO:
        yield Text("More is better", HEAD)
        yield from right
        yield Text("Less is better", HEAD)
        yield from wrong
        return
    half = width // 2
    for left, other in zip_longest([Text("More is better", HEAD), *right], [Text("Less is better", HEAD), *wrong]):
        row = left.copy()
        if other is not None:
            row.pad_right(half - row.cell_len)
            row.append_text(other)
        yield row


def _measure(one: Measure, *, full: bool) -> Text:
    name = Text(f"{one.name:<{_NAME}} ")
    if one.value is None:
        return name.append("not assessed", MUTED)
    long = (one.value * _BAR + PPM // 2) // PPM
    if not long and one.value:
        long = 1
    ink, paper = ("█", "░") if full else ("#", ".")
    name.append(ink * long, "red" if one.fault else "green").append(paper * (_BAR - long), MUTED)
    return name.append(f" {_points(one.value):>3}")


# -- the findings --------------------------------------------------------------------------------------------


def _findings(judged: Verdict, width: int) -> Iterator[Text]:
    yield Text("Findings", HEAD)
    if not judged.remarks:
        yield Text("Nothing stands out, for better or worse." if judged.judged else "none")
    for one in judged.remarks:
        sign = f"{one.number:>2} {'+' if one.good else '!'} "
        room = width - len(sign)
        style = PRAISE if one.good else "red"
        said = judged.text[one.start : one.end]
        rows = wrap(f"“{line(said, 3 * room - 3)}”" if said else "the whole text", room)
        for number, row in enumerate(rows):
            yield Text.assemble((sign if not number else " " * len(sign), style), (row, style))
        source = f" (source: {one.source})" if one.source else ""
        yield from _hung(" " * len(sign), f"{one.dimension}: {one.why}{source}", width)
        if one.tip and not one.good:
            yield from _hung(" " * len(sign) + "> ", one.tip, width, HEAD)
    if judged.lacks:
        yield Text()
        yield Text("It would gain most from this", HEAD)
        for lack in judged.lacks:
            yield from _hung("   > ", lack, width)


# -- the rest ------------------------------------------------------------------------------------------------


def _facts(judged: Verdict, width: int) -> Iterator[Text]:
    acts = ", ".join(f"{act} ({_points(force)})" for act, force in judged.acts) or "nothing that the public reacts to"
    asks = f"asked for {judged.asks}" if judged.asks else "not asked for"
    for name, words in (
        ("It does", acts),
        ("Responsibility", f"{judged.ladder} (rung {judged.rung} of 8)"),
        ("Personal data", asks),
    ):
        style = "red" if words == "asked for in public" else ""
        yield from _hung(f"{name:<16}", words, width, style)


def _hung(head: str, text: str, width: int, style: str = "") -> Iterator[Text]:
    """Text beside a head, and under itself where it is longer than a row."""
    for number, row in enumerate(wrap(line(text), width - cell_len(head))):
        yield Text.assemble((head if not number else " " * cell_len(head), HEAD), (row, style))


def _points(value: int) -> str:
    return str((value + PPM // 200) * 100 // PPM)


def _can_draw() -> bool:
    try:
        "█░".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
