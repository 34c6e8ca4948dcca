"""`stormdrill report`: the after-action report, as a page, Markdown, JSON or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui.commands.speech import RunName, show

if TYPE_CHECKING:
    from drills.bands import Bands


def report(
    run: RunName = None,
    format_: Annotated[
        Literal["md", "json", "html", "xlsx"],
        typer.Option("--format", help="md, json, html (one page, to read and to print) or xlsx (a workbook)."),
    ] = "md",
    out: Annotated[
        Path | None,
        typer.Option(
            help="A file; its name will begin with EXERCISE_. Left out: the terminal, or for html and xlsx "
            "a file in this folder."
        ),
    ] = None,
    redact: Annotated[bool, typer.Option("--redact", help="Roles and numbers instead of people's names.")] = False,
    luck: Annotated[
        bool, typer.Option("--luck/--no-luck", help="Whether to play the same actions with other luck.")
    ] = True,
) -> None:
    """The after-action report: what happened, what it scored and why, what to change in the plan and to practise."""
    from drills import shelf
    from drills.past import PastRun
    from drills.report.content import report_of
    from drills.report.files import rendered, text_of, usual_name, write
    from drills.report.redact import redacted

    past = PastRun(shelf.find_run(run))
    bands = _luck(past.path) if luck else None
    found = report_of(past.run, past.scorecard(), past.analysis(), name=past.path.name, bands=bands)
    if redact:
        found = redacted(found, past.run)
    if out is None and format_ in ("md", "json"):
        show(text_of(found, format_).rstrip("\n"))
        return
    print(f"written to {write(rendered(found, format_), out or Path(usual_name(found, format_)))}")


def _luck(folder: Path) -> Bands | None:
    """What was luck; nothing for a run of another version of it, whose report needs no engine."""
    from drills.bands import of_run
    from drills.errors import DrillError
    from drills.simulate import unswept

    try:
        with unswept():
            return of_run(folder)
    except DrillError:
        return None
