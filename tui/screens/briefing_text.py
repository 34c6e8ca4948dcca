"""What the briefing says, section by section, laid out for a width: what one must know before STARTEX comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content

from drills.drill import Drill
from drills.plan import Plan, colleagues, oneself, plain_plan, preapproved, says, validators, who
from engine.setup import Colleague
from scenarios.moments import MINUTE, show_duration
from scenarios.terms import LEVEL_NAMES, LEVEL_WORDS, ROLES
from tui.keys import told
from tui.safe import line
from tui.screens.briefing_first import aims, clocks, listed, notes, premise, you
from tui.screens.help_words import seven
from tui.widgets.prose import Lines, beside, hang, heading, joined, styled, wrapped

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
PRIVATE = "Nothing you write leaves this machine."
CONTRACT = (
    "Everything here is invented: the company, the people, every post.",
    "Play it as if it were real; mistakes cost nothing here.",
    PRIVATE,
)
YOU = "Who you are"
COUNTED = "The coach's hints are counted: the review says how many you asked for. They cost no points."
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


@dataclass(frozen=True, slots=True)
class Own:
    """Whose briefing it is, in a room."""

    seat: str
    lead: Sequence[Section]
    """What stands in place of who one is."""
    private: str
    """Who reads what is written."""
    keys: Callable[[int], Lines]
    """The keys that this seat needs most."""
    played: frozenset[str]
    """The roles that somebody plays."""
    pace: float = 0
    """As the room plays it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The briefing for a width, and on which of its lines each heading stands."""

    lines: Lines
    headings: tuple[tuple[int, str], ...]
    columns: int = 1

    def below(self, line_: int) -> list[str]:
        """The headings from this line on, in their order; before them `…` where another column goes on."""
        titles = [title for at, title in self.headings if at >= line_]
        return ["…", *titles] if titles and self.columns > 1 else titles


def briefing(drill: Drill, width: int) -> Content:
    """The whole briefing, in one column, two or three."""
    return joined(laid(drill, width).lines)


def laid(drill: Drill, width: int, own: Own | None = None) -> Laid:
    """The same, with where its parts begin. `own`: whose it is, in a room."""
    first, second, third = sections(drill, own)
    if own is not None:
        first = [*own.lead, *[one for one in first if one.title != YOU]]
    if width < 96:
        keys, *rest = third
        return _beside([[*first, keys, *second[:1], *rest, *second[1:]]], width, 0)
    if width < 140:
        each = (width - 4) // 2
        for section in third:  # to the shorter of the two
            min((first, second), key=lambda column: len(_column(column, each).lines)).append(section)
        return _beside([first, second], each, 4)
    return _beside([first, second, third], (width - 8) // 3, 4)


def _beside(columns: Sequence[Sequence[Section]], each: int, gap: int) -> Laid:
    parts = [_column(column, each) for column in columns]
    lines = parts[0].lines if len(parts) == 1 else beside([one.lines for one in parts], [each] * len(parts), gap)
    return Laid(lines, tuple(sorted((at for one in parts for at in one.headings), key=lambda at: at[0])), len(parts))


def _column(column: Sequence[Section], width: int) -> Laid:
    lines: Lines = []
    headings: list[tuple[int, str]] = []
    for section in column:
        headings.append((len(lines) + bool(lines), section.title))  # with a line of air above it
        lines += [*heading(section.title, section.style)[not lines :], *section.body(width)]
    return Laid(lines, tuple(headings))


def sections(drill: Drill, own: Own | None = None) -> tuple[list[Section], list[Section], list[Section]]:
    """What one must know; what is yours, whom you have and what the plan says; how it is played."""
    seat = own.seat if own is not None else drill.file.seats[0]
    played = own.played if own is not None else frozenset()
    plan = drill.plan or plain_plan(drill.scenario)
    people = colleagues(plan, drill.scenario)
    first = []
    if drill.file.objectives or drill.file.practice is not None:
        first.append(Section("What you are to reach", lambda width: aims(drill, width)))
    first.append(Section(YOU, lambda width: you(plan, drill, width)))
    pace = own.pace if own is not None else 0
    first.append(Section("Time", lambda width: clocks(drill, width, own=own is None, pace=pace)))
    if drill.scenario.content_notes:
        first.append(Section("May be hard to read", lambda width: notes(drill, width), "bold $warning"))
    first.append(Section("What you know", lambda width: premise(drill, width)))
    second = [
        Section("What is yours to do", lambda width: _yours(plan, seat, width, alone=own is None)),
        Section("Whom you can reach", lambda width: _people(people, plan, seat, width, played)),
        Section("Who must approve what", lambda width: _approvals(plan, people, width)),
    ]
    if drill.plan is not None:
        second.append(Section("The plan under test", lambda width: _plan(plan, width)))
    third = [
        Section("Keys to begin with", seven if own is None else own.keys),
        Section("How we play", lambda width: _contract(drill, own, width)),
        Section("Where people talk", lambda width: _channels(drill, width)),
    ]
    return first, second, third


def _mine(plan: Plan, seat: str) -> set[str]:
    """Whom of the plan one is; where nobody has the seat's role, all who stand in for it."""
    me = oneself(plan, seat)
    return {me} if me else set(who(plan, seat))


