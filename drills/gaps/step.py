"""A step of the plan: what it says, and what the log shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from drills.gaps.scene import Scene, lasting, level_name
from drills.plan import Task
from drills.scoring.card import Evidence
from engine.actions import Action
from scenarios.moments import show_moment


@dataclass(frozen=True, slots=True)
class Planned:
    """A step of the plan, and what the log shows of it."""

    step: str
    """What the plan says, in one sentence."""
    followed: bool | None
    """None: this run never came to the step itself, only to other things that the task is made of."""
    did: str
    """What was done of it, in one sentence."""
    evidence: tuple[Evidence, ...] = ()
    partly: bool = False
    """Begun late, or done in part: what was not followed was at least not another way."""
    person: str = ""
    """Who does it by the plan: an id, or ''."""


def peak(scene: Scene, least: int = 0) -> int:
    return max(least, scene.record.peak)


def began(scene: Scene, level: int) -> int:
    """When a level asked for something; STARTEX where it never was."""
    return scene.record.asked(level) or 0


def due_by(scene: Scene, line: Task, start: int) -> int:
    """By when a line of the dashboard wants it done; the run's end where it gives no limit."""
    return scene.record.end_ms if line.limit is None else start + line.limit


def in_words(scene: Scene, line: Task, what: str, level: int) -> str:
    """The line as a sentence."""
    who = f"{scene.name(line.does)} {what}" if line.does else f"Somebody {what}"
    says = f", signed by {scene.names(line.says)}" if line.says else ""
    order = " one after another" if line.in_order else ""
    checks = f", approved by {scene.names(line.validates)}{order}" if line.validates else ""
    ready = ", in words approved beforehand" if line.preapproved else ""
    limit = f" within {lasting(line.limit)}" if line.limit is not None else ""
    return f"At {level_name(level)}: {who}{limit}{says}{checks}{ready}."


def outcome(what: str, action: Action | None, by: int) -> tuple[bool, str, tuple[Evidence, ...], bool]:
    """Whether it was done in time, what was done in one sentence, the evidence, and whether it was done late."""
    if action is None:
        return False, f"Nobody {what}.", (), False
    late = "" if action.at_ms <= by else f", due at {show_moment(by)}"
    evidence = (Evidence(action.at_ms, f"{action.seat} {what}", action.id),)
    return not late, f"{action.seat} {what} at {show_moment(action.at_ms)}{late}.", evidence, bool(late)
