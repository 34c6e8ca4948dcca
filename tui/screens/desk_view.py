"""What the desk shows, and when: its widgets, its clock, its painting.

Rules
1. The session ticks 20 times a second; lists are repainted at most four times a second, clock and counters once.
2. What is repainted follows from what changed (`Changed`), and from nothing else but time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from drills.desk import Changed, InboxItem
from drills.errors import DrillError
from drills.plan import oneself, plain_plan
from scenarios.text import clean
from tui import keys
from tui.next_step import next_step
from tui.room import NO_SCRIPT, Script, called, script_of
from tui.screens import desk_coach, desk_counts, desk_lists, desk_room
from tui.screens.desk_counts import NAMES
from tui.screens.desk_outcomes import Outcomes
from tui.screens.desk_target import Target
from tui.screens.desk_verdicts import Verdicts
from tui.session_view import SessionView
from tui.widgets.composer import Composer
from tui.widgets.content_board import ContentList, owners
from tui.widgets.feed import Feed
from tui.widgets.foot import Foot, Tabs
from tui.widgets.ghost import GhostLine
from tui.widgets.header import DeskHeader
from tui.widgets.lens import Lens
from tui.widgets.marker import Marker
from tui.widgets.mood import MoodBox
from tui.widgets.outbox import Outbox
from tui.widgets.panes import Facts, Inbox, LogList
from tui.widgets.queue import Queue
from tui.widgets.team import Team
from tui.widgets.thread import Show, Thread, history, parts
from tui.widgets.typing import Field
from tui.widgets.virtual import VirtualList
from tui.widgets.waiting import MOST_OPENED, READ, Waiting, waiting

if TYPE_CHECKING:
    from tui.app import StormdrillApp

PANES = tuple(NAMES)
TICK = 0.05
PAINT = 0.25
QUIET = 5.0
"""After so many seconds without a key the queue takes in what does not move the row under the cursor."""


class DeskView(Screen[None]):
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
        self._over = False
        self._touched = clock()
        self.advised = ""
        """The coach's last word."""
        self.verdicts = Verdicts()
        self.outcomes = Outcomes()
        self.inbox_seen: set[str] = set()
        """What has stood in an inbox on the screen."""
        self.coaching = desk_coach.Coaching()
        scenario = session.drill.scenario
        self.called = {one.id: one.title for one in scenario.themes} | {one.id: one.name for one in scenario.channels}
        """What people call themes and channels."""
        self.coach = session.coach
        self.heard = desk_room.Heard(session)
        self.me = oneself(session.drill.plan or plain_plan(scenario), session.seat)
        """Which of the colleagues the player is, if that can be told; nobody calls themselves."""

    # -- widgets -----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield DeskHeader(id="header")
        yield Tabs(id="tabs")
        yield GhostLine(self.session, id="ghost")
        yield Lens(id="lens")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Queue(id="queue", classes="pane -on")
                yield Feed(id="feed", classes="pane")
                yield Inbox(id="inbox", classes="pane", empty="Nothing has come to you directly.")
                yield Team(id="team", classes="pane")
                unknown = keys.told("Nothing is known yet. Ask whoever may know ({ask}).")
                yield Facts(id="facts", classes="pane", empty=unknown)
                yield ContentList(id="content", classes="pane", empty=desk_counts.NO_CONTENT)
                yield LogList(id="log", classes="pane", empty="Nothing has happened yet.")
            with Vertical(id="middle"):
                yield Thread(id="thread")
                yield Composer(self.session, coach=self.coach, me=self.me, id="composer")
            with Vertical(id="right"):
                yield Inbox(id="inbox-side", classes="side", empty="Nothing has come to you directly.")
                yield Team(id="team-side", classes="side")
                yield MoodBox(id="mood")
        yield Feed(id="strip", compact=True)
        with Horizontal(id="filtering"):
            yield Static("Filter:", id="filter-label")
            yield Field(id="filter", placeholder="words, theme: channel: author: need: mood: late", compact=True)
        yield Outbox(id="outbox")
        yield Marker(id="marker")
        yield Foot(id="foot")
        yield Static("", id="small")

    def on_mount(self) -> None:
        """Start the clock."""
        for number, (name, title) in enumerate(NAMES.items(), start=1):
            self.pane(name).border_title = f"{number} {title}"
        self.query_one("#inbox-side").border_title = "3 Inbox"
        self.query_one("#team-side").border_title = "4 Team"
        self.query_one("#strip").border_title = "2 Feed"
        self.query_one("#thread").border_title = "8 Thread"
        for pane in self.query(VirtualList):
            pane.called, pane.seat = self.called, self.session.seat
        desk = self.session.desk
        for feed in self.query(Feed):
            feed.answers, feed.waiting_with = desk.answers, desk.waiting_with
            feed.read(desk.feed)
        self.query_one(ContentList).owners = owners(self.session.drill.plan, self.session.drill.scenario)
        for inbox in self.query(Inbox):
            inbox.script = self.script
        for team in self.query(Team):
            team.names = {key: view.colleague.name for key, view in self.session.desk.contacts.items()}
        self.queue.focus()
        self.paint()
        self.set_interval(TICK, self.tick)

    @property
    def queue(self) -> Queue:
        return self.query_one("#queue", Queue)

    @property
    def feed(self) -> Feed:
        """The one with the keyboard, else the one in sight: the pane, or the strip below a wide desk."""
        if isinstance(self.focused, Feed):
            return self.focused
        strip = self.query_one("#strip", Feed)
        return strip if strip.display and self.pane_name != "feed" else self.query_one("#feed", Feed)

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
            self.say(f"The drill cannot go on: {error} Leave with ^q; the run is kept.", "error")
            return
        if not self.session.paused:
            self.outbox.advance(now - self._ticked)
        self._ticked = now
        if self.session.ended:
            self._end()
        elif int(now) != self._second or (self._changed and now - self._painted >= PAINT):
            self.paint()

    def action_ghost(self) -> None:
        """Show the run before at this moment, or hide it."""
        if not self.query_one(GhostLine).toggle():
            self.say("You have not finished this drill with this luck before.")

    def rest(self) -> None:
        """Touch the session no more."""
        self._over = True

    def _end(self) -> None:
        self._over = True
        self.close_dialogs()
        self.paint()
        ended = self.session.desk.ended
        if ended is None or ended.why != "stopped":
            from tui.screens.endex import EndexScreen

            unsent = [one.job.title for one in self.outbox.waiting]
            writing = self.composer.open
            self.app.push_screen(EndexScreen(self.session, unsent, writing=writing), self._review)
        elif not self.session.alone:  # somebody else has stopped it
            from tui.screens.endex import NoDuffScreen

            self.app.push_screen(NoDuffScreen(called(self.session.stopped_by)))

    def close_dialogs(self) -> None:
        """Shut whatever lies over the desk, as esc would: nothing can be answered any more."""
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.screen.dismiss(None)

    def _review(self, _answer: None = None) -> None:
        cast("StormdrillApp", self.app).open_review(self.session)

    def paint(self) -> None:
        """Show what holds now."""
        now, changed, session = self.clock(), self._changed, self.session
        self._painted, self._changed = now, Changed.NOTHING
        second, self._second = int(now) != self._second, int(now)
        if self.queue.touched:
            self._touched, self.queue.touched = now, False
        rows = self.rows() if changed or second else []
        if changed or second:
            self.queue.soon_ms = round(60_000 * session.pace)
            self.queue.offer(rows, session.now_ms)
            if now - self._touched >= QUIET:
                self.queue.settle()
        desk_lists.paint(self, changed, int(now) if second else -1)
        if changed & (Changed.TEAM | Changed.LOG | Changed.INBOX):
            for what, how in self.verdicts.news(session):
                if session.alone:
                    self.say(what, how)
                else:
                    self.heard.nudges.append(desk_room.Nudge(what, "pane-team"))
        desk_room.speak(self)
        if changed & (Changed.POSTS | Changed.INBOX | Changed.FACTS | Changed.TEAM):
            self._show_thread()
        if second or changed:
            self.advised = self.advice(rows)
            if second:
                desk_coach.look(self)
            if self.composer.open:
                self.composer.sign_off()
            desk_counts.paint(self, rows)
            self.lens_line()

    def rows(self) -> list[Waiting]:
        """The queue as it is now."""
        jobs = [one.job for one in self.outbox.waiting]
        leaving = {key for job in jobs for key in (job.target, *job.also)}
        newest = READ if self.queue.view.search else MOST_OPENED + 1
        takes_down = self.session.may("delete")
        return waiting(self.session.desk, self.kept(), leaving, newest, self.script, takes_down=takes_down)

    def script(self, item: InboxItem) -> Script:
        """Whether an item is the script's, in the name of somebody who is played."""
        return script_of(self.session, item)

    def kept(self) -> list[str]:
        """The slots of what was written and neither sent nor on its way."""
        leaving = {one.job.slot for one in self.outbox.waiting}
        return [slot for slot, text in self.session.drafts.items() if text.strip() and slot not in leaving]

    def advice(self, rows: Sequence[Waiting] | None = None) -> str:
        """The coach's word."""
        session = self.session
        open_rows = self.rows() if rows is None else rows
        drill = session.drill
        return next_step(
            session.desk, open_rows, session.now_ms, drill.plan, session.seat, answer_first=drill.answer_first
        )

    def _show_thread(self, fresh: bool = False) -> None:
        if not self.thread.region and not fresh and not self.has_class("-reading"):
            return
        thread, was = self.thread, self.thread.current_key
        job = self.composer.job
        low = self.app.size.height < 30
        show: Show = "facts" if low and job is not None and job.do in ("publish", "hub") else "all"
        desk, shown = self.session.desk, self._shown
        desk_counts.frame_thread(self, show)
        thread.now_ms = self.session.now_ms
        if shown.author and job is None:
            thread.show(history(desk, shown.author))
        else:
            item = desk.inbox.get(shown.key)
            script = self.script(item) if item is not None else NO_SCRIPT
            replies = job is None and self.session.may("reply")
            thread.show(parts(desk, shown.key, shown.row, show=show, script=script, replies=replies))
        if fresh or not was:
            thread.scroll_home(animate=False, immediate=True)
            thread.cursor = max(0, thread.index_of(shown.key))
            if shown.key in desk.contacts:  # a talk is read from its end
                thread.action_end()
        thread.total = len(thread.items)

    @property
    def speaking(self) -> bool:
        """Whether a word stands above the keys."""
        return self.query_one(Marker).speaking(self.clock())

    def say(self, text: str, severity: str = "information") -> None:
        """A short word above the keys, for some seconds. Nothing is covered by it."""
        self.query_one(Marker).say(clean(text), severity, self.clock())
        self.marker()

    def marker(self) -> None:
        """What is new, and the coach's word."""
        desk_counts.marker(self)
        self.lens_line()

    def lens_line(self) -> None:
        """What part of the list is looked at."""
        pane = self._last
        key = "channel" if pane is not None and pane.view.channel else "theme"
        self.query_one(Lens).show(pane, self.counts(pane, key) if pane is not None else (), self.called)

    def counts(self, pane: VirtualList[Any], key: str) -> list[tuple[str, int]]:
        """All, then the themes or channels of a list in the scenario's order, each with how many."""
        scenario = self.session.desk.scenario
        known = [one.id for one in (scenario.themes if key == "theme" else scenario.channels)]
        many = pane.themes if key == "theme" else pane.channels
        order = [*known, *sorted(set(many) - set(known))]
        return [("", pane.total), *[(one, many[one]) for one in order if many[one]]]
