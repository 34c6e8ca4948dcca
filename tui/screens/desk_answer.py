"""What an answer to something is: the verb that the key for an answer leads to."""

from __future__ import annotations

from drills.desk import Desk, InboxItem
from drills.room.rights import SEATS
from tui.screens.desk_people import named
from tui.screens.desk_room import played


def answer(desk: Desk, key: str) -> str:
    """The verb that answers this post, inbox item or colleague; '' for what wants no answer, or is not known."""
    if key in desk.contacts:
        return "ask"
    if key in desk.posts:
        return "reply"
    item = desk.inbox.get(key)
    if item is None:
        return ""
    if item.medium == "approval":
        return "decide"
    if played(item):
        return _to_seat(desk, item)
    if item.medium == "press" or (item.medium == "call" and _journalist(desk, item.author)):
        return "answer_press"
    return "inform" if named(desk, item.author) else "message"


def _to_seat(desk: Desk, item: InboxItem) -> str:
    """Whoever has called from another seat is called back where they play a colleague, else told before all; the
    facilitator's word wants no answer."""
    if item.sender not in SEATS:
        return ""
    return "inform" if any(view.colleague.role == item.sender for view in desk.contacts.values()) else "note"


def _journalist(desk: Desk, name: str) -> bool:
    return any(member.voice == "journalist" for member in desk.scenario.cast if member.name == name)
