"""What a full room costs its host: `python -m tests.bench.room_full [SEATS] [POSTS A SECOND] [SECONDS] [DEAF]`.

A host in a process of its own holds a room into which so many posts come each second; in another process that many
seats read. Then the same with ten more that join and never read (DEAF). Told are the host's CPU beyond that of the same
room without anybody, how long a post takes from the host's log to a seat that parses it, and what a seat costs in
memory. Seats are observers over a real socket; the posts are those of `desk_flood`.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import aiohttp

from drills import joining
from drills.desk import Changed
from drills.room.room import Room
from drills.room.server import TICK_S, Server
from drills.room.wire import PATH
from drills.session import Session
from engine.events import Posted
from tests.bench.desk_flood import Crowd

SEATS, RATE, SECONDS, DEAF = 50, 200, 20, 10
WARM_S = 3.0
"""Everybody has joined and read what was there."""


def resident() -> int:
    """Bytes of this process that are in memory now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Running(Session):
    """A session whose time goes on, so that every seat is told of it ten times a second, as in a drill."""

    @property
    def now_ms(self) -> int:
        return int(time.monotonic() * 1000)


class Flood:
    """A session whose ticks bring posts, each stamped with the moment at which it stood in the log."""

    def __init__(self, session: Session, rate: int) -> None:
        self.session, self.crowd = session, Crowd()
        self.each = round(rate * TICK_S)
        self.ticks = 0

    def tick(self) -> Changed:
        """Each brings what came since the one before."""
        self.ticks += 1
        log = self.session.world.log
        for post in self.crowd.posts(self.each, self.ticks, 0.0):
            if isinstance(post, Posted):
                log.append(replace(post, quotes=f"{time.monotonic_ns()}"))
        return Changed.NOTHING


async def host(seats: int, rate: int, seconds: int, folder: Path) -> None:
    """Hold the room; says the port and the codes, then the figures."""
    session = Running.start(joining.find("cafe-lumo"), folder, coach="off")
    session.pause("measuring")
    room = Room(session)
    flood = Flood(session, rate)
    session.tick = flood.tick  # type: ignore[method-assign]  # its world is this flood alone
    server = Server(room)
    await server.start()
    codes = []
    for number in range(seats):  # a seat has one invitation at a time: these are as many seats
        name = f"OBS{number}" if number else "OBS"
        codes.append(room.invite(name))
    print(json.dumps({"port": server.port, "codes": codes}), flush=True)
    before = resident()
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, sys.stdin.readline)  # everybody is here
    joined = resident()
    used, began, posts = time.process_time(), time.monotonic(), flood.crowd.made
    await asyncio.sleep(seconds)
    wall = time.monotonic() - began
    figures = {
        "cpu": 100 * (time.process_time() - used) / wall,
        "posts": (flood.crowd.made - posts) / wall,
        "before": before,
        "joined": joined,
        "after": resident(),
        "here": sum(room.here.values()),
    }
    print(json.dumps(figures), flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    await server.close()
    session.close()


async def read(url: str, code: str, delays: list[float], *, deaf: bool) -> None:
    """One seat: parses every frame, or never reads a byte after its hello."""
    async with aiohttp.ClientSession() as http, http.ws_connect(url, max_msg_size=1 << 26) as socket:
        await socket.send_json({"do": "hello", "code": code, "after": 0})
        if deaf:
            assert socket._conn is not None
            socket._conn.transport.pause_reading()  # type: ignore[union-attr]  # no public way to stop reading
            await asyncio.sleep(3600)
        async for message in socket:
            now = time.monotonic_ns()
            said = json.loads(message.data)
            if said["do"] == "events":
                stamps = [row[0].get("quotes", "") for row in said["events"]]
                delays.extend([(now - int(stamp)) / 1e6 for stamp in stamps if stamp.isdigit()])


async def seats(port: int, codes: list[str], deaf: int, seconds: int, ask: subprocess.Popen[str]) -> dict[str, float]:
    """Join them all, let the host measure, and say what it and they have seen."""
    url = f"http://127.0.0.1:{port}{PATH}"
    delays: list[float] = []
    tasks = [
        asyncio.create_task(read(url, code, delays, deaf=number < deaf)) for number, code in enumerate(codes)
    ]
    await asyncio.sleep(WARM_S)
    delays.clear()
    assert ask.stdin is not None and ask.stdout is not None
    ask.stdin.write("\n")
    ask.stdin.flush()
    told = await asyncio.get_running_loop().run_in_executor(None, ask.stdout.readline)
    figures: dict[str, float] = json.loads(told)
    ordered = sorted(delays)
    if ordered:
        figures |= {
            "p50": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99)], "seen": len(ordered) / seconds
        }  # fmt: skip
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    ask.stdin.write("\n")
    ask.stdin.flush()
    return figures


def measure(many: int, deaf: int, rate: int, seconds: int) -> dict[str, float]:
    """The figures of one room: CPU in per cent of a core, delays in ms, sizes in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.room_full", "--host", str(many + deaf), str(rate), str(seconds)]
        with subprocess.Popen(
            [*command, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            opened = json.loads(process.stdout.readline())
            return asyncio.run(seats(opened["port"], opened["codes"], deaf, seconds, process))


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--host"]:
        asyncio.run(host(int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5])))
        return
    given = [int(one) for one in sys.argv[1:]]
    many, rate, seconds, deaf = [*given, *(SEATS, RATE, SECONDS, DEAF)[len(given) :]]
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    empty = measure(0, 0, rate, seconds)
    print(f"nobody: {empty['cpu']:.1f} % of a core, {empty['posts']:.0f} posts a second")
    for number, name in ((0, f"{many} seats"), (deaf, f"{many} seats and {deaf} that never read")):
        found = measure(many, number, rate, seconds)
        per = (found["joined"] - found["before"]) / (many + number)
        print(
            f"{name}: {found['cpu']:.1f} % of a core, {found['cpu'] - empty['cpu']:.1f} % for the fan-out; "
            f"p50 {found['p50']:.1f} ms, p99 {found['p99']:.1f} ms over {found['seen']:,.0f} posts a second read; "
            f"{per / 1000:.0f} kB a seat; {found['here']:.0f} connected"
        )


if __name__ == "__main__":
    main()
