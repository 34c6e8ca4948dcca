"""Where the keyboard is: panes, focus and sizes. Whoever reads or writes is left alone; no focus is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import events, on
from textual.widgets import Input

from drills.desk import Changed
from tui import keys
from tui.room import TELL, offered
from tui.screens.desk_answer import answer
from tui.screens.desk_counts import NOT_OF
from tui.screens.desk_target import Target, target_of
from tui.screens.desk_view import PANES, DeskView
from tui.widgets.composer import ANYWAY, Composer
from tui.widgets.content_board import ContentList
from tui.widgets.feed import Feed
from tui.widgets.foot import Foot
from tui.widgets.marker import Marker
from tui.widgets.measured import Measured
from tui.widgets.panes import Inbox
from tui.widgets.queue import Queue
from tui.widgets.virtual import VirtualList
from tui.widgets.waiting import anothers

OF_A_ROW = ("open", "reply", "reply-all", "message", "dismiss", "decide", "pause", "resume", "edit")
"""The keys that do something to the row under the cursor."""


class DeskFocus(DeskView):
    """See the module."""

    jumping = False
    """Whether every row has a letter, and the next key goes to one."""
    _offers: tuple[object, ...] = ()
    """What the last line was laid out for: the row under the cursor, who plays, whether something is on its way."""
    _hints: Mapping[str, str] = {}
    """What it says of the coach's keys."""

    def go(self, name: str) -> None:
        """Bring a pane to the front and give it the keyboard."""
        if name == "thread":
            self.set_class(True, "-reading")
            self.thread.focus()
            return
        beside = {"inbox": "inbox-side", "team": "team-side", "feed": "strip"}.get(name, "")
        if beside and self.query_one(f"#{beside}").region and self.pane_name != name:
            side = self.query_one(f"#{beside}")
            if isinstance(side, Inbox) and not side.has_focus:
                side.to_waiting()
            side.focus()
            return
        self.pane_name = name
        for other in PANES:
            self.pane(other).set_class(other == name, "-on")
        self.remove_class("-reading")
        pane = self.pane(name)
        if isinstance(pane, Inbox) and not pane.has_focus:
            pane.to_waiting()
        pane.focus()
        self._changed |= Changed.LOG
        self.paint()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.go(name)

    def action_next_pane(self, by: int) -> None:
        """The next list that is on screen."""
        lists = [one for one in self.query(VirtualList) if one.region and one.can_focus]
        if not lists:
            return
        at = lists.index(self.focused) if self.focused in lists else 0
        lists[(at + by) % len(lists)].focus()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        widget = event.widget
        if widget.id == "filter":  # it belongs to the list that one comes from
            self._foot()
            self.marker()
            return
        inside = self.query_one("#middle") in widget.ancestors
        self.set_class(inside, "-reading")
        if isinstance(widget, VirtualList):
            self._last = widget
            if widget is not self.thread:
                self._select(widget)
        self._second = -1
        self._foot()
        self.marker()

    def on_resize(self) -> None:
        """What had the keyboard keeps it, whatever the size."""
        self.call_after_refresh(self._resettle)

    def _resettle(self) -> None:
        if self.focused is None or not self.focused.region:
            if self.composer.open:
                self.composer.area.focus()
            elif self.has_class("-reading"):
                self.thread.focus()
            else:
                self.pane(self.pane_name).focus()
        self._second = -1
        self._foot()

    def paint(self) -> None:
        """Show what holds now; the keys too, where others than one's own doings have changed what they are for."""
        super().paint()
        seats, leaving = tuple(self.session.seats), bool(self.outbox.waiting)
        row = (self._has_row(), self._mine(), self._answer(), self._content_state())
        if (now := (*row, seats, leaving)) != self._offers:
            self._offers = now
            self._foot()

    def _foot(self) -> None:
        foot = self.query_one(Foot)
        if isinstance(self.focused, Input) and self.focused.id == "filter":
            pane = "filter"
        elif self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self:
            pane = "review" if self.composer.has_class("-review") else "composer"
        elif isinstance(self.focused, VirtualList):
            pane = (self.focused.id or "queue").removesuffix("-side").replace("strip", "feed")
        else:
            pane = self.pane_name
        names = {}
        if pane == "feed":
            names["follow"] = "Stay" if self.feed.following else "Follow"
        if pane == "filter":
            names |= {"open": "Filter", "back": "Cancel"}
        if pane == "composer":
            names |= {} if self.composer.form else {"next-field": ""}
            names |= {} if self.coach != "off" else {"check": ""}
            names |= {} if self.composer.wants_approval else {"approval": ""}
        if pane == "review" and self.composer.helper.stopped:
            names["send"] = ANYWAY
        if pane == "content":
            names |= dict.fromkeys(NOT_OF.get(self._content_state(), ()), "")
        if not self.session.alone:
            names["note"] = TELL
            names |= {"claim": "Put back"} if self._mine() else {}
        if pane == "thread" and self._shown.key in self.session.desk.contacts:
            pane = "talk"
        answers = self._answer()
        if pane in ("queue", "inbox") and answers == "decide":
            pane = "draft"
        elif pane == "queue" and not self.session.alone:
            pane = "queue-room"
        if not self._has_row():
            names |= dict.fromkeys(OF_A_ROW, "")
        names |= self._hinted()
        names |= {key.id: "" for key in keys.foot(pane) if not offered(self.session, key, answers)}
        if self.jumping:
            panes = f"1-{len(PANES) + 1}"
            foot.tell([("letter", "Go there", ""), (panes, "Its pane", ""), ("esc", "Stay", "")])
            return
        recall = self.outbox.waiting and isinstance(self.focused, VirtualList)
        foot.paint(pane, names, ("undo",) if recall else ())

    def _content_state(self) -> str:
        """How the row of scheduled content under the cursor stands, or ''."""
        item = self.query_one(ContentList).current
        return item.state if item is not None else ""

    def _hinted(self) -> dict[str, str]:
        """What the keys of the coach do now: more of a hint that stands, or nothing."""
        hint, writing = self.query_one(Marker).hint, self.composer.helper.hint
        names = {}
        if hint is not None:
            names["what-next"] = "More help" if hint.more else ""
        elif not self.queue.items:
            names["what-next"] = "" if self.coach == "off" else "Hint"
        if writing is not None:
            names |= {"check": "More help" if writing.more else "", "keep": "Close the hint"}
        return names

    def marker(self) -> None:
        """What is new, and the coach's word; the keys too, where that has changed what they do."""
        super().marker()
        if (now := self._hinted()) != self._hints:
            self._hints = now
            self._foot()

    @on(Composer.Hinted)
    def _helped(self, event: Composer.Hinted) -> None:
        event.stop()
        self.marker()

    def _has_row(self) -> bool:
        """Whether there is anything under the cursor of the list that has the keyboard."""
        return not isinstance(self.focused, VirtualList) or bool(self.focused.items)

    def _mine(self) -> bool:
        """Whether the row under the cursor is one's own."""
        target = target_of(self.focused) if isinstance(self.focused, VirtualList) else None
        return target is not None and self.session.desk.holders((target.key,)) == [self.session.seat]

    def _answer(self) -> str:
        """The verb that answers the row under the cursor; `decide` for a draft that waits for one's word."""
        pane, desk = self.focused, self.session.desk
        if not isinstance(pane, VirtualList):
            return ""
        target = target_of(pane, self._shown if self._shown.key and pane is self.thread else None)
        item = target.item(desk) if target is not None else None
        if item is not None and ((item.medium == "approval" and not item.waiting) or anothers(item, self.script)):
            return ""
        return answer(desk, target.key) if target is not None and target.key else "reply"  # a heading of posts

    @property
    def help_pane(self) -> str:
        """The pane that help is asked for."""
        if self.composer.open and self.focused is not None and self.composer in self.focused.ancestors_with_self:
            return "composer"
        if isinstance(self.focused, VirtualList):
            return (self.focused.id or "").removesuffix("-side").replace("strip", "feed")
        return self.pane_name

    @on(VirtualList.Moved)
    def _moved(self, event: VirtualList.Moved) -> None:
        event.stop()
        if isinstance(event, VirtualList.Opened):
            return
        if event.pane is self.focused and event.pane is not self.thread:
            self._select(event.pane)
            self._foot()
        self.marker()

    def _select(self, pane: Measured[Any]) -> None:
        target = target_of(pane)
        if target is None and pane.view and not pane.items:  # what the filter hides is meant by no key
            target = Target("")
        if target is None or (target.key == self._shown.key and target.group == self._shown.group):
            return
        if self.composer.open:
            return
        self._shown = target
        self._show_thread(fresh=True)

    @on(Composer.Stopped)
    def _stopped(self, event: Composer.Stopped) -> None:
        event.stop()
        self._foot()

    @on(Feed.Following)
    def _following(self, event: Feed.Following) -> None:
        event.stop()
        self._foot()
        self.marker()

    @on(Queue.Held)
    def _held(self, event: Queue.Held) -> None:
        event.stop()
        self.marker()
