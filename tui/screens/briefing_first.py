"""The first page of the briefing: what one is to reach, who one is, and which clock is meant."""

from __future__ import annotations

from textual.content import Content

from drills.drill import Drill
from drills.plan import Plan, oneself
from drills.practice.goals import goals
from scenarios.moments import MINUTE, show_duration
from scenarios.terms import ROLES
from tui.glyphs import some
from tui.keys import told
from tui.safe import content, line
from tui.widgets.prose import EMPTY, Lines, hang, reflowed, wrapped

_DAYS = {"Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Sat": "Saturday"}


def listed(words: list[str]) -> str:
    """`Ada, Ben and Cleo`."""
    safe = [line(word) for word in words]
    return safe[0] if len(safe) == 1 else f"{', '.join(safe[:-1])} and {safe[-1]}"


def aims(drill: Drill, width: int) -> Lines:
    """What one practises, and what an exercise is passed by."""
    lines = [row for text in drill.file.objectives for row in hang("· ", content(text), width)]
    if drill.file.practice is not None:
        marks = "; ".join(goals(drill.file.practice))
        lines += wrapped(Content.assemble(("Passed by: ", "bold $success"), f"{marks}."), width)
    return lines


def you(plan: Plan, drill: Drill, width: int) -> Lines:
    """The one person one is, and who else has that role."""
    seat = drill.file.seats[0]
    me = plan.person(oneself(plan, seat)) if plan.id != "plain" else None
    role = ROLES.get(seat, seat)
    house = line(drill.scenario.brand.name)
    if me is None:
        return wrapped(Content.assemble(("The " + role, "bold"), f" ({line(seat)}) of {house}."), width)
    lines = wrapped(Content.assemble((line(me.name), "bold"), f", {role} ({line(seat)}) of {house}."), width)
    others = [one.name for one in plan.people if one.role == seat and one.id != me.id]
    if others:
        word = "is a colleague with the same role" if len(others) == 1 else "are colleagues with the same role"
        lines += wrapped(Content(f"{listed(others)} {word}."), width)
    return lines


def clocks(drill: Drill, width: int, *, own: bool = True, pace: float = 0) -> Lines:
    """Two clocks run: the story's and one's own. What is told is the story's unless it says otherwise. `own`: whether
    one may stop it. `pace`: as it is played, where that is not the drill's own."""
    scenario, pace = drill.scenario, pace or drill.file.pace
    minutes = round(scenario.lasts / pace / MINUTE)
    day = _DAYS.get(scenario.weekday, f"{scenario.weekday}day")
    length = show_duration(scenario.lasts)
    mine = f"About {some(minutes, 'minute')} on your own watch"
    same = f"{mine}, as long as the story: from {day}, {scenario.starts}."
    fast = (
        f"{mine}; the story runs {pace:g} times as fast: {length}, from {day}, {scenario.starts}. "
        "Times are the story's, “left” in the queue too, unless they say “on your own watch”."
    )
    stop = told(" {pause-drill} stops the clock.") if own else " The clock is the facilitator's."
    return wrapped(Content((same if pace == 1 else fast) + stop), width)


def notes(drill: Drill, width: int) -> Lines:
    """What may be hard to read, and the way out."""
    which = ", ".join(line(note) for note in drill.scenario.content_notes)
    way = told("You can leave: esc now, {leave} later. Nobody asks why.")
    return wrapped(Content(f"{which[:1].upper()}{which[1:]}. {way}"), width)


def premise(drill: Drill, width: int) -> Lines:
    """What one knows when it begins."""
    scenario = drill.scenario
    begins = scenario.premise or f"It is an ordinary {scenario.weekday} at {scenario.starts}."
    about = Content.assemble((line(scenario.brand.name), "bold"), ". " if scenario.brand.about else ".")
    return [
        *wrapped(about + content(scenario.brand.about), width),
        EMPTY,
        *wrapped(content(reflowed(begins)), width),
    ]
