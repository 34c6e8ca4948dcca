"""Whom the plan still wants told, and how long there is for it. Times are sim-milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

from drills.desk import Desk
from drills.plan import CABINET, Plan
from drills.plan.showing import Call, calls

TELLING = ("escalate", "ask", "inform")


def reached_ms(desk: Desk, level: int) -> int | None:
    """Since when the team has held it to be at least this level, or None if it does not."""
    since: int | None = None
    for at_ms, said in desk.levels:
        if said < level:
            since = None
        elif since is None:
            since = at_ms
    return since


def told_ms(desk: Desk, id_: str) -> int | None:
    """When somebody was first called, asked or informed; whoever convenes the cabinet calls all its seats."""
    cabinet = desk.contacts.get(CABINET)
    names = {id_, CABINET} if cabinet is not None and id_ in cabinet.colleague.seats else {id_}
    return next((one.at_ms for one in desk.actions if one.do in TELLING and names & set(one.to)), None)


def wanted(called: Sequence[Call], desk: Desk, level: int) -> list[tuple[Call, int]]:
    """Whom the plan still wants told, with the time that is left; late ones are under zero."""
    since = reached_ms(desk, level)
    if since is None:
        return []
    return [
        (call, since + call.within_ms - desk.now_ms)
        for call in called
        if not call.own and call.id in desk.contacts and told_ms(desk, call.id) is None
    ]


def due_calls(plan: Plan | None, desk: Desk, seat: str) -> list[tuple[Call, int]]:
    """`wanted` at the level that the team holds now."""
    if plan is None or desk.level is None:
        return []
    return wanted(calls(plan, desk.scenario, desk.level, seat, desk.now_ms), desk, desk.level)
