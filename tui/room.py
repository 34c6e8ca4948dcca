"""What a desk in a room must know of the others: who they are, what is for whom, and what all wait for.

Everything here holds for a desk without a room too, where nobody else is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol, cast

from drills.desk import InboxItem
from drills.errors import DrillError
from drills.room.rights import FACILITATOR, OBSERVER, SEATS
from engine.actions import VERBS
from scenarios.terms import ROLES
from tui import keys
from tui.keys import Key, table
from tui.session_view import SessionView

TELL = "Tell all"
"""What a note is called where others play: they read it at once."""
SCRIPT = "script"
"""What stands after the name of a colleague in whose name the script speaks though a person plays them."""
ANSWERS = ("message", "inform", "answer_press")
"""What else than a public reply the key for an answer leads to, by what it is pressed on."""
ANSWERING = "answer whoever has called you or written to you"
"""What that key does for whoever may not answer in public."""
IN_A_ROOM = {
    "note": (TELL, "say something to the whole team, who read it at once; it stands in the log"),
    "leave": ("Leave", "step out and keep your seat, or give it up; the others go on"),
}
"""What keys are called, and what they are for, where others play too."""
CLOCK = ("pause-drill", "slower", "faster")
"""The keys of the clock, which is the facilitator's where others play."""

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
    @property
    def stating(self) -> Collection[str]:
        """The other seats that have begun a statement and not sent it."""

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
    talks = keys.told(" · {note} tells all") if room.may("note") else ""
    if not room.begun:
        return f"Waiting for STARTEX · {readiness(room)}{talks}"
    return f"The clock stands still: you can read and write{talks}"


@dataclass(frozen=True, slots=True)
class Script:
    """That a mail or call is the script's, though it comes in the name of somebody whom a person plays."""

    sign: str = ""
    """After the name, in a row; '' where it is as it seems."""
    says: str = ""
    """A sentence, where it is read."""
    mine: bool = False
    """Whether it comes in one's own name."""


IN_NAMES = "The scenario may write or call in the name of somebody who plays: “script” stands after the name then."
NO_SCRIPT = Script()


def script_of(session: SessionView, item: InboxItem) -> Script:
    """Whether whoever plays the sender has not written this: the scenario has, or the facilitator, or the simulation
    before the seat was taken. What a person says comes from their seat, and never from a name."""
    role = session.desk.role_of(item.sender)
    if role not in session.seats:
        return NO_SCRIPT
    if role == session.seat:
        return Script(f"{SCRIPT}, for you", "The script speaks for you here.", mine=True)
    return Script(SCRIPT, f"The script says this, not the {called(role)}.")


# -- who may -----------------------------------------------------------------------------------------------------


def verb_title(session: SessionView, do: str) -> str:
    """What a deed is called at this desk."""
    return TELL if do == "note" and not session.alone else VERBS[do].title


def forbidden(session: SessionView, do: str) -> str:
    """Why this seat may not take an action, in a sentence; '' if it may."""
    if session.may(do):
        return ""
    if session.seat in (FACILITATOR, OBSERVER):
        return f"{verb_title(session, do)} is not for the {SEATS[session.seat]}."
    others = [seat for seat in session.who_may(do) if seat != session.seat]
    who = f"the {called(others[0])}" if len(others) == 1 else " or ".join(others)
    whose = f"for {who}, not for your seat" if others else "for nobody here"
    return f"{verb_title(session, do)} is {whose}."


def check(session: SessionView, do: str) -> None:
    """Raises DrillError where this seat may not take an action."""
    if why := forbidden(session, do):
        raise DrillError(why.rstrip("."))


def offered(session: SessionView, key: Key, answer: str = "reply") -> bool:
    """Whether a key leads to something that this seat may do. `answer`: the verb that answers what is meant now."""
    if key.id == "claim" and session.alone:
        return False
    if key.id in CLOCK:
        return session.has_clock
    if key.id == "reply":
        return bool(answer) and session.may(answer)
    return not key.verb or session.may(key.verb)


def answers(session: SessionView, do: str) -> bool:
    """Whether the key and the verb for an answer are this seat's, though it may not answer in public."""
    return do == "reply" and any(session.may(other) for other in ANSWERS)


def offers(session: SessionView) -> tuple[Key, ...]:
    """The keys that lead to something this seat may do, with what each does for it.

    Whoever may not answer in public has the key for an answer all the same: it answers calls and colleagues.
    """
    found = []
    for key in table():
        if offered(session, key):
            label, about = (key.label, key.help) if session.alone else IN_A_ROOM.get(key.id, (key.label, key.help))
            found.append(replace(key, label=label, help=about))
        elif answers(session, key.id):
            found.append(replace(key, help=ANSWERING))
    return tuple(found)
