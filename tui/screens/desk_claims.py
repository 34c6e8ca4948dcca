"""Whose a post is: claiming it for one's own seat and putting it back, giving it to another, and asking before one
answers another's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.room import called, players, room_of
from tui.screens import desk_people as people
from tui.screens.desk_room import played
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.choices import Choice

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen

ALONE = "Nobody else plays here: all of it is yours."


def _given(screen: DeskScreen) -> tuple[str, ...]:
    """What is meant and can be given to somebody."""
    desk = screen.session.desk
    items = {key for key, item in desk.inbox.items() if not played(item)}
    return tuple([key for key in screen.targets() if key in desk.posts or key in items])


def theirs(screen: DeskScreen, keys: Iterable[str]) -> list[str]:
    """The other seats that have taken these, of those where somebody sits."""
    session = screen.session
    return [who for who in session.desk.holders(keys) if who in session.seats and who != session.seat]


async def leave_it(screen: DeskScreen, keys: Iterable[str]) -> bool:
    """Whether one leaves an answer to the seat that has claimed it; asked only where one has."""
    others = theirs(screen, keys)
    if not others:
        return False
    who = " and the ".join([called(seat) for seat in others])
    text = f"The {who} is on it. Two answers from one house look as if nobody talks to each other."
    return not await screen.ask(
        ConfirmDialog("Somebody has taken this", text, yes="answer it all the same", no="leave it to them")
    )


async def claim(screen: DeskScreen) -> None:
    """Take it; what is one's own is put back."""
    session, found = screen.session, _given(screen)
    if room_of(session) is None:
        screen.say(ALONE)
        return
    if not found:
        screen.say("Choose a post first, or what came to you all.", "warning")
        return
    if session.desk.holders(found) == [session.seat]:
        screen.act("assign", target=found[0], also=found[1:], to=())
        return
    if others := theirs(screen, found):
        text = f"The {' and the '.join([called(seat) for seat in others])} has it."
        if not await screen.ask(ConfirmDialog("Take it over?", text, yes="take it over", no="leave it to them")):
            return
    if screen.act("assign", target=found[0], also=found[1:], to=(session.seat,)):
        screen.unmark()


async def assign(screen: DeskScreen) -> None:
    found = _given(screen)
    if not found:
        screen.say("Choose a post first.", "warning")
        return
    who = await screen.choose("Give it to", [*_seats(screen), *_simulated(screen)])
    if who:
        screen.act("assign", target=found[0], also=found[1:], to=(who,))
        screen.unmark()


def _seats(screen: DeskScreen) -> list[Choice]:
    """Those who play, oneself first."""
    room = room_of(screen.session)
    if room is None:
        return []
    others = [seat for seat in players(room) if seat != room.seat]
    return [
        Choice(room.seat, "Yourself", aside=called(room.seat)),
        *[Choice(seat, called(seat), tail="here" if room.seats[seat] else "not connected") for seat in others],
    ]


def _simulated(screen: DeskScreen) -> list[Choice]:
    desk, taken = screen.session.desk, screen.session.seats
    return [one for one in people.choices(desk) if desk.contacts[one.id].colleague.role not in taken]
