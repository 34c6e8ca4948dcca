"""The facilitator's console: what its keys do, and the one way from a key to the room.

Keys lead to steps (console_steps), which ask what they must and then call `steer`. What is shown is in console_view.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from textual import on, work
from textual.screen import ModalScreen

from drills.errors import DrillError
from drills.room.rights import FACILITATOR
from scenarios.moments import MINUTE, show_moment
from tui.glyphs import some
from tui.safe import line
from tui.screens import console_steps
from tui.screens.console_forms import Fields, FormDialog
from tui.screens.console_seats import ControlView, not_ready
from tui.screens.console_view import ConsoleView
from tui.screens.dialogs import ChoiceDialog, ConfirmDialog, StopDialog
from tui.widgets.choices import Choice
from tui.widgets.virtual import VirtualList

Answer = TypeVar("Answer")
SLOWEST, FASTEST = 0.25, 60.0


class ConsoleScreen(ConsoleView):
    """See the module."""

    _stopping = False
    """Whether the question about a real emergency is open."""

    def __init__(self, session: ControlView) -> None:
        super().__init__(session)
        self.kept: dict[str, Fields] = {}
        """What was typed and has not become anything, by what it was for."""

    # -- asking and doing --------------------------------------------------------------------------------------

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Open a dialogue and wait for its answer; None if it was closed."""
        return await self.app.push_screen_wait(dialog)

    async def choose(self, title: str, choices: Sequence[Choice], *, about: str = "", empty: str = "") -> str:
        """Choose one; '' if nothing was chosen."""
        if not choices:
            self.say(empty, "warning")
            return ""
        answer = await self.ask(ChoiceDialog(title, choices, about=about))
        return answer[0] if answer else ""

    async def fill_in(self, what: str, form: FormDialog) -> Fields:
        """Fill a form in; {} if it was closed. What was typed is kept until `sent` says that it became something."""
        answer = await self.ask(form)
        self.kept[what] = form.typed
        return answer or {}

    def sent(self, what: str) -> None:
        """What was typed for this has become something."""
        self.kept.pop(what, None)

    def steer(self, do: str, said: str, **given: Any) -> bool:
        """Do it, and say so. Says why not, where it can't be done."""
        if self._over:
            return False
        try:
            self.session.steer(do, **given)
        except DrillError as error:
            self.say(str(error), "warning")
            return False
        self._changed |= self.session.tick()
        self.learn()
        self.paint()
        self.say(said, "done")
        return True

    # -- keys --------------------------------------------------------------------------------------------------

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.action_step("open_row")

    @work(group="step", exclusive=True)
    async def action_step(self, name: str) -> None:
        """One of the facilitator's steps. The cursor stays on the row that it is about, whatever becomes of it."""
        if self.list_ is self.timeline:
            self.follows = False
        if not self._over:
            await console_steps.STEPS[name](self)

    def action_next_inject(self) -> None:
        """To what comes next, and stay with it."""
        self.follows, self.led_to = True, ""
        self.action_pane("timeline")

    def action_shift(self, minutes: int) -> None:
        """What is to come comes so many minutes later, or sooner."""
        how = "later" if minutes > 0 else "earlier"
        self.steer("shift", f"What is to come: {some(abs(minutes), 'minute')} {how}.", number=minutes * MINUTE)

    # -- the clock ---------------------------------------------------------------------------------------------

    @work(group="step", exclusive=True)
    async def action_run(self) -> None:
        """STARTEX; then stop the clock, or let it run."""
        session = self.session
        if not self._reaches():
            return
        if not session.begun:
            await self._start()
        elif session.paused:
            session.unpause()
        else:
            session.pause()
        self.foot()
        self.paint()

    def _reaches(self) -> bool:
        """Whether a word for the clock gets to the host; says so where it does not."""
        if self.session.lost:
            self.say("There is no connection now: the clock is not reached.", "warning")
        return not self._over and not self.session.lost

    async def _start(self) -> None:
        session = self.session
        if not [seat for seat in session.seats if seat != FACILITATOR]:
            why = "Nobody has taken a seat: everybody would be simulated."
        elif waits := not_ready(session):
            why = f"Not ready yet: {', '.join(waits)}."
        else:
            why = ""
        if why and not await self.ask(ConfirmDialog("STARTEX all the same?", why, yes="start", no="wait")):
            return
        session.unpause()
        self.say(f"STARTEX: {line(session.drill.title)} runs.", "done")

    def action_pace(self, by: int) -> None:
        """Twice or half as fast."""
        pace = self.session.pace * (2 if by > 0 else 0.5)
        if SLOWEST <= pace <= FASTEST and self._reaches():
            self.session.set_pace(pace)
            self.say(f"Pace ×{pace:g}.", "done")
            self.paint()

    @work(group="step", exclusive=True)
    async def action_endex(self) -> None:
        """The end of the exercise, for everybody."""
        now = show_moment(self.session.now_ms)
        text = f"For everybody, at {now}. What is not sent stays unsent; the review follows."
        question = ConfirmDialog("ENDEX: end the exercise?", text, yes="end it", no="go on")
        if self._reaches() and await self.ask(question):
            self.session.stop("facilitator")
            self.say("ENDEX. The record comes, and with it the review.")

    def stop_exercise(self) -> None:
        """A real emergency: ask, whatever else lies over the console. It is asked once."""
        if not self._stopping and not self._over:
            self._stopping = True
            self._ask_to_stop()

    @work(group="stop")
    async def _ask_to_stop(self) -> None:
        try:
            if await self.ask(StopDialog()):
                from tui.screens.endex import NoDuffScreen

                self.session.stop("stopped")
                self._over = True
                self.close_dialogs()
                await self.app.push_screen(NoDuffScreen())
        finally:
            self._stopping = False
