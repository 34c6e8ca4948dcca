"""`stormdrill join`: take a seat in a room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.play import Ascii, swap_glyphs
from tui.commands.speech import needs_terminal
from tui.start import at_the_desk

if TYPE_CHECKING:
    from tui.session_view import SessionView


def join(
    where: Annotated[str, typer.Argument(metavar="HOST:PORT", help="Where the room is, as the host has told you.")],
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="Your seat's code; it works once. Left out: back to your seat.")
    ] = "",
    tls: Annotated[bool, typer.Option("--tls", help="The room is behind TLS.")] = False,
    ascii_: Ascii = False,
) -> None:
    """Take a seat in a room that somebody hosts, or come back to it."""
    needs_terminal("join")
    if ascii_:
        swap_glyphs()

    def begin() -> SessionView:
        from drills.room.client import RemoteSession
        from drills.shelf import home

        return RemoteSession.join(where, code, home(), tls=tls)

    at_the_desk(begin)
