"""The plan in words: whom to call, who does what, and every other page of it, for whoever shows them.

Only what the plan says is here. Where it is silent a section has no items, and whoever shows it says SILENT. All words
of the plan are cleaned here; a screen may still have to fit them. Durations are as an author writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drills.plan import CABINET, colleagues, deadlines, emergency_rule, oneself, who
from drills.plan.model import Plan, Playbook
from drills.plan.rules import Task
from drills.plan.terms import FLAGS, MEASURES, Trigger
from engine.setup import Colleague
from scenarios.model import Scenario
from scenarios.moments import show_duration
from scenarios.terms import LEVEL_NAMES, ROLES
from scenarios.text import clean

SILENT = "The plan says nothing here."


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the plan says."""

    head: str = ""
    text: str = ""
    note: str = ""

    def has(self, words: str) -> bool:
        """Whether it speaks of these words, which are in lower case."""
        return words in f"{self.head} {self.text} {self.note}".lower()


@dataclass(frozen=True, slots=True)
class Section:
    """What the plan says on one question; no items where it is silent."""

    title: str
    items: tuple[Item, ...]
    ordered: bool = False
    """Whether the order counts, so that the items are numbered."""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody whom the plan wants told at a level."""

    id: str
    name: str
    work: str
    phone: str
    hours: str
    on_duty: bool
    deputy: str
    """The deputy's name and number, or ''."""
    within_ms: int
    """Counted from the moment the level is reached."""
    how: str
    own: bool
    """Whether it is the seat's own role: nobody calls that."""
    me: bool
    """Whether it is the very person whom the seat plays."""
    """Whether the seat that one plays is meant: nobody has to call themselves."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the dashboard at a level, in names (S2-12)."""

    task: str
    does: str
    says: str
    validates: str
    informs: str
    limit: str
    note: str
    """What the plan says on its approval besides."""


# -- words -------------------------------------------------------------------------------------------------------


def word(id_: str) -> str:
    """An id as people write it: `own-post` as `own post`."""
    return clean(id_, multiline=False).replace("-", " ").replace("_", " ")


def named(plan: Plan, id_: str) -> str:
    """The name behind an id of the plan: a person, a partner, the cabinet; the id itself where nobody has it."""
    if id_ == CABINET:
        return "the crisis cabinet"
    partner = next((one.name for one in plan.partners if one.id == id_), "")
    person = plan.person(id_)
    return clean(person.name if person else partner or id_, multiline=False)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as people list them: `posts, ads and mails`; '' where there are none."""
    found = list(words)
    return f"{', '.join(found[:-1])} {last} {found[-1]}" if len(found) > 1 else "".join(found)


def names(plan: Plan, ids: Iterable[str], last: str = "and") -> str:
    """Several names as people list them; '' where there are none."""
    return listed([named(plan, id_) for id_ in ids], last)


def signal(trigger: Trigger) -> str:
    """A signal in words: `a journalist asks`, `posts on one theme in 15 minutes: at least 25`."""
    lasting = f", for {show_duration(trigger.for_ms)}" if trigger.for_ms else ""
    if not trigger.op:
        return FLAGS[trigger.signal] + lasting
    how = {"<": "under", "<=": "at most", "==": "exactly", ">=": "at least", ">": "over"}[trigger.op]
    if trigger.op == "==" and trigger.value == 0 and trigger.signal != "level":
        return f"{MEASURES[trigger.signal]}: none{lasting}"
    number = LEVEL_NAMES[int(trigger.value)] if trigger.signal == "level" else f"{trigger.value:,.12g}"
    return f"{MEASURES[trigger.signal]}: {how} {number}{lasting}"


def levels(which: Iterable[int]) -> str:
    """`L2 to L4`, `L3 and L4`, `L2`."""
    found = [LEVEL_NAMES[level] for level in sorted(set(which))]
    if len(found) > 2 and LEVEL_NAMES.index(found[-1]) - LEVEL_NAMES.index(found[0]) == len(found) - 1:
        return f"{found[0]} to {found[-1]}"
    return listed(found)


def _phone(plan: Plan, id_: str) -> str:
    partner = next((one.contact for one in plan.partners if one.id == id_), "")
    person = plan.person(id_)
    return clean(person.reach.phone if person else partner, multiline=False)


def _hours(plan: Plan, id_: str) -> str:
    partner = next((one.hours for one in plan.partners if one.id == id_), "")
    person = plan.person(id_)
    return person.hours if person else partner


def work(one: Colleague) -> str:
    """What somebody does, in a few words."""
    return word(one.dept) if one.role in ("FUN", "PTN") else ROLES.get(one.role, one.role)


# -- now ---------------------------------------------------------------------------------------------------------


def calls(plan: Plan, scenario: Scenario, level: int, seat: str, now_ms: int = 0) -> tuple[Call, ...]:
    """Whom the plan wants told at a level, the soonest first; duty is that of `now_ms`."""
    people = {one.id: one for one in colleagues(plan, scenario)}
    own = set(who(plan, seat))
    how = {notice.to: clean(notice.how, multiline=False) for notice in plan.escalation.at(level)}
    found: list[Call] = []
    for id_, within in sorted(deadlines(plan, level).items(), key=lambda pair: pair[1]):
        one = people.get(id_)
        deputy = one.deputy if one else ""
        stand_in = " ".join([part for part in (named(plan, deputy), _phone(plan, deputy)) if part]) if deputy else ""
        found.append(
            Call(
                id_, named(plan, id_), work(one) if one and id_ != CABINET else "", _phone(plan, id_),
                _hours(plan, id_), one.on_duty_at(now_ms) if one else True, stand_in, within, how[id_], id_ in own,
                id_ == oneself(plan, seat),
            )
        )  # fmt: skip
    return tuple(found)


def duties(plan: Plan, level: int) -> tuple[Duty, ...]:
    """The dashboard's lines at a level, in the plan's order."""
    return tuple(duty(plan, task) for task in plan.dashboard if level in task.levels)


def duty(plan: Plan, task: Task) -> Duty:
    """One line of the dashboard, in names."""
    validates = names(plan, task.validates)
    if task.in_order and len(task.validates) > 1:
        validates = ", then ".join(named(plan, id_) for id_ in task.validates)
    notes = ["pre-approved words go at once"] if task.preapproved else []
    notes += ["lines are approved once, then used"] if task.approved_lines else []
    what = f": {listed(f'{kind}s' for kind in task.covers)}" if task.covers else ""
    return Duty(
        word(task.task) + what, named(plan, task.does) if task.does else "", names(plan, task.says, "or"), validates,
        names(plan, task.informs), show_duration(task.limit) if task.limit is not None else "", "; ".join(notes),
    )  # fmt: skip


def emergency(plan: Plan, level: int) -> str:
    """The emergency rule at a level, in one sentence."""
    rule = plan.approval.emergency
    if rule is None:
        return "The plan has no emergency rule: without approval nothing may go out that needs it."
    if not emergency_rule(plan, level):
        return f"The emergency rule holds at {levels(rule.levels)} only."
    log = "; it must be written down" if rule.log else ""
    wait = show_duration(rule.after)
    who = named(plan, rule.by)
    return f"After {wait} without an answer {who} may publish pre-approved words without that approval{log}."


def unapproved(plan: Plan, level: int) -> Section:
    """What may go out without an approval: the rule in our words, then in the plan's own."""
    rule = plan.approval.emergency
    own = clean(" ".join(rule.text.split())) if rule is not None and emergency_rule(plan, level) else ""
    items = (Item("", emergency(plan, level)), Item("", "", f"In the plan's words: {own}" if own else ""))
    return Section("Without an approval", items if own else items[:1])


