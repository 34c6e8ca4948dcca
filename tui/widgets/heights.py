"""How high each item of a list is: from an item to its first line and back, however many there are.

Of each item only its height is kept. First lines are summed up for whole blocks; within one they are added up when they
are asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right

BLOCK = 16
MOST = 0xFFFF
"""Lines of an item that can be shown; the rest of a longer one is cut."""


class Heights:
    """Lines of the items of a list, in order."""

    def __init__(self) -> None:
        self.total = 0
        """Lines of all of them."""
        self._each = array("H")
        self._firsts = array("Q", [0])
        """The first line of each block, that of the next one too."""

    def append(self, height: int) -> None:
        """One more item."""
        height = min(height, MOST)
        self._each.append(height)
        self.total += height
        if not len(self._each) % BLOCK:
            self._firsts.append(self.total)

    def cut(self, many: int) -> None:
        """Forget all items but the first so many."""
        self.total = self.first(many)
        del self._each[many:]
        del self._firsts[many // BLOCK + 1 :]

    def change(self, index: int, height: int) -> bool:
        """An item is this high now. Whether that moves what lies below it."""
        by = min(height, MOST) - self._each[index]
        self._each[index] += by
        self.total += by
        for block in range(index // BLOCK + 1, len(self._firsts)):
            self._firsts[block] += by
        return bool(by)

    def of(self, index: int) -> int:
        """The lines of an item."""
        return self._each[index]

    def first(self, index: int) -> int:
        """The first line of an item; for the number of all items, the line after the last."""
        block = index // BLOCK
        return self._firsts[block] + sum(self._each[block * BLOCK : index])

    def at(self, line: int) -> int:
        """Which item has this line; after the last line, the number of all items."""
        return self.place(line)[0]

    def place(self, line: int) -> tuple[int, int]:
        """The same, and which of the item's own lines it is."""
        block = bisect_right(self._firsts, line) - 1
        index, within = block * BLOCK, line - self._firsts[block]
        for height in self._each[index : index + BLOCK]:
            if within < height:
                break
            within -= height
            index += 1
        return index, within
