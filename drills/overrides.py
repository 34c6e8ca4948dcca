"""An evaluator's overrides: a record of its own beside the run's, which nothing here ever changes.

Rules
1. `overrides.jsonl` is a journal like the run's: one line per mark or withdrawal, checked, synced, only ever appended.
2. The last word on an item stands; one that was taken back leaves what the rubric said, and both stay in the file.
3. The file names the run by its fingerprint: marks never slip to another run that was put into the same folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from drills.errors import DrillError
from drills.journal import Journal, read
from drills.scoring.card import Change, Mark, Scorecard
from drills.scoring.changed import OPEN
from drills.scoring.gates import TITLES as GATES
from drills.scoring.lines import TITLES as LINES
from drills.scoring.tasks import TITLES as TASKS
from scenarios.sentences import suggest
from scenarios.text import clean

OVERRIDES = "overrides.jsonl"
PARTS = tuple(f"Tn{number}" for number in range(1, 8))
LETTERS = "PSMU-"
SHUT = "shut"
NOT_ASSESSED = "-"
FORMAT = 1
_LONGEST = 500
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file: a mark, or the withdrawal of the one before."""

    mark: Mark
    undone: bool = False


# -- the file ----------------------------------------------------------------------------------------------------


def entries(folder: Path, fingerprint: str) -> tuple[Entry, ...]:
    """Everything that was ever said about a run, in order; nothing where nobody said anything.

    Raises DrillError when the file is damaged or belongs to another run.
    """
    path = folder / OVERRIDES
    if not path.is_file():
        return ()
    lines = read(path).records
    if not lines:
        return ()
    _ours(lines[0], path, fingerprint)
    try:
        return tuple(_entry(line) for line in lines[1:])
    except (KeyError, TypeError, ValueError):
        raise DrillError("these overrides can't be used", str(path), "use the version that made them") from None


def _entry(line: Mapping[str, Any]) -> Entry:
    value = line.get("value")
    if line["kind"] not in ("mark", "undo") or not (value is None or isinstance(value, float | int | str)):
        raise ValueError("not an override")
    item, reason, by, at = (str(line[name]) for name in ("item", "reason", "by", "at"))
    return Entry(Mark(item, value, reason, by, at), undone=line["kind"] == "undo")


def _ours(header: Mapping[str, Any], path: Path, fingerprint: str) -> None:
    if header.get("format") != FORMAT or header.get("run") != fingerprint:
        raise DrillError("these overrides belong to another run", str(path), "move the file to the run it is of")


def standing(folder: Path, fingerprint: str) -> tuple[Mark, ...]:
    """The marks that stand, one for each item, in the order in which they were given."""
    found: dict[str, Mark] = {}
    for entry in entries(folder, fingerprint):
        found.pop(entry.mark.item, None)
        if not entry.undone:
            found[entry.mark.item] = entry.mark
    return tuple(found.values())


def mark(folder: Path, fingerprint: str, given: Mark) -> None:
    """Add a mark; it is on disk when this returns. Raises DrillError when the disk refuses or somebody else writes."""
    _append(folder, fingerprint, {"kind": "mark", **_plain(given)})


def undo(folder: Path, fingerprint: str, item: str, *, by: str, reason: str, at: str) -> Mark:
    """Take back the mark on an item and give it back. Raises DrillError when none stands."""
    last = next((one for one in standing(folder, fingerprint) if one.item == item), None)
    if last is None:
        raise DrillError(f"no override of {item} stands", remedy="see them with stormdrill override RUN")
    _append(folder, fingerprint, {"kind": "undo", **_plain(Mark(item, None, reason, by, at))})
    return last


def _plain(given: Mark) -> dict[str, Any]:
    return {"item": given.item, "value": given.value, "reason": given.reason, "by": given.by, "at": given.at}


def _append(folder: Path, fingerprint: str, line: Mapping[str, Any]) -> None:
    path = folder / OVERRIDES
    header = {"kind": "header", "format": FORMAT, "run": fingerprint}
    with Journal.open(path) if path.is_file() and read(path).records else _new(path, header) as journal:
        _ours(journal.records[0], path, fingerprint)
        journal.append(line, sync=True)


def _new(path: Path, header: Mapping[str, Any]) -> Journal:
    """A file begun; one that a crash cut before its first line was whole is begun anew."""
    path.unlink(missing_ok=True)
    return Journal.create(path, header)


# -- what people type --------------------------------------------------------------------------------------------


