"""`stormdrill why`: what moved the public in a run, and what brought a post about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.commands.speech import Json, columns, print_json, show


def why(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="A run's name or folder; the newest if left out.")
    ] = None,
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", help="What `why` shows in brackets: a post, a script, a text, an action."),
    ] = None,
    as_json: Json = False,
) -> None:
    """What moved the public in a finished run, theme by theme; or, for one KEY, what brought it about and what came
    of it. KEY alone is sought in the newest run.
    """
    from drills import why as reasons
    from drills.errors import DrillError
    from drills.past import PastRun
    from scenarios.source import suggest

    folder, asked = _asked(run, key)
    past = PastRun(folder).run
    found = reasons.Reasons.of(past)
    if asked is not None and key is None and asked not in found.causes:
        hint = suggest(asked, found.causes.keys())
        raise DrillError(
            f"there is no run {asked!r}, and nothing in the newest has that key{hint}",
            remedy="see all runs with stormdrill runs",
        )
    key = asked
    if key is not None:
        if as_json:
            print_json(reasons.chain_data(found, key))
        else:
            for line in reasons.chain_lines(found, key, columns()):
                show(line)
    elif as_json:
        print_json({"drill": past.drill.id, "seed": past.setup.seed, **found.as_data()})
    else:
        for line in reasons.why_lines(found, f"{past.drill.title}, seed {past.setup.seed}", columns()):
            show(line)


def _asked(run: str | None, key: str | None) -> tuple[Path, str | None]:
    """Which run, and which key in it: a single word that names no run is a key in the newest."""
    from drills import shelf
    from drills.errors import DrillError

    try:
        return shelf.find_run(run), key
    except DrillError:
        if run is None or key is not None or Path(run).exists():
            raise
    return shelf.find_run(None), run
