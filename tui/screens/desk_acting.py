"""Doing things at the desk: on what, with which answers, by one way to the session; and taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from textual import work
from textual.screen import ModalScreen

from drills.errors import DrillError
from scenarios.handles import handle_of
from tui import keys
from tui.glyphs import FLAGS
from tui.room import forbidden
from tui.safe import line
from tui.screens import desk_typing
from tui.screens.desk_done import done
from tui.screens.desk_look import DeskLook
from tui.screens.desk_target import Target, marked_posts, target_of
from tui.screens.desk_undo import Steps, step_of
from tui.screens.dialogs import ChoiceDialog
from tui.session_view import SessionView
from tui.widgets.choices import Choice
from tui.widgets.feed import Feed
from tui.widgets.job import Job

Answer = TypeVar("Answer")
NOTICED = 1.5
"""Within so many seconds nobody has noticed that the row under the cursor is another."""


class DeskActing(DeskLook):
    """See the module. `act` is the only way to the session."""

    def __init__(self, session: SessionView) -> None:
        super().__init__(session)
        self.steps = Steps()
        self._slid: tuple[object, float] = (None, 0.0)
        """What has come under the cursor by itself, and when."""
        self.letters = desk_typing.letters()

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

    # -- what has moved under the cursor -----------------------------------------------------------------------

    def under(self) -> tuple[object, str]:
        """The list that was used last, and what its cursor is on."""
        pane = self._last or self.queue
        return pane, pane.current_key

    def paint(self) -> None:
        """Show what holds now, and notice where that puts another row under the cursor."""
        pane, key = self.under()
        super().paint()
        if key and self.under() not in ((pane, key), (pane, "")):
            self._slid = (self.under(), self.clock())

    def slid(self, *, now: bool = False) -> bool:
        """Whether another row has just come under the cursor by itself, so that a key would be meant for the one
        before; that is said, once. A feed that follows stays then. `now`: it is known already."""
        under, since = self._slid
        self._slid = (None, 0.0)
        if not now and (under != self.under() or self.clock() - since > NOTICED):
            return False
        pane, _ = self.under()
        if isinstance(pane, Feed) and pane.following:
            pane.following = False
            self.say("The feed has moved on, and stays now. Press again if you mean this post.", "warning")
        else:
            self.say("That row has gone: this is another one. Press again if you mean it.", "warning")
        return True

    def act(self, do: str, **fields: Any) -> bool:
        """Do it. Says why not, where it cannot be done."""
        given = {name: value for name, value in fields.items() if value not in ("", (), None)}
        step = step_of(self.session.desk, do, given)
        if not self._do(do, given):
            return False
        if step is not None:
            self.steps.did(step)
        return True

    def refused(self, do: str) -> bool:
        """Say who may, where this seat may not; whether it is so."""
        why = forbidden(self.session, do)
        if why:
            self.letters.refused()
            self.say(why, "warning")
        return bool(why)

    def _do(self, do: str, given: Mapping[str, Any]) -> bool:
        if self.refused(do):
            return False
        try:
            self.session.act(do, **given)
        except DrillError as error:
            self.say(str(error), "warning")
            return False
        self._changed |= self.session.tick()
        if word := done(self.session.desk, do, given, self.session.seat):
            self.say(word, "done")
        self.paint()
        return True

    def our_handle(self, channel: str) -> str:
        """What we are called on a channel."""
        brand = self.session.desk.scenario.brand.name
        own = next((one.handle for one in self.session.desk.scenario.channels if one.id == channel), "")
        return line(handle_of(own, brand), 24)

    def channel_name(self, channel: str) -> str:
        """A channel as people call it."""
        return next((line(one.name) for one in self.session.desk.scenario.channels if one.id == channel), line(channel))

    async def compose_text(self, job: Job, text: str | None = None) -> None:
        """Write a text, beside what it answers."""
        if self.refused(job.do):
            return
        desk, key = self.session.desk, job.target
        if key != self._shown.key and (key in desk.posts or key in desk.inbox):
            row = next((one.row for one in self.rows() if key in (*one.row.posts, one.row.item)), None)
            self._shown = Target(key, row.posts if row is not None else (), row)
        self.add_class("-reading")
        await self.composer.begin(job, text)
        self._show_thread(fresh=True)
        self._foot()

    # -- triage ------------------------------------------------------------------------------------------------

    def flag(self, kind: str, meant: Sequence[str] = ()) -> None:
        """Flag what is meant, or what a triage key means now; undo takes it back."""
        desk = self.session.desk
        keys_ = tuple(key for key in meant or self.targets() if key in desk.posts or key in desk.inbox)
        if not keys_:
            self.say("Choose a post or an inbox item first.", "warning")
        elif self.act("flag", target=keys_[0], also=keys_[1:], kind=kind):
            self.unmark()
            self.say(f"{FLAGS[kind].word.capitalize()}: {keys.named('undo')} takes it back.", "done")
            if kind in ("dismissed", "done"):
                self._go_on()

    def _go_on(self) -> None:
        """From what was just dealt with to what is most urgent now."""
        if self.pane_name == "queue" and self._last in (self.queue, self.thread):
            self.queue.offer(self.rows(), self.session.now_ms)
            self.queue.to_next()

    @work(group="verb", exclusive=True)
    async def action_undo(self) -> None:
        """Recall what waits in the outbox, else take the last flag back."""
        if taken := self.outbox.recall():
            await self.compose_text(taken.job, taken.text)
        elif (step := self.steps.back()) is None:
            self.say("Nothing to take back: what has left the outbox is out.")
        elif self._do(*step.back):
            self._go_to(step.key)
            self.say(f"Took back: {step.what}. {keys.named('redo')} does it again.")

    def action_redo(self) -> None:
        """Do again what undo took back."""
        if (step := self.steps.again()) is None:
            self.say("Nothing was taken back.")
        elif self._do(*step.there):
            self._go_to(step.key)
            self.say(f"Done again: {step.what}.", "done")

    def _go_to(self, key: str) -> None:
        self.queue.offer(self.rows(), self.session.now_ms)
        self.queue.release()
        at = next((at for at, one in enumerate(self.queue.items) if key in (*one.row.posts, one.row.item)), -1)
        self.queue.cursor = at if at >= 0 else self.queue.cursor
