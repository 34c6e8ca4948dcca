"""Runs of the shipped scenarios' crowds, for measuring: nobody at the desk, as long and large as a measure needs."""

from __future__ import annotations

from dataclasses import replace

from drills.joining import find
from drills.record import header_of, recorded
from engine.events import Posted
from engine.setup import Setup
from engine.world import World
from scenarios.moments import HOUR

UPSET = ("customer", "hurt_customer", "angry_regular", "parent", "bystander", "activist", "troll")
"""Voices whose posts of their own are negative."""


def setup_of(drill: str, seed: int) -> Setup:
    """What a run of a shipped drill is given."""
    header = header_of(find(drill), seed=seed, pace=1, seat="REP", coach="off", started="")
    return recorded(header).setup


def lengthened(setup: Setup, *, lasts: int, audience: int = 50_000) -> Setup:
    """The same world for longer and with more people in it."""
    scenario = setup.scenario
    public = scenario.public.model_copy(update={"audience": audience})
    return replace(setup, scenario=scenario.model_copy(update={"lasts": lasts, "public": public}))


def negative_originals(drill: str, count: int = 1000) -> list[str]:
    """What the first `count` unprompted negative posts of an unanswered crisis say, over as many days as it takes."""
    found: list[str] = []
    seed = 0
    while len(found) < count:
        seed += 1
        world = World(lengthened(setup_of(drill, seed), lasts=24 * HOUR))
        world.advance(world.ends_ms)
        for event in world.log:
            if not isinstance(event, Posted) or event.form != "original":
                continue
            if event.need in ("harm", "question", "complaint") or (event.voice in UPSET and event.mood != "calm"):
                found.append(world.text_of(event))
    return found[:count]
