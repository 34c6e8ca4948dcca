"""`stormdrill simulate`: play without a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.commands.speech import DrillName, Json, Seed, print_json, show

TEAMS = "textbook, slow, boilerplate, defensive, silent, over-reactor"
"""The names of `drills.responders.RESPONDERS`, for the help, which must not wait until those are loaded."""


def simulate(
    drill: DrillName,
    responder: Annotated[str | None, typer.Option(help=f"A scripted team: {TEAMS}.")] = None,
    actions: Annotated[Path | None, typer.Option(help="An action file (.jsonl) instead of a scripted team.")] = None,
    seed: Seed = None,
    runs: Annotated[int, typer.Option(min=1, max=100_000, help="How many seeds, from --seed on.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="How many processes.")] = 1,
    as_json: Json = False,
) -> None:
    """Play a drill without a person, and print what it scored."""
    from drills import joining
    from drills.actions_file import read_actions
    from drills.errors import DrillError
    from drills.responders import RESPONDERS
    from drills.scoring import rubric
    from drills.scoring.gates import TITLES
    from drills.simulate import simulate as run_all
    from scenarios.moments import show_moment
    from scenarios.source import suggest

    found = joining.find(drill)
    if responder is not None and actions is not None:
        raise DrillError("--responder and --actions exclude each other", remedy="give one of them")
    chosen = responder or "textbook"
    if chosen not in RESPONDERS:
        raise DrillError(
            f"there is no responder {chosen!r}{suggest(chosen, tuple(RESPONDERS))}",
            remedy=f"take {', '.join(RESPONDERS)}",
        )
    given = None if actions is None else read_actions(actions)
    first = found.file.seed if seed is None else seed
    rows = run_all(found, responder=chosen, actions=given, seed=first, runs=runs, jobs=jobs)
    name = str(actions) if actions is not None else chosen
    if as_json:
        print_json({"drill": found.id, "responder": name, "runs": list(rows)})
        return
    print(f"{found.title}, {name}")
    print("SEED        POSTS  SPEED   TONE  ESCAL.  CONDUCT  TOTAL     GATES")
    seen: set[str] = set()
    for row in rows:
        seen.update(row["gates"])
        scores = row["scores"]
        cells = [scores[key] for key in ("speed", "tone", "escalation", "conduct", "total")]
        shown = [f"{cell:5.1f}" if cell is not None else "    -" for cell in cells]
        print(
            f"{row['seed']:<10} {row['posts']:6}  {shown[0]}  {shown[1]}   {shown[2]}    {shown[3]}  {shown[4]} "
            f"{row['rating']:2}  {' '.join(row['gates'])}".rstrip()
        )
        for void in row["void"]:
            what = f"{void['do']} {void['target']}".strip()
            show(f"  not done  {show_moment(void['at_ms'])}  {what}: {void['why']}")
    caps = rubric.load(found.file.rubric)
    for id_ in [known for known in TITLES if known in seen]:
        print(f"{id_:9} {TITLES[id_]}: holds the total at {caps[f'caps.{id_}']:g} or less")
