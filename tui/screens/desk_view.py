"""What the desk shows, and when: its widgets, its clock, its painting.

Rules
1. The session ticks 20 times a second; lists are repainted at most four times a second, clock and counters once.
2. What is repainted follows from what changed (`Changed`), and from nothing else but time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from drills.desk import Changed, PostView
from drills.errors import DrillError
from scenarios.moments import show_moment
from scenarios.text import clean
from tui import keys
from tui.glyphs import level_word, mood_word, some
from tui.next_step import next_step
from tui.safe import line
from tui.screens.desk_target import Target
from tui.session_view import SessionView
from tui.widgets.composer import Composer
from tui.widgets.feed import Feed
from tui.widgets.foot import Foot, Tabs
from tui.widgets.header import DeskHeader
from tui.widgets.marker import Marker
from tui.widgets.mood import MoodBox
from tui.widgets.outbox import Outbox
from tui.widgets.panes import ContentList, Facts, Inbox, LogList, Team, team_lines
from tui.widgets.queue import Queue, Waiting, waiting
from tui.widgets.thread import Show, Thread, parts
from tui.widgets.virtual import VirtualList

PANES = ("queue", "feed", "inbox", "team", "facts", "content", "log")
NAMES = {"queue": "Queue", "feed": "Feed", "inbox": "Inbox", "team": "Team", "facts": "Facts",
         "content": "Content", "log": "Log"}  # fmt: skip
TICK = 0.05
PAINT = 0.25
NO_THREAD = "Choose a row: its thread is shown here."
NO_FACTS = "Nothing is known for certain yet. esc keeps what you write; then q asks whoever may know."
LIKES = 5
"""After so many seconds the feed counts its likes anew."""
QUIET = 5.0
"""After so many seconds without a key the queue takes in what is new."""


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
        self._fed = 0
        self._words = ""
        self._flagged: list[tuple[str, tuple[str, ...], str]] = []
        self._over = False
        self._touched = clock()
        self._advice = ""
        self._verdicts: dict[str, str] = {}
        self.coach = session.coach

    # -- widgets -----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
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
                yield Composer(self.session, coach=self.coach, id="composer")
            with Vertical(id="right"):
                yield Inbox(id="inbox-side", classes="side", empty="Nothing has come to you directly.")
                yield Team(id="team-side", classes="side")
                yield MoodBox(id="mood")
        yield Feed(id="strip", compact=True)
        yield Input(id="filter", placeholder="only rows with these words", compact=True)
        yield Outbox(id="outbox")
        yield Marker(id="marker")
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
        self.close_dialogs()
        self.paint()
        ended = self.session.desk.ended
        if ended is None or ended.why != "stopped":
            from tui.screens.endex import EndexScreen

            self.app.push_screen(EndexScreen(self.session), self._review)

    def close_dialogs(self) -> None:
        """Shut whatever lies over the desk, as esc would: nothing can be answered any more."""
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.screen.dismiss(None)

    def _review(self, _answer: None = None) -> None:
        self.app.open_review(self.session)  # type: ignore[attr-defined]

    def paint(self) -> None:
        """Show what holds now."""
        now, changed, session = self.clock(), self._changed, self.session
        self._painted, self._changed = now, Changed.NOTHING
        second, self._second = int(now) != self._second, int(now)
        desk, soon = session.desk, round(60_000 * session.pace)
        rows = self.rows() if changed or second else []
        if self.queue.touched:
            self._touched, self.queue.touched = now, False
        if changed or second:
            self.queue.soon_ms = soon
            self.queue.offer(rows, session.now_ms)
            if now - self._touched >= QUIET:
                self.queue.release()
        if changed & (Changed.POSTS | Changed.INBOX) or (second and int(now) % LIKES == 0):
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
                if len(desk.approvals) > len(self._verdicts):
                    team.action_top()
            self._approvals()
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
            self._advice = self.advice(rows)
            self._counters(len(rows), sum([1 for row in rows if 0 <= row.row.due_ms < session.now_ms]), rows)

    def rows(self) -> list[Waiting]:
        """The queue as it is now."""
        jobs = [one.job for one in self.outbox.waiting]
        return waiting(self.session.desk, self.kept(), {key for job in jobs for key in (job.target, *job.also)})

    def kept(self) -> list[str]:
        """The slots of what was written and neither sent nor on its way."""
        leaving = {one.job.slot for one in self.outbox.waiting}
        return [slot for slot, text in self.session.drafts.items() if text.strip() and slot not in leaving]

    def _approvals(self) -> None:
        """Say it when somebody has decided on a draft of ours."""
        for key, view in self.session.desk.approvals.items():
            if self._verdicts.get(key, "waiting") != view.state:
                what = {
                    "approved": "Approved: choose it under Approval when you publish (w).",
                    "returned": f"Returned: {view.why or 'without a reason'}",
                    "timed out": "Nobody decided on your draft in time.",
                }.get(view.state, "")
                if what:
                    self.say(what, "done" if view.state == "approved" else "warning")
            self._verdicts[key] = view.state

    def _feed(self, rows: Sequence[Waiting]) -> None:
        posts = self.session.desk.posts
        groups = {key: len(row.row.posts) for row in rows for key in row.row.posts}
        fresh = list(posts.values())[self._fed :] if len(posts) > self._fed else []
        self._fed = len(posts)
        for feed in self.query(Feed):
            feed.groups, feed.now_ms = groups, self.session.now_ms
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

    def _counters(self, open_rows: int, late: int, rows: Sequence[Waiting]) -> None:
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
        if self.session.paused:
            parts_.append("The clock stands still, F8 lets it run: you can read and write")
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
        open_slot = self.composer.job.slot if self.composer.job else ""
        if others := [slot for slot in self.kept() if slot != open_slot]:
            parts_.append(f"{some(len(others), 'draft')} kept")
        quiet = self.coach != "on" or self.session.paused or self.composer.open
        self.query_one(Marker).paint(parts_, "" if quiet else self._advice, self.clock())

    def advice(self, rows: Sequence[Waiting] | None = None) -> str:
        """The coach's word."""
        session = self.session
        open_rows = self.rows() if rows is None else rows
        return next_step(session.desk, open_rows, session.now_ms, session.drill.plan, session.seat)

    def _small(self, open_rows: int, late: int) -> None:
        session = self.session
        words = (
            f"EXERCISE\n{show_moment(session.now_ms)}\n{open_rows} open, {late} late\n"
            f"anger {session.desk.anger}, {mood_word(session.desk.anger)}\n{level_word(session.desk.level)}\n\n"
            "The drill goes on.\nMake the window larger:\n60 x 18 at least."
        )
        self.query_one("#small", Static).update(Content(words), layout=False)

    def _show_thread(self, fresh: bool = False) -> None:
        if not self.thread.region and not fresh and not self.has_class("-reading"):
            return
        thread, was = self.thread, self.thread.current_key
        job = self.composer.job
        show: Show = "all"
        if job is not None and self.app.size.height < 30:
            show = "facts" if job.do in ("publish", "hub") else "thread"
        thread.empty = NO_FACTS if show == "facts" else NO_THREAD
        thread.now_ms = self.session.now_ms
        thread.show(parts(self.session.desk, self._shown.key, self._shown.row, show=show))
        if fresh or not was:
            thread.scroll_home(animate=False, immediate=True)
            thread.cursor = max(0, thread.index_of(self._shown.key))

    def say(self, text: str, severity: str = "information") -> None:
        """A short word above the keys, for some seconds. Nothing is covered by it."""
        self.query_one(Marker).say(clean(text), severity, self.clock())
        self._marker()

    def _matches(self, view: PostView) -> bool:
        return not self._words or self._words in f"{view.handle} {view.author} {view.text}".lower()
