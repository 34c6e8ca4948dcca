"""`tone --jsonl`: messages as lines of JSON in, their judgements as lines of JSON out."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from drills.tone import language, text
from drills.tone.context import Context
from drills.tone.pack import CHANNELS, SEVERITIES
from drills.tone.read import read
from engine.reading import PPM

LONGEST = 20_000
"""Characters of a text; more is refused."""
LONGEST_LINE = 4_000_000
"""Bytes of a line of JSON; what is longer is passed over."""

_TEXTS = ("text", "channel", "post", "context", "severity", "lang")
_LEVELS = {"crisis": 3, "issue": 1, "opportunity": 0}
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9-]{1,20})?")
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
_KEPT = 200_000
"""Characters of texts that may stay in memory for reading them again."""


class FieldError(ValueError):
    """A field of a line that can't be used. `field` is its name, or '' for the line as a whole."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"`{field}`: {what}" if field else what)
        self.field = field


def judge_line(data: dict[str, Any]) -> dict[str, Any]:
    """`{"id", "overall": 0..1, "dimensions": {name: 0..1 or null}, "evidence": [...]}` for one message.

    Needs `text`; everything else may be left out or null (`context_of`). A span counts the characters (code points)
    of `text` as given, from 0, the end not included; what no one place shows spans it all. Evidence comes worst first,
    praise last. Raises FieldError with a sentence that says what was expected and what was got.
    """
    context = context_of(data)
    reading = read(data["text"], context)
    return {
        "id": data.get("id"),
        "overall": _share(reading.overall),
        "dimensions": {name: None if value is None else _share(value) for name, value in reading.dimensions.items()},
        "evidence": [
            {
                "dimension": item.dimension,
                "span": [item.start, item.end or len(data["text"])],
                "rule": item.rule,
                "why": item.why,
                "tip": item.tip,
            }
            for item in reading.findings
        ],
    }


def context_of(data: dict[str, Any]) -> Context:
    """Where the message of a line stands.

    What is missing or null is filled in: `channel` public_reply, `severity` crisis, `level` what the severity suggests
    (3, 1 or 0), `lang` English or, where there is no post, the text's own language. Raises FieldError.
    """
    if not isinstance(data, dict):
        raise FieldError("", f"expected an object with a `text`, got {_kind(data)}")
    if "text" not in data:
        raise FieldError("", "`text` is missing: expected the message to judge")
    for key in _TEXTS:
        value = data.get(key)
        if not isinstance(value, str) and (value is not None or key == "text"):
            raise FieldError(key, f"expected a text, got {_kind(value)}")
        if len(value or "") > LONGEST:
            raise FieldError(key, f"expected at most {LONGEST:,} characters, got {len(value or ''):,}")
    identity = data.get("id")
    if isinstance(identity, bool | list | dict) or (isinstance(identity, float) and not math.isfinite(identity)):
        raise FieldError("id", f"expected a text or a number, got {_kind(identity)}")
    severity = _one_of(data, "severity", SEVERITIES, "crisis")
    return Context(  # `_one_of` has let only these words through
        channel_kind=_one_of(data, "channel", CHANNELS, "public_reply"),  # type: ignore[arg-type]
        post=data.get("post") or "",
        severity=severity,  # type: ignore[arg-type]
        level=_level(data, severity),
        history=_history(data),
        lang=_lang(data),
        about=data.get("context") or "",
    )


def judge_lines(
    stream: BinaryIO,
    place: str = "standard input",
    judge: Callable[[dict[str, Any]], dict[str, Any]] = judge_line,
) -> Iterator[tuple[str, bool]]:
    """Lines of JSON, judged: the answer and True, or a sentence `place:line:column: what` and False.

    Empty lines are passed over. It holds one line at a time, however many there are. `judge` is given each object.
    """
    number = seen = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            yield f"{place}:{number}:1: this line is longer than {LONGEST_LINE:,} bytes", False
            continue
        seen += len(raw)
        if seen > _KEPT:  # texts are kept for reading them again, which nobody does here
            text.make.cache_clear()
            language.detect.cache_clear()
            seen = 0
        if raw.strip():
            yield _judged(raw, f"{place}:{number}", judge, first=number == 1)


def _judged(
    raw: bytes, place: str, judge: Callable[[dict[str, Any]], dict[str, Any]], *, first: bool
) -> tuple[str, bool]:
    try:
        line = raw.decode("utf-8-sig" if first else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        column = len(raw[: error.start].decode("utf-8", "replace")) + 1
        return f"{place}:{column}: this line is not UTF-8; save it as UTF-8", False
    try:
        # ASCII, so that no half character and no terminal can spoil a line.
        return json.dumps(judge(json.loads(line)), allow_nan=False), True
    except json.JSONDecodeError as error:
        return f"{place}:{error.colno}: not a JSON object: {error.msg.lower()}", False
    except RecursionError:
        return f"{place}:1: not a JSON object: it is nested too deeply", False
    except FieldError as error:
        return f"{place}:{_column(line, error.field)}: {error}", False
    except ValueError:  # the only other thing that reading JSON refuses
        return f"{place}:1: not a JSON object: a number in it is too long", False


def _column(line: str, field: str) -> int:
    """Where a field stands in its line, from 1; the line's beginning where that can't be told."""
    # A quotation mark inside a text is escaped, so a name and a colon are a field; the last one counts, as in JSON.
    found = list(re.finditer(rf'"{re.escape(field)}"\s{{0,20}}:', line)) if field else []
    return found[-1].start() + 1 if found else 1


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null") if value is not None else "null"


def _share(value: int) -> float:
    return round(value / PPM, 3)


def _shown(value: object) -> str:
    shown = json.dumps(value)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _one_of(data: dict[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
    value = data.get(key)
    if value is None or value == "":
        return default
    if value not in known:
        raise FieldError(key, f"expected one of {', '.join(known)}, got {_shown(value)}")
    return str(value)


def _level(data: dict[str, Any], severity: str) -> int:
    level = data.get("level")
    if level is None:
        return _LEVELS[severity]
    if isinstance(level, str) and re.fullmatch("[Ll]?[0-4]", level):
        return int(level[-1])
    if isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= 4:
        raise FieldError("level", f"expected a number from 0 to 4 or L0 to L4, got {_shown(level)}")
    return level


def _lang(data: dict[str, Any]) -> str:
    given = data.get("lang")
    if not given:
        return language.detect(data.get("post") or "") or language.detect(data["text"]) or "en"
    match = _LANGUAGE.fullmatch(given)
    if match is None:
        raise FieldError("lang", f"expected two letters such as en, got {_shown(given)}")
    return match[1].lower()


def _history(data: dict[str, Any]) -> tuple[str, ...]:
    history = data.get("history")
    if history is None:
        return ()
    if not isinstance(history, list) or not all(isinstance(reply, str) for reply in history):
        raise FieldError("history", "expected a list of texts, our own earlier replies")
    if any(len(reply) > LONGEST for reply in history):
        raise FieldError("history", f"expected at most {LONGEST:,} characters in each text")
    return tuple(history)
