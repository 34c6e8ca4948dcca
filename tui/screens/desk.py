"""The desk: queue, feed, thread, composer and what stands beside them.

Rules
1. The session ticks 20 times a second; lists are repainted at most four times a second, clock and counters once.
2. What is repainted follows from what changed (`Changed`), and from nothing else but time.
3. Keys lead to actions; an action asks what it must (desk_verbs) and then calls `act`, the only way to the session.
4. Whoever reads or writes is left alone: no list moves under a cursor, no focus is taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from drills.desk import Changed
from drills.errors import DrillError
from scenarios.moments import show_moment
from scenarios.text import clean
from tui import keys
from tui.glyphs import level_word, mood_word
from tui.safe import content, line
from tui.screens import desk_verbs
from tui.screens.desk_target import Target, marked_posts, target_of
from tui.screens.dialogs import ChoiceDialog, ConfirmDialog
from tui.session_view import SessionView
from tui.widgets.choices import Choice
from tui.widgets.composer import Composer
from tui.widgets.feed import Feed
from tui.widgets.foot import Foot, Tabs
from tui.widgets.header import DeskHeader
from tui.widgets.job import Job
from tui.widgets.mood import MoodBox
from tui.widgets.outbox import Outbox
from tui.widgets.panes import ContentList, Facts, Inbox, LogList, Team, team_lines
from tui.widgets.queue import Queue, waiting
from tui.widgets.thread import Thread, parts
from tui.widgets.virtual import VirtualList

Answer = TypeVar("Answer")
PANES = ("queue", "feed", "inbox", "team", "facts", "content", "log")
NAMES = {"queue": "Queue", "feed": "Feed", "inbox": "Inbox", "team": "Team", "facts": "Facts",
         "content": "Content", "log": "Log"}  # fmt: skip
TICK = 0.05
PAINT = 0.25
SLOWEST, FASTEST = 0.25, 60.0


class DeskScreen(Screen[None]):
    """See the module's rules."""

    CSS_PATH = "desk.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short"), (30, "-tall"), (40, "-high")]
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("desk")]

    def __init__(self, session: SessionView, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.session = session
        self.clock = clock
        self.pane_name = "queue"
        self._last: VirtualList[Any] | None = None
        self._shown = Target("")
        self._changed = ~Changed.NOTHING
        self._painted = self._ticked = clock()
        self._second = -1
        self._fed = 0
        self._words = ""
        self._flagged: list[tuple[str, tuple[str, ...], str]] = []
        self._over = False

    # -- widgets -----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        coach = getattr(self.session, "coach", self.session.drill.file.coach)
        yield DeskHeader(id="header")
        yield Tabs(id="tabs")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Queue(id="queue", classes="pane -on")
                yield Feed(id="feed", classes="pane")
                yield Inbox(id="inbox", classes="pane", empty="Nothing has come to you directly.")
                yield Team(id="team", classes="pane")
                yield Facts(id="facts", classes="pane", empty="Nothing is known yet. Ask whoever may know (q).")
                nothing = "Nothing is scheduled that you know of. S sweeps."
                yield ContentList(id="content", classes="pane", empty=nothing)
                yield LogList(id="log", classes="pane", empty="Nothing has happened yet.")
            with Vertical(id="middle"):
                yield Thread(id="thread")
                yield Composer(self.session, coach=coach, id="composer")
            with Vertical(id="right"):
                yield Inbox(id="inbox-side", classes="side", empty="Nothing has come to you directly.")
                yield Team(id="team-side", classes="side")
                yield MoodBox(id="mood")
        yield Feed(id="strip", compact=True)
        yield Input(id="filter", placeholder="only rows with these words", compact=True)
        yield Outbox(id="outbox")
        yield Static("", id="marker")
        yield Foot(id="foot")
        yield Static("", id="small")

    def on_mount(self) -> None:
        """Start the clock."""
        for pane, name in NAMES.items():
            self.pane(pane).border_title = name
        self.query_one("#inbox-side").border_title = "3 Inbox"
        self.query_one("#team-side").border_title = "4 Team"
        self.query_one("#strip").border_title = "2 Feed"
        self.query_one("#thread").border_title = "8 Thread"
        for team in self.query(Team):
            team.names = {key: view.colleague.name for key, view in self.session.desk.contacts.items()}
        self.queue.focus()
        self.paint()
        self.set_interval(TICK, self.tick)

    @property
    def queue(self) -> Queue:
        return self.query_one("#queue", Queue)

    @property
    def composer(self) -> Composer:
        return self.query_one("#composer", Composer)

    @property
    def outbox(self) -> Outbox:
        return self.query_one("#outbox", Outbox)

    @property
    def thread(self) -> Thread:
        return self.query_one("#thread", Thread)

    def pane(self, name: str) -> VirtualList[Any]:
        """One of the lists on the left."""
        return cast("VirtualList[Any]", self.query_one(f"#{name}"))

    # -- time --------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Let the session catch up; repaint if something changed and it is time."""
        if self._over:
            return
        now = self.clock()
        try:
            self._changed |= self.session.tick()
        except DrillError as error:
            self.rest()
            self.say(f"The drill cannot go on: {error} Leave with ctrl+q; the run is kept.", "error")
            return
        if not self.session.paused:
            self.outbox.advance(now - self._ticked)
        self._ticked = now
        if self.session.ended:
            self._end()
        elif int(now) != self._second or (self._changed and now - self._painted >= PAINT):
            self.paint()

    def rest(self) -> None:
        """Touch the session no more."""
        self._over = True

    def _end(self) -> None:
        self._over = True
        self.paint()
        ended = self.session.desk.ended
        if ended is None or ended.why != "stopped":
            from tui.screens.endex import EndexScreen

            self.app.push_screen(EndexScreen(self.session), self._review)

    def _review(self, _answer: None = None) -> None:
        self.app.open_review(self.session)  # type: ignore[attr-defined]

    def paint(self) -> None:
        """Show what holds now."""
        now, changed, session = self.clock(), self._changed, self.session
        self._painted, self._changed = now, Changed.NOTHING
        second, self._second = int(now) != self._second, int(now)
        desk, soon = session.desk, round(60_000 * session.pace)
        rows = waiting(desk) if changed or second else []
        if changed or second:
            self.queue.soon_ms = soon
            self.queue.offer(rows, session.now_ms)
        if changed & (Changed.POSTS | Changed.INBOX):
            self._feed(rows)
        for inbox in self.query(Inbox):
            inbox.now_ms, inbox.soon_ms = session.now_ms, soon
            if changed & Changed.INBOX:
                inbox.show(reversed(desk.inbox.values()))
            elif second:
                inbox.redraw()
        if changed & (Changed.TEAM | Changed.LOG | Changed.INBOX):
            for team in self.query(Team):
                team.show(team_lines(desk))
        if changed & Changed.FACTS:
            self.query_one(Facts).show(desk.facts.values())
        contents = self.query_one(ContentList)
        contents.now_ms, contents.soon_ms = session.now_ms, soon
        if changed & Changed.CONTENT:
            contents.show(sorted(desk.contents.values(), key=lambda view: view.content.at))
        elif second:
            contents.redraw()
        if changed & Changed.LOG:
            self._log()
        if changed & (Changed.POSTS | Changed.INBOX | Changed.FACTS):
            self._show_thread()
        if second or changed:
            self._counters(len(rows), sum([1 for row in rows if 0 <= row.row.due_ms < session.now_ms]), rows)

    def _feed(self, rows: Sequence[Any]) -> None:
        posts = self.session.desk.posts
        groups = {key: len(row.row.posts) for row in rows for key in row.row.posts}
        fresh = list(posts.values())[self._fed :] if len(posts) > self._fed else []
        self._fed = len(posts)
        for feed in self.query(Feed):
            feed.groups = groups
            feed.redraw()
            if self._words:
                feed.show([view for view in posts.values() if self._matches(view)])
            elif fresh:
                feed.add(fresh)

    def _log(self) -> None:
        log = self.query_one(LogList)
        at_end = log.cursor >= len(log.items) - 1
        log.extend(self.session.desk.log[len(log.items) :])
        if at_end and not log.has_focus:
            log.action_end()
        log.refresh()

    def _counters(self, open_rows: int, late: int, rows: Sequence[Any]) -> None:
        session, desk = self.session, self.session.desk
        self.query_one(DeskHeader).paint(session, late, open_rows)
        feed = self.query_one("#feed", Feed)
        scheduled = sum([1 for view in desk.contents.values() if view.state in ("scheduled", "edited")])
        counts = {
            "queue": str(open_rows or ""),
            "feed": f"+{feed.unseen}" if feed.unseen else "",
            "inbox": str(sum([1 for item in desk.inbox.values() if item.waiting]) or ""),
            "team": str(sum([1 for view in desk.approvals.values() if view.state == "waiting"]) or ""),
            "facts": str(len(desk.facts) or ""),
            "content": str(scheduled or ""),
            "log": "",
        }
        self.query_one(Tabs).paint([(pane, NAMES[pane], counts[pane]) for pane in PANES], self.pane_name)
        needs: dict[str, int] = {}
        for row in rows:
            needs[row.row.need] = needs.get(row.row.need, 0) + 1
        self.query_one(MoodBox).paint(session, late, needs)
        self.queue.border_subtitle = Content(f"by {self.queue.order}")
        self._marker()
        self._small(open_rows, late)

    def _marker(self) -> None:
        parts_: list[str] = []
        at = self.focused if isinstance(self.focused, VirtualList) else None
        if at is not None and at.below:
            parts_.append(f"{at.below} more below")
        if self.queue.held:
            late = sum([1 for row in self.queue.held if row.row.due_ms < self.session.now_ms])
            urgent = f", {late} of them late" if late else ""
            parts_.append(f"{len(self.queue.held)} new in the queue{urgent} (G shows them)")
        for feed in self.query(Feed):
            if feed.unseen and feed.display and not feed.following:
                parts_.append(f"{feed.unseen} new in the feed (p follows)")
                break
        if self._words:
            parts_.append(f"only rows with “{line(self._words, 20)}” (esc shows all)")
        if drafts := [slot for slot, text in self.session.drafts.items() if text.strip()]:
            open_slot = self.composer.job.slot if self.composer.job else ""
            others = [slot for slot in drafts if slot != open_slot]
            if others:
                parts_.append(f"{len(others)} draft{'s' * (len(others) > 1)} kept")
        self.query_one("#marker", Static).update(content(" " + " · ".join(parts_)), layout=False)

    def _small(self, open_rows: int, late: int) -> None:
        session = self.session
        words = (
            f"EXERCISE\n{show_moment(session.now_ms)}\n{open_rows} open, {late} late\n"
            f"mood {session.desk.calm} {mood_word(session.desk.calm)}\n{level_word(session.desk.level)}\n\n"
            "The drill goes on.\nMake the window larger:\n60 x 18 at least."
        )
        self.query_one("#small", Static).update(Content(words), layout=False)

    # -- panes and focus ---------------------------------------------------------------------------------------

    def go(self, name: str) -> None:
        """Bring a pane to the front and give it the keyboard."""
        if name == "thread":
            self.set_class(True, "-reading")
            self.thread.focus()
            return
        beside = {"inbox": "inbox-side", "team": "team-side", "feed": "strip"}.get(name, "")
        if beside and self.query_one(f"#{beside}").region and self.pane_name != name:
            self.query_one(f"#{beside}").focus()
            return
        self.pane_name = name
        for pane in PANES:
            self.pane(pane).set_class(pane == name, "-on")
        self.remove_class("-reading")
        self.pane(name).focus()
        self._changed |= Changed.LOG
        self.paint()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.go(name)

    def action_next_pane(self, by: int) -> None:
        """The next list that is on screen."""
        lists = [one for one in self.query(VirtualList) if one.region and one.can_focus]
        if not lists:
            return
        at = lists.index(self.focused) if self.focused in lists else 0
        lists[(at + by) % len(lists)].focus()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        widget = event.widget
        inside = self.query_one("#middle") in widget.ancestors
        self.set_class(inside, "-reading")
        if isinstance(widget, VirtualList):
            self._last = widget
            if widget is not self.thread:
                self._select(widget)
        self._foot()
        self._marker()

    def on_resize(self) -> None:
        """What had the keyboard keeps it, whatever the size."""
        self.call_after_refresh(self._resettle)

    def _resettle(self) -> None:
        if self.focused is None or not self.focused.region:
            if self.composer.open:
                self.composer.area.focus()
            elif self.has_class("-reading"):
                self.thread.focus()
            else:
                self.pane(self.pane_name).focus()
        self._second = -1
        self._foot()

    def _foot(self) -> None:
        foot = self.query_one(Foot)
        if self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self:
            pane = "review" if self.composer.has_class("-review") else "composer"
        elif isinstance(self.focused, VirtualList):
            pane = (self.focused.id or "queue").removesuffix("-side").replace("strip", "feed")
        else:
            pane = self.pane_name
        names = {}
        feed = self.query_one("#feed", Feed)
        if pane == "feed":
            names["follow"] = "Stay" if feed.following else "Follow"
        foot.paint(pane, names)

    @property
    def help_pane(self) -> str:
        """The pane that help is asked for."""
        if self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self:
            return "composer"
        if isinstance(self.focused, VirtualList):
            return (self.focused.id or "").removesuffix("-side").replace("strip", "feed")
        return self.pane_name

    @on(VirtualList.Moved)
    def _moved(self, event: VirtualList.Moved) -> None:
        event.stop()
        if isinstance(event, VirtualList.Opened):
            return
        if event.pane is self.focused and event.pane is not self.thread:
            self._select(event.pane)
        self._marker()

    def _select(self, pane: VirtualList[Any]) -> None:
        target = target_of(pane)
        if target is None or (target.key == self._shown.key and target.group == self._shown.group):
            return
        if self.composer.open:
            return
        self._shown = target
        self._show_thread(fresh=True)

    def _show_thread(self, fresh: bool = False) -> None:
        if not self.thread.region and not fresh and not self.has_class("-reading"):
            return
        thread, was = self.thread, self.thread.current_key
        thread.show(parts(self.session.desk, self._shown.key, self._shown.row))
        if fresh or not was:
            thread.scroll_home(animate=False, immediate=True)
            thread.cursor = max(0, thread.index_of(self._shown.key))

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

    @on(Feed.Following)
    def _following(self, event: Feed.Following) -> None:
        event.stop()
        self._foot()
        self._marker()

    @on(Queue.Held)
    def _held(self, event: Queue.Held) -> None:
        event.stop()
        self._marker()

    # -- asking and acting -------------------------------------------------------------------------------------

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
            self.say(empty or "There is nothing to choose from.")
            return ""
        answer = await self.ask(ChoiceDialog(title, choices, about=about))
        return answer[0] if answer else ""

    def say(self, text: str, severity: str = "information") -> None:
        """A short word in the corner."""
        self.notify(clean(text), severity=severity, timeout=4, markup=False)  # type: ignore[arg-type]

    def act(self, do: str, **fields: Any) -> bool:
        """Do it. Says why not, where it cannot be done."""
        given = {name: value for name, value in fields.items() if value not in ("", (), None)}
        try:
            self.session.act(do, **given)
        except DrillError as error:
            self.say(str(error), "warning")
            return False
        self._changed |= self.session.tick()
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
        self._foot()

    @on(Composer.Sent)
    def _sent(self, event: Composer.Sent) -> None:
        self.outbox.put(event.job, clean(event.text))
        self.unmark()
        self._back_to_list()

    @on(Composer.Kept)
    def _kept(self) -> None:
        self._back_to_list()

    def _back_to_list(self) -> None:
        self.remove_class("-reading")
        last = self._last if self._last is not None and self._last is not self.thread else self.pane(self.pane_name)
        (last if last.region else self.pane(self.pane_name)).focus()
        self._second = -1

    @on(Outbox.Leaves)
    def _leaves(self, event: Outbox.Leaves) -> None:
        job, text = event.outgoing.job, event.outgoing.text
        if self.act(job.do, **job.fields(text)):
            self.session.save_draft(job.slot, "")
        else:
            self.session.save_draft(job.slot, text)

    @on(Composer.Wants)
    def _wants(self, event: Composer.Wants) -> None:
        from tui.screens import desk_writing

        self.run_worker(desk_writing.HELPS[event.what](self), group="verb", exclusive=True)

    # -- keys --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While one writes, letters are never verbs; only the clock and the stop work."""
        writing = self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self
        if writing or (isinstance(self.focused, Input) and self.focused.id == "filter"):
            return action in ("no_duff", "pause_drill", "back") or action.startswith("app.")
        return True

    @work(group="verb", exclusive=True)
    async def action_verb(self, verb: str) -> None:
        """Start a verb."""
        await desk_verbs.VERB_FLOWS[verb](self)

    @work(group="verb", exclusive=True)
    async def action_reply_all(self) -> None:
        """One answer for the whole group."""
        await desk_verbs.reply(self, everyone=True)

    @work(group="verb", exclusive=True)
    async def action_verbs(self) -> None:
        """Everything that can be done, with a letter each."""
        choices = [Choice(key.id, key.label, aside=key.help, letter=key.menu) for key in keys.menu()]
        choice = await self.choose("What do you do?", choices)
        verb = next((key.verb for key in keys.menu() if key.id == choice), "")
        if verb:
            await desk_verbs.VERB_FLOWS[verb](self)

    def action_dismiss_row(self) -> None:
        """Needs no answer."""
        self.flag("dismissed")

    def flag(self, kind: str) -> None:
        """Flag what is meant; undo takes it back."""
        desk = self.session.desk
        keys_ = tuple(key for key in self.targets() if key in desk.posts or key in desk.inbox)
        if not keys_:
            self.say("Choose a post or an inbox item first.")
        elif self.act("flag", target=keys_[0], also=keys_[1:], kind=kind):
            self._flagged.append((keys_[0], keys_[1:], kind))
            self.unmark()

    @work(group="verb", exclusive=True)
    async def action_undo(self) -> None:
        """Recall what waits in the outbox, else take the last flag back."""
        if taken := self.outbox.recall():
            await self.compose_text(taken.job, taken.text)
        elif self._flagged:
            key, also, kind = self._flagged.pop()
            self.act("flag", target=key, also=also, kind=kind)
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
        self.queue.offer(waiting(self.session.desk), self.session.now_ms)
        self.queue.release()
        self._marker()

    def _matches(self, view: Any) -> bool:
        return not self._words or self._words in f"{view.handle} {view.author} {view.text}".lower()

    def action_match(self, by: int) -> None:
        """To the next row with the words of the filter."""
        if isinstance(self.focused, VirtualList):
            self.focused.action_move(by)

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
            self.say(f"{pace:g} scenario minutes to a real minute.")
            self._second = -1

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
