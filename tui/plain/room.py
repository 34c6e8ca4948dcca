"""A seat in a room, in lines: the time is the host's, and what the others do is told as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import cast

from drills.errors import DrillError
from drills.room.rights import SEATS
from scenarios.moments import MINUTE, parse_duration, show_moment
from scenarios.terms import ROLES
from tui.plain.desk import PlainDesk
from tui.plain.doing import Movable
from tui.plain.slots import LineError
from tui.plain.table import table
from tui.room import IN_NAMES, RoomView, called, players, readiness

HOSTS = "The time is the host's: what happens is told as it comes."
STEP_S = 0.05
BEFORE_S, QUIET = 5.0, 6
"""Who joins late waits so long for what has happened, or until it has come: nothing new in so many looks."""


class RoomDesk(PlainDesk):
    """See the module. Piped lines can wait for the host's time (`wait`, `next`); a person is told as it comes."""

    def __init__(
        self,
        session: RoomView,
        say: Callable[[str], None],
        *,
        live: bool,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """As `PlainDesk`; `sleep`: how piped lines wait."""
        super().__init__(cast(Movable, session), say, live=live, clock=clock)  # its time is never moved from here
        self.room, self._sleep = session, sleep
        self._said = 0
        self._stood = ""
        self._own |= {"wait": self._wait_for, "next": self._wait_next, "ready": self._ready, "give-up": self._give_up}

    def _start(self) -> None:
        """Say who one is, before anything else is told; the host starts the clock."""
        room = self.room
        if room.seat in ROLES:
            mine = [one.name for one in table() if one.do and room.may(one.do) and one.do != "review_fake"]
            self._tell([f"You are the {called(room.seat)}. You may use {', '.join(mine)}."])
        else:
            self._tell([f"You are the {SEATS[room.seat]}: you see what the team does, and can do nothing."])
        others = [f"{called(seat)}, {'here' if room.seats[seat] else 'not connected'}" for seat in players(room)
                  if seat != room.seat]  # fmt: skip
        self._tell([f"Playing too: {'; '.join(others) or 'nobody yet'}. Everybody else is simulated."])
        self._tell([IN_NAMES])
        if room.handed:
            self._tell([f"Handed over to you: {room.handed}"])

        if room.begun:
            self._catch_up()
            self._tell(["It has begun: queue says what waits for an answer, log what has happened."])

    def _catch_up(self) -> None:
        """Take in what has happened before, without telling all of it."""
        end, quiet, seen = time.monotonic() + BEFORE_S, 0, -1
        while time.monotonic() < end and quiet < QUIET:
            self.room.tick()
            now = len(self.room.desk.posts) + len(self.room.desk.log)
            quiet, seen = (quiet + 1 if now == seen else 0), now
            self._sleep(STEP_S)
        self._teller.news()
        self._teller.rest()

    def tick(self) -> None:
        """Take in what has come; a seat that was taken away is left."""
        if self.left:
            return
        try:
            self.room.tick()
            super().tick()
        except DrillError as error:
            self.left = True
            self._tell([f"You are out of the room: {error}"])

    def finish(self) -> None:
        """No more lines will come: the others play on, and the seat is kept."""
        self._doing.break_off()
        if not self.left:
            self._over()

    def _tell(self, lines: Iterable[str]) -> None:
        told = list(lines)
        self._said += len(told)
        super()._tell(told)

    def _tell_clock(self) -> None:
        """What all wait for, whenever it has changed; and what the host has refused."""
        room = self.room
        self._tell([f"The host: {why}." for why in room.told()])
        if room.ended:
            return
        if room.lost:
            stands = f"No connection: {room.lost}. What you write is kept."
        elif not room.begun:
            mine = "" if room.seat in room.ready or room.seat not in ROLES else " ready says that you are."
            stands = f"Waiting for STARTEX, {readiness(room)}.{mine}"
        elif room.paused:
            stands = f"The clock stands: {room.why_paused}."
        else:
            stands = ""
        if stands != self._stood:
            self._tell([stands or f"{show_moment(room.now_ms)}  The clock runs at pace {room.pace:g}."])
            self._stood = stands

    # -- commands ----------------------------------------------------------------------------------------------

    def _ready(self, _word: str) -> None:
        if self.room.begun:
            raise LineError("it has begun already")
        self.room.say_ready()
        self._tell(["You are ready."])

    def _give_up(self, word: str) -> None:
        self.room.leave(word)
        self.left = True
        self._tell(["You have given your seat up: from now on it is simulated."])

    def _leave(self, _word: str) -> None:
        self.left = True
        self._tell(["Left. Your seat is kept; go on with: stormdrill join HOST:PORT --plain"])

    def _set_clock(self, word: str) -> None:
        del word
        raise LineError("the clock is the facilitator's")

    def _wait_for(self, word: str) -> None:
        try:
            span = parse_duration(word) if word else MINUTE
        except ValueError as error:
            raise LineError(str(error)) from None
        until_ms = self.room.now_ms + span
        self._while(lambda: self.room.now_ms < until_ms)

    def _wait_next(self, _word: str) -> None:
        said = self._said
        self._while(lambda: self._said == said)

    def _while(self, holds: Callable[[], bool]) -> None:
        if self.live:
            self._tell([HOSTS])
            return
        while holds() and not (self.left or self.room.ended):
            self._sleep(STEP_S)
            self.tick()
