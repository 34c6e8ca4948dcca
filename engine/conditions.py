"""Whether a condition of a scenario holds now: a pure function of what has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.actions import Action
from engine.events import Published
from engine.setup import Colleague
from scenarios.conditions import Acted as ActedWanted
from scenarios.conditions import Condition
from scenarios.conditions import Published as PublishedWanted


@dataclass(slots=True)
class State:
    """What conditions may ask about."""

    now_ms: int = 0
    actions: list[Action] = field(default_factory=list)
    """Every action the world has taken, in order."""
    published: list[tuple[Published, Action]] = field(default_factory=list)
    people: Mapping[str, Colleague] = field(default_factory=dict)
    level: int | None = None
    angers: Mapping[str, int] = field(default_factory=dict)
    """Theme to anger in ppm; themes nobody has posted about are left out."""
    minutes: Sequence[int] = ()
    """Posts of each of the last minutes."""
    fired_content: set[str] = field(default_factory=set)
    fired: dict[str, int] = field(default_factory=dict)
    """Inject to the moment it was delivered."""
    received: set[str] = field(default_factory=set)
    """What has reached us that is no public post, by key."""
    answered: dict[str, int] = field(default_factory=dict)
    """Inject to the moment it was first answered."""


def holds(condition: Condition, state: State) -> bool:
    """Whether every key of the condition holds now."""
    c = condition
    return (
        (c.after is None or state.now_ms >= c.after)
        and (c.before is None or state.now_ms < c.before)
        and (c.acted is None or any(_acted(c.acted, action, state) for action in state.actions))
        and (c.published is None or any(_published(c.published, item) for item, _ in state.published))
        and (c.fact_said is None or _said(c.fact_said.id, c.fact_said.by, state))
        and (c.level is None or _between(state.level, c.level.at_least, c.level.at_most))
        and (c.mood is None or _mood(c, state))
        and (c.volume is None or _volume(c, state))
        and (c.content_fired is None or c.content_fired in state.fired_content)
        and (c.unanswered is None or _unanswered(c.unanswered.inject, c.unanswered.for_, state))
        and (c.fired is None or c.fired in state.fired)
        and (c.all_of is None or all(holds(each, state) for each in c.all_of))
        and (c.any_of is None or any(holds(each, state) for each in c.any_of))
        and (c.none_of is None or not any(holds(each, state) for each in c.none_of))
    )


def _acted(want: ActedWanted, action: Action, state: State) -> bool:
    return (
        action.do == want.do
        and (want.by is None or action.at_ms < want.by)
        and (want.target is None or want.target == action.target or want.target in action.also)
        and (want.channel is None or want.channel in action.channels)
        and (want.kind is None or want.kind == action.kind)
        and (want.to is None or any(_plays(state, person, want.to) for person in action.to))
        and (want.act is None or (action.reading is not None and want.act in action.reading.acts))
    )


def _plays(state: State, person: str, recipient: str) -> bool:
    return person in state.people and state.people[person].plays(recipient)


def _published(want: PublishedWanted, item: Published) -> bool:
    return (
        item.form in ("statement", "hub")
        and (want.by is None or item.at_ms < want.by)
        and (want.kind is None or want.kind == item.kind)
        and (want.channel is None or want.channel in item.channels)
        and (want.signed is None or want.signed == bool(item.signed_by))
    )


def _said(claim: str, by_ms: int | None, state: State) -> bool:
    return any(
        action.reading is not None
        and (by_ms is None or item.at_ms < by_ms)
        and any(said.id == claim for said in action.reading.claims)
        for item, action in state.published
        if item.form != "message"
    )


def _between(level: int | None, least: int | None, most: int | None) -> bool:
    return level is not None and (least is None or level >= least) and (most is None or level <= most)


def _mood(c: Condition, state: State) -> bool:
    assert c.mood is not None
    theme = c.mood.theme
    anger = max(state.angers.values(), default=None) if theme is None else state.angers.get(theme)
    return (
        anger is not None
        and (c.mood.anger_above is None or anger > round(c.mood.anger_above * 1_000_000))
        and (c.mood.anger_below is None or anger < round(c.mood.anger_below * 1_000_000))
    )


def _volume(c: Condition, state: State) -> bool:
    assert c.volume is not None
    recent = state.minutes[-10:]
    if not recent:
        return False
    posts = 0
    for count in recent:
        posts += count
    return (c.volume.above is None or posts > c.volume.above * len(recent)) and (
        c.volume.below is None or posts < c.volume.below * len(recent)
    )


def _unanswered(inject: str, for_ms: int, state: State) -> bool:
    fired = state.fired.get(inject)
    return fired is not None and inject not in state.answered and state.now_ms - fired >= for_ms
