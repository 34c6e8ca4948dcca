"""The facilitator's list of what was, is and comes: it agrees with what the engine then does."""

from __future__ import annotations

from typing import Any

import pytest

from drills.room.msel import GAP_MS, Entry, gaps, msel, whose
from engine.events import FactLearnt, InjectFired
from engine.reading import PPM
from engine.steering import Steering
from engine.world import World
from tests.engine.worlds import MINUTE, scenario, setup


def at(world: World, at_min: float, *steerings: dict[str, Any]) -> dict[str, Entry]:
    """The list at a minute, after these were done there."""
    world.advance(round(at_min * MINUTE))
    for number, one in enumerate(steerings):
        world.steer(Steering(f"s{world.now_ms}-{number}", world.now_ms, **one))
    return {entry.id: entry for entry in msel(scenario(), world.log)}


def test_it_says_what_has_happened_and_what_is_to_come() -> None:
    world = World(setup())
    found = at(world, 3)
    assert found["own"].done_ms == 0 and found["ruth-asks"].done_ms == 2 * MINUTE
    assert (found["press"].done, found["press"].due_ms, found["press"].who) == (False, 9 * MINUTE, "Mara Quill")
    assert found["still"].due_ms == found["thanks"].due_ms == found["f2"].due_ms == -1
    assert found["thanks"].kind == "contingency" and found["f1"].due_ms == 5 * MINUTE
    listed = msel(scenario(), world.log)
    assert [entry.id for entry in listed if entry.done][:2] == ["own", "0"] or listed[0].done
    due = [entry.due_ms for entry in listed if not entry.done and entry.due_ms >= 0]
    assert due == sorted(due)


@pytest.mark.parametrize(
    "steering",
    [
        {"do": "shift", "number": 7 * MINUTE},
        {"do": "shift", "number": -30 * MINUTE},
        {"do": "stretch", "number": 2 * PPM},
        {"do": "stretch", "number": PPM // 3},
        {"do": "volume", "number": 0},
    ],
)
def test_what_it_foretells_is_what_happens(steering: dict[str, Any]) -> None:
    world = World(setup())
    foretold = at(world, 3, steering)
    world.advance(world.ends_ms)
    happened = {event.inject: event.at_ms for event in world.log if isinstance(event, InjectFired)}
    learnt = {event.fact: event.at_ms for event in world.log if isinstance(event, FactLearnt)}
    for entry in foretold.values():
        if entry.kind in ("inject", "fact") and 0 <= entry.due_ms < world.ends_ms and not entry.done:
            assert {**happened, **learnt}[entry.id] == entry.due_ms, entry


def test_what_is_held_or_left_out_is_marked_so() -> None:
    world = World(setup())
    assert at(world, 3, {"do": "hold", "target": "press"})["press"].held
    assert not at(world, 4, {"do": "release", "target": "press"})["press"].held
    assert at(world, 5, {"do": "skip", "target": "press"})["press"].skipped
    fired = at(world, 6, {"do": "fire", "target": "press"})["press"]
    assert (fired.done_ms, fired.by, fired.skipped) == (6 * MINUTE, "facilitator", False)
    assert at(world, 6, {"do": "withhold", "target": "f2"})["f2"].held


def test_gaps_are_where_nothing_reaches_the_team_for_long() -> None:
    world = World(setup())
    at(world, 3)
    found = gaps(msel(scenario(), world.log), world.now_ms, world.ends_ms)
    assert found == [(25 * MINUTE, 60 * MINUTE)]
    at(world, 4, {"do": "skip", "target": "press"}, {"do": "skip", "target": "draft"})
    more = gaps(msel(scenario(), world.log), world.now_ms, world.ends_ms)
    assert more == [(4 * MINUTE, 20 * MINUTE), (25 * MINUTE, 60 * MINUTE)] and 5 * MINUTE < GAP_MS < 16 * MINUTE


def test_whom_a_fact_is_to_be_asked_of_is_said_in_words() -> None:
    assert ["quality (FUN)", "head of communications (COM)", ""] == [whose(one) for one in ("FUN/quality", "COM", "")]
