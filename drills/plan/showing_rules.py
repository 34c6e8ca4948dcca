"""The plan's standing rules and ready words: principles, cabinet, partners, reports, the end, holding texts."""

from __future__ import annotations

from drills.plan import colleagues
from drills.plan.model import Plan
from drills.plan.showing import Item, Section, listed, named, names, signal, word
from scenarios.model import Scenario
from scenarios.moments import show_duration
from scenarios.terms import LEVEL_NAMES
from scenarios.text import clean


def rule_page(plan: Plan, scenario: Scenario, now_ms: int = 0) -> list[Section]:
    """Principles in their order, who meets, who helps, who hears what, when it is over; duty is that of `now_ms`."""
    duty = {one.id: one.on_duty_at(now_ms) for one in colleagues(plan, scenario)}
    return [
        Section("Principles, in this order", tuple(Item("", _one(text)) for text in plan.principles), ordered=True),
        _cabinet(plan, duty),
        Section("Partners", tuple(_partners(plan, duty))),
        Section("Reports and approval", tuple(_reports(plan))),
        _over(plan),
    ]


def _one(text: str) -> str:
    return clean(text, multiline=False)


def _cabinet(plan: Plan, duty: dict[str, bool]) -> Section:
    if plan.cabinet is None:
        return Section("Crisis cabinet", ())
    seats = [
        Item(word(dept), named(plan, id_), "" if duty.get(id_, True) else "off duty")
        for dept, id_ in plan.cabinet.seats.items()
    ]
    return Section(f"Crisis cabinet, convened at {LEVEL_NAMES[plan.cabinet.convene_at]}", tuple(seats))


def _partners(plan: Plan, duty: dict[str, bool]) -> list[Item]:
    return [
        Item(
            _one(one.name),
            ", ".join(
                filter(None, [
                    word(one.kind), _one(one.contact), one.hours, "" if duty.get(one.id, True) else "off duty",
                ])
            ),
            "; ".join(
                filter(None, [
                    f"only they can touch {listed(map(word, one.controls))}" if one.controls else "",
                    f"in the contract: {_one(one.contract_clause)}" if one.contract_clause else "",
                ])
            ),
        )
        for one in plan.partners
    ]  # fmt: skip


def _reports(plan: Plan) -> list[Item]:
    rows: list[Item] = []
    if plan.escalation.sitrep_every is not None:
        rows.append(Item("Executives", f"hear from the desk every {show_duration(plan.escalation.sitrep_every)}"))
    if (rule := plan.escalation.influencer) is not None:
        which = "public deadlines" if rule.applies_to == "public_deadlines" else "all deadlines"
        rows.append(Item("A voice with reach", f"makes {which} {rule.factor:.0%} as long"))
    if plan.approval.one_voice:
        rows.append(Item("One voice:", _one(plan.approval.one_voice)))
    if plan.approval.separate:
        rows.append(Item("Separate:", "nobody approves their own text, pre-approved words excepted"))
    rows.append(Item("No decision", f"in {show_duration(plan.approval.timeout)}: the deputy may be asked instead"))
    if (surge := plan.capacity.surge) is not None:
        rows.append(Item("Too much to answer:", f"{names(plan, surge.who)}, within {show_duration(surge.within)}"))
    return rows


def _over(plan: Plan) -> Section:
    rows = [Item("", signal(one)) for one in plan.stand_down.all_of]
    tail = [f"{days} days after {LEVEL_NAMES[level]}" for level, days in sorted(plan.stand_down.tail_days.items())]
    if tail:
        rows.append(Item("Go on listening:", ", ".join(tail)))
    if plan.stand_down.resume:
        rows.append(Item("Advertise again when", "; ".join(map(signal, plan.stand_down.resume))))
    if plan.after.hotwash_within is not None:
        rows.append(Item("Talk it over", f"within {show_duration(plan.after.hotwash_within)}"))
    return Section("Over when all of these hold", tuple(rows))


def text_page(plan: Plan, kind: str = "") -> list[Section]:
    """Words that are ready, those for this kind of crisis first, and the way into private."""
    ready = sorted(plan.holding, key=lambda one: kind not in one.types)
    out = [
        Section(
            "Ready for: " + ", ".join(map(word, one.types)),
            (
                Item("", clean(" ".join(one.shown.split()))),
                Item("", "", "; ".join(filter(None, [
                    f"approved by {names(plan, one.approved_by)}" if one.approved_by else "the plan names no approval",
                    f"good until {one.expires}" if one.expires else "",
                    f"to fill in: {', '.join(map(word, one.slots))}" if one.slots else "",
                ]))),
            ),
        )
        for one in ready
    ] or [Section("Words that are ready", ())]  # fmt: skip
    ways = [
        Item(
            word(channel),
            " ".join(filter(None, [f"“{clean(way.line, multiline=False)}”" if way.line else "",
                                   f"by {clean(way.via, multiline=False)}" if way.via else ""])),
            "they must follow us first" if way.needs_follow else "",
        )
        for channel, way in plan.private_path.channels.items()
    ]  # fmt: skip
    if plan.private_path.data_rule:
        ways.append(Item("Data:", clean(plan.private_path.data_rule, multiline=False)))
    return [*out, Section("Into private, by channel", tuple(ways))]
