"""What comes to a desk from the others in its room, told once above the keys: calls, drafts, nudges, what they say.

Rules
1. Words wait for each other: each stands for some seconds, and the person's own doings go before them.
2. What is for oneself stands until it was looked at, the newest first: the facilitator's word, what somebody says to
   one's seat by its name, what was decided on one's drafts. esc closes it, or a look where it stands. What lies
   over the desk meanwhile takes nothing of it away.
3. What had come before one was at the desk is not told: it stands in inbox and log.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget

from drills.desk import InboxItem
from drills.desk.lines import named
from drills.desk.people_fold import FACILITATOR
from drills.room.rights import SEATS
from engine.actions import Action
from tui import keys
from tui.room import called, room_of
from tui.widgets.marker import Marker
from tui.widgets.panes import Inbox, LogList
from tui.widgets.team import Team

if TYPE_CHECKING:
    from tui.screens.desk_view import DeskView
    from tui.session_view import SessionView

Word = tuple[str, str]
"""A sentence, and how it is said."""
DRAFT = "A draft of {who} waits for you: {decide} decides."
CALL = "{who} calls you ({pane-inbox}): “{words}”"
_PANES: dict[type[Widget], str] = {Inbox: "pane-inbox", Team: "pane-team", LogList: "pane-log"}
MOST = 5
"""So many words wait; older ones are in inbox and log anyhow."""


def played(item: InboxItem) -> bool:
    """Whether somebody in another seat has sent it, or the facilitator."""
    return item.sender in SEATS or item.sender == FACILITATOR


@dataclass(frozen=True, slots=True)
class Nudge:
    """Words that are for oneself."""

    text: str
    pane: str
    """Where it stands: the id of the pane's key."""


class Heard:
    """Remembers what has been told, and what waits to be."""

    def __init__(self, session: SessionView) -> None:
        self._since_ms = session.now_ms
        room = room_of(session)
        self._begun = room is None or room.begun
        self._stating: Collection[str] = () if room is None else room.stating
        self._items: set[str] = set()
        self._actions = 0
        self._waiting: deque[Word] = deque(maxlen=MOST)
        self.nudges: list[Nudge] = []
        """What is for oneself and was not looked at, the oldest first."""

    def put(self, words: list[Word]) -> None:
        """Let these be told in turn."""
        self._waiting.extend(words)

    def next(self) -> Word | None:
        """The next word, which is then gone."""
        return self._waiting.popleft() if self._waiting else None

    def looked(self) -> bool:
        """What is shown was looked at. Whether there was such a thing."""
        return bool(self.nudges and self.nudges.pop())

    def listen(self, session: SessionView, writing: Collection[str] = ()) -> None:
        """Take in what has come since the last time. `writing`: the keys of what one is answering."""
        self.put([(why, "warning") for why in session.told()])
        room = room_of(session)
        if room is None:
            return
        if room.begun and not self._begun:
            self.put([("STARTEX: the exercise has begun.", "news")])
        self._begun = room.begun
        self.put([(f"The {called(one)} has begun a statement.", "news") for one in room.stating
                  if one not in self._stating])  # fmt: skip
        self._stating = room.stating
        desk = session.desk
        fresh = [item for key, item in desk.inbox.items() if key not in self._items]
        self._items = set(desk.inbox)
        done, self._actions = desk.actions[self._actions :], len(desk.actions)
        fresh = [item for item in fresh if played(item) and item.at_ms >= self._since_ms]
        self.nudges += [
            Nudge(f"The facilitator: “{item.text}”", "pane-inbox")
            for item in fresh
            if item.sender == FACILITATOR
        ]
        self.put([_came(item) for item in fresh if item.sender != FACILITATOR])
        for action in done:
            if action.do == "note" and action.seat != session.seat and action.at_ms >= self._since_ms:
                if re.search(rf"\b{session.seat}\b", action.text):
                    self.nudges.append(Nudge(_said(action), "pane-log"))
                else:
                    self.put([(_said(action), "news")])
        for action in done:
            if action.at_ms >= self._since_ms:
                self.put(_given(action, session, writing))


def _came(item: InboxItem) -> Word:
    if item.medium == "approval":
        return keys.told(DRAFT, who=item.sender), "news"
    return keys.told(CALL, who=item.sender, words=item.text), "news"


def _said(action: Action) -> str:
    hands = " hands the seat over" if action.kind == "handover" else ""
    return f"{action.seat}{hands}: “{action.text}”"


def _given(action: Action, session: SessionView, writing: Collection[str]) -> list[Word]:
    """Somebody gives one a row, or takes what one is answering."""
    if action.do != "assign" or action.seat == session.seat:
        return []
    if action.to == (session.seat,):
        return [(f"{action.seat} gives this to you: {named(action.target, session.desk)}", "news")]
    if {action.target, *action.also}.isdisjoint(writing):
        return []
    who = "takes" if action.to == (action.seat,) else f"gives {', '.join(action.to)}" if action.to else "puts back"
    return [(f"{action.seat} {who} what you are answering.", "warning")]


def speak(screen: DeskView) -> None:
    """Tell the next word, if nothing else is being said."""
    job = screen.composer.job
    screen.heard.listen(screen.session, (job.target, *job.also) if job is not None else ())
    at = screen.focused
    pane = next((pane for kind, pane in _PANES.items() if isinstance(at, kind)), "") if screen.is_current else ""
    screen.heard.nudges = nudges = [one for one in screen.heard.nudges if one.pane != pane]
    writing = screen.composer.open  # what came of one's own doings can wait, and keys are letters
    shown = [one for one in nudges if not (writing and one.pane == "pane-team")]
    way = shown[-1].pane if shown and not writing else ""
    screen.query_one(Marker).nudge = (shown[-1].text, len(shown) - 1, way) if shown else None
    if not screen.speaking and (word := screen.heard.next()) is not None:
        screen.say(*word)
