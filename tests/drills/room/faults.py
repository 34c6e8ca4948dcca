"""A team in a room while something breaks: players, and what must hold of their desks and the record afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from drills.desk import Desk
from drills.record import verify
from drills.room.client import RemoteSession
from drills.room.rights import SEATS, sees
from drills.room.room import Room
from drills.room.seen import brings, colleagues, merged, received, sent, taken
from drills.session import Refused, Session
from tests.drills.room.house import House

SHOWN = ("posts", "inbox", "actions", "log", "contacts", "levels", "facts", "contents", "approvals", "published")


class Player(threading.Thread):
    """Somebody at a seat who writes a line whenever they can, and remembers what was confirmed."""

    def __init__(self, seat: RemoteSession) -> None:
        super().__init__(daemon=True)
        self.seat, self.busy, self.idle = seat, True, False
        self.confirmed: list[str] = []
        self.written = 0
        self.slowest = 0.0
        """The longest that a look at the desk took."""
        self.start()

    def run(self) -> None:
        while self.busy:
            self.look()
            if not self.seat.paused and not self.idle and self.seat.seat != "OBS":
                self.written += 1
                text = f"{self.seat.seat} line {self.written}"
                try:
                    self.seat.act("note", text=text)
                except Refused:
                    pass
                else:
                    self.confirmed.append(text)
            time.sleep(0.02)

    def look(self) -> None:
        before = time.monotonic()
        self.seat.tick()
        self.slowest = max(self.slowest, time.monotonic() - before)

    def stop(self) -> None:
        self.busy = False
        self.join(15)


def wait(holds: Callable[[], object], within_s: float = 15.0) -> None:
    """Until it holds."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def until(seat: RemoteSession, holds: Callable[[], object], within_s: float = 15.0) -> None:
    """Look at the desk until it holds."""

    def looked() -> object:
        seat.tick()
        return holds()

    wait(looked, within_s)


def sit(house: House, home: Path, *seats: str, where: str = "") -> dict[str, RemoteSession]:
    return {seat: RemoteSession.join(where or house.where, house.codes[SEATS[seat]], home / seat) for seat in seats}


def picture(desk: Desk) -> dict[str, str]:
    """Everything that a desk shows, as text."""
    found = {name: repr(getattr(desk, name)) for name in SHOWN if hasattr(desk, name)}
    assert len(found) >= 9, found.keys()
    return {**found, "texts": repr([(key, view.text) for key, view in desk.posts.items()])}


def folded(session: Session, seat: str) -> Desk:
    """The desk of a seat as the record says that it must be."""
    room = Room(session)
    given = room.welcome(seat)
    desk = Desk(
        taken(given["drill"]).scenario, colleagues(given["colleagues"]),
        {who: (str(name), str(handle)) for who, (name, handle) in given["names"].items()},
        lambda post: post.text, given["due_after"], harm_first=bool(given["harm_first"]),
    )  # fmt: skip
    known: set[str] = set()
    for event in session.world.log:
        if sees(seat, event, room.taken):
            if more := brings(event, session.drill.scenario, known):
                desk.scenario = merged(desk.scenario, more)
            desk.apply(received(sent(event, session.world.text_of)))
    return desk


def agreed(run: Path, players: list[Player]) -> None:
    """Nothing confirmed is lost, nothing counts twice, every desk is what the record says, and the record is whole."""
    session = Session.resume(run)
    try:
        done = [action.text for action in session.desk.actions]
        assert len(done) == len(set(done)), "an action counts twice"
        for player in players:
            assert set(player.confirmed) <= set(done), "a confirmed action is lost"
            mine = [text for text in done if text.startswith(f"{player.seat.seat} ")]
            order = [text for text in mine if text in set(player.confirmed)]
            assert order == player.confirmed
            assert picture(folded(session, player.seat.seat)) == picture(player.seat.desk), player.seat.seat
    finally:
        session.close()
    assert verify(run) == []
