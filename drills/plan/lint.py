"""What reading a plan shows before anybody plays: where it will not hold under pressure.

Rules
1. Only what is sure is reported. What a plan leaves out is a finding where the trainer's catalogue asks for it.
2. With a scenario, the plan is also held against the world as it is there: accounts, scheduled content, people.
3. No rule looks at a clock: dates are compared with `as_of`, and without it none is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from drills.plan import lint_accounts, lint_approval, lint_rules, lint_words
from drills.plan.edits import Loc
from drills.plan.gap_rules import gap_rules
from drills.plan.lint_view import Finding, View
from drills.plan.model import Plan
from scenarios.model import Scenario
from scenarios.source import Problem, Source

RULES: tuple[Callable[[View], Iterator[Finding]], ...] = (
    lint_approval.slow_approval,  # PG-01
    lint_approval.bad_deputy,  # PG-02
    lint_words.unfitting_words,  # PG-03
    lint_accounts.unstoppable_content,  # PG-06
    lint_accounts.locked_accounts,  # PG-07
    lint_words.blind_spots,  # PG-08
    lint_approval.uncovered_hours,  # PG-09
    lint_approval.no_bypass,  # PG-10
    lint_approval.nobody_else_reads,  # PG-11
    lint_rules.no_end,  # PG-12
    lint_approval.empty_seats,  # PG-13
    lint_rules.overdue,  # PG-14
    lint_accounts.unready_page,  # PG-15
    lint_accounts.unusable_private_way,  # PG-16
    lint_rules.no_priorities,  # PG-17
    lint_rules.colleagues_not_told,  # PG-18
    lint_rules.partners_not_covered,  # PG-19
    lint_words.access_kept,  # PG-20
    lint_words.no_light_touch,  # PG-21
    lint_words.undefined_words,  # PG-22
    lint_rules.contradictory_permissions,  # PG-23
    lint_accounts.too_few,  # PG-24
    lint_words.no_lookalike_procedure,  # PG-25
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


def _words(one: Finding) -> str:
    advice = one.advice[:1].upper() + one.advice[1:]
    return f"{one.gap} {gap_rules()[one.gap].title}: {one.message}. {advice}"


def _order(one: Finding) -> tuple[str, list[tuple[int, str]], str]:
    """Loc parts are keys and indexes: indexes count as numbers, and come before keys."""
    return one.gap, [(part, "") if isinstance(part, int) else (-1, part) for part in one.loc], one.message


__all__ = ["RULES", "Finding", "Loc", "lint", "lint_problems"]
