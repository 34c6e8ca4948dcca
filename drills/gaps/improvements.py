"""Corrective actions: one per gap of the plan that matters, one per task to practise. None is without an owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from drills.drill import Drill
from drills.gaps.model import Attribution, Improvement, PlanGap
from drills.gaps.planned import planned
from drills.gaps.scene import Scene
from drills.plan import Person, Plan
from drills.plan.gap_rules import gap_rules
from scenarios.packaged import packaged
from scenarios.terms import ROLES

USUAL = {"CT3": "COM", "CT5": "COM", "CT6": "COM", "CT9": "COM", "CT10": "COM", "CT11": "COM", "CT12": "COM",
         "CT7": "CSM"}  # fmt: skip
"""The role that answers for a task where the plan names nobody; the social-media lead for the others."""


def improvements(
    drill: Drill,
    scene: Scene | None,
    gaps: Sequence[PlanGap],
    attributions: Sequence[Attribution],
    start: date | None,
) -> tuple[Improvement, ...]:
    """What to change, plan first. `start` is the run's day, or None for a run without one."""
    numbers = packaged("drills.gaps", "improvements.yaml")
    costly = {id_ for one in attributions if one.rating not in ("P", "S") for id_ in one.gaps}
    found = []
    by_id: dict[str, list[PlanGap]] = {}
    for gap in gaps:
        if gap.confidence != "low" or gap.id in costly:
            by_id.setdefault(gap.id, []).append(gap)
    for id_, same in by_id.items():
        found.append(_for_plan(drill, id_, same, start, numbers))
    for one in attributions:
        if one.label == "training gap":
            found.append(_for_people(drill, scene, one, start, numbers))
    return tuple(found)


def _for_plan(
    drill: Drill, id_: str, gaps: Sequence[PlanGap], start: date | None, numbers: dict[str, Any]
) -> Improvement:
    element = gap_rules()[id_].element
    kind: str = element if element in numbers["due"] else "plan"
    if element == "planning" and all(gap.diff for gap in gaps):
        kind = "plan_with_diff"
    more = f" (and {len(gaps) - 1} more of its kind)" if len(gaps) > 1 else ""
    worst = max(gaps, key=lambda gap: gap.seen != "file")
    now = "" if worst.seen != "file" else f"{worst.finding} "  # the file's advice leans on it: "keep them", "permit it"
    action = f"{now}{worst.advice.rstrip('.')}{more}; done when the next run of {drill.id} shows no {id_}."
    role, person = _owner(drill.plan)
    due = None if start is None else start + timedelta(days=numbers["due"][kind])
    return Improvement(f"IP-{id_}", gaps[0].title, element, action, "plan", role, person, start, due, drill.id)


def _for_people(
    drill: Drill, scene: Scene | None, one: Attribution, start: date | None, numbers: dict[str, Any]
) -> Improvement:
    step = planned(scene, one.task) if scene is not None else None
    person = drill.plan.person(step.person) if drill.plan is not None and step is not None and step.person else None
    if person is not None:
        role, name = ROLES[person.role], person.name
    else:
        role, name = _player(drill.plan, one.task)
    due = None if start is None else start + timedelta(days=numbers["due"]["training"])
    action = f"{numbers['training'][one.task].rstrip('.')}; done when {drill.id} rates it P or S."
    return Improvement(f"IP-{one.task}", one.title, "training", action, "training", role, name, start, due, drill.id)


def _owner(plan: Plan | None) -> tuple[str, str]:
    """Role and name of whoever owns the plan; the head of communications where it names nobody."""
    person = plan.person(plan.meta.owner) if plan is not None and plan.meta.owner else None
    return _said(person) if person is not None else _first_of(plan, ("COM", "EXE", "SML"))


def _player(plan: Plan | None, task: str) -> tuple[str, str]:
    return _first_of(plan, (USUAL.get(task, "SML"), "SML", "COM", "EXE"))


def _first_of(plan: Plan | None, roles: Sequence[str]) -> tuple[str, str]:
    for role in roles:
        for person in plan.people if plan is not None else ():
            if role in (person.role, *person.also):
                return _said(person)
    if plan is not None:
        return _said(plan.people[0])
    return ROLES[roles[0]], f"the {ROLES[roles[0]]}"


def _said(person: Person) -> tuple[str, str]:
    return ROLES[person.role], person.name
