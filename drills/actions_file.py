"""Action files: what a scripted team does, one JSON object a line.

`{"at": "T+12m30s", "seat": "REP", "do": "reply", "target": "...", "text": "..."}`. `at` is a moment, or a number of
minutes. A target is a post's key, an inject's or a scheduled item's id, or a selector such as
`{"latest": "complaint", "channel": "flit"}`: the newest post with that need (or `"any"`), narrowed by channel, theme
or author. What can't be resolved becomes a `Void` event, and what comes after ENDEX is given back: reported, never
silently dropped.
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
from scenarios.terms import LEVEL_NAMES, Need, RoleName
from scenarios.text import clean

_LISTS = ("also", "channels", "to", "accounts", "themes")
_TEXTS = ("target", "text", "kind", "signed_by", "root_cause", "confidence", "approval", "seat")
_SELECTORS = ("latest", "channel", "theme", "author")
_NEEDS = ("any", *get_args(Need))
_LONGEST = 2_000_000
"""Bytes of an action file; more is refused."""


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
        if path.exists() and not path.is_file():
            why = "it is a folder" if path.is_dir() else "it is no ordinary file"
        elif path.exists() and path.stat().st_size > _LONGEST:
            why = f"it is larger than {_LONGEST:,} bytes"
        else:
            return parse_actions(path.read_text("utf-8-sig").split("\n"), str(path))
    except UnicodeDecodeError:
        why = "it is not UTF-8 text"
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
    name = clean(str(path), multiline=False)
    raise SourceError([Problem(name, 1, 1, f"this file can't be read: {why}; give a file with an action a line")])


def parse_actions(lines: Iterable[str], name: str) -> list[Planned]:
    """The actions in these lines; empty lines and lines beginning with # are passed over."""
    name = clean(name, multiline=False)
    found: list[Planned] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found.append(_planned(json.loads(line, object_pairs_hook=_once)))
            except json.JSONDecodeError as error:
                problems.append(Problem(name, number, error.colno, f"not a JSON object: {error.msg.lower()}"))
            except RecursionError:
                problems.append(Problem(name, number, 1, "not a JSON object: it is nested too deeply"))
            except ValueError as error:
                problems.append(Problem(name, number, 1, str(error)))
    if problems:
        raise SourceError(problems)
    return sorted(found, key=lambda planned: planned.at_ms)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys are each given once."""
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} is given twice")
    return data


def _planned(data: object) -> Planned:
    if not isinstance(data, dict):
        raise ValueError('expected an object such as {"at": "T+5m", "do": "sweep"}')
    known = ("at", "do", "level", *_TEXTS, *_LISTS)
    for key in data:
        if key not in known:
            raise ValueError(f"unknown key {key!r}{suggest(str(key), known)}")
    do = data.get("do")
    if do is None:
        raise ValueError('what is done? give "do": "reply", or another action')
    if not isinstance(do, str) or do not in VERBS:
        raise ValueError(f"there is no action {do!r}{suggest(str(do), tuple(VERBS))}")
    fields: dict[str, Any] = {}
    for key in _LISTS:
        if key in data:
            value = data[key]
            fields[key] = tuple(map(clean, [value] if isinstance(value, str) else _list(key, value)))
    for key in _TEXTS:
        if key in data and key not in ("target", "seat"):
            if not isinstance(data[key], str):
                raise ValueError(f"{key} must be a text, got {data[key]!r}")
            fields[key] = clean(data[key])
    if "level" in data:
        if data["level"] not in LEVEL_NAMES:
            raise ValueError(f"level must be one of {', '.join(LEVEL_NAMES)}, got {data['level']!r}")
        fields["level"] = LEVEL_NAMES.index(data["level"])
    return Planned(_at(data.get("at")), str(do), _seat(data.get("seat", "")), _target(data.get("target", "")), fields)


def _list(key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{key} must be a list of texts, got {value!r}")
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
        for key, each in value.items():
            if key not in _SELECTORS:
                raise ValueError(f"a selector has no key {key!r}{suggest(str(key), _SELECTORS)}")
            if not isinstance(each, str):
                raise ValueError(f"{key} must be a text, got {each!r}")
        need = value.get("latest", "any")
        if need not in _NEEDS:
            raise ValueError(f"latest must be one of {', '.join(_NEEDS)}, got {need!r}{suggest(need, _NEEDS)}")
        return {key: clean(each) for key, each in value.items()}
    if not isinstance(value, str):
        raise ValueError('target must be a text, or a selector such as {"latest": "complaint"}')
    return clean(value)


def resolve(target: str | dict[str, str], desk: Desk) -> str:
    """The key that a target means now; a selector that nothing fits stays as its own text."""
    if isinstance(target, str):
        return target
    need = target.get("latest", "any")
    for view in reversed(desk.feed):
        event = view.event
        if (
            not view.ours
            and need in ("any", event.need)
            and target.get("channel", event.channel) == event.channel
            and target.get("theme", event.theme) == event.theme
            and target.get("author", event.author) in (event.author, view.handle)
        ):
            return view.key
    return shown(target)


def shown(target: str | dict[str, str]) -> str:
    """A target in one line, as its author wrote it."""
    return target if isinstance(target, str) else json.dumps(target, sort_keys=True, ensure_ascii=False)


def play(session: Session, actions: Iterable[Planned]) -> list[Planned]:
    """Let a session run through these actions to its end; gives back those that came after it."""
    late = []
    for planned in actions:
        session.skip_to(planned.at_ms)
        if session.ended:
            late.append(planned)
        else:
            target = resolve(planned.target, session.desk)
            session.act(planned.do, void_ok=True, seat=planned.seat, target=target, **planned.fields)
    session.skip_to(session.ends_ms)
    return late
