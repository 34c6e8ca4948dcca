"""From files to a drill: find them, load them, check each and check that they fit together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from drills import library as shipped
from drills.coefficients import CELLS
from drills.coefficients import ranges as coefficient_ranges
from drills.drill import Drill, DrillFile
from drills.errors import DrillError
from drills.finding import is_file, place_of
from drills.plan import Plan, check_plan
from drills.practice.check_drill import check_practice
from drills.practice.model import CardsFile
from drills.scoring import rubric
from scenarios import library as scenarios
from scenarios.check import check_scenario
from scenarios.model import Scenario
from scenarios.source import MAX_BYTES, Problem, Source, SourceError, load, loads, suggest
from scenarios.terms import Authored

_KINDS: dict[str, type[Authored]] = {"scenario": Scenario, "plan": Plan, "drill": DrillFile, "cards": CardsFile}
_FIELDS = {kind: {field.alias or name for name, field in model.model_fields.items()} for kind, model in _KINDS.items()}
_KEY = re.compile(r"^([a-z_]+)[ \t]*:", re.MULTILINE)

M = TypeVar("M", bound=Authored)


def find(name: str) -> Drill:
    """The drill in the file of that path, or of that name in the library. A scenario's file makes a plain drill.

    Raises SourceError with every problem of the files, or DrillError when there is no such drill.
    """
    return from_path(place_of(name))


def from_path(path: Path | Traversable) -> Drill:
    """The drill in a file, or a plain drill around the scenario in it. What it names is sought beside it first.

    Raises SourceError with every problem of the file and of those it names.
    """
    drill, problems = _read(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if drill is None or errors:
        raise SourceError(errors)
    return drill


def from_texts(texts: dict[str, str]) -> Drill:
    """The drill that a record's header holds."""
    scenario = loads(texts["scenario"], "scenario", Scenario)
    plan = loads(texts["plan"], "plan", Plan) if "plan" in texts else None
    if "drill" in texts:
        file = loads(texts["drill"], "drill", DrillFile)
        return Drill(file.value, scenario.value, plan.value if plan else None, dict(texts))
    return Drill(plain_drill(scenario.value.id), scenario.value, plan.value if plan else None, dict(texts))


def plain_drill(scenario_id: str) -> DrillFile:
    """A drill with nothing but a scenario."""
    return DrillFile(id=scenario_id, scenario=scenario_id)


def kind_of(path: Path | Traversable) -> str:
    """scenario, plan, drill or cards: the kind that knows most of the file's keys; a scenario where nothing tells."""
    keys = set(_KEY.findall(_beginning(path)))
    return max(_FIELDS, key=lambda kind: len(keys & _FIELDS[kind]))


def check(path: Path | Traversable, *, as_of: date | None = None) -> list[Problem]:
    """Every problem of a scenario, plan, drill or card file, and of what a drill names; warnings too.

    A plan without errors is linted as well, in a drill against its scenario; its dates are compared with `as_of`.
    """
    from drills.plan.lint import lint_problems  # a drill is played without it

    try:
        kind = kind_of(path)
        if kind == "cards":
            from drills.practice.check import check_cards

            return check_cards(load(path, CardsFile))
        if kind == "plan":
            plan = load(path, Plan)
            found = check_plan(plan)
            return found if _wrong(found) else sorted([*found, *lint_problems(plan, as_of=as_of)])
        return _read(path, lambda plan, scenario: lint_problems(plan, scenario, as_of=as_of))[1]
    except SourceError as error:
        return list(error.problems)


def proposal(path: Path, *, as_of: date | None = None) -> str:
    """What lint would change in a plan's file, as a unified diff. Raises SourceError for a plan with errors."""
    from drills.plan.lint import proposal as proposed

    if path.is_file() and (kind := kind_of(path)) != "plan":
        what = "a card exercise" if kind == "cards" else f"a {kind}"
        raise SourceError([Problem(str(path), 1, 1, f"this is {what}; only a plan can be mended by rule")])
    plan = load(path, Plan)
    if wrong := [problem for problem in check_plan(plan) if problem.severity == "error"]:
        raise SourceError(wrong)
    return proposed(plan, as_of=as_of)


