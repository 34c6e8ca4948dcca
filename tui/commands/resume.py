"""`stormdrill resume`: go on where one left."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.play import at_the_desk
from tui.commands.speech import RunName, needs_terminal


def resume(
    run: RunName = None,
    pace: Annotated[
        float | None, typer.Option(min=0.1, max=60, help="Scenario minutes per real minute from now on.")
    ] = None,
) -> None:
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
    session = Session.resume(folder)
    if pace is not None and not session.ended:
        session.set_pace(pace)
    at_the_desk(session)
