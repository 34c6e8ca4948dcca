"""`stormdrill resume`: go on with an unfinished run."""

from __future__ import annotations

from tui.commands.play import at_the_desk
from tui.commands.speech import RunName, needs_terminal


def resume(run: RunName = None) -> None:
    """Go on with an unfinished run; the newest if none is named."""
    from drills import shelf
    from drills.errors import DrillError
    from drills.session import Session

    if run is None:
        unfinished = [info.path for info in shelf.runs() if info.state == "unfinished"]
        if not unfinished:
            raise DrillError("there is no unfinished run", remedy="start one with stormdrill play")
        folder = unfinished[0]
    else:
        folder = shelf.find_run(run)
    needs_terminal("resume")
    at_the_desk(Session.resume(folder))
