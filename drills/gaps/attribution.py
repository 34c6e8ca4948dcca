"""Why each critical task went as it did: the plan's doing, people's, both, or nobody's at the desk.

| the plan had a step | it was followed | outcome | label |
|---|---|---|---|
| any | could not be (lock-out, absence, an approval longer than its limit) | bad | structural plan gap |
| yes | yes | bad | plan gap |
| yes | no | bad | training gap |
| yes | late, or in part | good | strength |
| yes | no | good | plan friction |
| no | improvised | good | plan addition |
| no | - | bad | plan gap |
| yes | yes | good | strength |

Good is P or S. A step that the run never came to counts as followed where the outcome is good. A structural gap is
one that the log shows: what nobody tried, nothing stood in the way of. A run without a plan has no plan gaps: what
went well is a strength, what did not is a matter of training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from drills.gaps.model import Attribution, Label, PlanGap
from drills.gaps.planned import planned
from drills.gaps.scene import Scene, Sign
from drills.gaps.step import Planned
from drills.scoring.approvals import from_stock
from drills.scoring.card import Scorecard, Task
from drills.scoring.tasks import HARMED, LINES

GOOD = ("P", "S")


def attributions(
    scene: Scene | None, card: Scorecard, gaps: Sequence[PlanGap], signs: Sequence[Sign]
) -> tuple[Attribution, ...]:
    """One for every critical task that this run asked for, in their order. No scene: the drill has no plan."""
    return tuple(_of(scene, task, gaps, signs) for task in card.tasks if task.rating != "-")


def _of(scene: Scene | None, task: Task, gaps: Sequence[PlanGap], signs: Sequence[Sign]) -> Attribution:
    good = task.rating in GOOD
    if scene is None:
        label: Label = "strength" if good else "training gap"
        return Attribution(task.id, task.title, task.rating, label, "", task.why, task.evidence)
    step = planned(scene, task.id)
    followed = step is not None and (good if step.followed is None else step.followed or (good and step.partly))
    forced = [sign for sign in signs if task.id in sign.forced and (followed or step is None) and not good]
    if followed and not forced and not good and step is not None and (fault := _own(scene, task)):
        step, followed = replace(step, did=f"{step.did} {fault}"), False
    label = "structural plan gap" if forced else label_of(step=step is not None, followed=followed, good=good)
    if label == "plan addition" and not _did_something(scene, task.id):
        return Attribution(task.id, task.title, task.rating, "strength", "", f"{_NOTHING} {task.why}", task.evidence)
    behind: tuple[str, ...] = ()
    if forced:
        behind = tuple(dict.fromkeys(sign.gap for sign in forced))
    elif label not in ("strength", "training gap"):
        touched = [gap for gap in gaps if task.id in gap.tasks and (gap.seen != "file" or step is None)]
        behind = tuple(dict.fromkeys(gap.id for gap in touched))
    evidence = (*(step.evidence if step else ()), *task.evidence)
    if forced:
        evidence = forced[0].evidence
    why = _why(label, task, step, forced)
    return Attribution(
        task.id, task.title, task.rating, label, step.step if step else "", why, tuple(evidence[:6]), behind
    )  # fmt: skip


_NOTHING = "The plan asks for nothing here, and nothing was needed."
_VERBS: Mapping[str, tuple[str, ...]] = {
    "CT3": ("escalate", "ask", "inform"),
    "CT4": ("pause", "edit"),
    "CT9": ("request_approval", "decide"),
    "CT11": ("inform",),
    "CT12": ("stand_down",),
}
"""How a team that has no step improvises one; the other tasks can't go well unless something is done."""


def _did_something(scene: Scene, task: str) -> bool:
    return task not in _VERBS or any(action.do in _VERBS[task] for action in scene.record.actions)


def _own(scene: Scene, task: Task) -> str:
    """What people did wrong beside a step of the plan that they followed; '' where nothing but the step is left."""
    if task.why.startswith(HARMED) and not any(from_stock(scene.plan, text) for text in scene.record.broadcasts):
        return "The words that did harm were the team's own."
    worth = [line.score for line in scene.card.lines if line.id in LINES.get(task.id, ()) and line.score is not None]
    if worth and sum(worth) / len(worth) >= scene.record.rubric["tasks.S"]:
        return "The step did its work; what else was asked was left undone."
    return ""


def label_of(*, step: bool, followed: bool, good: bool) -> Label:
    """The label of a task that could be done, by the table above."""
    if not step:
        return "plan addition" if good else "plan gap"
    if followed:
        return "strength" if good else "plan gap"
    return "plan friction" if good else "training gap"


def _why(label: Label, task: Task, step: Planned | None, forced: Sequence[Sign]) -> str:
    match label:
        case "structural plan gap":
            return f"Nobody at the desk could do it in time. {forced[0].finding}"
        case "plan gap" if step is None:
            return f"The plan says nothing about it. {task.why}"
        case "plan gap":
            return f"The plan's step was followed and was not enough. {step.did if step else ''} {task.why}"
        case "training gap" if step is not None and step.followed is None:
            return f"This run never came to the plan's step, and what else was asked was left undone. {task.why}"
        case "training gap":
            return f"The plan has a step, and it was not followed. {step.did if step else ''} {task.why}"
        case "plan friction":
            did = step.did if step else ""
            return f"It went well another way than the plan says. {did} Simplify it, or say why it stands."
        case "strength" if step is not None and step.followed is False:
            return f"It went well on the whole, though not all of the plan's step was done in time. {step.did}"
        case "plan addition":
            return f"The plan says nothing about it, and the team did it well: write it down. {task.why}"
        case _:
            return f"The plan's step was followed, and it worked. {task.why}"
