"""`stormdrill play`: a drill, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui.commands.speech import DrillName, Seed, needs_terminal

if TYPE_CHECKING:
    from drills.session import Session


def play(
    drill: DrillName,
    seed: Seed = None,
    pace: Annotated[float | None, typer.Option(min=0.1, max=60, help="Scenario minutes per real minute.")] = None,
    seat: Annotated[str | None, typer.Option(help="The role to play: REP, SML, COM, ...")] = None,
    coach: Annotated[Literal["on", "ask", "off"] | None, typer.Option(help="Hints.")] = None,
) -> None:
    """Play a drill."""
    from drills import joining

    found = joining.find(drill)
    if seat is not None:
        _known_seat(seat)
    needs_terminal("play")
    from drills.session import Session
    from drills.shelf import runs_folder

    at_the_desk(Session.start(found, runs_folder(), seed=seed, pace=pace, seat=seat, coach=coach))


def _known_seat(seat: str) -> None:
    from drills.errors import DrillError
    from scenarios.source import suggest
    from scenarios.terms import ROLES

    if seat not in ROLES:
        raise DrillError(
            f"there is no seat {seat!r}{suggest(seat, tuple(ROLES))}", remedy=f"take one of {', '.join(ROLES)}"
        )


def at_the_desk(session: Session) -> None:
    """Open the desk on a session; whatever happens, the run is kept."""
    from drills.tone.background import Background
    from tui.app import StormdrillApp

    try:
        StormdrillApp(session=session, adviser=Background()).run()
    finally:
        session.close()
