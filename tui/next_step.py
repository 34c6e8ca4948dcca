"""What to do next, in one line: the word at the desk for whoever has the coach on. It reads only what the team sees."""

from __future__ import annotations

from collections.abc import Sequence

from drills.coach.own_posts import gone_out, hurting
from drills.coach.situations import unanswered
from drills.desk import Desk
from drills.plan import Plan
from tui import keys
from tui.glyphs import need, short_left
from tui.plan_run import pressing
from tui.safe import line
from tui.widgets.waiting import Waiting

SOON_MS = 10 * 60_000
"""Scheduled content that goes out within this, or went out within it, is worth a word."""


def next_step(
    desk: Desk,
    waits: Sequence[Waiting],
    now_ms: int,
    plan: Plan | None = None,
    seat: str = "",
    *,
    answer_first: bool = False,
) -> str:
    """The most pressing thing and its key, or '' when nothing presses. `seat`: who asks, for the plan's calls;
    `answer_first`: whether the drill's goal is an answer. What is in the outbox is as good as done.

    Somebody in danger comes before the question what this is: a level helps nobody who is hurt.
    """
    if hurting(desk):
        return keys.told("a post of your own hurts people: {delete} takes it down, {classify} says what this is")
    rows = [one for one in waits if not one.sending]
    hurt = next((one for one in rows if one.row.need == "harm" and not one.over), None)
    if desk.level is None and hurt is not None:
        return _row(hurt, now_ms)
    if desk.level is None and rows and not (answer_first and unanswered(desk)):
        return keys.told("say what this is and how bad: {classify}")
    soon = [
        view
        for view in desk.contents.values()
        if view.state == "scheduled" and 0 <= view.content.at - now_ms < SOON_MS and (desk.level or 0) >= 2
    ]
    if soon:
        first = min(soon, key=lambda view: view.content.at)
        left = short_left(first.content.at - now_ms, coarse=True)
        way = keys.told("{pane-content}, then {pause} holds it")
        return f"a scheduled {first.content.kind} goes out in {left}: {way}"
    if call := pressing(plan, desk, seat):
        return call
    if rows:
        return _row(rows[0], now_ms)
    out = [view for view in gone_out(desk) if now_ms - view.event.at_ms < SOON_MS]
    if out:
        return f"is “{line(out[-1].text, 40)}” all right now? It has just gone out"
    if desk.posts:
        ways = "{pane-feed} reads the feed, {pane-content} what is scheduled, {pane-team} your team"
        return keys.told(f"nothing waits: {ways}")
    return ""


def _row(top: Waiting, now_ms: int) -> str:
    late = 0 <= top.row.due_ms < now_ms
    what = f"{need(top.row.need).word} from {line(top.who, 24)}"
    way = keys.told("{what-next} goes there, {open} reads it, {reply} answers")
    return f"{'late ' if late else ''}{what}: {way}"
