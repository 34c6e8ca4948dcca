"""What a validation error says to an author: what was expected, what stands there, what may be meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from scenarios.model_paths import Loc, Schema, follow
from scenarios.text import clean
from scenarios.yaml_events import Finding, Node, shown

MANY = 20
"""More choices than this are counted, not listed."""
LONGEST_WORD = 80
"""Nothing is suggested for a longer one."""
LONGEST_MESSAGE = 500


def suggest(word: str, choices: Iterable[str]) -> str:
    """`; did you mean 'x'?` if one of the choices is close to the word, else nothing."""
    if len(word) > LONGEST_WORD:
        return ""
    plain = {_plain(choice): choice for choice in choices}
    close = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return f"; did you mean {plain[close[0]]!r}?" if close else ""


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.casefold())


def find(model: type[BaseModel], root: Node, errors: Sequence[ErrorDetails], text: str) -> list[Finding]:
    """The errors as findings. Of a union only what is wrong with the branch that comes closest is told."""
    lines = text.split("\n")
    faulty_within = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
    # Pydantic counts only the entries that are right, so a list with a wrong one may seem too short as well.
    told = (each for each in errors if each["type"] != "too_short" or each["loc"] not in faulty_within)
    cases = [_case(model, root, error) for error in told]
    return [_finding(case, lines) for case in _settle(cases, 0)]


@dataclass(frozen=True, slots=True)
class _Case:
    """An error, and what stands where it happened."""

    type: str
    loc: Loc
    message: str
    context: Mapping[str, Any]
    node: Node
    """The value at fault; what holds it, if the fault is a key or something that is missing."""
    key: str | None
    """The key at fault, or the one that is missing."""
    schema: Schema
    turns: tuple[int, ...]
    expected: tuple[str, ...]
    """What would have been right, if the error is as simple as that."""

    def up_to_turn(self, depth: int, and_more: int = 0) -> Loc | None:
        """The part of the loc before the union of this depth, or None if there are not so many."""
        return self.loc[: self.turns[depth] + and_more] if depth < len(self.turns) else None


def _case(model: type[BaseModel], root: Node, error: ErrorDetails) -> _Case:
    loc = error["loc"]
    holder, key = loc, None
    if loc and loc[-1] == "[key]":
        holder, key = loc[:-2], str(loc[-2])
    elif error["type"] in ("missing", "extra_forbidden"):
        holder, key = loc[:-1], str(loc[-1])
    spot = follow(model, root, holder)
    context = error.get("ctx", {})
    phrase = _EXPECTED.get(error["type"])
    expected = () if phrase is None else (phrase(context) if callable(phrase) else phrase,)
    return _Case(error["type"], loc, error["msg"], context, spot.node, key, spot.schema, spot.turns, expected)


def _settle(cases: Sequence[_Case], depth: int) -> list[_Case]:
    """Choose one branch of every union, outermost first."""
    settled: list[_Case] = []
    for union, group in groupby(cases, lambda case: case.up_to_turn(depth)):
        if union is None:
            settled += group
            continue
        branches = [list(branch) for _, branch in groupby(group, lambda case: case.up_to_turn(depth, 1))]
        # A branch that takes another kind of value fails at once, with nothing to say but what it takes.
        entered = [b for b in branches if not b[0].expected or b[0].loc != b[0].up_to_turn(depth, 1)]
        if entered:
            settled += _settle(min(entered, key=len), depth + 1)
        else:
            phrases = dict.fromkeys(phrase for branch in branches for phrase in branch[0].expected)
            settled.append(replace(branches[0][0], expected=tuple(phrases)))
    return settled


def _finding(case: _Case, lines: Sequence[str]) -> Finding:
    line, column = case.node.line, case.node.column
    if case.type == "union_tag_invalid":
        tag = case.node.children.get(_tag_key(case), case.node)
        line, column = tag.line, tag.column
    elif case.key in case.node.keys:
        line, column = case.node.keys[case.key]
    if case.expected:
        sentence = f"expected {_any_of(case.expected)}, got {_got(case)}{_hint(case, lines)}"
    else:
        sentence = _SENTENCES.get(case.type, _as_pydantic_says)(case)
    return line, column, clean(sentence, multiline=False, limit=LONGEST_MESSAGE)


def _any_of(phrases: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(phrases[:-1]), phrases[-1])))


def _got(case: _Case) -> str:
    value = case.node.value
    if case.key is not None:
        return shown(case.key)
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    return case.node.source if case.node.source is not None else shown(str(value))


def _hint(case: _Case, lines: Sequence[str]) -> str:
    """What the author may have meant, or not known about YAML."""
    word = case.key if case.key is not None else case.node.value
    choices = _choices(case.context)
    if isinstance(word, str):
        return suggest(word, choices)
    # The rest is for those who meant a text.
    if "text" not in case.expected and not choices:
        return ""
    rest = lines[case.node.line - 1][case.node.column - 1 :] if case.node.line <= len(lines) else ""
    if word is None and re.match(r":?\s*#", rest):
        return "; what follows a # is a comment, so quote a text that begins with one"
    if isinstance(word, (list, dict)) and rest.startswith(("[", "{")):
        return f"; quote a text that begins with {rest[0]}"
    if isinstance(word, dict):
        return "; quote a text that holds a colon and a space"
    return ""


def _choices(context: Mapping[str, Any]) -> list[str]:
    """The allowed words, from pydantic's own list of them: `'a', 'b' or 'c'`."""
    listed = context.get("expected", context.get("expected_tags", ""))
    words = re.findall(r"'[^']*'|\"[^\"]*\"|[^\s,]+", str(listed))
    return [word.strip("'\"") for word in words if word != "or"]


