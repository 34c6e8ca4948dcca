"""How fast the world runs, beside bare SimPy in the same process: `python -m tests.bench.engine_speed [DRILL]`.

Prints events per second of CPU for a silent run of a whole scenario, for a bare SimPy process, and their ratio; the
best of several rounds each, since the machine is rarely alone.
"""

from __future__ import annotations

import sys
import time

import simpy

from drills import joining
from drills.record import header_of, recorded
from engine.world import World

ROUNDS = 5
TIMEOUTS = 200_000


def bare() -> float:
    """Seconds of CPU for one SimPy process that yields its timeouts."""
    environment = simpy.Environment()

    def process() -> simpy.events.ProcessGenerator:
        for _ in range(TIMEOUTS):
            yield environment.timeout(1)

    environment.process(process())
    began = time.process_time()
    environment.run()
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    name = sys.argv[1] if len(sys.argv) > 1 else "brightpan-debate-night"
    drill = joining.find(name)
    setup = recorded(header_of(drill, seed=1, pace=1, seat="SML", coach="off", started="")).setup
    best, events = float("inf"), 0
    for _ in range(ROUNDS):
        began = time.process_time()
        world = World(setup)
        world.advance(world.ends_ms)
        best, events = min(best, time.process_time() - began), len(world.log)
    simpy_s = min(bare() for _ in range(ROUNDS))
    hours = world.ends_ms / 3_600_000
    print(f"{name}, silent, {hours:g} h: {events} events in {best * 1000:.0f} ms CPU, {events / best:,.0f} a second")
    print(f"bare SimPy: {TIMEOUTS} timeouts in {simpy_s * 1000:.0f} ms CPU, {TIMEOUTS / simpy_s:,.0f} a second")
    print(
        f"one event costs as much as {(best / events) / (simpy_s / TIMEOUTS):.1f} bare timeouts; "
        f"the run is {world.ends_ms / 1000 / best:,.0f} times faster than life"
    )


if __name__ == "__main__":
    main()
