"""What the briefing says, section by section, laid out for a width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content

from drills.drill import Drill
from drills.plan import Plan, colleagues, plain_plan, preapproved, says, validators, who
from drills.plan.lint import lint
from engine.setup import Colleague
from scenarios.moments import MINUTE, show_duration
from scenarios.terms import LEVEL_NAMES, ROLES
from tui.glyphs import some
from tui.keys import table
from tui.safe import content, line
from tui.widgets.prose import EMPTY, Lines, beside, hang, heading, joined, reflowed, styled, wrapped

SEVEN = ("down", "open", "reply", "classify", "escalate", "pause-drill", "help")
"""The keys to know, by their ids in the key map."""
KINDS = {
    "reply": "a reply",
    "message": "a private message",
    "holding": "a holding statement",
    "official": "an official statement",
    "update": "an update",
    "press": "a press line",
    "hub": "the crisis page",
    "instruction": "a safety instruction",
}
NEVER = {
    "close_account": "close an account",
    "fake_review": "write a fake review",
    "legal_threat_public": "threaten with lawyers in public",
    "ask_personal_data_public": "ask for personal data in public",
    "blame_customer": "blame a customer",
    "blame_supplier": "blame a supplier",
    "name_employee": "name an employee",
}
CONTRACT = (
    "Everything here is invented: the company, the people, every post.",
    "Play it as if it were real; mistakes cost nothing here.",
    "Nothing you write leaves this machine.",
)
_DM = {
    "open": "private messages open",
    "follow_needed": "private only after they follow you",
    "inbox": "private by the page's inbox",
    "form": "private by a form",
    "none": "no private messages",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    body: Callable[[int], Lines]
    style: str = "bold $primary"


def briefing(drill: Drill, width: int) -> Content:
    """The whole briefing, in one column, two or three."""
    columns = sections(drill)
    if width < 96:
        # The order in which one wants to know it: what happened and who am I, how we play, then whom I have.
        first, second, third = columns
        return joined(_column([*first, *third, *second], width))
    gap = 4
    if width < 140:
        first, second, third = columns
        each = (width - gap) // 2
        for section in third:  # to the shorter of the two
            min((first, second), key=lambda column: len(_column(column, each))).append(section)
        return joined(beside([_column(first, each), _column(second, each)], [each] * 2, gap))
    each = (width - 2 * gap) // 3
    return joined(beside([_column(column, each) for column in columns], [each] * 3, gap))


def _column(column: Sequence[Section], width: int) -> Lines:
    lines: Lines = []
    for section in column:
        lines += [*heading(section.title, section.style), *section.body(width)]
    return lines[1:]


def sections(drill: Drill) -> tuple[list[Section], list[Section], list[Section]]:
    """What happened and what is yours; whom you have and what the plan says; how it is played."""
    plan = drill.plan or plain_plan(drill.scenario)
    people = colleagues(plan, drill.scenario)
    seat = drill.file.seats[0]
    first = [Section("What you know", lambda width: _premise(drill, width))]
    if drill.scenario.content_notes:
        first.append(Section("May be hard to read", lambda width: _notes(drill, width), "bold $warning"))
    first.append(Section("Your seat", lambda width: _seat(plan, seat, width)))
    if drill.file.objectives:
        first.append(Section("You practise", lambda width: _objectives(drill, width)))
    second = [
        Section("Whom you can reach", lambda width: _people(people, plan, seat, width)),
        Section("Who must approve what", lambda width: _approvals(plan, people, width)),
    ]
    if drill.plan is not None:
        second.append(Section("The plan under test", lambda width: _plan(plan, drill, width)))
    third = [
        Section("Time", lambda width: _time(drill, width)),
        Section("How we play", _contract),
        Section("Seven keys", _keys),
        Section("Where people talk", lambda width: _channels(drill, width)),
    ]
    return first, second, third


def _premise(drill: Drill, width: int) -> Lines:
    scenario = drill.scenario
    premise = scenario.premise or f"It is an ordinary {scenario.weekday} at {scenario.starts}."
    about = Content.assemble((line(scenario.brand.name), "bold"), ". " if scenario.brand.about else ".")
    return [
        *wrapped(about + content(scenario.brand.about), width),
        EMPTY,
        *wrapped(content(reflowed(premise)), width),
    ]


def _notes(drill: Drill, width: int) -> Lines:
    notes = ", ".join(line(note) for note in drill.scenario.content_notes)
    offer = "You can step out or take another seat, now or later. Nobody asks why."
    return [*wrapped(Content(f"{notes[:1].upper()}{notes[1:]}."), width), *wrapped(Content(offer), width)]


def _seat(plan: Plan, seat: str, width: int) -> Lines:
    mine = set(who(plan, seat))
    names = [person.name for person in plan.people if person.id in mine]
    role = ROLES.get(seat, seat)
    lines = hang("", Content.assemble((f"You are the {role}", "bold"), f" ({line(seat)})." if seat else "."), width)
    if names and plan.id != "plain":
        lines += hang("", Content(f"The plan knows you as {_and(names)}."), width)
    may = [
        f"{KINDS[kind]}{_levels(levels)}"
        for kind in ("reply", "holding", "official", "update", "press", "hub")
        if (levels := [level for level in range(5) if mine & set(says(plan, kind, level))])
    ]
    if may:
        lines += hang("· ", Content(f"You may sign {_and(may)}."), width)
    asked = [words for kind, words in KINDS.items() if any(_approves(plan, kind, level, mine) for level in range(5))]
    if asked:
        lines += hang("· ", Content(f"Others need your approval for {_and(asked)}."), width)
    if plan.approval.emergency is not None and plan.approval.emergency.by in mine:
        rule = plan.approval.emergency
        lines += hang(
            "· ",
            Content(
                f"You may publish pre-approved words{_levels(list(rule.levels))} after "
                f"{show_duration(rule.after)} without an answer."
            ),
            width,
        )
    rest = "The desk lets you do everything else too. The review asks what the plan says to it."
    lines += hang("· ", Content(rest), width)
    if plan.permitted.never:
        never = [NEVER.get(rule, rule.replace("_", " ")) for rule in plan.permitted.never]
        lines += hang("· ", Content.assemble(("Never: ", "bold"), f"{', '.join(never)}."), width)
    return lines


def _approves(plan: Plan, kind: str, level: int, mine: set[str]) -> bool:
    return any(group[0] in mine for group in validators(plan, kind, level))


def _objectives(drill: Drill, width: int) -> Lines:
    return [row for text in drill.file.objectives for row in hang("· ", content(text), width)]


def _people(people: Sequence[Colleague], plan: Plan, seat: str, width: int) -> Lines:
    mine = set(who(plan, seat))
    names = {one.id: line(one.name, 40) for one in people}
    lines: Lines = []
    for one in people:
        if one.id in mine and len(mine) == 1:
            continue
        what = one.dept.replace("_", " ") if one.role in ("FUN", "PTN") else ROLES.get(one.role, one.role)
        soon = f"{max(1, round(one.p50_ms / MINUTE))} min" if one.on_duty else "off duty"
        what = what.upper() if len(what) < 3 else what  # it, hr
        who_ = styled(f"· {names[one.id]}", "bold")
        if what.lower() != names[one.id].lower():
            who_ += Content(f", {line(what)}")
        deputy = f"  then {names[one.deputy]}" if one.deputy in names and one.deputy not in mine else ""
        full = who_ + styled(f"  {soon}{deputy}", "$muted")
        lines += [full] if full.cell_length <= width else hang("", who_ + styled(f"  {soon}", "$muted"), width)
    how = "Minutes are the story's, until half of the calls are answered. e wakes somebody, q asks, i informs."
    return [*lines, *wrapped(styled(how, "$muted"), width)]


def _approvals(plan: Plan, people: Sequence[Colleague], width: int) -> Lines:
    names = {one.id: line(one.name, 40) for one in people}
    lines: Lines = []
    for kind in ("reply", "holding", "official", "update", "press", "hub", "instruction"):
        by_answer: dict[str, list[int]] = {}
        for level in range(5):
            needed = validators(plan, kind, level)
            if needed:
                answer = _and([names.get(group[0], group[0]) for group in needed])
                if preapproved(plan, kind, level):
                    answer += "; pre-approved words go at once"
                by_answer.setdefault(answer, []).append(level)
        for answer, levels in by_answer.items():
            what = KINDS[kind].partition(" ")[2] if kind != "hub" else "crisis page"
            lines += hang("· ", Content.assemble((what, "bold"), f"{_levels(levels)}: {answer}"), width)
    if not lines:
        return wrapped(Content("Nobody: this plan asks for no approval. You answer for what you say."), width)
    wait = f"No answer in {show_duration(plan.approval.timeout)}: the deputy decides."
    return [*lines, *wrapped(styled(wait, "$muted"), width)]


def _plan(plan: Plan, drill: Drill, width: int) -> Lines:
    tested = f", last tested {plan.meta.last_tested}" if plan.meta.last_tested else ""
    about = f"Version {line(plan.meta.version, 20)}{tested}."
    whole = "l shows all of it: whom to call by when, who does what, the way from the first sign to the end."
    lines = hang("· ", Content(about), width) + hang("· ", Content(whole), width)
    if many := len(lint(plan, drill.scenario)):
        found = f"{some(many, 'finding')} of the plan's lint: stormdrill check, with the plan's file, lists them."
        lines += hang("· ", Content(found), width)
    return lines


def _channels(drill: Drill, width: int) -> Lines:
    lines: Lines = []
    for one in drill.scenario.channels:
        handle = f" {line(one.handle)}" if one.handle else ""
        limit = f"{one.char_limit} characters, " if one.char_limit <= 500 else ""
        about = f"{line(one.about)}; " if one.about else ""
        lines += hang(
            "· ",
            Content.assemble((line(one.name), "bold"), handle, (f"  {about}{limit}{_DM[one.dm]}", "$muted")),
            width,
        )
    return lines


def _time(drill: Drill, width: int) -> Lines:
    scenario, pace = drill.scenario, drill.file.pace
    whole = f"{show_duration(scenario.lasts)} of the story in about {drill.real_minutes} real minutes."
    rate = f"One real minute is {pace:g} minutes here. F8 stops the clock whenever you like."
    start = f"It starts on {_day(scenario.weekday)} at {scenario.starts}."
    return wrapped(Content(f"{whole} {rate} {start}"), width)


def _day(weekday: str) -> str:
    return {"Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Sat": "Saturday"}.get(weekday, f"{weekday}day")


def _contract(width: int) -> Lines:
    lines = [row for sentence in CONTRACT for row in hang("· ", Content(sentence), width)]
    lines += hang(styled("NO DUFF    ", "bold $error"), Content("a real emergency: X stops everything at once."), width)
    return lines + hang(styled("TIME OUT   ", "bold $warning"), Content("you need a break: F8, and no reason."), width)


def _keys(width: int) -> Lines:
    known = {key.id: key for key in table()}
    lines: Lines = []
    for id_ in SEVEN:
        key = known[id_]
        shown, about = ("j k", "down and up") if id_ == "down" else (key.shown, key.help)
        lines += hang(styled(f"{shown:<7}", "bold $primary"), Content(about), width)
    return lines


def _levels(levels: Sequence[int]) -> str:
    if len(levels) == 5:
        return ""
    if len(levels) > 2 and list(levels) == list(range(levels[0], levels[-1] + 1)):
        return f" at {LEVEL_NAMES[levels[0]]} to {LEVEL_NAMES[levels[-1]]}"
    return " at " + _and([LEVEL_NAMES[level] for level in levels])


def _and(words: Sequence[str]) -> str:
    safe = [line(word) for word in words]
    return safe[0] if len(safe) == 1 else f"{', '.join(safe[:-1])} and {safe[-1]}"
