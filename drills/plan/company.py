"""What a world is given of a plan beside its people: turns of an approval, keys, executives to be told, channels.

The engine never sees a plan. Its channels take as long, and fall as easily, as the plan's accounts say.
"""

from __future__ import annotations

from drills.plan.check import VAULT
from drills.plan.model import Plan
from drills.plan.people import CABINET, deadlines, stand_ins
from drills.plan.terms import TASKS_BY_KIND
from engine.setup import Wanted
from scenarios.model import Channel, Scenario
from scenarios.moments import MINUTE


def turns(plan: Plan) -> dict[str, dict[str, int]]:
    """`official/4`, a kind of text and a level, to whose turn it is when: for dashboard lines with `in_order`.

    A deputy has the turn of whom they stand in for, unless they have one of their own.
    """
    found: dict[str, dict[str, int]] = {}
    for kind, names in TASKS_BY_KIND.items():
        for task in plan.dashboard:
            if task.task in names and task.in_order:
                order = {id_: turn for turn, id_ in enumerate(task.validates)}
                for id_, turn in list(order.items()):
                    for other in stand_ins(plan, id_):
                        order.setdefault(other, turn)
                for level in task.levels:
                    found.setdefault(f"{kind}/{level}", {}).update(order)
    return found


def keys(plan: Plan, scenario: Scenario) -> dict[str, str]:
    """The scenario's channels and scheduled items whose keys lie with one person or partner, and with whom.

    A partner who `controls` `ads`, `mail_tool` or a channel holds its keys; otherwise whoever the account's
    `credentials` name. Keys in the vault, and those of which the plan says nothing, are at the desk.
    """
    partners = {what: one.id for one in plan.partners for what in one.controls}
    accounts = {one.id: one.credentials for one in plan.channels if one.credentials != VAULT}

    def holder(channel: str) -> str:
        tool = partners.get("mail_tool", "") if channel == "mail" else ""
        return tool or partners.get(channel) or accounts.get(channel, "")

    found = {one.id: holder(one.id) for one in scenario.channels}
    for item in scenario.content:
        tool = {"ad": partners.get("ads"), "mail": partners.get("mail_tool")}.get(item.kind)
        found[item.id] = tool or holder(item.channel)
    return {what: who for what, who in found.items() if who}


def wanted(plan: Plan, seat: str = "") -> tuple[Wanted, ...]:
    """The executives whom the plan wants told, by level; nobody who plays `seat`. The cabinet stands for its seats."""
    found: list[Wanted] = []
    for level in range(5):
        due: dict[str, int] = {}
        for to, within in deadlines(plan, level).items():
            named = plan.cabinet.seats.values() if to == CABINET and plan.cabinet else (to,)
            for id_ in named:
                due[id_] = min(within, due.get(id_, within))
        for id_, within in due.items():
            person = plan.person(id_)
            roles = () if person is None else (person.role, *person.also)
            if "EXE" in roles and seat not in roles:
                found.append(Wanted(id_, level, within))
    return tuple(found)


def channels(plan: Plan, scenario: Scenario) -> tuple[Channel, ...]:
    """The scenario's channels as this plan leaves them: a page takes as long as the plan needs to publish it, and one
    that is not hosted apart is down whenever our own `site` is."""
    accounts = {one.id: one for one in plan.channels}
    site = next((one for one in scenario.channels if one.id == "site"), None)
    found: list[Channel] = []
    for one in scenario.channels:
        account = accounts.get(one.id)
        if account is not None:
            takes = -(-(account.publishes_in or 0) // MINUTE)
            falls = site.down if site is not None and account.hosted_separately is False else ()
            opens = max(one.opens_minutes, takes)
            more = tuple(gap for gap in falls if gap not in one.down)
            one = one.model_copy(update={"opens_minutes": opens, "down": (*one.down, *more)})
        found.append(one)
    return tuple(found)
