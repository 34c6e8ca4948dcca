"""What the YAML parser's complaints mean to an author.

The parser says what it expected; an author wants to know what to type instead. Most mistakes are a text that
needs quotes, so most sentences end there.
"""

from __future__ import annotations

import re

import yaml

_TAB = "a tab cannot indent a line in YAML; use spaces"
_QUOTES = "a text that begins with CHARACTER needs quotes"
_NOT_CLOSED = "quote a text that begins with [ or {"

# Part of the complaint; whether to point at where the thing began instead of where it failed; what to say.
# CHARACTER and ESCAPE stand for what is found at that place.
_SENTENCES: tuple[tuple[str, bool, str], ...] = (
    ("found a tab character", False, _TAB),
    (
        "could not find expected ':'",
        True,
        "no colon on this line; write 'key: value', or indent it under its key",
    ),
    ("unexpected end of stream", True, "this quotation mark is never closed"),
    ("unexpected document indicator", True, "this quotation mark is never closed"),
    ("did not find expected ',' or ']'", True, f"this list, from [ on, is not closed; {_NOT_CLOSED}"),
    ("did not find expected ',' or '}'", True, f"this mapping, from {{ on, is not closed; {_NOT_CLOSED}"),
    ("did not find expected '-' indicator", False, "not indented like the items of the list above"),
    ("block sequence entries", False, "a list cannot begin here; put each item on a line of its own"),
    ("mapping keys are not allowed", False, _QUOTES),
    ("comment or line break", False, "nothing may follow | or > on its line; begin the text on the next"),
    ("unknown escape character", False, "unknown escape; for a backslash write two, or use single quotes"),
    ("hexdecimal number", False, "incomplete escape; for a backslash write two, or use single quotes"),
    ("invalid Unicode character escape", False, "ESCAPE is not a character; write the character itself"),
    ("alphabetic or numeric character", True, _QUOTES),
    ("undefined tag handle", False, "tags (!name) are not used here; quote a text that begins with !"),
    ("expected node content", False, _QUOTES),
    ("expected <document start>", False, "a second document begins here; keep one document in a file"),
    ("incompatible YAML document", False, "leave the %YAML line out, or write %YAML 1.2"),
)
_HEX = re.compile(r"[0-9A-Fa-f]{2,8}")


def explain(error: yaml.YAMLError, text: str) -> tuple[int, int, str]:
    """Line and column, from 1, and a sentence for what stopped the parser."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, 1, "this cannot be read as YAML"
    failed = error.problem_mark or error.context_mark
    if failed is None:
        return 1, 1, "this cannot be read as YAML"
    at, sentence = failed, ""
    complaint, context = error.problem or "", error.context or ""
    if "directive" in context:
        at, sentence = error.context_mark or failed, _QUOTES
    elif "cannot start any token" in complaint:
        sentence = _TAB if _rest(text, failed).startswith("\t") else _QUOTES
    elif "did not find expected key" in complaint:
        sentence = _misplaced(_line(text, failed), failed.column)
    elif "mapping values are not allowed" in complaint:
        sentence = _second_colon(_line(text, failed)[: failed.column])
    else:
        for part, points_at_start, words in _SENTENCES:
            if part in complaint:
                at, sentence = (error.context_mark or failed) if points_at_start else failed, words
                break
    rest = _rest(text, at)
    line, column = inside(text, at.line, at.column)
    if not rest and sentence == _QUOTES:
        sentence = "the file ends where a value was expected"
    escape = _HEX.match(rest)
    sentence = sentence.replace("CHARACTER", rest[:1]).replace("ESCAPE", f"U+{escape[0] if escape else '?'}")
    return line, column, sentence or f"this cannot be read as YAML: {complaint}"


def inside(text: str, line: int, column: int) -> tuple[int, int]:
    """A place, counted from 1. At the end the parser counts a line that is not there."""
    lines = text.count("\n") + 1
    if line < lines:
        return line + 1, column + 1
    return lines, len(text) - text.rfind("\n")


def _misplaced(line: str, column: int) -> str:
    rest = line[column:]
    if line[:column].strip():
        return "this does not belong to the value before it; quote the whole text"
    if rest.startswith("- "):
        return "a list item cannot stand among keys; indent it under its key"
    if rest.startswith(":"):
        return "a key is missing before the colon"
    return "this line is not indented like the lines it belongs to"


def _second_colon(before: str) -> str:
    if ": " in before:
        return "a second colon on this line; quote a text that holds a colon and a space"
    return "no key was expected here; check the indentation of this line, and the colon of the line before"


def _line(text: str, mark: yaml.Mark) -> str:
    lines = text.split("\n", mark.line + 1)
    return lines[mark.line] if mark.line < len(lines) else ""


def _rest(text: str, mark: yaml.Mark) -> str:
    return _line(text, mark)[mark.column :]
