"""The beginning of a list that somebody else goes on filling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

Item = TypeVar("Item")


class Taken(Sequence[Item]):
    """The first so many of such a list. It keeps none of them itself, so a list of any length costs nothing twice."""

    def __init__(self, whole: Sequence[Item], many: int) -> None:
        self._whole, self._many = whole, many

    def extend(self, items: Sequence[Item]) -> None:
        """Take these too, which stand in the list already, after those that it has."""
        self._many += len(items)

    def __len__(self) -> int:
        return self._many

    def __iter__(self) -> Iterator[Item]:
        return islice(self._whole, self._many)

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if index.__class__ is int and 0 <= index < self._many:  # by far the most
            return self._whole[index]
        if isinstance(index, slice):
            return [self._whole[at] for at in range(self._many)[index]]
        return self._whole[range(self._many)[index]]
