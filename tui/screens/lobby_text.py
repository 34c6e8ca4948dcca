"""What the lobby says: a row for a drill and for a run, and all about the drill under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from drills.drill import Drill
from drills.review_text import points
from drills.shelf import RunInfo
from scenarios.moments import show_moment
from tui.safe import content, line
from tui.widgets.prose import EMPTY, Lines, fitted, hang, heading, joined, reflowed, spread, styled, wrapped

LENGTHS = {"micro": "●○○○", "pair": "●●○○", "team": "●●●○", "full": "●●●●"}
"""The level as it is drawn: from a few minutes alone to the full exercise."""
_PREMISE_LINES = 6


def score(run: RunInfo | None) -> Content:
    """A run's total and rating, or that there is none yet."""
    if run is None or run.total is None:
        return styled("new" if run is None else "–", "$muted")
    return Content.assemble((points(run.total), "bold"), f" {line(run.rating, 1)}")


def last_run(drill: Drill, runs: Iterable[RunInfo]) -> RunInfo | None:
    """The newest run of a drill that was played, the runs being given newest first."""
    return next((run for run in runs if run.drill_id == drill.id and run.state != "unfinished"), None)


def drill_row(drill: Drill, last: RunInfo | None, width: int) -> Content:
    """Title, length in real minutes, level, people, last score."""
    dots = LENGTHS[drill.file.length]
    people = f"{drill.file.people}p" if width < 62 else _people(drill.file.people)
    tail = Content.assemble(
        f"{drill.real_minutes:>4} min  ", (dots, "$primary"), f"  {people:<{2 if width < 62 else 8}}  "
    )
    mark = score(last)
    tail += Content.blank(max(0, 5 - mark.cell_length)) + mark + Content(" ")
    return spread(Content(f" {line(drill.title)}"), tail, width)


def run_row(run: RunInfo, width: int) -> Content:
    """When it was played, which drill, how it ended."""
    day = styled(f" {_when(run.started)}  ", "$muted")
    if run.state == "unfinished":
        end = Content.assemble((f"continue: left at {show_moment(run.reached_ms)} ", "bold $warning"))
    elif run.state == "stopped":
        end = Content.assemble((f"stopped at {show_moment(run.reached_ms)}  ", "$muted"), score(run), " ")
    else:
        end = score(run) + Content(" ")
    return spread(day + Content(line(run.title)), end, width)


def about(drill: Drill, last: RunInfo | None, width: int) -> Content:
    """All about a drill that does not spoil it."""
    file, scenario = drill.file, drill.scenario
    lines: Lines = [styled(line(drill.title), "bold"), *_facts(drill, width), EMPTY]
    lines += wrapped(content(file.blurb), width) if file.blurb else []
    if file.objectives:
        lines += heading("You learn to")
        lines += [row for text in file.objectives for row in hang("· ", content(text), width)]
    if scenario.content_notes:
        lines += heading("May be hard to read", "bold $warning")
        lines += wrapped(content(", ".join(scenario.content_notes)), width)
    if scenario.premise:
        lines += heading("How it begins")
        premise = wrapped(content(reflowed(scenario.premise)), width)
        if len(premise) > _PREMISE_LINES:
            premise = [*premise[: _PREMISE_LINES - 1], fitted(premise[_PREMISE_LINES - 1] + Content(" …"), width)]
        lines += premise
    lines += heading("Plan under test")
    lines += wrapped(_plan(drill), width)
    if last is not None:
        lines += heading("Last time")
        lines += wrapped(Content.assemble(_when(last.started), ", ", score(last)), width)
    return joined(lines)


def _facts(drill: Drill, width: int) -> Lines:
    file = drill.file
    told = f" {file.length} · {drill.real_minutes} real minutes · {_people(file.people)}"
    facts = Content.assemble((LENGTHS[file.length], "$primary"), (told, "$muted"))
    if file.people > 1:
        facts += styled("; alone, the others are played for you", "$muted")
    return wrapped(facts, width)


def _plan(drill: Drill) -> Content:
    plan = drill.plan
    if plan is None:
        return styled("None: a plain team of roles.", "$muted")
    tested = "" if plan.meta.last_tested is None else f", last tested {plan.meta.last_tested.isoformat()}"
    return Content.assemble(line(plan.company.name), (f", version {line(plan.meta.version)}{tested}", "$muted"))


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _when(started: str) -> str:
    return line(started[:16].replace("T", " "))


def filtered(drills: Sequence[Drill], words: str) -> list[Drill]:
    """The drills in which every word stands somewhere: title, length, blurb, brand, objectives."""
    wanted = words.casefold().split()
    return [
        drill
        for drill in drills
        if all(
            word
            in " ".join(
                (drill.title, drill.file.length, drill.file.blurb, drill.scenario.brand.name, *drill.file.objectives)
            ).casefold()
            for word in wanted
        )
    ]
