"""The record of a run: what its header holds, and how a world, a desk and a run come back from it.

A run's folder holds `record.jsonl` (the journal), `events.jsonl` (the log, written at ENDEX, so that old runs can be
read without an old engine) and `drafts.json`. Replay is the run: the same record gives the same fingerprint at every
action.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from drills import cast, coefficients, joining
from drills.deadlines import due_after
from drills.desk import Desk
from drills.drill import Drill
from drills.errors import DrillError
from drills.journal import read
from drills.plan import approval_timeout_ms, colleagues, plain_plan
from drills.run import Run
from drills.scoring import rubric
from engine.actions import Action
from engine.events import Event, Posted, from_data, to_data
from engine.setup import DRAWS, Persona, Setup
from engine.world import World
from scenarios.grammar import stock

FORMAT = 1
RECORD, EVENTS, DRAFTS = "record.jsonl", "events.jsonl", "drafts.json"


def our_version() -> str:
    """The version of stormdrill that is running."""
    try:
        return version("stormdrill")
    except PackageNotFoundError:
        return "unknown"


def header_of(drill: Drill, *, seed: int, pace: float, seat: str, coach: str, started: str) -> dict[str, Any]:
    """Everything a run depends on, resolved, as the first line of its record."""
    return {
        "kind": "header",
        "format": FORMAT,
        "stormdrill": our_version(),
        "draws": DRAWS,
        "started": started,
        "drill": drill.id,
        "title": drill.title,
        "lasts_ms": drill.scenario.lasts,
        "seed": seed,
        "pace": str(pace),
        "seat": seat,
        "coach": coach,
        "texts": dict(drill.texts),
        "public": coefficients.text(),
        "rubric": rubric.text(),
        "words": {symbol: list(lines) for symbol, lines in stock(drill.scenario.language).items()},
        "cast": [[persona.id, persona.name, persona.handle] for persona in cast.make(seed)],
    }


@dataclass(frozen=True, slots=True)
class Recorded:
    """A header brought back to life."""

    header: Mapping[str, Any]
    drill: Drill
    setup: Setup

    @property
    def pace(self) -> float:
        return float(self.header["pace"])

    @property
    def seat(self) -> str:
        return str(self.header["seat"])

    @property
    def rubric(self) -> rubric.Rubric:
        """The rubric as it was when the run began, with the drill's overrides."""
        return rubric.load(self.drill.file.rubric, self.header["rubric"])

    def desk(self, text_of: Callable[[Posted], str]) -> Desk:
        """An empty desk for this run. `text_of` gives the words of a crowd post."""
        scenario = self.drill.scenario
        names = {persona.id: (persona.name, persona.handle) for persona in self.setup.cast}
        for member in scenario.cast:
            made = "@" + "".join(ch for ch in member.name.lower() if ch.isalnum())
            names[member.id] = (member.name, member.handle or made)
        handle = scenario.channels[0].handle or "@" + "".join(ch for ch in scenario.brand.name.lower() if ch.isalnum())
        names["brand"] = (scenario.brand.name, handle)
        numbers = self.rubric
        return Desk(
            scenario,
            self.setup.colleagues,
            names,
            text_of,
            due_after(rubric.answer_within(numbers), numbers["floors.reply"], self.pace),
        )


def recorded(header: Mapping[str, Any]) -> Recorded:
    """The drill and the set-up that a header describes. Raises DrillError when it is of another format."""
    if header.get("kind") != "header" or header.get("format") != FORMAT:
        raise DrillError("this record is of a format that this version does not know", remedy="use a newer stormdrill")
    drill = joining.from_texts(dict(header["texts"]))
    numbers = coefficients.resolve(header["public"], drill.scenario)
    plan = drill.plan or plain_plan(drill.scenario)
    setup = Setup(
        scenario=drill.scenario,
        seed=int(header["seed"]),
        cast=tuple(Persona(*entry) for entry in header["cast"]),
        colleagues=colleagues(plan, drill.scenario),
        coefficients=numbers.coefficients,
        acts=numbers.acts,
        diurnal=numbers.diurnal,
        words={symbol: tuple(lines) for symbol, lines in header["words"].items()},
        approval_timeout_ms=approval_timeout_ms(plan),
    )
    return Recorded(header, drill, setup)


