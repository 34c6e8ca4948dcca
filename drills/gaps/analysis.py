"""What a run says about the plan under test and about people, put together. A pure function of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from drills.gaps.attribution import attributions
from drills.gaps.dynamic import signs
from drills.gaps.earlier import EarlierRun, stuck
from drills.gaps.improvements import improvements
from drills.gaps.merge import PlanFile, merged
from drills.gaps.model import Analysis, PlanGap
from drills.gaps.scene import Scene, Sign
from drills.gaps.waits import waits
from drills.run import Run
from drills.scoring.card import Scorecard
from drills.scoring.first_word import waited
from drills.scoring.record import Record
from drills.scoring.rubric import load


def analyse(run: Run, card: Scorecard, *, as_of: date | None = None, earlier: Sequence[EarlierRun] = ()) -> Analysis:
    """Gaps of the plan, why each task went as it did, what to change, and whether earlier changes have stuck.

    `as_of`: the day by which dates in the plan are judged; left out, the day the drill is set on, else the run's own;
    a simulated run may have neither.
    `earlier`: finished runs of the same drill, oldest first. Without a plan there are no gaps.
    """
    start = day(run)
    record = Record(run, load(run.drill.file.rubric))
    scene = None if run.drill.plan is None or not run.log else Scene(record, card, run.drill.plan)
    gaps: tuple[PlanGap, ...] = ()
    seen: tuple[Sign, ...] = ()
    shared: tuple[str, ...] = ()
    diff = ""
    if scene is not None:
        seen = signs(scene)
        before = {id_ for one in earlier for id_ in one.shown}
        touched = [task.id for task in card.tasks if task.rating != "-"]
        gaps, diff = merged(scene, seen, PlanFile(scene.plan, run.drill.texts.get("plan")),
                            as_of or run.drill.file.date or start, touched, before)  # fmt: skip
        shared = tuple(dict.fromkeys(sign.gap for sign in seen if sign.gap in before))
    why = attributions(scene, card, gaps, seen)
    return Analysis(
        gaps=gaps,
        attributions=why,
        improvements=improvements(run.drill, scene, gaps, why, start),
        stuck=stuck(earlier, gaps, why),
        waits=waits(record) if run.log else (),
        waited_ms=waited(record) if run.log else 0,
        as_run=card.raw,
        controllable=card.controllable,
        diff=diff,
        shared=shared,
    )


def asked_for(name: str, run: Run, card: Scorecard) -> EarlierRun:
    """What later runs of the drill are held against: the actions that this run asked for, and the gaps it showed."""
    found = analyse(run, card)
    return EarlierRun(
        name, found.improvements, tuple(dict.fromkeys(gap.id for gap in found.gaps if gap.seen != "file"))
    )


def day(run: Run) -> date | None:
    """The day a run was played on; None for one that was only simulated."""
    try:
        return datetime.fromisoformat(run.started).date() if run.started else None
    except ValueError:
        return None
