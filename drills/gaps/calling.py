"""PG-02, PG-09, PG-10, PG-13 and PG-14: what a run shows about who could be reached, and who should have been there."""

from __future__ import annotations

from collections.abc import Iterator

from drills.gaps.scene import Scene, Sign
from drills.plan import CABINET, on_duty, who
from drills.plan.edits import Edit, Put
from drills.plan.organisation import DEPTS
from drills.scoring.card import Evidence
from engine.events import FactLearnt, Unreachable
from scenarios.moments import show_moment
from scenarios.terms import ROLES


def no_next_step(scene: Scene) -> Iterator[Sign]:
    """PG-02: a call was not answered, and the plan named nobody else, or only people who did not answer either. Two who
    are each other's deputy are one gap, whoever was called first."""
    seen: set[frozenset[str]] = set()
    for chain in scene.unanswered:
        first, last = chain[0], chain[-1]
        person = scene.plan.person(last.to)
        if last.why or person is None or first.to == CABINET:
            continue
        circle = frozenset((last.to, person.deputy or last.to))
        if circle in seen:
            continue
        seen.add(circle)
        at = scene.person_at(last.to)
        assert at is not None
        called = scene.name(first.to)
        others = list(dict.fromkeys(one.to for one in chain[1:] if one.to != first.to))
        nor = f", nor did {scene.names(others)} in their place" if others else ""
        behind = f"is {scene.name(person.deputy)}, tried already" if person.deputy else "is nobody"
        finding = (
            f"{called} did not answer{nor}. Behind {scene.name(last.to)} {behind}: at {show_moment(last.at_ms)} the "
            "plan had no next step."
        )
        evidence = tuple(Evidence(one.at_ms, f"{scene.name(one.to)} did not answer", one.action) for one in chain)
        deputy = scene.stand_in(person, last.at_ms, {one.to for one in chain})
        edits: tuple[Edit, ...] = (Put(("people", at, "deputy"), deputy),) if deputy else ()
        whom = scene.name(deputy) if deputy else "somebody of the same standing, on duty at that hour,"
        advice = f"Name {whom} as the deputy of {scene.name(last.to)}, so that every call ends with a person."
        yield Sign("PG-02", ("people", at, "deputy"), finding, evidence, advice, edits)


def off_hours(scene: Scene) -> Iterator[Sign]:
    """PG-09: somebody was called outside their hours and did not answer, and nor did anybody who stands in."""
    seen: set[str] = set()
    for event in (one for chain in scene.unanswered for one in chain):
        person = scene.plan.person(event.to)
        partner = next((one for one in scene.plan.partners if one.id == event.to), None)
        one = person or partner
        if one is None or event.to in seen or event.why == "number":
            continue
        weekday, minute = scene.clock(event.at_ms)
        if event.why != "off duty" and on_duty(one.hours, weekday, minute):
            continue
        seen.add(event.to)
        part = "people" if person else "partners"
        at = scene.person_at(event.to) if person else scene.partner_at(event.to)
        assert at is not None
        finding = (
            f"{scene.name(event.to)} was called on {weekday} at {minute // 60:02}:{minute % 60:02} and did not answer; "
            f"the plan has them on duty {one.hours}."
        )
        next_ = f", {scene.name(event.deputy)} is tried" if event.deputy else ", nobody is tried next"
        evidence = (Evidence(event.at_ms, f"{scene.name(event.to)} is off duty{next_}", event.action),)
        advice = f"Have {scene.name(event.to)} on call, or name a deputy who is, so that the hour does not matter."
        yield Sign(
            "PG-09", (part, at, "hours"), finding, evidence, advice, (Put((part, at, "hours"), "24x7 on-call"),)
        )  # fmt: skip


