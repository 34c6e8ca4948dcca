"""What the plan says to do for each critical task, and whether the log shows that it was done so.

Rules
1. A step is a line of the dashboard, an escalation table or a list of criteria, at the level that this run asked for.
2. A step was followed when it was begun in its own time, in its own way: who had to approve was asked, who had to be
   told was told. How long others then took is not the team's.
3. Where the plan gives a step no time, any time before the run's end will do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drills.gaps import speaking
from drills.gaps.scene import Scene, lasting, level_name
from drills.gaps.signals import Signals
from drills.gaps.step import Planned, began, due_by, in_words, outcome, peak
from drills.plan import deadlines
from drills.scoring.card import Evidence
from drills.scoring.speed import noticed
from engine.actions import Action
from scenarios.moments import show_moment


def planned(scene: Scene, task: str) -> Planned | None:
    """The plan's step for a critical task at the level that this run asked for; None where it has none."""
    return _STEPS[task](scene)


def _first(scene: Scene, start: int, *verbs: str, kind: str = "") -> Action | None:
    return next((one for one in scene.record.actions if one.at_ms >= start and one.do in verbs
                 and kind in ("", one.kind)), None)  # fmt: skip


def _detect(scene: Scene) -> Planned | None:
    level = peak(scene)
    found = scene.line("triage-inbox", level)
    if found is None:
        return None
    line, start = found[1], scene.record.trigger_ms or 0
    return Planned(
        in_words(scene, line, "goes through what comes in", level),
        *outcome("took up what had come in", noticed(scene.record), due_by(scene, line, start)), line.does or "",
    )  # fmt: skip


def _classify(scene: Scene) -> Planned | None:
    level = peak(scene)
    found = scene.line("classify", level)
    if found is None:
        return None
    line = found[1]
    missed: list[int] = []
    named: list[Evidence] = []
    for start, end, real in scene.record.segments():
        by = min(due_by(scene, line, start), end)
        done = [at for at, _ in scene.record.levels if start <= at <= by]
        if real >= 2 and by < scene.record.end_ms + 1 and not done and scene.record.said_at(start) != real:
            missed.append(start)
        named += [Evidence(at, "the team says what it is") for at in done[:1]]
    said = "Every change was looked at in time."
    if missed:
        said = f"What began at {show_moment(missed[0])} was not named in the plan's time."
    words, partly = in_words(scene, line, "says what it is", level), bool(scene.record.levels)
    return Planned(words, not missed, said, tuple(named[:4]), partly, line.does or "")


def _escalate(scene: Scene) -> Planned | None:
    record, level = scene.record, peak(scene)
    due = deadlines(scene.plan, level)
    if not due:
        return None
    since = began(scene, level)
    told: dict[str, int] = {}
    for action in record.actions:
        if action.do in ("escalate", "ask", "inform", "request_approval"):
            for to in action.to:
                told.setdefault(to, action.at_ms)
    played = {id_ for id_, one in record.people.items() if one.role in record.seats}
    wanted = {id_: within for id_, within in due.items() if id_ not in played and since + within <= record.end_ms}
    late = [id_ for id_, within in wanted.items() if told.get(id_, record.end_ms + 1) > since + within]
    step = f"At {level_name(level)}: {', '.join(f'{scene.name(id_)} within {lasting(ms)}' for id_, ms in due.items())}."
    did = f"{len(wanted) - len(late)} of {len(wanted)} were told in the plan's time."
    if late:
        did = f"{did[:-1]}; not {scene.names(late)}."
    evidence = tuple(Evidence(told[id_], f"{scene.name(id_)} told") for id_ in wanted if id_ in told)
    return Planned(step, not late, did, evidence[:4], len(late) < len(wanted))


def _stop(scene: Scene) -> Planned | None:
    record, level = scene.record, peak(scene, 2)
    found = scene.line("pause-content", level)
    if found is None:
        return None
    line = found[1]
    since = began(scene, 2)
    due = [
        one for one in scene.scenario.content
        if one.listed and one.at > since and one.at < record.end_ms and (not line.covers or one.kind in line.covers)
    ]  # fmt: skip
    tried = {action.target: action.at_ms for action in record.actions if action.do in ("pause", "edit")}
    tried |= {void.target: void.at_ms for void in scene.voids if void.do in ("pause", "edit")
              and (void.reason != "lock-out" or scene.shut_out(void))}  # fmt: skip
    left = [one.id for one in due if tried.get(one.id, record.end_ms) >= one.at]
    did = (
        f"Not held in time: {', '.join(left)}." if left else "Everything that the plan covers was held, or tried to be."
    )
    evidence = tuple(Evidence(tried[one.id], f"{one.id} held or tried to be", one.id) for one in due if one.id in tried)
    words = in_words(scene, line, "stops what is scheduled", level)
    return Planned(words, not left, did, evidence[:4], len(left) < len(due), line.does or "")


def _inform(scene: Scene) -> Planned | None:
    level = peak(scene)
    found = scene.line("internal-notice", level) or scene.line("partner-notice", level)
    if found is None:
        return None
    start = began(scene, min(3, level))
    done = outcome("told colleagues", _first(scene, start, "inform"), due_by(scene, found[1], start))
    return Planned(in_words(scene, found[1], "tells colleagues", level), *done, found[1].does or "")


def _end(scene: Scene) -> Planned | None:
    criteria = scene.plan.stand_down.all_of
    found = scene.line("stand-down", max(2, scene.record.peak))
    if not criteria:
        return None
    person = (found[1].does or "") if found else ""
    step = f"It ends when all of these hold: {'; '.join(map(str, criteria))}."
    done = _first(scene, 0, "stand_down")
    if done is None:
        due = any(line.id == "Es6" and line.score is not None for line in scene.card.lines)
        return Planned(step, False if due else None, "Nobody stood down.", person=person)
    signals = Signals(scene)
    not_yet = [str(one) for one in criteria if not signals.holds(one, done.at_ms)]
    did = f"Stood down at {show_moment(done.at_ms)}" + (
        f", when {'; '.join(not_yet)} did not hold." if not_yet else "."
    )
    return Planned(step, not not_yet, did, (Evidence(done.at_ms, "stood down", done.id),), person=person)


_STEPS: Mapping[str, Callable[[Scene], Planned | None]] = {
    "CT1": _detect,
    "CT2": _classify,
    "CT3": _escalate,
    "CT4": _stop,
    "CT5": speaking.acknowledge,
    "CT6": speaking.instruct,
    "CT7": speaking.answer,
    "CT8": speaking.hub,
    "CT9": speaking.validate,
    "CT10": speaking.press,
    "CT11": _inform,
    "CT12": _end,
}
