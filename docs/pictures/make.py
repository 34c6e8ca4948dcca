"""Make the pictures of the documentation: `python docs/pictures/make.py [NAME...]`.

A scripted team plays Tarn & Tide for forty scenario minutes; then the desk is drawn as it stands, the composer on it
with a first try at an answer, the plan over it, the review at the end, and the facilitator's console of the same run.
The lobby is that of a new user. The report's first page needs Chromium. `session` plays Café Lumo on a real terminal
with a fixed set of keys, in real time, and leaves a recording for asciinema and a moving picture. Stills are the same
from run to run, but for the report's date.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import film
import recording

from drills import joining
from drills.past import PastRun
from drills.report.content import report_of
from drills.report.html import html
from drills.responders import LOOK_MS, team
from drills.room.client import RemoteSession
from drills.room.room import Room
from drills.room.server import Server
from drills.session import Session
from scenarios.moments import MINUTE
from tui.app import StormdrillApp

HERE = Path(__file__).parent
DRILL = "tarn-and-tide"
MIDDLE_MS, LEFT_ALONE_MS = 40 * MINUTE, 12 * MINUTE
SIZE = (120, 34)
ANSWER = "We are sorry for the inconvenience. The batch is being checked and we will update you soon."


class Still:
    """A clock that stands: what the picture shows does not depend on how fast it was drawn."""

    def __call__(self) -> float:
        return 0.0


def played(folder: Path, until_ms: int, alone_ms: int = 0) -> Session:
    """The drill, played by the textbook team; for the last of that time it looks away."""
    session = Session.start(joining.find(DRILL), folder, clock=Still())
    textbook = team(session, "textbook")
    while session.now_ms < until_ms and not session.ended:
        if session.now_ms < until_ms - alone_ms:
            textbook.look()
        session.skip_to(session.now_ms + LOOK_MS)
    return session


async def drawn(app: StormdrillApp, *keys: str, typed: str = "", then: str = "") -> str:
    """What stands on its screen after these keys, this text and one more key, as SVG."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.6)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        if typed:
            await pilot.press(*["space" if letter == " " else letter for letter in typed])
            await pilot.press(then)
            await pilot.pause(1.5)
        return tidied(app.export_screenshot(title="stormdrill", simplify=True))


def tidied(svg: str) -> str:
    """Without fonts from elsewhere, and with ids that are the same from run to run."""
    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    for number, name in enumerate(dict.fromkeys(re.findall(r"terminal-\d+", svg))):
        svg = svg.replace(name, f"terminal-{number}")
    return svg


async def lobby(folder: Path) -> str:
    """What a new user sees first."""
    return await drawn(StormdrillApp(home=folder))


async def desk(folder: Path) -> str:
    """The middle of a drill."""
    return await drawn(StormdrillApp(session=played(folder, MIDDLE_MS, LEFT_ALONE_MS)), "enter")


async def composer(folder: Path) -> str:
    """An answer that could be better, and what the desk says about it."""
    return await drawn(
        StormdrillApp(session=played(folder, MIDDLE_MS, LEFT_ALONE_MS)), "j", "r", typed=ANSWER, then="f2"
    )


async def plan(folder: Path) -> str:
    """The contingency plan over the desk."""
    return await drawn(StormdrillApp(session=played(folder, MIDDLE_MS, LEFT_ALONE_MS)), "l")


async def review(folder: Path) -> str:
    """What a run was worth."""
    session = played(folder, 10 * 60 * MINUTE)
    app = StormdrillApp(home=folder)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.6)
        app.open_review(session)
        await pilot.pause(2)
        return tidied(app.export_screenshot(title="stormdrill", simplify=True))


async def console(folder: Path) -> str:
    """The facilitator's console of a room with three seats, over a real socket."""
    room = Room(played(folder, MIDDLE_MS, LEFT_ALONE_MS))
    server = Server(room)
    await server.start()
    seats = []
    try:
        for seat in ("SML", "LEG", "FAC"):
            code = room.invite(seat)
            seats.append(
                await asyncio.to_thread(RemoteSession.join, f"127.0.0.1:{server.port}", code, folder / seat)
            )
        await asyncio.sleep(1)
        return await drawn(StormdrillApp(session=seats[-1]))
    finally:
        for one in seats:
            await asyncio.to_thread(one.close)
        await server.close()


STILLS: dict[str, Callable[[Path], Awaitable[str]]] = {
    "lobby": lobby, "desk": desk, "composer": composer, "plan": plan, "review": review, "console": console,
}  # fmt: skip


def report(folder: Path) -> Path | None:
    """The first page of the after-action report; None where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return None
    session = played(folder, 10 * 60 * MINUTE)
    past = PastRun(session.path)
    page = folder / "EXERCISE_report.html"
    page.write_text(html(report_of(past.run, past.scorecard(), past.analysis(), name="a-run")), "utf-8")
    picture = HERE / "report.png"
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'browser'}",
    )
    subprocess.run(
        [browser, *flags, f"--screenshot={picture}", "--window-size=900,1160", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return picture


def session(folder: Path) -> list[Path]:
    """A first drill, as a recording and as a moving picture."""
    cast, moving = HERE / "session.cast", HERE / "session.svg"
    recorded = recording.cast(recording.record(folder))
    cast.write_text(film.thinned(recorded), "utf-8")
    moving.write_text(film.svg(recorded), "utf-8")
    return [cast, moving]


def main() -> None:
    """Make those that are named, or all."""
    os.environ.setdefault("TZ", "UTC")
    wanted = sys.argv[1:] or [*STILLS, "report", "session"]
    for name in wanted:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            if name == "session":
                made = session(Path(folder))
            elif name == "report":
                picture = report(Path(folder))
                made = [picture] if picture else []
            else:
                made = [HERE / f"{name}.svg"]
                made[0].write_text(asyncio.run(STILLS[name](Path(folder))), "utf-8")
        for path in made:
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
