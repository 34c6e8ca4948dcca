"""`stormdrill band`: what was luck."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.speech import Json, RunName, print_json, show


def band(
    run: RunName = None,
    runs: Annotated[int, typer.Option(min=2, max=10_000, help="How many other seeds.")] = 12,
    as_json: Json = False,
) -> None:
    """What the same actions score with other luck, and how much of them could be done there."""
    from drills import shelf
    from drills.bands import of_run
    from drills.past import PastRun
    from drills.review_score import band_lines
    from drills.simulate import unswept

    past = PastRun(shelf.find_run(run))
    card = past.scorecard()
    with unswept():
        found = of_run(past.path, runs)
    assert found is not None  # nobody stops it here
    if as_json:
        print_json({"run": past.path.name, "drill": past.drill.id, "total": round(card.total, 1), **found.as_data()})
        return
    show(f"{past.drill.title}, {past.path.name}")
    for line in band_lines(card, found):
        show(line)
