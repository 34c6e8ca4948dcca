"""What the console shows, and when: its panes, its clock, its painting.

Rules
1. The session ticks 20 times a second; lists are repainted at most four times a second, clock and counters once.
2. Everything shown is the desk's fold or the helm's (`drills.room.steered`); the screen remembers nothing but where the
   cursor is, and what was typed and not sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from drills.desk import Changed
from drills.errors import DrillError
from drills.room.msel import Entry
from drills.room.steered import Helm
from scenarios.text import clean
from tui import keys
from tui.room import called
from tui.screens import console_fill
from tui.screens.console_cast import CastList, CastRow
from tui.screens.console_detail import detail
from tui.screens.console_fill import NAMES
from tui.screens.console_head import BeforeStart, ConsoleHead
from tui.screens.console_lists import RuledList
from tui.screens.console_notes import NoteList
from tui.screens.console_seats import ControlView, SeatList, SeatRow
from tui.screens.console_timeline import Timeline, next_key
from tui.screens.help_words import help_words
from tui.widgets.feed import Feed
from tui.widgets.foot import Foot, Tabs
from tui.widgets.marker import Marker
from tui.widgets.measured import Measured
from tui.widgets.mood import MoodBox
from tui.widgets.page import Page
from tui.widgets.panes import LogList

if TYPE_CHECKING:
    from tui.app import StormdrillApp

TICK, PAINT = 0.05, 0.25
ABOUT = """
You lead the exercise from here: the team does not see this screen. The timeline holds the whole story: what has
happened, what is to come and what waits for your word. Whatever you do is on the record, and a replay does it again.
"""


class ConsoleView(Screen[None]):
    """See the module's rules."""

    CSS_PATH = "console.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short"), (30, "-tall"), (40, "-high")]
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("console")]
    SCOPES = ("app", "console")

    def __init__(self, session: ControlView, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.session = session
        self.clock = clock
        self.helm = Helm(session.drill.scenario)
        self.pane_name = "timeline"
        self._told = 0
        """How many events of the log the helm has taken."""
        self._changed = ~Changed.NOTHING
        self._painted = clock()
        self._second = -1
        self._state: tuple[object, ...] = ()
        self._over = False
        self.follows = True
        """Whether the timeline's cursor stays on what comes next: until somebody moves it."""
        self.led_to = ""
        """The row to which it was moved so; '' to move it wherever it is."""

    @property
    def HELP(self) -> str:  # type: ignore[override]  # noqa: N802
        """What it is for, and its keys."""
        return help_words("Exercise control", ABOUT, "console", "form")

    # -- widgets -----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield ConsoleHead(id="head")
        yield Tabs(id="tabs")
        yield BeforeStart(id="before")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Timeline(id="timeline", classes="pane -on", empty="The scenario holds nothing.")
                yield SeatList(id="seats", classes="pane")
                yield CastList(id="people", classes="pane")
                nothing = keys.told("Nothing is noted yet. {observe} writes a note, for the hotwash.")
                yield NoteList(id="notes", classes="pane", empty=nothing)
                with Vertical(id="desk", classes="pane"):
                    yield Feed(id="feed")
                    yield LogList(id="log", empty="The team has done nothing yet.")
                yield Page(self._detail, id="below")
            with Vertical(id="right"):
                yield Page(self._detail, id="beside")
                yield SeatList(id="seats-side", classes="side")
                yield NoteList(id="notes-side", classes="side", empty=nothing)
                yield MoodBox(id="mood")
        yield Marker(id="marker")
        yield Foot(id="foot")
        yield Static("", id="small")

    def on_mount(self) -> None:
        """Start the clock."""
        for number, (name, title) in enumerate(NAMES.items(), 1):
            self.query_one(f"#{name}").border_title = f"{number} {title}"
        self.query_one("#seats-side").border_title = "2 Seats"
        self.query_one("#notes-side").border_title = "4 Notes"
        self.query_one("#log").border_title = "What the team did"
        for name in ("#below", "#beside"):
            self.query_one(name).border_title = "About it"
        scenario, desk = self.session.drill.scenario, self.session.desk
        feed = self.query_one(Feed)
        feed.answers, feed.waiting_with = desk.answers, desk.waiting_with
        feed.read(desk.feed)
        feed.called = {one.id: one.title for one in scenario.themes} | {one.id: one.name for one in scenario.channels}
        self.add_class("-told")
        self.timeline.focus()
        self.tick()
        self.paint()
        self.set_interval(TICK, self.tick)

    @property
    def timeline(self) -> Timeline:
        return self.query_one(Timeline)

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
            self.say(f"The exercise cannot go on here: {error} Leave with ^q; the run is kept.", "error")
            return
        for what in self.session.told():
            self.say(what, "warning")
        self.learn()
        if self.session.ended:
            self._end()
        elif int(now) != self._second or self._moved_on() or (self._changed and now - self._painted >= PAINT):
            self.paint()

    def _moved_on(self) -> bool:
        """Whether the clock or the seats stand otherwise than when this was last asked."""
        session = self.session
        state = (session.paused, session.pace, tuple(session.seats.items()), tuple(session.ready))
        moved, self._state = state != self._state, state
        if moved:
            self.foot()
        return moved

    def learn(self) -> None:
        """Take what is new in the log."""
        fresh = self.session.events[self._told :]
        for event in fresh:
            self.helm.apply(event)
        if fresh:
            self._told += len(fresh)
            self._changed |= Changed.LOG

    def rest(self) -> None:
        """Touch the session no more."""
        self._over = True

    def _end(self) -> None:
        self._over = True
        self.close_dialogs()
        self.paint()
        from tui.screens.endex import EndexScreen, NoDuffScreen

        ended = self.session.desk.ended
        if ended is not None and ended.why == "stopped":
            self.app.push_screen(NoDuffScreen(called(self.session.stopped_by)))
        else:
            self.app.push_screen(EndexScreen(self.session), self._review)

    def _review(self, _answer: None = None) -> None:
        cast("StormdrillApp", self.app).open_review(self.session)

    def close_dialogs(self) -> None:
        """Shut whatever lies over the console, as esc would."""
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.screen.dismiss(None)

    # -- painting ----------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Show what holds now."""
        session, helm = self.session, self.helm
        self._painted, self._changed, self._second = self.clock(), Changed.NOTHING, int(self.clock())
        self.query_one(ConsoleHead).paint(session, helm)
        before = self.query_one(BeforeStart)
        before.display = not session.begun
        if before.display:
            before.paint(session)
        console_fill.lists(self)
        console_fill.counters(self)
        for name in ("#below", "#beside"):
            page = self.query_one(name, Page)
            if page.region:
                page.repaint()
        console_fill.load(self)
        console_fill.small(self)
        self.marker()
        self.foot()

    def marker(self) -> None:
        """What stands above the keys."""
        console_fill.marker(self)

    def say(self, text: str, severity: str = "information") -> None:
        """A short word above the keys, for some seconds."""
        self.query_one(Marker).say(clean(text), severity, self.clock())
        self.marker()

    def _detail(self, width: int) -> Content:
        return detail(self.row, self.session, self.helm, width)

    # -- where the keyboard is ---------------------------------------------------------------------------------

    @property
    def row(self) -> Entry | SeatRow | CastRow | object:
        """What the row under the cursor of the pane in front is, or None."""
        pane = self.list_
        return pane.chosen if isinstance(pane, RuledList) else pane.current

    @property
    def list_(self) -> Measured[Any]:
        """The list that keys mean."""
        if isinstance(self.focused, Measured):
            return self.focused
        name = self.pane_name if self.pane_name != "desk" else "feed"
        return cast("Measured[Any]", self.query_one(f"#{name}"))

    def action_pane(self, name: str) -> None:
        """Bring a pane to the front and give it the keyboard."""
        beside = self.query(f"#{name}-side")
        if beside and beside.first().region and self.pane_name != name:
            beside.first().focus()
            return
        self.pane_name = name
        for other in NAMES:
            self.query_one(f"#{other}").set_class(other == name, "-on")
        self.set_class(name in ("timeline", "seats", "people"), "-told")
        (self.query_one("#feed") if name == "desk" else self.query_one(f"#{name}")).focus()
        self.paint()

    def show_post(self, key: str) -> None:
        """A post, in the feed that the team sees."""
        feed = self.query_one(Feed)
        self.action_pane("desk")
        if (at := feed.index_of(key)) >= 0:
            feed.cursor, feed.following = at, False

    def action_next_pane(self, by: int) -> None:
        """The next list on the screen; what is told about its row has its turn too."""
        found = [one for one in self.query("*") if isinstance(one, Measured | Page) and one.region and one.can_focus]
        at = found.index(self.focused) if self.focused in found else 0
        if found:
            found[(at + by) % len(found)].focus()

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        self.foot()
        self.marker()
        console_fill.counters(self)
        self._tell()

    @on(Measured.Moved)
    def _moved(self, event: Measured.Moved) -> None:
        if event.pane is self.timeline:
            self.follows = event.key == next_key(self.helm.timeline(), self.session.now_ms)
            self.led_to = event.key
        self.foot()
        self.marker()
        self._tell()

    def _tell(self) -> None:
        for name in ("#below", "#beside"):
            page = self.query_one(name, Page)
            if page.region:
                page.repaint(self._detail)

    def on_resize(self) -> None:
        """What had the keyboard keeps it, whatever the size."""
        self.call_after_refresh(self._resettle)

    def _resettle(self) -> None:
        if self.focused is None or not self.focused.region:
            self.action_pane(self.pane_name)
        self._second = -1
        self.foot()
        self.paint()

    def foot(self) -> None:
        """What the keys do here."""
        pane = (self.list_.id or "").removesuffix("-side")
        pane = f"console-{'desk' if pane in ('feed', 'log') else pane}"
        run = "Begin (STARTEX)" if not self.session.begun else "Run" if self.session.paused else "Freeze"
        self.query_one(Foot).paint(pane, {"run": run, **console_fill.labels(self)})

