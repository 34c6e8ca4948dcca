"""What the lobby asks of the app, and what it reads unless it is told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from drills.drill import Drill
from drills.practice import library
from drills.practice.model import CardsFile


class Door(Protocol):
    """What the lobby asks of the app."""

    def open_drill(self, drill: Drill, seed: int | None = None) -> object: ...
    def open_cards(self, name: str) -> object: ...
    def open_tour(self) -> object: ...
    def open_learner(self) -> object: ...
    def resume_run(self, path: Path) -> object: ...
    def open_review(self, path: Path) -> object: ...


def shipped_cards() -> list[CardsFile]:
    """The card exercises that come with stormdrill."""
    return [source.value for source in library.cards()]
