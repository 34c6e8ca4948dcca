"""`stormdrill join`: take a seat in a room."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.play import Ascii, Plain, in_plain_lines, plainly, swap_glyphs
from tui.start import at_the_desk

if TYPE_CHECKING:
    from drills.room.client import RemoteSession


def join(
    where: Annotated[str, typer.Argument(metavar="HOST:PORT", help="Where the room is, as the host has told you.")],
    code: Annotated[
        str,
        typer.Argument(metavar="[CODE]", help="Your seat's code; it works once. -: asks. Left out: back to your seat."),
    ] = "",
    tls: Annotated[bool, typer.Option("--tls", help="The room is behind TLS.")] = False,
    plain: Plain = False,
    ascii_: Ascii = False,
) -> None:
    """Take a seat in a room that somebody hosts, or come back to it."""
    in_lines = plainly("join", plain)
    if code == "-":  # on a machine of many, whoever lists its processes reads what they were given
        code = typer.prompt("Code", hide_input=sys.stdin.isatty(), err=True)
    if ascii_:
        swap_glyphs()

    def begin() -> RemoteSession:
        from drills.room.client import RemoteSession
        from drills.shelf import home

        return RemoteSession.join(where, code, home(), tls=tls)

    if in_lines:
        in_plain_lines(begin())
    else:
        at_the_desk(begin)
