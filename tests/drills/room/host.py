"""A room's host in a thread of its own, and seats that are taken there and closed again."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from drills import joining
from drills.room.client import RemoteSession
from drills.room.room import Room
from drills.room.server import Server
from drills.session import Session


class Host:
    """A room in a thread of its own, as `stormdrill host` has it."""

    def __init__(self, home: Path, drill: str = "cafe-lumo", of: Path | None = None, port: int = 0) -> None:
        self.notes: list[str] = []
        self._ready, self._wanted = threading.Event(), port
        self.session = Session.resume(of) if of else Session.start(joining.find(drill), home / "runs", coach="off")
        self.session.pause("before STARTEX")
        self.room = Room(self.session)
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def _run(self) -> None:
        self.loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self.server = Server(self.room, self.notes.append)
        await self.server.start(port=self._wanted)
        self._leave = asyncio.Event()
        self._ready.set()
        await self._leave.wait()
        await self.server.close()

    @property
    def where(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    def do(self, what: Callable[[], Any]) -> Any:
        """Do something in the room's own thread, when it is its turn."""

        async def done() -> Any:
            with self.room.turn.change():
                return what()

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(10)

    def close(self) -> None:
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._leave.set)
            self._thread.join(10)
        self.session.close()


def until(seat: RemoteSession, holds: Callable[[], bool]) -> None:
    """Tick until it holds."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        seat.tick()
        time.sleep(0.01)


@contextmanager
def opened(home: Path, drill: str = "cafe-lumo") -> Iterator[Host]:
    """A host whose clock stands before STARTEX."""
    made = Host(home, drill)
    yield made
    made.close()


@contextmanager
def seats(host: Host, folder: Path) -> Iterator[Callable[..., RemoteSession]]:
    """Take seats as everybody does: `take("SML")`, or with a code that one has."""
    taken: list[RemoteSession] = []

    def take(seat: str, code: str = "") -> RemoteSession:
        code = code or host.do(lambda: host.room.invite(seat))
        again = len([one for one in taken if one.seat == seat])
        taken.append(RemoteSession.join(host.where, code, folder / (f"{seat}-{again}" if again else seat)))
        return taken[-1]

    yield take
    for one in taken:
        one.close()
