"""What the page of one's own progress says. It compares nobody with anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from drills.practice.ladder import Exercise, step_of
from drills.practice.skills import Attempt, Skill, Suggestion, surface
from drills.practice.standing import Standing
from scenarios.days import show_day
from tui.safe import line
from tui.widgets.prose import EMPTY, Lines, fitted, hang, heading, joined, spread, styled, wrapped

SIGNS = {
    "fresh": ("●", "$success", "fresh"),
    "fading": ("◐", "$primary", "fading"),
    "due": ("○", "$warning", "due"),
    "never": ("·", "$muted", "new"),
}
"""How fresh a skill is: a sign, its colour, and the word that says it without either."""
_MOST = 8


def state(skill: Skill, today: date) -> tuple[str, str]:
    """How a skill stands, in a word or three, and its colour."""
    if skill.ready is not None:
        return "not yet: retry passed", "$warning"
    if skill.freshness == "never" and skill.tried is not None:
        return "not passed yet", "$warning"
    if skill.due is not None and skill.freshness == "due":
        late = (today - skill.due).days
        return ("due today" if late == 0 else f"due since {show_day(skill.due, today)}"), "$warning"
    if skill.due is not None:
        left = (skill.due - today).days
        when = "tomorrow" if left == 1 else f"in {left} days" if left < 15 else show_day(skill.due, today)
        return f"{SIGNS[skill.freshness][2]}, due {when}", SIGNS[skill.freshness][1]
    return "new", "$muted"


def history(attempts: tuple[Attempt, ...], most: int = _MOST) -> Content:
    """One's own attempts, the newest on the right."""
    parts = [("✓", "$success") if one.passed else ("✗", "$warning") for one in attempts[-most:]]
    return Content.assemble(*parts) if parts else EMPTY


def row(skill: Skill, today: date, width: int, *, playable: bool) -> Content:
    """One skill: its step, its name, what was tried, how fresh it is."""
    sign, colour, _ = SIGNS[skill.freshness]
    words, style = state(skill, today) if playable or skill.tried else ("no exercise yet", "$muted")
    tried = history(skill.attempts)
    tail = Content.blank(max(0, _MOST - tried.cell_length)) + tried + styled(f"  {words:<22}", style)
    left = Content.assemble((f" {sign} ", colour), (f"{skill.ladder or '  -  '}  ", "$muted"), line(skill.title))
    return spread(left, tail, width)


def about(standing: Standing, skill: Skill, width: int) -> Content:
    """All about the skill under the cursor: what it is, when and how it went, what would be played."""
    step = step_of(skill.ladder)
    lines: Lines = [styled(line(skill.title), "bold")]
    if step is not None:
        lines += wrapped(Content(f"{step.teaches[:1].upper()}{step.teaches[1:]}."), width)
    exercise = played(standing, skill)
    if exercise is not None:
        kind = "cards" if exercise.kind == "cards" else "a drill"
        facts = (f", {kind}, {exercise.minutes} min", "$muted")
        lines += wrapped(Content.assemble(("enter ", "bold $primary"), line(exercise.title), facts), width)
        if exercise.notes:
            lines += wrapped(styled(f"May be hard to read: {line(', '.join(exercise.notes))}", "$warning"), width)
    why = next((one.why for one in standing.suggestions if one.skill.skill == skill.skill), "")
    if not why and skill.due is None:
        why = "Its turn comes after the steps before it; nobody keeps you from it now."
    if why:
        lines += [EMPTY, *wrapped(styled(line(why), "$muted"), width)]
    tried = sorted((*skill.attempts, *skill.retries), key=lambda one: one.at)
    if tried:
        lines += heading("So far")
        for one in reversed(tried[-5:]):
            colour = "$muted" if one.retry else "bold $success" if one.passed else "bold $warning"
            count = f", {one.right} of {one.of}" if one.of else ""
            count += "; a retry, not counted" if one.retry else ""
            told = Content(f"{show_day(one.day, standing.today)}: {_title(standing, one)}{count}")
            lines += hang(styled("✓ " if one.passed else "✗ ", colour), told, width)
    return joined(lines)


def _title(standing: Standing, attempt: Attempt) -> str:
    return next((line(one.title) for one in standing.exercises if one.id == attempt.exercise), line(attempt.exercise))


def played(standing: Standing, skill: Skill) -> Exercise | None:
    """What enter starts: the exercise of the skill that was used least recently."""
    return surface(skill.skill, standing.exercises, standing.history.attempts)


def head(standing: Standing, width: int) -> Content:
    """What to do next and why, in one line; then what the entry rule still wants."""
    passed = sum(1 for one in standing.skills if one.passed is not None and one.ladder)
    top = spread(
        Content.assemble((" EXERCISE ", "bold reverse"), ("  Your progress", "bold")),
        styled(f"{passed} of 10 passed · only you see this ", "$muted"),
        width,
    )
    lines = [top]
    if standing.suggestions:
        told = next_words(standing.suggestions[0], standing.today)
        lines.append(fitted(Content.assemble((" Next: ", "bold $success"), told), width))
    if standing.needed:
        lines.append(fitted(styled(_needed(standing.needed, width), "$muted"), width))
    else:
        lines.append(styled(" You have passed what a seat in a team asks for.", "$success"))
    lines += [styled(f" ! {line(problem, width - 4)}", "$warning") for problem in standing.history.problems]
    return joined(lines)


def _needed(steps: Sequence[str], width: int) -> str:
    """The steps that are worth passing first, as many as there is room for, and how many more there are."""
    for shown in range(len(steps), 0, -1):
        more = f" and {len(steps) - shown} more" if shown < len(steps) else ""
        words = f" Worth passing before a seat in a team: {', '.join(steps[:shown])}{more}"
        if len(words) <= width:
            return words
    return f" {len(steps)} steps are worth passing before a seat in a team"


def next_words(first: Suggestion, today: date) -> str:
    """What to practise next and why, on one line."""
    exercise = f"{line(first.exercise.title)}, {first.exercise.minutes} min"
    if first.skill.ready is not None:
        return f"{exercise}, from its start: a retry is not counted."
    if first.again:
        return f"{exercise}, once more from its start: not passed yet."
    if first.skill.due is None:
        return f"{exercise}, the next step that is new to you."
    words, _ = state(first.skill, today)
    return f"{exercise}, {words}."
