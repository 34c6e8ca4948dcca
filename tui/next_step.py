"""What to do next, in one line: the coach's word at the desk. It reads only what the team can see."""

from __future__ import annotations

from collections.abc import Sequence

from drills.desk import Desk
from drills.plan import Plan
from tui.glyphs import need, short_left
from tui.plan_run import pressing
from tui.safe import line
from tui.widgets.queue import Waiting, gone_out, hurting

SOON_MS = 10 * 60_000
"""Scheduled content that goes out within this, or went out within it, is worth a word."""


def next_step(desk: Desk, rows: Sequence[Waiting], now_ms: int, plan: Plan | None = None, seat: str = "") -> str:
    """The most pressing thing and its key, or '' when nothing presses. `seat`: who asks, for the plan's calls."""
    if hurting(desk):
        return "a post of your own hurts people: D takes it down, c says what this is"
    if desk.level is None and rows:
        return "say what this is and how bad: c"
    soon = [
        view
        for view in desk.contents.values()
        if view.state == "scheduled" and 0 <= view.content.at - now_ms < SOON_MS and (desk.level or 0) >= 2
    ]
    if soon:
        first = min(soon, key=lambda view: view.content.at)
        left = short_left(first.content.at - now_ms, coarse=True)
        return f"a scheduled {first.content.kind} goes out in {left}: 6, then z holds it"
    if call := pressing(plan, desk, seat):
        return call
    if rows:
        top = rows[0]
        late = 0 <= top.row.due_ms < now_ms
        what = f"{need(top.row.need).word} from {line(top.who, 24)}"
        return f"{'late: ' if late else ''}{what}: n goes there, enter reads it, r answers"
    out = [view for view in gone_out(desk) if now_ms - view.event.at_ms < SOON_MS]
    if out:
        return f"is “{line(out[-1].text, 40)}” all right now? It has just gone out"
    if desk.posts:
        return "nothing waits: 2 reads the feed, 6 what is scheduled, 4 your team"
    return ""
