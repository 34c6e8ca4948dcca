"""Whether what earlier runs of a drill asked for has stuck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.gaps.model import Attribution, Improvement, PlanGap, Stuck
from drills.plan.gap_rules import gap_rules


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A finished run of the same drill, before this one."""

    name: str
    """Its folder's name."""
    improvements: tuple[Improvement, ...]
    shown: tuple[str, ...] = ()
    """The plan gaps that it showed, by id; those that only the plan's file tells are not among them."""


def stuck(
    earlier: Sequence[EarlierRun], gaps: Sequence[PlanGap], attributions: Sequence[Attribution]
) -> tuple[Stuck, ...]:
    """Every corrective action of the earlier runs, oldest first, with what this run says about it."""
    first: dict[str, tuple[Improvement, str]] = {}
    for run in earlier:
        for one in run.improvements:
            first.setdefault(one.id, (one, run.name))
    return tuple(_verdict(one, since, gaps, attributions) for one, since in first.values())


def _verdict(one: Improvement, since: str, gaps: Sequence[PlanGap], attributions: Sequence[Attribution]) -> Stuck:
    what = one.id.removeprefix("IP-")
    by_task = {each.task: each for each in attributions}
    if one.label == "training":
        task = by_task.get(what)
        if task is None:
            return Stuck(one, since, "not tested", f"This run did not ask for {what}.")
        if task.label == "training gap":
            return Stuck(one, since, "came back", f"{what} was rated {task.rating} again. {task.why}")
        if task.rating in ("P", "S"):
            return Stuck(one, since, "held", f"{what} was rated {task.rating}.")
        return Stuck(one, since, "not tested", f"{what} was rated {task.rating}, but the plan stood in the way.")
    again = [gap for gap in gaps if gap.id == what]
    seen = [gap for gap in again if gap.seen != "file"]
    if seen:
        return Stuck(one, since, "came back", f"This run shows it again. {seen[0].finding}")
    if again:
        why = f"The plan still has it; this run did not show it. {again[0].finding}"
        return Stuck(one, since, "still there", why)
    tasks = [by_task[task] for task in gap_rules()[what].tasks if task in by_task]
    if not tasks:
        return Stuck(one, since, "not tested", "This run asked for nothing that it touches.")
    rated = ", ".join(f"{task.task} {task.rating}" for task in tasks)
    return Stuck(one, since, "held", f"Neither the plan nor this run shows it any more ({rated}).")
