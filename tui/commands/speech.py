"""How commands speak: their common options, what they print, how they end, whether a person is there."""

from __future__ import annotations

import json
import shutil
from typing import Annotated, Any, NoReturn

import typer

from tui.start import terminal

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Which luck; the drill's own if left out.")]
DrillName = Annotated[str, typer.Argument(metavar="DRILL", help="A drill's name, or the path of a drill or scenario.")]
RunName = Annotated[str | None, typer.Argument(metavar="[RUN]", help="A run's name or folder; the newest if left out.")]


def leave(code: int) -> NoReturn:
    """End with this exit code: 0 fine, 1 problems, 2 misuse."""
    raise SystemExit(code)


def print_json(data: Any) -> None:
    """Print JSON in ASCII: no terminal obeys it, and every pipe can carry it."""
    print(json.dumps(data, indent=2))


def show(text: str) -> None:
    """Print text that may have come from outside: harmless, whatever it holds."""
    from scenarios.text import clean

    print(clean(text))


def columns() -> int:
    """How wide the terminal is; 80 where there is none, and never less than 60."""
    return max(60, shutil.get_terminal_size((80, 24)).columns)


def needs_terminal(what: str) -> None:
    """Raise DrillError where nobody can play."""
    from drills.errors import DrillError

    if not terminal():
        remedy = "use stormdrill simulate for a scripted team, or play --plain"
        raise DrillError(f"{what} needs a terminal", remedy=remedy)
