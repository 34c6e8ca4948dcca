"""`stormdrill host`: a room for a drill that several people play. It has no screen of its own: seats join it."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.speech import DrillName, Seed, show

if TYPE_CHECKING:
    from ssl import SSLContext

    from drills.room.room import Room
    from drills.room.server import Server

SEATS = "REP,SML,COM,LEG,EXE,FAC,OBS"
HELP = (
    "run (STARTEX) · freeze · pace N · who · code SEAT (a new one) · end (ENDEX) · stop (a real emergency) · help\n"
    "ctrl+c closes the room; stormdrill host --resume goes on with it"
)


def host(
    drill: DrillName = "",
    seats: Annotated[str, typer.Option(help="Whom to invite, by role; FAC facilitates, OBS observes.")] = SEATS,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    listen: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for other machines.")] = "127.0.0.1",
    cert: Annotated[Path | None, typer.Option(help="A certificate, for TLS.")] = None,
    key: Annotated[Path | None, typer.Option(help="Its key, unless it is in the same file.")] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="The facilitator sees what is being written; tell the team.")
    ] = False,
    resume: Annotated[str | None, typer.Option(metavar="RUN", help="Go on with a room that was left.")] = None,
    seed: Seed = None,
    pace: Annotated[float | None, typer.Option(min=0.1, max=60, help="Scenario minutes per real minute.")] = None,
) -> None:
    """Host a drill for a team: prints a line for every seat, and takes the facilitator's words for the clock."""
    from drills.errors import DrillError
    from drills.joining import find
    from drills.room.rights import SEATS as KNOWN
    from drills.room.room import Room
    from drills.room.wire import BEFORE
    from drills.session import Session
    from drills.shelf import find_run, runs_folder

    wanted = [one.strip().upper() for one in seats.split(",") if one.strip()]
    if unknown := [one for one in wanted if one not in KNOWN]:
        raise DrillError(f"there is no seat {unknown[0]!r}", remedy=f"take some of {', '.join(KNOWN)}")
    if not drill and resume is None:
        raise DrillError("which drill?", remedy="see them all with stormdrill list")
    tls = _tls(cert, key)
    if resume is not None:
        session = Session.resume(find_run(resume))
    else:
        session = Session.start(find(drill), runs_folder(), seed=seed, pace=pace, coach="off")
        session.pause(BEFORE)
    room = Room(session, drafts_shown=drafts)
    try:
        asyncio.run(_serve(room, wanted, listen, port, tls))
    except KeyboardInterrupt:
        show(f"The room is closed. Go on with: stormdrill host --resume {session.path.name}")
    finally:
        session.close()


async def _serve(room: Room, seats: list[str], listen: str, port: int, tls: SSLContext | None) -> None:
    from drills.room.server import Server

    server = Server(room, show)
    await server.start(listen, port, tls)
    try:
        _invite(room, server, seats, listen, tls is not None)
        words = asyncio.create_task(_listen(room, server, listen))
        await server.ended.wait()
        words.cancel()
        if server.failed is not None:
            raise server.failed
        card = room.session.scorecard()
        show(f"ENDEX. The team has {card.total:.0f} points: {card.rating}. stormdrill report {room.session.path.name}")
        await asyncio.sleep(2)  # so that every seat has the record
    finally:
        await server.close()


def _invite(room: Room, server: Server, seats: list[str], listen: str, secret: bool) -> None:
    from drills.room.rights import SEATS as KNOWN

    show(f"EXERCISE  {room.session.drill.title}: the room is open, the clock stands still.")
    if listen not in ("127.0.0.1", "::1", "localhost") and not secret:
        show("What is said here is not encrypted: only for a network that you trust, or give --cert.")
    show("Hand out a line to each seat; it works once, for a day:")
    for seat in seats:
        if seat in room.taken:
            show(f"  {KNOWN[seat]:<34} has it: stormdrill join {_where(listen, server)}")
        else:
            show(f"  {KNOWN[seat]:<34} {_line(listen, server, room.invite(seat), secret)}")
    show(HELP)


def _where(listen: str, server: Server) -> str:
    import socket

    return f"{socket.gethostname() if listen in ('0.0.0.0', '::') else listen}:{server.port}"


def _line(listen: str, server: Server, code: str, secret: bool = False) -> str:
    return f"stormdrill join {_where(listen, server)} {code}{' --tls' if secret else ''}"


async def _listen(room: Room, server: Server, listen: str) -> None:
    """The facilitator's words, from the terminal or a pipe."""
    said: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        rest = b""
        with suppress(OSError, ValueError, RuntimeError):  # no terminal, or the room has closed meanwhile
            while data := os.read(sys.stdin.fileno(), 4096):
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    loop.call_soon_threadsafe(said.put_nowait, line.decode("utf-8", "replace"))

    # Nobody waits for this thread: it stands in a read that only another line would end.
    threading.Thread(target=read, name="words", daemon=True).start()
    while True:
        _obey(room, server, listen, (await said.get()).split())


def _obey(room: Room, server: Server, listen: str, words: list[str]) -> None:
    from drills.room.rights import FACILITATOR
    from drills.room.rights import SEATS as KNOWN
    from scenarios.moments import show_moment

    match words:
        case []:
            return
        case ["run" | "freeze" | "end" | "stop" as what]:
            room.clock(FACILITATOR, what)
        case ["pace", number] if number.replace(".", "", 1).isdigit() and 0.1 <= float(number) <= 60:
            room.clock(FACILITATOR, "pace", float(number))
        case ["who"]:
            for seat in sorted(room.taken):
                show(f"  {KNOWN[seat]}: {'here' if room.here.get(seat) else 'away'}")
        case ["code", seat] if seat.upper() in KNOWN:
            room.leave(seat.upper())
            show(f"  {KNOWN[seat.upper()]}: {_line(listen, server, room.invite(seat.upper()))}")
        case _:
            show(HELP)
            return
    if not room.session.ended:
        state = room.session.why_paused if room.session.paused else f"runs, ×{room.session.pace:g}"
        show(f"{show_moment(room.session.now_ms)}  {state}")


def _tls(cert: Path | None, key: Path | None) -> SSLContext | None:
    """TLS from files. Raises DrillError where they can't be used."""
    if cert is None:
        return None
    import ssl

    from drills.errors import DrillError

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as error:
        raise DrillError(f"this certificate can't be used ({error})", str(cert)) from None
    return context
