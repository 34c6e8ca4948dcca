"""Card sittings on disk: one JSON line when one begins, one for every card answered, one when it ends.

Rules
1. A line is one `os.write` on a descriptor opened to append, synced before anybody is told that it is kept. So a crash
   loses at most the card that lay open.
2. What a crash can leave is a last line without its end. The next line says that it follows one (`torn`), and reading
   skips it. Any other line that can't be read is damage: it is told with its number, and the rest still counts.
3. The file is one person's own and readable by them alone.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from drills.errors import DrillError
from drills.practice.dealing import Answer, Hand, Result

FILE = "cards.jsonl"
"""Its name in the home of the runs."""


@dataclass(slots=True)
class Sitting:
    """One playing of a card exercise, as far as it came."""

    id: str
    exercise: str
    skill: str
    ladder: str
    seed: int
    edition: str
    began: str
    """ISO 8601, local time."""
    answers: list[Answer] = field(default_factory=list)
    ended: str = ""
    """ISO 8601; '' while it is open."""
    passed: bool = False
    right: int = 0
    of: int = 0

    def goes_on_with(self, hand: Hand) -> bool:
        """Whether it is unfinished and this is its hand, so that one can go on where one was."""
        return not self.ended and (self.exercise, self.seed, self.edition) == (hand.file.id, hand.seed, hand.edition)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file says."""

    sittings: tuple[Sitting, ...]
    """In the order in which they began."""
    problems: tuple[str, ...]
    """What could not be read, as sentences; empty for a whole file."""


def begin(home: Path, hand: Hand, at: str) -> str:
    """Keep that a sitting has begun; the id under which its answers are kept. `at`: ISO 8601.

    Raises DrillError when the file can't be written, as the two below do.
    """
    id_ = secrets.token_hex(6)
    file = hand.file
    _append(home, {
        "kind": "began", "sitting": id_, "at": at, "exercise": file.id, "skill": file.skill,
        "ladder": file.ladder or "", "seed": hand.seed, "edition": hand.edition,
    })  # fmt: skip
    return id_


def keep(home: Path, sitting: str, answer: Answer) -> None:
    """Keep the answer to a card."""
    _append(home, {"kind": "card", "sitting": sitting, **asdict(answer)})


def end(home: Path, sitting: str, result: Result, at: str) -> None:
    """Keep what a whole sitting was worth. `at`: ISO 8601."""
    _append(home, {
        "kind": "ended", "sitting": sitting, "at": at, "passed": result.passed, "right": result.right, "of": result.of,
    })  # fmt: skip


def read(home: Path) -> Kept:
    """Every sitting that was kept. No file is no sitting; raises DrillError for one that can't be read at all."""
    path = home / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Kept((), ())
    except OSError as error:
        raise DrillError(f"this file can't be read ({error.strerror})", str(path), "check its permissions") from None
    return _folded(data, str(path))


def _folded(data: bytes, name: str) -> Kept:
    sittings: dict[str, Sitting] = {}
    bad: list[int] = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):  # what follows the last newline is torn, or nothing
        try:
            record = json.loads(line)
            if record.get("torn") and bad[-1:] == [number - 1]:
                bad.pop()
            _take(sittings, record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            bad.append(number)
    problems = [f"{name}, line {number}: this line can't be read; what it said does not count" for number in bad]
    return Kept(tuple(sittings.values()), tuple(problems))


def _take(sittings: dict[str, Sitting], record: Mapping[str, Any]) -> None:
    """Add what a line says. Raises KeyError or TypeError where it says something else than we write."""
    kind = record["kind"]
    if kind == "began":
        id_, exercise, skill, step, edition, at = (
            _text(record, name) for name in ("sitting", "exercise", "skill", "ladder", "edition", "at")
        )
        date.fromisoformat(at[:10])
        sittings[id_] = Sitting(id_, exercise, skill, step, _number(record, "seed"), edition, at)
        return
    sitting = sittings[record["sitting"]]
    if kind == "card":
        sitting.answers.append(Answer(*(_text(record, name) for name in ("card", "choice", "reason", "text"))))
    elif kind == "ended":
        right, of, at = _number(record, "right"), _number(record, "of"), _text(record, "at")
        date.fromisoformat(at[:10])
        sitting.passed, sitting.right, sitting.of, sitting.ended = record["passed"] is True, right, of, at
    else:
        raise KeyError(kind)


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _number(record: Mapping[str, Any], name: str) -> int:
    value = record[name]
    if not isinstance(value, int):
        raise TypeError(name)
    return value


def _append(home: Path, record: dict[str, Any]) -> None:
    """One line, synced. After a torn one it begins on a line of its own and says so."""
    path = home / FILE
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            size = os.lseek(descriptor, 0, os.SEEK_END)
            torn = size > 0 and os.lseek(descriptor, size - 1, os.SEEK_SET) >= 0 and os.read(descriptor, 1) != b"\n"
            line = json.dumps({**record, "torn": True} if torn else record, separators=(",", ":"))
            whole = ("\n" * torn + line + "\n").encode()
            if os.write(descriptor, whole) != len(whole):
                raise OSError(28, "No space left on device")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise DrillError(
            f"your practice can't be kept ({error.strerror})", str(path), "make room or set STORMDRILL_HOME to another"
        ) from None
