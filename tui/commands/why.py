"""`stormdrill why`: what moved the public in a run, and what brought a post about."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.speech import Json, RunName, print_json, show


def why(
    run: RunName = None,
    post: Annotated[str | None, typer.Argument(metavar="[POST]", help="The key of a post, share or text.")] = None,
    as_json: Json = False,
) -> None:
    """What moved the public in a finished run, theme by theme; or, for one post, what brought it about."""
    from drills import shelf
    from drills import why as reasons
    from drills.past import PastRun

    past = PastRun(shelf.find_run(run)).run
    found = reasons.Reasons.of(past)
    if post is not None:
        chain = found.chain(post)
        if as_json:
            print_json(reasons.chain_data(chain))
        else:
            for line in reasons.chain_lines(chain):
                show(line)
    elif as_json:
        print_json({"drill": past.drill.id, "seed": past.setup.seed, **found.as_data()})
    else:
        for line in reasons.why_lines(found, f"{past.drill.title}, seed {past.setup.seed}"):
            show(line)
