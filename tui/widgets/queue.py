"""The queue: what waits for an answer, in groups. Nothing moves under the cursor.

Rules
1. While the queue has the keyboard, its rows stay where they are. A row that is answered is greyed; a new row is
   put in only below all others, else counted.
2. `release` takes in everything: on G or h, when the keyboard goes elsewhere, or when there was nothing to move. The
   cursor stays on its row all the same.
3. When nobody has touched the queue for some seconds, `settle` takes in what comes below the row under the cursor. What
   would come above it stays counted, so that this row never moves on the screen by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from textual import events
from textual.message import Message

from drills.desk.search import Facets, of_item, of_post
from tui import keys
from tui.glyphs import FLAGS, need, short_left, short_number, urgency
from tui.safe import line, lines
from tui.widgets.claim import claimed
from tui.widgets.row import Line, Piece, right, unless_late
from tui.widgets.virtual import VirtualList
from tui.widgets.waiting import MOST_OPENED, Waiting, gone_out, hurting, waiting
from tui.widgets.wrap import wrap

__all__ = ["Order", "Queue", "Waiting", "gone_out", "hurting", "waiting"]

Order = Literal["time left", "reach", "arrival"]
EMPTY = (
    "Nothing waits for you now. What you have to answer or act on appears here, the most urgent on top. "
    "{pane-feed} shows all that is posted, {pane-inbox} what was sent to you, {pane-team} whom you can reach, "
    "{pane-facts} what is known, {pane-content} what is scheduled."
)
ORDERS: tuple[Order, ...] = ("time left", "reach", "arrival")


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
        super().__init__(id=id, classes=classes, empty=keys.told(EMPTY))
        self.now_ms = 0
        self.soon_ms = 60_000
        self.order: Order = "time left"
        self.held: list[Waiting] = []
        """New rows that have not been taken in."""
        self._offered: Sequence[Waiting] = []
        self.touched = False
        """Whether somebody moved in it; whoever wants to know when sets it back."""

    def key_of(self, item: Waiting) -> str:
        return item.row.key

    def height(self, item: Waiting, width: int) -> int:
        return 2 + len(self._opened(item, width)) if item.row.key in self.expanded else 2

    def facets(self, item: Waiting) -> Facets:
        if item.item is not None:
            return of_item(item.item, self.now_ms)
        words = bool(self.view.search.words)
        found = [of_post(view, self.now_ms, self.called, words=words) for view in item.posts]
        newest = found[-1]
        text = " ".join([item.row.title, *[one.text for one in found]])
        authors = tuple([name for one in found for name in one.author])
        return replace(newest, text=text, author=authors, late=0 <= item.row.due_ms < self.now_ms)

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
            text = f"{mark.word} {short_left(left)}" if mark.word else f"{short_left(left)} left"
            when = (f"{mark.glyph} {text}", mark.style)
        late = (left < 0 and row.due_ms >= 0) or row.need == "own"
        when = (f"{when[0]:<{AHEAD - 2}}", when[1])
        many = ((f"×{min(len(row.posts), 999)} ", "accent"),) if len(row.posts) > 1 else ()
        signs = [FLAGS[flag] for flag in item.flags if flag in FLAGS]
        shown = tuple((f"{one.glyph} {one.word} ", unless_late(one.style, late)) for one in signs)
        title_style = "muted" if item.over else "strong"
        need_style = "muted" if item.over else unless_late(sign.style, late)
        head: Line = (when, (f"{sign.glyph} ", need_style), *many, (item.row.title, title_style))
        begun = (("✎ draft ", "accent"),) if item.draft and not item.over and not item.sending else ()
        size = f"{short_number(row.reach)} reach" if row.reach else sign.word
        tail: Line = claimed(item.assigned, self.seat, (*begun, *shown, (size, "muted")))
        indent = " " * AHEAD
        channel = line(self.called.get(row.channel, row.channel), 14)
        where = f" · {sign.word} · {channel}" if not row.item else ""
        script = (f" · {item.script}" if item.script else "", "muted" if item.over else "warn")
        below: list[Piece] = [(indent, ""), (item.who, "muted"), script, (where, "muted"), ("  ", "")]
        if row.need == "own":
            below = [(indent, ""), (item.says, "warn"), (f"  {item.who}{where}", "muted")]
        elif item.says != item.row.title:
            below.append((item.says, "muted" if item.over else ""))
        opened = self._opened(item, width) if row.key in self.expanded else []
        return [right(head, tail, width), right(tuple(below), (), width), *opened]

    def _opened(self, item: Waiting, width: int) -> list[Line]:
        """All of what is said in a row: one text whole, or the posts of a group, the newest first."""
        indent, room = " " * AHEAD, max(10, width - AHEAD)
        if item.item is not None or len(item.posts) == 1:
            text = item.item.text if item.item is not None else item.posts[0].text
            return [((indent, ""), (row, "")) for row in wrap(lines(text), room)]
        out: list[Line] = []
        for view in reversed(item.posts[-1 - MOST_OPENED : -1]):
            who = line(view.handle or view.author, 20)
            out.append(right(((indent, ""), (f"{who}  ", "accent"), (line(view.text), "")), (), width))
        if len(item.row.posts) > MOST_OPENED + 1:
            out.append(((f"{indent}{len(item.row.posts) - 1 - MOST_OPENED} more: enter opens the thread", "muted"),))
        return out

    def place(self, item: Waiting) -> tuple[str, str]:
        theme = item.posts[-1].event.theme if item.posts else ""
        return theme, item.row.channel

    # -- new rows ----------------------------------------------------------------------------------------------

    def offer(self, rows: Sequence[Waiting], now_ms: int) -> None:
        """What waits now. Taken in as the module's rules say."""
        self.now_ms, self.total = now_ms, 0
        self._offered = self.counted(rows)
        if not self.has_focus or not self.items:
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

    def settle(self) -> None:
        """Take in everything, if that leaves the row under the cursor, and all above it, where they are."""
        above = [self.key_of(row) for row in self.items[: self.cursor + 1]]
        if above == [self.key_of(row) for row in self._ordered(self._offered)[: len(above)]]:
            self.release()

    def release(self) -> None:
        """Take in everything, in order."""
        had, self.held = bool(self.held), []
        rows = self._ordered(self._offered)
        if self.expanded or [self.key_of(row) for row in rows] != [self.key_of(row) for row in self.items]:
            self.show(rows)
        else:
            self.items = rows
            self.redraw()
        if had:
            self.post_message(self.Held(self))

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
