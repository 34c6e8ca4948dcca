"""Who validates and who stands in: PG-01, PG-02, PG-09, PG-10, PG-11 and PG-13."""

from __future__ import annotations

from collections.abc import Iterator

from drills.plan.edits import Edit, Put
from drills.plan.lint.view import (
    TEXTS,
    Finding,
    View,
    always,
    approval_ms,
    gaps,
    known,
    minutes,
    names,
    week,
)
from drills.plan.model import Holding, Plan
from drills.plan.organisation import Person
from drills.plan.people import CABINET
from drills.plan.rules import Task
from scenarios.terms import LEVEL_NAMES

_MANY_DO = ("triage-inbox", "individual-reply", "individual-reply-crisis")
"""What every rep does; their nights are a matter of capacity (PG-24)."""

_UNREAD = ("individual-reply", "individual-reply-crisis", "internal-notice", "partner-notice")
"""Texts that may go out without a second reader."""


def slow_approval(view: View) -> Iterator[Finding]:
    """PG-01. Words approved beforehand need no reading, and no answer of those who approved every one of them."""
    for index, task in enumerate(view.plan.dashboard):
        stock = view.plan.holding if task.preapproved else ()
        waits = {id_: _lacking(stock, id_) for id_ in task.validates}
        asked = [id_ for id_, lacking in waits.items() if lacking or not stock]
        if task.limit is None or not asked:
            continue
        takes = approval_ms(view.plan, task, asked, read=task.task in TEXTS and not stock)
        if takes <= task.limit:
            continue
        what = (
            f"{_line(task)} takes {minutes(takes)} to be approved by {names(asked)}, its limit is {minutes(task.limit)}"
        )
        loc = ("dashboard", index, "validates")
        if stock:
            what += f" ({names(dict.fromkeys(one.id for id_ in asked for one in waits[id_]))} not approved beforehand)"
            rule = view.plan.approval.emergency
            if rule is not None and set(task.levels) & set(rule.levels):
                what += f"; only the emergency rule saves it, after {minutes(rule.after)}"
            advice = f"have {names(asked)} approve those words beforehand, or let somebody validate who answers sooner"
            yield Finding("PG-01", loc, what, advice, _approved(view.plan, asked))
        elif task.in_order and approval_ms(view.plan, _at_once(task), asked, read=task.task in TEXTS) <= task.limit:
            advice = "ask all of them at once"
            yield Finding("PG-01", loc, what, advice, (Put(("dashboard", index, "in_order"), False),))
        else:
            or_else = ", or approve words beforehand" if task.task in TEXTS else ""
            yield Finding("PG-01", loc, what, f"let somebody validate who answers sooner{or_else}")


def _lacking(stock: tuple[Holding, ...], id_: str) -> list[Holding]:
    return [one for one in stock if id_ not in one.approved_by]


def _at_once(task: Task) -> Task:
    return task.model_copy(update={"in_order": False})


def _approved(plan: Plan, asked: list[str]) -> tuple[Edit, ...]:
    found: list[Edit] = []
    for index, one in enumerate(plan.holding):
        added = [id_ for id_ in asked if id_ not in one.approved_by]
        if added:
            found.append(Put(("holding", index, "approved_by"), [*one.approved_by, *added]))
    return tuple(found)


def bad_deputy(view: View) -> Iterator[Finding]:
    """PG-02. Whoever the plan leans on needs a deputy who may, can and is there when they are not."""
    leaned = _leaned_on(view.plan)
    spoken = {one.person for one in view.plan.spokespeople}
    for index, person in enumerate(view.plan.people):
        deputy = view.plan.person(person.deputy) if person.deputy else None
        loc = ("people", index, "deputy")
        if person.deputy is None:
            if person.id in leaned:
                yield Finding("PG-02", loc, f"{person.id} has no deputy", "name who decides when they don't answer")
            continue
        if deputy is None:
            continue
        if deputy.deputy == person.id and _before(view.plan, person, deputy):
            what = f"{person.id} and {deputy.id} are each other's deputy, and behind them there is nobody"
            yield Finding("PG-02", loc, what, "give one of them a deputy outside of the pair")
        faults = _faults(person, deputy, speaks=person.id in spoken) if person.id in leaned else []
        if faults:
            what = f"{person.id}'s deputy {deputy.id} {names(faults)}"
            yield Finding("PG-02", loc, what, "name a deputy with the standing, the skill and the hours")
    yield from _nobody(view)


