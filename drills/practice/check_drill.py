"""What makes a drill an exercise, checked: its step of the ladder, its skill, and the names in its marks."""

from __future__ import annotations

from drills.drill import DrillFile
from drills.practice.ladder import ladder, step_of
from drills.practice.marks_model import LineMark, TaskMark
from drills.scoring.lines import TITLES as LINES
from drills.scoring.tasks import TITLES as TASKS
from scenarios.source import Problem, Source


def check_practice(file: Source[DrillFile]) -> list[Problem]:
    """Every problem of what makes a drill an exercise: its step, its skill, the names in its marks."""
    practice, found = file.value.practice, []
    if practice is None:
        return []
    if wrong := skill_problem(practice.id, practice.skill):
        at = "skill" if step_of(practice.id) else "id"
        found.append(file.problem(("practice", at), wrong))
    for index, mark in enumerate(practice.passes):
        names = {"line": LINES} if isinstance(mark, LineMark) else {"task": TASKS} if isinstance(mark, TaskMark) else {}
        for key, known in names.items():
            name = getattr(mark, key)
            if name not in known:
                message = f"the scorecard has no {key} {name!r}; it has {', '.join(known)}"
                found.append(file.problem(("practice", "passes", index, key), message))
    return found


def skill_problem(ladder_id: str | None, skill: str) -> str:
    """What is wrong with a step and a skill that do not belong together, or ''."""
    if ladder_id is None:
        return ""
    step = step_of(ladder_id)
    if step is None:
        known = [each.id for each in ladder()]
        return f"the ladder has no step {ladder_id!r}: it goes from {known[0]} to {known[-1]}"
    return "" if step.skill == skill else f"{step.id} trains the skill {step.skill!r}, got {skill!r}"
