"""`stormdrill retry`: try a run again from one of its moments."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.speech import RunName, show
from tui.start import at_the_desk, terminal


def retry(
    run: RunName = None,
    at: Annotated[str | None, typer.Option(help="A moment of the run, such as T+12m.")] = None,
    action: Annotated[
        str | None, typer.Option(help="What was done (a7): go on from just before it, to do it otherwise.")
    ] = None,
) -> None:
    """Try a run again from a moment: a new run with the same luck, paused there. The old one stays as it is."""
    from drills import shelf
    from drills.errors import DrillError
    from drills.retry import retry as tried_again

    if (at is None) == (action is None):
        raise DrillError("from where?", remedy="give one of --at T+12m and --action a7")
    at_ms = None if at is None else _moment(at)
    new = tried_again(shelf.find_run(run), shelf.runs_folder(), at_ms=at_ms, action=action or "")
    if terminal():
        from drills.session import Session

        at_the_desk(lambda: Session.resume(new))
        return
    show(f"made {new.name}; play it with: stormdrill resume {new.name}")


def _moment(text: str) -> int:
    from drills.errors import DrillError
    from scenarios.moments import parse_moment

    try:
        return parse_moment(text)
    except ValueError as error:
        raise DrillError(str(error)) from None
