"""How far things go: likes as they come in, and which hashtags rise.

Nothing here costs more than an append for each post; what nobody looks at is never counted.
"""

from __future__ import annotations

import re
from collections import deque
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
        self._names: dict[str, str] = {}
        self._totals: dict[str, int] = {}
        self._recent: dict[str, int] = {}
        self._window: deque[tuple[int, str]] = deque()

    def add(self, view: PostView) -> None:
        """One more post; its words are read when somebody asks."""
        self._unread.append(view)

    def at(self, now_ms: int) -> list[Tag]:
        """The hashtags of the last half hour, the one first that gained most on its own past."""
        self._read()
        while self._window and self._window[0][0] <= now_ms - RECENT_MS:
            _, tag = self._window.popleft()
            self._recent[tag] -= 1
        found = [Tag(self._names[tag], many, self._totals[tag]) for tag, many in self._recent.items() if many >= FEWEST]
        # How often now, times which part of all its uses that is: an old tag that goes on comes after a new one.
        found.sort(key=lambda tag: (-tag.recent * tag.recent / tag.total, tag.name))
        return found[:MOST]

    def _read(self) -> None:
        unread, self._unread = self._unread, []
        for view in unread:
            tags = {found.casefold(): found for found in _TAG.findall(view.text)}
            for tag, name in tags.items():
                self._names.setdefault(tag, f"#{name}")
                self._totals[tag] = self._totals.get(tag, 0) + 1
                self._recent[tag] = self._recent.get(tag, 0) + 1
                self._window.append((view.event.at_ms, tag))


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
