"""What the lobby says: a row for a drill, an exercise and a run, and all about what is under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from drills.drill import Drill
from drills.practice.skills import Skill
from drills.practice.standing import Standing
from drills.review_text import RATINGS, WATERMARK, points
from drills.shelf import RunInfo
from scenarios.days import day_of, show_date, show_short
from scenarios.moments import show_moment
from tui.safe import content, line
from tui.screens.learner_text import SIGNS, history, next_words, state
from tui.screens.lobby_entries import DRILLS, PRACTICE, Entry
from tui.widgets.prose import EMPTY, Lines, fitted, hang, heading, joined, reflowed, spread, styled, wrapped

LENGTHS = {"micro": "●○○○", "pair": "●●○○", "team": "●●●○", "full": "●●●●"}
"""The level as it is drawn: from a few minutes alone to the full exercise."""
WIDE = 58
"""Cells from which on a row has room for level and people."""
KINDS = {"micro": "short", "pair": "for two", "team": "for a team", "full": "a full exercise"}
"""The same in words."""
_STATE, _BRIEF = 12, 7
_PREMISE_LINES = 6
WHAT = "Rehearse a social-media crisis. Nothing you write leaves this machine."
_DRAWN = "●○○○ some minutes  ●●●● a full exercise"


def head(runs: Sequence[RunInfo], standing: Standing | None, width: int, *, toured: bool) -> Content:
    """What this is, and the one thing to do next. `toured`: whether the tour was taken to its end."""
    name = Content.assemble((" EXERCISE ", "bold reverse"), ("  Stormdrill", "bold"))
    lines = [spread(name, styled(f"{WATERMARK} ", "$muted"), width), fitted(Content(f" {WHAT}"), width)]
    if hint := _hint(runs, standing, toured):
        lines.append(fitted(hint, width))
    return joined(lines)


def _hint(runs: Sequence[RunInfo], standing: Standing | None, toured: bool) -> Content | None:
    fresh = not runs and (standing is None or not standing.history.attempts)
    if fresh and not toured:
        return styled(" First time here? Press t: four quiet minutes that teach the keys.", "bold $success")
    if standing is None or not standing.suggestions:
        return None
    told = next_words(standing.suggestions[0], standing.today)
    return Content.assemble((" Next: ", "bold $success"), told)


def group(name: str, width: int) -> Content:
    """The head of a group, with what its dots mean where there is room."""
    if name == DRILLS and width >= WIDE:
        return spread(styled(f" {name}", "bold $primary"), styled(f"{_DRAWN} ", "$muted"), width)
    return styled(f" {name}", "bold $primary")


def score(run: RunInfo | None) -> Content:
    """A run's total and rating, or that there is none yet."""
    if run is None or run.total is None:
        return styled("new" if run is None else "–", "$muted")
    return Content.assemble((points(run.total), "bold"), f" {line(run.rating, 1)}")


def played(entry: Entry, runs: Iterable[RunInfo]) -> list[RunInfo]:
    """The runs of a drill that were played, the newest first, as they are given."""
    return [run for run in runs if run.drill_id == entry.id and run.state != "unfinished"]


def row(entry: Entry, runs: Sequence[RunInfo], standing: Standing | None, width: int) -> Content:
    """Title, length in real minutes, level, people where there is room, then how one stands with it."""
    wide = width >= WIDE
    mark = _mark(entry, runs, standing, wide)
    told = Content(f"{entry.minutes:>3} min  " if wide else f"{entry.minutes:>2} min  ")
    file = entry.drill.file if entry.drill is not None else None
    if file is not None and entry.group == DRILLS:  # every exercise is short, and played alone: its group says so
        dots = styled(f"{LENGTHS[file.length]}  ", "$primary")
        told = told + dots + Content(f"{_people(file.people):<9} ") if wide else dots + told
    told += fitted(mark, _STATE if wide else _BRIEF)
    step = f"{entry.step:<5} " if entry.group == PRACTICE else ""
    head = Content.assemble(" ", (step, "$muted"), line(entry.title))
    return spread(head, told, width)


