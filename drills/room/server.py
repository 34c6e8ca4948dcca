"""The host's end of the wire: WebSocket frames of JSON, some ten a second, each from the seat's own place in the log.

Rules
1. The first frame is `hello` with a code or a token; until it is taken nothing is read and nothing is told.
2. A connection that can't take what is sent for `BLOCKED_S`, or is silent for `HEARTBEAT_S`, is closed; it comes back
   and reads on. It costs the others nothing: nothing is kept for it.
3. Browsers are not spoken to: a request that names an Origin is refused. Frames, rates and time to say hello are
   limited.
4. After ENDEX every seat gets the record, and has its review from it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import time
from collections.abc import Callable
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from drills.errors import DrillError
from drills.room.invites import DeniedError
from drills.room.room import Place, Room
from drills.room.wire import HEARTBEAT_S, PATH

TICK_S = 0.05
TICKS = 2
"""After so many ticks everybody is told what is new: ten times a second."""
HELLO_S = 5.0
BLOCKED_S = 10.0
MOST_BYTES = 64 * 1024
CLOSING_S = 2.0
LEFT = "this seat is not yours any more: join with a new code"
RATE, BURST = 10.0, 20.0
"""Frames a second that a seat may send, and how many at once."""


class Server:
    """A room on a port. `note`: is told, in a sentence, who comes and goes; never a code or a token."""

    def __init__(self, room: Room, note: Callable[[str], object] = lambda _: None) -> None:
        self.room, self.note = room, note
        self.port = 0
        self.ended = asyncio.Event()
        """Set when the drill is over, or can't go on: `failed` then says why."""
        self.failed: DrillError | None = None
        self._runner: web.AppRunner | None = None
        self._sockets: set[web.WebSocketResponse] = set()
        self._ticking: asyncio.Task[None] | None = None
        self._beat = asyncio.Event()
        """Set when everybody is told, right after a tick, so that nothing lies about for the rest of a tenth second."""

    async def start(self, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        """Open the port (0: any that is free; `port` then says which). Raises DrillError where it can't be opened."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get(PATH, self._connected)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, ssl_context=tls)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            why = f"the port {host}:{port} can't be opened ({error.strerror or 'it is in use'})"
            raise DrillError(why, remedy="try another with --port") from None
        assert self._runner.addresses
        self.port = int(self._runner.addresses[0][1])
        self._ticking = asyncio.create_task(self._tick())

    async def close(self) -> None:
        """Close every connection and the port. The session stays open for whoever has made it."""
        if self._ticking is not None:
            self._ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticking
        await asyncio.gather(*[one.close(code=WSCloseCode.GOING_AWAY) for one in list(self._sockets)])
        if self._runner is not None:
            await self._runner.cleanup()

    async def _tick(self) -> None:
        ticks = 0
        while self.failed is None:
            try:
                self.room.session.tick()
            except DrillError as error:  # the disk refuses, for instance: nobody may believe that it goes on
                self.failed = error
            if self.failed or self.room.session.ended:
                self.ended.set()
            ticks += 1
            if ticks % TICKS == 0:
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
            await socket.send_json({"do": "denied", "why": error.what})
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return socket
        except (TimeoutError, ValueError, TypeError):
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return socket
        room = self.room
        self._sockets.add(socket)
        room.here[place.seat] = room.here.get(place.seat, 0) + 1
        self.note(f"{place.seat} is here")
        sending = asyncio.create_task(self._send(socket, place, token))
        try:
            await self._receive(socket, place.seat)
        finally:
            sending.cancel()
            self._sockets.discard(socket)
            room.here[place.seat] -= 1
            self.note(f"{place.seat} has gone")
        return socket

    async def _hello(self, socket: web.WebSocketResponse, where: str) -> tuple[Place, str]:
        message = await asyncio.wait_for(socket.receive(), HELLO_S)
        if message.type is not WSMsgType.TEXT:
            raise ValueError(message.type)
        said = json.loads(message.data)
        if not isinstance(said, dict) or said.get("do") != "hello":
            raise ValueError("hello")
        if isinstance(said.get("token"), str):
            seat, token = self.room.back(said["token"])
        else:
            seat, token = self.room.join(str(said.get("code", ""))[:40], where)
        after = said.get("after", 0)
        return self.room.place(seat, after if isinstance(after, int) else 0), token

    async def _send(self, socket: web.WebSocketResponse, place: Place, token: str) -> None:
        """Everything this seat may see, from where it stands."""
        room, told = self.room, ""
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(BLOCKED_S):
                await socket.send_json({"do": "welcome", "token": token, **room.welcome(place.seat)})
            while True:
                async with asyncio.timeout(BLOCKED_S):
                    while (batch := room.batch(place)) is not None:
                        await socket.send_str(batch)
                    if place.seat not in room.taken:
                        await socket.send_json({"do": "denied", "why": LEFT})
                        return
                    state = json.dumps(room.state(place.seat))
                    if state != told:
                        told = state
                        await socket.send_str(state)
                    if room.session.ended:
                        record = {"do": "record", "folder": room.session.path.name, "text": room.record()}
                        await socket.send_json(record)
                        return
                await self._beat.wait()
        await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _receive(self, socket: web.WebSocketResponse, seat: str) -> None:
        """What a seat does, in the order in which it comes."""
        bucket, filled = BURST, time.monotonic()
        async for message in socket:
            now = time.monotonic()
            bucket, filled = min(BURST, bucket + RATE * (now - filled)), now
            if bucket < 1:
                await asyncio.sleep((1 - bucket) / RATE)
            bucket -= 1
            if message.type is not WSMsgType.TEXT:
                return
            try:
                said = json.loads(message.data)
            except (ValueError, RecursionError):
                return
            try:
                answer = self._answer(seat, said)
            except DrillError as error:
                answer = {"do": "refused", "key": "", "why": error.what}
            if answer is not None:
                await socket.send_json(answer)

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
                self.room.leave(seat)
                return {"do": "denied", "why": LEFT}
        return {"do": "refused", "key": "", "why": "this is not understood"}