def _before(plan: Plan, one: Person, other: Person) -> bool:
    ids = [person.id for person in plan.people]
    return ids.index(one.id) < ids.index(other.id)


def _leaned_on(plan: Plan) -> set[str]:
    found = {id_ for task in plan.dashboard for id_ in task.validates}
    found |= {notice.to for level in range(5) for notice in plan.escalation.at(level)}
    found |= set(plan.cabinet.seats.values()) if plan.cabinet else set()
    found |= {one.person for one in plan.spokespeople}
    return found | ({plan.approval.emergency.by} if plan.approval.emergency else set())


def _faults(person: Person, deputy: Person, *, speaks: bool) -> list[str]:
    found: list[str] = []
    if deputy.role == "REP" and not deputy.also and person.role != "REP":
        found.append("is a rep without the authority")
    if speaks and "spokesperson" in person.skills and "spokesperson" not in deputy.skills:
        found.append("lacks the skill spokesperson")
    if not always(deputy.hours) and week(deputy.hours) <= week(person.hours):
        found.append(f"works {deputy.hours}, never when {person.id} ({person.hours}) is off")
        if always(person.hours):
            found[-1] = f"works only {deputy.hours}, while {person.id} is called at any hour"
    return found


def _nobody(view: View) -> Iterator[Finding]:
    """Roles that the scenario needs and the plan lacks; partners are PG-19."""
    if view.scenario is None:
        return
    asked = [one.to for one in view.scenario.expected.recipients] + [fact.ask or "" for fact in view.scenario.facts]
    hats = {hat for one in view.plan.people for hat in (one.role, f"{one.role}/{one.dept}", *one.also)}
    hats |= {hat.partition("/")[0] for hat in hats} | ({"CAB"} if view.plan.cabinet else set())
    for role in dict.fromkeys(one for one in asked if one and not one.startswith("PTN")):
        if role not in hats:
            what = f"nobody in the plan is {role}, whom this scenario needs"
            yield Finding("PG-02", ("people",), what, "name a person with that role, or add it to somebody's `also`")


def uncovered_hours(view: View) -> Iterator[Finding]:
    """PG-09. Around the clock somebody reads along, and somebody does and validates whatever has a limit."""
    plan = view.plan
    yield from _unread_hours(plan)
    tasks: dict[str, list[str]] = {}
    for task in plan.dashboard:
        if task.limit is not None and max(task.levels, default=0) >= 2 and task.task not in _MANY_DO:
            for id_ in (*((task.does,) if task.does else ()), *task.validates):
                if task.task not in tasks.setdefault(id_, []):
                    tasks[id_].append(task.task)
    for index, person in enumerate(plan.people):
        if person.id not in tasks:
            continue
        deputy = plan.person(person.deputy) if person.deputy else None
        hole = gaps(week(person.hours) | (week(deputy.hours) if deputy else frozenset()))
        if hole:
            both = f"{person.id} and deputy {deputy.id} are" if deputy else f"{person.id} is"
            what = f"{both} off {hole}, and nobody else covers {names(tasks[person.id])}"
            edit = Put(("people", index, "hours"), "24x7 on-call")
            yield Finding("PG-09", ("people", index, "hours"), what, "put one of them on call", (edit,))


def _unread_hours(plan: Plan) -> Iterator[Finding]:
    watch = plan.monitoring
    somebody = next((one for one in plan.people if one.role in ("SML", "COM", "EXE") and always(one.hours)), None)
    edits: tuple[Edit, ...] = (Put(("monitoring", "otherwise"), somebody.id),) if somebody else ()
    other = plan.person(watch.otherwise) if watch.otherwise else None
    covered = (week(watch.hours) if watch.hours else frozenset()) | (week(other.hours) if other else frozenset())
    if hole := gaps(covered):
        what = f"nobody reads along or gets the alerts {hole}"
        advice = "say who gets the alerts when nobody reads along"
        yield Finding("PG-09", ("monitoring", "otherwise" if watch.hours else "hours"), what, advice, edits)


