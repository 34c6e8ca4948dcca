"""`stormdrill override`: an evaluator's own marks, beside the run and never in it."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.commands.speech import Json, print_json, show


def override(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run's name or folder.")],
    item: Annotated[
        str | None,
        typer.Argument(metavar="[ITEM]", help="A line (Sp3), task (CT5), gate (G-OVER) or text's part (2.Tn3)."),
    ] = None,
    score: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCORE]",
            help="A line or part: 0 to 100, 3/4, or - for not assessed. A task: P, S, M, U, -. "
            "A gate: open, shut, or its cap.",
        ),
    ] = None,
    reason: Annotated[str | None, typer.Argument(metavar="[REASON]", help="Why, in quotes.")] = None,
    by: Annotated[str, typer.Option(help="Who says so.")] = "evaluator",
    undo: Annotated[bool, typer.Option("--undo", help="Take the mark on ITEM back.")] = False,
    as_json: Json = False,
) -> None:
    """Put your own judgement above the rubric's, with a reason. Without an item: what was overridden so far."""
    from dataclasses import asdict
    from datetime import datetime

    from drills import overrides, shelf
    from drills.errors import DrillError
    from drills.past import PastRun
    from drills.review_score import changed_lines

    past = PastRun(shelf.find_run(run))
    path, key = past.path, past.run.fingerprint
    now = datetime.now().astimezone()
    if undo:
        if item is None:
            raise DrillError("--undo needs an item", remedy="see the overrides with stormdrill override RUN")
        past.take_back(item, " ".join(part for part in (score, reason) if part), by, now)
    elif item is not None:
        if score is None or reason is None:
            raise DrillError(
                f"an override needs a score and a reason, got {'a score alone' if score else 'neither'}",
                remedy=f'such as: stormdrill override {path.name} {item} 60 "the form was down"',
            )
        past.mark(item, score, reason, by, now)
    card = past.scorecard()
    if as_json:
        before = card.before or card
        print_json(
            {
                "run": path.name,
                "total": card.total,
                "rating": card.rating,
                "scored": {"total": before.total, "rating": before.rating},
                "changes": [asdict(change) for change in card.changes],
                "history": [{**asdict(entry.mark), "undone": entry.undone} for entry in overrides.entries(path, key)],
            }
        )
        return
    for line in changed_lines(card):
        show(line)
