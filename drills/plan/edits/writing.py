"""Values as YAML text: plain where that reads back as what was meant, quoted where it does not."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

from scenarios.text import FORBIDDEN
from scenarios.yaml_events import read, resolve

WIDTH = 120
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def scalar(value: Any, *, flow: bool, key: bool = False, style: str = "") -> str:
    """A value that is no list and no mapping, on one line. A text keeps the quotes of the one it replaces.

    Raises ValueError for what no file of ours can hold: an infinity, an unseen character, a number of 16 digits.
    """
    if isinstance(value, str):
        return _text(value, flow=flow, key=key, style=style)
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    known = resolve(text)
    if key or type(known) is not type(value) or known != value:
        raise ValueError(f"{value!r} can't be written in a plan")
    return text


def inline(value: Any, *, flow: bool = True) -> str:
    """Any value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(_pieces(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_pieces(value)) + "]"
    return scalar(value, flow=flow)


def wrapped(value: Any, column: int) -> str:
    """A value in brackets that begins at this column, over several lines if one is too short."""
    whole = inline(value)
    if column + len(whole) <= WIDTH or not isinstance(value, dict | list | tuple):
        return whole
    lines, width = [whole[0]], column + 1
    for piece in _pieces(value):
        if len(lines[-1]) > 1 and width + len(piece) + 3 > WIDTH:
            lines.append("")
            width = column + 1
        sep = "" if not lines[-1] or lines == [whole[0]] else " "
        lines[-1] += f"{sep}{piece},"
        width += len(sep) + len(piece) + 1
    return ("\n" + " " * (column + 1)).join(lines)[:-1] + whole[-1]


def after_head(value: Any, indent: int, column: int, like: str = "", *, dash: bool = False) -> str:
    """What follows a colon or a dash: a space and the value, or an indented block.

    `indent` is that of the line's key or dash, `column` where the colon or dash ends; `like` is flow or block,
    or a scalar's style, where what stood there or stands beside it should be followed.
    """
    if isinstance(value, str) and like not in ("'", '"') and (folded := _folded(value, indent + 2, column, like)):
        return folded
    if not isinstance(value, dict | list | tuple):
        return " " + scalar(value, flow=False, style=like)
    if not value or like == "flow" or (like != "block" and column + 1 + len(inline(value)) <= WIDTH):
        return " " + wrapped(value, column + 1)
    return (" " if dash else "\n" + " " * (indent + 2)) + block(value, indent + 2)


def block(value: Any, indent: int) -> str:
    """A list or mapping that is not empty, line by line, without the first line's indent."""
    if isinstance(value, dict):
        heads = [f"{scalar(key, flow=False, key=True)}:" for key in value]
        lines = [
            head + after_head(one, indent, indent + len(head)) for head, one in zip(heads, value.values(), strict=True)
        ]
    else:
        lines = ["-" + after_head(one, indent, indent + 1, dash=True) for one in value]
    return ("\n" + " " * indent).join(lines)


def _pieces(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{scalar(key, flow=True, key=True)}: {inline(one)}" for key, one in value.items()]
    return [inline(one) for one in value]


def _text(text: str, *, flow: bool, key: bool, style: str) -> str:
    if FORBIDDEN.search(text):
        raise ValueError("a text for a plan holds a character that can't be seen")
    if style not in ("'", '"') and _plain(text, flow=flow, key=key):
        return text
    if style == "'" and "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str, *, flow: bool, key: bool) -> bool:
    """Whether it reads back as itself without quotes: the reader is asked, so that the two can't disagree."""
    if _WORD.fullmatch(text) and resolve(text) == text:
        return True
    trials: list[tuple[str, Any]]
    if key:
        trials = [(f"{{{text}: 1, z: 2}}" if flow else f"{text}: 1\nz: 2\n", {text: 1, "z": 2})]
    elif flow:
        trials = [(f"[{text} , 1]", [text, 1]), (f"{{k: {text}}}", {"k": text})]
    else:
        trials = [(f"k: {text} # z\n", {"k": text}), (f"- {text} # z\n- 1\n", [text, 1])]
    for trial, meant in trials:
        found = read(trial)
        if found.root is None or found.findings or not found.whole or found.root.value != meant:
            return False
    return True


def _folded(text: str, indent: int, column: int, like: str) -> str:
    """A long sentence as a folded block; '' for one that is short, or that folding would change."""
    if like not in (">", "|") and column + 1 + len(text) <= WIDTH:
        return ""
    if FORBIDDEN.search(text) or text != " ".join(text.split()) or not text or "\N{NEXT LINE}" in text:
        return ""
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    pad = "\n" + " " * indent
    return " >-" + pad + pad.join(lines)
