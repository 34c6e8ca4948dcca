"""The desk: what its keys do, and the way from a key to the session.

Keys lead to actions; an action asks what it must (desk_verbs) and then calls `act`, the only way to the session.
What is shown is in desk_view, where the keyboard is in desk_focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from textual import on, work
from textual.screen import ModalScreen
from textual.widgets import Input

from drills.desk import Changed
from drills.errors import DrillError
from scenarios.text import clean
from tui import keys
from tui.glyphs import FLAGS
from tui.safe import line
from tui.screens import desk_speaking, desk_verbs
from tui.screens.desk_done import done
from tui.screens.desk_focus import DeskFocus
from tui.screens.desk_target import Target, marked_posts, target_of
from tui.screens.dialogs import ChoiceDialog, ConfirmDialog
from tui.widgets.choices import Choice
from tui.widgets.composer import Composer
from tui.widgets.feed import Feed
from tui.widgets.job import Job
from tui.widgets.outbox import Outbox
from tui.widgets.virtual import VirtualList

Answer = TypeVar("Answer")
SLOWEST, FASTEST = 0.25, 60.0


class DeskScreen(DeskFocus):
    """See the module."""

    def target(self) -> Target | None:
        """What a verb is done to now."""
        pane = self._last or self.queue
        found = target_of(pane, self._shown if self._shown.key else None)
        return found or (self._shown if self._shown.key and pane is self.thread else None)

    def marked(self) -> tuple[str, ...]:
        """The posts of all marked rows."""
        return marked_posts(self._last) if self._last else ()

    def targets(self) -> tuple[str, ...]:
        """All that triage acts on: the marked rows, else the row under the cursor with its whole group."""
        target = self.target()
        here = tuple(dict.fromkeys((target.key, *target.group))) if target else ()
        return self.marked() or here

    def unmark(self) -> None:
        """Forget all marks."""
        if self._last is not None:
            self._last.unmark()

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Open a dialogue and wait for its answer; None if it was closed."""
        return await self.app.push_screen_wait(dialog)

    async def choose(self, title: str, choices: Sequence[Choice], *, about: str = "", empty: str = "") -> str:
        """Choose one; '' if nothing was chosen."""
        if not choices:
            self.say(empty or "There is nothing to choose from.", "warning")
            return ""
        answer = await self.ask(ChoiceDialog(title, choices, about=about))
        return answer[0] if answer else ""

    def act(self, do: str, **fields: Any) -> bool:
        """Do it. Says why not, where it cannot be done."""
        given = {name: value for name, value in fields.items() if value not in ("", (), None)}
        try:
            self.session.act(do, **given)
        except DrillError as error:
            self.say(str(error), "warning")
            return False
        self._changed |= self.session.tick()
        if word := done(self.session.desk, do, given):
            self.say(word, "done")
        self.paint()
        return True

    def our_handle(self, channel: str) -> str:
        """What we are called on a channel."""
        brand = self.session.desk.scenario.brand.name
        own = next((one.handle for one in self.session.desk.scenario.channels if one.id == channel), "")
        handle = own or "@" + "".join(brand.split())
        return line(handle if handle.startswith("@") else "@" + handle, 24)

    def channel_name(self, channel: str) -> str:
        """A channel as people call it."""
        return next((line(one.name) for one in self.session.desk.scenario.channels if one.id == channel), line(channel))

    async def compose_text(self, job: Job, text: str | None = None) -> None:
        """Write a text."""
        self.add_class("-reading")
        await self.composer.begin(job, text)
        self._show_thread(fresh=True)
        self._foot()

    @on(Composer.Sent)
    def _sent(self, event: Composer.Sent) -> None:
        self.outbox.put(event.job, clean(event.text))
        self.unmark()
        self._back_to_list()
        self._go_on()

    def _go_on(self) -> None:
        """From what was just dealt with to what is most urgent now."""
        if self.pane_name == "queue" and self._last in (self.queue, self.thread):
            self.queue.offer(self.rows(), self.session.now_ms)
            self.queue.to_next()

    @on(Composer.Kept)
    def _kept(self) -> None:
        self._back_to_list()
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
            self.say(f"Sent: {job.title}", "done")
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
        elif (pane.id or "").startswith("team"):
            self.action_verb("ask")
        else:
            self._select(pane)
            self.go("thread")

    # -- keys --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While one writes, letters are never verbs; only the clock, the stop and a look at the plan work."""
        writing = self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self
        if writing or (isinstance(self.focused, Input) and self.focused.id == "filter"):
            return action in ("no_duff", "pause_drill", "back", "plan") or action.startswith("app.")
        return True

    @work(group="verb", exclusive=True)
    async def action_verb(self, verb: str) -> None:
        """Start a verb."""
        await desk_verbs.VERB_FLOWS[verb](self)

    @work(group="verb", exclusive=True)
    async def action_reply_all(self) -> None:
        """One answer for the whole group."""
        await desk_speaking.reply(self, everyone=True)

    @work(group="verb", exclusive=True)
    async def action_verbs(self) -> None:
        """Everything that can be done, with a letter each."""
        choices = [Choice(key.id, key.label, aside=key.help, letter=key.menu) for key in keys.menu()]
        choice = await self.choose("What do you do?", choices)
        verb = next((key.verb for key in keys.menu() if key.id == choice), "")
        if verb:
            await desk_verbs.VERB_FLOWS[verb](self)

    @work(group="verb", exclusive=True)
    async def action_plan(self) -> None:
        """The plan, over the desk."""
        from tui.screens.plan import PlanScreen

        answer = await self.ask(PlanScreen(self.session.drill, self.session))
        if answer == "stop":
            self.action_no_duff()
        elif answer:
            await desk_verbs.VERB_FLOWS[answer](self)

    def action_dismiss_row(self) -> None:
        """Needs no answer."""
        self.flag("dismissed")

    def flag(self, kind: str) -> None:
        """Flag what is meant; undo takes it back."""
        desk = self.session.desk
        keys_ = tuple(key for key in self.targets() if key in desk.posts or key in desk.inbox)
        if not keys_:
            self.say("Choose a post or an inbox item first.", "warning")
        elif self.act("flag", target=keys_[0], also=keys_[1:], kind=kind):
            self._flagged.append((keys_[0], keys_[1:], kind))
            self.unmark()
            self.say(f"{FLAGS[kind].word.capitalize()}: u takes it back.", "done")
            if kind in ("dismissed", "done"):
                self._go_on()

    @work(group="verb", exclusive=True)
    async def action_undo(self) -> None:
        """Recall what waits in the outbox, else take the last flag back."""
        if taken := self.outbox.recall():
            await self.compose_text(taken.job, taken.text)
        elif self._flagged:
            key, also, kind = self._flagged.pop()
            self.act("flag", target=key, also=also, kind=kind)
            self.queue.offer(self.rows(), self.session.now_ms)
            self.queue.release()
            back = next((at for at, one in enumerate(self.queue.items) if key in (*one.row.posts, one.row.item)), -1)
            self.queue.cursor = back if back >= 0 else self.queue.cursor
            self.say(f"Took back: {kind}.")
        else:
            self.say("Nothing to take back: what has left the outbox is out.")

    def action_back(self) -> None:
        """Out of the filter, out of the thread, off with the marks."""
        if isinstance(self.focused, Input) or self._words:
            self._filter("")
            self.query_one("#filter", Input).remove_class("-open")
            self.pane(self.pane_name).focus()
        elif self.focused is self.thread:
            self._back_to_list()
        else:
            self.unmark()

    def action_bigger(self) -> None:
        """One pane over the whole width."""
        self.toggle_class("-big")

    def action_order(self) -> None:
        """Order the queue."""
        self.say(f"Queue by {self.queue.next_order()}.")
        self._second = -1

    def action_filter(self) -> None:
        """Ask for the words."""
        box = self.query_one("#filter", Input)
        box.add_class("-open")
        box.value = self._words
        box.focus()

    @on(Input.Submitted, "#filter")
    def _filter_given(self, event: Input.Submitted) -> None:
        self.query_one("#filter", Input).remove_class("-open")
        self._filter(event.value)
        self.pane(self.pane_name).focus()

    def _filter(self, words: str) -> None:
        self._words = self.queue.words = " ".join(words.lower().split())
        for feed in self.query(Feed):
            feed.following = not self._words
            feed.show([view for view in self.session.desk.posts.values() if self._matches(view)])
        self._fed = len(self.session.desk.posts)
        self._changed |= Changed.POSTS
        self.queue.offer(self.rows(), self.session.now_ms)
        self.queue.release()
        self._marker()

    def action_what_next(self) -> None:
        """To what is most urgent, with the coach's word where the drill has one."""
        self.go("queue")
        found = self.queue.to_next()
        step = self.advice() if self.coach != "off" else ""
        self.say(step[:1].upper() + step[1:] if step else "The most urgent row." if found else "Nothing waits.", "hint")

    # -- the drill itself --------------------------------------------------------------------------------------

    def action_pause_drill(self) -> None:
        """Stop the clock, or let it run."""
        if self.session.paused:
            self.session.unpause()
        else:
            self.session.pause()
        self._second = -1
        self.paint()

    def action_pace(self, by: int) -> None:
        """Twice or half as fast."""
        pace = self.session.pace * (2 if by > 0 else 0.5)
        if SLOWEST <= pace <= FASTEST:
            self.session.set_pace(pace)
            self._second = -1
            self.paint()

    @work(group="stop", exclusive=True)
    async def action_no_duff(self) -> None:
        """A real emergency."""
        text = "A real emergency has the word NO DUFF. The exercise stops at once, on every seat."
        if await self.ask(ConfirmDialog("STOP the exercise?", text, yes="NO DUFF: stop", no="go on")):
            from tui.screens.endex import NoDuffScreen

            self.outbox.waiting.clear()
            self.session.stop("stopped")
            self._over = True
            await self.app.push_screen(NoDuffScreen())
