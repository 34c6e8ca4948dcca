"""What the plan wants done from the first sign to the end, step by step: the boxes of its flowchart.

A step that the plan is silent about stays in the picture, unsaid: a gap that can be seen is a gap that can be closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drills.plan import deadlines, emergency_rule
from drills.plan.model import Plan, Playbook
from drills.plan.rules import Task
from drills.plan.showing import SILENT, duty, emergency, listed, named, names, signal, word
from drills.plan.terms import TASKS_BY_KIND, Permit
from scenarios.moments import show_duration
from scenarios.terms import LEVEL_NAMES
from scenarios.text import clean

ISSUE = 1
"""Up to this level one answers people and goes on; the steps of a crisis begin above it."""
FEW = 3
"""So many signals stand in the box; the rest is counted."""

WEIGHTY = ("holding", "instruction", "official")
"""Texts whose missing approval is a fork of the way."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the way may fork: when, and what then."""

    when: str
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One box of the way."""

    id: str
    """trigger, level, first, stop, tell, holding, instruction, answer, hub, official, update, over"""
    title: str
    limit: str
    """By when, or ''."""
    lines: tuple[str, ...]
    said: bool = True
    """Whether the plan says anything here."""
    branches: tuple[Branch, ...] = ()


def kind_for(plan: Plan, root_cause: str) -> str:
    """The playbook that fits what the team has classified as the cause, or ''."""
    if not root_cause:
        return ""
    fits = [book.type for book in plan.playbooks if root_cause in (book.root, book.type)]
    near = [book.type for book in plan.playbooks if book.root.startswith(f"{root_cause}-")]
    return next(iter([*fits, *near]), "")


def steps(plan: Plan, level: int, kind: str = "") -> tuple[Step, ...]:
    """The way at a level; `kind`: the playbook that is followed, or '' for none."""
    book = next((one for one in plan.playbooks if one.type == kind), None)
    way = [_trigger(plan, level), _level(plan, level, book)]
    if book is not None:
        way.append(_first(book))
    if level > ISSUE:
        way.append(_stop(plan, level))
    way.append(_tell(plan, level))
    if level > ISSUE:
        way.append(_holding(plan, level, book))
        if any(task.task in TASKS_BY_KIND["instruction"] and level in task.levels for task in plan.dashboard):
            way.append(_speak(plan, level, "instruction", "Safety instruction", "safety_instruction"))
    way.append(_speak(plan, level, "reply", "Answer people", "reply"))
    if level > ISSUE:
        way.append(_hub(plan, level, book))
        way.append(_speak(plan, level, "official", "Official statement", "official"))
        way.append(_update(plan, level))
    way.append(_over(plan, level))
    return tuple(way)


def _step(id_: str, title: str, lines: list[str], limit: str = "", branches: list[Branch] | None = None) -> Step:
    found = tuple(line for line in lines if line)
    return Step(id_, title, limit, found or (SILENT,), bool(found), tuple(branches or ()))


def _task(plan: Plan, level: int, *ids: str) -> Task | None:
    return next((task for task in plan.dashboard if task.task in ids and level in task.levels), None)


def _who(plan: Plan, task: Task) -> list[str]:
    found = duty(plan, task)
    covers = f"covers {listed(f'{kind}s' for kind in task.covers)}" if task.covers else ""
    rows = [("does it:", found.does), ("signs:", found.says), ("approves:", found.validates),
            ("is told:", found.informs)]  # fmt: skip
    return [*[f"{head} {text}" for head, text in rows if text], found.note, covers]


def _limit(task: Task | None) -> str:
    return f"in {show_duration(task.limit)}" if task is not None and task.limit is not None else ""


def _trigger(plan: Plan, level: int) -> Step:
    found = [signal(one) for one in plan.severity.at(level).triggers]
    more = [f"and {len(found) - FEW} more (Levels)"] if len(found) > FEW else []
    lifts = tuple(word(key) for key, least in plan.severity.overrides.items() if least == level)
    fork = [Branch("at once, even one voice", lifts)] if lifts else []
    return _step("trigger", "Trigger: any one of", [*found[:FEW], *more], "", fork)


def _level(plan: Plan, level: int, book: Playbook | None) -> Step:
    rule, task = plan.severity.at(level), _task(plan, level, "classify")
    label = clean(rule.label, multiline=False)
    fork = []
    if book is not None and book.at_least is not None and book.at_least > level:
        fork.append(Branch(word(book.type), (f"is at least {LEVEL_NAMES[book.at_least]}",)))
    lines = _who(plan, task) if task else []
    return _step("level", f"{LEVEL_NAMES[level]} {label}".rstrip(), lines, _limit(task), fork)


def _first(book: Playbook) -> Step:
    lines = [f"{at}. {word(one)}" for at, one in enumerate(book.first_steps, 1)]
    fork = [Branch("limits", tuple(map(word, book.limits)))] if book.limits else []
    return _step("first", f"First steps: {word(book.type)}", lines, "", fork)


def _stop(plan: Plan, level: int) -> Step:
    task = _task(plan, level, "pause-content")
    return _step("stop", "Stop what is scheduled", _who(plan, task) if task else [], _limit(task))


def _tell(plan: Plan, level: int) -> Step:
    due = sorted(deadlines(plan, level).items(), key=lambda pair: pair[1])
    fork = []
    deputies = []
    for id_, _ in due:
        person = plan.person(id_)
        if person is not None and person.deputy:
            deputies.append(f"{named(plan, person.deputy)} for {named(plan, id_)}")
    if deputies:
        fork.append(Branch("no answer: the deputy", tuple(deputies)))
    if plan.bypass and level > ISSUE:
        phone = clean(plan.bypass.phone, multiline=False)
        then = f"{named(plan, plan.bypass.then)} decides" + f", {phone}" * bool(phone)
        fork.append(Branch(f"{named(plan, plan.bypass.if_implicated)} is accused", (then,)))
    if plan.cabinet and level >= plan.cabinet.convene_at:
        seats = ", ".join(dict.fromkeys(named(plan, id_) for id_ in plan.cabinet.seats.values()))
        fork.append(Branch("the cabinet meets", (seats,)))
    lines = [f"{named(plan, id_)} in {show_duration(within)}" for id_, within in due]
    return _step("tell", "Tell", lines, "", fork)


def _asking(plan: Plan, task: Task, level: int) -> list[Branch]:
    """What happens where an approval is needed and does not come."""
    if not task.validates:
        return []
    fork = []
    deputies = [
        f"{named(plan, person.deputy)} for {named(plan, id_)}"
        for id_ in task.validates
        if (person := plan.person(id_)) is not None and person.deputy
    ]
    if deputies:
        fork.append(Branch(f"undecided after {show_duration(plan.approval.timeout)}", tuple(deputies)))
    if task.task in TASKS_BY_KIND["holding"] and emergency_rule(plan, level):
        fork.append(Branch("emergency rule", (emergency(plan, level),)))
    return fork


def _speak(plan: Plan, level: int, kind: str, title: str, permit: Permit) -> Step:
    task = _task(plan, level, *TASKS_BY_KIND[kind])
    lines = _who(plan, task) if task else []
    return _step(kind if kind != "reply" else "answer", title, [*lines, *_permitted(plan, level, permit)],
                 _limit(task), _asking(plan, task, level) if task and kind in WEIGHTY else [])  # fmt: skip


def _permitted(plan: Plan, level: int, permit: Permit) -> Iterator[str]:
    """A level that permits some things forbids the rest; it says so where the step is taken."""
    allowed = plan.permitted.at(level)
    if allowed is not None and permit not in allowed:
        yield f"! {LEVEL_NAMES[level]} does not permit it"


def _holding(plan: Plan, level: int, book: Playbook | None) -> Step:
    step = _speak(plan, level, "holding", "Holding statement", "holding")
    ready = [one for one in plan.holding if book is not None and one.id == book.holding]
    text = [f"words are ready (Texts), approved by {names(plan, one.approved_by)}" if one.approved_by
            else "words are ready (Texts)" for one in ready]  # fmt: skip
    if not text:
        return step
    return Step(step.id, step.title, step.limit, (*(step.lines if step.said else ()), *text), True, step.branches)


def _hub(plan: Plan, level: int, book: Playbook | None) -> Step:
    step = _speak(plan, level, "hub", "Crisis page", "hub")
    account = next((one for one in plan.channels if one.id == "hub"), None)
    lines = list(step.lines) if step.said else []
    if book is not None and book.hub_needed:
        lines.insert(0, f"needed for {word(book.type)}")
    if lines and account is not None and account.publishes_in is not None:
        lines.append(f"from text to public in {show_duration(account.publishes_in)}")
    return _step("hub", "Crisis page", lines, step.limit, list(step.branches))


def _update(plan: Plan, level: int) -> Step:
    task = _task(plan, level, *TASKS_BY_KIND["update"])
    every = plan.escalation.sitrep_every
    lines = _who(plan, task) if task else []
    if every is not None:
        lines.append(f"executives hear from the desk every {show_duration(every)}")
    return _step("update", "Updates", lines, _limit(task))


def _over(plan: Plan, level: int) -> Step:
    task = _task(plan, level, "stand-down")
    lines = [*(_who(plan, task) if task else []), *[f"· {signal(one)}" for one in plan.stand_down.all_of]]
    tail = plan.stand_down.tail_days.get(level)
    fork = [Branch("and then", (f"go on listening for {tail} days",))] if tail else []
    if plan.stand_down.resume:
        fork.append(Branch("advertise again when", tuple(f"· {signal(one)}" for one in plan.stand_down.resume)))
    return _step("over", "Stand down", lines, _limit(task), fork)
