"""What the plan wants before a text goes out, and whether that is there: said before it is sent, as the score will.

Rules
1. They are those of `scoring.approvals`, at the level that the team holds now, with what a desk can see.
2. Nothing is stopped: whoever sends it all the same does so knowingly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from drills.desk import Desk
from drills.plan import Plan, emergency_rule, leave_to_own, oneself, preapproved, stand_ins, validators
from drills.plan.showing import levels, listed
from drills.scoring.approvals import UNNAMED, alike, in_stock
from scenarios.moments import SECOND, show_duration

_KINDS = {"reply": "reply", "message": "message", "answer_press": "press", "hub": "hub"}
EMERGENCY = "emergency"
"""The approval of whoever sends by the plan's emergency rule."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text that is about to go out, as an action has it."""

    do: str
    kind: str
    text: str
    approval: str
    seat: str

    @property
    def of(self) -> str:
        """Its kind, as the plan's tasks have it; '' for what no plan wants approved."""
        return self.kind if self.do == "publish" else _KINDS.get(self.do, "")


@dataclass(frozen=True, slots=True)
class SignOff:
    """What is to be said of it."""

    says: str
    missing: bool
    """Somebody's word is missing: sent so, it counts against the team."""


def sign_off(plan: Plan | None, desk: Desk, out: Outgoing, taken: Collection[str] = ()) -> SignOff | None:
    """How this text stands with the plan; None where the plan wants nobody's word. `taken`: the seats that others
    play."""
    if plan is None or not out.of:
        return None
    played = {out.seat, *taken, *[action.seat for action in desk.actions]}
    approved = {
        person
        for view in desk.approvals.values()
        if out.text and alike(view.action.text, out.text)
        for person, verdict in view.verdicts.items()
        if verdict == "approved"
    }

    def settled(group: tuple[str, ...]) -> bool:
        roles = {desk.contacts[one].colleague.role for one in group if one in desk.contacts}
        return bool(approved & set(group)) or (not plan.approval.separate and not roles.isdisjoint(played))

    level = level_held(desk)
    needed = validators(plan, out.of, level)
    own = _to_own(plan, desk, out, settled)
    if not needed:
        return SignOff(own, missing=False) if own else None
    if preapproved(plan, out.of, level) and out.do != "publish":
        return None
    if preapproved(plan, out.of, level) and in_stock(plan, out.text):
        return SignOff(_joined("The plan has approved these words beforehand.", own), missing=False)
    rule = _why_not(plan, desk, out, level, played)
    if out.approval == EMERGENCY:
        if rule:
            return SignOff(_joined(f"The emergency rule does not hold: {rule}. It counts against you.", own), True)
        log = " Write it into the log." if plan.approval.emergency and plan.approval.emergency.log else ""
        return SignOff(_joined(f"The emergency rule holds now.{log}", own), missing=False)
    missing = [group for group in needed if not settled(group)]
    if not missing:
        given = [one for group in needed for one in group if one in approved]
        there = f"The word that the plan wants is there: {listed(map(desk.name_of, given))}." if given else ""
        return SignOff(_joined(there, own), missing=False) if there or own else None
    me = oneself(plan, out.seat)
    who = listed([f"{desk.name_of(asked_of(group, me))}'s" for group in missing])
    if own and leave_to_own(plan)[0] in {group[0] for group in missing}:
        own = ""
    says = f"Without {who} word it counts against you."
    if any(group[0] == me for group in missing):
        says = f"Nobody approves their own text: w{says[1:]}"
    return SignOff(_joined(says, f"Emergency rule: {rule or 'holds now'}.", own), missing=True)


def level_held(desk: Desk) -> int:
    """The level whose rules count now: the team's own, or the score's while it has named none."""
    return UNNAMED if desk.level is None else desk.level


def asked_of(group: Sequence[str], me: str) -> str:
    """Whom to ask of those who may give one approval: the first who is not oneself."""
    return next((one for one in group if one != me), group[0])


def _to_own(plan: Plan, desk: Desk, out: Outgoing, settled: Callable[[tuple[str, ...]], bool]) -> str:
    """Whose word it takes before an official statement owns the fault (G-VALID); '' where it is there."""
    group = leave_to_own(plan) if out.do == "publish" and out.kind == "official" else ()
    if not group or settled(group):
        return ""
    return f"Owning the fault takes {desk.name_of(group[0])}'s word."


def _why_not(plan: Plan, desk: Desk, out: Outgoing, level: int, played: Collection[str]) -> str:
    """Why the emergency rule does not hold now, or what it waits for; '' where it holds. Who plays alone plays whoever
    may use it."""
    rule = plan.approval.emergency
    if rule is None:
        return "none in this plan"
    if not emergency_rule(plan, level):
        return f"only at {levels(rule.levels)}"
    by = [plan.person(one) for one in (rule.by, *stand_ins(plan, rule.by))]
    if len(played) > 1 and out.seat not in [one.role for one in by if one is not None]:
        return f"only for {desk.name_of(rule.by)}"
    asked = [view.asked_ms for view in desk.approvals.values() if view.action.kind == out.of]
    after = show_duration(rule.after)
    if not asked:
        return f"only {after} after asking"
    left = min(asked) + rule.after - desk.now_ms
    whole = -(-left // SECOND) * SECOND
    return f"only in {show_duration(whole)}" if left > 0 else ""


def _joined(*sentences: str) -> str:
    return " ".join([one for one in sentences if one])
