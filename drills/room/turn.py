"""Turns: in a room one changes something at a time, and nobody who only reads waits for the disk.

Rules
1. Whoever changes something has the turn until it is done, the wait for the disk included: the record has one order.
2. Whoever reads waits while something is being changed, and not while the disk is waited for (`aside`): what stands
   then is whole, since nothing touches the world before it is on the record.
3. Whoever has the turn may take it again, and whoever reads may read more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Turn:
    """The right to change a room, and the right to read it; for several threads."""

    def __init__(self) -> None:
        self._turn, self._still = threading.RLock(), threading.RLock()
        self._depth, self._whose = 0, 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """Change something, when it is one's turn."""
        with self._turn:
            if self._depth == 0:
                self._still.acquire()
                self._whose = threading.get_ident()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._whose = 0
                    self._still.release()

    @contextmanager
    def read(self) -> Iterator[None]:
        """Read what stands still."""
        if self._whose == threading.get_ident():  # whoever has the turn may look
            yield
            return
        with self._still:
            yield

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Wait for the disk: others may read meanwhile, and nobody may change."""
        if self._whose != threading.get_ident():
            yield
            return
        self._whose = 0
        self._still.release()
        try:
            yield
        finally:
            self._still.acquire()
            self._whose = threading.get_ident()


class HasTurn(Protocol):
    """Something that is changed and read by turns."""

    turn: Turn


R = TypeVar("R", bound=HasTurn)


def changes(method: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """A method that changes something: it waits for its turn."""

    @wraps(method)
    def inner(self: R, /, *given: P.args, **named: P.kwargs) -> T:
        with self.turn.change():
            return method(self, *given, **named)

    return inner


def reads(method: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """A method that reads: it never waits for the disk."""

    @wraps(method)
    def inner(self: R, /, *given: P.args, **named: P.kwargs) -> T:
        with self.turn.read():
            return method(self, *given, **named)

    return inner
