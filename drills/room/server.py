"""The host's end of the wire: WebSocket frames of JSON, some ten a second, each from the seat's own place in the log.

Rules
1. The first frame is `hello` with a code or a token; until it is taken nothing is read and nothing is told. Whoever
   says nothing is cut off, and only so many may stand in the door (`door`).
2. A connection that can't take what is sent for `BLOCKED_S`, or is silent for `HEARTBEAT_S`, is closed; it comes back
   and reads on. It costs the others nothing: nothing is kept for it.
3. Browsers are not spoken to: a request that names an Origin is refused. Frames are limited in size, and each seat in
   its rate, however often it comes back.
4. A seat has one connection: a new one ends the one before.
5. This loop never waits for the disk. What changes the room is done by a hand of its own, in the order in which it
   came; what is told is only read.
6. After ENDEX every seat gets the record, and has its review from it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from aiohttp import WSCloseCode, WSMsgType, web

from drills.errors import DrillError
from drills.room.door import Door
from drills.room.invites import DeniedError
from drills.room.rights import FACILITATOR, OBSERVER
from drills.room.room import Place, Room
from drills.room.wire import HEARTBEAT_S, PATH

TICK_S = 0.1
"""Ten times a second time goes on, and everybody is told what is new."""
HELLO_S = 5.0
BLOCKED_S = 10.0
MOST_BYTES = 64 * 1024
CLOSING_S = 2.0
LONG_S = 120.0
"""The whole record is a long frame: it may take longer than the others."""
LEFT = "this seat is not yours any more: join with a new code"
ELSEWHERE = "somebody has come back to this seat from another place"
RATE, BURST = 10.0, 20.0
"""Frames a second that a seat may send, and how many at once. Coming back counts as one."""
T = TypeVar("T")
_unheard = logging.getLogger("drills.room.unheard")
"""What strangers send that is no request goes here: it is no news, and a terminal must not show it."""
_unheard.addHandler(logging.NullHandler())
_unheard.propagate = False


class Server:
    """A room on a port. `note`: is told, in a sentence, who comes and goes; never a code or a token."""

    def __init__(self, room: Room, note: Callable[[str], object] = lambda _: None) -> None:
        self.room, self.note = room, note
        self.port = 0
        self.ended = asyncio.Event()
        """Set when the drill is over, or can't go on: `failed` then says why."""
        self.failed: DrillError | None = None
        self._runner: web.AppRunner | None = None
        self._port: asyncio.Server | None = None
        self._strangers: dict[asyncio.BaseTransport, str] = {}
        """Connections that have no seat yet, and where they come from."""
        self._sockets: dict[str, web.WebSocketResponse] = {}
        """Seat to its connection."""
        self._buckets: dict[str, tuple[float, float]] = {}
        """Seat to how many frames it may send at once, and when that was so."""
        self._hand = ThreadPoolExecutor(1, "room")
        self._ticking: asyncio.Task[None] | None = None
        self._state = json.dumps(room.state(OBSERVER))
        """The clock and who is here, as everybody but the facilitator is told it now."""
        self._beat = asyncio.Event()
        """Set when everybody is told, right after a tick, so that nothing lies about for the rest of a tenth second."""

    async def start(self, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        """Open the port (0: any that is free; `port` then says which). Raises DrillError where it can't be opened."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get(PATH, self._connected)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_S, logger=_unheard)
        await self._runner.setup()
        inside = self._runner.server
        assert inside is not None
        secret: dict[str, Any] = {"ssl": tls, "ssl_handshake_timeout": HELLO_S} if tls else {}
        try:
            self._port = await asyncio.get_running_loop().create_server(
                lambda: Door(self._strangers, inside), host, port, **secret
            )
        except OSError as error:
            await self._runner.cleanup()
            why = f"the port {host}:{port} can't be opened ({error.strerror or 'it is in use'})"
            raise DrillError(why, remedy="try another with --port") from None
        self.port = int(self._port.sockets[0].getsockname()[1])
        self._ticking = asyncio.create_task(self._tick())

    async def close(self) -> None:
        """Close every connection and the port. The session stays open for whoever has made it."""
        if self._ticking is not None:
            self._ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticking
        if self._port is not None:
            self._port.close()
        for stranger in list(self._strangers):
            stranger.close()
        await asyncio.gather(*[_cut(one, WSCloseCode.GOING_AWAY) for one in list(self._sockets.values())])
        if self._runner is not None:
            await self._runner.cleanup()
        self._hand.shutdown()

    async def _by_hand(self, what: Callable[..., T], *given: Any) -> T:
        """Do what changes the room, and may have to wait for the disk."""
        return await asyncio.get_running_loop().run_in_executor(self._hand, what, *given)

    async def _tick(self) -> None:
        ticking: asyncio.Future[None] | None = None
        while self.failed is None:
            ticking = ticking or asyncio.ensure_future(self._by_hand(self.room.tick))
            await asyncio.wait({ticking}, timeout=TICK_S)  # where the disk is slow, the others are told all the same
            try:
                if ticking.done():
                    ticking.result()
                    ticking = None
            except DrillError as error:  # the disk refuses, for instance: nobody may believe that it goes on
                self.failed = error
            except Exception as error:
                self.failed = DrillError(f"the run can't go on ({type(error).__name__}: {error})", remedy="resume it")
            if self.failed or self.room.session.ended:
                self.ended.set()
            self._state = json.dumps(self.room.state(OBSERVER))
            self._beat.set()
            self._beat = asyncio.Event()
            await asyncio.sleep(TICK_S)

    # -- a connection ----------------------------------------------------------------------------------------

    async def _connected(self, request: web.Request) -> web.StreamResponse:
        if "Origin" in request.headers:
            return web.Response(status=403, text="no browsers here")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=MOST_BYTES, compress=False)
        await socket.prepare(request)
        try:
            place, token = await self._hello(socket, request.remote or "")
        except DeniedError as error:
            await _tell(socket, {"do": "denied", "why": error.what})
            await _cut(socket, WSCloseCode.POLICY_VIOLATION)
            return socket
        except DrillError:  # the disk refuses: the seat is not lost, and may be asked for again
            await _cut(socket)
            return socket
        except (TimeoutError, ValueError, TypeError, RecursionError):
            await _cut(socket, WSCloseCode.POLICY_VIOLATION)
            return socket
        if request.transport is not None:
            self._strangers.pop(request.transport, None)
        await self._sit(socket, place, token)
        return socket

    async def _sit(self, socket: web.WebSocketResponse, place: Place, token: str) -> None:
        """A seat's connection, as long as it lasts."""
        seat, here = place.seat, self.room.here
        before, self._sockets[seat] = self._sockets.get(seat), socket
        here[seat] = here.get(seat, 0) + 1
        self.note(f"{seat} is here")
        jobs = {asyncio.create_task(self._send(socket, place, token)), asyncio.create_task(self._receive(socket, seat))}
        try:
            if before is not None:
                await self._turn_away(before)
            await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for job in jobs:
                job.cancel()
            gone = await asyncio.gather(*jobs, return_exceptions=True)
            if self._sockets.get(seat) is socket:
                del self._sockets[seat]
            here[seat] -= 1
            self.note(f"{seat} has gone")
            for error in gone:
                if isinstance(error, Exception) and not isinstance(error, ConnectionError | TimeoutError):
                    self.note(f"{seat}: its connection failed ({type(error).__name__}: {error})")
            await _cut(socket)

    async def _turn_away(self, socket: web.WebSocketResponse) -> None:
        """End a connection whose seat has come back elsewhere; if it hears nothing any more, without a word."""
        with contextlib.suppress(ConnectionError, TimeoutError, RuntimeError):
            await _tell(socket, {"do": "denied", "why": ELSEWHERE}, CLOSING_S)
        await _cut(socket)

    async def _hello(self, socket: web.WebSocketResponse, where: str) -> tuple[Place, str]:
        message = await asyncio.wait_for(socket.receive(), HELLO_S)
        if message.type is not WSMsgType.TEXT:
            raise ValueError(message.type)
        said = json.loads(message.data)
        if not isinstance(said, dict) or said.get("do") != "hello":
            raise ValueError("hello")
        if isinstance(said.get("token"), str):
            seat, token = await self._by_hand(self.room.back, said["token"])
        else:
            seat, token = await self._by_hand(self.room.join, str(said.get("code", ""))[:40], where)
        await self._wait_turn(seat)
        after = said.get("after", 0)
        return self.room.place(seat, after if type(after) is int else 0, str(said.get("mark", ""))), token

    async def _send(self, socket: web.WebSocketResponse, place: Place, token: str) -> None:
        """Everything this seat may see, from where it stands, until it ends or the other end takes nothing."""
        room, told = self.room, ""
        await _tell(socket, {"do": "welcome", "token": token, **room.welcome(place.seat)})
        while True:
            batch = room.batch(place)
            state = self._state if place.seat != FACILITATOR else json.dumps(room.state(place.seat))
            while batch is not None:
                following = room.batch(place)
                if following is None and state != told:  # in one frame: fifty seats are fifty frames less
                    batch, told = f'{batch[:-1]},"state":{state}}}', state
                await _tell(socket, batch)
                batch = following
            if place.seat not in room.taken:
                await _tell(socket, {"do": "denied", "why": LEFT})
                return
            if state != told:
                told = state
                await _tell(socket, state)
            if room.session.ended:
                record = {"do": "record", "folder": room.session.path.name, "text": room.record()}
                await _tell(socket, record, LONG_S)
                await asyncio.Event().wait()  # the review is there; whoever has it leaves by themselves
            await self._beat.wait()

    async def _wait_turn(self, seat: str) -> None:
        """Slow a seat down that sends more than it may."""
        now = time.monotonic()
        left, since = self._buckets.get(seat, (BURST, now))
        left = min(BURST, left + RATE * (now - since)) - 1
        self._buckets[seat] = (left, now)
        if left < 0:
            await asyncio.sleep(-left / RATE)

    async def _receive(self, socket: web.WebSocketResponse, seat: str) -> None:
        """What a seat does, in the order in which it comes."""
        async for message in socket:
            await self._wait_turn(seat)
            if message.type is not WSMsgType.TEXT:
                return
            try:
                said = json.loads(message.data)
            except (ValueError, RecursionError):
                return
            try:
                answer = await self._by_hand(self._answer, seat, said)
            except DrillError as error:
                answer = {"do": "refused", "key": "", "why": error.what}
            if answer is not None:
                await _tell(socket, answer)

    def _answer(self, seat: str, said: Any) -> dict[str, Any] | None:
        if seat not in self.room.taken:
            return {"do": "denied", "why": LEFT}
        match said:
            case {"do": "act", "key": key, "verb": verb, "given": given}:
                return self.room.act(seat, key, verb, given)
            case {"do": "draft", "slot": slot, "text": text}:
                self.room.draft(seat, slot, text)
                return None
            case {"do": "clock", "what": what}:
                return self.room.clock(seat, what, said.get("value"))
            case {"do": "steer", "key": key, "verb": verb, "given": given}:
                return self.room.steer(seat, key, verb, given)
            case {"do": "ready", "ready": ready}:
                self.room.say_ready(seat, ready)
                return None
            case {"do": "leave"}:
                self.room.leave(seat, said.get("handed", ""))
                return {"do": "denied", "why": LEFT}
        return {"do": "refused", "key": "", "why": "this is not understood"}


async def _tell(socket: web.WebSocketResponse, what: dict[str, Any] | str, within_s: float = 0) -> None:
    """Send a frame. Raises TimeoutError where the other end does not take it."""
    async with asyncio.timeout(within_s or BLOCKED_S):
        await socket.send_str(what if isinstance(what, str) else json.dumps(what))


async def _cut(socket: web.WebSocketResponse, code: int = WSCloseCode.TRY_AGAIN_LATER) -> None:
    """Close a connection, whether or not the other end still answers."""
    transport = socket._req.transport if socket._req is not None else None
    with contextlib.suppress(ConnectionError, TimeoutError, RuntimeError):
        async with asyncio.timeout(CLOSING_S):
            await socket.close(code=code)
    if transport is not None:
        transport.abort()
