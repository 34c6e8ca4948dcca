"""What the semantic layer adds to the texts in the review: advice, told apart from what was judged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from drills.scoring.card import TextScore
from drills.tone.semantic import LABEL, Advice
from tui.safe import content, line
from tui.widgets.prose import Lines, hang, heading, styled, wrapped

if TYPE_CHECKING:
    from drills.tone.background import Background


class Second:
    """The advice on each of the team's texts, as it comes in."""

    class Told(Message):
        """One text has been read, or none will be."""

        def __init__(self, number: int, advice: Advice | None) -> None:
            super().__init__()
            self.number = number
            self.advice = advice

    def __init__(self, widget: Widget) -> None:
        """`widget` is sent `Told` for every text."""
        self._widget = widget
        self._advice: dict[int, Advice] = {}

    @property
    def _adviser(self) -> Background | None:
        return getattr(self._widget.app, "adviser", None)

    def ask(self, number: int, text: TextScore, post: str) -> None:
        """Have a text read that answers this post."""
        if self._adviser is not None:
            self._adviser.ask(f"text {number}", text.text, post, text.reading, partial(self._answered, number))

    def _answered(self, number: int, advice: Advice | None) -> None:
        self._widget.post_message(self.Told(number, advice))

    def keep(self, told: Told) -> None:
        """Remember what was said."""
        if told.advice is not None:
            self._advice[told.number] = told.advice

    def opinion(self, number: int, width: int) -> Lines:
        """The second opinion on one text, or the one line that says why there is none."""
        note = self._adviser.note if self._adviser is not None else ""
        return opinion(self._advice.get(number), note, width)


def opinion(advice: Advice | None, note: str, width: int) -> Lines:
    """Some lines of advice, or why there is none; nothing while it is being made."""
    if advice is None:
        return [*heading("A second opinion"), *wrapped(styled(line(note), "$muted"), width)] if note else []
    lines = heading(f"A second opinion ({LABEL}; no score knows of it)")
    for said in advice.lines:
        lines += hang(styled(" ~ ", "$muted"), content(line(said.replace(f" ({LABEL})", ""))), width)
    if not advice.lines:
        lines += wrapped(styled("It has nothing to add.", "$muted"), width)
    return lines
