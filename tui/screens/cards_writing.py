"""The part of a card exercise in which one writes: what is typed is kept, counted, and judged as at a desk."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from drills.errors import DrillError
from drills.practice.dealing import Dealt
from drills.practice.judging import judge
from tui.safe import line
from tui.screens.cards_table import CardTable
from tui.screens.leaving import Leaving
from tui.widgets.composer import DEBOUNCE, Text
from tui.widgets.findings import painted, said


class CardsWriting(Leaving[None]):
    """What a card that asks for a text adds to the screen of cards."""

    _table: CardTable
    _dealt: Dealt | None = None
    _phase = ""
    _later: Timer | None = None

    def _longest(self) -> int:
        assert self._dealt is not None and self._dealt.card.writes is not None
        return self._dealt.card.writes.longest

    def _finished(self) -> str:
        """The text, if it can be handed in; else it is said why not, and ''."""
        text = self.query_one(Text).text
        over = len(text.strip()) - self._longest()
        if text.strip() and over <= 0:
            return text
        why = f"Too long by {over} characters." if over > 0 else "There is nothing to hand in yet."
        self.query_one("#checks", Static).update(Content(why).stylize("$warning"))
        return ""

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._phase != "write" or self._dealt is None:
            return
        try:
            self._table.draft(self._dealt, self.query_one(Text).text)
        except DrillError as error:
            self.notify(line(str(error), 300), severity="error", markup=False)
        self._count()
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(DEBOUNCE, self._check)

    def _count(self) -> None:
        text = self.query_one(Text)
        left = self._longest() - len(text.text.strip())
        text.border_subtitle = Content(f"{left} characters left" if left >= 0 else f"! {-left} characters too many")

    def _check(self) -> None:
        """What the text does, as the desk's composer says it."""
        text, place = self.query_one(Text).text, self.query_one("#checks", Static)
        if self._phase != "write" or self._dealt is None:
            return
        if not text.strip():
            place.update("")
            return
        reading = judge(self._dealt.card, text).reading
        place.update(painted(said(reading), max(20, place.size.width), 2))
