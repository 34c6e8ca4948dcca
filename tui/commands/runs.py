"""`stormdrill runs`: what has been played, and whether what was asked for has stuck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tui.commands.speech import Json, columns, print_json, show

if TYPE_CHECKING:
    from drills.gaps.model import Improvement
    from drills.past import PastRun
    from drills.shelf import RunInfo

SAME = 1.0
"""Points by which a total must move to count as better or worse (design choice: less is how one rounds)."""
ARROWS = {"up": "↑", "down": "↓", "level": "→", "": " "}

Wanted = Annotated[
    str | None, typer.Argument(metavar="[DRILL]", help="A drill's name: its runs, oldest first, and what stuck.")
]


def runs(drill: Wanted = None, as_json: Json = False) -> None:
    """Past and unfinished runs, the newest first; of one drill with what each asked for and whether it stuck."""
    from drills import shelf
    from scenarios.moments import show_moment

    found = shelf.runs()
    if drill is not None:
        _of_one(drill, found, as_json=as_json)
        return
    trends = _trends(found)
    if as_json:
        print_json([_row(info) | {"trend": trends[info.path.name]} for info in found])
        return
    if not found:
        print("No runs yet. Start one with: stormdrill play cafe-lumo")
        return
    width = max(len(info.path.name) for info in found)
    print(f"{'RUN':{width}}  STATE       REACHED    TOTAL")
    for info in found:
        moment, arrow = show_moment(info.reached_ms), ARROWS[trends[info.path.name]]
        again = f" retry of {info.retry_of}" if info.retry_of else ""
        total = f"{_total(info.total, info.rating)} {arrow}{again}"
        show(f"{info.path.name:{width}}  {info.state:10}  {moment}  {total}".rstrip())


def _row(info: RunInfo) -> dict[str, Any]:
    return {
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
        "retry_of": info.retry_of,
    }


def _total(total: float | None, rating: str) -> str:
    return f"{total:5.1f} {rating}" if total is not None else "    -  "


def _trends(found: Sequence[RunInfo]) -> dict[str, str]:
    """Each run's name to up, down or level against the finished run of the same drill before it, or ''. A retry, which
    knows what is coming, is held against nothing and nothing against it."""
    before: dict[str, float] = {}
    trends: dict[str, str] = {}
    for info in reversed(found):
        last = before.get(info.drill_id)
        trends[info.path.name] = ""
        if info.total is None or info.state != "ended" or info.retry_of:
            continue
        if last is not None:
            moved = info.total - last
            trends[info.path.name] = "level" if abs(moved) < SAME else "up" if moved > 0 else "down"
        before[info.drill_id] = info.total
    return trends


# -- one drill ---------------------------------------------------------------------------------------------------


def _of_one(drill: str, found: Sequence[RunInfo], *, as_json: bool) -> None:
    from drills.errors import DrillError
    from drills.past import PastRun
    from scenarios.sentences import suggest

    known = sorted({info.drill_id for info in found})
    if drill not in known:
        hint = suggest(drill, known)
        raise DrillError(f"there is no run of a drill {drill!r}{hint}", remedy="see all runs with stormdrill runs")
    trends = _trends(found)
    rows: list[dict[str, Any]] = []
    last: PastRun | None = None
    for info in reversed([info for info in found if info.drill_id == drill]):
        row = _row(info) | {"trend": trends[info.path.name], "scores": {}, "gaps": []}
        if info.state != "unfinished":
            try:
                past = PastRun(info.path)
                last = last if info.retry_of else past
            except DrillError as error:
                row["problem"] = str(error)
            else:
                card = past.scorecard()
                row["scores"] = {name: getattr(card, name) for name in _DIMENSIONS}
                row["total"], row["rating"] = card.total, card.rating
                row["gaps"] = list(past.asked_for().shown)
        rows.append(row)
    actions = _actions(last) if last is not None else []
    if as_json:
        for row in rows:
            row["scores"] = {name: _rounded(value) for name, value in row["scores"].items()}
        print_json({"drill": drill, "runs": rows, "actions": actions})
        return
    _print_runs(rows)
    _print_actions(actions)


_DIMENSIONS = ("speed", "tone", "escalation", "conduct")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _actions(newest: PastRun) -> list[dict[str, Any]]:
    """What the runs asked for and what the newest says of it: came back, still there, held, not tested, or new."""
    analysis = newest.analysis()
    found: list[tuple[Improvement, str, str, str]] = [
        (one.improvement, one.since, one.verdict, one.why) for one in analysis.stuck
    ]
    old = {one.improvement.id for one in analysis.stuck}
    name = newest.path.resolve().name
    found += [(one, name, "new", "") for one in analysis.improvements if one.id not in old]
    return [
        {
            "id": one.id,
            "area": one.area,
            "action": one.action,
            "person": one.person,
            "role": one.role,
            "due": "" if one.due is None else one.due.isoformat(),
            "since": since,
            "verdict": verdict,
            "why": why,
        }
        for one, since, verdict, why in found
    ]


def _print_runs(rows: Sequence[dict[str, Any]]) -> None:
    from drills.review_text import points

    width = max(len(row["run"]) for row in rows)
    print(f"{'RUN':{width}}  TOTAL      SPEED  TONE  ESCAL  COND  GAPS IT SHOWED")
    for row in rows:
        total = f"{_total(row['total'], row['rating'])} {ARROWS[row['trend']]}"
        scores = "  ".join(
            f"{points(row['scores'].get(name)):>{wide}}"
            for name, wide in zip(_DIMENSIONS, (5, 4, 5, 4), strict=True)
        )
        said = row.get("problem") or " ".join(row["gaps"]) or ("none" if row["scores"] else row["state"])
        show(f"{row['run']:{width}}  {total}  {scores}  {said}")


def _print_actions(actions: Sequence[dict[str, Any]]) -> None:
    from textwrap import wrap

    if not actions:
        print("\nNo corrective action has been asked for yet.")
        return
    print("\nCorrective actions, by what the newest finished run says of them")
    for verdict in ("came back", "still there", "held", "not tested", "new"):
        some = [one for one in actions if one["verdict"] == verdict]
        if some:
            print(f"\n{verdict.upper()}")
        for one in some:
            due = f", due {one['due']}" if one["due"] else ""
            head = f"{one['id']} {one['area'].lower()}: {one['person']}{due}; since {one['since']}"
            for text, indent in ((head, "  "), (one["why"] or one["action"], "      ")):
                show("\n".join(wrap(text, columns() - 1, initial_indent=indent, subsequent_indent="      ")))
