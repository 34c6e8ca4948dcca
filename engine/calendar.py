"""The crowd's calendar: who may post in which minute.

A big run has millions of people who might post later. A number and a reference each, on the page of their minute, cost
a thirtieth of an event of SimPy's; only the page of the current minute becomes events.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from engine.events import Posted, Shared
from scenarios.moments import MINUTE

_K_BITS = 40
AGAIN = (1 << _K_BITS) - 1
"""The child number under which the author of a post itself waits for an answer."""
BACK = AGAIN - 1
"""The child number under which the author of a post means to answer our answer."""


class Page:
    """Those who may post in one minute."""

    __slots__ = ("causes", "marks")

    def __init__(self) -> None:
        self.marks = array("Q")
        """Milliseconds into the minute, and which child of its cause."""
        self.causes: list[Posted | Shared] = []


class Calendar:
    """Pages by minute."""

    def __init__(self) -> None:
        self._pages: dict[int, Page] = {}

    def add(self, due_ms: int, k: int, cause: Posted | Shared) -> None:
        """Child number `k` of a post or share may post at `due_ms`."""
        minute, into_ms = divmod(due_ms, MINUTE)
        page = self._pages.get(minute)
        if page is None:
            page = self._pages[minute] = Page()
        page.marks.append(into_ms << _K_BITS | k)
        page.causes.append(cause)

    def turn(self, minute: int) -> Iterator[tuple[int, int, Posted | Shared]]:
        """(due_ms, k, cause) of everybody on a minute's page, in order of time and then of entry; the page is gone."""
        page = self._pages.pop(minute, None)
        if page is None:
            return
        marks, causes = page.marks, page.causes
        for number in sorted(range(len(marks)), key=lambda number: marks[number] >> _K_BITS):
            mark = marks[number]
            yield minute * MINUTE + (mark >> _K_BITS), mark & ((1 << _K_BITS) - 1), causes[number]

    def clear(self) -> None:
        """Nobody will post any more."""
        self._pages.clear()
