"""`stormdrill runs`: what has been played."""

from __future__ import annotations

from tui.commands.speech import Json, print_json, show


def runs(as_json: Json = False) -> None:
    """Past and unfinished runs, the newest first."""
    from drills import shelf
    from scenarios.moments import show_moment

    found = shelf.runs()
    if as_json:
        print_json(
            [
                {
                    "run": info.path.name,
                    "path": str(info.path),
                    "drill": info.drill_id,
                    "title": info.title,
                    "started": info.started,
                    "seed": info.seed,
                    "seat": info.seat,
                    "state": info.state,
                    "reached_ms": info.reached_ms,
                    "total": info.total,
                    "rating": info.rating,
                }
                for info in found
            ]
        )
        return
    if not found:
        print("No runs yet. Start one with: stormdrill play cafe-lumo")
        return
    width = max(len(info.path.name) for info in found)
    print(f"{'RUN':{width}}  STATE       REACHED    TOTAL")
    for info in found:
        total = f"{info.total:5.1f} {info.rating}" if info.total is not None else "    -"
        show(f"{info.path.name:{width}}  {info.state:10}  {show_moment(info.reached_ms)}  {total}")
