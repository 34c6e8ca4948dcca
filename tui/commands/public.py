"""`stormdrill public`: the numbers of the simulated public."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.speech import Json, columns, print_json, show


def public(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="Whose public; the usual one if left out.")
    ] = None,
    own: Annotated[bool, typer.Option("--own", help="Only what the scenario changes.")] = False,
    group: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only one group of numbers: its title, or how that begins.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The simulated public's numbers, each with its value, its evidence and its source; in JSON and in a wide
    terminal with the range in which a scenario may set it.
    """
    from drills import joining, public_table
    from drills.errors import DrillError

    if own and scenario is None:
        raise DrillError("--own needs a scenario", remedy="say whose: stormdrill public SCENARIO --own")
    found = joining.find(scenario).scenario if scenario is not None else None
    if as_json:
        print_json(public_table.data(found, own=own, group=group))
        return
    for line in public_table.lines(found, columns(), own=own, group=group):
        show(line)
