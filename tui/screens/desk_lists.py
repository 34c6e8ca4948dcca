"""What fills the desk's lists: each from what changed, and each anew when another part of it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.desk import Changed
from tui.room import room_of
from tui.widgets.content_board import ContentList
from tui.widgets.feed import Feed
from tui.widgets.panes import Facts, Inbox, LogList
from tui.widgets.queue import Queue
from tui.widgets.team import Team, team_lines
from tui.widgets.virtual import VirtualList

if TYPE_CHECKING:
    from tui.screens.desk_view import DeskView

LIKES = 5
"""After so many seconds the feed counts its likes anew."""


def paint(screen: DeskView, changed: Changed, second: int) -> None:
    """Bring every list up to date. `second`: the second that has just begun, or -1."""
    session, desk = screen.session, screen.session.desk
    soon = round(60_000 * session.pace)
    for inbox in screen.query(Inbox):
        inbox.now_ms, inbox.soon_ms = session.now_ms, soon
        if changed & Changed.INBOX:
            refill(screen, inbox)
        elif second >= 0:
            inbox.redraw()
    if changed & (Changed.POSTS | Changed.INBOX) or (second >= 0 and second % LIKES == 0):
        _feeds(screen)
    stating = () if (room := room_of(session)) is None else room.stating
    joined = any((team.seats, team.stating) != (session.seats, stating) for team in screen.query(Team))
    came = screen.outcomes.look(session, looking=isinstance(screen.focused, Team))
    if joined or came or changed & (Changed.TEAM | Changed.LOG | Changed.INBOX):
        for team in screen.query(Team):
            team.seats, team.stating = session.seats, stating
            refill(screen, team)
            if (screen.verdicts.fresh(desk) or (came and screen.outcomes.fresh)) and not team.has_focus:
                team.action_top()
    if changed & Changed.FACTS:
        refill(screen, screen.query_one(Facts))
    contents = screen.query_one(ContentList)
    contents.now_ms, contents.soon_ms = session.now_ms, soon
    if changed & Changed.CONTENT:
        refill(screen, contents)
    elif second >= 0:
        contents.redraw()
    if changed & Changed.LOG:
        _log(screen)


def refill(screen: DeskView, pane: VirtualList[Any]) -> None:
    """One list, whole, as its view wants it."""
    desk = screen.session.desk
    if isinstance(pane, Queue):
        pane.offer(screen.rows(), screen.session.now_ms)
        pane.release()
    elif isinstance(pane, Feed):
        pane.fill(desk.feed)
    elif isinstance(pane, Inbox):
        pane.fill(list(reversed(desk.inbox.values())))
    elif isinstance(pane, Team):
        pane.fill(team_lines(desk, screen.me, screen.outcomes.lines(), screen.outcomes.decided()))
    elif isinstance(pane, Facts):
        pane.fill(list(desk.facts.values()))
    elif isinstance(pane, ContentList):
        pane.fill(sorted(desk.contents.values(), key=lambda view: view.content.at))
    elif isinstance(pane, LogList):
        pane.fill(desk.log)
    else:
        pane.redraw()


def _feeds(screen: DeskView) -> None:
    for feed in screen.query(Feed):
        feed.now_ms = screen.session.now_ms
        for key in feed.expanded:
            feed.remeasure(feed.index_of(key))
        feed.redraw()
        if feed.region:
            feed.catch_up()


def _log(screen: DeskView) -> None:
    log = screen.query_one(LogList)
    at_end = log.cursor >= len(log.items) - 1
    log.extend(log.counted(screen.session.desk.log[log.total :]))
    if at_end and not log.has_focus:
        log.action_end()
    log.refresh()
