"""The record of a run: what its header holds, and how a world, a desk and a run come back from it.

A run's folder holds `record.jsonl` (the journal), `events.jsonl` (the log, written at ENDEX, so that old runs can be
read without an old engine) and `drafts.json`. Replay is the run: the same record gives the same fingerprint at every
action.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from drills import cast, coefficients, joining
from drills.coach.model import Taken, taken
from drills.deadlines import due_after, harm_first
from drills.desk import Desk
from drills.drill import Drill
from drills.errors import DrillError
from drills.journal import EVENTS, RECORD, read
from drills.origin import Origin
from drills.plan import approval_timeout_ms, channels, colleagues, keys, plain_plan, turns, wanted
from drills.run import Run
from drills.scoring import rubric
from drills.version import our_version
from engine.actions import Action
from engine.events import Ended, Event, Posted, from_data, to_data
from engine.setup import DRAWS, Colleague, Persona, Setup
from engine.steering import Steering
from engine.world import World
from scenarios.grammar import stock
from scenarios.handles import handle_of
from scenarios.model import Channel, Down
from scenarios.source import SourceError

Deed = TypeVar("Deed", Action, Steering)
FORMAT = 1


def header_of(drill: Drill, *, seed: int, pace: float, seat: str, coach: str, started: str) -> dict[str, Any]:
    """Everything a run depends on, resolved, as the first line of its record.

    `started`: when it began, in ISO 8601; '' for a rehearsal, which has no day but the one its drill names.
    """
    plan = drill.plan or plain_plan(drill.scenario)
    day = drill.file.date or (date.fromisoformat(started[:10]) if started else None)
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
        "channels": [one.model_dump(mode="json", by_alias=True) for one in channels(plan, drill.scenario)],
        "colleagues": [to_plain(one) for one in colleagues(plan, drill.scenario, day)],
        "public": coefficients.text(),
        "rubric": rubric.text(),
        "words": {symbol: list(lines) for symbol, lines in stock(drill.scenario.language).items()},
        "cast": [[persona.id, persona.name, persona.handle] for persona in cast.make(seed)],
        "bots": [[persona.id, persona.name, persona.handle] for persona in cast.bots(seed)],
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
    def origin(self) -> Origin | None:
        """What it was tried again from; None for an ordinary run."""
        return Origin.of(self.header)

    @property
    def rubric(self) -> rubric.Rubric:
        """The rubric as it was when the run began, with the drill's overrides."""
        return rubric.load(self.drill.file.rubric, self.header["rubric"])

    def desk(self, text_of: Callable[[Posted], str]) -> Desk:
        """An empty desk for this run. `text_of` gives the words of a crowd post."""
        scenario = self.drill.scenario
        names = {persona.id: (persona.name, persona.handle) for persona in (*self.setup.cast, *self.setup.bots)}
        for member in scenario.cast:
            names[member.id] = (member.name, handle_of(member.handle, member.name))
        names["brand"] = (scenario.brand.name, handle_of(scenario.channels[0].handle, scenario.brand.name))
        numbers = self.rubric
        return Desk(
            scenario,
            self.setup.colleagues,
            names,
            text_of,
            due_after(rubric.answer_within(numbers), numbers["floors.reply"], self.pace),
            harm_first=harm_first(rubric.answer_within(numbers), numbers["floors.reply"], self.pace),
        )


def to_plain(colleague: Colleague) -> dict[str, Any]:
    """A colleague as JSON has it."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(colleague)))
    return plain


def _tuples(data: Any) -> Any:
    """The same with tuples for lists, however deep."""
    if isinstance(data, Mapping):
        return {name: _tuples(value) for name, value in data.items()}
    return tuple(_tuples(value) for value in data) if isinstance(data, list) else data


def _with_channels(drill: Drill, channels: Sequence[Mapping[str, Any]]) -> Drill:
    """The drill with the channels' mechanics as they were when the run began; those it has now come from a file."""
    then = tuple(
        Channel.model_construct(**{**one, "down": tuple(Down.model_construct(**gap) for gap in one["down"])})
        for one in channels
    )
    return replace(drill, scenario=drill.scenario.model_copy(update={"channels": then}))


