"""A wire between a seat and its host that a test can cut, reset, or let stand with nothing coming through."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading


class Proxy:
    """Carries bytes both ways, from a port of its own to another on this machine."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._door = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._stalled: set[socket.socket] = set()
        self.wires = 0
        """How many there have been."""
        self._since = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def where(self) -> str:
        return f"127.0.0.1:{self._door.getsockname()[1]}"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._pairs.append((near, far))
                self.wires += 1
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                if one not in self._stalled:
                    other.sendall(data)
        for wire in (one, other):
            if wire not in self._stalled:
                with contextlib.suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)

    def _now(self) -> list[tuple[socket.socket, socket.socket]]:
        self._since = self.wires
        pairs, self._pairs = self._pairs, []
        return pairs

    def cut(self) -> None:
        """Both ends are told that it is over."""
        for pair in self._now():
            for wire in pair:
                with contextlib.suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Both ends are told so rudely, with what was on its way lost."""
        for pair in self._now():
            for wire in pair:
                with contextlib.suppress(OSError):
                    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    wire.shutdown(socket.SHUT_RD)
                    wire.close()

    def stall(self) -> None:
        """Nobody is told anything: nothing comes through any more."""
        for pair in self._now():
            self._stalled.update(pair)

    def joined(self) -> bool:
        """Whether somebody has come again since."""
        return self.wires > self._since

    def close(self) -> None:
        """Cut everything, and take nobody any more."""
        self._door.close()
        self.cut()
