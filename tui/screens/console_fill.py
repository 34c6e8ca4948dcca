"""What fills the console's lists and its lines around them: each from the desk's fold or the helm's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from drills.room.msel import Entry
from drills.room.notes import Note
from scenarios.moments import show_moment
from tui import keys
from tui.screens.console_cast import CastList, cast_rows
from tui.screens.console_late import late_rows
from tui.screens.console_notes import NoteList
from tui.screens.console_seats import SeatList, seat_rows
from tui.screens.console_timeline import next_key, timeline_rows
from tui.widgets.feed import Feed
from tui.widgets.foot import Tabs
from tui.widgets.marker import Marker
from tui.widgets.measured import Measured
from tui.widgets.mood import MoodBox
from tui.widgets.panes import LogList

if TYPE_CHECKING:
    from tui.screens.console_view import ConsoleView

NAMES = {"timeline": "Timeline", "seats": "Seats", "people": "Team & cast", "notes": "Notes", "desk": "Desk"}


def lists(screen: ConsoleView) -> None:
    """Bring every list up to date."""
    session, helm, timeline = screen.session, screen.helm, screen.timeline
    entries = helm.timeline()
    timeline.now_ms = session.now_ms
    timeline.refill(timeline_rows(entries, session.now_ms, session.ends_ms))
    if screen.follows and screen.led_to in ("", timeline.current_key):  # else somebody has just moved it
        timeline.to(next_key(entries, session.now_ms))
        screen.led_to = timeline.current_key
    rows, late = seat_rows(session, helm), late_rows(session.desk, session.now_ms)
    for seats in screen.query(SeatList):
        seats.fill_seats(rows, late)
    people = screen.query_one(CastList)
    people.now_ms = session.now_ms
    people.refill(cast_rows(session, helm))
    for notes in screen.query(NoteList):
        notes.fill_notes(helm.notes)
    _desk(screen)


def _desk(screen: ConsoleView) -> None:
    """What the team sees, and what it did."""
    feed, log, desk = screen.query_one(Feed), screen.query_one(LogList), screen.session.desk
    feed.now_ms = screen.session.now_ms
    feed.redraw()
    feed.catch_up()
    log.extend(log.counted(desk.log[log.total :]))
    if not log.has_focus:
        log.action_end()
    log.refresh()


def counters(screen: ConsoleView) -> None:
    """The tabs, with how much is in each pane."""
    helm, session = screen.helm, screen.session
    here = sum([1 for seat, here in session.seats.items() if here and seat != session.seat])
    counts = {"seats": here, "people": len(helm.drafts), "notes": len(helm.notes), "desk": len(session.desk.queue())}
    tabs = [(name, title, str(counts.get(name) or "")) for name, title in NAMES.items()]
    screen.query_one(Tabs).paint(tabs, lit(screen))


def lit(screen: ConsoleView) -> str:
    """The pane whose tab is lit: the one with the keyboard, where it has a tab, else the one on the left."""
    name = (screen.focused.id or "").removesuffix("-side") if isinstance(screen.focused, Measured) else ""
    return name if name in NAMES else screen.pane_name


STEERS = ("fire", "hold", "skip", "later", "move", "observe", "intensity", "nudge", "speak", "decide-for", "away")


def labels(screen: ConsoleView) -> dict[str, str]:
    """What the keys of the last line do to the row under the cursor, by their ids; '' for those that can't do anything
    there. Without a connection the facilitator does nothing at all."""
    if screen.session.lost:
        return dict.fromkeys((*STEERS, "run"), "")
    row = screen.row
    if not isinstance(row, Entry):
        return {"fire": "Correct" if isinstance(row, Note) else ""}
    if row.done or row.kind in ("content", "truth"):
        return dict.fromkeys(("fire", "hold", "skip"), "")
    if row.kind == "fact":
        return {"fire": "Reveal", "hold": "" if row.held else "Hold", "skip": ""}
    if row.skipped:
        return {"hold": "", "skip": ""}
    return {"hold": "Let go"} if row.held else {}


def load(screen: ConsoleView) -> None:
    """How the public is, and what the team has to do."""
    late, needs = 0, dict[str, int]()
    for row in screen.session.desk.queue():
        late += 0 <= row.due_ms < screen.session.now_ms
        needs[row.need] = needs.get(row.need, 0) + 1
    screen.query_one(MoodBox).paint(screen.session, late, needs)


ABOUT = "About it"


def marker(screen: ConsoleView) -> None:
    """What stands above the keys: why nothing goes on; and at the lists, what of them is out of sight."""
    session = screen.session
    notes = []
    lost = "No connection: nothing you do arrives until it is back." if session.lost else ""
    if session.paused and session.begun and not lost:
        notes.append(keys.told("The clock stands still: {run} lets it run"))
    if not screen.follows and screen.pane_name == "timeline":
        notes.append(keys.told("{next-inject} goes to what comes next"))
    screen.query_one(Marker).paint(notes, "", screen.clock(), lost)
    _below(screen)


def _below(screen: ConsoleView) -> None:
    """How much of a list is out of sight: in its frame, or in the line that parts it from what is said about a row."""
    under = ""
    for pane in screen.query(Measured):
        more = f"{pane.below} more below" if pane.region and pane.below else ""
        if pane.border_subtitle != more:
            pane.border_subtitle = more
        if pane.has_class("pane") and pane.region:
            under = f"▼ {pane.below} more ── About it" if more else ""
    if (about := screen.query_one("#below")).border_title != (under or ABOUT):
        about.border_title = under or ABOUT


def small(screen: ConsoleView) -> None:
    """What stands where there is no room for more."""
    words = (
        f"EXERCISE CONTROL\n{show_moment(screen.session.now_ms)}\n\n"
        "The exercise goes on.\nMake the window larger:\n60 x 18 at least."
    )
    screen.query_one("#small", Static).update(Content(words), layout=False)
