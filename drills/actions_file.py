"""Action files: what a scripted team does, one JSON object a line.

`{"at": "T+12m30s", "seat": "REP", "do": "reply", "target": "...", "text": "..."}`. `at` is a moment, or a number of
minutes. A target is a post's key, an inject's or a scheduled item's id, or a selector such as
`{"latest": "complaint", "channel": "flit"}`: the newest post with that need (or `"any"`), narrowed by channel, theme
or author. What can't be resolved becomes a `Void` event: reported, never silently dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from drills.desk import Desk
from drills.session import Session
from engine.actions import VERBS
from scenarios.moments import MINUTE, parse_moment
from scenarios.source import Problem, SourceError, suggest
from scenarios.terms import LEVEL_NAMES, RoleName

_LISTS = ("also", "channels", "to", "accounts", "themes")
_TEXTS = ("target", "text", "kind", "signed_by", "root_cause", "confidence", "approval", "seat")
_SELECTORS = ("latest", "channel", "theme", "author")


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of an action file."""

    at_ms: int
    do: str
    seat: str
    target: str | dict[str, str]
    fields: dict[str, Any]


def read_actions(path: Path) -> list[Planned]:
    """The actions of a file in the order of their moments. Raises SourceError with every problem."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error.strerror).lower()
        raise SourceError([Problem(str(path), 1, 1, f"this file can't be read: {why}; give a .jsonl file")]) from None
    return parse_actions(text.splitlines(), str(path))


def parse_actions(lines: Iterable[str], name: str) -> list[Planned]:
    """The actions in these lines; empty lines and lines beginning with # are passed over."""
    found: list[Planned] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found.append(_planned(json.loads(line)))
            except json.JSONDecodeError as error:
                problems.append(Problem(name, number, error.colno, f"not a JSON object: {error.msg.lower()}"))
            except (ValueError, RecursionError) as error:
                problems.append(Problem(name, number, 1, str(error)))
    if problems:
        raise SourceError(problems)
    return sorted(found, key=lambda planned: planned.at_ms)


def _planned(data: object) -> Planned:
    if not isinstance(data, dict):
        raise ValueError('expected an object such as {"at": "T+5m", "do": "sweep"}')
    known = ("at", "do", "level", *_TEXTS, *_LISTS)
    for key in data:
        if key not in known:
            raise ValueError(f"unknown key {key!r}{suggest(str(key), known)}")
    do = data.get("do")
    if do not in VERBS:
        raise ValueError(f"there is no action {do!r}{suggest(str(do), tuple(VERBS))}")
    fields: dict[str, Any] = {}
    for key in _LISTS:
        if key in data:
            value = data[key]
            fields[key] = (value,) if isinstance(value, str) else tuple(map(str, _list(key, value)))
    for key in _TEXTS:
        if key in data and key not in ("target", "seat"):
            if not isinstance(data[key], str):
                raise ValueError(f"{key} must be a text")
            fields[key] = data[key]
    if "level" in data:
        if data["level"] not in LEVEL_NAMES:
            raise ValueError(f"level must be one of {', '.join(LEVEL_NAMES)}, got {data['level']!r}")
        fields["level"] = LEVEL_NAMES.index(data["level"])
    return Planned(_at(data.get("at")), str(do), _seat(data.get("seat", "")), _target(data.get("target", "")), fields)


def _list(key: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{key} must be a list of texts")
    return value


def _at(value: object) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 100_000:
        return round(value * MINUTE)
    if isinstance(value, str):
        return parse_moment(value)
    raise ValueError('when? give "at": "T+12m30s", or a number of minutes')


def _seat(value: object) -> str:
    if value and value not in get_args(RoleName):
        raise ValueError(f"there is no seat {value!r}{suggest(str(value), get_args(RoleName))}")
    return str(value)


def _target(value: object) -> str | dict[str, str]:
    if isinstance(value, dict):
        for key in value:
            if key not in _SELECTORS:
                raise ValueError(f"a selector has no key {key!r}{suggest(str(key), _SELECTORS)}")
        return {str(key): str(each) for key, each in value.items()}
    if not isinstance(value, str):
        raise ValueError('target must be a text, or a selector such as {"latest": "complaint"}')
    return value


def resolve(target: str | dict[str, str], desk: Desk) -> str:
    """The key that a target means now; a selector that nothing fits stays as its own text."""
    if isinstance(target, str):
        return target
    need = target.get("latest", "any")
    for view in reversed(list(desk.posts.values())):
        event = view.event
        if (
            not view.ours
            and need in ("any", event.need)
            and target.get("channel", event.channel) == event.channel
            and target.get("theme", event.theme) == event.theme
            and target.get("author", event.author) in (event.author, view.handle)
        ):
            return view.key
    return json.dumps(target, sort_keys=True)


def play(session: Session, actions: Iterable[Planned]) -> None:
    """Let a session run through these actions to its end."""
    for planned in actions:
        if planned.at_ms >= session.ends_ms:
            break
        session.skip_to(planned.at_ms)
        if session.ended:
            return
        target = resolve(planned.target, session.desk)
        session.act(planned.do, void_ok=True, seat=planned.seat, target=target, **planned.fields)
    session.skip_to(session.ends_ms)
