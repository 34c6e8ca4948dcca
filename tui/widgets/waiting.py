"""What waits for an answer or an action, as the queue shows it: the desk's rows with the newest words of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from drills.coach.own_posts import gone_out, hurting
from drills.desk import Desk, InboxItem, PostView, Row
from tui import keys
from tui.glyphs import some
from tui.room import NO_SCRIPT, Script
from tui.safe import line

__all__ = ["Waiting", "gone_out", "hurting", "waiting"]


MOST_OPENED = 12
"""How many posts of a group are listed in place; the thread has them all."""
READ = 200
"""A search looks at so many of a group's posts, the newest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the queue with the newest words of its group."""

    row: Row
    who: str
    says: str
    since_ms: int
    flags: tuple[str, ...] = ()
    assigned: str = ""
    draft: bool = False
    """Something has been written for it and not been sent."""
    sending: bool = False
    """Its answer is in the outbox."""
    over: bool = False
    """It waits no longer: answered, dismissed or gone."""
    posts: tuple[PostView, ...] = ()
    """The newest of its posts, the last one last; `row` has the keys of all."""
    item: InboxItem | None = None
    script: str = ""
    """What stands after the name where the script speaks, and not the person who plays."""


def waiting(
    desk: Desk,
    drafts: Iterable[str] = (),
    leaving: Collection[str] = (),
    newest: int = MOST_OPENED + 1,
    script: Callable[[InboxItem], Script] = lambda _: NO_SCRIPT,
    *,
    takes_down: bool = True,
) -> list[Waiting]:
    """The desk's queue, with the words that the rows show. All of it has passed `tui.safe`.

    `drafts`: the slots of what was written and not sent, each a verb and the key it is for. `leaving`: the keys
    whose answers are in the outbox. `newest`: how many posts of each group are looked at. `script`: whether an item is
    the script's, in the name of somebody who is played. `takes_down`: whether one may take own posts down. Those that
    hurt stand first: they want no answer, but an action.
    """
    begun = {part for slot in drafts for part in slot.split(" ")[1:]}
    rows = [
        _item(row, desk.inbox[row.item], script) if row.item else _group(desk, row, newest)
        for row in desk.queue()
        if not (row.item and anothers(desk.inbox[row.item], script))
    ]
    told = [
        replace(
            one,
            draft=bool(begun) and (not begun.isdisjoint(one.row.posts) or one.row.item in begun),
            sending=(one.row.item or one.row.posts[-1]) in leaving,
        )
        for one in rows
    ]
    return [*[_own(view, takes_down) for view in hurting(desk)], *told]


def anothers(item: InboxItem, script: Callable[[InboxItem], Script]) -> bool:
    """Whether it is for the others to answer: the script asks them, in one's own name."""
    return item.medium != "approval" and script(item).mine


def _item(row: Row, item: InboxItem, script: Callable[[InboxItem], Script]) -> Waiting:
    named = replace(row, title=line(row.title, 120))
    words = item.text if item.subject or not item.draft else item.draft
    who, says = line(item.author, 24), line(words, 160)
    return Waiting(named, who, says, item.at_ms, item.flags, item.assigned, item=item, script=script(item).sign)


def _group(desk: Desk, row: Row, many: int) -> Waiting:
    views = tuple([desk.posts[key] for key in row.posts[-many:]])
    newest = views[-1]
    says = line(newest.text, 160)
    named = replace(row, title=says if newest.event.form == "scripted" else line(row.title, 120))
    who = line(newest.handle or newest.author, 24)
    return Waiting(named, who, says, newest.event.at_ms, newest.flags, desk.taken_by(row), posts=views)


def _own(view: PostView, takes_down: bool) -> Waiting:
    event = view.event
    talk = f", {some(view.replies, 'answer')}" if view.replies else ""
    says = f"still up{talk}" + (keys.told(": {delete} takes it down") if takes_down else "")
    row = Row(event.key, line(view.text, 120), "own", -1, event.reach, event.channel, (event.key,))
    who = line(view.handle or view.author, 24)
    return Waiting(row, who, says, event.at_ms, view.flags, view.assigned, posts=(view,))
