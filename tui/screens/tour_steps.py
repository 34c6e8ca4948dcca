"""The tour as data: its steps, what each waits for, and the quiet morning it is played on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from textual.content import Content

from drills.drill import Drill
from drills.errors import DrillError
from drills.joining import from_texts
from drills.session import Session
from scenarios.packaged import packaged
from tui import keys

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen

BEGINS_MS = 2_000
"""Who waits for an answer has written by then."""
OWN_WORDS = 12
"""So many characters beside the fact are words of one's own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step."""

    part: str
    waits_for: str
    """A name of WAITS."""
    text: str
    """With `{id}` for keys of the key map."""

    def said(self) -> Content:
        """What it says, with the keys as they are bound now."""
        known = {key.id: key.shown for key in keys.table()}
        parts: list[Content | tuple[str, str] | str] = []
        for at, piece in enumerate(re.split(r"\{([a-z-]+)\}", self.text)):
            parts.append((known[piece], "bold $primary") if at % 2 else piece)
        return Content.assemble(*parts)


@cache
def steps() -> tuple[Step, ...]:
    """All steps, in order."""
    return tuple(Step(**row) for row in packaged("tui.screens", "tour.yaml"))


def tour_drill() -> Drill:
    """The quiet morning: a real drill that stands on no shelf."""
    folder = files("tui.screens")
    return from_texts({kind: folder.joinpath(f"tour_{kind}.yaml").read_text("utf-8") for kind in ("scenario", "drill")})


def begun() -> tuple[Session, TemporaryDirectory[str]]:
    """A session of it, and the folder that holds it: whoever closes the one cleans up the other.

    Raises DrillError where nothing can be written.
    """
    try:
        folder = TemporaryDirectory(prefix="stormdrill-tour-", ignore_cleanup_errors=True)
    except OSError as error:
        raise DrillError(
            f"there is no room for a tour ({error.strerror})", remedy="set TMPDIR to another folder"
        ) from None
    session = Session.start(tour_drill(), Path(folder.name))
    session.skip_to(BEGINS_MS)
    return session, folder


def reached(at: int, desk: DeskScreen, seen: Set[str]) -> int:
    """The step after the last one of this part that has been taken, from step `at` on; `at` itself if none was."""
    every = steps()
    taken = [
        number
        for number in range(at, len(every))
        if every[number].part == every[at].part and WAITS[every[number].waits_for](desk, seen)
    ]
    return taken[-1] + 1 if taken else at


def _moved(desk: DeskScreen, _: Set[str]) -> bool:
    return desk.queue.cursor > 0


def _reading(desk: DeskScreen, _: Set[str]) -> bool:
    return desk.focused is desk.thread


def _writing(desk: DeskScreen, _: Set[str]) -> bool:
    return desk.composer.job is not None and desk.composer.job.do == "reply"


def _fact(desk: DeskScreen, _: Set[str]) -> bool:
    return _writing(desk, _) and any(fact in desk.composer.text for fact in _facts(desk))


def _own_words(desk: DeskScreen, seen: Set[str]) -> bool:
    if not _fact(desk, seen):
        return False
    text = desk.composer.text
    for fact in _facts(desk):
        text = text.replace(fact, "")
    return len(text.strip()) >= OWN_WORDS


def _reviewed(desk: DeskScreen, _: Set[str]) -> bool:
    return _writing(desk, _) and desk.composer.has_class("-review")


def _sent(desk: DeskScreen, _: Set[str]) -> bool:
    return any(one.job.do == "reply" for one in desk.outbox.waiting)


def _recalled(desk: DeskScreen, seen: Set[str]) -> bool:
    return "sent" in seen and _writing(desk, seen) and not desk.outbox.waiting


def _sent_again(desk: DeskScreen, seen: Set[str]) -> bool:
    return "recalled" in seen and not _writing(desk, seen) and (_sent(desk, seen) or bool(desk.session.desk.published))


def _escalating(desk: DeskScreen, _: Set[str]) -> bool:
    return desk.composer.job is not None and desk.composer.job.do == "escalate"


def _told(desk: DeskScreen, _: Set[str]) -> bool:
    waiting = any(one.job.do == "escalate" for one in desk.outbox.waiting)
    return waiting or any(view.told for view in desk.session.desk.contacts.values())


def _facts(desk: DeskScreen) -> list[str]:
    return [fact.insert or fact.text for fact in desk.session.drill.scenario.facts]


WAITS: Mapping[str, Callable[[DeskScreen, Set[str]], bool]] = {
    "moved": _moved, "reading": _reading, "writing": _writing, "fact": _fact, "own_words": _own_words,
    "reviewed": _reviewed, "sent": _sent, "recalled": _recalled, "sent_again": _sent_again,
    "escalating": _escalating, "told": _told,
}  # fmt: skip
"""What a step can wait for: whether it holds at the desk now, given what was seen before."""
