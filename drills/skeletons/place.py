"""Where a new file goes, and what lies beside it that a drill can join."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

from drills import joining, library
from drills.errors import DrillError
from scenarios import library as scenarios
from scenarios.source import SourceError, suggest
from scenarios.text import clean

Part = Literal["scenario", "plan"]


def folder_of(out: Path | None) -> Path:
    """The folder that a new file goes into: the one that `out` is, else the one that it is in."""
    return Path() if out is None else out if _there(out, "is_dir") else out.parent


def place(out: Path | None, id_: str) -> Path:
    """The path of a new file: `out`, or `id_`.yaml in the folder that it names or in this one. Raises DrillError where
    it could not be written: a file is there already, or no folder."""
    path = folder_of(out) / f"{id_}.yaml" if out is None or _there(out, "is_dir") else out
    shown = clean(str(path), multiline=False)
    if path.suffix != ".yaml":
        raise DrillError("expected a name that ends in .yaml", shown, f"give --out {clean(path.stem)}.yaml")
    if _there(path, "exists") or os.path.lexists(path):
        raise _taken(shown)
    if not _there(path.parent, "is_dir"):
        raise DrillError("there is no such folder", clean(str(path.parent), multiline=False), "make it first")
    return path


def write(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises DrillError where it is, or where it can't be written."""
    shown = clean(str(path), multiline=False)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise _taken(shown) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DrillError(f"this file can't be written ({why})", shown, "give another place with --out") from None


def beside(folder: Path, kind: Part) -> tuple[str, ...]:
    """The names of the sound scenarios or plans in a folder, in alphabetical order."""
    found = (path for path in sorted(folder.glob("*.yaml")) if joining.kind_of(path) == kind)
    return tuple(
        path.stem
        for path in found
        if _is_id(path.stem) and not any(problem.severity == "error" for problem in joining.check(path))
    )


def title_of(folder: Path, scenario: str) -> str:
    """A scenario's title; its id where it can't be read."""
    path = folder / f"{scenario}.yaml"
    try:
        return joining.from_path(path if _there(path, "is_file") else scenarios.path(scenario)).scenario.title
    except SourceError:
        return scenario


def part(folder: Path, kind: Part, given: str) -> str:
    """The id under which a drill in that folder names a scenario or plan. Raises DrillError if it would not find it."""
    name = clean(given, multiline=False).strip().removesuffix(".yaml")
    path = folder / f"{name}.yaml"
    if _is_id(name) and _there(path, "is_file"):
        found = joining.kind_of(path)
        if found != kind:
            raise DrillError(f"this is a {found}, not a {kind}", clean(str(path), multiline=False), "give another")
        return name
    if _is_id(name) and (scenarios.path(name) if kind == "scenario" else library.path("plans", name)).is_file():
        return name
    where = "in this folder" if folder == Path() else f"in {clean(str(folder), multiline=False)}"
    known = (*beside(folder, kind), *(scenarios.names() if kind == "scenario" else library.names("plans")))
    raise DrillError(
        f"there is no {kind} {name!r} {where} or in the library{suggest(name, known)}",
        remedy=f"a drill seeks ID.yaml beside itself; stormdrill new {kind} writes one",
    )


def _is_id(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name) is not None


def _there(path: Path, how: Literal["exists", "is_dir", "is_file"]) -> bool:
    """What a path says of itself; a name that no file can have is nowhere."""
    try:
        return bool(getattr(path, how)())
    except (OSError, ValueError):
        return False


def _taken(shown: str) -> DrillError:
    return DrillError("there is a file of this name already, and it stays as it is", shown, "give another with --out")
