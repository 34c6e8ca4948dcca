"""What reading a plan shows before anybody plays: where it will not hold under pressure.

Rules
1. Only what is sure is reported. What a plan leaves out is a finding where the trainer's catalogue asks for it.
2. With a scenario, the plan is also held against the world as it is there: accounts, scheduled content, people.
3. No rule looks at a clock: dates are compared with `as_of`, and without it none is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from drills.plan.edits import Loc, diff, edited
from drills.plan.gap_rules import gap_rules
from drills.plan.lint import accounts, approval, rules, words
from drills.plan.lint.view import Finding, View
from drills.plan.model import Plan
from scenarios.model import Scenario
from scenarios.source import Problem, Source, loads

_ROUNDS = 3

RULES: tuple[Callable[[View], Iterator[Finding]], ...] = (
    approval.slow_approval,  # PG-01
    approval.bad_deputy,  # PG-02
    words.unfitting_words,  # PG-03
    accounts.unstoppable_content,  # PG-06
    accounts.locked_accounts,  # PG-07
    words.blind_spots,  # PG-08
    approval.uncovered_hours,  # PG-09
    approval.no_bypass,  # PG-10
    approval.nobody_else_reads,  # PG-11
    rules.no_end,  # PG-12
    approval.empty_seats,  # PG-13
    rules.overdue,  # PG-14
    accounts.unready_page,  # PG-15
    accounts.unusable_private_way,  # PG-16
    rules.no_priorities,  # PG-17
    rules.colleagues_not_told,  # PG-18
    rules.partners_not_covered,  # PG-19
    words.access_kept,  # PG-20
    words.no_light_touch,  # PG-21
    words.undefined_words,  # PG-22
    rules.contradictory_permissions,  # PG-23
    accounts.too_few,  # PG-24
    words.no_lookalike_procedure,  # PG-25
)
"""All but PG-04 and PG-05, which only a run can show."""


def lint(plan: Plan, scenario: Scenario | None = None, *, as_of: date | None = None) -> tuple[Finding, ...]:
    """Every place where the plan does not hold, by gap and then by place."""
    view = View(plan, scenario, as_of)
    return tuple(sorted((one for rule in RULES for one in rule(view)), key=_order))


def lint_problems(
    source: Source[Plan], scenario: Scenario | None = None, *, as_of: date | None = None
) -> list[Problem]:
    """The findings as warnings about the plan's file, in its order."""
    return sorted(
        source.problem(one.loc, _words(one), severity="warning") for one in lint(source.value, scenario, as_of=as_of)
    )


def proposal(source: Source[Plan], *, as_of: date | None = None) -> str:
    """All changes that lint proposes for a plan's file, as one unified diff; '' where there are none."""
    text, plan = source.text, source.value
    for _ in range(_ROUNDS):  # a text that was missing may, once it is there, lack an approval
        edits = [edit for finding in lint(plan, as_of=as_of) for edit in finding.edits]
        if not edits:
            break
        text = edited(text, edits)
        plan = loads(text, source.name, Plan).value
    return diff(source.text, text, Path(source.name).name)


def _words(one: Finding) -> str:
    advice = one.advice[:1].upper() + one.advice[1:]
    return f"{one.gap} {gap_rules()[one.gap].title}: {one.message}. {advice}"


def _order(one: Finding) -> tuple[str, list[tuple[int, str]], str]:
    """Loc parts are keys and indexes: indexes count as numbers, and come before keys."""
    return one.gap, [(part, "") if isinstance(part, int) else (-1, part) for part in one.loc], one.message


__all__ = ["RULES", "Finding", "Loc", "lint", "lint_problems", "proposal"]
