"""Try again from here: a new run that begins as a copy of an old one, up to a moment, and waits there, paused.

Rules
1. The old run is read, never touched.
2. The new record is the old one's lines up to the moment; its header differs in when it was started, and says under
   `from` what it was made of. Same luck, same actions: it replays, resumes and verifies as any run does.
3. Hints that were taken up to the moment belong to what is copied, and count in the new run too; those that were taken
   after it do not.
4. What is copied has been replayed first; the record appears on the shelf whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from drills.errors import DrillError
from drills.journal import RECORD, Journal
from drills.record import lines_of, recorded, replayed, same_draws
from drills.shelf import new_folder
from scenarios.moments import show_moment
from scenarios.source import suggest

_PART = "record.part"


def retry(folder: Path, into: Path, *, at_ms: int | None = None, action: str = "") -> Path:
    """Begin a new run below `into` from a moment of the run in `folder`, and say where it lies.

    `at_ms`: what was done up to and at this sim-millisecond stays. `action`: what was done before this one stays, and
    it is the moment of this one. One of the two is needed. Raises DrillError where the run has no such moment, can't
    be read, was played with another version of luck, or the new one can't be written.
    """
    lines = lines_of(folder)
    header = lines[0]
    same_draws(header, folder)
    kept, moment = _before(lines, action, folder) if action else _until(lines, at_ms or 0, folder)
    mark: Mapping[str, Any] = {"kind": "mark", "at": moment}
    _, differences = replayed(recorded(header, folder), (*kept, mark), lambda _: lambda _: None)
    if differences:
        raise DrillError(f"the record does not replay: {differences[0]}", str(folder), "run stormdrill verify on it")
    started = datetime.now().astimezone()
    origin = {"run": folder.resolve().name, "at": moment, "before": action}
    new = new_folder(into, f"{started:%Y%m%d-%H%M%S}-{header['drill']}-retry")
    try:
        _write(new, {**header, "started": started.isoformat(timespec="seconds"), "from": origin}, (*kept, mark))
    except (DrillError, OSError) as error:
        with suppress(OSError):
            (new / _PART).unlink(missing_ok=True)
            new.rmdir()
        if isinstance(error, OSError):
            raise DrillError(f"this folder can't be written ({error.strerror})", str(new), "free some space") from None
        raise
    return new


def _write(folder: Path, header: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> None:
    """Write the record beside its place and move it there once it is whole and synced."""
    with Journal.create(folder / _PART, header) as journal:
        for number, line in enumerate(lines, 1):
            journal.append(line, sync=number == len(lines))
    (folder / _PART).replace(folder / RECORD)


Cut = tuple[Sequence[Mapping[str, Any]], int]
"""The lines that stay, without the header, and the moment at which the new run stands."""


def _before(lines: Sequence[Mapping[str, Any]], action: str, folder: Path) -> Cut:
    ids = {line["action"]["id"]: number for number, line in enumerate(lines) if line["kind"] == "action"}
    if action not in ids:
        raise DrillError(
            f"this run has no action {action!r}{suggest(action, tuple(ids))}",
            str(folder),
            f"it has a1 to a{len(ids)}" if ids else "nothing was done in it; give a moment with --at",
        )
    number = ids[action]
    return lines[1:number], _moment(lines[number])


def _until(lines: Sequence[Mapping[str, Any]], at_ms: int, folder: Path) -> Cut:
    last = lines[-1]
    reached = max([0, *[_moment(line) for line in lines[1:]]])
    over = last["kind"] in ("end", "stop")
    if at_ms < 0 or at_ms > reached or (over and at_ms == reached):
        what = "ended" if over else "was left"
        raise DrillError(
            f"this run has no moment {show_moment(at_ms)} to go on from", str(folder),
            f"it {what} at {show_moment(reached)}; take one before that",
        )  # fmt: skip
    kept = [line for line in lines[1:] if _moment(line) <= at_ms]
    return [line for line in kept if line["kind"] not in ("end", "stop")], at_ms


def _moment(line: Mapping[str, Any]) -> int:
    """When a line of the record was written, in sim-milliseconds."""
    within = line.get("action") or line.get("steering")
    return int(within["at_ms"] if within else line["at"])
