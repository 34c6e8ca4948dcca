"""Whether a text went the plan's way: its validators, words approved beforehand, or the emergency rule (S2-12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from drills.plan import Plan, emergency_rule, preapproved, stand_ins, validators
from drills.scoring.record import Record
from drills.scoring.spoken import Text
from engine.actions import Action
from engine.events import ApprovalAsked, ApprovalDecided, ApprovalTimedOut
from scenarios.moments import show_duration
from scenarios.text import clean

_KINDS = {"reply": "reply", "message": "message", "press": "press", "hub": "hub"}
UNNAMED = 1
"""The level whose rules count at most while the team has named none."""
SAME = 0.75
"""How alike a draft and what went out must be (0 to 1) for the approval to hold."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that needed somebody's word, and whether it had it."""

    text: Text
    ok: bool
    why: str
    in_vain: bool = False
    """It had not, but everybody whose word was missing had been asked, and had let the plan's time-out pass."""


def checked(record: Record) -> list[Checked]:
    """Every text that the plan wants approved, at the level that the team had named. Without a plan: none."""
    plan = record.plan
    if plan is None:
        return []
    found: list[Checked] = []
    for text in record.texts:
        kind = text.event.kind if text.form == "statement" else _KINDS.get(text.form, "")
        level = record.said_at(text.at_ms)
        level = min(text.level, UNNAMED) if level is None else level
        needed = validators(plan, kind, level)
        if not needed or text.action is None:
            continue
        found.append(_check(record, plan, text, kind, level, needed))
    return found


def _check(
    record: Record, plan: Plan, text: Text, kind: str, level: int, needed: tuple[tuple[str, ...], ...]
) -> Checked:
    assert text.action is not None
    if preapproved(plan, kind, level) and (text.form != "statement" or in_stock(plan, text.event.text)):
        return Checked(text, True, "words approved beforehand")
    if text.action.approval == "emergency":
        why_not = _no_emergency(record, plan, text, kind, level)
        return Checked(text, not why_not, why_not or f"the emergency rule holds at L{level}")
    approved = _approved_by(record, text)
    missing = [group[0] for group in needed if not _settled(record, plan, group, approved)]
    if missing:
        names = ", ".join(record.people[one].name if one in record.people else one for one in missing)
        silent = all(_let_it_pass(record, text, group) for group in needed if group[0] in missing)
        return Checked(text, False, f"without the approval of {names}", silent)
    return Checked(text, True, "approved")


def _no_emergency(record: Record, plan: Plan, text: Text, kind: str, level: int) -> str:
    """Why the plan's emergency rule does not cover a text, or ''. Who plays alone plays whoever may use it."""
    rule = plan.approval.emergency
    if rule is None or not emergency_rule(plan, level):
        return f"the emergency rule does not hold at L{level}"
    assert text.action is not None
    by = [plan.person(one) for one in (rule.by, *stand_ins(plan, rule.by))]
    if len(record.seats) > 1 and text.action.seat not in [one.role for one in by if one is not None]:
        name = record.people[rule.by].name if rule.by in record.people else rule.by
        return f"the emergency rule is for {name}, not for {text.action.seat}"
    asked = {
        action.id: action.at_ms for action in record.actions if action.do == "request_approval" and action.kind == kind
    }
    waits = [asked[event.action] for event in record.of(ApprovalAsked) if event.action in asked]
    if not any(at_ms + rule.after <= text.at_ms for at_ms in waits):
        return f"the emergency rule asks to wait {show_duration(rule.after)} for an answer first"
    return ""


def _let_it_pass(record: Record, text: Text, group: tuple[str, ...]) -> bool:
    """Whether all who may give this approval had been asked for these words and had not decided in time; or whether
    the draft never came to them, because it lay with somebody before them who had not."""
    asked = _drafts(record, text)

    def until(kind: type[ApprovalAsked] | type[ApprovalTimedOut] | type[ApprovalDecided]) -> set[tuple[str, str]]:
        return {
            (event.action, event.to)
            for event in record.of(kind)
            if event.action in asked and event.at_ms <= text.at_ms
        }

    silent = until(ApprovalTimedOut) - until(ApprovalDecided)
    held_up = {(id_, person) for id_, _ in silent for person in asked[id_].to} - until(ApprovalAsked)
    return set(group) <= {person for _, person in silent} or group[0] in {person for _, person in held_up}


def _settled(record: Record, plan: Plan, group: tuple[str, ...], approved: frozenset[str]) -> bool:
    """Whether one of the people who may give this approval has; a seat that is played gives it by acting itself."""
    played = not plan.approval.separate and any(
        one in record.people and record.people[one].role in record.seats for one in group
    )
    return played or bool(approved & set(group))


def _approved_by(record: Record, text: Text) -> frozenset[str]:
    """Who had approved these words when they went out, in one draft or in several: a deputy is asked anew."""
    drafts = _drafts(record, text)
    return frozenset(
        event.to
        for event in record.of(ApprovalDecided)
        if event.action in drafts and event.verdict == "approved" and event.at_ms <= text.at_ms
    )


def _drafts(record: Record, text: Text) -> dict[str, Action]:
    """The drafts in which these words had been laid before somebody when they went out, by id."""
    return {
        action.id: action
        for action in record.actions
        if action.do == "request_approval" and action.at_ms <= text.at_ms and alike(action.text, text.event.text)
    }


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same words but for small corrections."""
    first, second = _plain(one), _plain(other)
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME


def from_stock(plan: Plan, text: Text) -> bool:
    """Whether a text is one of the plan's holding texts, with only its slots filled in."""
    return in_stock(plan, text.event.text)


def in_stock(plan: Plan, words: str) -> bool:
    """The same of words that have not gone out."""
    plain = _plain(words)
    return any(_fits(holding.text, plain) for holding in plan.holding)


def _fits(template: str, plain: str) -> bool:
    fixed = [part for part in (_plain(piece) for piece in re.split(r"\{[a-z_]+\}", template)) if len(part) > 3]
    at = 0
    for part in fixed:
        found = plain.find(part, at)
        if found < 0:
            return alike(" ".join(fixed), plain)
        at = found + len(part)
    return bool(fixed)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", clean(text).casefold()))


def allowed(record: Record, plan: Plan, text: Text, person: str) -> bool:
    """Whether this one person, or their deputy, had approved the text, or plays in this run."""
    if text.action is None:
        return False
    who = plan.person(person)
    group = (person, who.deputy) if who is not None and who.deputy else (person,)
    return _settled(record, plan, group, _approved_by(record, text))
