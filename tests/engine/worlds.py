"""A small world for tests: one channel that matters, one theme, three colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import yaml

from drills import coefficients
from engine.actions import Action
from engine.reading import Reading
from engine.setup import Colleague, Persona, Setup
from engine.world import World
from scenarios.model import Scenario

MINUTE = 60_000

STORY = """
id: mini
title: A small storm
lasts: 60m
brand: {name: Mini}
channels: [{id: flit, followers: 20000}, {id: plaza, followers: 9000}, {id: hub}, {id: mail}]
truth: [{level: L3}, {at: T+40m, level: L1}]
stance: {cluster: preventable}
themes: [{id: soup, title: The soup, severity: 0.7}]
cast: [{id: ruth, name: Ruth Ash, followers: 300}, {id: quill, name: Mara Quill, voice: journalist}]
public: {baseline: 6}
facts:
  - {id: f1, text: The soup was cold., known: T+5m, sayable: T+10m}
  - {id: f2, text: The cook was ill., known: T+0m, sayable: T+20m, ask: FUN/kitchen}
beats:
  - {id: own, at: T+0m, kind: own_post, channel: flit, text: Eat it or leave it, theme: soup, stirs: 30, heat: 0.3}
  - {id: ruth-asks, at: T+2m, by: ruth, channel: flit, text: "Was that meant for us?", needs: question, theme: soup}
  - {id: press, at: T+9m, kind: press, by: quill, text: "Comment by nine?", answer_within: 20m, needs: question}
  - id: draft
    at: T+12m
    kind: approval
    text: May I send this?
    draft: It was your own fault.
    channel: flit
    theme: soup
  - {id: still, when: {after: T+15m, none_of: [{published: {}}]}, text: "Still nothing?", theme: soup, needs: complaint}
contingency:
  - {id: thanks, text: "Fair enough.", theme: soup}
branches:
  - {id: forgiven, when: {acted: {do: publish, act: apology_active}}, then: {heat: 0.5, fires: [thanks]}}
  - {id: worse, when: {content_fired: advert}, then: {heat: 1.5, level: L4, after: 2m}}
content:
  - {id: advert, kind: ad, channel: plaza, at: T+20m, text: "Two for one!", clash: Not now.}
  - {id: letter, kind: mail, channel: mail, at: T+25m, text: News!, listed: false}
expected: {stand_down: T+45m}
words:
  complaint: ["Cold soup again, {brand}.", "I waited #time# for cold soup.", "Never again #time#"]
  question: ["Is the soup ever warm?", "Who cooks this? I waited #time#"]
  harm: ["My gran burnt her mouth."]
  none: ["lol {handle}", "soup", "still thinking about the soup #time#"]
  reaction: ["{who} same here", "{who} #time# for me"]
  echo: ["“{quote}” they say"]
  again: ["Asked {wait} minutes ago, {handle}"]
  answer-good: ["{who} thanks"]
  answer-poor: ["{who} really?"]
  answer-canned: ["{who} copy and paste"]
  chatter: ["Lunch at {brand}"]
  time: ["ten minutes", "an hour", "for ever"]
"""

SORRY = Reading(acts={"apology_active": 900_000, "corrective": 700_000}, overall=800_000)
RUDE = Reading(acts={"defensive": 900_000, "denial": 500_000}, overall=200_000)
COLLEAGUES = (
    Colleague("com", "Ina", "COM", "communication", 3 * MINUTE, 8 * MINUTE, "chef", True, 2 * MINUTE, ("holding",)),
    Colleague("chef", "Bo", "FUN", "kitchen", 4 * MINUTE, 9 * MINUTE, "", True, 2 * MINUTE, ()),
    Colleague("boss", "Ada", "EXE", "management", 30 * MINUTE, 90 * MINUTE, "com", True, 5 * MINUTE, ()),
)


_STORY = yaml.safe_load(STORY)
_PLAIN = Scenario.model_validate(_STORY)
_NUMBERS = coefficients.resolve(coefficients.text(), _PLAIN)


def scenario(**changes: Any) -> Scenario:
    """The small story, with some of its top keys changed."""
    return Scenario.model_validate({**_STORY, **changes}) if changes else _PLAIN


_PARTS = {field.name for field in fields(Setup)} - {"scenario", "seed"}


def setup(seed: int = 1, **changes: Any) -> Setup:
    """A set-up of the small story, with some of the set-up's fields or of the story's top keys changed."""
    parts = {name: changes.pop(name) for name in list(changes) if name in _PARTS}
    story = scenario(**changes)
    numbers = coefficients.resolve(coefficients.text(), story) if "public" in changes else _NUMBERS
    cast = tuple(Persona(f"p{n}", f"Person {n}", f"@person{n}") for n in range(50))
    whole = Setup(
        story, seed, cast, COLLEAGUES, numbers.coefficients, numbers.acts, numbers.diurnal,
        {"colleague.reached": ("Yes?",), "colleague.fact": ("So:",), "colleague.nothing": ("Nothing yet.",)},
    )  # fmt: skip
    return replace(whole, **parts)


def action(at_min: float, do: str, **fields: Any) -> Action:
    """An action of the social-media lead at this minute; its id comes from its moment and verb."""
    at_ms = round(at_min * MINUTE)
    return Action(id=fields.pop("id", f"{do}-{at_ms}"), at_ms=at_ms, seat="SML", do=do, **fields)  # type: ignore[arg-type]


def statement(at_min: float, reading: Reading = SORRY, **fields: Any) -> Action:
    """A holding statement on flit."""
    fields = {"kind": "holding", "channels": ("flit",), "text": "We are sorry.", **fields}
    return action(at_min, "publish", reading=reading, **fields)


def played(seed: int = 1, actions: Iterable[Action] = (), until_ms: int | None = None, **changes: Any) -> World:
    """A world in which these actions were taken, in the order of their moments, to its end."""
    world = World(setup(seed, **changes))
    for one in sorted(actions, key=lambda each: each.at_ms):
        world.advance(one.at_ms)
        world.act(one)
    world.advance(world.ends_ms if until_ms is None else until_ms)
    return world
