"""North Water with more of a plan than the scripted story has: for the plan's tests, and its pictures."""

from __future__ import annotations

from dataclasses import replace

from drills.plan import Plan
from engine.events import Acted, Escalated, Reached, Unreachable
from tests.tui.scripted import PLAN, ScriptedSession, story

WATER = Plan.model_validate(
    {
        **PLAN.model_dump(exclude_unset=True, include={"id", "company"}),
        "people": [
            {"id": "ana", "name": "Ana Ruiz", "role": "COM", "deputy": "ben", "reach": {"phone": "ext-100"}},
            {"id": "ben", "name": "Ben Holm", "role": "SML", "reach": {"phone": "ext-110"}},
            {"id": "lea", "name": "Lea Sand", "role": "LEG", "hours": "22-06", "reach": {"phone": "ext-150"}},
        ],
        "cabinet": {"convene_at": "L4", "seats": {"communication": "ana", "legal": "lea"}},
        "dashboard": [
            {"task": "holding-statement", "levels": ["L2", "L3"], "does": "ben", "says": "ana", "validates": "ana",
             "preapproved": True, "limit": "15m"},
            {"task": "official-statement", "levels": ["L3"], "does": "ana", "says": "ana",
             "validates": ["lea", "ana"], "limit": "90m"},
        ],
        "approval": {"emergency": {"levels": ["L3"], "by": "ben", "after": "10m"}},
        "escalation": {
            "L2": [{"to": "ben", "within": "5m"}, {"to": "ana", "within": "20m"}],
            "L3": [{"to": "ben", "within": "5m"}, {"to": "ana", "within": "10m"}, {"to": "lea", "within": "15m"}],
        },
        "severity": {"L3": {"triggers": ["media_published"]}},
        "principles": ["People before pipes."],
        "holding": [{"id": "h-water", "types": ["water-quality"], "text": "The water in {district} is brown."}],
        "playbooks": [
            {"type": "water-quality", "root": "product", "holding": "h-water", "first_steps": ["ask-the-lab"]},
            {"type": "burst-main", "root": "operations", "hub_needed": True},
        ],
    }
)  # fmt: skip


def water(plan: Plan | None = WATER, *, level: int | None = None, coach: str = "on") -> ScriptedSession:
    """North Water with more of a plan; nobody has been called so far."""
    called = (Acted, Escalated, Reached, Unreachable)
    session = ScriptedSession([event for event in story() if not isinstance(event, called)], coach=coach)
    session.drill = replace(session.drill, plan=plan)
    if level is not None:
        session.tick()
        session.act("classify", level=level, root_cause="operations")
    return session
