"""What a plan says about people: who can be called, who signs, who must approve, who is told and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from drills.plan.model import Plan
from drills.plan.organisation import DEPTS, HABITS, Person
from drills.plan.rules import Task
from drills.plan.shifts import dead_number, duty, spans
from drills.plan.terms import TASKS_BY_KIND
from engine.setup import Colleague
from scenarios.model import Scenario
from scenarios.moments import MINUTE
from scenarios.terms import ROLES

CABINET = "cabinet"
"""The id under which the whole crisis cabinet is called."""


def colleagues(plan: Plan, scenario: Scenario, day: date | None = None) -> tuple[Colleague, ...]:
    """Everybody who can be called in this scenario: people, the cabinet if there is one, partners.

    Calling `cabinet` convenes it: half of its seats must be on duty, and the slowest of those on duty at STARTEX sets
    the pace. `day`: when the drill takes place; without one every phone number is right.
    """
    shifts = {id_: duty(hours, scenario) for id_, hours in _hours(plan)}
    powers = _powers(plan)
    staff: list[Colleague] = []
    for person in plan.people:
        p50, p90 = person.reach.times(person.role)
        review = HABITS[person.role][2] * MINUTE if person.review is None else person.review
        fields = (person.id, person.name, person.role, person.dept, p50, p90, person.deputy or "")
        on, dead = shifts[person.id], dead_number(person.reach, day)
        may = powers.get(person.id, ())
        staff.append(Colleague(*fields, on[0], review, may, person.also, spans(on, scenario), dead))
    return (*staff, *_cabinet(plan, scenario, staff, shifts), *_partners(plan, scenario, shifts, day))


def _cabinet(
    plan: Plan, scenario: Scenario, staff: list[Colleague], shifts: Mapping[str, Sequence[bool]]
) -> tuple[Colleague, ...]:
    seats = set(plan.cabinet.seats.values()) if plan.cabinet else set()
    seated = [one for one in staff if one.id in seats]
    if not seated:
        return ()
    awake = [one for one in seated if one.on_duty] or seated
    p50, p90 = max(one.p50_ms for one in awake), max(one.p90_ms for one in awake)
    review = max(one.review_ms for one in awake)
    meets = [2 * sum(on) >= len(seated) for on in zip(*(shifts[one.id] for one in seated), strict=True)]
    fields = (CABINET, "Crisis cabinet", "CAB", "management", p50, p90, "", meets[0], review, ())
    return (Colleague(*fields, duty=spans(meets, scenario), seats=tuple(one.id for one in seated)),)


def _partners(
    plan: Plan, scenario: Scenario, shifts: Mapping[str, Sequence[bool]], day: date | None
) -> tuple[Colleague, ...]:
    review = HABITS["PTN"][2] * MINUTE
    found: list[Colleague] = []
    for one in plan.partners:
        on, dead = shifts[one.id], dead_number(one.reach, day)
        fields = (one.id, one.name, "PTN", one.kind, *one.reach.times("PTN"), "", on[0], review, ())
        found.append(Colleague(*fields, duty=spans(on, scenario), dead_number=dead))
    return tuple(found)


def _hours(plan: Plan) -> tuple[tuple[str, str], ...]:
    return (*((one.id, one.hours) for one in plan.people), *((one.id, one.hours) for one in plan.partners))


def _powers(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Person to the kinds of text they may approve: by the dashboard, and for whom they stand in."""
    own: dict[str, set[str]] = {}
    for kind, names in TASKS_BY_KIND.items():
        for task in plan.dashboard:
            for id_ in task.validates if task.task in names else ():
                own.setdefault(id_, set()).add(kind)
    powers = {id_: set(kinds) for id_, kinds in own.items()}
    for person in plan.people:
        if person.deputy and person.id in own:
            powers.setdefault(person.deputy, set()).update(own[person.id])
    return {id_: tuple(kind for kind in TASKS_BY_KIND if kind in kinds) for id_, kinds in powers.items()}


def tasks(plan: Plan, kind: str, level: int) -> tuple[Task, ...]:
    """The dashboard's lines for a kind of text at a level."""
    names = TASKS_BY_KIND.get(kind, ())
    return tuple(task for task in plan.dashboard if task.task in names and level in task.levels)


