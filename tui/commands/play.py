"""`stormdrill play`: a drill, at the desk or in plain lines."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui.commands.speech import DrillName, Seed, leave, needs_terminal
from tui.start import at_the_desk, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from drills.session import Session
    from tui.plain.doing import Movable
    from tui.room import RoomView

Plain = Annotated[
    bool, typer.Option("--plain", help="Lines of text, for screen readers and scripts; `help` lists its commands.")
]
Ascii = Annotated[bool, typer.Option("--ascii", help="No box lines and glyphs: for terminals that can't show them.")]


def play(
    drill: DrillName,
    seed: Seed = None,
    pace: Annotated[float | None, typer.Option(min=0.1, max=60, help="Scenario minutes per real minute.")] = None,
    seat: Annotated[str | None, typer.Option(help="The role to play: REP, SML, COM, ...")] = None,
    coach: Annotated[Literal["on", "ask", "off"] | None, typer.Option(help="Hints.")] = None,
    plain: Plain = False,
    ascii_: Ascii = False,
) -> None:
    """Play a drill."""
    from drills.finding import place_of

    place = place_of(drill)
    if seat is not None:
        _known_seat(seat)
    if not (plain or terminal()):
        from drills.joining import from_path

        from_path(place)  # what is wrong with the drill is told before what is wrong with the place
    in_lines = plainly("play", plain)
    if ascii_:
        swap_glyphs()

    def begin() -> Session:
        from drills.joining import from_path
        from drills.session import Session
        from drills.shelf import runs_folder

        clock = session_clock(in_lines)
        return Session.start(
            from_path(place), runs_folder(), seed=seed, pace=pace, seat=seat, coach=coach, clock=clock
        )

    if in_lines:
        in_plain_lines(begin())
    else:
        at_the_desk(begin)


def plainly(what: str, plain: bool) -> bool:
    """Whether to play in lines: when asked, and on a terminal that can't move its cursor. Raises DrillError where
    nobody can play."""
    if plain or (terminal() and os.environ.get("TERM") == "dumb"):
        return True
    needs_terminal(what)
    return False


def swap_glyphs() -> None:
    """Do without box lines and glyphs from here on, whatever the locale says."""
    os.environ["STORMDRILL_ASCII"] = "1"


def session_clock(in_lines: bool) -> Callable[[], float]:
    """The clock of a run: piped commands move the time themselves."""
    from tui.plain.play import standing

    return standing if in_lines and not sys.stdin.isatty() else time.monotonic


def in_plain_lines(session: Movable | RoomView) -> None:
    """Play a session in lines; whatever happens, the run is kept."""
    from tui.plain.play import play_plain

    leave(play_plain(session, live=sys.stdin.isatty()))


def _known_seat(seat: str) -> None:
    from drills.errors import DrillError
    from scenarios.source import suggest
    from scenarios.terms import ROLES

    if seat not in ROLES:
        raise DrillError(
            f"there is no seat {seat!r}{suggest(seat, tuple(ROLES))}", remedy=f"take one of {', '.join(ROLES)}"
        )