def replayed(
    of: Recorded, records: tuple[Mapping[str, Any], ...], listen: Callable[[World], Callable[[Event], object]]
) -> tuple[World, list[str]]:
    """The world that the records lead to, and every difference from what they say. `listen` makes the listener."""
    box: list[Callable[[Event], object]] = []
    early: list[Event] = []
    world = World(of.setup, lambda event: box[0](event) if box else early.append(event))
    box.append(listen(world))
    for event in early:
        box[0](event)
    differences = []
    for number, line in enumerate(records, 1):
        match line["kind"]:
            case "action":
                action = from_data(line["action"])
                assert isinstance(action, Action)
                world.advance(action.at_ms)
                if line["before"] != world.fingerprint():
                    differences.append(f"line {number}: at action {action.id} the fingerprint was {line['before']}")
                world.act(action)
            case "mark" | "clock":
                world.advance(max(world.now_ms, line["at"]))
            case "stop":
                world.advance(max(world.now_ms, line["at"]))
                world.stop(line["why"])
            case "end":
                world.advance(of.setup.scenario.lasts)
                if line["fingerprint"] != world.fingerprint():
                    differences.append(f"line {number}: the run ended with fingerprint {line['fingerprint']}")
    return world, differences


def load_run(folder: Path) -> Run:
    """A run from its folder: the stored log where there is one, else replayed as far as it came.

    Raises DrillError when there is no record, or its draws are another version's and it never ended.
    """
    lines = read(folder / RECORD).records
    if not lines:
        raise DrillError("this run has no record", str(folder))
    of = recorded(lines[0])
    stored = folder / EVENTS
    if stored.is_file():
        events = list(_events(stored))
        desk = of.desk(lambda post: post.text)
        for event in events:
            desk.apply(event)
        fingerprint = next((line["fingerprint"] for line in reversed(lines) if line["kind"] == "end"), "")
        return Run(of.drill, of.setup, of.pace, of.seat, tuple(events), str(fingerprint), desk)
    same_draws(lines[0], folder)
    desks: list[Desk] = []

    def listen(world: World) -> Callable[[Event], object]:
        desks.append(of.desk(world.text_of))
        return desks[0].apply

    world, _ = replayed(of, lines[1:], listen)
    return Run(of.drill, of.setup, of.pace, of.seat, tuple(world.log), world.fingerprint(), desks[0])


def same_draws(header: Mapping[str, Any], where: Path) -> None:
    """Raise DrillError, plainly, when a record was made with another version of luck."""
    if header["draws"] != DRAWS:
        raise DrillError(
            f"this run was played with version {header['draws']} of the draws; this is version {DRAWS}",
            str(where),
            f"replay it with stormdrill {header['stormdrill']}, or start anew",
        )


def verify(folder: Path) -> list[str]:
    """Replay a record and say every difference; an empty list means that the replay is the run."""
    lines = read(folder / RECORD).records
    if not lines:
        raise DrillError("this run has no record", str(folder))
    same_draws(lines[0], folder)
    _, differences = replayed(recorded(lines[0]), lines[1:], lambda _: lambda _: None)
    return differences


def store_events(folder: Path, world: World) -> None:
    """Write the log beside the record, with every crowd post's words in it."""
    with (folder / EVENTS).open("w", encoding="utf-8") as file:
        for event in world.log:
            told = replace(event, text=world.text_of(event)) if isinstance(event, Posted) else event
            file.write(json.dumps(to_data(told), separators=(",", ":")) + "\n")
    (folder / EVENTS).chmod(0o600)


def _events(path: Path) -> Iterator[Event]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield from_data(json.loads(line))
