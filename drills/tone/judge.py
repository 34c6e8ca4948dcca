"""One line of `tone --jsonl`: a message as JSON data in, its judgement as JSON data out."""

from __future__ import annotations

from typing import Any

from drills.tone.context import Context
from drills.tone.pack import CHANNELS, SEVERITIES
from drills.tone.read import read
from engine.reading import PPM

LONGEST = 20_000
"""Characters of a text; more is refused."""

_TEXTS = ("text", "channel", "post", "context", "severity", "lang")
_LEVELS = {"crisis": 3, "issue": 1, "opportunity": 0}


def judge_line(data: dict[str, Any]) -> dict[str, Any]:
    """`{"id", "overall": 0..1, "dimensions": {name: 0..1 or null}, "evidence": [...]}` for one message.

    Needs `text`; `channel`, `post`, `context`, `severity`, `level`, `lang` and `history` have defaults. Raises
    ValueError with a sentence that says what was expected and what was got.
    """
    if not isinstance(data, dict):
        raise ValueError(f"expected an object with a `text`, got {type(data).__name__}")
    if "text" not in data:
        raise ValueError("`text` is missing: expected the message to judge")
    for key in _TEXTS:
        if key in data and not isinstance(data[key], str) and not (data[key] is None and key != "text"):
            raise ValueError(f"`{key}`: expected a text, got {type(data[key]).__name__}")
        if len(data.get(key) or "") > LONGEST:
            raise ValueError(f"`{key}`: expected at most {LONGEST:,} characters, got {len(data[key]):,}")
    channel = _one_of(data, "channel", CHANNELS, "public_reply")
    severity = _one_of(data, "severity", SEVERITIES, "crisis")
    reading = read(
        data["text"],
        Context(
            channel_kind=channel,  # type: ignore[arg-type]
            post=data.get("post") or "",
            severity=severity,  # type: ignore[arg-type]
            level=_level(data, severity),
            history=_history(data),
            lang=(data.get("lang") or "en").lower()[:2],
            about=data.get("context") or "",
        ),
    )
    return {
        "id": data.get("id"),
        "overall": _share(reading.overall),
        "dimensions": {name: None if value is None else _share(value) for name, value in reading.dimensions.items()},
        "evidence": [
            {
                "dimension": item.dimension,
                "span": [item.start, item.end],
                "rule": item.rule,
                "why": item.why,
                "tip": item.tip,
            }
            for item in reading.findings
        ],
    }


def _share(value: int) -> float:
    return round(value / PPM, 3)


def _one_of(data: dict[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
    value = data.get(key) or default
    if value not in known:
        raise ValueError(f"`{key}`: expected one of {', '.join(known)}, got {value!r}")
    return str(value)


def _level(data: dict[str, Any], severity: str) -> int:
    level = data.get("level")
    if level is None:
        return _LEVELS[severity]
    if isinstance(level, str) and len(level) == 2 and level[0] in "Ll" and level[1] in "01234":
        return int(level[1])
    if isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= 4:
        raise ValueError(f"`level`: expected a number from 0 to 4 or L0 to L4, got {level!r}")
    return level


def _history(data: dict[str, Any]) -> tuple[str, ...]:
    history = data.get("history") or []
    if not isinstance(history, list) or not all(isinstance(reply, str) for reply in history):
        raise ValueError("`history`: expected a list of texts, our own earlier replies")
    return tuple(history)
