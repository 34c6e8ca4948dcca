"""The storm of the validation tests and what a team may do about it: action files, read and judged as anybody's are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from drills.actions_file import play, read_actions
from drills.joining import from_path
from drills.record import header_of, recorded
from drills.session import Session
from engine.actions import Action
from engine.events import Posted, Shared
from engine.setup import Setup
from engine.world import World
from scenarios.moments import MINUTE

HERE = Path(__file__).parent
BLAME = {0.2: "victim", 0.5: "accidental", 0.8: "preventable"}


@cache
def _drill():  # type: ignore[no-untyped-def]
    return from_path(HERE / "storm.yaml")


def setup(seed: int, blame: float = 0.8, severity: float = 0.7, **coefficients: float) -> Setup:
    """The storm's set-up, with this blame (0.2, 0.5 or 0.8), severity and changed coefficients."""
    of = recorded(header_of(_drill(), seed=seed, pace=1, seat="SML", coach="off", started="")).setup
    scenario = of.scenario
    theme = scenario.themes[0].model_copy(update={"severity": severity})
    stance = scenario.stance.model_copy(update={"cluster": BLAME[blame]})
    values = {**of.coefficients, **{name: round(value * 1_000_000) for name, value in coefficients.items()}}
    return replace(of, scenario=scenario.model_copy(update={"themes": (theme,), "stance": stance}), coefficients=values)


@cache
def actions(name: str) -> tuple[Action, ...]:
    """The actions of a file, with their readings, as the drill's own judge reads them. Raises AssertionError if one of
    them can't be done."""
    session = Session.rehearse(_drill(), seed=1)
    late = play(session, read_actions(HERE / "actions" / f"{name}.jsonl"))
    assert not late and not session.desk.voids, name
    return tuple(session.desk.actions)


def played(of: Setup, name: str = "silence") -> World:
    """The whole storm, answered by the actions of a file."""
    world = World(of)
    for action in actions(name):
        world.advance(action.at_ms)
        world.act(action)
    world.advance(world.ends_ms)
    return world


def volume(world: World) -> int:
    """How many posts and shares the storm made."""
    return sum(
        isinstance(event, Shared) or (isinstance(event, Posted) and event.author != "brand") for event in world.log
    )


def hourly(world: World) -> list[int]:
    """Posts and shares in each hour."""
    counts = [0] * (world.ends_ms // (60 * MINUTE))
    for event in world.log:
        if isinstance(event, Posted | Shared):
            counts[event.at_ms // (60 * MINUTE)] += 1
    return counts
