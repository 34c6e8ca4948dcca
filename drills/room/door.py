"""The door of a room: how many strangers may stand in it, and for how long. Whoever has a seat has passed it.

Rules
1. A connection that has not been given a seat within `LINGER_S` is cut, whatever it says: half a request, a request for
   something else, a greeting that never comes.
2. So many strangers fit in the door, and so many from one address; those who have a seat don't count. Whoever holds the
   door full from one address locks out nobody else.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import cast

LINGER_S = 8.0
MOST_STRANGERS = 200
MOST_FROM_ONE = 100
"""An office behind one address must fit in, all of it coming back at once; each costs some 20 kB."""

HELD = 256 * 1024
"""Bytes that the system keeps for a connection that does not read, and no more."""


class Door(asyncio.Protocol):
    """One connection on its way in. `inside`: makes the protocol that it is handed to."""

    def __init__(self, strangers: dict[asyncio.BaseTransport, str], inside: Callable[[], asyncio.Protocol]) -> None:
        self._strangers, self._inside = strangers, inside

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or close the door before it."""
        wire = cast(asyncio.Transport, transport)
        where = str((wire.get_extra_info("peername") or ("",))[0])
        for gone in [one for one in self._strangers if one.is_closing()]:
            del self._strangers[gone]
        here = list(self._strangers.values())
        if len(here) >= MOST_STRANGERS or here.count(where) >= MOST_FROM_ONE:
            wire.abort()
            return
        if (plain := wire.get_extra_info("socket")) is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD)
        self._strangers[wire] = where
        asyncio.get_running_loop().call_later(LINGER_S, self._late, wire)
        inside = self._inside()
        wire.set_protocol(inside)
        inside.connection_made(wire)

    def _late(self, wire: asyncio.Transport) -> None:
        if self._strangers.pop(wire, None) is not None:
            wire.abort()
