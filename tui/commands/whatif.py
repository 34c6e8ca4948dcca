"""`stormdrill whatif`: two courses of action with the same luck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.commands.speech import DrillName, Json, Seed, columns, print_json, show


def whatif(
    drill: DrillName,
    actions: Annotated[Path, typer.Option(help="What the team did.")],
    instead: Annotated[Path, typer.Option(help="What it might have done.")],
    seed: Seed = None,
    as_json: Json = False,
) -> None:
    """Compare two courses of action with the same luck: which posts were prevented, which are new, what it scores."""
    from drills import joining
    from drills.simulate import unswept
    from drills.whatif import compare

    with unswept():  # reading a large scenario makes much and drops little
        found = joining.find(drill)
        difference = compare(found, actions, instead, seed=found.file.seed if seed is None else seed)
    if as_json:
        print_json(difference.as_data())
        return
    for line in difference.as_text(columns()):
        show(line)
