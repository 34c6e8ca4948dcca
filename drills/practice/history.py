"""One person's history: the finished runs of practice drills on the shelf, and the card sittings beside them.

Rules
1. A run's record is the truth: its own header says which skill it trained and what passed it, so later edits of a
   drill change no old run. Its marks are judged with the evaluator's overrides, where there are any.
2. To score a run takes a while, so what it showed is kept beside it (`practised.json`) and made anew when the record,
   the overrides or the version differ. Deleting that file loses nothing.
3. What was not played from its start to its end is no attempt: a run that was stopped, a sitting left open. One that
   was tried again from the middle of another is kept apart, as a retry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from drills import shelf
from drills.drill import DrillFile
from drills.errors import DrillError
from drills.journal import RECORD
from drills.overrides import OVERRIDES
from drills.practice import sittings
from drills.practice.dealing import Hand, deal
from drills.practice.marks_model import Practice
from drills.practice.model import CardsFile
from drills.practice.passing import MarkResult, passed
from drills.practice.skills import Attempt
from drills.record import write_whole
from drills.version import our_version
from scenarios.source import Source, SourceError, loads

KEPT = "practised.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class History:
    """What somebody has practised."""

    attempts: tuple[Attempt, ...]
    """In order of time."""
    open: tuple[sittings.Sitting, ...]
    """Card sittings that were left and can go on."""
    problems: tuple[str, ...] = ()
    """What could not be read, as sentences."""
    retries: tuple[Attempt, ...] = ()
    """In order of time; practice that counts for nothing."""

    def next_seed(self, exercise: str) -> int:
        """The seed for a new sitting: every sitting of an exercise gets another one, from 1."""
        names = [*(one.exercise for one in self.attempts), *(one.exercise for one in self.open)]
        return 1 + names.count(exercise)

    def unfinished(self, source: Source[CardsFile]) -> tuple[Hand, sittings.Sitting] | None:
        """The newest sitting of this exercise that was left open, with its hand. None where there is none, or where
        the exercise was changed since."""
        for sitting in reversed(self.open):
            if sitting.exercise == source.value.id:
                hand = deal(source, sitting.seed)
                return (hand, sitting) if sitting.goes_on_with(hand) else None
        return None


def history(home: Path | None = None) -> History:
    """Everything that was practised in this home; the usual one if left out."""
    home = shelf.home() if home is None else home
    kept = sittings.read(home)
    found = [_of_sitting(one) for one in kept.sittings if one.ended]
    problems = list(kept.problems)
    for info in shelf.runs(home / "runs"):
        if info.state == "ended":
            try:
                attempt = of_run(info.path)
            except (DrillError, OSError) as error:
                problems.append(str(error))
            else:
                found += [attempt] if attempt is not None else []
    found.sort(key=lambda one: one.at)
    return History(
        tuple(one for one in found if not one.retry),
        tuple(one for one in kept.sittings if not one.ended),
        tuple(problems),
        tuple(one for one in found if one.retry),
    )


def of_run(folder: Path) -> Attempt | None:
    """A finished run as an attempt or a retry; None where its drill trains no skill.

    Raises DrillError when its record can't be read.
    """
    header = _header(folder)
    practice = _practice(header)
    if practice is None or not _has_a_day(header):
        return None
    held = _kept(folder)
    if held is None:
        held = [result.held for result in marks_of(folder)]
        _keep(folder, held)
    return Attempt(
        str(header["drill"]), practice.skill, practice.id or "", str(header["started"]),
        bool(held) and all(held), folder.name, sum(held), len(held), bool(header.get("from")),
    )  # fmt: skip


def marks_of(folder: Path) -> tuple[MarkResult, ...]:
    """What a finished run showed of its own marks; nothing where its drill has none.

    Raises DrillError when its record can't be read or it has not ended.
    """
    from drills.past import PastRun  # the review and its analysis, which most of a history never needs

    past = PastRun(folder)
    practice = past.drill.file.practice
    return passed(past.run, past.scorecard(), practice.passes) if practice is not None else ()


def _of_sitting(one: sittings.Sitting) -> Attempt:
    return Attempt(one.exercise, one.skill, one.ladder, one.ended, one.passed, one.id, one.right, one.of)


def _header(folder: Path) -> Mapping[str, Any]:
    with (folder / RECORD).open("rb") as file:
        header = json.loads(file.readline())
    return header if isinstance(header, dict) else {}


def _has_a_day(header: Mapping[str, Any]) -> bool:
    """A record that was only rehearsed has none, and nobody can say when to come back."""
    try:
        date.fromisoformat(str(header["started"])[:10])
    except (KeyError, ValueError):
        return False
    return True


def _practice(header: Mapping[str, Any]) -> Practice | None:
    """What the run's own drill says about practice. Most drills say nothing, and are not parsed to find that out."""
    texts = header.get("texts")
    text = texts.get("drill") if isinstance(texts, dict) else None
    if not isinstance(text, str) or "practice:" not in text:
        return None
    try:
        return loads(text, "drill", DrillFile).value.practice
    except SourceError:
        return None


def _kept(folder: Path) -> list[bool] | None:
    try:
        data = json.loads((folder / KEPT).read_text("utf-8"))
        held = data["held"]
        return held if data["of"] == _of(folder) and all(isinstance(one, bool) for one in held) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _keep(folder: Path, held: list[bool]) -> None:
    with suppress(DrillError, OSError):
        write_whole(folder / KEPT, json.dumps({"of": _of(folder), "held": held}) + "\n")


def _of(folder: Path) -> str:
    """Which record, with which overrides, by which version."""
    marks = folder / OVERRIDES
    parts = [(folder / RECORD).read_bytes(), marks.read_bytes() if marks.is_file() else b""]
    return f"{FORMAT}/{our_version()}/{sha256(b''.join(sha256(part).digest() for part in parts)).hexdigest()}"
