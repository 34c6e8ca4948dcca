"""The contingency plan under test: its format, its cross-references, and what it says about people."""

from drills.plan.check import check_plan
from drills.plan.company import channels, keys, turns, wanted
from drills.plan.edits import Add, Drop, Edit, Put, diff, edited
from drills.plan.gap_rules import GapRule
from drills.plan.model import Plan
from drills.plan.organisation import Partner, Person
from drills.plan.people import (
    CABINET,
    approval_timeout_ms,
    colleagues,
    deadlines,
    emergency_rule,
    leave_to_own,
    oneself,
    plain_plan,
    preapproved,
    says,
    stand_ins,
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
    "Add",
    "Drop",
    "Edit",
    "GapRule",
    "Partner",
    "Person",
    "Plan",
    "Put",
    "Task",
    "Trigger",
    "approval_timeout_ms",
    "channels",
    "check_plan",
    "colleagues",
    "deadlines",
    "diff",
    "edited",
    "emergency_rule",
    "keys",
    "leave_to_own",
    "on_duty",
    "oneself",
    "parse_trigger",
    "plain_plan",
    "preapproved",
    "says",
    "stand_ins",
    "tasks",
    "turns",
    "validators",
    "wanted",
    "who",
]
