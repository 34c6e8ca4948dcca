"""What is on the shelf: the drills that can be played and the runs that have been."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drills import library
from drills.errors import DrillError
from drills.journal import RECORD
from drills.origin import Origin

if TYPE_CHECKING:
    from drills.drill import Drill



def home() -> Path:
    """Where runs are kept: STORMDRILL_HOME, or the user's data folder."""
    given = os.environ.get("STORMDRILL_HOME")
    if given:
        return Path(given)
    from platformdirs import user_data_path  # 10 ms that only this line needs

    return user_data_path("stormdrill", appauthor=False)


def runs_folder() -> Path:
    """The folder that holds a folder for every run."""
    return home() / "runs"


def new_folder(parent: Path, name: str) -> Path:
    """A folder of that name that did not exist before, readable by its owner alone."""
    name = re.sub(r"[^a-zA-Z0-9-]", "-", name)
    for number in range(1, 1000):
        folder = parent / (name if number == 1 else f"{name}-{number}")
        try:
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as error:
            raise DrillError(
                f"this folder can't be written ({error.strerror})", str(parent), "set STORMDRILL_HOME to another"
            ) from None
        return folder
    raise DrillError("there are too many runs of this name", str(parent), "move some away")


@cache
def drills() -> tuple[Drill, ...]:
    """The shipped drills, in the order of the lobby. They are read once: nobody changes them while it runs."""
    from drills.joining import from_path  # models and checks, which a list of runs does not need

    found = [from_path(library.path("drills", name)) for name in library.names("drills")]
    return tuple(sorted(found, key=lambda drill: (drill.file.order, drill.id)))


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A line of the list of runs."""

    path: Path
    drill_id: str
    title: str
    started: str
    """ISO 8601, local time."""
    seed: int
    seat: str
    state: str
    """unfinished, ended or stopped."""
    reached_ms: int
    lasts_ms: int
    total: float | None
    rating: str
    retry_of: str = ""
    """The run that it was tried again from, or ''."""


def runs(folder: Path | None = None) -> list[RunInfo]:
    """All runs, the newest first. A folder whose record can't be read is left out."""
    folder = runs_folder() if folder is None else folder
    try:
        entries = list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise DrillError(
            f"this folder can't be read ({error.strerror})", str(folder), "set STORMDRILL_HOME to another"
        ) from None
    found = [info for entry in entries if (info := _info(entry)) is not None]
    return sorted(found, key=lambda info: (info.started, info.path.name), reverse=True)


def find_run(name: str | None) -> Path:
    """A run's folder by path, by name, by the start of its name, or the newest. Raises DrillError if there is none.

    A path or a whole name is enough for a run whose record is damaged, so that one can be told what is wrong with it.
    """
    if name is None:
        known = runs()
        if not known:
            raise DrillError("there is no run yet", remedy="play one with stormdrill play")
        return known[0].path
    given = Path(name)
    if given.name == RECORD and _holds(given):
        return given.parent
    for folder in (given, runs_folder() / name):
        if name and _holds(folder / RECORD):
            return folder
    chosen = [info for info in runs() if name and info.path.name.startswith(name)]
    if not chosen:
        raise DrillError(f"there is no run {name!r}", remedy="see them all with stormdrill runs")
    return chosen[0].path


def _holds(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _info(folder: Path) -> RunInfo | None:
    try:
        with (folder / RECORD).open("rb") as file:
            header = _header(file.readline())
            last = _last(file.read())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or header.get("kind") != "header":
        return None
    try:
        return RunInfo(
            path=folder,
            drill_id=str(header["drill"]),
            title=str(header["title"]),
            started=str(header["started"]),
            seed=int(header["seed"]),
            seat=str(header["seat"]),
            state=("stopped" if last.get("why") == "stopped" else "ended")
            if last.get("kind") == "end"
            else "unfinished",
            reached_ms=int(last.get("at", 0)),
            lasts_ms=int(header["lasts_ms"]),
            total=float(last["total"]) if last.get("kind") == "end" else None,
            rating=str(last.get("rating", "")),
            retry_of=origin.run if (origin := Origin.of(header)) else "",
        )
    except (KeyError, ValueError, TypeError):
        return None


def _header(line: bytes) -> Any:
    """A record's header; without the sources that it embeds where they can be skipped: a list of runs needs none, and
    they are nine tenths of the work."""
    small, embeds, _ = line.partition(b',"texts":')
    if embeds and line.endswith(b"\n") and b'"from":' not in line[-500:]:
        return json.loads(small + b"}")
    return json.loads(line)


def _last(data: bytes) -> Mapping[str, Any]:
    """The last whole line that says how far the run came; a torn or foreign one is skipped."""
    for line in reversed(data.splitlines()):
        try:
            record = json.loads(line)
            if record.get("kind") == "action":
                return {"kind": "action", "at": int(record["action"]["at_ms"])}
            if "at" in record:
                return dict(record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return {}
