"""Where a drill is, by the name that somebody gave. Apart from `joining`, so that a wrong name is told at once."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from drills import library as shipped
from drills.errors import DrillError
from scenarios import library as scenarios


def place_of(name: str) -> Path | Traversable:
    """The file of that path, or the drill or scenario of that name in the library.

    Raises DrillError when there is no such drill. A path to a file that is not there is given back: reading it tells.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or is_file(path):
        return path
    if name in shipped.names("drills"):
        return shipped.path("drills", name)
    if name in scenarios.names():
        return scenarios.path(name)
    if name and _is_folder(path):
        raise DrillError("this is a folder", name, "give the name of a drill or scenario in it")
    from scenarios.source import suggest  # only a wrong name needs it

    known = sorted({*shipped.names("drills"), *scenarios.names()})
    raise DrillError(
        f"there is no drill or scenario {name!r}{suggest(name, known)}", remedy="see them all with stormdrill list"
    )


def is_file(path: Path) -> bool:
    """Whether this is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
