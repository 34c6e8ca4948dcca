"""The last gate before the screen: nothing that came from outside can command a terminal or move a cell.

Rules
1. Outside text reaches a widget as `Content` (`content`) or as plain strips (`line`, `lines`), never as markup.
2. It is cleaned when it came in; it is cleaned again here, and a third time when a line is painted (`SafeFilter`).
3. An emoji of several code points is shown as its first, and letters are shown unjoined: terminals disagree about
   the width of the rest, and a row whose width is in doubt moves everything to its right.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from scenarios.text import FORBIDDEN, MARKS_PER_LETTER, clean
from tui.ascii import in_ascii

_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_JOINED = re.compile(f"({_PICTURE})(?:[\ufe0f\U0001f3fb-\U0001f3ff]?\u200d{_PICTURE})+")
_DECORATION = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOO_MANY_MARKS = re.compile(f"(?<=[{_MARKS}]{{{MARKS_PER_LETTER}}})[{_MARKS}]+")
_HARMFUL = re.compile(f"{FORBIDDEN.pattern}|[\\n\\t]|{_TOO_MANY_MARKS.pattern}")


def steady(text: str) -> str:
    """The text with every emoji as one code point and no joiner, so that all terminals agree how wide it is."""
    if text.isascii():
        return text
    text = _DECORATION.sub("", _JOINED.sub(r"\1", text)).replace("\u200d", "")
    return _FLAG.sub(lambda letter: chr(ord(letter[0]) - 0x1F1E6 + ord("A")), text)


def lines(text: str) -> str:
    """Outside text for a painted strip; line breaks stay."""
    return steady(clean(text))


def line(text: str, cells: int | None = None) -> str:
    """Outside text on one line, cut to so many cells with an ellipsis."""
    one = steady(clean(text, multiline=False)).replace("\n", " ")
    return one if cells is None else fit(one, cells)


def fit(text: str, cells: int) -> str:
    """The text cut to so many cells, with an ellipsis where something is missing."""
    if cells <= 0:
        return ""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…"


def content(text: str) -> Content:
    """Outside text for a widget: clean, and with no markup in it whatever it says."""
    return Content(lines(text))


class SafeFilter(LineFilter):
    """Drops what a terminal would obey from every painted line, whatever widget it came from."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, of the same width, without harm."""
        del background
        if not any(control is None and _HARMFUL.search(text) for text, _, control in segments):
            return segments
        return [
            Segment(_harmless(text), style, control) if control is None else Segment(text, style, control)
            for text, style, control in segments
        ]


def _harmless(text: str) -> str:
    if not _HARMFUL.search(text):
        return text
    return set_cell_size(_HARMFUL.sub("", text), cell_len(text))


class AsciiFilter(LineFilter):
    """Swaps box lines and glyphs on every painted line, and letters that a terminal's encoding does not have."""

    def __init__(self, encoding: str | None = None) -> None:
        """`encoding`: what the terminal can show; None for everything but box lines and glyphs."""
        super().__init__()
        self._encoding = encoding or "utf-8"

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, of the same width, in signs that every terminal has."""
        del background
        if all(control is not None or text.isascii() for text, _, control in segments):
            return segments
        return [
            Segment(self._shown(text), style, control) if control is None else Segment(text, style, control)
            for text, style, control in segments
        ]

    def _shown(self, text: str) -> str:
        swapped = in_ascii(text)
        try:
            swapped.encode(self._encoding)
        except UnicodeEncodeError:
            return "".join([self._letter(letter) for letter in swapped])
        return swapped

    def _letter(self, letter: str) -> str:
        try:
            letter.encode(self._encoding)
        except UnicodeEncodeError:
            return "?" * cell_len(letter)
        return letter
