"""The bands of a run, worked out in a process of their own: no screen ever waits for them.

A thread of ours would do, were it not that Python lets one thread work at a time: keys would lag by seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from drills.bands import Band, Bands, Stopped, of_run
from drills.errors import DrillError
from drills.journal import RECORD
from drills.simulate import unswept

_LOOKS_S = 0.1
"""How often it asks whether anybody still wants to know."""


def bands_of(folder: Path, stopped: Stopped) -> Bands | None:
    """The bands of a run on disk; None once `stopped` says so. Waits, so call it from a thread.

    Raises DrillError where there are none: the run can't be read, or is of another version of luck.
    """
    if not (folder / RECORD).is_file():
        raise DrillError("this run has no record", str(folder))
    home = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "drills.band_process", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    except OSError as error:
        raise DrillError(f"the same actions can't be played again here ({error.strerror})") from None
    with process:
        while True:
            try:
                told, _ = process.communicate(timeout=_LOOKS_S)
                break
            except subprocess.TimeoutExpired:
                if stopped():
                    process.kill()
                    process.communicate()
                    return None
    if process.returncode:
        raise DrillError("the same actions can't be played again", str(folder), "see stormdrill band")
    return _bands(told)


def _bands(told: bytes) -> Bands:
    data = json.loads(told)
    dimensions = {name: None if band is None else Band(**band) for name, band in data["dimensions"].items()}
    return Bands(data["runs"], Band(**data["total"]), dimensions, data["undone"], data["moved"])


def main() -> None:
    """What the process does: print the bands of the run that it is given, out of everybody's way."""
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        with unswept():
            found = of_run(Path(sys.argv[1]))
    except DrillError:
        sys.exit(1)
    assert found is not None  # nobody stops it from inside
    sys.stdout.write(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
