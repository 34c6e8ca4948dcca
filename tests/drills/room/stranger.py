"""A client that keeps to no rule: bytes on a socket, as anybody could send them."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import ssl
import struct
import time
from typing import Any, Self

from drills.room.wire import PATH

TEXT, BINARY, CLOSE, PING, PONG, MORE = 1, 2, 8, 9, 10, 0
GREETING = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}


class GoneError(Exception):
    """The other end has closed the connection."""


class Stranger:
    """One connection. What it hears is parsed; what it says is up to the test."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None, *, buffer: int = 0, where: str = "") -> None:
        """`buffer`: how little the system takes in for it. `where`: the address that it comes from."""
        self.wire = socket.socket()
        if where:
            self.wire.bind((where, 0))
        if buffer:
            self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.wire.settimeout(10)
        self.wire.connect(("127.0.0.1", port))
        if tls is not None:
            self.wire = tls.wrap_socket(self.wire, server_hostname="127.0.0.1")
        self._read = b""
        self.pongs, self._wants_pong = 0, False
        self.heard: list[dict[str, Any]] = []
        """Every frame of JSON so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wire.close()

    # -- bytes -----------------------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Anything at all; what the other end does not want any more is no error."""
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            self.wire.sendall(data)

    def _take(self, length: int) -> bytes:
        while len(self._read) < length:
            try:
                more = self.wire.recv(65536)
            except ConnectionError:
                more = b""
            if not more:
                raise GoneError
            self._read += more
        taken, self._read = self._read[:length], self._read[length:]
        return taken

    def _until(self, end: bytes) -> bytes:
        taken = b""
        while not taken.endswith(end):
            taken += self._take(1)
        return taken

    def gone(self, within_s: float = 5.0) -> bool:
        """Whether the other end closes the connection in that time."""
        self.wire.settimeout(within_s)
        end = time.monotonic() + within_s
        try:
            while time.monotonic() < end:
                self._take(1)
        except GoneError:
            return True
        except TimeoutError:
            return False
        return False

    # -- HTTP ------------------------------------------------------------------------------------------------

    def greet(self, **headers: str) -> int:
        """Ask for a WebSocket; the status of the answer."""
        key = base64.b64encode(os.urandom(16)).decode()
        lines = {"Host": "room", **GREETING, "Sec-WebSocket-Key": key, **headers}
        told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.send(f"GET {PATH} HTTP/1.1\r\n{told}\r\n".encode())
        return self.status()

    def status(self) -> int:
        """The status of an answer, past its headers."""
        status = int(self._until(b"\r\n").split()[1])
        while self._until(b"\r\n") != b"\r\n":
            pass
        return status

    # -- frames ----------------------------------------------------------------------------------------------

    def frame(self, kind: int, data: bytes, *, masked: bool = True, last: bool = True) -> None:
        """Send a frame."""
        length = len(data)
        head = bytes([kind | (0x80 if last else 0)])
        bit = 0x80 if masked else 0
        if length < 126:
            head += bytes([bit | length])
        else:
            head += bytes([bit | 126]) + struct.pack("!H", length) if length < 65536 else bytes([bit | 127])
            head += b"" if length < 65536 else struct.pack("!Q", length)
        if masked:
            key = b"\x05\x06\x07\x08"
            data = bytes(one ^ key[at % 4] for at, one in enumerate(data))
            head += key
        self.send(head + data)

    def say(self, what: object) -> None:
        """Send something as JSON."""
        self.frame(TEXT, json.dumps(what).encode())

    def hear(self) -> dict[str, Any]:
        """The next frame of JSON; pings are answered. Raises GoneError with the code when the room closes."""
        while True:
            first, second = self._take(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self._take(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self._take(8))
            data = self._take(length)
            match first & 0x0F:
                case 1:
                    said: dict[str, Any] = json.loads(data)
                    self.heard.append(said)
                    return said
                case 8:
                    raise GoneError(*struct.unpack("!H", data[:2]))
                case 9:
                    self.frame(PONG, data)
                case 10:
                    self.pongs += 1
                    if self._wants_pong:
                        return {}

    def hear_pong(self) -> None:
        """Wait for the answer to a ping."""
        before, self._wants_pong = self.pongs, True
        while self.pongs == before:
            self.hear()
        self._wants_pong = False

    def hear_until(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these kinds."""
        while (said := self.hear())["do"] not in kinds:
            pass
        return said

    def closed_with(self) -> int:
        """The code with which the room closes; 0 for none."""
        try:
            while True:
                self.hear()
        except GoneError as gone:
            return int(gone.args[0]) if gone.args else 0

    def sit(self, code: str = "", token: str = "", **more: Any) -> dict[str, Any]:
        """Greet, say hello, and be welcome."""
        assert self.greet() == 101
        self.say({"do": "hello", **({"token": token} if token else {"code": code}), **more})
        return self.hear_until("welcome", "denied")

    def ask(self, what: dict[str, Any]) -> dict[str, Any]:
        """Say something that is answered."""
        self.say(what)
        return self.hear_until("ack", "refused", "denied")

    def act(self, verb: str, key: str = "", **given: Any) -> dict[str, Any]:
        """Send an action."""
        return self.ask({"do": "act", "key": key or os.urandom(8).hex(), "verb": verb, "given": given})

    def events(self) -> list[list[Any]]:
        """Every row of events heard so far."""
        return [row for said in self.heard if said["do"] == "events" for row in said["events"]]

    def catch_up(self, upto: int) -> None:
        """Hear until the room's log up to there is told."""
        while not any(said["do"] == "events" and said["upto"] >= upto for said in self.heard[-1:]):
            if any(said["do"] == "events" and said["upto"] >= upto for said in self.heard):
                return
            self.hear()
