"""What a desk in a room must know of the others: who they are, what is for whom, and what all wait for.

Everything here holds for a desk without a room too, where nobody else is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol, cast

from drills.errors import DrillError
from drills.room.rights import FACILITATOR, OBSERVER, SEATS
from engine.actions import VERBS
from scenarios.terms import ROLES
from tui import keys
from tui.session_view import SessionView

if TYPE_CHECKING:
    from tui.keys import Key

ANSWERS = ("reply", "message", "inform", "answer_press", "decide")
"""What the key for an answer leads to, by what it is pressed on."""


_WHO = {"LEG": "legal counsel", "FUN": "owner of the cause"}
"""Where a role's name is none of a person."""


class RoomView(SessionView, Protocol):
    """A session that others play too: `drills.room.client.RemoteSession` is one."""

    lost: str
    where: str
    handed: str
    newcomer: bool

    @property
    def begun(self) -> bool: ...
    @property
    def ready(self) -> Collection[str]: ...
    def say_ready(self, *, ready: bool = True) -> None: ...
    def leave(self, handed: str = "") -> None: ...


def room_of(session: SessionView) -> RoomView | None:
    """The session, where others play too."""
    return None if session.alone else cast(RoomView, session)


def called(seat: str) -> str:
    """What whoever sits there is called: `legal counsel (LEG)`; anybody else by their name."""
    return f"{_WHO.get(seat, SEATS[seat])} ({seat})" if seat in SEATS else seat


def players(room: RoomView) -> list[str]:
    """The seats of those who play, in the order of the roles."""
    return [seat for seat in ROLES if seat in room.seats]


def readiness(room: RoomView) -> str:
    """`2 of 3 ready`."""
    playing = players(room)
    return f"{len([seat for seat in playing if seat in room.ready])} of {len(playing)} ready"


def standing_still(session: SessionView) -> str:
    """Why the clock stands, to whoever can't let it run; '' for whoever can."""
    room = room_of(session)
    if room is None or room.has_clock:
        return ""
    if room.lost:
        return "No connection: what you write is kept, and you come back by yourself"
    talks = keys.told(" · {note} talks to the team") if room.may("note") else ""
    if not room.begun:
        return f"Waiting for STARTEX · {readiness(room)}{talks}"
    return f"The clock stands still: you can read and write{talks}"


# -- who may -----------------------------------------------------------------------------------------------------


def forbidden(session: SessionView, do: str) -> str:
    """Why this seat may not take an action, in a sentence; '' if it may."""
    if session.may(do):
        return ""
    if session.seat in (FACILITATOR, OBSERVER):
        return f"{VERBS[do].title} is not for the {SEATS[session.seat]}."
    others = [seat for seat in session.who_may(do) if seat != session.seat]
    who = called(others[0]) if len(others) == 1 else " or ".join(others)
    whose = f"for the {who}, not for your seat" if others else "for nobody here"
    return f"{VERBS[do].title} is {whose}."


def check(session: SessionView, do: str) -> None:
    """Raises DrillError where this seat may not take an action."""
    if why := forbidden(session, do):
        raise DrillError(why.rstrip("."))


def offered(session: SessionView, key: Key, pane: str = "") -> bool:
    """Whether a key leads to something that this seat may do. `pane`: where it is offered, or '' for anywhere."""
    if key.id == "claim" and session.alone:
        return False
    if not key.verb or session.may(key.verb):
        return True
    return key.verb == "reply" and pane in ("", "inbox", "talk") and any(session.may(do) for do in ANSWERS)
