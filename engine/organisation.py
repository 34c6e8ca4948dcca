"""The company around the team: colleagues who can be reached or not, and validators with a queue each.

Rules
1. A call is answered when the one before it is over, and the later the more lies on somebody's table; a draft waits
   for the drafts before it. Where the plan wants turns, a validator gets a draft only when those before have approved.
2. Duty is judged when the phone rings, or when somebody takes up a draft.
3. Luck is drawn by person and by how often they were called before, so that another person's calls change nothing.
   A dead number is dead for the whole run.
4. Where a role's seat is taken, its colleagues are the person who sits there: they hear a call at once, and decide on
   drafts themselves. Who leaves the seat leaves its drafts to the simulation.
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
    Called,
    Escalated,
    Event,
    Laid,
    Reached,
    Received,
    Unreachable,
    Withdrawn,
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
        self.players: set[str] = set()
        """Roles whose seat somebody has taken."""
        self.away: set[str] = set()
        """Whom the facilitator has taken away."""
        self.laid: dict[str, tuple[Action, str]] = {}
        """Drafts that lie before players by the event's key: the request, and the validator."""
        self._desks = {person: simpy.Resource(env, capacity=1) for person in self.people}
        self._times: dict[str, int] = {}
        self._talks_until: dict[str, int] = {}
        self._sits_until: dict[str, int] = {}
        self._drafts: dict[str, int] = {}
        self._verdicts: dict[str, dict[str, str]] = {}
        """Approval to everybody who was asked for it: approved, returned, or '' while they have not decided."""
        self._asked: list[Action] = []
        self._decided: dict[str, simpy.Event] = {}
        """Approval and validator before whom the draft lies, and what happens when they decide."""

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
        if colleague.role in self.players:
            self._tell(action, colleague)
            return
        if played := [person for person in colleague.seats if self.people[person].role in self.players]:
            self._join(colleague)
            self.note(Reached(self.now_ms, action.id, colleague.id, colleague.role))
            for person in played:
                self._say(action, self.people[person])
            self.reached(colleague, action)
            return
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

    def _tell(self, action: Action, colleague: Colleague) -> None:
        """Somebody who plays hears a call at once; what their role is asked for comes to the team as ever."""
        self._join(colleague)
        self.note(Reached(self.now_ms, action.id, colleague.id, colleague.role))
        self._say(action, colleague)
        self.reached(colleague, action)

    def _say(self, action: Action, colleague: Colleague) -> None:
        self.note(Called(self.now_ms, action.id, colleague.id, colleague.role, action.do, action.seat, action.text))

    def _pick_up(self, colleague: Colleague) -> tuple[int, str]:
        """After how many ms they answer a call that comes now; -1 and why, if they don't."""
        if luck.below(self.luck.of(f"number/{colleague.id}")[0], colleague.dead_number):
            return -1, "number"
        if colleague.id in self.away:
            return -1, ""
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
        self._asked.append(action)
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
        self, action: Action, reviews: list[simpy.Event], later: list[list[str]]
    ) -> simpy.events.ProcessGenerator:
        for turn in later:
            yield self.env.all_of(reviews)
            if "returned" in self._verdicts[action.id].values():
                return
            reviews = [self._lay(action, person) for person in turn]

    def _lay(self, action: Action, person: str) -> simpy.Event:
        waiting = self._drafts.get(person, 0)
        self._drafts[person] = waiting + 1
        self.note(ApprovalAsked(self.now_ms, action.id, person, waiting))
        decided = self._decided[f"{action.id}/{person}"] = self.env.event()
        self._begin(action, self.people[person])
        self.env.process(self._give_up(action, person))
        return decided

    def _begin(self, action: Action, colleague: Colleague) -> None:
        """Lay a draft before whoever decides now: the person in the role's seat, or the simulation."""
        if colleague.role not in self.players:
            self.env.process(self._review(action, colleague))
            return
        key = f"{action.id}/{colleague.id}"
        self.laid[key] = (action, colleague.id)
        due_ms = action.at_ms + self.setup.approval_timeout_ms
        self.note(
            Laid(
                self.now_ms, key, action.id, colleague.id, colleague.role, action.kind, action.seat, action.text, due_ms
            )
        )  # fmt: skip

    def _review(self, action: Action, colleague: Colleague) -> simpy.events.ProcessGenerator:
        with self._desks[colleague.id].request() as turn:
            yield turn
            yield self.env.timeout(self._delay(colleague, "draft", self._sits(colleague)) // 2)
            count = self._times[f"draft/{colleague.id}"]
            u = self.luck.of(f"review/{colleague.id}/{count}")[0]
            yield self.env.timeout(luck.reach_delay(colleague.review_ms, 2 * colleague.review_ms, u))
            while colleague.id in self.away:
                yield self.env.timeout(MINUTE)
        if colleague.role in self.players:
            return  # somebody has sat down there meanwhile, and has the draft
        why = objection(action, colleague, self.setup.scenario)
        self.decide(action.id, colleague.id, "returned" if why else "approved", why)

    def decide(self, approval: str, person: str, verdict: str, why: str) -> None:
        """A validator has approved or returned a draft; the first word counts."""
        if self._verdicts[approval][person]:
            return
        self._verdicts[approval][person] = verdict
        self._drafts[person] -= 1
        self.laid.pop(f"{approval}/{person}", None)
        self.note(ApprovalDecided(self.now_ms, approval, person, verdict, why))
        self._decided[f"{approval}/{person}"].succeed()

    def undecided(self, approval: str, person: str) -> bool:
        """Whether a draft lies before somebody who has not decided on it."""
        return f"{approval}/{person}" in self._decided and not self._verdicts[approval][person]

    # -- seats -----------------------------------------------------------------------------------------------

    def sit_down(self, role: str) -> None:
        """Somebody takes a role's seat; the drafts that lie there are theirs from now on."""
        if role in self.players:
            return
        self.players.add(role)
        for action, person in self._open(role):
            self._begin(action, self.people[person])

    def stand_up(self, role: str) -> None:
        """A role's seat is empty: the simulation takes over, and reads what lies there from the start."""
        if role not in self.players:
            return
        self.players.discard(role)
        for action, person in self._open(role):
            key = f"{action.id}/{person}"
            del self.laid[key]
            self.note(Withdrawn(self.now_ms, key, role))
            self._begin(action, self.people[person])

    def _open(self, role: str) -> list[tuple[Action, str]]:
        return [
            (action, person)
            for action in self._asked
            for person, verdict in self._verdicts[action.id].items()
            if not verdict and self.people[person].role == role and f"{action.id}/{person}" in self._decided
        ]

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
