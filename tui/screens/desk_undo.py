"""What can be taken back at once: flags, assignments, holds. What has left the outbox is out, as in life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drills.desk import Desk

Deed = tuple[str, Mapping[str, Any]]
"""A verb and its fields."""
_HELD = {"pause": ("hold", "resume"), "resume": ("let go", "pause")}


@dataclass(frozen=True, slots=True)
class Step:
    """Something done, and what undoes it."""

    what: str
    there: Deed
    back: Deed
    key: str
    """The row that it was done to."""


def step_of(desk: Desk, do: str, given: Mapping[str, Any]) -> Step | None:
    """What an action would be as a step, asked before it is done; None for what cannot be taken back."""
    key = str(given.get("target", ""))
    if do == "flag":
        return Step(str(given["kind"]), (do, given), (do, given), key)  # a second flag of a kind takes the first off
    if do in _HELD:
        what, opposite = _HELD[do]
        return Step(what, (do, given), (opposite, {"target": key}), key)
    if do == "assign":
        before = {desk.posts[one].assigned for one in (key, *given.get("also", ())) if one in desk.posts}
        if len(before) == 1:
            return Step("assignment", (do, given), (do, {**given, "to": tuple(before - {""})}), key)
    return None


class Steps:
    """What was done and what was taken back, the last of each first to go."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._taken: list[Step] = []

    def did(self, step: Step) -> None:
        """A new step: what was taken back before is forgotten."""
        self._done.append(step)
        self._taken.clear()

    def back(self) -> Step | None:
        """The last thing done, which the caller now undoes."""
        if not self._done:
            return None
        self._taken.append(self._done.pop())
        return self._taken[-1]

    def again(self) -> Step | None:
        """The last thing taken back, which the caller now does again."""
        if not self._taken:
            return None
        self._done.append(self._taken.pop())
        return self._done[-1]
