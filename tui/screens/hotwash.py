"""The hotwash after a team's run: one's own questions first, then those for all by dimension, to talk over together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from drills.errors import DrillError
from drills.gaps.model import Analysis
from drills.report.hotwash import minutes, questions
from drills.report.hotwash_own import noted, own_questions
from drills.report.model import Question
from drills.review_text import Reviewed
from drills.run import Run
from drills.scoring import rubric
from drills.scoring.card import Scorecard
from drills.scoring.record import Record
from engine.events import Event
from scenarios.terms import ROLES
from tui.room import called
from tui.safe import content
from tui.screens.dialogs import Dialog
from tui.threads import tell
from tui.widgets.page import Page
from tui.widgets.prose import EMPTY, Lines, hang, heading, joined, styled, wrapped

HOW = (
    "About {minutes} minutes, all together, within the hour. Whoever led the exercise is out of their role now. "
    "It is about what helps next time, not about whose fault it was."
)
ALONE = "These are for you alone, a minute each: nobody else is shown them. Say as much of it as you like."


class HotwashScreen(Dialog[None]):
    """See the module. What the whole team is asked is worked out in a thread."""

    DEFAULT_CSS = """
    HotwashScreen > .box { width: 100; height: 94%; }
    HotwashScreen Page { height: 1fr; }
    """
    HELP = """
# Hotwash

What a team talks over right after the exercise. First what only you are asked, with what your own seat did; then the
questions for all, by dimension and not blow by blow. `j` and `k` scroll, `space` goes on, `esc` closes it.

No score of a person is in it.
"""

    def __init__(self, log: Sequence[Event], seat: str, read: Callable[[], Sequence[Question]], lasts: int) -> None:
        """`read`: gives the questions for all; it may take a while. `lasts`: how many minutes all of it takes."""
        super().__init__()
        self._own = own_questions(log, seat) if seat in ROLES else ()
        self._noted = noted(log, seat)
        self._seat, self._read, self._minutes = seat, read, lasts
        self._all: Sequence[Question] | None = None
        self._why = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Page(self._page)

    def on_mount(self) -> None:
        self.frame("Hotwash", "esc closes")
        self.query_one(Page).focus()
        self.run_worker(self._look, thread=True, exclusive=True)

    def on_resize(self) -> None:
        """Name the keys for scrolling where there is something to scroll."""
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        self.frame("Hotwash", f"{'↑ ↓ scroll · ' if self.query_one(Page).max_scroll_y else ''}esc closes")

    def _look(self) -> None:
        try:
            found, why = self._read(), ""
        except DrillError as error:
            found, why = (), f"The questions can't be chosen: {error}"
        tell(self, self._show, found, why)

    def _show(self, found: Sequence[Question], why: str) -> None:
        self._all, self._why = found, why
        self.query_one(Page).repaint()
        self.call_after_refresh(self._say_keys)

    def _page(self, width: int) -> Content:
        lines = wrapped(styled(HOW.format(minutes=self._minutes), "$muted"), width)
        if self._own:
            lines += heading(f"Yours first: {called(self._seat)}")
            lines += [*wrapped(styled(ALONE, "$muted"), width), EMPTY, *asked(self._own, width)]
        if self._noted:
            lines += [*heading("What the facilitator noted"), *asked(self._noted, width, "·")]
        if self._why:
            lines += [EMPTY, *wrapped(content(self._why), width)]
        elif self._all is None:
            lines += [EMPTY, styled("Reading the run …", "$muted")]
        for dimension, group in groupby(self._all or (), lambda one: one.dimension):
            lines += [*heading(f"{dimension[:1].upper()}{dimension[1:]}"), *asked(tuple(group), width)]
        return joined(lines)


def hotwash_of(
    session: Reviewed, card: Scorecard, seat: str, analyse: Callable[[Path], Analysis]
) -> HotwashScreen:
    """The hotwash of a run that has ended. `seat`: one's own, or ''. `analyse`: as the review has it."""

    def read() -> Sequence[Question]:
        run = getattr(session, "run", None)
        found = run() if callable(run) else run  # a session makes its run when it is asked
        if not isinstance(found, Run):
            return ()
        return questions(Record(found, rubric.load(found.drill.file.rubric)), card, analyse(session.path))

    return HotwashScreen(session.log(), seat, read, minutes())


def asked(found: Sequence[Question], width: int, sign: str = "?") -> Lines:
    """Questions, each with why it is asked in this run."""
    lines: Lines = []
    for one in found:
        lines += hang(styled(f"{sign} ", "bold $accent"), content(one.text).stylize("bold"), width)
        if one.hint:
            lines += hang("  ", content(one.hint).stylize("$muted"), width)
    return lines
