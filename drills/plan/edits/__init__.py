"""Changes to a plan's file, as a person would make them: one value, one item, comments and spacing untouched.

Rules
1. Only what changes is written anew, in the style of what stands beside it; a key goes last in its mapping.
2. A list or mapping that loses its last item stays, empty. A comment on a line that goes, goes with it.
3. What was written is read again: text that would not say what the edit asks for is never returned.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from drills.plan.edits.changes import added, dropped, replaced
from drills.plan.edits.spans import Entry, Span, spans
from scenarios.yaml_events import read

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


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The file's text with the edits made, one after the other; each loc counts in what the ones before left.

    The text is that of a `Source`: lines end in newlines, and there is no byte order mark.
    Raises ValueError that says where, if there is nothing to drop, no list to add to, no mapping to put a key in,
    or a value that no plan can hold; also if the text itself can't be read.
    """
    value = _read(text)
    for edit in edits:
        try:
            wanted = _applied(value, edit)
            text = _made(text, edit)
            value = _read(text)
            if not _same(value, wanted):
                raise ValueError("this part of the file is written in a way that can't be edited")
        except ValueError as error:
            raise ValueError(f"{'.'.join(map(str, edit.loc)) or 'the whole file'}: {error}") from None
    return text


def diff(before: str, after: str, name: str) -> str:
    """A unified diff of a file of that name, for `patch -p1` and `git apply`; '' where nothing changed."""
    tab = "\t" if " " in name else ""  # as git writes it: patch would take a name only up to its space
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}{tab}", f"b/{name}{tab}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _read(text: str) -> Value:
    reading = read(text)
    if reading.root is None or reading.findings or not isinstance(reading.root.value, dict | list):
        raise ValueError("the file can't be read" + "".join(f": {words}" for _, _, words in reading.findings[:1]))
    return reading.root.value


def _same(one: Value, other: Value) -> bool:
    """Whether they are equal, with True and 1 told apart; the order of keys does not count."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _applied(value: Value, edit: Edit) -> Value:
    """What the file should say after the edit."""
    return _changed(value, edit.loc, edit)


def _changed(value: Value, loc: Loc, edit: Edit) -> Value:
    if not loc:
        if isinstance(edit, Put):
            return edit.value
        if isinstance(edit, Drop) or not (value is None or isinstance(value, list)):
            raise ValueError("there is no list to add to" if isinstance(edit, Add) else "nothing can be dropped here")
        return [*(value or ()), edit.value]
    name, rest = loc[0], loc[1:]
    if isinstance(name, int):
        if not isinstance(value, list) or not 0 <= name < len(value):
            raise ValueError(f"there is no item {name}")
        inner = [] if isinstance(edit, Drop) and not rest else [_changed(value[name], rest, edit)]
        return [*value[:name], *inner, *value[name + 1 :]]
    if value is not None and not isinstance(value, dict):
        raise ValueError(f"there is no mapping that could have a key {name!r}")
    held = value or {}
    if isinstance(edit, Drop) and name not in held:
        raise ValueError(f"there is no key {name!r} to drop")
    if isinstance(edit, Drop) and not rest:
        return {key: one for key, one in held.items() if key != name}
    return {**held, name: _changed(held.get(name), rest, edit)}


def _made(text: str, edit: Edit) -> str:
    """The text with an edit made that `_applied` found possible."""
    if not edit.loc:
        raise ValueError("one value at a time can be edited")
    root = spans(text)
    path: list[tuple[Span, Entry]] = []
    here, rest = root, edit.loc
    while rest and (entry := here.entry(rest[0])) is not None:
        path.append((here, entry))
        here, rest = entry.value, rest[1:]
    if isinstance(edit, Drop):
        return dropped(text, path)
    value = [edit.value] if isinstance(edit, Add) else edit.value
    if isinstance(edit, Add) and not rest and here.kind == "list":
        return added(text, here, None, edit.value)
    if rest and here.kind == "map":
        return added(text, here, str(rest[0]), _nested(rest[1:], value))
    return replaced(text, *path[-1], _nested(rest, value))


def _nested(loc: Loc, value: Value) -> Value:
    for name in reversed(loc):
        value = {name: value}
    return value