def speakers(plan: Plan, level: int) -> Section:
    """Who speaks for the company at a level."""
    found = [
        Item(named(plan, one.person), f"on {listed(map(word, one.topics))}" if one.topics else "")
        for one in plan.spokespeople
        if level in one.levels
    ]
    if plan.bypass:
        phone = clean(plan.bypass.phone, multiline=False)
        then = f"{named(plan, plan.bypass.then)} speaks and decides"
        found.append(Item(f"If {named(plan, plan.bypass.if_implicated)} is accused:", then, phone))
    return Section("Who speaks", tuple(found))


# -- the other pages ---------------------------------------------------------------------------------------------


def level_page(plan: Plan, level: int) -> list[Section]:
    """What raises us to a level, and what it permits."""
    rule, permits = plan.severity.at(level), plan.permitted.at(level)
    name = LEVEL_NAMES[level]
    lifted = [
        Item(word(key), f"at least {LEVEL_NAMES[least]}, however few speak of it")
        for key, least in plan.severity.overrides.items()
    ]
    allowed = () if permits is None else (Item("", ", ".join(map(word, permits)) or "nothing"),)
    return [
        Section(f"What makes it {name}: any one of", tuple(Item("", signal(one)) for one in rule.triggers)),
        Section("What lifts the level at once", tuple(lifted)),
        Section(f"What {name} permits", allowed),
        Section("What no level permits", tuple(Item("", word(one)) for one in plan.permitted.never)),
        Section("What needs one person's word", _sensitive(plan)),
    ]


def _sensitive(plan: Plan) -> tuple[Item, ...]:
    return tuple(Item(word(key), named(plan, id_)) for key, id_ in plan.approval.forbidden_without.items())


def kind_page(books: Iterable[Playbook]) -> list[Section]:
    """What to do about each of these kinds of crisis (S0-46, S2-18)."""
    return [Section(word(book.type).capitalize(), tuple(_book(book))) for book in books]


def _book(book: Playbook) -> list[Item]:
    humour = {"never": "none", "only_if_no_victim": "only if nobody is hurt", "light": "lightly"}[book.humour]
    yes = [
        "the crisis page is needed" if book.hub_needed else "",
        f"at least {LEVEL_NAMES[book.at_least]}" if book.at_least is not None else "",
        "the person at the top is left out" if book.bypass else "",
        "an analysis is published afterwards" if book.post_mortem else "",
    ]
    rows = [
        ("First steps:", ", then ".join(map(word, book.first_steps))),
        ("Limits:", "; ".join(map(word, book.limits))),
        ("Say instead:", "; ".join(f"{clean(a, multiline=False)}: “{clean(b, multiline=False)}”"
                                   for a, b in book.lexicon.items())),
        ("Rules:", "; ".join(part for part in yes if part)),
        ("Stance:", word(book.stance) if book.stance else ""),
        ("Words ready:", "under Texts" if book.holding else ""),
        ("Humour:", humour if "humour" in book.model_fields_set else ""),
        ("Root cause:", word(book.root) if "root" in book.model_fields_set else ""),
    ]  # fmt: skip
    return [Item(head, text) for head, text in rows if text]