def given(card: Scorecard, item: str, score: str, reason: str, by: str, when: datetime) -> Mark:
    """What an evaluator typed, as a mark on this card. Raises DrillError, with what would be right."""
    name = item_of(card, item)
    words = clean(reason, multiline=False).strip()
    if not words:
        raise DrillError("an override needs a reason", remedy='add it in quotes, such as "the agency had no access"')
    if len(words) > _LONGEST:
        raise DrillError(f"the reason has {len(words)} characters, {_LONGEST} are the most", remedy="shorten it")
    return Mark(name, value_of(name, score), words, name_of(by), when.isoformat(timespec="seconds"))


def name_of(by: str) -> str:
    """Who says so, fit to be shown."""
    name = clean(by, limit=80, multiline=False).strip()
    if not name:
        raise DrillError("an override needs somebody who stands for it", remedy="give a name with --by")
    return name


def item_of(card: Scorecard, item: str) -> str:
    """The item that somebody means: a line, a task, a gate, or a part of a text by its number in the review.

    Raises DrillError for one that this card has not.
    """
    typed = clean(item, limit=80, multiline=False).strip()
    text, separator, part = typed.replace(":", ".").rpartition(".")
    if separator:
        return f"{_text(card, text)}.{_known(part, PARTS, 'a text has no part')}"
    return _known(typed, (*LINES, *TASKS, *GATES), "there is no item")


def _known(typed: str, names: tuple[str, ...], wrong: str) -> str:
    found = next((name for name in names if name.casefold() == typed.casefold()), None)
    if found is None:
        raise DrillError(
            f"{wrong} {typed!r}{suggest(typed, names)}",
            remedy="take a line (Sp3), a task (CT5), a gate (G-OVER) or a text's part (2.Tn3: the second text)",
        )
    return found


def _text(card: Scorecard, typed: str) -> str:
    if re.fullmatch(r"\d{1,6}", typed) and 1 <= int(typed) <= len(card.texts):
        return card.texts[int(typed) - 1].action
    if any(one.action == typed for one in card.texts):
        return typed
    known = f"the review has texts 1 to {len(card.texts)}" if card.texts else "the team wrote nothing in this run"
    raise DrillError(f"there is no text {typed!r}", remedy=known)


def value_of(item: str, score: str) -> float | str | None:
    """What was typed for an item, as a mark holds it. Raises DrillError, with what the item takes."""
    typed = score.strip()
    if item in TASKS:
        if len(typed) == 1 and typed.upper() in LETTERS:
            return typed.upper()
        raise DrillError(f"{item} can't be {typed!r}", remedy="a task takes P, S, M, U, or - for not asked for")
    if item in GATES and typed.casefold() == OPEN:
        return OPEN
    if item in GATES and typed.casefold() == SHUT:
        return None
    if item not in GATES and typed == NOT_ASSESSED:
        return None
    points = _points(typed)
    if points is None:
        takes = (
            "open, shut, or the most that the total may be, 0 to 100"
            if item in GATES
            else ("0 to 100, a mark such as 3/4, or - for not assessed")
        )
        raise DrillError(f"{item} can't be {typed!r}", remedy=f"it takes {takes}")
    return points if item in GATES else points / 100


def _points(typed: str) -> float | None:
    """`62`, `62.5` or `3/4` as 0 to 100; None for anything else."""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)(?:/(\d{1,3}))?", typed)
    if match is None or (match[2] is not None and int(match[2]) == 0):
        return None
    points = float(match[1]) if match[2] is None else 100 * float(match[1]) / int(match[2])
    return points if points <= 100 else None


# -- what people read --------------------------------------------------------------------------------------------


def item_words(card: Scorecard, item: str) -> str:
    """An item with its title; a text by its number in the review."""
    text, _, last = item.rpartition(".")
    if text:
        number = next((at for at, one in enumerate(card.texts, 1) if one.action == text), 0)
        return f"text {number}, {LINES.get(last, last)}"
    return f"{last} {LINES.get(last) or TASKS.get(last) or GATES.get(last, '')}".strip()


def value_words(value: float | str | None) -> str:
    """A value of a change for a sentence."""
    return "not assessed" if value is None else value if isinstance(value, str) else f"{value:.0f}"


def change_words(change: Change) -> str:
    """`40 → 75`, who and why; for what follows from another mark, that it does."""
    moved = f"{value_words(change.before)} → {value_words(change.after)}"
    mark = change.mark
    return f"{moved}, follows" if mark is None else f"{moved}, {mark.by}: {mark.reason}"
