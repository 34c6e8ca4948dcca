"""The key map, from keys.yaml: bindings, last line, help, palette and verb menu all read this one table.

Somebody's own keys (`tui.own_keys`) are laid over it: `rebind` once, before the application is made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS

from scenarios.packaged import packaged

_SHOWN = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "plus": "+",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
}

def key_of(sign: str) -> str:
    """What Textual calls the key that writes this sign: `?` is question_mark, a letter is itself."""
    if sign.isalnum():
        return sign
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_CHARACTERS = {key_of(sign): sign for sign in map(chr, range(33, 127)) if not sign.isalnum()}
"""Textual's names of the signs of a keyboard."""


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
    priority: bool = False
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
    return _SHOWN.get(key) or _CHARACTERS.get(key, key)


DESK = ("app", "desk", "list", "feed", "composer", "review")
"""The scopes of a drill that is played."""

_ID = re.compile(r"\{([a-z-]+)\}")
_own: dict[str, str] = {}


@cache
def packed() -> tuple[Key, ...]:
    """Every key as it comes with stormdrill, in the order of the file."""
    rows = packaged("tui", "keys.yaml")
    return tuple(Key(**row) for row in rows)


def rebind(own: Mapping[str, str]) -> None:
    """Lay somebody's own keys over the map: ids to keys as Textual names them, with commas between several."""
    _own.clear()
    _own.update(own)
    _laid.cache_clear()
    _shown_by_id.cache_clear()


def rebound() -> Mapping[str, str]:
    """Which ids have keys of their owner's choice, and which."""
    return dict(_own)


def table() -> tuple[Key, ...]:
    """Every key, somebody's own in place of ours, in the order of the file."""
    return _laid() if _own else packed()


@cache
def _laid() -> tuple[Key, ...]:
    return tuple(replace(key, key=_own.get(key.id, key.key)) for key in packed())


def told(text: str, **words: str) -> str:
    """Our own prose with each `{id}` as the key that somebody would press: theirs where they have one of their own.

    `words`: what else stands in braces there, by name; it may come from outside. Raises KeyError for any other name.
    """
    return _ID.sub(lambda match: words[match[1]] if match[1] in words else named(match[1]), text)


def ways(clauses: Iterable[str], known: Set[str]) -> str:
    """Clauses that name a key each, as one sentence, without those whose key is not known; '' for none of them."""
    left = [one for one in clauses if known >= set(_ID.findall(one))]
    return f"{', '.join(left)}." if left else ""


def named(id_: str) -> str:
    """The key of this id as people write it: theirs where they have one of their own."""
    return _shown_by_id()[id_]


@cache
def _shown_by_id() -> Mapping[str, str]:
    return {key.id: key.shown for key in table()}


def keymap() -> dict[str, str]:
    """Somebody's own keys by the ids of their bindings, for `App.set_keymap`."""
    return {f"{key.scope}.{key.id}": key.key for key in table() if key.id in _own}


def bindings(*scopes: str) -> list[Binding]:
    """The bindings of some scopes as they come with stormdrill, for a widget's BINDINGS; `keymap` changes them."""
    return [
        Binding(
            key.key,
            key.action,
            key.label,
            show=False,
            priority=key.priority,
            id=f"{key.scope}.{key.id}",
            tooltip=key.help,
        )
        for key in packed()
        if key.scope in scopes
    ]


def elsewhere(id_: str, action: str, label: str) -> Binding:
    """A key of the desk on a screen before or after it, for what it does there; somebody's own key holds there too."""
    key = next(one for one in packed() if one.id == id_)
    return Binding(key.key, action, label, id=f"{key.scope}.{key.id}", tooltip=key.help)


def over_dialogs() -> list[Binding]:
    """What works in every dialogue too: a dialogue cuts the application's own keys off."""
    pause = elsewhere("pause-drill", "app.pause_drill", "Pause")
    return [*[one for one in bindings("app") if one.id in ("app.help", "app.light", "app.no-duff")], pause]


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
