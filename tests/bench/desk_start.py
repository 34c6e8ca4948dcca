"""How long one waits for the first picture: `python -m tests.bench.desk_start [ROUNDS]`.

From the start of the process to the first words on a real pseudo-terminal of 80x24, and to the screen that one can
work with: the lobby, a drill's desk, and an unfinished drill's desk, beside a trivial Textual app. The four take turns,
since the machine is rarely alone, and the medians are compared. One round before them fills the caches of files.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
from pathlib import Path

from drills import joining
from drills.session import Session
from tests.bench.desk_latency import Terminal

ROUNDS = 9
SIZE = (80, 24)
TRIVIAL = """
from textual.app import App
from textual.widgets import Static
class Trivial(App):
    def compose(self):
        yield Static("EXERCISE")
Trivial().run()
"""
MAIN = "from tui.cli import main; main()"
WORDS = re.compile(rb"EXERCISE")
"""On every first screen of ours, and in the trivial app."""
READY = re.compile(rb"Practice and drills|1 Queue")
"""On the lobby and on the desk."""


def programs() -> dict[str, tuple[str, ...]]:
    """What is started, by its name; the first is the measure of the others."""
    return {
        "a trivial Textual app": ("-c", TRIVIAL),
        "stormdrill, the lobby": ("-c", MAIN),
        "stormdrill play, the desk": ("-c", MAIN, "play", "cafe-lumo"),
        "stormdrill resume, the desk": ("-c", MAIN, "resume"),
    }


def first_picture(arguments: tuple[str, ...], home: Path) -> tuple[float, float]:
    """Milliseconds to the first words, and to a screen to work with. Raises SystemExit if they do not come."""
    # Compiled modules are kept, as they are wherever it is installed, whatever this process was told about them.
    kept = {"STORMDRILL_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    with Terminal([sys.executable, *arguments], SIZE, **kept) as terminal:
        shown = terminal.until(WORDS, 60)
        ready = shown if TRIVIAL in arguments else terminal.until(READY, 60)
        if shown is None or ready is None:
            raise SystemExit(f"{' '.join(arguments)[-40:]!r} showed nothing")
        return (shown - terminal.began) * 1000, (ready - terminal.began) * 1000


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in programs()}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        session = Session.start(joining.find("cafe-lumo"), home / "runs")
        session.close()
        for number in range(rounds + 1):
            for name, arguments in programs().items():
                took = first_picture(arguments, home)
                if number:
                    found[name].append(took)
    loads = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"start to first picture, {SIZE[0]}x{SIZE[1]}, {rounds} rounds; load {loads}")
    measure = statistics.median(first for first, _ in next(iter(found.values())))
    for name, times in found.items():
        first, ready = (statistics.median(one) for one in zip(*times, strict=True))
        least = min(one for one, _ in times)
        times_trivial = f"= {first / measure:.2f} of the trivial app"
        print(f"{name:<28} median {first:4.0f}  least {least:4.0f} ms  {times_trivial}, ready {ready:4.0f} ms")


if __name__ == "__main__":
    main()