def recorded(header: Mapping[str, Any], where: Path | str = "", drill: Drill | None = None) -> Recorded:
    """The drill and the set-up that a header describes. Raises DrillError when it is of another format or damaged.

    `drill`: the one that the header was made of, if it is at hand; otherwise it is read from the header's texts.
    """
    if header.get("kind") != "header" or header.get("format") != FORMAT:
        raise DrillError(
            "this record is of a format that this version does not know", str(where), "use the version that made it"
        )
    try:
        drill = _with_channels(drill or joining.from_texts(dict(header["texts"])), header["channels"])
        numbers = coefficients.resolve(header["public"], drill.scenario)
        plan = drill.plan or plain_plan(drill.scenario)
        setup = Setup(
            scenario=drill.scenario,
            seed=int(header["seed"]),
            cast=tuple(Persona(*entry) for entry in header["cast"]),
            bots=tuple(Persona(*entry) for entry in header.get("bots", ())),
            colleagues=tuple(Colleague(**_tuples(one)) for one in header["colleagues"]),
            coefficients=numbers.coefficients,
            acts=numbers.acts,
            diurnal=numbers.diurnal,
            words={symbol: tuple(lines) for symbol, lines in header["words"].items()},
            approval_timeout_ms=approval_timeout_ms(plan),
            turns=turns(plan),
            keys=keys(plan, drill.scenario),
            wanted=wanted(plan, str(header["seat"])),
            sitrep_ms=plan.escalation.sitrep_every or 0,
        )
        of = Recorded(header, drill, setup)
        if not setup.cast or not of.pace > 0 or not of.rubric.numbers:
            raise ValueError("an empty cast, or no pace")
    except (KeyError, TypeError, ValueError, AttributeError, SourceError) as error:
        raise DrillError(
            f"this record's first line can't be used ({type(error).__name__}: {str(error)[:80]})",
            str(where),
            "use the version that made it, or play anew",
        ) from None
    return of


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
    differences: list[str] = []
    for number, line in enumerate(records, 2):
        try:
            differences += _applied(world, line)
        except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
            raise DrillError(
                f"line {number} of the record can't be replayed ({type(error).__name__}: {str(error)[:80]})",
                remedy="use the version that made it, or play anew",
            ) from None
    return world, differences


def _applied(world: World, line: Mapping[str, Any]) -> list[str]:
    """Let one line of the record happen; how it differs from what the line says."""
    match line["kind"]:
        case "action":
            return _done(world, Action, line["action"], line["before"], world.act)
        case "steer":
            return _done(world, Steering, line["steering"], line["before"], world.steer)
        case "mark" | "clock":
            world.advance(max(world.now_ms, int(line["at"])))
        case "hint":
            world.advance(max(world.now_ms, Taken.of(line).at_ms))
        case "stop":
            world.advance(max(world.now_ms, int(line["at"])))
            world.stop(str(line["why"]))
        case "end":
            world.advance(world.ends_ms)
            if line["fingerprint"] != world.fingerprint():
                return [f"the run ended with fingerprint {line['fingerprint']}, replayed it is {world.fingerprint()}"]
        case kind:
            raise ValueError(f"nobody knows a line of kind {kind!r}")
    return []


def _done(world: World, kind: type[Deed], data: Any, said: str, do: Callable[[Deed], object]) -> list[str]:
    """Let one thing that a person did happen; a line if the world before it was another one than the record says."""
    deed = from_data(data)
    if not isinstance(deed, kind):
        raise TypeError(f"no {kind.__name__.lower()}")
    world.advance(deed.at_ms)
    before = world.fingerprint()
    do(deed)
    what = f"{kind.__name__.lower()} {deed.id}"
    return [] if before == said else [f"at {what} the fingerprint was {said}, replayed it is {before}"]


