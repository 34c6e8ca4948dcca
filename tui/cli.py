"""The command line: one command, `stormdrill`. Each of its commands is a module of `tui.commands`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from tui.commands.band import band
from tui.commands.check import check
from tui.commands.keys import keys
from tui.commands.list import list_
from tui.commands.new import new
from tui.commands.override import override
from tui.commands.play import Ascii, application, play, swap_glyphs
from tui.commands.practice import practice
from tui.commands.public import public
from tui.commands.report import report
from tui.commands.resume import resume
from tui.commands.retry import retry
from tui.commands.runs import runs
from tui.commands.schema import schema
from tui.commands.simulate import simulate
from tui.commands.speech import leave, show, terminal
from tui.commands.tone import tone
from tui.commands.verify import verify
from tui.commands.whatif import whatif
from tui.commands.why import why

app = typer.Typer(
    name="stormdrill",
    help="Rehearse a social-media crisis. Without a command: the lobby.",
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    play, practice, resume, retry, list_, new, check, schema, simulate, runs, report, band, override, why,
    verify, tone, whatif, public, keys,
):  # fmt: skip
    app.command(command.__name__.rstrip("_"))(command)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal or a pipe can't show is told, never a crash
            stream.reconfigure(errors="backslashreplace")
    code = _run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has had enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _run(args: list[str]) -> int:
    """Run one command; returns the exit code: 0 fine, 1 problems, 2 misuse."""
    from typer.core import TyperGroup
    from typer.main import get_command

    command = get_command(app)
    assert isinstance(command, TyperGroup)
    try:
        with _told():
            result = command.main(args=args, prog_name="stormdrill", standalone_mode=False)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1
    except Exception as error:
        tell: Callable[[], None] | None = getattr(error, "show", None)  # click's own errors know how to tell
        if tell is None:
            raise
        tell()
        return int(getattr(error, "exit_code", 2))
    return result if isinstance(result, int) else 0


@contextmanager
def _told() -> Iterator[None]:
    """Turn the errors that a person can do something about into sentences; never a traceback."""
    from drills.errors import DrillError
    from scenarios.source import SourceError

    try:
        yield
    except SourceError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        leave(1)
    except DrillError as error:
        print(f"stormdrill: {error}", file=sys.stderr)
        leave(1)
    except KeyboardInterrupt:
        leave(130)


@app.callback(invoke_without_command=True)
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
