"""What the scenario has put on the clock, each thing under a name, so that what is to come can be moved."""

from __future__ import annotations

from collections.abc import Callable

import simpy


class Timeline:
    """Moments and what happens then. What is due at one millisecond happens in the order in which it was put there."""

    def __init__(self, env: simpy.Environment, lasts_ms: int) -> None:
        self._env, self._lasts_ms = env, lasts_ms
        self._due: dict[str, int] = {}
        self._then: dict[str, Callable[[], None]] = {}

    def put(self, name: str, due_ms: int, then: Callable[[], None]) -> None:
        """Something happens at `due_ms`; never, if that is ENDEX or later and nobody moves it."""
        self._due[name], self._then[name] = due_ms, then
        self._set(name)

    def move(self, moved: Callable[[int], int]) -> None:
        """Everything that is to come gets the moment that `moved` gives for its own; what would be past comes now."""
        now_ms = int(self._env.now)
        for name, due_ms in self._due.items():
            later = max(now_ms, moved(due_ms))
            if later != due_ms:
                self._due[name] = later
                self._set(name)

    def _set(self, name: str) -> None:
        due_ms = self._due[name]
        if due_ms < self._lasts_ms:
            timeout = self._env.timeout(due_ms - int(self._env.now))
            assert timeout.callbacks is not None
            timeout.callbacks.append(lambda _: self._happen(name, due_ms))

    def _happen(self, name: str, due_ms: int) -> None:
        if self._due.get(name) == due_ms:  # else it was moved, or has happened
            del self._due[name]
            self._then.pop(name)()
