"""What the desk needs of a drill being played; `drills.session.Session` is one, a scripted session of a test too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from drills.coach.model import Hint, Taken
from drills.desk import Changed, Desk
from engine.actions import Action
from engine.reading import Reading

if TYPE_CHECKING:
    from drills.drill import Drill
    from drills.scoring.card import Scorecard


class SessionView(Protocol):
    """One person's connection to a running drill. Times are sim-milliseconds."""

    @property
    def drill(self) -> Drill: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def seat(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def coach(self) -> str: ...
    @property
    def alone(self) -> bool:
        """Whether nobody else plays it."""

    @property
    def stopped_by(self) -> str:
        """The seat that has stopped the exercise for a real emergency, or ''."""

    @property
    def has_clock(self) -> bool:
        """Whether this seat may stop the clock, let it run and choose the pace."""

    @property
    def seats(self) -> Mapping[str, bool]:
        """The seats of a room that somebody has taken, and whether they are connected; none where nobody else plays."""

    def may(self, do: str) -> bool:
        """Whether this seat may take an action at all; alone it may take every one."""

    def who_may(self, do: str) -> tuple[str, ...]:
        """Whom of a room to ask for an action."""

    def told(self) -> tuple[str, ...]:
        """What a room's host has to say to this seat alone, a sentence each; each is told once."""

    @property
    def seed(self) -> int: ...
    @property
    def paused(self) -> bool: ...
    @property
    def why_paused(self) -> str: ...
    @property
    def pace(self) -> float: ...
    @property
    def now_ms(self) -> int: ...
    @property
    def ends_ms(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    @property
    def drafts(self) -> dict[str, str]: ...
    @property
    def hints(self) -> tuple[Taken, ...]: ...

    def tick(self) -> Changed:
        """Advance to where the pace says; what has changed."""

    def act(self, do: str, **fields: Any) -> Action:
        """Do something. Raises DrillError where that cannot be done now."""

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        """Judge a draft without sending it."""

    def took(self, hint: Hint) -> None:
        """Note that a hint was shown. Raises DrillError where the coach is off."""

    def pause(self, why: str = "paused") -> None: ...
    def unpause(self) -> None: ...
    def set_pace(self, pace: float) -> None: ...
    def save_draft(self, slot: str, text: str) -> None: ...
    def draft(self, slot: str) -> str: ...
    def stop(self, why: str) -> None: ...
    def close(self) -> None: ...
    def scorecard(self) -> Scorecard: ...
