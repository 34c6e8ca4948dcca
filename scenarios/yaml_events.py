"""YAML text to plain values with their places, from the C parser's events and never from its composer.

The composer recurses, follows aliases and can be crashed by nesting; events come one by one. Values are built
with a stack of our own, and reading stops at the first limit.

Rules
1. Core types only: true, false, null, ~ and nothing, decimal ints, floats with a dot or an exponent. All else
   is text, `no` and `12:30` and `010` included. A key is text, as it stands in the file.
2. No anchor, alias, merge key, tag or second document.
3. A finding that leaves the rest readable (a key given twice, a tag) does not stop the reading.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from scenarios.text import FORBIDDEN, clean, describe
from scenarios.yaml_syntax import explain, inside

MAX_DEPTH = 24
MAX_VALUES = 200_000
MAX_TEXT = 20_000
MAX_FINDINGS = 100

Finding = tuple[int, int, str]
"""Line and column, both from 1, and what is wrong there."""

Value = Any
"""None, bool, int, float, str, or a list or a dict (with text keys) of values."""


class Node:
    """A value, where it begins, and the nodes within it."""

    __slots__ = ("children", "column", "keys", "line", "source", "value")

    def __init__(self, value: Value, line: int, column: int, source: str | None = None) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.source = source
        """What stands in the file, if that was read as a number or as true or false."""
        self.children = _NO_CHILDREN
        self.keys = _NO_KEYS
        """Where each key of a mapping stands."""


# Most nodes are scalars: they share these, which nothing is ever put into.
_NO_CHILDREN: dict[str | int, Node] = {}
_NO_KEYS: dict[str, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `root` is None if the text holds no value; `whole` says that it was read to its end."""

    root: Node | None
    findings: list[Finding]
    whole: bool


def read(text: str) -> Reading:
    """Read one YAML document. Never raises for anything that is in the text.

    Lines must end in newlines, and raw control characters must be gone: the C parser stops at those without
    saying where it is.
    """
    builder = _Builder(text)
    whole = False
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
        whole = True
    except _EnoughError:
        pass
    except yaml.YAMLError as error:
        found = explain(error, text)
        # An alias or a tag that was just refused is why the parser stumbles over the rest of its line.
        if not any(line == found[0] for line, _, _ in builder.findings):
            builder.findings.append(found)
    return Reading(builder.root, builder.findings, whole)


_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_LONGEST_FLOAT = 40


def resolve(text: str) -> bool | int | float | str | None:
    """What a scalar without quotes means. An int has at most 15 digits; infinities do not exist."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    if len(text) <= _LONGEST_FLOAT and not text.lstrip("+-").isdecimal() and _FLOAT.fullmatch(text):
        number = float(text)
        if math.isfinite(number):
            return number
    return text


class _EnoughError(Exception):
    """Nothing after this point is read; the finding that says why is the last one."""


class _Open:
    """A list or mapping that has not ended. `key` is what the next value belongs to."""

    __slots__ = ("is_list", "key", "key_place", "node")

    def __init__(self, node: Node, is_list: bool) -> None:
        self.node = node
        self.is_list = is_list
        self.key: str | None = None
        self.key_place = (1, 1)


class _Builder:
    def __init__(self, text: str) -> None:
        self._text = text
        self._last_line = text.count("\n")
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._open: list[_Open] = []
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(event, "a second document begins here; keep one document in a file")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text = event.value
        self._refuse_extras(event)
        if event.style == '"' and FORBIDDEN.search(text):
            text = self._without_forbidden(event)
        if len(text) > MAX_TEXT:
            self._find(event, f"this text has {len(text):,} characters; at most {MAX_TEXT:,} are allowed")
            text = text[:MAX_TEXT]
        plain = event.implicit[0] and event.tag is None
        if self._awaits_key():
            self._key(event, text, plain)
            return
        value = resolve(text) if plain else text
        known = value is None or isinstance(value, str)
        self._put(event, Node(value, *self._place(event), None if known else text))

    def _key(self, event: yaml.Event, text: str, plain: bool) -> None:
        if plain and text == "":
            self._find(event, "a key is missing before the colon")
        elif plain and text == "<<":
            self._find(event, "merge keys (<<) are not used here; write the keys out")
        top = self._open[-1]
        place = self._place(event)
        if text in top.node.keys:
            first = top.node.keys[text][0]
            self._find(event, f"key {shown(text)} is given twice; it was first given on line {first}")
        top.key, top.key_place = text, place

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_extras(event)
        if self._awaits_key():
            self._stop(event, "a key must be text; quote one that begins with [ or {")
        if len(self._open) == MAX_DEPTH:
            self._stop(event, f"nested deeper than {MAX_DEPTH} levels")
        is_list = isinstance(event, yaml.SequenceStartEvent)
        node = Node([] if is_list else {}, *self._place(event))
        node.children, node.keys = {}, {}
        self._put(event, node)
        self._open.append(_Open(node, is_list))

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = clean(event.anchor or "")[:40]
        self._find(event, f"aliases (*{name}) are not used here; quote a text that begins with *")
        if self._awaits_key():
            self._open[-1].key, self._open[-1].key_place = f"*{name}", self._place(event)
        else:
            self._put(event, Node(None, *self._place(event)))

    def _put(self, event: yaml.Event, node: Node) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            self._stop(event, f"more than {MAX_VALUES:,} values in one file")
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        parent = top.node
        if top.is_list:
            parent.children[len(parent.value)] = node
            parent.value.append(node.value)
            return
        assert top.key is not None  # _awaits_key sent every key elsewhere
        if top.key not in parent.keys:  # of two with one name the first stays, so that it can be checked
            parent.keys[top.key] = top.key_place
            parent.children[top.key] = node
            parent.value[top.key] = node.value
        top.key = None

    def _awaits_key(self) -> bool:
        return bool(self._open) and not self._open[-1].is_list and self._open[-1].key is None

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            name = clean(event.anchor)[:40]
            self._find(event, f"anchors (&{name}) are not used here; quote a text that begins with &")
        if event.tag is not None:
            self._find(event, "tags (!name) are not used here; quote a text that begins with !")

    def _without_forbidden(self, event: yaml.ScalarEvent) -> str:
        for character in sorted(set(FORBIDDEN.findall(event.value))):
            self._find(event, f"this text holds {describe(character)}, written as an escape; delete it")
        return FORBIDDEN.sub("", event.value)

    def _find(self, event: yaml.Event, message: str) -> None:
        self.findings.append((*self._place(event), message))
        if len(self.findings) >= MAX_FINDINGS:
            raise _EnoughError

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None  # the parser always knows
        if mark.line > self._last_line:  # a value left out at the very end
            return inside(self._text, mark.line, mark.column)
        return mark.line + 1, mark.column + 1

    def _stop(self, event: yaml.Event, message: str) -> None:
        self._find(event, message)
        raise _EnoughError


def shown(text: str, longest: int = 40) -> str:
    """A text as a message quotes it: on one line, cleaned and not too long."""
    line = clean(text, multiline=False)
    return repr(line if len(line) <= longest else line[: longest - 3] + "...")
