"""An authored YAML file as a validated model, with the place of every value.

`load` and `loads` return a `Source`, or raise one `SourceError` that tells everything that is wrong, in the
order of the file. Nothing that is in a file can make them raise anything else.

Rules
1. Authors need no quotes where a text is wanted: `title: 1984` is the text "1984", as it stands in the file.
2. What a reader cannot see (control characters, changes of direction, no width) is refused in its place.
3. A value that was refused is not complained about a second time.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios.model_paths import Loc, follow
from scenarios.problems import Problem, SourceError
from scenarios.sentences import find, suggest
from scenarios.text import FORBIDDEN, clean, describe
from scenarios.yaml_events import MAX_DEPTH, MAX_FINDINGS, Finding, Node, read

__all__ = ["Problem", "Source", "SourceError", "load", "loads", "suggest"]

MAX_BYTES = 2_000_000
MAX_ERRORS = 1_000
"""Validation errors that are looked at; MAX_FINDINGS of them are told."""

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """A valid file: what it says, and where it says it."""

    value: M
    text: str = field(repr=False)
    """As it was read, with newlines for line ends and without a byte order mark."""
    name: str
    _root: Node = field(repr=False, compare=False)

    def place(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value that these keys and indices lead to, or of its key.

        Keys are those of the file. What was left out of the file has the place of what would hold it.
        """
        node, place = self._root, (self._root.line, self._root.column)
        for part in loc:
            if part not in node.children:
                continue
            holder, node = node, node.children[part]
            place = holder.keys.get(str(part), (node.line, node.column)) if key else (node.line, node.column)
        return place

    def problem(
        self, loc: Loc, message: str, *, key: bool = False, severity: Literal["error", "warning"] = "error"
    ) -> Problem:
        """A problem at that place, for checks that types cannot make."""
        return Problem(self.name, *self.place(loc, key=key), message, severity)


def load(path: Path | Traversable, model: type[M]) -> Source[M]:
    """Read and validate a file; raise SourceError for anything that is wrong with it or with reaching it."""
    return loads(_bytes(path), str(path), model)


def loads(text: str | bytes, name: str, model: type[M]) -> Source[M]:
    """Read and validate a text as if it were the file of that name; raise SourceError with every problem."""
    name = clean(name, multiline=False)
    decoded, invisible = _without_invisible(_decoded(text, name), name)
    reading = read(decoded)
    root, findings = reading.root, [*invisible, *reading.findings]
    if not reading.whole:
        raise _refusal(name, findings)
    if root is None or (root.value is None and not findings):
        raise _refusal(name, [(1, 1, "the file is empty; it must hold at least one line of 'key: value'")])
    value, errors = _validated(model, root)
    if errors:
        lines, places = {line for line, _, _ in invisible}, {found[:2] for found in reading.findings}
        faults = find(model, root, errors[:MAX_ERRORS], decoded)
        findings += [fault for fault in faults if fault[0] not in lines and fault[:2] not in places]
    if findings or value is None:
        raise _refusal(name, findings)
    return Source(value, decoded, name, root)


def _validated(model: type[M], root: Node) -> tuple[M | None, list[ErrorDetails]]:
    """The model, or what is wrong. Where only text will do, a number is taken as it was written."""
    errors: list[ErrorDetails] = []
    for _ in range(MAX_DEPTH):  # a value put right may let validation see one level deeper
        try:
            return model.model_validate(root.value), []
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
        if not sum(_taken_as_text(model, root, error) for error in errors):
            break
    return None, errors


def _taken_as_text(model: type[BaseModel], root: Node, error: ErrorDetails) -> bool:
    """Replace a value that should have been text by what stands in the file, if that could be right."""
    if error["type"] not in ("string_type", "literal_error", "enum") or "[key]" in error["loc"]:
        return False
    spot = follow(model, root, error["loc"])
    node, source = spot.node, spot.node.source
    if source is None or (error["type"] != "string_type" and repr(source) not in error["ctx"]["expected"]):
        return False
    node.value, node.source = source, None
    if spot.path:
        holder = root.value
        for part in spot.path[:-1]:
            holder = holder[part]
        holder[spot.path[-1]] = source
    return True


def _without_invisible(text: str, name: str) -> tuple[str, list[Finding]]:
    """The text with each forbidden character replaced, so that columns stay, and a finding for each."""
    findings: list[Finding] = []
    for match in FORBIDDEN.finditer(text):
        start = match.start()
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        findings.append((line, column, f"{describe(match[0])} cannot be seen and is not allowed; delete it"))
        if len(findings) == MAX_FINDINGS:
            raise _refusal(name, findings)
    return (FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text) if findings else text), findings


def _decoded(text: str | bytes, name: str) -> str:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) > MAX_BYTES:
        raise _refusal(name, [(1, 1, f"the file is larger than {MAX_BYTES:,} bytes; split it")])
    if isinstance(text, bytes):
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _refusal(name, [(1, 1, "this file is UTF-16; save it as UTF-8")])
        if b"\0" in data:
            place = _place(data, data.index(b"\0"))
            raise _refusal(name, [(*place, "a NUL byte: this is no text file; save it as text in UTF-8")])
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            what = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
            raise _refusal(name, [(*_place(data, error.start), what)]) from None
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    return before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1


def _bytes(path: Path | Traversable) -> bytes:
    """What is in the file, up to one byte too many."""
    try:
        if path.is_dir():
            reason = "this is a folder; give the name of a file in it"
        elif isinstance(path, Path) and path.exists() and not path.is_file():
            reason = "this is not an ordinary file"
        else:
            with path.open("rb") as file:
                return bytes(file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        reason = "there is no such file; check the name and the folder"
    except PermissionError:
        reason = "you may not read this file; check its permissions"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = f"this file cannot be read ({getattr(error, 'strerror', None) or error})"
    raise _refusal(clean(str(path), multiline=False), [(1, 1, reason)])


def _refusal(name: str, findings: Iterable[Finding]) -> SourceError:
    found = sorted(set(findings))
    told = [Problem(name, *finding) for finding in found[:MAX_FINDINGS]]
    if len(found) > MAX_FINDINGS:
        line, column, _ = found[MAX_FINDINGS]
        told.append(Problem(name, line, column, "from here on there are more problems; mend these first"))
    return SourceError(told)
