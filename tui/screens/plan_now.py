"""The plan's first page: whom to call by when, who does what, for the level that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from drills.desk import Desk
from drills.drill import Drill
from drills.plan import Plan
from drills.plan.showing import SILENT, Call, Duty, calls, duties, names, speakers, unapproved
from scenarios.terms import LEVEL_NAMES
from tui.plan_run import standing
from tui.safe import line
from tui.widgets.prose import EMPTY, Lines, beside, hang, heading, spread, styled, wrapped
from tui.widgets.sections import painted

WIDE = 100
"""From this width on, calls and tasks are tables and other pages have two columns."""
ROOMY = 130
"""From this width on, the table of calls says what everybody is."""


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a drill's plan, at a level, for a kind of crisis, by a seat, in a run if there is one."""

    drill: Drill
    plan: Plan
    seat: str
    level: int
    kind: str = ""
    desk: Desk | None = None

    @property
    def calls(self) -> tuple[Call, ...]:
        """Whom the plan wants told at this level."""
        return calls(self.plan, self.drill.scenario, self.level, self.seat, self.now_ms)

    @property
    def now_ms(self) -> int:
        """The run's time; STARTEX before it."""
        return self.desk.now_ms if self.desk is not None else 0


def now_page(view: View, width: int) -> Lines:
    """Calls, the cabinet, the dashboard, the emergency rule, who speaks."""
    plan, level = view.plan, view.level
    rows = [styled(f"Call at {LEVEL_NAMES[level]}, counted from when the level is declared", "bold $primary")]
    found_ = view.calls
    if not found_:
        rows.append(styled(f"╌ {SILENT}", "italic $muted"))
    elif width < WIDE:
        rows += [row for call in found_ for row in _call_lines(call, view, width)]
    else:
        rows += _call_table(found_, view, width)
    rows += _cabinet(view, width)
    rows += heading(f"Who does, signs, approves and is told at {LEVEL_NAMES[level]}")
    tasks = duties(plan, level)
    if not tasks:
        rows.append(styled(f"╌ {SILENT}", "italic $muted"))
    elif width < WIDE:
        rows += [row for one in tasks for row in _duty_lines(one, width)]
    else:
        rows += _duty_table(tasks, width)
    rows += painted(unapproved(plan, level), width)
    return rows + painted(speakers(plan, level), width)


def _state(call: Call, view: View) -> Content:
    words, style = standing(call, view.desk, view.level)
    return styled(words, style)


def _call_lines(call: Call, view: View, width: int) -> Lines:
    left = Content.assemble((line(call.name), "bold"), (f"  {line(call.work)}", "$muted"))
    rest = "".join([f" · {part}" for part in (f"else {line(call.deputy)}" * bool(call.deputy), line(call.how)) if part])
    reach = ", ".join(part for part in (line(call.phone), call.hours) if part)
    words = Content.assemble((reach, "$muted"), _duty(call), (rest, "$muted"))
    under = wrapped(words, width - 2) if call.hours else []
    return [spread(left, _state(call, view), width), *[Content("  ") + row for row in under]]


def _call_table(found_: Sequence[Call], view: View, width: int) -> Lines:
    columns = {"": 23, "whom": 24, "who is": 22, "phone": 9, "hours, duty now": 24, "deputy, how": 0}
    if width < ROOMY:
        del columns["who is"]
    columns["deputy, how"] = width - sum(columns.values()) - 2 * (len(columns) - 1)
    rows = [[_cell(call, name, view) for name in columns] for call in found_]
    return table(list(columns), rows, list(columns.values()))


def _cell(call: Call, column: str, view: View) -> Content:
    match column:
        case "":
            return _state(call, view)
        case "whom":
            return styled(line(call.name), "bold")
        case "who is":
            return styled(line(call.work), "$muted")
        case "phone":
            return Content(line(call.phone))
        case "deputy, how":
            return styled(", ".join(part for part in (line(call.deputy), line(call.how)) if part), "$muted")
    return Content(call.hours) + _duty(call) if call.hours else Content("")


def _duty(call: Call) -> Content:
    return styled(", on duty", "$muted") if call.on_duty else styled(", off duty", "$warning")


def _cabinet(view: View, width: int) -> Lines:
    cabinet = view.plan.cabinet
    if cabinet is None or view.level < cabinet.convene_at:
        return []
    who = line(names(view.plan, dict.fromkeys(cabinet.seats.values())))
    head = styled(f"Cabinet, from {LEVEL_NAMES[cabinet.convene_at]}: ", "bold")
    return [EMPTY, *hang(head, Content(who), width)]


def duty_words(one: Duty) -> str:
    """A line of the dashboard in words."""
    parts = [
        f"does it: {one.does}" if one.does else "",
        f"signs: {one.says}" if one.says else "",
        f"approves: {one.validates}" if one.validates else "",
        f"is told: {one.informs}" if one.informs else "",
        one.note,
    ]
    return " · ".join(part for part in parts if part) or "nobody is named"


def _duty_lines(one: Duty, width: int) -> Lines:
    head = spread(styled(line(one.task), "bold"), styled(one.limit, "$accent"), width)
    return [head, *[Content("  ") + row for row in wrapped(Content(line(duty_words(one))), width - 2)]]


def _duty_table(tasks: Sequence[Duty], width: int) -> Lines:
    rest = width - 6 - 22 - 10  # the limit, the task, the gaps
    shares = [rest * part // 100 for part in (18, 21, 36)]
    widths = [22, *shares, rest - sum(shares), 6]
    cells = [
        [
            styled(line(one.task), "bold"), Content(line(one.does)), Content(line(one.says)),
            (Content(line(one.validates)) if one.validates else styled("nobody", "$muted"))
            + styled(f"; {one.note}" if one.note else "", "$muted"),
            Content(line(one.informs)),
            styled(one.limit, "$accent"),
        ]
        for one in tasks
    ]  # fmt: skip
    return table(("", "does", "signs", "approves", "is told", "limit"), cells, widths)


def table(head: Sequence[str], rows: Sequence[Sequence[Content]], widths: Sequence[int]) -> Lines:
    """Columns of wrapped cells under quiet titles."""
    out = beside([[styled(title, "$muted")] for title in head], widths, 2)
    for row in rows:
        out += beside([wrapped(cell, width) for cell, width in zip(row, widths, strict=True)], widths, 2)
    return out