def _yours(plan: Plan, seat: str, width: int, *, alone: bool) -> Lines:
    mine = _mine(plan, seat)
    lines: Lines = []
    may = [
        f"{KINDS[kind]}{_levels(levels)}"
        for kind in ("reply", "holding", "official", "update", "press", "hub")
        if (levels := [level for level in range(5) if mine & set(says(plan, kind, level))])
    ]
    if may:
        lines += hang("· ", Content(f"You may sign {listed(may)}."), width)
    asked = [words for kind, words in KINDS.items() if any(_approves(plan, kind, level, mine) for level in range(5))]
    if asked:
        lines += hang("· ", Content(f"Others need your approval for {listed(asked)}."), width)
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
    rest = "The desk lets you do everything else too. The review says what the plan asks of it."
    lines += hang("· ", Content(rest), width) if alone else []
    if plan.permitted.never:
        never = [NEVER.get(rule, rule.replace("_", " ")) for rule in plan.permitted.never]
        lines += hang("· ", Content.assemble(("Never: ", "bold"), f"{', '.join(never)}."), width)
    return lines


def _approves(plan: Plan, kind: str, level: int, mine: set[str]) -> bool:
    return any(group[0] in mine for group in validators(plan, kind, level))


def _people(
    people: Sequence[Colleague], plan: Plan, seat: str, width: int, played: frozenset[str] = frozenset()
) -> Lines:
    mine = _mine(plan, seat)
    names = {one.id: line(one.name, 40) for one in people}
    lines: Lines = []
    for one in people:
        if one.id in mine and len(mine) == 1:
            continue
        what = one.dept.replace("_", " ") if one.role in ("FUN", "PTN") else ROLES.get(one.role, one.role)
        soon = f"{max(1, round(one.p50_ms / MINUTE))} min" if one.on_duty else "off duty"
        soon = "a player" if one.role in played else soon
        what = what.upper() if len(what) < 3 else what  # it, hr
        who_ = styled(f"· {names[one.id]}", "bold")
        if what.lower() != names[one.id].lower():
            who_ += Content(f", {line(what)}")
        next_ = one.deputy if one.deputy in names and one.deputy not in mine and one.role not in played else ""
        deputy = f"  then {names[next_]}" if next_ else ""
        full = who_ + styled(f"  {soon}{deputy}", "$muted")
        lines += [full] if full.cell_length <= width else hang("", who_ + styled(f"  {soon}", "$muted"), width)
    alone = all(one.role in played for one in people if one.id not in mine)
    how = "" if alone else "Half of all calls are answered within these minutes of the story. "
    keys = told("{escalate} wakes somebody, {ask} asks, {inform} informs.")
    return [*lines, *wrapped(styled(f"{how}{keys}", "$muted"), width)]


def _approvals(plan: Plan, people: Sequence[Colleague], width: int) -> Lines:
    names = {one.id: line(one.name, 40) for one in people}
    lines: Lines = []
    for kind in ("reply", "holding", "official", "update", "press", "hub", "instruction"):
        by_answer: dict[str, list[int]] = {}
        for level in range(5):
            needed = validators(plan, kind, level)
            if needed:
                answer = listed([names.get(group[0], group[0]) for group in needed])
                if preapproved(plan, kind, level):
                    answer += "; pre-approved words go at once"
                by_answer.setdefault(answer, []).append(level)
        for answer, levels in by_answer.items():
            what = KINDS[kind].partition(" ")[2] if kind != "hub" else "crisis page"
            lines += hang("· ", Content.assemble((what, "bold"), f"{_levels(levels)}: {answer}"), width)
    if not lines:
        return wrapped(Content("Nobody: this plan asks for no approval. You answer for what you say."), width)
    wait = f"No answer in {show_duration(plan.approval.timeout)}: you may ask the deputy instead."
    meant = ", ".join(f"{name} {word}" for name, word in zip(LEVEL_NAMES, LEVEL_WORDS, strict=True))
    return [*lines, *wrapped(styled(f"{wait} Levels: {meant}.", "$muted"), width)]


def _plan(plan: Plan, width: int) -> Lines:
    tested = f", last tested {plan.meta.last_tested}" if plan.meta.last_tested else ""
    about = f"Version {line(plan.meta.version, 20)}{tested}."
    whole = told("{plan} shows all of it: whom to call by when, who does what, the way from the first sign to the end.")
    return hang("· ", Content(about), width) + hang("· ", Content(whole), width)


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


def _contract(drill: Drill, own: Own | None, width: int) -> Lines:
    rules: tuple[str, ...] = CONTRACT if own is None else (*CONTRACT[:-1], own.private)
    if own is None and drill.file.hints == "counted":
        rules = (*rules, COUNTED)
    lines = [row for sentence in rules for row in hang("· ", Content(sentence), width)]
    stop = "a real emergency: {no-duff} stops everything at once."
    rest = "you need a break: {pause-drill}, and no reason." if own is None else "you need a break: say so."
    lines += hang(styled("NO DUFF    ", "bold $error"), Content(told(stop)), width)
    return lines + hang(styled("TIME OUT   ", "bold $warning"), Content(told(rest)), width)


def _levels(levels: Sequence[int]) -> str:
    if len(levels) == 5:
        return ""
    if len(levels) > 2 and list(levels) == list(range(levels[0], levels[-1] + 1)):
        return f" at {LEVEL_NAMES[levels[0]]} to {LEVEL_NAMES[levels[-1]]}"
    return " at " + listed([LEVEL_NAMES[level] for level in levels])
