"""The master scenario events list: what the scenario holds, what of it has happened, and what is to come and when.

A fold over the log, as everything else: the facilitator's console shows it, and two folds of one log are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.events import ContentChanged, ContentFired, Event, FactLearnt, InjectFired, Started, Steered, TruthChanged
from engine.reading import PPM
from engine.steering import Steering
from scenarios.model import Inject, Scenario
from scenarios.moments import MINUTE
from scenarios.terms import LEVEL_NAMES, LEVEL_WORDS, ROLES

GAP_MS = 10 * MINUTE
"""So much time without anything to come is a gap worth showing (design choice)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list."""

    id: str
    kind: str
    """inject, contingency, fact, content, truth"""
    title: str
    due_ms: int
    """When it is due as things stand; -1 where a condition, a colleague or the facilitator decides."""
    medium: str = ""
    """Of an inject or scheduled item: how it comes."""
    who: str = ""
    """Whose word an inject is."""
    done_ms: int = -1
    by: str = ""
    """What let it happen: time, condition, branch, facilitator; of whom a fact was learnt."""
    held: bool = False
    skipped: bool = False
    note: str = ""
    """For the facilitator, from the scenario."""

    @property
    def done(self) -> bool:
        return self.done_ms >= 0


def msel(scenario: Scenario, log: Iterable[Event]) -> list[Entry]:
    """Everything the scenario holds: what has happened, in its order, then what is to come by its moment, and last what
    has no moment."""
    found = {(entry.kind, entry.id): entry for entry in _written(scenario)}
    for event in log:
        _fold(found, event)
    return sorted(found.values(), key=lambda entry: (not entry.done, entry.done_ms, entry.due_ms < 0, entry.due_ms))


def gaps(entries: Sequence[Entry], now_ms: int, ends_ms: int) -> list[tuple[int, int]]:
    """(from ms, to ms) of every stretch of GAP_MS or more, from now to ENDEX, in which nothing reaches the team."""
    reaching = ("inject", "content")
    moments = sorted(
        entry.due_ms
        for entry in entries
        if entry.kind in reaching and not entry.done and not entry.skipped and now_ms <= entry.due_ms < ends_ms
    )
    edges = [now_ms, *moments, ends_ms]
    return [(start, end) for start, end in pairwise(edges) if end - start >= GAP_MS]


def _written(scenario: Scenario) -> Iterator[Entry]:
    cast = {member.id: member.name for member in scenario.cast}
    for kind, injects in (("inject", scenario.beats), ("contingency", scenario.contingency)):
        for one in injects:
            due = -1 if one.at is None or one.when is not None else one.at
            yield Entry(one.id, kind, _title(one), due, one.kind, cast.get(one.by or "", ""), note=one.note)
    for fact in scenario.facts:
        yield Entry(fact.id, "fact", fact.text, -1 if fact.ask else fact.known, who=whose(fact.ask or ""))
    for content in scenario.content:
        yield Entry(content.id, "content", content.text, content.at, content.kind, note=content.clash)
    for number, step in enumerate(scenario.truth):
        level = f"{LEVEL_NAMES[step.level]} {LEVEL_WORDS[step.level]}"
        yield Entry(str(number), "truth", f"it truly is {level}", step.at, note=step.why)


def whose(ask: str) -> str:
    """Whom a fact is to be asked of, in words: `quality (FUN)`, `legal (LEG)`; '' for nobody."""
    role, _, department = ask.partition("/")
    return f"{department.replace('_', ' ') or ROLES[role]} ({role})" if role else ""


def _title(inject: Inject) -> str:
    return inject.subject or inject.text


def _fold(found: dict[tuple[str, str], Entry], event: Event) -> None:
    match event:
        case Started():
            _done(found, "truth", "0", 0, "time")
        case InjectFired(at_ms=at_ms, inject=inject, by=by):
            _done(found, "inject" if ("inject", inject) in found else "contingency", inject, at_ms, by)
        case FactLearnt(at_ms=at_ms, fact=fact, source=source):
            _done(found, "fact", fact, at_ms, source)
        case ContentFired(at_ms=at_ms, content=content):
            _done(found, "content", content, at_ms, "time")
        case ContentChanged(content=content, state=state) if ("content", content) in found:
            old = found["content", content]
            found["content", content] = replace(old, held=state == "paused")
        case TruthChanged(at_ms=at_ms):
            for (kind, id_), entry in found.items():
                if kind == "truth" and not entry.done and 0 <= entry.due_ms <= at_ms:
                    found[kind, id_] = replace(entry, done_ms=at_ms, by="time")
        case Steered(at_ms=at_ms, steering=steering):
            _steer(found, at_ms, steering)


def _done(found: dict[tuple[str, str], Entry], kind: str, id_: str, at_ms: int, by: str) -> None:
    if (entry := found.get((kind, id_))) is not None:
        found[kind, id_] = replace(entry, done_ms=at_ms, by=by, held=False, skipped=False)


def _steer(found: dict[tuple[str, str], Entry], at_ms: int, one: Steering) -> None:
    match one.do:
        case "shift" | "stretch":
            for key, entry in found.items():
                if not entry.done and entry.due_ms >= 0:
                    later = (
                        entry.due_ms + one.number if one.do == "shift"
                        else at_ms + (entry.due_ms - at_ms) * one.number // PPM
                    )  # fmt: skip
                    found[key] = replace(entry, due_ms=max(at_ms, later))
        case "hold" | "skip" | "release" | "withhold":
            for kind in ("fact",) if one.do == "withhold" else ("inject", "contingency"):
                if (kept := found.get((kind, one.target))) is not None:
                    held = one.do in ("hold", "withhold")
                    found[kind, one.target] = replace(kept, held=held, skipped=kept.skipped or one.do == "skip")
