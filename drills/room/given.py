"""What comes from a seat, before anybody believes it: each field of the type that it must have, each name plain.

What people write is cleaned by the session. Everything else is a name (of a post, a person, a channel), and a name that
would have to be cleaned is none: it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeGuard

from drills.session import LONGEST_TEXT, Refused
from engine.actions import Action
from engine.steering import Steering
from scenarios.text import is_clean

MOST_KEY = 80
MOST_TARGETS = 1_000
"""So many posts one reply goes to."""
_TEXTS = {"text", "signed_by", "root_cause", "confidence", "target", "kind", "approval"}
_WRITTEN = {"text", "signed_by", "root_cause", "confidence", "subject"}
_LISTS = {"also", "channels", "to", "accounts", "themes"}
_STEERS = {one.name for one in fields(Steering)} - {"id", "at_ms", "do", "number"}
assert _TEXTS | _LISTS | {"level"} == {one.name for one in fields(Action)} - {"id", "at_ms", "seat", "do", "reading"}


def is_key(key: object) -> TypeGuard[str]:
    """Whether an action can be known by this."""
    return isinstance(key, str) and 0 < len(key) <= MOST_KEY and key.isascii() and key.isprintable()


def _is_name(value: object) -> bool:
    """Names of posts, people, channels and the like hold nothing that has to be cleaned."""
    return isinstance(value, str) and is_clean(value)


def _plain(name: str, value: str) -> bool:
    """What people write is cleaned by the session; everything else is a name."""
    return name in _WRITTEN or _is_name(value)


def steering(given_: object) -> dict[str, Any]:
    """The fields of a steering, of the types that they must have. Raises Refused."""
    if not isinstance(given_, Mapping):
        raise Refused("a steering's fields must be named")
    for name, value in given_.items():
        text = name in _STEERS and isinstance(value, str) and len(value) <= LONGEST_TEXT and _plain(name, value)
        number = name == "number" and type(value) is int and abs(value) < 1 << 40
        if not text and not number:
            raise Refused(f"this can't be taken: {str(name)[:40]!r}")
    return dict(given_)


def acted(given_: object) -> dict[str, Any]:
    """The fields of an action, of the types that they must have. Raises Refused."""
    if not isinstance(given_, Mapping):
        raise Refused("an action's fields must be named")
    found: dict[str, Any] = {}
    for name, value in given_.items():
        if name in _TEXTS and isinstance(value, str) and len(value) <= LONGEST_TEXT and _plain(name, value):
            found[name] = value
        elif name in _LISTS and isinstance(value, list) and all(_is_name(one) for one in value[:MOST_TARGETS]):
            found[name] = tuple(value[:MOST_TARGETS])
        elif name == "level" and value in range(5) and not isinstance(value, bool | float):
            found[name] = value
        else:
            raise Refused(f"this can't be taken: {str(name)[:40]!r}")
    return found
