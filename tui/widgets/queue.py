"""The queue: what waits for an answer, in groups. Nothing moves under the cursor.

Rules
1. While the queue has the keyboard, its rows stay where they are. A row that is answered is greyed; a new row is
   put in only below all others, else counted.
2. `release` takes in everything: on G or n, when the keyboard goes elsewhere, when there was nothing to move, or
   when nobody has touched the queue for some seconds. The cursor stays on its row all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from textual import events
from textual.message import Message

from drills.desk import BRAND, Desk, PostView, Row
from tui.glyphs import FLAGS, need, short_left, short_number, some, urgency
from tui.safe import line
from tui.widgets.row import Line, Piece, right
from tui.widgets.virtual import VirtualList

Order = Literal["time left", "reach", "arrival"]
EMPTY = (
    "Nothing waits for you now. What you have to answer or act on appears here, the most urgent on top. "
    "2 shows all that is posted, 4 whom you can reach, 5 what is known, 6 what is scheduled."
)
ORDERS: tuple[Order, ...] = ("time left", "reach", "arrival")


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


def hurting(desk: Desk) -> list[PostView]:
    """Own posts that the public talks about, that are still up and that this team did not write.

    They want an action and no answer. Whoever flags one has seen it, and it is no longer named. A scheduled item that
    went out belongs to them only if it stirs people, or if the team itself says that this is at least L2.
    """
    themes = {view.event.theme for view in desk.posts.values() if not view.ours} - {""}
    return [view for view in _unwritten(desk) if view.event.theme in themes and not _harmless(desk, view)]


def gone_out(desk: Desk) -> list[PostView]:
    """Scheduled posts that went out, that hurt nobody so far and that nobody has flagged: worth a look, no more."""
    return [view for view in _unwritten(desk) if _harmless(desk, view)]


def _unwritten(desk: Desk) -> list[PostView]:
    written = {action.id for action in desk.actions}
    return [
        view for view in desk.by_author(BRAND) if view.event.cause not in written and not view.gone and not view.flags
    ]


def _harmless(desk: Desk, view: PostView) -> bool:
    item = desk.contents.get(view.key)
    return item is not None and not item.content.stirs and not view.replies and (desk.level or 0) < 2


def waiting(desk: Desk, drafts: Iterable[str] = (), leaving: Collection[str] = ()) -> list[Waiting]:
    """The desk's queue, with the words that the rows show. All of it has passed `tui.safe`.

    `drafts`: the slots of what was written and not sent, each a verb and the key it is for. `leaving`: the keys
    whose answers are in the outbox. Own posts that hurt stand first: they want no answer, but an action.
    """
    out = [_own(view) for view in hurting(desk)]
    begun = {slot.partition(" ")[2] for slot in drafts}
    for row in desk.queue():
        title = line(row.title, 120)
        if row.item:
            item = desk.inbox[row.item]
            says = line(item.text, 160)
            who, draft = line(item.author, 24), row.item in begun
            sending = row.item in leaving
            out.append(Waiting(replace(row, title=title), who, says, item.at_ms, item.flags, "", draft, sending))
        else:
            view = desk.posts[row.posts[-1]]
            says = line(view.text, 160)
            if view.event.form == "scripted":
                title = says
            who = line(view.handle or view.author, 24)
            draft = not begun.isdisjoint(row.posts)
            given = line(view.assigned, 12)
            row = replace(row, title=title)
            sending = view.key in leaving
            out.append(Waiting(row, who, says, view.event.at_ms, view.flags, given, draft, sending))
    return out


def _own(view: PostView) -> Waiting:
    event = view.event
    talk = f", {some(view.replies, 'answer')}" if view.replies else ""
    says = f"still up{talk}: D takes it down"
    row = Row(event.key, line(view.text, 120), "own", -1, event.reach, event.channel, (event.key,))
    return Waiting(row, line(view.handle or view.author, 24), says, event.at_ms, view.flags, view.assigned)


AHEAD = 15
"""Cells before the title: mark, time left, sign."""


class Queue(VirtualList[Waiting]):
    """Rows of two lines: time left, how many, what; then who says it, in the newest words."""

    class Held(Message):
        """How many new rows wait to be taken in has changed."""

        def __init__(self, queue: Queue) -> None:
            super().__init__()
            self.queue = queue

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty=EMPTY)
        self.now_ms = 0
        self.soon_ms = 60_000
        self.order: Order = "time left"
        self.words = ""
        """A filter: only rows with these words."""
        self.held: list[Waiting] = []
        """New rows that have not been taken in."""
        self._offered: list[Waiting] = []
        self.touched = False
        """Whether somebody moved in it; whoever wants to know when sets it back."""

    def key_of(self, item: Waiting) -> str:
        return item.row.key

    def height(self, item: Waiting, width: int) -> int:  # noqa: ARG002
        return 2

    def draw(self, item: Waiting, width: int) -> Sequence[Line]:
        row, sign = item.row, need(item.row.need)
        left = row.due_ms - self.now_ms
        mark = urgency(left, self.soon_ms)
        if item.over or item.sending:
            when: Piece = ("  done" if item.over else "  sending", "muted")
        elif row.need == "own":
            when = ("! act now", "danger")
        elif row.due_ms < 0:
            when = (f"  waits {short_left(self.now_ms - item.since_ms, coarse=True)}", "muted")
        else:
            text = f"late {short_left(left, coarse=True)}" if left < 0 else f"{short_left(left)} left"
            when = (f"{mark.glyph} {text}", mark.style)
        when = (f"{when[0]:<{AHEAD - 2}}", when[1])
        many = ((f"×{min(len(row.posts), 999)} ", "accent"),) if len(row.posts) > 1 else ()
        signs = [FLAGS[flag] for flag in item.flags if flag in FLAGS]
        shown = tuple((f"{one.glyph} {one.word} ", one.style) for one in signs)
        who = ((f"→ {item.assigned} ", "muted"),) if item.assigned else ()
        title_style = "muted" if item.over else "strong"
        need_style = "muted" if item.over else sign.style
        head: Line = (when, (f"{sign.glyph} ", need_style), *many, (item.row.title, title_style))
        begun = (("… draft ", "accent"),) if item.draft and not item.over and not item.sending else ()
        tail: Line = (*begun, *shown, *who, (f"{short_number(row.reach)} reach" if row.reach else sign.word, "muted"))
        indent = " " * AHEAD
        where = f" · {sign.word} · {row.channel}" if not row.item else ""
        below: list[Piece] = [(indent, ""), (item.who + where, "muted"), ("  ", "")]
        if row.need == "own":
            below = [(indent, ""), (item.says, "warn"), (f"  {item.who}{where}", "muted")]
        elif item.says != item.row.title:
            below.append((item.says, "muted" if item.over else ""))
        return [right(head, tail, width), right(tuple(below), (), width)]

    # -- new rows ----------------------------------------------------------------------------------------------

    def offer(self, rows: Sequence[Waiting], now_ms: int) -> None:
        """What waits now. Taken in as the module's rules say."""
        self.now_ms = now_ms
        self._offered = [row for row in rows if self._wanted(row)]
        if not self.has_focus or len(self.items) < 2:
            self.release()
            return
        fresh = {row.row.key: row for row in self._offered}
        shown = {row.row.key for row in self.items}
        kept = [fresh.get(row.row.key) or replace(row, over=True) for row in self.items]
        ordered = self._ordered(self._offered)
        tail: list[Waiting] = []
        while ordered and ordered[-1].row.key not in shown:
            tail.append(ordered.pop())
        held = [row for row in ordered if row.row.key not in shown]
        changed = len(held) != len(self.held)
        self.held = held
        self.show([*kept, *reversed(tail)])
        if changed:
            self.post_message(self.Held(self))

    def release(self) -> None:
        """Take in everything, in order."""
        had, self.held = bool(self.held), []
        rows = self._ordered(self._offered)
        if [self.key_of(row) for row in rows] != [self.key_of(row) for row in self.items]:
            self.show(rows)
        else:
            self.items = rows
            self.redraw()
        if had:
            self.post_message(self.Held(self))

    def _wanted(self, row: Waiting) -> bool:
        return not self.words or self.words in f"{row.row.title} {row.who} {row.says} {row.row.channel}".lower()

    def _ordered(self, rows: Sequence[Waiting]) -> list[Waiting]:
        if self.order == "reach":
            return sorted(rows, key=lambda item: (item.row.need != "own", -item.row.reach))
        if self.order == "arrival":
            return sorted(rows, key=lambda item: (item.row.need != "own", item.since_ms))
        return list(rows)

    def next_order(self) -> Order:
        """The next of the three orders; rows move, since somebody asked for it."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.release()
        return self.order

    def to_next(self) -> bool:
        """To the most urgent row that nobody has dealt with; whether there is one."""
        self.release()
        at = next((at for at, item in enumerate(self.items) if not (item.over or item.sending)), -1)
        if at >= 0:
            self.cursor = at
        return at >= 0

    def watch_cursor(self, old: int, new: int) -> None:
        self.touched = True
        super().watch_cursor(old, new)

    def action_end(self) -> None:
        """To the last row; new rows are taken in first."""
        if self.held:
            self.release()
        else:
            super().action_end()

    def on_blur(self, _event: events.Blur) -> None:
        """Nobody's place can be lost now."""
        self.release()