def _mark(entry: Entry, runs: Sequence[RunInfo], standing: Standing | None, wide: bool) -> Content:
    """A short exercise by how fresh its skill is, a drill by its last score."""
    if entry.group != PRACTICE:
        return score(next(iter(played(entry, runs)), None))
    skill = standing.of(entry.id) if standing is not None else None
    if skill is None or standing is None:
        return EMPTY
    if skill.passed is not None and skill.due is not None and skill.freshness == "due":
        days = skill.overdue(standing.today)
        since = "" if not wide else " today" if days == 0 else f" for {days} d"
        return styled(f"due{since}", "bold $warning")
    if not any(one.exercise == entry.id for one in skill.attempts):
        return styled("new", "$muted")
    if skill.passed is None:
        return styled("not yet", "$warning")
    sign, colour, word = SIGNS[skill.freshness]
    return styled(f"{sign} {word}", colour)


def run_row(run: RunInfo, width: int) -> Content:
    """When it was played, which drill, how it ended."""
    day = styled(f" {_short(run.started, wide=width >= WIDE)}  ", "$muted")
    if run.state == "unfinished":
        word = "continue: left at" if width >= WIDE else "left at"
        end = Content.assemble((f"{word} {show_moment(run.reached_ms)} ", "bold $warning"))
    elif run.state == "stopped":
        end = Content.assemble((f"stopped at {show_moment(run.reached_ms)}  ", "$muted"), score(run), " ")
    else:
        end = score(run) + Content(" ")
    if run.retry_of:
        end = styled("retry  ", "$muted") + end
    return spread(day + Content(line(run.title)), end, width)


def feet(
    run: RunInfo | None, entry: Entry | None, find: str, *, left: bool, past: bool, its: bool
) -> tuple[str, dict[str, str]]:
    """Which last line the lobby has, and what its keys do now.

    `run` and `entry`: what is under the cursor. `find`: none, here (somebody writes) or left. `left`: whether a run
    can be gone on with; `past`: whether one can be looked back on, and whether it is `its`, the entry's own.
    """
    start = "" if entry is None else "Start"
    if run is not None:
        start = "Continue" if run.state == "unfinished" else "Review"
        return "lobby", {"continue": "", "start": start, "look-back": ""}
    if find != "none":
        return "lobby-find", {"start": "To the list" if start and find == "here" else start}
    names = {"start": start, "look-back": "" if not past else "Its review" if its else "Last review"}
    if entry is None:  # there is nothing to find either
        names["find-drill"] = ""
    return "lobby", names if left else {**names, "continue": ""}


def about(entry: Entry, runs: Sequence[RunInfo], standing: Standing | None, width: int) -> Content:
    """All about it that does not spoil it."""
    lines: Lines = [*wrapped(styled(line(entry.title), "bold"), width), *wrapped(_facts(entry), width)]
    blurb = entry.drill.file.blurb if entry.drill is not None else entry.exercise.about if entry.exercise else ""
    if blurb:
        lines += [EMPTY, *wrapped(content(blurb), width)]
    if entry.drill is not None and entry.drill.file.objectives:
        lines += heading("You learn to")
        lines += [one for text in entry.drill.file.objectives for one in hang("· ", content(text), width)]
    notes = (
        entry.drill.scenario.content_notes
        if entry.drill is not None
        else entry.exercise.notes
        if entry.exercise
        else ()
    )
    if notes:
        lines += heading("May be hard to read", "bold $warning")
        lines += wrapped(content(", ".join(notes)), width)
    skill = standing.of(entry.id) if standing is not None else None
    if skill is not None and standing is not None:
        lines += heading("Where you stand")
        lines += _stand(skill, standing, width)
    if own := played(entry, runs):
        lines += heading("Your runs")
        lines += _own(own, width)
    if entry.drill is not None:
        lines += _story(entry.drill, width)
    return joined(lines)


