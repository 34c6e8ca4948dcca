"""`stormdrill public`: the numbers of the simulated public."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.speech import Json, print_json, show


def public(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="Whose public; the usual one if left out.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The simulated public's numbers, each with its value, its evidence and its source."""
    from drills import joining, public_table

    found = joining.find(scenario).scenario if scenario is not None else None
    if as_json:
        print_json(public_table.data(found))
        return
    for line in public_table.lines(found):
        show(line)
