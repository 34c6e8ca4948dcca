"""`stormdrill practice`: the ladder, how fresh each skill is, and what to practise next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tui.commands.speech import Json, columns, print_json, show

if TYPE_CHECKING:
    from drills.practice.skills import Attempt, Skill, Suggestion
    from drills.practice.standing import Standing

WORDS = {"fresh": "fresh", "fading": "fading", "due": "due", "never": "new"}
"""What a skill's freshness is called; one that was tried and not passed is `not yet`."""


def practice(as_json: Json = False) -> None:
    """Show where you stand: ten short exercises, what is due again and why. It is yours alone."""
    from drills.practice.standing import standing

    found = standing(date.today())
    if as_json:
        print_json(_data(found))
        return
    _print(found)


def _print(found: Standing) -> None:
    from textwrap import wrap

    trained = {one.skill for one in found.exercises}
    width = max(len(skill.title) for skill in found.skills)
    print(f"{'STEP':6} {'':{width}}  STATE     LAST PASSED  DUE")
    for skill in found.skills:
        passed = skill.passed.isoformat() if skill.passed else "-"
        due = skill.due.isoformat() if skill.due else "-"
        state = "no drill" if skill.skill not in trained else _state(skill)
        show(f"{skill.ladder or '-':6} {skill.title:{width}}  {state:8}  {passed:11}  {due}")
    lines = [""]
    for suggestion in found.suggestions[:3]:
        exercise = suggestion.exercise
        lead = "Next: " if suggestion is found.suggestions[0] else "Then: "
        said = f"{exercise.title} ({exercise.minutes} min). {suggestion.why}"
        lines += wrap(said, columns() - 1, initial_indent=lead, subsequent_indent="      ")
        lines.append(f"      {_how(suggestion)}")
    if found.needed:
        many = ", ".join(found.needed)
        said = f"Before a seat in a team, these steps are worth passing: {many}. It is advice; nothing is locked."
        lines += ["", *wrap(said, columns() - 1)]
    lines += [f"! {problem}" for problem in found.history.problems]
    for line in lines:
        show(line)


def _state(skill: Skill) -> str:
    return "not yet" if skill.freshness == "never" and skill.tried else WORDS[skill.freshness]


def _how(suggestion: Suggestion) -> str:
    """How to start it from here."""
    exercise = suggestion.exercise
    return f"stormdrill play {exercise.id}" if exercise.kind == "drill" else "stormdrill, and choose it in the lobby"


def _data(found: Standing) -> dict[str, Any]:
    return {
        "today": found.today.isoformat(),
        "skills": [_skill(one) for one in found.skills],
        "next": [
            {"exercise": one.exercise.id, "kind": one.exercise.kind, "skill": one.skill.skill, "why": one.why}
            for one in found.suggestions
        ],
        "needed_before_a_team_seat": list(found.needed),
        "exercises": [
            {
                "id": one.id,
                "title": one.title,
                "kind": one.kind,
                "skill": one.skill,
                "ladder": one.ladder,
                "minutes": one.minutes,
                "content_notes": list(one.notes),
            }
            for one in found.exercises
        ],
        "problems": list(found.history.problems),
    }


def _skill(skill: Skill) -> dict[str, Any]:
    return {
        "skill": skill.skill,
        "ladder": skill.ladder,
        "title": skill.title,
        "freshness": skill.freshness,
        "tried": skill.tried.isoformat() if skill.tried else None,
        "passed": skill.passed.isoformat() if skill.passed else None,
        "step": skill.step,
        "due": skill.due.isoformat() if skill.due else None,
        "attempts": [_attempt(one) for one in skill.attempts],
    }


def _attempt(one: Attempt) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "at": one.at,
        "passed": one.passed,
        "right": one.right,
        "of": one.of,
        "source": one.source,
    }