def about_run(run: RunInfo, width: int) -> Content:
    """How a run that is on the shelf went, in words, and what enter does with it."""
    lines: Lines = [*wrapped(styled(line(run.title), "bold"), width)]
    lines += wrapped(styled(f"played {_day(run.started)}", "$muted"), width)
    if run.state == "unfinished":
        told = Content.assemble("You left it at ", (show_moment(run.reached_ms), "bold"), ". It goes on from there.")
        return joined([*lines, EMPTY, *wrapped(told, width)])
    if run.state == "stopped":
        lines += [EMPTY, *wrapped(Content(f"It was stopped at {show_moment(run.reached_ms)}."), width)]
    if run.total is not None:
        lines += [EMPTY, *wrapped(Content.assemble((points(run.total), "bold"), " of 100"), width)]
        rating = Content.assemble((line(run.rating, 1), "bold"), "  ")
        lines += hang(rating, Content(RATINGS.get(run.rating, "")), width)
    if run.retry_of:
        lines += [EMPTY, *wrapped(Content("A retry from the middle of another run: practice, not counted."), width)]
    return joined([*lines, EMPTY, *wrapped(styled("The review says why, and what to change.", "$muted"), width)])


def _stand(skill: Skill, standing: Standing, width: int) -> Lines:
    words, style = state(skill, standing.today)
    lines = wrapped(Content.assemble(history(skill.attempts), "  " if skill.attempts else "", (words, style)), width)
    why = next((one.why for one in standing.suggestions[:1] if one.skill.skill == skill.skill), "")
    return lines + (wrapped(content(why), width) if why else [])


def _own(own: Sequence[RunInfo], width: int) -> Lines:
    """The last and the best."""
    last = own[0]
    retry = ", a retry" if last.retry_of else ""
    lines = wrapped(Content.assemble("Last ", score(last), (f"  {_day(last.started)}{retry}", "$muted")), width)
    scored = [run for run in own if run.total is not None and not run.retry_of]
    best = max(scored, key=lambda run: run.total or 0.0, default=None)
    if best is not None and len(scored) > 1:
        lines += wrapped(Content.assemble("Best ", score(best), (f"  of {len(scored)} runs", "$muted")), width)
    return lines


def _story(drill: Drill, width: int) -> Lines:
    lines: Lines = []
    if drill.scenario.premise:
        lines += heading("How it begins")
        premise = wrapped(content(reflowed(drill.scenario.premise)), width)
        if len(premise) > _PREMISE_LINES:
            premise = [*premise[: _PREMISE_LINES - 1], fitted(premise[_PREMISE_LINES - 1] + Content(" …"), width)]
        lines += premise
    return lines + heading("Plan under test") + wrapped(_plan(drill), width)


def _facts(entry: Entry) -> Content:
    if entry.drill is None:
        return Content.assemble((LENGTHS["micro"], "$primary"), (f" cards · {entry.minutes} min · alone", "$muted"))
    file = entry.drill.file
    told = f" {KINDS[file.length]} · {entry.minutes} min · {_people(file.people)}"
    facts = Content.assemble((LENGTHS[file.length], "$primary"), (told, "$muted"))
    if file.people > 1:
        facts += styled("; alone, the others are played for you", "$muted")
    return facts


def _plan(drill: Drill) -> Content:
    plan = drill.plan
    if plan is None:
        return styled("None: a plain team of roles.", "$muted")
    tested = "" if plan.meta.last_tested is None else f", last tested {show_date(plan.meta.last_tested)}"
    return Content.assemble(line(plan.company.name), (f", version {line(plan.meta.version)}{tested}", "$muted"))


def _people(count: int) -> str:
    return "alone" if count == 1 else f"{count} people"


def _day(started: str) -> str:
    """When a run began: `21 November 2026, 18:20`."""
    when = day_of(started)
    return line(started[:16]) if when is None else f"{show_date(when)}, {line(started[11:16])}"


def _short(started: str, *, wide: bool) -> str:
    """The same for a row, always as wide: `21 Nov 2026, 18:20`, or `21 Nov` where there is little room."""
    when = day_of(started)
    if when is None:
        return line(started[:6], 6)
    return f"{show_short(when)} {when.year}, {line(started[11:16], 5)}" if wide else show_short(when)
