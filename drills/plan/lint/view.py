"""What every rule of the lint sees: the plan, the scenario if there is one, the day, and a few readings of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from drills.plan.edits import Edit, Loc
from drills.plan.model import Plan
from drills.plan.organisation import HABITS, Partner, Person
from drills.plan.rules import Task
from drills.plan.terms import DAYS, TASKS_BY_KIND, on_duty
from scenarios.model import Scenario
from scenarios.moments import MINUTE
from scenarios.packaged import packaged

HALF_HOURS = tuple((day, minute) for day in DAYS for minute in range(0, 1440, 30))
"""An ordinary week."""

TEXTS = frozenset((*(name for names in TASKS_BY_KIND.values() for name in names), "internal-notice", "partner-notice"))
"""Lines of the dashboard that end in a text which somebody writes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the plan does not hold."""

    gap: str
    """PG-01 to PG-25."""
    loc: Loc
    """Where in the plan's file; what is missing altogether has the loc it would have."""
    message: str
    """What is wrong, with names and numbers; no full stop."""
    advice: str
    """What to do about it, as a sentence without its capital and its full stop."""
    edits: tuple[Edit, ...] = ()
    """Changes of the file that close it; () where only a person can decide. All are proposals."""


@dataclass(frozen=True, slots=True)
class View:
    """What is linted."""

    plan: Plan
    scenario: Scenario | None = None
    as_of: date | None = None

    def anybody(self, id_: str) -> Person | Partner | None:
        """The person or partner with this id."""
        return self.plan.person(id_) or next((one for one in self.plan.partners if one.id == id_), None)

    def first(self, *roles: str) -> Person | None:
        """The first person with one of these roles, the roles in this order."""
        return next((one for role in roles for one in self.plan.people if role in (one.role, *one.also)), None)


def known(name: str) -> Any:
    """A number, list or proposal of lint.yaml."""
    return packaged("drills.plan.lint", "lint.yaml")[name]


def answers_ms(one: Person | Partner) -> int:
    """Nine calls in ten are answered within this."""
    return one.reach.times(one.role if isinstance(one, Person) else "PTN")[1]


def reads_ms(one: Person) -> int:
    """Half of the drafts are read within this."""
    return one.review if one.review is not None else HABITS[one.role][2] * MINUTE


def approval_ms(plan: Plan, task: Task, ids: Iterable[str], *, read: bool) -> int:
    """How long a text of this task takes from the first key to the last approval; `read`: the words are new.

    All are asked at once unless the plan wants them in order. Two minutes go by before anybody can be asked.
    """
    people = [one for id_ in ids if (one := plan.person(id_)) is not None]
    takes = [answers_ms(one) + (reads_ms(one) if read else 0) for one in people]
    drafting = known("drafting_min") * MINUTE if task.task in TEXTS else 0
    return int(drafting + (sum(takes) if task.in_order else max(takes, default=0)))


def minutes(length_ms: int) -> str:
    """`90 min`, rounded up."""
    return f"{-(-length_ms // MINUTE)} min"


@cache
def week(hours: str) -> frozenset[tuple[str, int]]:
    """The half-hours of a week in which somebody with these hours can be called."""
    return frozenset(at for at in HALF_HOURS if on_duty(hours, *at))


def always(hours: str) -> bool:
    """Whether they can be called at any time."""
    return len(week(hours)) == len(HALF_HOURS)


def gaps(covered: Iterable[tuple[str, int]]) -> str:
    """The first stretch of the week that is not covered, as `Mon 22:00 to Tue 06:00`; '' if all of it is."""
    inside = set(covered)
    if not inside:
        return "at any time"
    here = next(index for index, at in enumerate(HALF_HOURS) if at in inside)
    turned = HALF_HOURS[here:] + HALF_HOURS[:here]
    start = next((index for index, at in enumerate(turned) if at not in inside), None)
    if start is None:
        return ""
    end = next((index for index in range(start, len(turned)) if turned[index] in inside), 0)
    return " to ".join(f"{day} {minute // 60:02}:{minute % 60:02}" for day, minute in (turned[start], turned[end]))


def names(ids: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    found = list(ids)
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
