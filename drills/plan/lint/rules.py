"""What a plan must say and keep up to date: PG-12, PG-14, PG-17, PG-18, PG-19 and PG-23."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from drills.plan.edits import Add, Edit, Loc, Put
from drills.plan.lint.view import Finding, View, known, names
from drills.plan.people import who
from scenarios.packaged import packaged
from scenarios.terms import LEVEL_NAMES


def no_end(view: View) -> Iterator[Finding]:
    """PG-12. There are criteria for the end, and a tail for each level of a crisis."""
    end, proposals = view.plan.stand_down, known("propose")
    if not end.all_of:
        loc: Loc = ("stand_down", "all_of")
        edit = Put(loc, proposals["all_of"])
        yield Finding("PG-12", loc, "nothing says when it is over", "list what must hold, and for how long", (edit,))
    missing = [level for level in (3, 4) if level not in end.tail_days]
    if missing:
        loc = ("stand_down", "tail_days")
        edits = tuple(Put((*loc, LEVEL_NAMES[one]), proposals["tail_days"][LEVEL_NAMES[one]]) for one in missing)
        what = f"nothing says how long to listen on after {names(LEVEL_NAMES[one] for one in missing)}"
        yield Finding("PG-12", loc, what, "give each level its days", edits)


def overdue(view: View) -> Iterator[Finding]:
    """PG-14. Needs a day to compare with; without one it is silent."""
    today, plan = view.as_of, view.plan
    if today is None:
        return
    due: list[tuple[Loc, str, date | None]] = [
        (("meta", "next_review"), "the plan's review", plan.meta.next_review),
        (("review", "next_table_read"), "the next table read", plan.review.next_table_read),
        (("review", "next_drill"), "the next drill", plan.review.next_drill),
    ]
    if plan.meta.approved_on is not None and plan.meta.next_review is None:
        day = plan.meta.approved_on + timedelta(days=plan.meta.review_every_days)
        due.append((("meta", "approved_on"), "the plan's review", day))
    yield from (
        Finding("PG-14", loc, f"{what} was due on {day}", "hold it, and set the next date")
        for loc, what, day in due
        if day is not None and day < today
    )
    met, cadence = plan.committee.last_met, plan.committee.cadence
    if met and cadence and (today - met).days >= known("missed_meetings") * known("cadence_days")[cadence]:
        what = f"the committee last met on {met}, though it meets {cadence}"
        yield Finding("PG-14", ("committee", "last_met"), what, "let it meet")
    yield from _untried_numbers(view, today)


def _untried_numbers(view: View, today: date) -> Iterator[Finding]:
    fresh = packaged("drills.plan", "numbers.yaml")["fresh_days"]["value"]
    numbers = [("people", index, one.id, one.reach) for index, one in enumerate(view.plan.people)]
    numbers += [("partners", index, one.id, one.reach) for index, one in enumerate(view.plan.partners)]
    for group, index, id_, reach in numbers:
        if reach.checked is not None and (today - reach.checked).days > fresh:
            what = f"{id_}'s number was last tried on {reach.checked}"
            yield Finding("PG-14", (group, index, "reach", "checked"), what, "try it, and write down the day")


def no_priorities(view: View) -> Iterator[Finding]:
    """PG-17."""
    if not view.plan.principles:
        edit = Put(("principles",), [known("propose")["principle"]])
        what = "no principle says what comes first"
        yield Finding("PG-17", ("principles",), what, "agree on what settles a conflict, in order", (edit,))


def colleagues_not_told(view: View) -> Iterator[Finding]:
    """PG-18. A line of the dashboard tells colleagues; in a small company they stand beside each other."""
    small = view.plan.company.size == "small"
    if small or any(task.task == "internal-notice" for task in view.plan.dashboard):
        return
    does, says, reads = view.first("SML", "CSM"), view.first("EXE"), view.first("COM")
    edits: tuple[Edit, ...] = ()
    if does and says and reads and len({does.id, says.id, reads.id}) == 3:
        line = {"task": "internal-notice", "levels": ["L3", "L4"], "does": does.id, "says": says.id}
        edits = (Add(("dashboard",), {**line, "validates": reads.id, "limit": "30m"}),)
    what = "no line of the dashboard says who tells colleagues"
    yield Finding("PG-18", ("dashboard",), what, "add a line internal-notice for L3 and L4", edits)


def partners_not_covered(view: View) -> Iterator[Finding]:
    """PG-19. Partners can be called, paid creators know what a crisis means, and the scenario's are in the plan."""
    for index, one in enumerate(view.plan.partners):
        if not one.contact and not one.reach.phone:
            what = f"nothing says how to reach {one.id}"
            yield Finding("PG-19", ("partners", index, "contact"), what, "write down a number that works at night")
        if one.paid and not one.contract_clause:
            what = f"{one.id} is paid, and no clause says what they do in a crisis"
            yield Finding("PG-19", ("partners", index, "contract_clause"), what, "agree on a clause")
    wanted = view.scenario.expected.recipients if view.scenario else ()
    for role in dict.fromkeys(one.to for one in wanted if one.to.startswith("PTN")):
        if not who(view.plan, role):
            what = f"no partner of the plan is {role}, whom this scenario needs"
            yield Finding("PG-19", ("partners",), what, "add one, with contact and hours")


def contradictory_permissions(view: View) -> Iterator[Finding]:
    """PG-23. What the dashboard gives somebody to do at a level, that level permits. L0 needs no permission."""
    plan, needs = view.plan, known("permits")
    silent: dict[str, list[str]] = {}
    for level in range(1, 5):
        allowed, name = plan.permitted.at(level), LEVEL_NAMES[level]
        tasks = [task.task for task in plan.dashboard if level in task.levels and task.task in needs]
        missing = list(dict.fromkeys(needs[task] for task in tasks if needs[task] not in (allowed or ())))
        if allowed is None:
            silent[name] = list(dict.fromkeys(["reply", "dm", *missing]))
        elif missing:
            lines = names(dict.fromkeys(task for task in tasks if needs[task] in missing))
            what = f"the dashboard has {lines} at {name}, which permits no {names(missing)}"
            advice, edit = (
                "permit it, or take the level out of that line",
                Put(("permitted", name), [*allowed, *missing]),
            )
            yield Finding("PG-23", ("permitted", name), what, advice, (edit,))
    if silent:
        edits = tuple(Put(("permitted", name), actions) for name, actions in silent.items())
        what = f"nothing says what may be done at {names(silent)}"
        yield Finding("PG-23", ("permitted",), what, "list what each level permits", edits)
