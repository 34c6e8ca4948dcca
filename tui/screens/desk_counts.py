"""The desk's lines around the lists: head, tabs, mood, what is new, and what stands when there is no room for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input, Static

from scenarios.moments import show_moment
from tui import keys
from tui.glyphs import level_word, mood_word, some
from tui.room import offers, standing_still
from tui.widgets.content_board import ContentList
from tui.widgets.feed import Feed
from tui.widgets.foot import Tabs
from tui.widgets.header import DeskHeader
from tui.widgets.marker import Marker
from tui.widgets.mood import MoodBox
from tui.widgets.panes import Inbox
from tui.widgets.thread import NO_THREAD, Show
from tui.widgets.virtual import VirtualList
from tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from tui.screens.desk_view import DeskView

NAMES = {"queue": "Queue", "feed": "Feed", "inbox": "Inbox", "team": "Team", "facts": "Facts",
         "content": "Content", "log": "Log"}  # fmt: skip

NO_TALK = "A scheduled {kind} has no thread."
NOT_OF = {"scheduled": ("resume",), "edited": ("resume",), "paused": ("pause",), "fired": ("pause", "resume", "edit")}
"""The keys that do nothing to a row of scheduled content, by how it stands."""
OF_CONTENT = ("{edit} changes its words", "{pause} holds it", "{resume} lets it go")
NO_CONTENT = "Nothing is scheduled that you know of."
NO_FACTS = "Nothing is known for certain yet. {keep} keeps what you write; then {ask} asks whoever may know."


def late_of(rows: Sequence[Waiting], now_ms: int) -> int:
    """How many rows are past their time."""
    return sum([1 for row in rows if 0 <= row.row.due_ms < now_ms])


def ordered(screen: DeskView) -> str:
    """By what the queue is ordered: `time left`, or with harm before it where the pace asks for that."""
    order = screen.queue.order
    return f"harm, then {order}" if order == "time left" and screen.session.desk.harm_first else order


def news(screen: DeskView) -> str:
    """`+2`: what has come to the inbox since one looked, besides what waits for an answer and is counted."""
    items, seen = screen.session.desk.inbox, screen.inbox_seen
    if any(inbox.region for inbox in screen.query(Inbox)):
        seen.update(items)
    unread = sum([1 for key, item in items.items() if key not in seen and not item.waiting])
    return f"+{unread}" if unread else ""


def lit(screen: DeskView) -> str:
    """The pane whose tab is lit: the one with the keyboard, where it has a tab, else the one on the left."""
    at = screen.focused
    name = (at.id or "").removesuffix("-side").replace("strip", "feed") if isinstance(at, VirtualList) else ""
    return name if name in NAMES else screen.pane_name


def paint(screen: DeskView, rows: Sequence[Waiting]) -> None:
    """Bring all of them up to date."""
    session, desk = screen.session, screen.session.desk
    late = late_of(rows, session.now_ms)
    screen.query_one(DeskHeader).paint(session, late, len(rows))
    counts = {
        "queue": len(rows),
        "inbox": sum([1 for item in desk.inbox.values() if item.waiting]),
        "team": sum([1 for view in desk.approvals.values() if view.state == "waiting"]),
        "facts": len(desk.facts),
        "content": sum([1 for view in desk.contents.values() if view.state in ("scheduled", "edited")]),
    }
    words = {name: str(counts.get(name) or "") for name in NAMES}
    words["feed"] = f"+{unseen}" if (unseen := screen.feed.unseen) else ""
    words["team"] = f"{words['team']} +{fresh}".strip() if (fresh := screen.outcomes.fresh) else words["team"]
    words["inbox"] = f"{words['inbox']} {news(screen)}".strip()
    screen.query_one(Tabs).paint([(name, NAMES[name], words[name]) for name in NAMES], lit(screen))
    needs: dict[str, int] = {}
    for row in rows:
        needs[row.row.need] = needs.get(row.row.need, 0) + 1
    screen.query_one(MoodBox).paint(session, late, needs)
    screen.queue.border_subtitle = Content(f"by {ordered(screen)}")
    screen.query_one(ContentList).empty = _with(screen, NO_CONTENT, ("{sweep} sweeps",))
    marker(screen)
    words_ = (
        f"EXERCISE\n{show_moment(session.now_ms)}\n{len(rows)} open, {late} late\n"
        f"anger {desk.anger}, {mood_word(desk.anger)}\n{level_word(desk.level)}\n\n"
        "The drill goes on.\nMake the window larger:\n60 x 18 at least."
    )
    screen.query_one("#small", Static).update(Content(words_), layout=False)


def frame_thread(screen: DeskView, show: Show) -> None:
    """What the pane of the thread is called, and what it says while there is none. `show`: what it has room for."""
    desk, shown, thread = screen.session.desk, screen._shown, screen.thread
    kind = "Author" if shown.author else "Conversation" if shown.key in desk.contacts else "Thread"
    thread.border_title = f"8 {kind}"
    thread.empty = NO_THREAD
    if show == "facts":
        thread.empty = keys.told(NO_FACTS)
    elif shown.key in desk.contents:
        view = desk.contents[shown.key]
        ways = [one for one in OF_CONTENT if not any(f"{{{id_}}}" in one for id_ in NOT_OF[view.state])]
        thread.empty = _with(screen, NO_TALK.format(kind=view.content.kind), ways)


def _with(screen: DeskView, text: str, ways: Sequence[str]) -> str:
    """Our own words, and what this seat may do about it."""
    return f"{text} {keys.told(keys.ways(ways, {key.id for key in offers(screen.session)}))}".strip()


def marker(screen: DeskView) -> None:
    """What is new, held back or kept, and the coach's word."""
    notes: list[str] = []
    if screen.session.paused:
        mine = keys.told("The clock stands still: you can read and write. {pause-drill} lets it run")
        notes.append(standing_still(screen.session) or mine)
    at = screen.focused if isinstance(screen.focused, VirtualList) else None
    if at is not None and at.bullets and at.marked:
        notes.append(f"{len(at.marked)} marked")
    if at is not None and at.below:
        notes.append(f"{at.below} more below")
    if held := screen.queue.held:
        late = late_of(held, screen.session.now_ms)
        urgent = f", {late} of them late" if late else ""
        since = show_moment(min([row.since_ms for row in held]))
        notes.append(f"{len(held)} new in the queue since {since}{urgent} ({keys.named('last')} shows them)")
    for feed in screen.query(Feed):
        if feed.unseen and feed.display and not feed.following:
            since, follow = show_moment(feed.unseen_since_ms), keys.named("follow")
            notes.append(f"{feed.unseen} new in the feed since {since} ({follow} follows)")
            break
    if fresh := screen.outcomes.fresh:
        way = f": {keys.named('pane-team')} shows {'it' if fresh == 1 else 'them'}" if at is not None else ""
        notes.append(f"{fresh} new from the team{way}")
    open_slot = screen.composer.job.slot if screen.composer.job else ""
    if others := [slot for slot in screen.kept() if slot != open_slot]:
        notes.append(f"{some(len(others), 'draft')} kept")
    hidden = bool(screen.queue.view) or isinstance(screen.focused, Input)  # the row it names, or its keys are letters
    quiet = screen.coach != "on" or screen.session.paused or screen.composer.open or hidden
    screen.query_one(Marker).paint(notes, "" if quiet else screen.advised, screen.clock())
