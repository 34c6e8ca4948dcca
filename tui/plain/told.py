"""What plain mode tells unasked: what wants attention, a line each, in its order; the rest is counted.

Rules
1. A row of the queue is told when it begins to wait, and once more when its time is over; an own post that hurts, once.
2. What came directly, what colleagues and the scheduler do, is told once. Other posts are only counted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from drills.desk import Desk, InboxItem, PostView, Row
from scenarios.moments import show_moment
from tui.glyphs import need, short_left, short_number, some
from tui.plain.numbers import Numbers
from tui.room import NO_SCRIPT, Script
from tui.widgets.waiting import hurting

_WORDS = {"approval": "draft to approve", "message": "private message", "metric": "figures"}
"""Where a sentence wants another word than a sign has."""
Told = tuple[int, Callable[[], str]]
"""When it happened, and what makes its words."""


class Teller:
    """Remembers what has been told."""

    def __init__(
        self, desk: Desk, numbers: Numbers, seat: str, script: Callable[[InboxItem], Script] = lambda _: NO_SCRIPT
    ) -> None:
        """`script`: whether an item is the script's, in the name of somebody who is played."""
        self.script = script
        self.desk, self.numbers, self.seat = desk, numbers, seat
        self._posts = self._log = self._came = 0
        self._items: set[str] = set()
        self._waits: set[str] = set()
        self._late: set[str] = set()
        self._hurts: set[str] = set()
        self._silent = 0

    def news(self) -> list[str]:
        """What has happened since the last time, a line each."""
        desk = self.desk
        rows = desk.queue()
        out = self._new_hurting() + self._new_rows(rows) + self._new_items() + self._new_log() + self._new_late(rows)
        out += self._new_signed()
        self._waits = {row.key for row in rows}
        # Numbers are given while the lines are made, so that they rise with the time.
        return [f"{show_moment(at_ms)}  {words()}" for at_ms, words in sorted(out, key=lambda one: one[0])]

    def rest(self) -> str:
        """How many posts came that were not told, since this was asked last; '' if none."""
        silent, self._silent = self._silent, 0
        return f"{some(silent, 'more post')} in the feed." if silent else ""

    def _new_hurting(self) -> list[Told]:
        fresh = [view for view in hurting(self.desk) if view.key not in self._hurts]
        self._hurts.update([view.key for view in fresh])
        return [(self.desk.now_ms, partial(own_line, view, self.numbers)) for view in fresh]

    def _new_rows(self, rows: list[Row]) -> list[Told]:
        fresh = self.desk.feed[self._posts :]
        self._posts += len(fresh)
        out: list[Told] = []
        told: set[str] = set()
        for row in rows:
            if row.item or row.key in self._waits:
                continue
            told.update(row.posts)
            begins = min(self.desk.posts[key].event.at_ms for key in row.posts)
            out.append((begins, partial(row_line, self.desk, row, self.numbers, begins)))
        self._silent += len([view for view in fresh if view.key not in told and not view.ours])
        return out

    def _new_items(self) -> list[Told]:
        fresh = [item for key, item in self.desk.inbox.items() if key not in self._items]
        self._items = set(self.desk.inbox)
        return [(item.at_ms, partial(item_line, item, self.numbers, item.at_ms, self.script(item))) for item in fresh]

    def _new_log(self) -> list[Told]:
        fresh = self.desk.log[self._log :]
        self._log = len(self.desk.log)
        return [(line.at_ms, partial("{}: {}".format, line.who, line.what)) for line in fresh if line.who != self.seat]

    def _new_signed(self) -> list[Told]:
        """What went out in one's own name."""
        fresh = self.desk.outcomes[self._came :]
        self._came = len(self.desk.outcomes)
        return [(one.at_ms, partial(str, f"{one.text}.")) for one in fresh if one.signed and one.seat == self.seat]

    def _new_late(self, rows: list[Row]) -> list[Told]:
        late = {row.key: row for row in rows if 0 <= row.due_ms < self.desk.now_ms}
        fresh = [row for key, row in late.items() if key not in self._late]
        self._late = set(late)
        return [(row.due_ms, partial(self._late_line, row)) for row in fresh]

    def _late_line(self, row: Row) -> str:
        return f"Late: number {self.numbers.of_row(row)}, {_what(row)}."


def _what(row: Row) -> str:
    sign = _WORDS.get(row.need) or need(row.need).word or row.need
    many = f"{len(row.posts)} posts, " if len(row.posts) > 1 else ""
    return f"{many}{sign} on {row.channel}" if not row.item else sign


def due(due_ms: int, now_ms: int) -> str:
    """By when an answer is expected, in words; '' where none is."""
    if due_ms < 0:
        return ""
    left = due_ms - now_ms
    return f", {short_left(left)} late" if left < 0 else f", answer within {short_left(left)}"


def row_line(desk: Desk, row: Row, numbers: Numbers, now_ms: int, script: Script = NO_SCRIPT) -> str:
    """A row of the queue in a line. `script`: of an item, whether it is the script's, in the name of whoever plays."""
    number = numbers.of_row(row)
    if row.item:
        return item_line(desk.inbox[row.item], numbers, now_ms, script)
    view = desk.posts[row.posts[-1]]
    about = f" about {row.title}" if row.title != view.text else ""
    who = view.handle or view.author
    newest = "newest by" if len(row.posts) > 1 else "by"
    reach = f", {short_number(row.reach)} reach" if row.reach else ""
    return f"Number {number}: {_what(row)}{about}{reach}{due(row.due_ms, now_ms)}; {newest} {who}: “{view.text}”"


def own_line(view: PostView, numbers: Numbers) -> str:
    """A post of our own that the public talks about, in a line: it wants an action and no answer."""
    number = numbers.of(view.key)
    talk = f", {some(view.replies, 'answer')}" if view.replies else ""
    return f"Number {number}: your own post on {view.event.channel}, still up{talk}; act now: “{view.text}”"


def item_line(item: InboxItem, numbers: Numbers, now_ms: int, script: Script = NO_SCRIPT) -> str:
    """What came directly, in a line. `script`: whether it is the script's, in the name of somebody who is played."""
    sign = _WORDS.get(item.medium) or need(item.medium).word or item.medium
    by_when = due(item.due_ms, now_ms) if item.waiting else ""
    says = f"{item.subject}. {item.text}" if item.subject and item.subject != item.text else item.text
    draft = f" The draft: “{item.draft}”" if item.draft else ""
    who = f"{item.author} ({script.sign})" if script.sign else item.author
    told = f" {script.says}" if script.says else ""
    return f"Number {numbers.of(item.key)}: {sign} from {who}{by_when}: “{says}”{draft}{told}"
