"""What a seat far away is given: the drill without what is to come, and each event with the words it needs.

Rules
1. What a team may not know yet is not sent: no inject, branch, truth, falsehood or model text, no fact before it is
   learnt, no theme before somebody speaks of it, no content that is on no list before it is found.
2. What an event brings with it (`brings`) is merged into the scenario that the seat has, then the event is folded.
3. A crowd post's words are made here; a seat has no stock of words and no luck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from drills.drill import Drill, DrillFile
from drills.joining import from_texts
from drills.plan import Plan
from engine.events import ContentChanged, ContentFired, Event, FactLearnt, Posted, Received, from_data, to_data
from engine.setup import Colleague
from scenarios.model import Brand, Channel, Content, Down, Fact, Member, Scenario, Theme
from scenarios.source import loads
from scenarios.terms import Authored

Json = dict[str, Any]
_PARTS: dict[str, type[Authored]] = {"facts": Fact, "themes": Theme, "content": Content}
"""What comes bit by bit."""
_PLAIN = ("id", "title", "kind", "language", "premise", "content_notes", "lasts", "starts", "weekday")


def given(drill: Drill) -> Json:
    """A drill for a seat, before anything has happened."""
    scenario = drill.scenario
    known = {name: getattr(scenario, name) for name in _PLAIN}
    cast = [{**_plain(member), "bio": ""} for member in scenario.cast]
    content = [_shown(one) for one in scenario.content if one.listed]
    return {
        "scenario": {
            **known, "brand": _plain(scenario.brand), "channels": [_plain(one) for one in scenario.channels],
            "cast": cast, "content": content, "facts": [], "themes": [],
        },
        "texts": {kind: text for kind, text in drill.texts.items() if kind != "scenario"},
    }  # fmt: skip


def taken(data: Mapping[str, Any]) -> Drill:
    """The drill of `given`, as a seat has it. Raises KeyError, TypeError or SourceError on foreign data."""
    if "scenario" in data["texts"]:  # the facilitator's, who has it whole
        return from_texts(dict(data["texts"]))
    raw = data["scenario"]
    fields: dict[str, Any] = {name: _tuple(raw[name]) for name in _PLAIN}
    fields |= {name: _parts(name, raw[name]) for name in _PARTS}
    fields["brand"] = Brand.model_construct(**raw["brand"])
    fields["channels"] = tuple(
        Channel.model_construct(**{**one, "down": tuple(Down.model_construct(**gap) for gap in one["down"])})
        for one in raw["channels"]
    )
    fields["cast"] = tuple(Member.model_construct(**one) for one in raw["cast"])
    scenario = Scenario.model_construct(**fields, truth=())
    texts = data["texts"]
    file = loads(texts["drill"], "drill", DrillFile).value if "drill" in texts else None
    plan = loads(texts["plan"], "plan", Plan).value if "plan" in texts else None
    return Drill(file or DrillFile(id=scenario.id, scenario=scenario.id), scenario, plan, dict(texts))


def sent(event: Event, text_of: Callable[[Posted], str]) -> Json:
    """An event with its words."""
    return dict(to_data(replace(event, text=text_of(event)) if isinstance(event, Posted) else event))


def received(data: Any) -> Event:
    """The event of `sent`. Raises KeyError or TypeError on foreign data."""
    event: Event = from_data(data)
    return event


def brings(event: Event, scenario: Scenario, known: set[str]) -> Json:
    """What has to be known for an event and was not: facts, themes, content. `known` remembers what was brought."""
    found: dict[str, list[Json]] = {}
    for name, one in _wanted(event, scenario):
        key = f"{name}/{one.id}"
        if key not in known:
            known.add(key)
            found.setdefault(name, []).append(_shown(one))
    return found


def _wanted(event: Event, scenario: Scenario) -> Iterable[tuple[str, Fact | Theme | Content]]:
    match event:
        case FactLearnt(fact=fact):
            yield from (("facts", one) for one in scenario.facts if one.id == fact)
        case Posted(theme=theme) | Received(theme=theme):
            yield from (("themes", one) for one in scenario.themes if one.id == theme)
        case ContentChanged(content=content) | ContentFired(content=content):
            yield from (("content", one) for one in scenario.content if one.id == content and not one.listed)


def merged(scenario: Scenario, more: Mapping[str, list[Json]]) -> Scenario:
    """The scenario with what an event has brought. Raises KeyError on foreign data."""
    parts = {name: (*getattr(scenario, name), *_parts(name, rows)) for name, rows in more.items() if name in _PARTS}
    return scenario.model_copy(update=parts)


def colleagues(rows: Iterable[Mapping[str, Any]]) -> tuple[Colleague, ...]:
    """Colleagues from their rows."""
    return tuple(Colleague(**{name: _tuple(value) for name, value in row.items()}) for row in rows)


def row_of(colleague: Colleague) -> Json:
    """A colleague without what nobody can know of them: whether their number is dead."""
    return {**asdict(colleague), "dead_number": 0}


def _shown(one: Fact | Theme | Content) -> Json:
    """A part as a desk may show it."""
    secret = {"clash": "", "stirs": 0.0} if isinstance(one, Content) else {}
    if isinstance(one, Theme):
        secret = {"severity": 0.5, "needs": {}, "rumour": ()}
    return {**_plain(one), **secret}


def _plain(model: Authored) -> Json:
    return model.model_dump(mode="json")


def _parts(name: str, rows: Iterable[Json]) -> tuple[Any, ...]:
    return tuple(_PARTS[name].model_construct(**{key: _tuple(value) for key, value in row.items()}) for row in rows)


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value