def _read(
    path: Path | Traversable, linted: Callable[[Source[Plan], Scenario], list[Problem]] | None = None
) -> tuple[Drill | None, list[Problem]]:
    """The drill in a file, unless a part of it is missing, and every problem of all its parts; lint where asked for."""
    kind = kind_of(path)
    if kind == "plan":
        raise SourceError([Problem(str(path), 1, 1, "this is a plan; give a drill that names it, or a scenario")])
    if kind == "cards":
        raise SourceError([Problem(str(path), 1, 1, "this is a card exercise; it is practised from the lobby")])
    if kind == "scenario":
        scenario = load(path, Scenario)
        drill = Drill(plain_drill(scenario.value.id), scenario.value, None, {"scenario": scenario.text})
        return drill, _scenario_problems(scenario)
    file = load(path, DrillFile)
    problems = _drill_problems(file)
    folder = path.parent if isinstance(path, Path) else None
    story = _part(folder, file, "scenario", file.value.scenario, Scenario, problems)
    plan = None
    if file.value.plan is not None:
        plan = _part(folder, file, "plan", file.value.plan, Plan, problems)
    if story is not None:
        problems += _scenario_problems(story)
    if plan is not None:
        found = check_plan(plan)
        problems += found
        if linted is not None and story is not None and not _wrong(found):
            problems += linted(plan, story.value)
    if story is None or (plan is None and file.value.plan is not None):
        return None, sorted(problems)
    texts = {"scenario": story.text, **({"plan": plan.text} if plan else {}), "drill": file.text}
    return Drill(file.value, story.value, plan.value if plan else None, texts), sorted(problems)


def _wrong(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _part(
    folder: Path | None, file: Source[DrillFile], kind: str, name: str, model: type[M], problems: list[Problem]
) -> Source[M] | None:
    """What a drill names, from beside it or from the library; None, and the problems, if it can't be used."""
    place: Path | Traversable = scenarios.path(name) if kind == "scenario" else shipped.path("plans", name)
    beside = None if folder is None else folder / f"{name}.yaml"
    # A drill may bear the name of the scenario or plan that is wanted, so the name alone does not tell.
    if (
        beside is not None
        and str(beside) != file.name
        and is_file(beside)
        and (kind_of(beside) == kind or not place.is_file())
    ):
        place = beside
    elif not place.is_file():
        known = scenarios.names() if kind == "scenario" else shipped.names("plans")
        hint = suggest(name, known) or f"; put {name}.yaml beside this file"
        problems.append(file.problem((kind,), f"there is no {kind} {name!r}{hint}"))
        return None
    try:
        return load(place, model)
    except SourceError as error:
        problems += error.problems
        return None


def _drill_problems(file: Source[DrillFile]) -> list[Problem]:
    problems = []
    if not file.value.seats:
        problems.append(file.problem(("seats",), "somebody must play: give at least one seat, such as SML"))
    problems += check_practice(file)
    known = rubric.names()
    unknown = [name for name in file.value.rubric if name not in known]
    for name in unknown:
        hint = suggest(name, known)
        problems.append(file.problem(("rubric", name), f"the rubric has no number {name!r}{hint}", key=True))
    if not unknown:
        try:
            rubric.load(file.value.rubric)
        except DrillError as error:
            problems.append(file.problem(("rubric",), error.what, key=True))
    return problems


def _scenario_problems(scenario: Source[Scenario]) -> list[Problem]:
    problems = check_scenario(scenario)
    ranges = coefficient_ranges()
    for name, value in scenario.value.public.coefficients.items():
        loc = ("public", "coefficients", name)
        if name not in ranges:
            problems.append(scenario.problem(loc, _unknown_number(name, tuple(ranges)), key=True))
            continue
        low, high = ranges[name]
        if not low <= value <= high:
            problems.append(scenario.problem(loc, f"{name} must be from {low:g} to {high:g}, got {value:g}"))
    return problems


def _unknown_number(name: str, known: Sequence[str]) -> str:
    act, dot, cell = name.rpartition(".")
    if dot and f"{act}.{next(iter(CELLS))}" in known:
        return f"the act {act!r} has no number {cell!r}: it has {', '.join(CELLS)}"
    return f"there is no coefficient {name!r}{suggest(name, known)}"


def _beginning(path: Path | Traversable) -> str:
    """What an ordinary file holds, as far as it can be read; a device or a pipe is not touched."""
    if isinstance(path, Path) and not is_file(path):
        return ""
    try:
        with path.open("rb") as file:
            return bytes(file.read(MAX_BYTES)).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


__all__ = ["check", "find", "from_path", "from_texts", "kind_of", "plain_drill"]
