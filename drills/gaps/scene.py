"""What looking for gaps asks of a run: its record, its plan, and what the plan says at the level that it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from drills.plan import Person, Plan, Task, on_duty, tasks
from drills.plan.edits import Edit, Loc
from drills.scoring.card import Evidence, Scorecard
from drills.scoring.record import Record
from engine.actions import Action
from engine.events import Escalated, Event, Reached, Unreachable, Void
from scenarios.moments import HOUR, MINUTE, show_duration
from scenarios.terms import LEVEL_NAMES

E = TypeVar("E", bound=Event)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Sign:
    """What a run shows about one place of the plan."""

    gap: str
    """PG-01 to PG-25."""
    loc: Loc
    """The place in the plan, as keys and indexes; it may not be there yet."""
    finding: str
    evidence: tuple[Evidence, ...]
    advice: str
    edits: tuple[Edit, ...] = ()
    weak: bool = False
    """The log shows it only in part: no more than low confidence."""
    forced: tuple[str, ...] = ()
    """Critical tasks that nobody at the desk could have done in time because of it."""


_OWN_KIND = ("EXE", "LEG")
"""Nobody else has the standing to decide for them."""


def _of_a_kind(one: Person, person: Person) -> bool:
    """Whether somebody knows the other's trade, or has their standing."""
    if person.role in _OWN_KIND or one.dept != person.dept:
        return one.role == person.role and person.role != "FUN"
    return True


