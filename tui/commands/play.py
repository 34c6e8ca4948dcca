"""`stormdrill play`: a drill, at the desk or in plain lines."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui.commands.speech import DrillName, Seed, leave, needs_terminal, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from drills.session import Session
    from tui.app import StormdrillApp

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
    from drills import joining

    found = joining.find(drill)
    if seat is not None:
        _known_seat(seat)
    in_lines = plainly("play", plain)
    if ascii_:
        swap_glyphs()
    from drills.session import Session
    from drills.shelf import runs_folder

    session = Session.start(
        found, runs_folder(), seed=seed, pace=pace, seat=seat, coach=coach, clock=session_clock(in_lines)
    )
    (in_plain_lines if in_lines else at_the_desk)(session)


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


def in_plain_lines(session: Session) -> None:
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


def at_the_desk(session: Session) -> None:
    """Open the desk on a session; whatever happens, the run is kept."""
    try:
        application(session=session).run()
    finally:
        session.close()


def application(session: Session | None = None) -> StormdrillApp:
    """The application as its user has set it up: own keys, colours, glyphs. Raises SourceError where the file of own
    keys is wrong."""
    from drills.tone.background import Background
    from tui import keys
    from tui.app import StormdrillApp
    from tui.glyphs import ascii_wanted
    from tui.own_keys import own_keys
    from tui.safe import AsciiFilter
    from tui.settings import Settings

    keys.rebind(own_keys())
    encoding = sys.stderr.encoding  # Textual draws there
    swapped = AsciiFilter(encoding) if ascii_wanted(encoding) else None
    return StormdrillApp(session=session, adviser=Background(), settings=Settings(), ascii_filter=swapped)
