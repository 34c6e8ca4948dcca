"""The tour: the real desk on a quiet morning, with a few lines above it that teach one key after the other.

Rules
1. Nothing is modal and nothing is forced: every key of the desk works, and a step taken early counts.
2. It is a real session, kept in a folder that is gone when the tour is: it is no run, and nothing of it is scored.
3. Nobody is hurried: a step that teaches recalling a text holds the outbox until it is recalled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui.screens.desk import DeskScreen
from tui.screens.tour_steps import WAITS, reached, steps
from tui.session_view import SessionView
from tui.widgets.prose import joined, spread, styled, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app import StormdrillApp
    from tui.widgets.waiting import Waiting


class TourScreen(DeskScreen):
    """See the module. The app hears `tour_over(done)` once."""

    DEFAULT_CSS = """
    TourScreen #guide {
        height: auto; padding: 0 1; background: $boost; color: $foreground; border-left: outer $primary;
    }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = []

    def __init__(self, session: SessionView) -> None:
        super().__init__(session)
        self.at = 0
        """The step that is waited for."""
        self.seen: set[str] = set()
        self._told = ("", 0, "")

    def compose(self) -> ComposeResult:
        """The desk, with the guide below its first line."""
        for widget in super().compose():
            yield widget
            if widget.id == "header":
                yield Static("", id="guide")

    def on_mount(self) -> None:
        """Say the first step."""
        self.guide()

    def tick(self) -> None:
        """As at any desk; then see how far one has come."""
        if steps()[self.at].waits_for == "recalled":
            self._ticked = self.clock()
        super().tick()
        if not self._over:
            self.look()

    def look(self) -> None:
        """Go on where the step has been taken."""
        here = [step.waits_for for step in steps() if step.part == steps()[self.at].part]
        self.seen |= {name for name in here if WAITS[name](self, self.seen)}
        to = reached(self.at, self, self.seen)
        if to == len(steps()):
            self._leave(done=True)
        else:
            self.at = to
            self.guide()

    def guide(self) -> None:
        """The step, how far one is, and the way out."""
        width = self.app.size.width - 3
        told = (steps()[self.at].text, width, self._out)
        if told == self._told:
            return
        self._told = told
        ahead = "·" * (len(steps()) - self.at - 1)
        head = Content.assemble(
            ("Tour  ", "bold $primary"), ("✓" * self.at, "$success"), ("●", "bold $primary"), (ahead, "$muted")
        )
        out = styled(f"esc {self._out}", "$muted")
        said = wrapped(steps()[self.at].said(), width)
        self.query_one("#guide", Static).update(joined([spread(head, out, width), *said]))

    @property
    def _out(self) -> str:
        """What esc does here."""
        return "keeps the draft" if self.composer.open else "goes back" if self._deeper else "leaves the tour"

    @property
    def _deeper(self) -> bool:
        """Whether esc has somewhere to go before the lobby."""
        return self.composer.open or self.focused is self.thread or bool(self.list_.view)

    def on_resize(self) -> None:
        """Lay the guide out for the new width; the desk hears of it by itself."""
        self.guide()

    def advice(self, rows: Sequence[Waiting] | None = None) -> str:  # noqa: ARG002
        """One voice is enough: the guide's."""
        return ""

    def action_back(self) -> None:
        """Back to the list; from there, out."""
        if self._deeper:
            super().action_back()
        else:
            self._leave(done=False)

    def _end(self) -> None:
        """Hours later nobody is there any more."""
        self._leave(done=False)

    def _leave(self, *, done: bool) -> None:
        if not self._over:
            self.rest()
            # Not from here: what this screen asks for would be answered to a screen that is gone.
            self.app.call_later(cast("StormdrillApp", self.app).tour_over, done=done)
