"""What the screen keeps of what has passed: `python -m tests.bench.desk_memory [MINUTES] [RATE]`.

Ten minutes at a desk of 160x45 with all their ticks, repaints and posts, as fast as they can be done: the feed is
followed, read and followed again, the queue is moved in, dialogues are opened and closed. Beside it, in a process of
its own, the same events are folded without a screen and asked what a desk is asked (what waits, what trends); what the
first has grown by more than the second is the screen's. What Textual and Rich keep of styles and widths is bounded and
fills in some minutes: both spend five before they are measured. From then on the screen may keep no more of a post than
its height, two bytes. What waits for the collector and what the allocator has not given back yet jump by megabytes from
one minute to the next; both are asked for theirs before the process is measured.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from tests.bench.desk_flood import Hall, quiet
from tui.screens.desk import DeskScreen

MINUTES, RATE, BEFORE, WARM = 10, 500, 20_000, 5
LIBC = ctypes.CDLL(None)
TURNS = 4 * 60
"""Repaints a minute."""


def resident() -> int:
    """Bytes of this process that are in memory now, once nothing can be given back any more."""
    gc.collect()
    if hasattr(LIBC, "malloc_trim"):
        LIBC.malloc_trim(0)
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def fold(minutes: int, rate: int) -> list[int]:
    """The resident size once it is warm and after each minute, without a screen."""
    hall = Hall(BEFORE, rate)
    hall.session.tick()
    sizes = []
    for hall.rate in rates(minutes, rate):
        for _ in range(TURNS):
            hall.prepare()
            hall.pass_by(hall.session.tick)
            hall.session.desk.queue(), hall.session.desk.trending()
        sizes.append(resident())
    return sizes[WARM - 1 :]


def rates(minutes: int, rate: int) -> list[int]:
    """Posts a second in each minute, those before the measurement too."""
    return [rate] * (WARM + minutes)


async def watch(minutes: int, rate: int) -> list[int]:
    """The same with the desk on a screen, and somebody at it."""
    hall = Hall(BEFORE, rate)
    desk = await hall.open()
    sizes = []
    for minute, hall.rate in enumerate(rates(minutes, rate)):
        for number in range(TURNS):
            hall.prepare()
            with hall.app._context():
                act(desk, minute, number)
                hall.turn(desk)
            await quiet(hall.app)
            if isinstance(hall.app.screen, DeskScreen):
                continue
            with hall.app._context():
                hall.app.screen.dismiss(None)
            await quiet(hall.app)
        sizes.append(resident())
    await hall.close()
    return sizes[WARM - 1 :]


def act(desk: DeskScreen, minute: int, number: int) -> None:
    """What somebody does at the desk who looks at everything."""
    if number % 60 == 0:
        desk.go(("queue", "feed", "inbox", "log")[(minute + number // 60) % 4])
    elif number % 60 == 59:
        desk.app.action_help()
    elif desk.focused is not None and hasattr(desk.focused, "action_move"):
        desk.focused.action_move(-1 if number % 12 < 6 else 1)


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--child"]:
        what, minutes, rate = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        sizes = fold(minutes, rate) if what == "fold" else asyncio.run(watch(minutes, rate))
        print(json.dumps(sizes), file=sys.__stdout__)
        return
    given = [int(one) for one in sys.argv[1:]]
    minutes, rate = [*given, *(MINUTES, RATE)[len(given) :]]
    found = {}
    for what in ("fold", "watch"):
        command = [sys.executable, "-m", "tests.bench.desk_memory", "--child", what, str(minutes), str(rate)]
        found[what] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    posts = minutes * TURNS * (rate // 20) * 5
    print(f"{minutes} minutes, {minutes * TURNS:,} repaints, {posts:,} posts and half as many shares, 160x45")
    for what, name in (("fold", "the posts alone"), ("watch", "with the screen")):
        sizes = [size / 1e6 for size in found[what]]
        steps = " ".join([f"{after - before:+.1f}" for before, after in pairwise(sizes)])
        print(f"{name}: {sizes[0]:.0f} MB, each minute {steps}")
    grown = [sizes[-1] - sizes[0] for sizes in (found["fold"], found["watch"])]
    more = grown[1] - grown[0]
    print(
        f"grown by {grown[0] / 1e6:.1f} MB alone and {grown[1] / 1e6:.1f} MB with the screen: {more / 1e6:+.1f} MB"
        + (f", {more / posts:.0f} bytes a post beside its own {grown[0] / posts:.0f}" if posts else "")
    )


if __name__ == "__main__":
    main()
