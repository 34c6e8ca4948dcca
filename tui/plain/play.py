"""Plain mode between two streams: a person at a terminal, or piped commands."""

from __future__ import annotations

import codecs
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO, cast

from tui.plain.desk import PlainDesk
from tui.plain.doing import Movable
from tui.plain.paper import Paper
from tui.room import RoomView, room_of

LOOK_S = 0.25
"""How often the session is looked after while nobody types."""


def standing() -> float:
    """The clock of piped commands: it stands, and only they move the time."""
    return 0.0


def play_plain(
    session: Movable | RoomView, *, live: bool, lines: TextIO | None = None, out: TextIO | None = None
) -> int:
    """Play a session in lines until it ends or is left. The exit code is 1 if a piped line was not understood.

    `live`: a person types, and the drill's clock runs meanwhile; the session must have been given a real clock.
    """
    source, paper = lines or sys.stdin, Paper(out or sys.stdout)
    desk = _desk(session, paper.say, live=live)
    try:
        desk.begin()
        if live:
            _with_a_person(desk, source, paper)
        else:
            _with_a_pipe(desk, source)
        desk.finish()
    except BrokenPipeError:  # whoever listened has gone; the run is kept
        return 0
    finally:
        session.close()
    return 1 if desk.misunderstood and not live else 0


def _desk(session: Movable | RoomView, say: Callable[[str], None], *, live: bool) -> PlainDesk:
    if (room := room_of(session)) is not None:
        from tui.plain.room import RoomDesk

        return RoomDesk(room, say, live=live)
    return PlainDesk(cast(Movable, session), say, live=live, clock=time.monotonic)


def _with_a_pipe(desk: PlainDesk, source: TextIO) -> None:
    for line in source:
        desk.take(line)
        if desk.left or desk.session.ended:
            return


def _with_a_person(desk: PlainDesk, source: TextIO, paper: Paper) -> None:
    typed: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read, args=(source, typed.put), daemon=True).start()
    while not (desk.left or desk.session.ended):
        line = _typed(desk, typed, paper)
        if not line:
            return
        paper.prompted = False
        desk.take(line)


def _typed(desk: PlainDesk, typed: queue.Queue[str], paper: Paper) -> str:
    """The next line that is typed; '' at the end of input or of the drill."""
    while not desk.session.ended:
        if not desk.writing:
            paper.prompt()
        try:
            return typed.get(timeout=LOOK_S)
        except queue.Empty:
            desk.tick()
    return ""


def _read(source: TextIO, put: Callable[[str], None]) -> None:
    """Give every line that is typed, then ''. It holds no lock of the stream: a thread that did could not be left."""
    decode = codecs.getincrementaldecoder(source.encoding or "utf-8")("replace").decode
    begun = ""
    while data := os.read(source.fileno(), 4096):
        *whole, begun = (begun + decode(data)).split("\n")
        for line in whole:
            put(line + "\n")
    put("")
