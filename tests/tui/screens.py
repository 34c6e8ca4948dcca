"""Every screen of the program, in the real application: for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.scripted import ScriptedSession
from tests.tui.state import Shown, State, desk
from tests.tui.states_console import CONSOLE
from tests.tui.states_desk import CARE, DESK, GOOD, judged, told
from tests.tui.states_review import REVIEW
from tests.tui.states_room import ROOM
from tests.tui.states_round import ROUND

__all__ = ["SCREENS", "SMALL", "Shown", "desks"]

SCREENS: dict[str, State] = {**ROUND, **DESK, **REVIEW, **CONSOLE, **ROOM}
"""By name, how to come there."""
SMALL: dict[str, tuple[State, tuple[int, int]]] = {
    "small": (desk(told, "j", shows="open 9"), (60, 18)),
    "small-reply": (desk(judged, *CARE, "r", write=GOOD, shows="names a time"), (60, 18)),
    "too-small": (desk(told, shows="60 x 18 at least"), (50, 14)),
}
"""The smallest desk, and one that is smaller than that; each with its size."""


def desks(session: Callable[[], ScriptedSession]) -> dict[str, State]:
    """The panes of a desk with this session; what they show is not waited for."""
    ways = {"queue": ("j",), "feed": ("2", "k"), "inbox": ("3",), "thread": ("j", "j", "j", "j", "enter")}
    return {name: desk(session, *keys, shows="") for name, keys in ways.items()}
