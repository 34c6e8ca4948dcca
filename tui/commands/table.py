"""All commands of the command line. Each is a module here, with a function of the same name."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from tui.commands.play import Ascii, swap_glyphs
from tui.commands.speech import show
from tui.start import application, terminal

COMMANDS = (
    "play", "practice", "resume", "retry", "list", "new", "check", "msel", "schema", "simulate", "runs", "report",
    "band", "override", "why", "verify", "tone", "whatif", "public", "keys", "host", "join",
)  # fmt: skip
"""In the order of the help."""
_NAMES = {"list": "list_"}
"""Functions that can't have the name of their command."""


def command_line(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line with these commands: who has named one waits for no other."""
    app = typer.Typer(
        name="stormdrill",
        help="Rehearse a social-media crisis. Without a command: the lobby.",
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(lobby)
    for name in names:
        app.command(name)(getattr(import_module(f"tui.commands.{name}"), _NAMES.get(name, name)))
    return app


def lobby(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    ascii_: Ascii = False,
) -> None:
    """Open the lobby; without a terminal, play the first drill with a scripted team and say how to play it."""
    if version:
        from drills.version import our_version

        print(f"stormdrill {our_version()}")
        return
    if ascii_:
        swap_glyphs()
    if context.invoked_subcommand is not None:
        return
    if terminal():
        application().run()
        return
    from drills.shelf import drills
    from drills.showing import minute_by_minute

    for line in minute_by_minute(drills()[0]):
        show(line)
