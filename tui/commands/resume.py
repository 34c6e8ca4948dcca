"""`stormdrill resume`: go on with an unfinished run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.play import Ascii, Plain, in_plain_lines, plainly, session_clock, swap_glyphs
from tui.commands.speech import RunName
from tui.start import at_the_desk

if TYPE_CHECKING:
    from drills.session import Session


def resume(
    run: RunName = None,
    pace: Annotated[
        float | None, typer.Option(min=0.1, max=60, help="Scenario minutes per real minute from now on.")
    ] = None,
    plain: Plain = False,
    ascii_: Ascii = False,
) -> None:
    """Go on with an unfinished run; the newest if none is named."""
    from drills import shelf
    from drills.errors import DrillError

    if run is None:
        unfinished = [info.path for info in shelf.runs() if info.state == "unfinished"]
        if not unfinished:
            raise DrillError("there is no unfinished run", remedy="start one with stormdrill play")
        folder = unfinished[0]
    else:
        folder = shelf.find_run(run)
    in_lines = plainly("resume", plain)
    if ascii_:
        swap_glyphs()

    def begin() -> Session:
        from drills.session import Session

        session = Session.resume(folder, clock=session_clock(in_lines))
        if pace is not None and not session.ended:
            session.set_pace(pace)
        return session

    if in_lines:
        in_plain_lines(begin())
    else:
        at_the_desk(begin)
