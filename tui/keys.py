"""The key map, from keys.yaml: bindings, last line, help, palette and verb menu all read this one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from textual.binding import Binding

from scenarios.packaged import packaged

_SHOWN = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "plus": "+",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
}


@dataclass(frozen=True, slots=True)
class Key:
    """One row of keys.yaml; see its head for what the fields mean."""

    id: str
    key: str
    scope: str
    action: str
    label: str
    group: str
    help: str
    verb: str = ""
    menu: str = ""
    foot: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The first key as people write it."""
        return shown(self.key.split(",")[0])

    @property
    def all_shown(self) -> str:
        """All its keys as people write them."""
        return " ".join([shown(key.strip()) for key in self.key.split(",")])


def shown(key: str) -> str:
    """`ctrl+s` as `^s`, `question_mark` as `?`, `f3` as `F3`."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return _SHOWN.get(key, key)


@cache
def table() -> tuple[Key, ...]:
    """Every key, in the order of the file."""
    rows = packaged("tui", "keys.yaml")
    return tuple(Key(**row) for row in rows)


def bindings(*scopes: str) -> list[Binding]:
    """The bindings of some scopes, for a widget's BINDINGS."""
    return [
        Binding(key.key, key.action, key.label, show=False, id=f"{key.scope}.{key.id}", tooltip=key.help)
        for key in table()
        if key.scope in scopes
    ]


def foot(pane: str) -> list[Key]:
    """The keys that the last line names for a pane."""
    return sorted([key for key in table() if pane in key.foot], key=lambda key: key.foot[pane])


def groups(keys: Iterable[Key] | None = None) -> dict[str, list[Key]]:
    """The keys by group, in the order of the file."""
    out: dict[str, list[Key]] = {}
    for key in table() if keys is None else keys:
        out.setdefault(key.group, []).append(key)
    return out


def for_verb(verb: str) -> list[Key]:
    """The keys that lead to a verb."""
    return [key for key in table() if key.verb == verb]


def menu() -> list[Key]:
    """The verb menu, in the order of the file."""
    return [key for key in table() if key.menu]