def no_bypass(view: View) -> Iterator[Finding]:
    """PG-10. When the person at the top is the problem, somebody else speaks and decides."""
    top = [one.id for one in view.plan.people if "EXE" in (one.role, *one.also)]
    bypass = view.plan.bypass
    if bypass is None:
        what = "nothing says who speaks and decides when the person at the top is the problem"
        edits = (Put(("bypass",), {"if_implicated": top[0], "then": top[1]}),) if len(top) > 1 else ()
        yield Finding("PG-10", ("bypass",), what, "name somebody who does not answer to them", edits)
    elif bypass.then == bypass.if_implicated:
        what = f"the way around {bypass.if_implicated} leads back to {bypass.then}"
        yield Finding("PG-10", ("bypass", "then"), what, "name somebody else")


def nobody_else_reads(view: View) -> Iterator[Finding]:
    """PG-11. Somebody who neither writes nor signs a text must have read it."""
    for index, task in enumerate(view.plan.dashboard):
        validators, loc = set(task.validates), ("dashboard", index, "validates")
        if task.task not in TEXTS:
            continue
        if not validators:
            if task.task in _UNREAD or max(task.levels, default=0) < 2:
                continue
            what = f"nobody validates {_line(task)}"
        elif validators == {task.does}:
            what = f"{names(task.validates)} writes and validates {_line(task)}"
        elif len(validators) == 1 and validators == set(task.says):
            what = f"{names(task.validates)} signs and validates {_line(task)}"
        else:
            continue
        if task.preapproved and validators:
            what += "; only its words being approved beforehand excuses that"
        advice = "let somebody validate who neither writes nor signs it"
        yield Finding("PG-11", loc, what, advice, _other_eyes(view.plan, index, task))


def _other_eyes(plan: Plan, index: int, task: Task) -> tuple[Edit, ...]:
    """Communications or legal can read any public text; () if none of them is free and quick enough."""
    page = next((one.publishes_in for one in plan.channels if one.id == "hub"), None) or 0
    work = page if task.task == "hub-update" else 0
    for role in ("COM", "LEG"):
        for one in plan.people:
            takes = approval_ms(plan, task, [one.id], read=True)
            quick = task.limit is None or takes + work <= task.limit
            if role in (one.role, *one.also) and one.id not in (task.does, *task.says) and quick:
                return (Put(("dashboard", index, "validates"), one.id),)
    return ()


def empty_seats(view: View) -> Iterator[Finding]:
    """PG-13. The cabinet's seats are those of S2-13; a small company needs none."""
    plan, size = view.plan, view.plan.company.size
    if plan.cabinet is None and size == "small":
        return
    seats = dict(plan.cabinet.seats) if plan.cabinet else {}
    needed = [*known("seats"), *(known("seats_of_large") if size == "large" else ())]
    missing = [dept for dept in needed if dept not in seats] if size != "small" else []
    if not missing:
        return
    found = {dept: one.id for dept in missing for one in reversed(plan.people) if one.dept == dept}
    if "spokesperson" in missing and plan.spokespeople:
        found["spokesperson"] = plan.spokespeople[0].person
    loc, edits = ("cabinet", "seats"), tuple[Edit, ...]()
    if len(found) == len(missing):
        edits = tuple(Put(("cabinet", "seats", dept), found[dept]) for dept in missing)
    what = f"the {CABINET} has no seat for {names(missing)}" if plan.cabinet else "there is no crisis cabinet"
    yield Finding("PG-13", loc, what, f"seat somebody for {names(missing)}", edits)


def _line(task: Task) -> str:
    levels = [LEVEL_NAMES[level] for level in task.levels]
    return task.task if len(levels) == 5 else f"{task.task} at {names(levels)}"
