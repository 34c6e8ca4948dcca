"""The card exercises that can be played: those that come with stormdrill, or one in a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from drills import library as shipped
from drills.errors import DrillError
from drills.practice.check import check_cards
from drills.practice.model import CardsFile
from scenarios.source import Source, SourceError, load, suggest


@cache
def cards() -> tuple[Source[CardsFile], ...]:
    """The shipped card exercises, in alphabetical order of their ids."""
    return tuple(load(shipped.path("cards", name), CardsFile) for name in shipped.names("cards"))


def find_cards(name: str) -> Source[CardsFile]:
    """The card exercise in the file of that path, or of that name in the library.

    Raises SourceError with every problem of a file, or DrillError when there is no such exercise.
    """
    if name in shipped.names("cards"):
        return load(shipped.path("cards", name), CardsFile)
    if not name.endswith((".yaml", ".yml")):
        hint = suggest(name, shipped.names("cards"))
        raise DrillError(f"there is no card exercise {name!r}{hint}", remedy="see them all with stormdrill practice")
    found = load(Path(name), CardsFile)
    problems = [problem for problem in check_cards(found) if problem.severity == "error"]
    if problems:
        raise SourceError(problems)
    return found
