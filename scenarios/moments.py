"""Durations and moments as authors write them, and as people read them.

Sim time is an int of milliseconds since STARTEX. Authors write a duration as `90s`, `12m` or `1h30m` and a moment
as `T+12m` or `T+1h20m`. Two-part forms such as `1:20` are refused: nobody agrees whether they mean hours or minutes.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

_DURATION = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?")
_PATTERN = r"(?=\d)(\d{1,3}h)?(\d{1,4}m)?(\d{1,5}s)?"


def parse_duration(value: object) -> int:
    """The milliseconds that `90s`, `12m` or `1h30m` stand for.

    Raises ValueError, with a hint where one can be given, for anything else.
    """
    text = str(value).strip()
    match = _DURATION.fullmatch(text)
    if match is None or not text:
        raise ValueError(f"expected a duration such as 90s, 12m or 1h30m, got {text!r}{_hint(text, '')}")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * HOUR + minutes * MINUTE + seconds * SECOND


def parse_moment(value: object) -> int:
    """The milliseconds after STARTEX that `T+12m` or `T+1h20m` stand for.

    Raises ValueError, with a hint where one can be given, for anything else.
    """
    text = str(value).strip()
    body = text.removeprefix("T+")
    match = _DURATION.fullmatch(body)
    if body == text or match is None or not body:
        raise ValueError(f"expected a moment such as T+12m or T+1h20m, got {text!r}{_hint(text, 'T+')}")
    return parse_duration(body)


def _hint(text: str, prefix: str) -> str:
    if re.fullmatch(r"(T\+)?\d+:\d+(:\d+)?", text):
        return f"; a colon could mean hours or minutes, so write {prefix}1h20m or {prefix}1m20s"
    if re.fullmatch(r"(T\+)?\d+", text):
        return f"; did you mean {prefix}{text.removeprefix('T+')}m?"
    if prefix and _DURATION.fullmatch(text):
        return f"; did you mean T+{text}?"
    if not prefix and text.startswith("T+"):
        return f"; did you mean {text.removeprefix('T+')}?"
    return ""


def show_moment(at_ms: int) -> str:
    """A moment for people, always in three parts: `T+0:12:30`."""
    seconds = at_ms // SECOND
    return f"T+{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def show_duration(length_ms: int) -> str:
    """A duration as an author would write it: `1h30m`, `12m`, `90s` is shown as `1m30s`."""
    seconds = abs(length_ms) // SECOND
    parts = [f"{seconds // 3600}h" * (seconds >= 3600), f"{seconds // 60 % 60}m" * (seconds // 60 % 60 > 0)]
    if seconds % 60 or seconds == 0:
        parts.append(f"{seconds % 60}s")
    return "-" * (length_ms < 0) + "".join(parts)


def _never(value: object) -> object:
    return None if value == "never" or value is None else parse_moment(value)


Duration = Annotated[
    int,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": f"^{_PATTERN}$", "examples": ["90s", "12m", "1h30m"]}),
]
"""Authored as `12m`; held as milliseconds."""

Moment = Annotated[
    int,
    BeforeValidator(parse_moment),
    WithJsonSchema({"type": "string", "pattern": rf"^T\+{_PATTERN}$", "examples": ["T+12m", "T+1h20m"]}),
]
"""Authored as `T+12m`; held as milliseconds after STARTEX."""

MomentOrNever = Annotated[
    int | None,
    BeforeValidator(_never),
    WithJsonSchema({"type": "string", "pattern": rf"^(never|T\+{_PATTERN})$", "examples": ["T+12m", "never"]}),
]
"""Authored as `T+12m` or `never`; held as milliseconds after STARTEX, or None for never."""
