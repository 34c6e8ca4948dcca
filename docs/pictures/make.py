"""Draw the pictures of the documentation: `python docs/pictures/make.py`.

A scripted team plays Brightpan for twenty-six scenario minutes; then the desk is drawn as it stands. The same files
give the same picture.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from drills import joining
from drills.responders import LOOK_MS, team
from drills.session import Session
from scenarios.moments import MINUTE
from tui.app import StormdrillApp

HERE = Path(__file__).parent
UNTIL_MS = 26 * MINUTE


class Still:
    """A clock that stands: what the picture shows does not depend on how fast it was drawn."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def desk() -> str:
    """The desk in the middle of a drill, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session.start(joining.find("brightpan-debate-night"), Path(folder), clock=Still())
        textbook = team(session, "textbook")
        while session.now_ms < UNTIL_MS:
            if session.now_ms < UNTIL_MS - 9 * MINUTE:
                textbook.look()
            session.skip_to(session.now_ms + LOOK_MS)
        app = StormdrillApp(session=session)
        async with app.run_test(size=(150, 42)) as pilot:
            await pilot.pause(0.5)
            await pilot.press("enter")
            await pilot.pause(0.5)
            return app.export_screenshot(title="stormdrill", simplify=True)


def main() -> None:
    """Draw them all."""
    svg = asyncio.run(desk())
    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    # the terminal's own ids are random; fixed ones keep the picture the same from run to run
    for number, name in enumerate(dict.fromkeys(re.findall(r"terminal-\d+", svg))):
        svg = svg.replace(name, f"terminal-{number}")
    (HERE / "desk.svg").write_text(svg, "utf-8")
    print(HERE / "desk.svg")


if __name__ == "__main__":
    main()
