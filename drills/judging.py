"""What the judge of the team's next text needs to know, as the desk shows it."""

from __future__ import annotations

from typing import Literal

from drills.desk import Desk, PostView
from drills.tone import Context
from scenarios.model import Scenario


def context_of(scenario: Scenario, desk: Desk, do: str, target: str, kind: str) -> Context:
    """Where a text goes that is sent now by `do` to `target`, who reads it, and what was said before."""
    post = desk.posts.get(target)
    item = desk.inbox.get(target)
    level = desk.level or 0
    speaks = do in ("reply", "decide") or (do == "request_approval" and kind == "reply")
    severity: Literal["issue", "crisis", "opportunity"] = "crisis" if level >= 3 else "issue"
    if scenario.kind == "opportunity":
        severity = "opportunity"
    return Context(  # an event's need is a plain str to the checker; the scenario's model has let only needs through
        scenario=scenario,
        channel_kind="dm" if do == "message" else "public_reply" if speaks else "statement",
        post=post.text if post else item.text if item else "",
        above=_above(desk, post) if post else (),
        post_need=post.event.need if post else "",  # type: ignore[arg-type]
        severity=severity,
        level=level,
        now_ms=desk.now_ms,
        history=tuple(out.text for out in list(desk.published.values())[-10:] if out.form == "reply"),
        author_name=post.author if post else item.author if item else "",
    )


def _above(desk: Desk, post: PostView) -> tuple[str, ...]:
    """What the author of a post wrote above it in its thread, the nearest first."""
    found = []
    above = desk.posts.get(post.event.parent)
    while above is not None:
        if above.event.author == post.event.author:
            found.append(above.text)
        above = desk.posts.get(above.event.parent)
    return tuple(found)