class Scene:
    """A run whose drill has a plan, as the rules look at it."""

    def __init__(self, record: Record, card: Scorecard, plan: Plan) -> None:
        self.record, self.card, self.plan = record, card, plan
        self.scenario = record.scenario

    def of_kind(self, kind: type[E]) -> Iterator[E]:
        """The events of one kind, in order."""
        return self.record.of(kind)

    @cached_property
    def kind(self) -> str:
        """The root cause's kind, as the scenario names it; '' where it names none."""
        cause = self.scenario.root_cause
        return cause.kind if cause else ""

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """What the team did, by id."""
        return {action.id: action for action in self.record.actions}

    # -- the plan --------------------------------------------------------------------------------------------

    def line(self, task: str, level: int) -> tuple[int, Task] | None:
        """The dashboard's first line for a task at a level, with its index."""
        return next(
            ((at, one) for at, one in enumerate(self.plan.dashboard) if one.task == task and level in one.levels), None
        )

    def line_for(self, kind: str, level: int) -> tuple[int, Task] | None:
        """The dashboard's first line that rules a kind of text at a level, with its index."""
        found = tasks(self.plan, kind, level)
        return (self.plan.dashboard.index(found[0]), found[0]) if found else None

    def person_at(self, id_: str) -> int | None:
        """Where somebody stands in the list of people, or None."""
        return next((at for at, one in enumerate(self.plan.people) if one.id == id_), None)

    def account_at(self, channel: str) -> int | None:
        """Where a channel stands in the plan's list of accounts, or None."""
        return next((at for at, one in enumerate(self.plan.channels) if one.id == channel), None)

    def partner_at(self, id_: str) -> int | None:
        """Where a partner stands in the plan's list, or None."""
        return next((at for at, one in enumerate(self.plan.partners) if one.id == id_), None)

    def name(self, id_: str) -> str:
        """Somebody's name, or the id where nobody has it."""
        return self.record.people[id_].name if id_ in self.record.people else id_

    def names(self, ids: Iterable[str]) -> str:
        """Several names, in words."""
        found = [self.name(one) for one in ids]
        return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)

    # -- time ------------------------------------------------------------------------------------------------

    def clock(self, at_ms: int) -> tuple[str, int]:
        """Weekday and minute of the day at a moment of the run."""
        minutes = int(self.scenario.starts[:2]) * 60 + int(self.scenario.starts[3:]) + at_ms // MINUTE
        day = (DAYS.index(self.scenario.weekday) + minutes // (24 * 60)) % 7
        return DAYS[day], minutes % (24 * 60)

    def works_from(self, channel: str, at_ms: int) -> int:
        """The first moment from then on at which a channel can be reached."""
        gaps = sorted((gap.from_, gap.until) for one in self.scenario.channels if one.id == channel for gap in one.down)
        for start, end in gaps:
            if start <= at_ms < end:
                at_ms = end
        return at_ms

    def level_at(self, at_ms: int) -> int:
        """The level by which the plan ruled then: what the team had said, else what it was."""
        said = self.record.said_at(at_ms)
        return self.record.truth_at(at_ms) if said is None else said

    @property
    def hours(self) -> float:
        """How long the run was, in hours; never 0."""
        return max(1, self.record.end_ms) / HOUR

    # -- people ----------------------------------------------------------------------------------------------

    @cached_property
    def unanswered(self) -> tuple[tuple[Unreachable, ...], ...]:
        """Calls that ended with nobody: everybody who was tried, in order."""
        tried: dict[tuple[str, str], tuple[Unreachable, ...]] = {}
        found: list[tuple[Unreachable, ...]] = []
        for event in self.of_kind(Unreachable):
            before = tried.get((event.action, event.to), ())
            if before and event.why != "number" and before[-1].at_ms == event.at_ms:
                before = ()  # called beside the other, not in their place: a deputy is tried when the ringing is over
            else:
                tried.pop((event.action, event.to), None)
            chain = (*before, event)
            if event.deputy:
                tried[event.action, event.deputy] = chain
            else:
                found.append(chain)
        return tuple(found)

    @cached_property
    def voids(self) -> tuple[Void, ...]:
        """What the team tried and could not do."""
        return tuple(self.of_kind(Void))

    def locked_out(self) -> tuple[Void, ...]:
        """What the team could not do because somebody else held the keys."""
        return tuple(void for void in self.voids if void.reason == "lock-out")

    def holder(self, void: Void) -> str:
        """Who holds the keys to what was refused, by id; '' if the run does not say."""
        keys = self.record.run.setup.keys
        return keys.get(void.target) or keys.get(self.channel_of(void), "")

    def channel_of(self, void: Void) -> str:
        """The channel of the item or post that an action was meant for; the target itself, where that is a channel."""
        content = next((one for one in self.scenario.content if one.id == void.target), None)
        post = self.record.posts.get(void.target)
        return content.channel if content else post.channel if post else void.target

    def shut_out(self, void: Void) -> bool:
        """Whether a lock-out could not be helped from the desk: whoever holds the keys was off duty, or had been
        called and was not reached until it was too late."""
        holder = self.holder(void)
        colleague = self.record.people.get(holder)
        if colleague is None or not colleague.on_duty_at(void.at_ms):
            return True
        too_late = self.record.fired_content.get(void.target, self.record.end_ms)
        called = any(one.to == holder and one.at_ms <= too_late for one in self.of_kind(Escalated))
        return called and not any(one.to == holder and one.at_ms <= too_late for one in self.of_kind(Reached))

    def stand_in(self, person: Person, at_ms: int, but: Iterable[str] = ()) -> str:
        """Who could stand in for somebody: on duty then, and no circle of deputies comes of it; of their department,
        else of their role. Whoever owns a cause (FUN) is stood in for by their department alone, since that role has
        every trade in it. '' if nobody can."""
        taken = {person.id, *but}
        weekday, minute = self.clock(at_ms)
        able = [
            one for one in self.plan.people
            if one.id not in taken and one.role != "REP" and _of_a_kind(one, person)
            and on_duty(one.hours, weekday, minute)
            and person.id not in self._behind(one)
        ]  # fmt: skip

        def rank(one: Person) -> tuple[bool, bool, int, str]:
            return one.dept != person.dept, one.role != person.role, one.reach.times(one.role)[1], one.id

        return min(able, key=rank).id if able else ""

    def _behind(self, person: Person) -> set[str]:
        """Everybody who stands behind somebody, deputy after deputy."""
        found: set[str] = set()
        deputy = person.deputy
        while deputy and deputy not in found:
            found.add(deputy)
            other = self.plan.person(deputy)
            deputy = other.deputy if other else None
        return found


def level_name(level: int) -> str:
    """`L3`."""
    return LEVEL_NAMES[level]


def lasting(ms: float) -> str:
    """A stretch of time in whole minutes, as people say it: `24m`."""
    return show_duration(max(1, round(ms / MINUTE)) * MINUTE)
