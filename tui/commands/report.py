"""`stormdrill report`: the review as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui.commands.speech import RunName, show

if TYPE_CHECKING:
    from drills.bands import Bands


def report(
    run: RunName = None,
    format_: Annotated[Literal["md", "json"], typer.Option("--format", help="md or json.")] = "md",
    out: Annotated[Path | None, typer.Option(help="A file; its name will begin with EXERCISE_.")] = None,
    luck: Annotated[
        bool, typer.Option("--luck/--no-luck", help="Whether to play the same actions with other luck.")
    ] = True,
) -> None:
    """What a run scored and why, with the evidence: the review as a file."""
    from drills import shelf
    from drills.errors import DrillError
    from drills.past import PastRun
    from drills.review_text import review_json, review_markdown

    past = PastRun(shelf.find_run(run))
    found = _luck(past.path) if luck else None
    text = review_markdown(past, found) if format_ == "md" else json.dumps(review_json(past, found), indent=2)
    if out is None:
        show(text)
        return
    try:
        if out.is_dir():
            raise DrillError("this is a folder", str(out), "name a file in it")
        target = out if out.name.startswith("EXERCISE_") else out.with_name(f"EXERCISE_{out.name}")
        target.write_text(text + "\n", "utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DrillError(f"the report can't be written ({why})", str(out), "give another --out") from None
    print(f"written to {target}")


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
