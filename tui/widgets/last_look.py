"""The last look before a text goes: the text with the words that a reader may trip over, and why. It stops nobody."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drills.coach.draft import Spot
from tui.safe import content, line, lines
from tui.widgets.wrap import wrap

_NUMBERS = "¹²³⁴⁵⁶⁷⁸⁹"


class LastLook(VerticalScroll, can_focus=False):
    """The text as it will go out. It scrolls where it is long."""

    DEFAULT_CSS = """
    LastLook { height: auto; max-height: 8; display: none; scrollbar-size-vertical: 1; }
    LastLook > Static { height: auto; color: $foreground; }
    """

    def compose(self) -> ComposeResult:
        yield Static("")

    def show(self, text: str, spots: Sequence[Spot]) -> None:
        """`spots`: places in this very text, which must be clean."""
        self.query_one(Static).update(marked(text, spots))
        self.scroll_home(animate=False)


def marked(text: str, spots: Sequence[Spot]) -> Content:
    """The text with its spots underlined and numbered; plain where what is shown is not letter for letter the text."""
    whole = content(text)
    if whole.plain != text:
        return whole
    numbered = sorted(enumerate(spots), key=lambda pair: -pair[1].end)
    for _, one in numbered:
        whole = whole.stylize("underline bold $warning", one.start, one.end)
    for number, one in numbered:
        whole = whole[: one.end] + Content.styled(_NUMBERS[number], "bold $warning") + whole[one.end :]
    return whole


def reasons(text: str, spots: Sequence[Spot], width: int, most: int) -> list[Content]:
    """Why a reader stops at each of the spots, in at most so many rows; a word of calm where there are none."""
    if not spots:
        return [Content.styled("✓ No words that a reader trips over.", "$success")]
    rows: list[Content] = []
    for number, one in enumerate(spots):
        words = line(text[one.start : one.end], 30)
        said = wrap(lines(f"“{words}” {one.why}".replace("\n", " ")), width - 2)
        rows += [
            Content.assemble((f"{_NUMBERS[number]} " if at == 0 else "  ", "bold $warning"), row)
            for at, row in enumerate(said[: 2 if 2 * len(spots) <= most else 1])
        ]
    return rows[:most]
