"""`stormdrill verify`: replay a run and compare it with its record."""

from __future__ import annotations

import sys

from tui.commands.speech import RunName, leave


def verify(run: RunName = None) -> None:
    """Replay a run and compare it with its record, action by action."""
    from drills import shelf
    from drills.record import verify as differences

    folder = shelf.find_run(run)
    found = differences(folder)
    for line in found:
        print(line, file=sys.stderr)
    if found:
        leave(1)
    print(f"{folder.name}: the replay is the run")
