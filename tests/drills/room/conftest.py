"""Rooms for the tests that attack one: their hosts in a thread or in a process, and seats that are closed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import drills.room.client
from drills.room.client import RemoteSession
from tests.drills.room.host import Host, opened, seats
from tests.drills.room.house import House
from tests.drills.room.stranger import Stranger


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A room of a large crisis, before STARTEX."""
    with opened(tmp_path / "host", "tarn-and-tide") as made:
        yield made


@pytest.fixture
def sit(host: Host, tmp_path: Path) -> Iterator[Callable[..., RemoteSession]]:
    """Take a seat there: `sit("SML")`."""
    with seats(host, tmp_path) as take:
        yield take


@pytest.fixture
def open_room(tmp_path: Path) -> Iterator[Host]:
    """A room whose clock runs."""
    with opened(tmp_path / "host", "tarn-and-tide") as made:
        made.do(made.session.unpause)
        yield made


@pytest.fixture
def seated(open_room: Host, tmp_path: Path) -> Iterator[Callable[..., RemoteSession]]:
    """Take a seat there: `seated("REP")`."""
    with seats(open_room, tmp_path) as take:
        yield take


@pytest.fixture
def stranger(open_room: Host) -> Iterator[Callable[..., Stranger]]:
    """A connection that keeps to no rule: `stranger()`, or on a seat `stranger("SML")`."""
    made: list[Stranger] = []

    def come(seat: str = "") -> Stranger:
        one = Stranger(open_room.server.port)
        made.append(one)
        if seat:
            code = open_room.do(lambda: open_room.room.invite(seat))
            assert one.sit(code)["do"] == "welcome"
        return one

    yield come
    for one in made:
        one.wire.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seats try again sooner than in earnest: a test has less patience than a person."""
    monkeypatch.setattr(drills.room.client, "AGAIN_S", 0.2)


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Open houses that are closed again, whatever happens."""
    made: list[House] = []

    def open_(*more: str, **named: Any) -> House:
        made.append(House(tmp_path / "host", *more, **named))
        return made[-1]

    yield open_
    for one in made:
        if one.process.poll() is None:
            one.kill()
