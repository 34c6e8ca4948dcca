"""What a verb is done to: the row under the cursor of the list that was used last, or all rows that are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drills.desk import ContentView, Desk, InboxItem, PostView, Row
from tui.widgets.measured import Measured
from tui.widgets.team import TeamLine
from tui.widgets.thread import Part
from tui.widgets.virtual import VirtualList
from tui.widgets.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Target:
    """One thing, and what hangs together with it."""

    key: str
    """A post's, an inbox item's, a content's or a colleague's key."""
    group: tuple[str, ...] = ()
    """All posts of the group, this one among them."""
    row: Row | None = None
    author: str = ""
    """Whose posts are meant, all of them; then there is no key."""

    def post(self, desk: Desk) -> PostView | None:
        """The post, if it is one."""
        return desk.posts.get(self.key)

    def item(self, desk: Desk) -> InboxItem | None:
        """The inbox item, if it is one."""
        return desk.inbox.get(self.key)


def target_of(pane: Measured[Any], fallback: Target | None = None) -> Target | None:
    """What the cursor of a list is on. `fallback` is meant where the cursor is on a heading."""
    item = pane.current
    if isinstance(item, Waiting):
        if item.row.item:
            return Target(item.row.item, (), item.row)
        return Target(item.row.posts[-1], item.row.posts, item.row)
    if isinstance(item, PostView):
        return Target(item.key, (item.key,))
    if isinstance(item, InboxItem):
        return Target(item.key)
    if isinstance(item, ContentView):
        return Target(item.content.id)
    if isinstance(item, TeamLine):
        about = item.key if item.contact else item.came.outcome.who if item.came else ""
        return Target(about) if about else fallback
    if isinstance(item, Part):
        if item.post is not None:
            same = fallback is not None and item.key == fallback.key
            return fallback if same else Target(item.key, (item.key,))
        return fallback
    return None


def marked_posts(pane: VirtualList[Any]) -> tuple[str, ...]:
    """The posts of all marked rows, each once."""
    out: list[str] = []
    for item in pane.items:
        if pane.key_of(item) not in pane.marked:
            continue
        if isinstance(item, Waiting):
            out += item.row.posts or (item.row.item,)
        elif isinstance(item, PostView):
            out.append(item.key)
    return tuple(dict.fromkeys(out))
