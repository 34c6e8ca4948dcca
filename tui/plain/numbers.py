"""The numbers by which people name things in plain mode. A number is given once and never given to anything else."""

from __future__ import annotations

from drills.desk import Desk, Row


class Numbers:
    """Which number stands for which post, group of posts or inbox item."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}
        self._keys: list[str] = []
        self._groups: dict[str, tuple[str, ...]] = {}

    def of(self, key: str) -> int:
        """The number of a post's, an item's or a group's key; a new one if it has none."""
        if key not in self._of:
            self._keys.append(key)
            self._of[key] = len(self._keys)
        return self._of[key]

    def of_row(self, row: Row) -> int:
        """The number of a row of the queue: that of its post or item where it holds just one that stands alone."""
        self._groups[row.key] = row.posts
        return self.of(row.key)

    def given(self, key: str) -> int | None:
        """The number that a key has, if it has one."""
        return self._of.get(key)

    def keys(self, word: str, desk: Desk) -> tuple[str, ...]:
        """The posts, or the one item, that a number or a key stands for now, the newest last; none if nothing."""
        key = word.removeprefix("#")
        if key.isdecimal() and key not in desk.posts:
            at = int(key) if len(key) < 9 else 0
            key = self._keys[at - 1] if 0 < at <= len(self._keys) else ""
        if key in desk.posts or key in desk.inbox:
            return (key,)
        row = next((row for row in desk.queue() if row.key == key), None)
        if row is not None:
            self._groups[key] = row.posts
        return self._groups.get(key, ())