def _one_of(context: Mapping[str, Any]) -> str:
    choices = _choices(context)
    if len(choices) > MANY:
        return f"one of {len(choices)} words"
    return f"one of {', '.join(choices)}" if len(choices) > 1 else "".join(choices)


def _number(bound: object) -> str:
    return str(int(bound)) if isinstance(bound, float) and bound.is_integer() else str(bound)


_MAPPING = "a mapping (lines of 'key: value')"
_EXPECTED: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "string_type": "text",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"), "a list"),
    **dict.fromkeys(
        ("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"), _MAPPING
    ),
    "none_required": "nothing",
    "literal_error": _one_of,
    "enum": _one_of,
    "greater_than": lambda context: f"more than {_number(context['gt'])}",
    "greater_than_equal": lambda context: f"{_number(context['ge'])} or more",
    "less_than": lambda context: f"less than {_number(context['lt'])}",
    "less_than_equal": lambda context: f"{_number(context['le'])} or less",
    "multiple_of": lambda context: f"a multiple of {_number(context['multiple_of'])}",
}


def _tag_key(case: _Case) -> str:
    return str(case.context.get("discriminator", "")).strip("'")


def _unknown_key(case: _Case) -> str:
    allowed = list(case.schema.get("properties", {}))
    free = [key for key in allowed if key not in case.node.keys]
    said = f"unknown key {shown(case.key or '')}"
    value = case.node.children.get(case.key or "")
    if value is not None and value.value is None and not re.fullmatch(r"\w+", case.key or ""):
        return f"{said}; if it is the rest of a text with a comma, put quotes around the whole text"
    if hint := suggest(case.key or "", free):
        return said + hint
    return f"{said}; allowed here: {', '.join(allowed)}" if 0 < len(allowed) <= MANY else said


def _unknown_tag(case: _Case) -> str:
    tag = case.node.children.get(_tag_key(case))
    got = str(tag.value) if tag is not None else ""
    return f"expected {_one_of(case.context)}, got {shown(got)}{suggest(got, _choices(case.context))}"


def _no_tag(case: _Case) -> str:
    tags = list(case.schema.get("discriminator", {}).get("mapping", {}))
    choices = f" ({_one_of({'expected': ', '.join(tags)})})" if tags else ""
    return f"missing key {_tag_key(case)!r}{choices}"


def _other_form(case: _Case) -> str:
    value, pattern = str(case.node.value), str(case.context["pattern"])
    said = f"{shown(value)} is not of the form that is expected here"
    slug = re.sub(r"[\s_-]+", "-", value.lower()).strip("-")
    one_word = "".join(part[:1].upper() + part[1:] for part in re.findall(r"\w+", value))
    try:
        for meant in (slug, one_word):
            if len(meant) <= LONGEST_WORD and re.search(pattern, meant):
                return f"{said}; did you mean {meant!r}?"
    except re.error:  # pydantic's patterns are not quite Python's
        pass
    examples = case.schema.get("examples", ())
    return f"{said}, such as {' or '.join(map(str, examples[:3]))}" if examples else f"{said} ({pattern})"


def _too_much(case: _Case) -> str:
    limit = case.context["max_length"]
    if isinstance(case.node.value, str):
        return f"this text has {len(case.node.value):,} characters; at most {limit:,} are allowed"
    return f"expected at most {limit:,} entries, got {len(case.node.value):,}"


def _too_little(case: _Case) -> str:
    limit = case.context["min_length"]
    if limit == 1:
        return "this may not be empty"
    if isinstance(case.node.value, str):
        return f"this text has {len(case.node.value):,} characters; at least {limit:,} are needed"
    return f"expected at least {limit:,} entries, got {case.context['actual_length']:,}"


_SENTENCES: dict[str, Callable[[_Case], str]] = {
    "missing": lambda case: f"missing {'entry' if isinstance(case.loc[-1], int) else 'key'} {case.loc[-1]!r}",
    "extra_forbidden": _unknown_key,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _no_tag,
    "string_pattern_mismatch": _other_form,
    **dict.fromkeys(("string_too_long", "too_long"), _too_much),
    **dict.fromkeys(("string_too_short", "too_short"), _too_little),
    "value_error": lambda case: str(case.context.get("error", case.message)),
    "assertion_error": lambda case: str(case.context.get("error", case.message)),
}


def _as_pydantic_says(case: _Case) -> str:
    return case.message[:1].lower() + case.message[1:]
