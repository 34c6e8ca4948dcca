"""The world of one run: advance it and act on it; it knows no wall time, no file and no screen.

Rules of order
1. Time is an integer of milliseconds and never goes back.
2. `advance(to_ms)` lets time pass up to, not including, what happens at `to_ms`. `act` takes effect at that very
   millisecond, before everything else that is due then. Several actions at one millisecond: in the order of calls.
3. What is due at one millisecond happens in the order in which it was scheduled.
4. Conditions are looked at every fifteen seconds of sim time, when time moves on from there, and after every action;
   so ticks cannot matter.
5. Whoever listens to events must not act from inside the call.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import simpy

from engine.actions import VERBS, Action
from engine.conditions import State, holds
from engine.controls import Controls
from engine.deeds import Deeds
from engine.events import (
    Ended,
    Event,
    InjectFired,
    Posted,
    Published,
    Received,
    Started,
    Void,
    to_data,
)
from engine.luck import Luck
from engine.organisation import Organisation
from engine.pressure import Pressure
from engine.public import Public
from engine.setup import Setup
from engine.steering import Steering
from engine.story import Story
from scenarios.moments import SECOND

LOOK_MS = 15 * SECOND
"""How often conditions are looked at."""


class World:
    """One run in memory."""

    def __init__(self, setup: Setup, listen: Callable[[Event], object] | None = None) -> None:
        """`listen` is called with every event, in order, from inside `advance` and `act`."""
        self.setup = setup
        self.log: list[Event] = []
        self.ends_ms = setup.scenario.lasts
        self.ended = False
        self._listen = listen
        self._busy = False
        self._hash = hashlib.blake2b(digest_size=16)
        self._env = simpy.Environment()
        fortune = Luck(setup.seed)
        self.state = State(people={colleague.id: colleague for colleague in setup.colleagues})
        self.public = Public(self._env, setup, fortune, self._note, self.ends_ms)
        self.story = Story(self._env, setup, fortune, self._note, self.public, self.state)
        self.organisation = Organisation(self._env, setup, fortune, self._note, self.story.reached)
        self.deeds = Deeds(
            self._env, setup, fortune, self._note, self.public, self.story, self.organisation, self.state
        )
        self.pressure = Pressure(
            self._env, setup, fortune, self._note, self.public, self.story, self.organisation, self.state
        )
        self.controls = Controls(self._note, self.public, self.story, self.organisation)
        self._note(Started(0, setup.scenario.id, setup.seed))
        self.story.start()
        self.public.start()
        self.pressure.start()
        self._look_ms = LOOK_MS

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self._env.now)

    def advance(self, to_ms: int) -> None:
        """Let time pass up to, not including, what happens at `to_ms`; past the end, to ENDEX.

        Raises RuntimeError when called from a listener, ValueError when time would go back.
        """
        self._free()
        if to_ms < self.now_ms:
            raise ValueError(f"time can't go back from {self.now_ms} to {to_ms}")
        self._busy = True
        try:
            while not self.ended and self.now_ms < min(to_ms, self.ends_ms):
                if self.now_ms == self._look_ms:
                    self._look_ms += LOOK_MS
                    self._look()
                else:
                    self._env.run(until=min(to_ms, self.ends_ms, self._look_ms))
            if not self.ended and to_ms >= self.ends_ms:
                self._end("time")
        finally:
            self._busy = False

    def act(self, action: Action) -> None:
        """Take an action of the team at this very moment.

        Raises ValueError if it isn't stamped with now, or its verb is unknown; RuntimeError after ENDEX or from a
        listener. An action that can't be done (its target does not exist, say) becomes a `Void` event.
        """
        self._free()
        if action.at_ms != self.now_ms:
            raise ValueError(f"an action of {action.at_ms} ms can't be taken at {self.now_ms} ms")
        if action.do not in VERBS:
            raise ValueError(f"unknown action {action.do!r}")
        if self.ended:
            raise RuntimeError("the exercise has ended")
        self._busy = True
        try:
            why, reason, target = self.deeds.refused(action)
            if why:
                self._note(Void(self.now_ms, action.id, action.do, target, why, reason))
                return
            self.deeds.do(action)
            self._look()
        finally:
            self._busy = False

    def steer(self, steering: Steering) -> None:
        """Let the facilitator steer at this very moment, before everything else that is due then, as with an action.

        Raises ValueError if it isn't stamped with now or can't be done; RuntimeError after ENDEX or from a listener.
        """
        self._free()
        if steering.at_ms != self.now_ms:
            raise ValueError(f"steering of {steering.at_ms} ms can't be done at {self.now_ms} ms")
        if self.ended:
            raise RuntimeError("the exercise has ended")
        if why := self.controls.refusal(steering):
            raise ValueError(why)
        self._busy = True
        try:
            self.controls.do(steering)
            self._look()
        finally:
            self._busy = False

    def stop(self, why: str) -> None:
        """End the run now: 'stopped' for a real emergency or a facilitator's ENDEX."""
        self._free()
        if not self.ended:
            self._end(why)

    def fingerprint(self) -> str:
        """32 hex digits over every event so far, in order, with all their fields."""
        return self._hash.copy().hexdigest()

    def text_of(self, post: Posted) -> str:
        """What a crowd post says: a pure function of its key and of what it carries."""
        return self.story.text_of(post)

    # -- inside ----------------------------------------------------------------------------------------------

    def _free(self) -> None:
        if self._busy:
            raise RuntimeError("a listener must not act on the world from inside an event")

    def _note(self, event: Event) -> None:
        self.log.append(event)
        self._hash.update(json.dumps(to_data(event), separators=(",", ":")).encode() + b"\n")
        if isinstance(event, InjectFired):
            self.state.fired[event.inject] = event.at_ms
        elif isinstance(event, Received):
            self.state.received.add(event.key)
        elif isinstance(event, Published):
            for target in event.targets:
                self.state.answered.setdefault(target, event.at_ms)
        if self._listen is not None:
            self._listen(event)

    def _look(self) -> None:
        """Fire what has come to hold; and ENDEX, when the team has rightly stood down."""
        state, public = self.state, self.public
        state.now_ms = self.now_ms
        state.minutes = public.recent
        state.angers = {name: public.moods.feelings[name].anger for name in public.moods.alive()}
        self.story.look(lambda condition: holds(condition, state))
        if self.deeds.over_ms >= 0 and self.now_ms >= self.deeds.over_ms and not self.ended:
            self._end("stood down")

    def _end(self, why: str) -> None:
        for name in self.public.moods.alive():
            self.public.moods.say(self.public.moods.feelings[name])
        self.ended = True
        self._note(Ended(self.now_ms, why))
