"""What differs between two action files, in a few lines.

Rules
1. What both hold word for word at the same moment is left out.
2. What is left is paired: first the same thing at another moment, then another thing of the same kind to the same
   target. Whatever has no partner stands in one of them only.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drills.actions_file import Planned, shown
from scenarios.moments import show_duration

MOST = 5
"""How many lines are shown."""


@dataclass(frozen=True, slots=True)
class Differs:
    """One action that is not in both, or not the same in both."""

    at_ms: int
    """The earlier moment."""
    what: str
    """`publish holding`, `reply the-post`."""
    was: str
    """The moment, or the words, as it was; '' where it stands in the other course only."""
    now: str
    """The same, instead."""

    def as_data(self) -> dict[str, Any]:
        """As `whatif --json` has it."""
        return asdict(self)

    def words(self) -> str:
        """In a line: `publish holding, T+32m → T+22m`."""
        if not self.now:
            return f"{self.what}, {self.was}, only as it was"
        return f"{self.what}, {self.was} → {self.now}" if self.was else f"{self.what}, {self.now}, only instead"


def differences(before: Sequence[Planned], after: Sequence[Planned]) -> list[Differs]:
    """Everything in which two courses differ, in the order of time."""
    old, new = list(before), list(after)
    _pairs(old, new, lambda one: (one.at_ms, *_all(one)))
    found = [_moved(was, now) for was, now in _pairs(old, new, _all)]
    for was, now in _pairs(old, new, lambda one: (one.do, one.fields.get("kind", ""), shown(one.target))):
        found += _changed(was, now)
    found += [Differs(one.at_ms, _what(one), _when(one.at_ms), "") for one in old]
    found += [Differs(one.at_ms, _what(one), "", _when(one.at_ms)) for one in new]
    return sorted(found, key=lambda one: (one.at_ms, one.what))


def differs_lines(found: Sequence[Differs]) -> list[str]:
    """In at most MOST lines."""
    if not found:
        return ["Differs: nothing"]
    many = len(found) if len(found) <= MOST else MOST - 1
    lines = [f"{'Differs: ' if number == 0 else ' ' * 9}{one.words()}" for number, one in enumerate(found[:many])]
    return lines + [f"{'':9}and {len(found) - many} more"] * (len(found) > many)


def _pairs(old: list[Planned], new: list[Planned], key: Callable[[Planned], Hashable]) -> list[tuple[Planned, Planned]]:
    """Those that are alike by this key, in order; they are taken out of both lists."""
    waiting: dict[Hashable, list[Planned]] = {}
    for one in new:
        waiting.setdefault(key(one), []).append(one)
    found = [(one, waiting[key(one)].pop(0)) for one in old if waiting.get(key(one))]
    for was, now in found:
        old[:] = [one for one in old if one is not was]
        new[:] = [one for one in new if one is not now]
    return found


def _all(one: Planned) -> tuple[str, ...]:
    """Everything but the moment."""
    return one.do, one.seat, shown(one.target), *(f"{name}={one.fields[name]!r}" for name in sorted(one.fields))


def _moved(was: Planned, now: Planned) -> Differs:
    return Differs(min(was.at_ms, now.at_ms), _what(was), _when(was.at_ms), _when(now.at_ms))


def _changed(was: Planned, now: Planned) -> list[Differs]:
    """The same kind of thing to the same target, with other words or by somebody else, perhaps at another moment."""
    at_ms, found = min(was.at_ms, now.at_ms), []
    if was.at_ms != now.at_ms:
        found.append(_moved(was, now))
    if was.seat != now.seat:
        found.append(Differs(at_ms, f"{_what(was)}, seat", was.seat or "first", now.seat or "first"))
    for name in sorted({*was.fields, *now.fields}):
        values = [_value(name, one.fields.get(name)) for one in (was, now)]
        if values[0] != values[1]:
            found.append(Differs(at_ms, f"{_what(was)}, {name.replace('_', ' ')}", *values))
    return found


def _what(one: Planned) -> str:
    return " ".join(
        part for part in (one.do.replace("_", " "), str(one.fields.get("kind", "")), shown(one.target)) if part
    )


def _when(at_ms: int) -> str:
    """A moment as one writes it in an action file."""
    return f"T+{show_duration(at_ms)}" if at_ms else "T+0m"


def _value(name: str, value: object) -> str:
    if name == "level" and value is not None:
        return f"L{value}"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    text = " ".join(str(value).split()) if value is not None else ""
    short = text if len(text) <= 60 else f"{text[:59].rsplit(' ', 1)[0]} …"
    return f"“{short}”" if " " in text else short or "none"
