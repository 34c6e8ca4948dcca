"""`stormdrill check`: every problem in scenarios, plans, drills, card exercises and action files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.speech import Json, leave, print_json, show

if TYPE_CHECKING:
    from scenarios.source import Problem


FIELDS = ("file", "line", "column", "severity", "message")


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of them.")],
    as_json: Json = False,
    propose: Annotated[
        bool, typer.Option("--diff", help="Print the changes that would mend a plan, as a unified diff for patch -p1.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="The day a plan's dates are compared with, as in 2026-11-22; today if left out.",
        ),
    ] = None,
) -> None:
    """Check scenarios, plans, drills and cards, or action files (.jsonl): every problem as file:line:column: message.

    A plan's gaps (PG-01 to PG-25) are warnings; in a drill the plan is held against its scenario too.
    """
    from drills import joining
    from scenarios.source import Problem

    day = as_of.date() if as_of is not None else date.today()

    if propose:
        for path in paths:
            show(joining.proposal(path, as_of=day).rstrip("\n"))
        return
    problems: list[Problem] = []
    files = 0
    for path in paths:
        inside = sorted([*path.glob("**/*.yaml"), *path.glob("**/*.yml")]) if path.is_dir() else [path]
        if not inside:
            problems.append(
                Problem(str(path), 1, 1, "there is no .yaml file in this folder; give a folder of scenarios")
            )
        for file in inside:
            files += 1
            problems += _actions(file) if file.suffix == ".jsonl" else joining.check(file, as_of=day)
    problems = list(dict.fromkeys(problems))  # a scenario and a drill that names it tell the same
    if as_json:
        print_json([{**{name: getattr(p, name) for name in FIELDS}, **_why(p)} for p in problems])
    else:
        for problem in problems:
            show(str(problem))
        for reason in dict.fromkeys(reason for problem in problems for reason in _why(problem).values()):
            show(reason)
        if not problems:
            print(f"{files} file{'s' * (files != 1)}, no problems")
    if any(problem.severity == "error" for problem in problems):
        leave(1)


def _why(problem: Problem) -> dict[str, str]:
    """Why a gap of a plan matters, as `reason`; nothing for any other problem."""
    from drills.plan.gap_rules import gap_rules

    rule = gap_rules().get(problem.message[:5])
    return {"reason": f"{rule.id}: {rule.reason}"} if rule is not None else {}


def _actions(file: Path) -> list[Problem]:
    """Every problem of an action file."""
    from drills.actions_file import read_actions
    from scenarios.source import SourceError

    try:
        read_actions(file)
    except SourceError as error:
        return list(error.problems)
    return []
