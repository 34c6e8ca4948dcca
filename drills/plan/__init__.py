"""The contingency plan under test: its format, its cross-references, and what it says about people."""

from drills.plan.check import check_plan
from drills.plan.model import Plan
from drills.plan.organisation import Partner, Person
from drills.plan.people import (
    CABINET,
    approval_timeout_ms,
    colleagues,
    deadlines,
    emergency_rule,
    plain_plan,
    preapproved,
    says,
    tasks,
    validators,
    who,
)
from drills.plan.rules import Task
from drills.plan.terms import FLAGS, MEASURES, TASKS, Trigger, on_duty, parse_trigger

__all__ = [
    "CABINET",
    "FLAGS",
    "MEASURES",
    "TASKS",
    "Partner",
    "Person",
    "Plan",
    "Task",
    "Trigger",
    "approval_timeout_ms",
    "check_plan",
    "colleagues",
    "deadlines",
    "emergency_rule",
    "on_duty",
    "parse_trigger",
    "plain_plan",
    "preapproved",
    "says",
    "tasks",
    "validators",
    "who",
]
