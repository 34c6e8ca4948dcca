"""Where a validation error belongs: from pydantic's `loc` to keys that stand in the file.

Pydantic names more than the file holds: the tag of a tagged union, the branch of another union.
The model's own JSON Schema says which part is which; without it, parts that are not in the file are skipped.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticUserError

from scenarios.yaml_events import Node

Loc = tuple[str | int, ...]
Schema = Mapping[str, Any]

_NOTHING: Schema = {}


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the model and of the file."""

    path: Loc
    """Keys and indices as the file has them; it ends early where the file does."""
    node: Node
    schema: Schema
    turns: tuple[int, ...]
    """Which parts of the loc chose a branch of a union that is not tagged."""


def follow(model: type[BaseModel], root: Node, loc: Loc) -> Spot:
    """Walk a loc down the model and the file at once."""
    whole = _schema(model)
    here = _Walk(whole, _plain(whole, whole), root)
    for index, part in enumerate(loc):
        here.step(index, part)
    return Spot(tuple(here.path), here.node, here.schema, tuple(here.turns))


class _Walk:
    def __init__(self, whole: Schema, schema: Schema, node: Node) -> None:
        self.whole = whole
        self.schema = schema
        self.node = node
        self.path: list[str | int] = []
        self.turns: list[int] = []

    def step(self, index: int, part: str | int) -> None:
        tags = self.schema.get("discriminator", _NOTHING).get("mapping", _NOTHING)
        branches = self.schema.get("anyOf", ())
        if str(part) in tags:
            self.schema = _plain(self.whole, {"$ref": tags[str(part)]})
        elif branches:
            self.turns.append(index)
            self.schema = _branch(self.whole, branches, str(part))
        else:
            self.schema = _plain(self.whole, _inner(self.schema, part) or _NOTHING)
            if part in self.node.children:
                self.node = self.node.children[part]
                self.path.append(part)


@lru_cache(maxsize=32)
def _schema(model: type[BaseModel]) -> Schema:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about defaults that JSON cannot hold, which do not matter here
        try:
            return model.model_json_schema()
        except PydanticUserError:
            return _NOTHING


def _plain(whole: Schema, schema: Schema) -> Schema:
    """The schema behind references, and behind `or nothing`."""
    while True:
        if "$ref" in schema:
            schema = whole.get("$defs", _NOTHING).get(schema["$ref"].rpartition("/")[2], _NOTHING)
        elif "anyOf" in schema:
            branches = [branch for branch in schema["anyOf"] if branch.get("type") != "null"]
            if len(branches) != 1:
                return schema
            schema = branches[0]
        else:
            return schema


def _inner(schema: Schema, part: str | int) -> Schema | None:
    found: Schema | bool | None
    if isinstance(part, int):
        first = schema.get("prefixItems", ())
        found = first[part] if part < len(first) else schema.get("items")
    else:
        found = schema.get("properties", _NOTHING).get(part) or schema.get("additionalProperties")
    return found if isinstance(found, Mapping) else None


_TYPE_NAMES = {
    "string": ("str", "constrained-str"),
    "integer": ("int", "constrained-int"),
    "number": ("float", "constrained-float"),
    "boolean": ("bool",),
    "array": ("list", "tuple", "set", "frozenset"),
    "object": ("dict",),
}


def _branch(whole: Schema, branches: list[Schema], label: str) -> Schema:
    """The branch that pydantic calls by this label, or nothing."""
    name = label.partition("[")[0]
    for branch in branches:
        if branch.get("$ref", "").rpartition("/")[2] == name:
            return _plain(whole, branch)
    for branch in branches:
        plain = _plain(whole, branch)
        if "enum" in plain or "const" in plain:
            if name == "literal":
                return plain
        elif "discriminator" in plain:
            if name == "tagged-union":
                return plain
        elif name in _TYPE_NAMES.get(plain.get("type", ""), ()) or plain.get("title") == name:
            return plain
    return _NOTHING
