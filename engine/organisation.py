"""The company around the team: colleagues who can be reached or not, and validators with a queue each.

Rules
1. A call is answered when the one before it is over, and the later the more lies on somebody's table; a draft waits
   for the drafts before it. Where the plan wants turns, a validator gets a draft only when those before have approved.
2. Duty is judged when the phone rings, or when somebody takes up a draft.
3. Luck is drawn by person and by how often they were called before, so that another person's calls change nothing.
   A dead number is dead for the whole run.
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
from scenarios.model import Scenario
from scenarios.moments import MINUTE

RINGS_MS = 12 * MINUTE
"""After this long without an answer a call is given up (design choice)."""
TALKS_MS = 2 * MINUTE
"""How long a call keeps somebody from taking the next (design choice)."""
SITS_MS = 30 * MINUTE
"""How long the crisis cabinet keeps its members once it meets (design choice)."""
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
        self.told: dict[str, int] = {}
        """Person to when they were last called, whether or not they picked up."""
        self.with_us: set[str] = set()
        """Who has answered a call."""
        self._desks = {person: simpy.Resource(env, capacity=1) for person in self.people}
        self._times: dict[str, int] = {}
        self._talks_until: dict[str, int] = {}
        self._sits_until: dict[str, int] = {}
        self._drafts: dict[str, int] = {}
        self._verdicts: dict[str, dict[str, str]] = {}
        """Approval to everybody who was asked for it: approved, returned, or '' while they have not decided."""

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    # -- calls -----------------------------------------------------------------------------------------------

    def call(self, action: Action, person: str) -> None:
        """Call somebody: they answer after a while, or their deputy is tried."""
        self._dial(action, self.people[person])
        self.env.process(self._ring(action, self.people[person], ()))

    def _dial(self, action: Action, colleague: Colleague) -> None:
        for person in (colleague.id, *colleague.seats):
            self.told[person] = self.now_ms
        self.note(Escalated(self.now_ms, action.id, colleague.id, colleague.role, action.do))

    def _ring(self, action: Action, colleague: Colleague, tried: tuple[str, ...]) -> simpy.events.ProcessGenerator:
        after_ms, why = self._pick_up(colleague)
        if after_ms < 0:
            if why != "number":
                yield self.env.timeout(RINGS_MS)
            named = colleague.deputy in self.people and colleague.deputy not in (*tried, colleague.id)
            deputy = colleague.deputy if named else ""
            self.note(Unreachable(self.now_ms, action.id, colleague.id, colleague.role, deputy, why))
            if deputy:
                self._dial(action, self.people[deputy])
                yield from self._ring(action, self.people[deputy], (*tried, colleague.id))
            return
        yield self.env.timeout(after_ms)
        self._join(colleague)
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

    def _pick_up(self, colleague: Colleague) -> tuple[int, str]:
        """After how many ms they answer a call that comes now; -1 and why, if they don't."""
        if luck.below(self.luck.of(f"number/{colleague.id}")[0], colleague.dead_number):
            return -1, "number"
        now = self.now_ms
        on_table = self._drafts.get(colleague.id, 0) + self._sits(colleague)
        answers_ms = max(now + self._delay(colleague, "call", on_table), self._talks_until.get(colleague.id, 0))
        if answers_ms - now > RINGS_MS:
            return -1, "" if colleague.on_duty_at(now) else "off duty"
        self._talks_until[colleague.id] = answers_ms + TALKS_MS
        return answers_ms - now, ""

    def _join(self, colleague: Colleague) -> None:
        self.with_us.update((colleague.id, *colleague.seats))
        for person in colleague.seats:
            self._sits_until[person] = self.now_ms + SITS_MS

    def _sits(self, colleague: Colleague) -> bool:
        """Whether they sit in the crisis cabinet now."""
        return self.now_ms < self._sits_until.get(colleague.id, 0)

    def _delay(self, colleague: Colleague, what: str, on_table: int) -> int:
        """How long they take; half as long again for everything that lies on their table."""
        count = self._times[f"{what}/{colleague.id}"] = self._times.get(f"{what}/{colleague.id}", 0) + 1
        u = self.luck.of(f"{what}/{colleague.id}/{count}")[0]
        delay = luck.reach_delay(colleague.p50_ms, colleague.p90_ms, u) * (2 + on_table) // 2
        return delay if colleague.on_duty_at(self.now_ms) else delay * OFF_DUTY

    # -- drafts ----------------------------------------------------------------------------------------------

    def submit(self, action: Action, level: int) -> None:
        """Lay a draft before everybody it is addressed to: at once, or in the turns that the plan wants at this level.

        In turns, who returns it ends it: the rest never see it.
        """
        self._verdicts[action.id] = dict.fromkeys(action.to, "")
        turn_of = self.setup.turns.get(f"{action.kind}/{level}", {})
        turns: dict[int, list[str]] = {}
        for person in self._verdicts[action.id]:
            turns.setdefault(turn_of.get(person, 0), []).append(person)
        first, *later = [turns[turn] for turn in sorted(turns)]
        reviews = [self._lay(action, person) for person in first]
        if later:
            self.env.process(self._pass_on(action, reviews, later))

    def _pass_on(
        self, action: Action, reviews: list[simpy.Process], later: list[list[str]]
    ) -> simpy.events.ProcessGenerator:
        for turn in later:
            yield self.env.all_of(reviews)
            if "returned" in self._verdicts[action.id].values():
                return
            reviews = [self._lay(action, person) for person in turn]

    def _lay(self, action: Action, person: str) -> simpy.Process:
        waiting = self._drafts.get(person, 0)
        self._drafts[person] = waiting + 1
        self.note(ApprovalAsked(self.now_ms, action.id, person, waiting))
        review = self.env.process(self._review(action, self.people[person]))
        self.env.process(self._give_up(action, person))
        return review

    def _review(self, action: Action, colleague: Colleague) -> simpy.events.ProcessGenerator:
        with self._desks[colleague.id].request() as turn:
            yield turn
            yield self.env.timeout(self._delay(colleague, "draft", self._sits(colleague)) // 2)
            count = self._times[f"draft/{colleague.id}"]
            u = self.luck.of(f"review/{colleague.id}/{count}")[0]
            yield self.env.timeout(luck.reach_delay(colleague.review_ms, 2 * colleague.review_ms, u))
        self._drafts[colleague.id] -= 1
        why = objection(action, colleague, self.setup.scenario)
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

    def approved_by(self, approval: str, person: str) -> bool:
        """Whether this person has approved this draft."""
        return self._verdicts.get(approval, {}).get(person) == "approved"


_FAULTS = (
    ("personal_data_leak", 500_000),
    ("unprofessional", 500_000),
    ("defensiveness", 600_000),
    ("non_apology", 600_000),
)


def objection(action: Action, colleague: Colleague, scenario: Scenario) -> str:
    """Why this validator returns a draft: what is wrong, in which words, what would be better. '' if they approve."""
    reading = action.reading or Reading()
    said = {one.id: one.text for one in scenario.facts} | {one.id: one.text for one in scenario.falsehoods}
    for claim in reading.claims:
        what = said.get(claim.id, claim.id)
        if claim.verdict in ("false", "unsafe", "lie"):
            return f"this is not true, we can't say it ({what})"
        if claim.verdict == "too_early":
            why = next((f": {fact.why}" for fact in scenario.facts if fact.id == claim.id and fact.why), "")
            return f"we can't say this yet ({what}){why}"
        if claim.verdict == "unknown":  # whether it is true, nobody may learn by asking for approval
            return "nobody here knows this"
    if colleague.role == "LEG" and "names_person" in reading.acts:
        return "it names a private person; say “a colleague” or “a customer”"
    for dimension, most in _FAULTS:
        if (reading.dimensions.get(dimension) or 0) >= most:
            faults = [finding for finding in reading.findings if finding.dimension == dimension and finding.value < 0]
            worst = min(faults, key=lambda finding: finding.value, default=None)
            if worst is None:
                return f"too much {dimension.replace('_', ' ')}"
            words = action.text[worst.start : worst.end]
            return f"{f'“{words}”: ' if words else ''}{worst.why}{f'. {worst.tip}' if worst.tip else ''}"
    return ""
