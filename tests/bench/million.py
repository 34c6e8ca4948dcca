"""A million posts in one run: `python -m tests.bench.million [POSTS]`.

The storm of the validation tests, made so infectious that it fills its audience, with the safety cap raised. Prints
posts a second and the bytes that the process grew by for each post or share, at its largest; and beside it what a bare
SimPy timeout costs in the same process.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from engine.events import Posted, Shared
from engine.world import World
from scenarios.moments import HOUR
from tests.bench.engine_speed import TIMEOUTS, bare
from tests.validation import storms

_BYTES = 1024 if sys.platform != "darwin" else 1


@dataclass(frozen=True, slots=True)
class Million:
    """What one large run cost."""

    posts: int
    """Posts and shares."""
    seconds: float
    """Of CPU."""
    bytes_a_post: float
    """How much the process had grown at its largest, over posts and shares."""
    simpy_ratio: float
    """How many bare SimPy timeouts one post or share costs."""


def hot(posts: int) -> World:
    """A world that will make this many posts and shares."""
    of = storms.setup(1, breeding_severity=0.8, attention_power=0, most_posts=posts)
    scenario = of.scenario
    public = scenario.public.model_copy(update={"audience": posts * 20})
    return World(replace(of, scenario=scenario.model_copy(update={"public": public, "lasts": 240 * HOUR})))


def measured(posts: int) -> Million:
    """Run it."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    world = hot(posts)
    before, began = _resident(), time.process_time()
    for hour in range(1, 241):
        world.advance(hour * HOUR)
        if world.public.moods.exhausted:
            break
    seconds = time.process_time() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES - before
    gc.set_threshold(*usual)
    made = sum(isinstance(event, Posted | Shared) for event in world.log)
    del world
    simpy_s = min(bare() for _ in range(3)) / TIMEOUTS
    return Million(made, seconds, grown / made, seconds / made / simpy_s)


def _resident() -> int:
    """Bytes of this process that are in memory now."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES


def main() -> None:
    """Measure and print."""
    found = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    print(f"{found.posts:,} posts and shares in {found.seconds:.1f} s CPU, {found.posts / found.seconds:,.0f} a second")
    print(f"{found.bytes_a_post:.0f} bytes a post at the largest; {found.simpy_ratio:.0f} bare SimPy timeouts each")


if __name__ == "__main__":
    main()
