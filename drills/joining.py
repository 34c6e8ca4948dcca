"""From files to a drill: find them, load them, check each and check that they fit together."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from drills import library as shipped
from drills.coefficients import names as coefficient_names
from drills.drill import Drill, DrillFile
from drills.errors import DrillError
from drills.plan import Plan, check_plan
from drills.scoring.rubric import names as rubric_names
from scenarios import library as scenarios
from scenarios.check import check_scenario
from scenarios.model import Scenario
from scenarios.source import Problem, Source, SourceError, load, loads, suggest


def find(name: str) -> Drill:
    """The drill of that name in the library, or in the file of that path. A scenario's file makes a plain drill.

    Raises SourceError with every problem of the files, or DrillError when there is no such drill.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.exists():
        return from_path(path)
    if name in shipped.names("drills"):
        return from_path(shipped.path("drills", name))
    if name in scenarios.names():
        return from_path(scenarios.path(name))
    known = sorted({*shipped.names("drills"), *scenarios.names()})
    raise DrillError(f"there is no drill {name!r}{suggest(name, known)}", remedy="see them all with stormdrill list")


def from_path(path: Path | Traversable) -> Drill:
    """The drill in a file, or a plain drill around the scenario in it. What it names is sought beside it first."""
    if kind_of(path) == "scenario":
        scenario = load(path, Scenario)
        return _joined(plain_drill(scenario.value.id), None, scenario, None)
    file = load(path, DrillFile)
    beside = path.parent if isinstance(path, Path) else None
    scenario = load(
        _beside(beside, file.value.scenario, scenarios.path(file.value.scenario), file, "scenario"), Scenario
    )
    plan = None
    if file.value.plan is not None:
        plan = load(_beside(beside, file.value.plan, shipped.path("plans", file.value.plan), file, "plan"), Plan)
    return _joined(file.value, file, scenario, plan)


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
    """scenario, plan or drill, by the keys a file has; a file that can't be read counts as a scenario."""
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError):
        return "scenario"
    keys = {line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()}
    if "scenario" in keys:
        return "drill"
    return "plan" if {"company", "people", "dashboard"} & keys and "beats" not in keys else "scenario"


def check(path: Path | Traversable) -> list[Problem]:
    """Every problem of a scenario, plan or drill file, and of what a drill names."""
    try:
        match kind_of(path):
            case "plan":
                return check_plan(load(path, Plan))
            case "scenario":
                return _scenario_problems(load(path, Scenario))
            case _:
                from_path(path)
                return []
    except SourceError as error:
        return list(error.problems)


def _beside(
    folder: Path | None, name: str, library: Traversable, file: Source[DrillFile], key: str
) -> Path | Traversable:
    if folder is not None and (folder / f"{name}.yaml").is_file() and (folder / f"{name}.yaml") != Path(file.name):
        return folder / f"{name}.yaml"
    if not library.is_file():
        known = scenarios.names() if key == "scenario" else shipped.names("plans")
        raise SourceError([file.problem((key,), f"there is no {key} {name!r}{suggest(name, known)}")])
    return library


def _scenario_problems(scenario: Source[Scenario]) -> list[Problem]:
    known = coefficient_names()
    return [
        *check_scenario(scenario),
        *(
            scenario.problem(
                ("public", "coefficients", name), f"there is no coefficient {name!r}{suggest(name, known)}", key=True
            )
            for name in scenario.value.public.coefficients
            if name not in known
        ),
    ]


def _joined(
    file: DrillFile, source: Source[DrillFile] | None, scenario: Source[Scenario], plan: Source[Plan] | None
) -> Drill:
    problems = _scenario_problems(scenario)
    if plan is not None:
        problems += check_plan(plan)
    texts = {"scenario": scenario.text}
    if plan is not None:
        texts["plan"] = plan.text
    if source is not None:
        texts["drill"] = source.text
        known = rubric_names()
        for name in file.rubric:
            if name not in known:
                problems.append(
                    source.problem(
                        ("rubric", name), f"the rubric has no number {name!r}{suggest(name, known)}", key=True
                    )
                )
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise SourceError(errors)
    return Drill(file, scenario.value, plan.value if plan else None, texts)


__all__ = ["check", "find", "from_path", "from_texts", "kind_of", "plain_drill"]