def load_run(folder: Path) -> Run:
    """A run from its folder: the stored log where there is one, else replayed as far as it came.

    Raises DrillError when there is no record, or its draws are another version's and it never ended.
    """
    lines = lines_of(folder)
    of = recorded(lines[0], folder)
    started = str(of.header["started"])
    hints = _hints(lines, folder)
    # Without its end in the record, a stored log is what a crash at ENDEX left: the run may yet go on otherwise.
    events = _stored(folder / EVENTS) if lines[-1]["kind"] == "end" else []
    if events:
        desk = of.desk(lambda post: post.text)
        for event in events:
            desk.apply(event)
        ended = str(lines[-1]["fingerprint"])
        return Run(of.drill, of.setup, of.pace, of.seat, tuple(events), ended, desk, started, of.origin, hints)
    same_draws(lines[0], folder)
    desks: list[Desk] = []

    def listen(world: World) -> Callable[[Event], object]:
        desks.append(of.desk(world.text_of))
        return desks[0].apply

    world, _ = replayed(of, lines[1:], listen)
    log, fingerprint = tuple(world.log), world.fingerprint()
    return Run(of.drill, of.setup, of.pace, of.seat, log, fingerprint, desks[0], started, of.origin, hints)


def _hints(lines: Sequence[Mapping[str, Any]], folder: Path) -> tuple[Taken, ...]:
    """The hints of a record. Raises DrillError for a line of one that can't be read."""
    try:
        return taken(lines)
    except (KeyError, TypeError, ValueError):
        raise DrillError("a hint in this record can't be read", str(folder), "run stormdrill verify on it") from None


def lines_of(folder: Path) -> tuple[Mapping[str, Any], ...]:
    """The lines of a run's record, header first. Raises DrillError when there are none."""
    lines = read(folder / RECORD).records
    if not lines:
        raise DrillError("this run has no record", str(folder), "delete the folder")
    return lines


def same_draws(header: Mapping[str, Any], where: Path) -> None:
    """Raise DrillError, plainly, when a record was made with another version of luck."""
    if header.get("draws", DRAWS) != DRAWS:
        raise DrillError(
            f"this run was played with version {header['draws']} of the draws; this is version {DRAWS}",
            str(where),
            f"replay it with stormdrill {header.get('stormdrill', 'of its time')}, or start anew",
        )


def verify(folder: Path) -> list[str]:
    """Replay a record and say every difference; an empty list means that the replay is the run."""
    lines = lines_of(folder)
    same_draws(lines[0], folder)
    world, differences = replayed(recorded(lines[0], folder), lines[1:], lambda _: lambda _: None)
    ended = lines[-1]["kind"] == "end"
    if ended and (folder / EVENTS).is_file() and _stored(folder / EVENTS) != list(told(world)):
        differences.append(f"{EVENTS} is not what the record replays to")
    return differences


def told(world: World) -> Iterator[Event]:
    """The log, with every crowd post's words in it."""
    for event in world.log:
        yield replace(event, text=world.text_of(event)) if isinstance(event, Posted) else event


def store_events(folder: Path, world: World) -> None:
    """Write the log beside the record, with every crowd post's words in it. Raises DrillError if it can't be."""
    lines = (json.dumps(to_data(event), separators=(",", ":")) + "\n" for event in told(world))
    write_whole(folder / EVENTS, "".join(lines))


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, synced and for its owner alone: a crash leaves the old one or the new, never half.

    Raises DrillError if the disk refuses.
    """
    new = path.with_suffix(".new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise DrillError(
            f"this file can't be written ({error.strerror})", str(path), "free some space and try again"
        ) from None


def _stored(path: Path) -> list[Event]:
    """The stored log; empty where there is none, or none that is whole."""
    try:
        with path.open(encoding="utf-8") as file:
            events: list[Event] = [from_data(json.loads(line)) for line in file]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return events if events and isinstance(events[-1], Ended) else []
