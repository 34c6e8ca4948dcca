"""The list of scripted events as they were played (MSEL), with what was expected and what came of it."""

from __future__ import annotations

from drills.report.model import Event
from drills.report.timeline import channel
from drills.scoring.record import Record
from drills.scoring.steps import Step
from engine.events import InjectFired
from scenarios.model import Inject
from scenarios.moments import MINUTE, SECOND, show_moment

_LATE = MINUTE
"""A timed inject that came later than this after its time was late."""


def events(record: Record, steps: tuple[Step, ...]) -> tuple[Event, ...]:
    """Every scripted inject: those that were sent in the order of sending, then those that were not."""
    by = {event.inject: event.by for event in reversed(tuple(record.of(InjectFired)))}
    held = {inject.id for inject in record.scenario.contingency}
    done = {step.id: step for step in steps}
    order = sorted(record.injects.values(), key=lambda one: record.fired.get(one.id, record.end_ms + 1))
    return tuple(
        _event(record, number, inject, by.get(inject.id, ""), done.get(inject.id), held=inject.id in held)
        for number, inject in enumerate(order, 1)
    )


def _event(record: Record, number: int, inject: Inject, by: str, step: Step | None, *, held: bool) -> Event:
    at_ms = record.fired.get(inject.id, -1)
    planned = -1 if inject.at is None else inject.at
    late = planned >= 0 and at_ms > planned + _LATE
    desk = record.run.desk
    return Event(
        number=number,
        id=inject.id,
        planned_ms=planned,
        at_ms=at_ms,
        real=_real(record, at_ms),
        phase=f"L{record.truth_at(at_ms)}" if at_ms >= 0 else "",
        type="contingency" if held else "expected-action" if inject.expects else "contextual",
        mode=inject.kind.replace("_", " "),
        channel=channel(record, inject.channel),
        from_=desk.name_of(inject.by) if inject.by else "brand" if inject.kind == "own_post" else "the public",
        to="everybody" if inject.kind in ("post", "own_post", "news") else "the desk",
        content=" ".join(f"{inject.subject}: {inject.text}".removeprefix(": ").split()),
        trigger=by or ("condition" if inject.when else "branch or facilitator" if held else "time"),
        expected=(inject.expects.why or f"an answer within {inject.expects.within // MINUTE} min")
        if inject.expects
        else "",
        deadline_ms=step.due_ms if step else -1,
        task=inject.expects.task if inject.expects else "",
        evaluation=_judged(step),
        difficulty=inject.trap,
        status=("late" if late else "sent") if at_ms >= 0 else "held" if held else "skipped",
        remarks=inject.note,
    )


def _real(record: Record, at_ms: int) -> str:
    """The desk's clock, without pauses."""
    if at_ms < 0:
        return ""
    seconds = round(at_ms / record.run.pace / SECOND)
    return f"{seconds // 60}:{seconds % 60:02}"


def _judged(step: Step | None) -> str:
    if step is None:
        return ""
    if step.done_ms is None:
        return "not done" if step.score is not None else "not yet due when the run ended"
    when = f"done at {show_moment(step.done_ms)}"
    return f"{when}, in time" if step.done_ms <= step.due_ms else f"{when}, late"