def validators(plan: Plan, kind: str, level: int) -> tuple[tuple[str, ...], ...]:
    """Whose approval a text of this kind needs at this level; () where the plan asks for none.

    Every inner tuple is one approval that is needed. Its first is the validator; the rest may give it instead
    once the validator has let the plan's time-out pass.
    """
    named = dict.fromkeys(id_ for task in tasks(plan, kind, level) for id_ in task.validates)
    return tuple((id_, *stand_ins(plan, id_)) for id_ in named)


def stand_ins(plan: Plan, id_: str) -> tuple[str, ...]:
    """Who may decide instead of this person: their deputy, or nobody."""
    person = plan.person(id_)
    return (person.deputy,) if person and person.deputy else ()


def leave_to_own(plan: Plan) -> tuple[str, ...]:
    """Whose word the plan wants before anybody owns a fault in public, and who may give it instead; () for nobody's."""
    person = plan.approval.forbidden_without.get("admission_of_liability")
    return (person, *stand_ins(plan, person)) if person else ()


def preapproved(plan: Plan, kind: str, level: int) -> bool:
    """Whether words that were approved beforehand may go out as this kind at this level without asking."""
    return any(task.preapproved or task.approved_lines for task in tasks(plan, kind, level))


def says(plan: Plan, kind: str, level: int) -> tuple[str, ...]:
    """Who may sign a text of this kind at this level: by the dashboard, else the level's spokespeople."""
    named = tuple(dict.fromkeys(id_ for task in tasks(plan, kind, level) for id_ in task.says))
    return named or tuple(one.person for one in plan.spokespeople if level in one.levels)


def approval_timeout_ms(plan: Plan) -> int:
    """After how long without a decision the deputy may be asked instead."""
    return plan.approval.timeout


def emergency_rule(plan: Plan, level: int) -> bool:
    """Whether the plan lets somebody publish its pre-approved words unapproved, at this level."""
    return plan.approval.emergency is not None and level in plan.approval.emergency.levels


def deadlines(plan: Plan, level: int) -> dict[str, int]:
    """Whom the plan wants told at a level, and how many ms after it is reached. `cabinet`: all its seats."""
    due: dict[str, int] = {}
    for notice in plan.escalation.at(level):
        due[notice.to] = min(notice.within, due.get(notice.to, notice.within))
    return due


def who(plan: Plan, recipient: str) -> tuple[str, ...]:
    """The ids that a scenario's `COM` or `FUN/quality` means in this plan; () where nobody has that role."""
    role, _, dept = recipient.partition("/")
    if role == "CAB":
        return (CABINET,) if plan.cabinet else ()
    if role == "PTN":
        return tuple(one.id for one in plan.partners if not dept or one.kind == dept)
    return tuple(one.id for one in plan.people if recipient in _hats(one))


def oneself(plan: Plan | None, seat: str) -> str:
    """Whom of the plan's people somebody is who plays this seat: the first of that role; '' where nobody has it.

    Nobody calls, asks or informs themselves; the others of that role are colleagues.
    """
    return next((one.id for one in plan.people if one.role == seat), "") if plan is not None else ""


def _hats(person: Person) -> set[str]:
    named = {f"{person.role}/{person.dept}", *person.also}
    return named | {hat.partition("/")[0] for hat in named}


def plain_plan(scenario: Scenario) -> Plan:
    """The plan of a drill that names none: one person for every role, and whoever the scenario asks for."""
    usual = [f"{role}/{dept}" for role, dept in DEPTS.items()]
    asked = [one.to for one in scenario.expected.recipients] + [fact.ask or "" for fact in scenario.facts]
    hats = dict.fromkeys([*usual, *(hat for hat in asked if "/" in hat)])
    people: list[dict[str, object]] = []
    partners: list[dict[str, object]] = []
    for hat in hats:
        role, _, dept = hat.partition("/")
        words = dept.replace("_", " ")
        if role == "PTN":
            partners.append({"id": dept.replace("_", "-"), "name": words.capitalize(), "kind": dept})
        elif role != "CAB":
            id_ = role.lower() if hat in usual else f"{role}-{dept}".lower().replace("_", "-")
            name = ROLES[role].capitalize() if hat in usual and role != "FUN" else f"Head of {words}"
            people.append({"id": id_, "name": name, "role": role, "dept": dept})
    seats = {DEPTS[role]: role.lower() for role in ("EXE", "COM", "SML", "CSM", "LEG")}
    return Plan.model_validate(
        {
            "id": "plain",
            "company": {"name": scenario.brand.name},
            "people": people,
            "partners": partners,
            "cabinet": {"seats": seats},
        }
    )
