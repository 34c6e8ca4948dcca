"""Changes to a plan's file, as a person would make them: one value, one item, comments and spacing untouched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Loc = tuple[str | int, ...]
"""Where in the file: keys and list indexes from the top, as in `("dashboard", 6, "validates")`."""

Value = Any
"""None, bool, int, float, str, or a list or dict of these."""


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value there; a key that its mapping lacks is added, and so are the mappings above it."""

    loc: Loc
    value: Value


@dataclass(frozen=True, slots=True)
class Add:
    """Append an item to the list there; a list that is missing is made."""

    loc: Loc
    value: Value


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key or an item out."""

    loc: Loc


Edit = Put | Add | Drop
