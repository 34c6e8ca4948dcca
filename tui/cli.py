"""The command line: one command, `stormdrill`. Each of its commands is a module of `tui.commands`."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.start import application, terminal


def main() -> None:
    """The console script."""
    gc.set_threshold(50_000)  # what a start makes is kept: to look for garbage in it costs a tenth of the start
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
    try:
        with _told():
            if not args and terminal():
                application().run()
                return 0
            result = _command(args)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1
    except Exception as error:
        tell: Callable[[], None] | None = getattr(error, "show", None)  # click's own errors know how to tell
        if tell is None:
            raise
        tell()
        return int(getattr(error, "exit_code", 2))
    return result if isinstance(result, int) else 0


def _command(args: list[str]) -> object:
    match args:  # whoever gives no options waits for no parser
        case ["play", name] if not name.startswith("-"):
            from tui.commands.play import play

            play(name)
            return 0
        case ["resume"] | ["resume", _] if not args[-1].startswith("-"):
            from tui.commands.resume import resume

            resume(args[1] if len(args) > 1 else None)
            return 0
    from typer.core import TyperGroup
    from typer.main import get_command

    from tui.commands.table import COMMANDS, command_line

    command = get_command(command_line(args[:1] if args and args[0] in COMMANDS else COMMANDS))
    assert isinstance(command, TyperGroup)
    return command.main(args=args, prog_name="stormdrill", standalone_mode=False)


@contextmanager
def _told() -> Iterator[None]:
    """Turn the errors that a person can do something about into sentences; never a traceback."""
    from drills.errors import DrillError
    from scenarios.problems import SourceError

    try:
        yield
    except SourceError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(1)
    except DrillError as error:
        print(f"stormdrill: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
