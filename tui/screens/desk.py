"""The desk: what its keys do, and the way from a key to the session.

Keys lead to actions; an action asks what it must (desk_verbs) and then calls `act` (desk_acting), the only way to the
session. What is shown is in desk_view, where the keyboard is in desk_focus, looking for things in desk_look.
"""

from __future__ import annotations

from functools import partial

from textual import on, work
from textual.widgets import Input

from scenarios.text import clean
from tui.room import offers
from tui.screens import desk_claims, desk_coach, desk_counts, desk_people, desk_room, desk_speaking, desk_verbs
from tui.screens.desk_acting import DeskActing
from tui.screens.desk_done import waits
from tui.screens.dialogs import StopDialog
from tui.widgets.choices import Choice
from tui.widgets.composer import Composer
from tui.widgets.outbox import Outbox
from tui.widgets.virtual import VirtualList

SLOWEST, FASTEST = 0.25, 60.0

FACILITATORS = "The clock is the facilitator's."


class DeskScreen(DeskActing):
    """See the module."""

    _stopping = False
    """Whether the question about a real emergency is open."""

    @on(Composer.Sent)
    def _sent(self, event: Composer.Sent) -> None:
        self.outbox.put(event.job, clean(event.text))
        self.unmark()
        self._back_to_list()
        self._go_on()

    @on(Composer.Kept)
    def _kept(self, event: Composer.Kept) -> None:
        self._back_to_list()
        if event.text.strip():
            self.say("The draft is kept: open it again with the same key.", "done")

    @on(Composer.Says)
    def _says(self, event: Composer.Says) -> None:
        self.say(event.text, "warning")

    def _back_to_list(self) -> None:
        self.remove_class("-reading")
        last = self._last if self._last is not None and self._last is not self.thread else self.pane(self.pane_name)
        (last if last.region else self.pane(self.pane_name)).focus()
        self._show_thread(fresh=True)
        self._second = -1

    @on(Outbox.Leaves)
    def _leaves(self, event: Outbox.Leaves) -> None:
        job, text = event.outgoing.job, event.outgoing.text
        if self.act(job.do, **job.fields(text)):
            self.session.save_draft(job.slot, "")
            when = waits(self.session.desk, job.channels) if job.do == "publish" else ""
            self.say(when or f"Sent: {job.title}", "done")
        else:
            self.session.save_draft(job.slot, text)

    @on(Composer.Wants)
    def _wants(self, event: Composer.Wants) -> None:
        from tui.screens import desk_writing

        self.run_worker(desk_writing.HELPS[event.what](self), group="verb", exclusive=True)

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        pane = event.pane
        if pane is self.thread:
            self.action_verb("reply")
        elif pane.id in ("facts", "log"):
            return
        elif pane.id == "content":
            self.action_verb("edit")
        else:
            self._select(pane)
            self.go("thread")
            self._show_thread(fresh=True)

    # -- keys --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While one writes, letters are never verbs; only the clock, the stop and a look at the plan work."""
        writing = self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self
        if writing or (isinstance(self.focused, Input) and self.focused.id == "filter"):
            return action in ("pause_drill", "back", "plan") or action.startswith("app.")
        return True

    def action_verb(self, verb: str) -> None:
        """Start a verb; what an answer is, and whether one may give it, shows only from what it answers."""
        if verb == "reply" or not self.refused(verb):
            self._begin(desk_verbs.VERB_FLOWS[verb], of_row=verb in desk_verbs.OF_ROW)

    def action_claim(self) -> None:
        """Take what is meant for oneself."""
        if not self.refused("assign"):
            self._begin(desk_claims.claim)

    def action_reply_all(self) -> None:
        """One answer for the whole group."""
        self._begin(partial(desk_speaking.reply, everyone=True))

    def _begin(self, flow: desk_verbs.Flow, *, of_row: bool = True) -> None:
        """Begin what a key is for. `of_row`: it is done to what is under the cursor, and only if that is what was on
        the screen when the key was pressed."""
        if not of_row or not self.slid():
            self._flow(flow, self.under() if of_row else None)

    @work(group="verb", exclusive=True)
    async def _flow(self, flow: desk_verbs.Flow, meant: object) -> None:
        if meant is None or meant == self.under() or not self.slid(now=True):
            await flow(self)

    @work(group="verb", exclusive=True)
    async def action_mend(self) -> None:
        """Write a returned draft again."""
        if not self.refused("request_approval"):
            await desk_people.mend(self)

    @work(group="verb", exclusive=True)
    async def action_verbs(self) -> None:
        """Everything that can be done, with a letter each."""
        mine = [key for key in offers(self.session) if key.menu]
        choices = [Choice(key.id, key.label, aside=key.help, letter=key.menu) for key in mine]
        choice = await self.choose("What do you do?", choices)
        verb = next((key.verb for key in mine if key.id == choice), "")
        if verb:
            await desk_verbs.VERB_FLOWS[verb](self)

    @work(group="verb", exclusive=True)
    async def action_plan(self) -> None:
        """The plan, over the desk."""
        from tui.screens.plan import PlanScreen

        answer = await self.ask(PlanScreen(self.session.drill, self.session))
        if answer == "stop":
            self.stop_exercise()
        elif answer and not self.refused(answer):
            await desk_verbs.VERB_FLOWS[answer](self)

    def action_said(self) -> None:
        """All that is out in our name."""
        from tui.screens.said import SaidScreen, out_now

        self.app.push_screen(SaidScreen(out_now(self.session.desk, self.called)))

    def action_dismiss_row(self) -> None:
        """Needs no answer."""
        if not self.slid():
            self.flag("dismissed")

    def action_back(self) -> None:
        """Off with a hint or the facilitator's word, out of the filter, out of the thread, off with the marks."""
        if desk_coach.close(self):
            return
        if not isinstance(self.focused, Input) and self.heard.looked():
            desk_room.speak(self)
            self.marker()
            return
        if self.widen():
            return
        if self.focused is self.thread:
            self._back_to_list()
        else:
            self.unmark()

    def action_bigger(self) -> None:
        """One pane over the whole width."""
        self.toggle_class("-big")

    def action_order(self) -> None:
        """Order the queue."""
        self.queue.next_order()
        self.say(f"Queue by {desk_counts.ordered(self)}.")
        self._second = -1

    def action_what_next(self) -> None:
        """To what is most urgent, with one more rung of the coach's help where the drill has one."""
        self.go("queue")
        found = self.queue.to_next()
        if desk_coach.ask(self):
            return
        step = self.advice() if self.coach != "off" else ""
        self.say(step[:1].upper() + step[1:] if step else "The most urgent row." if found else "Nothing waits.", "hint")

    # -- the drill itself --------------------------------------------------------------------------------------

    def action_pause_drill(self) -> None:
        """Stop the clock, or let it run."""
        if not self.session.has_clock:
            self.say(FACILITATORS)
        elif self.session.paused:
            self.session.unpause()
        else:
            self.session.pause()
        self._second = -1
        self.paint()

    def action_pace(self, by: int) -> None:
        """Twice or half as fast."""
        if not self.session.has_clock:
            self.say(FACILITATORS)
            return
        pace = self.session.pace * (2 if by > 0 else 0.5)
        if SLOWEST <= pace <= FASTEST:
            self.session.set_pace(pace)
            self._second = -1
            self.paint()

    def stop_exercise(self) -> None:
        """A real emergency: ask, whatever else lies over the desk. It is asked once."""
        if not self._stopping:
            self._stopping = True
            self._ask_to_stop()

    @work(group="stop")
    async def _ask_to_stop(self) -> None:
        try:
            await self._stop()
        finally:
            self._stopping = False

    async def _stop(self) -> None:
        if await self.ask(StopDialog()):
            from tui.screens.endex import NoDuffScreen

            self.outbox.waiting.clear()
            self.session.stop("stopped")
            self._over = True
            self.close_dialogs()
            await self.app.push_screen(NoDuffScreen())
