"""The company around the team: colleagues who can be reached or not, and validators with a queue each.

Everybody is one SimPy resource: a second call or draft waits for the first. Luck is drawn by person and by how often
they were called before, so that another person's calls change nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import simpy

from engine import luck
from engine.actions import Action
from engine.events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    Escalated,
    Event,
    Reached,
    Received,
    Unreachable,
)
from engine.luck import Luck
from engine.reading import Reading
from engine.setup import Colleague, Setup
from scenarios.moments import MINUTE

RINGS_MS = 12 * MINUTE
"""After this long without an answer a call is given up (design choice)."""
OFF_DUTY = 4
"""Somebody off duty takes this many times as long (design choice)."""


class Organisation:
    """The colleagues of one world."""

    def __init__(
        self,
        env: simpy.Environment,
        setup: Setup,
        fortune: Luck,
        note: Callable[[Event], None],
        reached: Callable[[Colleague, Action], str],
    ) -> None:
        """`reached` is told when somebody answers a call, and gives the words they answer with ('' for none)."""
        self.env, self.setup, self.luck, self.note, self.reached = env, setup, fortune, note, reached
        self.people = {colleague.id: colleague for colleague in setup.colleagues}
        self._desks = {person: simpy.Resource(env, capacity=1) for person in self.people}
        self._times: dict[str, int] = {}
        self._drafts: dict[str, int] = {}
        self._verdicts: dict[str, dict[str, str]] = {}
        """Approval to everybody who was asked for it: approved, returned, or '' while they have not decided."""

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def call(self, action: Action, person: str) -> None:
        """Call somebody: they answer after a while, or their deputy is tried."""
        colleague = self.people[person]
        self.note(Escalated(self.now_ms, action.id, person, colleague.role, action.do))
        self.env.process(self._ring(action, colleague, ()))

    def _ring(self, action: Action, colleague: Colleague, tried: tuple[str, ...]) -> simpy.events.ProcessGenerator:
        delay = self._delay(colleague, "call")
        if delay > RINGS_MS:
            yield self.env.timeout(RINGS_MS)
            deputy = colleague.deputy if colleague.deputy not in (*tried, colleague.id) else ""
            self.note(Unreachable(self.now_ms, action.id, colleague.id, colleague.role, deputy))
            if deputy in self.people:
                other = self.people[deputy]
                self.note(Escalated(self.now_ms, action.id, deputy, other.role, action.do))
                yield from self._ring(action, other, (*tried, colleague.id))
            return
        yield self.env.timeout(delay)
        self.note(Reached(self.now_ms, action.id, colleague.id, colleague.role))
        words = self.reached(colleague, action)
        if words:
            yield self.env.timeout(20_000)
            self.note(
                Received(
                    self.now_ms, f"{action.id}/{colleague.id}", "colleague", colleague.id, "", words,
                    False, -1, "", "", "",
                )
            )  # fmt: skip

    def _delay(self, colleague: Colleague, what: str) -> int:
        count = self._times[f"{what}/{colleague.id}"] = self._times.get(f"{what}/{colleague.id}", 0) + 1
        u = self.luck.of(f"{what}/{colleague.id}/{count}")[0]
        delay = luck.reach_delay(colleague.p50_ms, colleague.p90_ms, u)
        return delay if colleague.on_duty else delay * OFF_DUTY

    def submit(self, action: Action, person: str) -> None:
        """Lay a draft before a validator."""
        waiting = self._drafts.get(person, 0)
        self._drafts[person] = waiting + 1
        self._verdicts.setdefault(action.id, {})[person] = ""
        self.note(ApprovalAsked(self.now_ms, action.id, person, waiting))
        self.env.process(self._review(action, self.people[person]))
        self.env.process(self._give_up(action, person))

    def _review(self, action: Action, colleague: Colleague) -> simpy.events.ProcessGenerator:
        with self._desks[colleague.id].request() as turn:
            yield turn
            yield self.env.timeout(self._delay(colleague, "draft") // 2)
            count = self._times[f"draft/{colleague.id}"]
            u = self.luck.of(f"review/{colleague.id}/{count}")[0]
            yield self.env.timeout(luck.reach_delay(colleague.review_ms, 2 * colleague.review_ms, u))
        self._drafts[colleague.id] -= 1
        why = objection(action.reading, colleague) if action.reading is not None else ""
        verdict = "returned" if why else "approved"
        self._verdicts[action.id][colleague.id] = verdict
        self.note(ApprovalDecided(self.now_ms, action.id, colleague.id, verdict, why))

    def _give_up(self, action: Action, person: str) -> simpy.events.ProcessGenerator:
        yield self.env.timeout(self.setup.approval_timeout_ms)
        if not self._verdicts[action.id][person]:
            self.note(ApprovalTimedOut(self.now_ms, action.id, person))

    def approved(self, approval: str) -> bool:
        """Whether every validator who was asked has approved this draft."""
        verdicts = self._verdicts.get(approval, {}).values()
        return bool(verdicts) and all(verdict == "approved" for verdict in verdicts)


_FAULTS = (
    ("personal_data_leak", 500_000),
    ("unprofessional", 500_000),
    ("defensiveness", 600_000),
    ("non_apology", 600_000),
)


def objection(reading: Reading, colleague: Colleague) -> str:
    """Why this validator returns a draft: the fault in one sentence, or '' if they approve."""
    for claim in reading.claims:
        if claim.verdict in ("false", "unsafe", "lie"):
            return f"this is not true, we can't say it ({claim.id})"
        if claim.verdict == "too_early":
            return f"we can't say this yet ({claim.id})"
        if claim.verdict == "unknown":  # whether it is true, nobody may learn by asking for approval
            return "nobody here knows this"
    if colleague.role == "LEG" and "names_person" in reading.acts:
        return "it names a private person"
    for dimension, most in _FAULTS:
        if (reading.dimensions.get(dimension) or 0) >= most:
            worst = [finding for finding in reading.findings if finding.dimension == dimension and finding.value < 0]
            return worst[0].why if worst else f"too much {dimension.replace('_', ' ')}"
    return ""