def single_point(scene: Scene) -> Iterator[Sign]:
    """PG-10: only one person could approve or know something, they were not there, and nobody stands in for them; or
    the top was accused and the plan has no way round it."""
    plan = scene.plan
    seen: set[str] = set()
    for chain in scene.unanswered:
        call = chain[0]
        person = plan.person(call.to)
        if person is None or person.deputy or call.to in seen:
            continue
        sole = [at for at, one in enumerate(plan.dashboard) if one.validates == (call.to,)]
        facts = [fact.id for fact in scene.scenario.facts if fact.ask and who(plan, fact.ask) == (call.to,)]
        if not sole and not facts:
            continue
        seen.add(call.to)
        at = scene.person_at(call.to)
        assert at is not None
        what = f"approve {plan.dashboard[sole[0]].task.replace('-', ' ')}" if sole else "know what was asked"
        finding = f"Only {scene.name(call.to)} may {what}, could not be reached, and nobody stands in."
        deputy = scene.stand_in(person, call.at_ms)
        edits: tuple[Edit, ...] = (Put(("people", at, "deputy"), deputy),) if deputy else ()
        advice = f"Give {scene.name(call.to)} a deputy with the same powers, so that no task hangs on one person."
        evidence = (Evidence(call.at_ms, f"{scene.name(call.to)} could not be reached", call.action),)
        yield Sign("PG-10", ("people", at, "deputy"), finding, evidence, advice, edits)
    if scene.kind.startswith("exec") and plan.bypass is None:
        start = scene.record.trigger_ms or 0
        top = next((one for one in plan.people if one.role == "EXE"), None)
        then = next((one for one in plan.people if one.role == "EXE" and one is not top), None) or next(
            (one for one in plan.people if one.role in ("COM", "LEG")), None
        )
        edits = ()
        if top is not None and then is not None:
            edits = (Put(("bypass",), {"if_implicated": top.id, "then": then.id}),)
        yield Sign(
            "PG-10", ("bypass",), "Somebody at the top was accused, and the plan has no way round the top.",
            (Evidence(start, "somebody at the top is accused"),),
            "Name who speaks and decides when the person at the top is the problem.", edits,
        )  # fmt: skip


def empty_seat(scene: Scene) -> Iterator[Sign]:
    """PG-13: what somebody was needed for, and the plan has nobody: a role asked for, or a fact only they hold."""
    plan, record = scene.plan, scene.record
    learnt = {event.fact for event in scene.of_kind(FactLearnt)}
    needed: dict[str, Evidence] = {}
    for fact in scene.scenario.facts:
        if fact.ask and not who(plan, fact.ask) and fact.id not in learnt and fact.known < record.end_ms:
            needed.setdefault(
                fact.ask, Evidence(fact.known, f"known inside, and nobody to ask: “{fact.text}”", fact.id)
            )
    for one in scene.scenario.expected.recipients:
        since = record.since(one.of)
        if since is not None and not who(plan, one.to):
            needed.setdefault(one.to, Evidence(since, f"{one.to} had to be told from here; the plan has nobody"))
    for void in scene.voids:
        name = void.why.removeprefix("there is nobody called ")
        if void.do in ("ask", "escalate", "inform", "request_approval") and name != void.why:
            words = f"the team asked for {name}; the plan has nobody of that name"
            needed.setdefault(name, Evidence(void.at_ms, words, void.action))
    for role, evidence in needed.items():
        name, _, dept = role.partition("/")
        department = dept or DEPTS.get(name, "")
        words = f"{ROLES.get(name, name)}{f' ({dept})' if dept else ''}"
        loc = ("cabinet", "seats") if name != "PTN" else ("partners",)
        able = [one.id for one in plan.people if department and one.dept == department]
        edits: tuple[Edit, ...] = ()
        if plan.cabinet and department and department not in plan.cabinet.seats and able:
            edits = (Put(("cabinet", "seats", department), able[0]),)
        advice = f"Name who answers for {words}, with a deputy, so that this question has somebody to go to."
        yield Sign("PG-13", loc, f"Nobody in the plan is the {words}, and was needed.", (evidence,), advice, edits)


def dead_number(scene: Scene) -> Iterator[Sign]:
    """PG-14: a number in the plan was not in use any more."""
    seen: set[str] = set()
    for event in scene.of_kind(Unreachable):
        if event.why != "number" or event.to in seen:
            continue
        seen.add(event.to)
        at = scene.person_at(event.to)
        part = "people" if at is not None else "partners"
        at = scene.partner_at(event.to) if at is None else at
        if at is None:
            continue
        evidence = (Evidence(event.at_ms, f"the number of {scene.name(event.to)} is not in use", event.action),)
        yield Sign(
            "PG-14", (part, at, "reach"), f"The number of {scene.name(event.to)} in the plan is dead.", evidence,
            f"Find {scene.name(event.to)}'s number, write down the day it was tried, and try every number each review.",
        )  # fmt: skip
