"""kill -9 at random moments: nothing that was acknowledged is lost. Real processes, real files."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from drills.journal import RECORD
from drills.record import verify
from drills.session import Session
from tests.drills.sessions import drill

ROOT = Path(__file__).parents[2]

PLAYER = """
import sys, time
from pathlib import Path
from drills.session import Session
from drills import joining

folder = Path(sys.argv[1])
if (folder / "run").exists():
    session = Session.resume(Path((folder / "run").read_text()))
    session.unpause()
else:
    session = Session.start(joining.from_path(folder / "mini.yaml"), folder / "runs", seed=1, pace=6)
    (folder / "run").write_text(str(session.path))
number = 0
while not session.ended:
    session.tick()
    number += 1
    action = session.act("note", text=f"line {number}")
    session.save_draft("slot", f"typed {action.id}")
    print(action.id, session.world.fingerprint(), flush=True)
    time.sleep(0.01)
"""


def killed(folder: Path, after_s: float) -> list[tuple[str, str]]:
    """Play in another process, kill it after a while, and return what it had acknowledged."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    player = subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(folder)], stdout=subprocess.PIPE, env=environment, cwd=folder
    )
    assert player.stdout is not None
    ready, _, _ = select.select([player.stdout], [], [], 60)
    assert ready, "the player came to nothing within a minute"
    select.select([], [], [], after_s)
    player.send_signal(signal.SIGKILL)
    out, _ = player.communicate()
    lines = out.decode().splitlines(keepends=True)
    return [(line.split()[0], line.split()[1]) for line in lines if line.endswith("\n")]


def survive(folder: Path, kills: int) -> None:
    """Kill a run so many times; after each, what was acknowledged must be there, and replay to the same world."""
    drill(folder)
    chance = random.Random(kills)
    acknowledged: list[tuple[str, str]] = []
    for number in range(kills):
        acknowledged += killed(folder, chance.uniform(0.02, 0.4))
        run = Path((folder / "run").read_text())
        if number % 3 == 2:
            with (run / RECORD).open("ab") as record:
                record.write(b'{"kind": "action", "torn')
        session = Session.resume(run)
        done = [action.id for action in session.desk.actions]
        assert [name for name, _ in acknowledged] == done[: len(acknowledged)]
        assert len(done) - len(acknowledged) <= number + 1, "at most the last of each round was never acknowledged"
        known = int(session.draft("slot").removeprefix("typed a"))
        assert known >= int(acknowledged[-1][0][1:])
        acknowledged = [(name, "") for name in done]
        session.close()
    assert verify(run) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_five_kills_lose_nothing(tmp_path: Path) -> None:
    survive(tmp_path, 5)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    survive(tmp_path, 50)
