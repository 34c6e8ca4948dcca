"""How far things go: likes as they come in, and which hashtags rise.

Nothing here costs more than an append for each post; what nobody looks at is never counted.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from drills.desk.views import PostView
from scenarios.moments import MINUTE

RECENT_MS = 30 * MINUTE
"""What counts as now for a hashtag."""
FEWEST = 5
"""A hashtag that was used less often in that time is no trend."""
MOST = 5
"""How many are shown."""

_TAG = re.compile(r"#(\w{2,60})")


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag that people use now."""

    name: str
    """With its #, as it was first written."""
    recent: int
    """Posts with it in the last 30 minutes."""
    total: int
    """Posts with it since STARTEX."""


class Trends:
    """Which hashtags rise. Give it the posts in their order; ask with a time that never goes back."""

    def __init__(self) -> None:
        self._unread: list[PostView] = []
        self._number_of: dict[str, int] = {}
        """A hashtag without its case, and its place in the three lists."""
        self._names: list[str] = []
        self._totals: list[int] = []
        self._recent: list[int] = []
        # Each use of a hashtag, the latest last: when, and which. A crisis has many, so they are kept small.
        self._when, self._which = array("q"), array("I")
        self._first = 0
        """The first use that is recent; those before it are dropped now and then."""

    def add(self, view: PostView) -> None:
        """One more post; its words are read when somebody asks."""
        self._unread.append(view)

    def at(self, now_ms: int) -> list[Tag]:
        """The hashtags of the last half hour, the one first that gained most on its own past."""
        self._read()
        self._forget(now_ms - RECENT_MS)
        each = zip(self._names, self._recent, self._totals, strict=True)
        found = [Tag(name, recent, total) for name, recent, total in each if recent >= FEWEST]
        # How often now, times which part of all its uses that is: an old tag that goes on comes after a new one.
        found.sort(key=lambda tag: (-tag.recent * tag.recent / tag.total, tag.name))
        return found[:MOST]

    def _forget(self, until_ms: int) -> None:
        first, when, which = self._first, self._when, self._which
        while first < len(when) and when[first] <= until_ms:
            self._recent[which[first]] -= 1
            first += 1
        if first > len(when) // 2:
            del when[:first], which[:first]
            first = 0
        self._first = first

    def _read(self) -> None:
        unread, self._unread = self._unread, []
        for view in unread:
            for folded, name in {found.casefold(): found for found in _TAG.findall(view.text)}.items():
                number = self._number_of.setdefault(folded, len(self._names))
                if number == len(self._names):
                    self._names.append(f"#{name}")
                    self._totals.append(0)
                    self._recent.append(0)
                self._totals[number] += 1
                self._recent[number] += 1
                self._when.append(view.event.at_ms)
                self._which.append(number)


def trends_over_time(views: Iterable[PostView], until_ms: int, step_ms: int = RECENT_MS) -> list[tuple[int, list[Tag]]]:
    """What trended at the end of each step of a run; steps without a trend are left out."""
    trends = Trends()
    found: list[tuple[int, list[Tag]]] = []
    end = step_ms
    for view in views:
        while view.event.at_ms >= end and end < until_ms:
            found.append((end, trends.at(end)))
            end += step_ms
        if not view.ours:
            trends.add(view)
    while end < until_ms:
        found.append((end, trends.at(end)))
        end += step_ms
    found.append((until_ms, trends.at(until_ms)))
    return [(at_ms, tags) for at_ms, tags in found if tags]


def most_shared(views: Iterable[PostView], most: int = 5) -> list[PostView]:
    """The posts that went furthest: most shares first, then most people who could see them."""
    shared = [view for view in views if view.shares]
    return sorted(shared, key=lambda view: (-view.shares, -view.reach, view.event.at_ms, view.key))[:most]
