"""What types can't say about a plan: whether every name in it stands for something in it.

Only dangling and doubled names are problems here. A plan that can be read but will not work under pressure (a
slow approval, two deputies for each other) is the lint's business, and the drill's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal

from drills.plan.model import Plan
from drills.plan.people import CABINET
from drills.plan.terms import TASKS
from scenarios.source import Problem, Source, suggest

Loc = tuple[str | int, ...]
Finding = tuple[Loc, str, Literal["error", "warning"]]
"""Where, what is wrong, and how bad: error or warning."""

VAULT = "vault"
"""Where credentials lie that the company itself can always reach."""


def check_plan(source: Source[Plan]) -> list[Problem]:
    """Every name in the plan that stands for nothing, and every one given twice, in the file's order."""
    return sorted(source.problem(loc, words, severity=how) for loc, words, how in _findings(source.value))


def _findings(plan: Plan) -> Iterator[Finding]:
    yield from _twice(plan)
    yield from _references(plan)
    for index, task in enumerate(plan.dashboard):
        hint = suggest(task.task, TASKS)
        if task.task not in TASKS and hint:
            yield ("dashboard", index, "task"), f"the drill knows no task {task.task!r}{hint}", "warning"


def _twice(plan: Plan) -> Iterator[Finding]:
    """People and partners share their ids, since anybody may be called by one."""
    ids: list[tuple[str, Iterable[tuple[Loc, str]]]] = [
        (
            "somebody else",
            [
                *((("people", index, "id"), one.id) for index, one in enumerate(plan.people)),
                *((("partners", index, "id"), one.id) for index, one in enumerate(plan.partners)),
            ],
        ),
        ("another account", ((("channels", i, "id"), one.id) for i, one in enumerate(plan.channels))),
        ("another item", ((("content", i, "id"), one.id) for i, one in enumerate(plan.content))),
        ("another statement", ((("holding", i, "id"), one.id) for i, one in enumerate(plan.holding))),
        ("another playbook", ((("playbooks", i, "type"), one.type) for i, one in enumerate(plan.playbooks))),
    ]
    for other, found in ids:
        seen: set[str] = set()
        for loc, id_ in found:
            if id_ in seen:
                yield loc, f"{id_!r} is already {other}; give this one an id of its own", "error"
            seen.add(id_)
    for index, one in enumerate(plan.people):
        if one.id in (CABINET, VAULT):
            yield ("people", index, "id"), f"{one.id!r} means something else here; choose another id", "error"


def _references(plan: Plan) -> Iterator[Finding]:
    people = [one.id for one in plan.people]
    anybody = list(plan.callable_ids)
    accounts = [one.id for one in plan.channels]
    statements = [one.id for one in plan.holding]
    called = [*anybody, CABINET] if plan.cabinet else anybody
    table: list[tuple[Callable[[Plan], Iterable[tuple[Loc, str]]], str, Collection[str]]] = [
        (_people_named, "nobody in people is", people),
        (_anybody_named, "nobody in people or partners is", anybody),
        (_called, "nobody to call is", called),
        (_key_holders, "no holder of credentials is", [*anybody, VAULT]),
        (_accounts_named, "no channel of this plan is", accounts),
        (_statements_named, "no holding statement is", statements),
    ]
    for found, words, known in table:
        for loc, id_ in found(plan):
            if id_ not in known:
                hint = "; give the plan a cabinet with seats" if id_ == CABINET else suggest(id_, known)
                yield loc, f"{words} called {id_!r}{hint}", "error"
    for index, one in enumerate(plan.people):
        if one.deputy == one.id:
            yield ("people", index, "deputy"), f"{one.id!r} can't stand in for themselves", "error"


def _people_named(plan: Plan) -> Iterator[tuple[Loc, str]]:
    single: list[tuple[Loc, str | None]] = [
        (("meta", "owner"), plan.meta.owner),
        (("meta", "approved_by"), plan.meta.approved_by),
        (("monitoring", "otherwise"), plan.monitoring.otherwise),
    ]
    single += [(("people", i, "deputy"), one.deputy) for i, one in enumerate(plan.people)]
    single += [
        (("committee", "known_weaknesses", i, "owner"), one.owner)
        for i, one in enumerate(plan.committee.known_weaknesses)
    ]
    if plan.cabinet:
        single += [(("cabinet", "seats", dept), id_) for dept, id_ in plan.cabinet.seats.items()]
    single += [(("spokespeople", i, "person"), one.person) for i, one in enumerate(plan.spokespeople)]
    if plan.bypass:
        single += [
            (("bypass", "if_implicated"), plan.bypass.if_implicated),
            (("bypass", "then"), plan.bypass.then),
        ]
    if plan.approval.emergency:
        single.append((("approval", "emergency", "by"), plan.approval.emergency.by))
    single += [(("approval", "forbidden_without", key), id_) for key, id_ in plan.approval.forbidden_without.items()]
    yield from ((loc, id_) for loc, id_ in single if id_ is not None)
    for index, task in enumerate(plan.dashboard):
        yield from _each(("dashboard", index, "validates"), task.validates)
        yield from _each(("dashboard", index, "says"), task.says)
    for index, one in enumerate(plan.holding):
        yield from _each(("holding", index, "approved_by"), one.approved_by)


def _anybody_named(plan: Plan) -> Iterator[tuple[Loc, str]]:
    single: list[tuple[Loc, str | None]] = [
        (("dashboard", index, "does"), task.does) for index, task in enumerate(plan.dashboard)
    ]
    for index, account in enumerate(plan.channels):
        single += [
            (("channels", index, "owner"), account.owner),
            (("channels", index, "backup"), account.backup),
        ]
    single += [(("content", index, "owner"), item.owner) for index, item in enumerate(plan.content)]
    yield from ((loc, id_) for loc, id_ in single if id_ is not None)
    if plan.capacity.surge:
        yield from _each(("capacity", "surge", "who"), plan.capacity.surge.who)


def _called(plan: Plan) -> Iterator[tuple[Loc, str]]:
    for index, task in enumerate(plan.dashboard):
        yield from _each(("dashboard", index, "informs"), task.informs)
    for level in range(5):
        for index, notice in enumerate(plan.escalation.at(level)):
            yield ("escalation", f"L{level}", index, "to"), notice.to


def _key_holders(plan: Plan) -> Iterator[tuple[Loc, str]]:
    for index, account in enumerate(plan.channels):
        if account.credentials:
            yield ("channels", index, "credentials"), account.credentials


def _accounts_named(plan: Plan) -> Iterator[tuple[Loc, str]]:
    yield from ((("content", index, "channel"), item.channel) for index, item in enumerate(plan.content))
    yield from ((("private_path", "channels", id_), id_) for id_ in plan.private_path.channels)


def _statements_named(plan: Plan) -> Iterator[tuple[Loc, str]]:
    for index, book in enumerate(plan.playbooks):
        if book.holding is not None:
            yield ("playbooks", index, "holding"), book.holding


def _each(loc: Loc, ids: tuple[str, ...]) -> Iterator[tuple[Loc, str]]:
    """Several ids of one field, which an author may also have written as a single word."""
    yield from (((*loc, index), id_) for index, id_ in enumerate(ids))
