"""What can be seen that speaks for a level: the coach may count it, and may not know what it means.

A sign speaks for at least a level (numbers of hints.yaml; design choices after S0-18 and S2-16). It is never held
against the truth, so that a hint tells nobody whether they are right.
"""

from __future__ import annotations

from dataclasses import dataclass

from drills.coach.model import number
from drills.desk import Desk
from scenarios.moments import MINUTE

_WIDE = 10
"""Minutes over which posts are counted."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that everybody at the desk can see."""

    since_ms: int
    level: int
    words: str


def signs(desk: Desk) -> list[Sign]:
    """What speaks for a level now, the oldest first."""
    found: list[Sign] = []
    harm = [view.event.at_ms for view in desk.posts.values() if view.event.need == "harm" and not view.ours]
    if harm:
        found.append(Sign(harm[0], number("harm_level"), _many(len(harm), "call for help", "calls for help")))
    press = [item.at_ms for item in desk.inbox.values() if item.medium == "press"]
    if press:
        found.append(Sign(press[0], number("press_level"), _many(len(press), "query", "queries") + " of the press"))
    if (since := _angry_since(desk)) is not None:
        found.append(Sign(since, number("anger_level"), f"anger at {desk.anger} of 100"))
    posts = sum([volume.posts for volume in desk.volumes[-_WIDE:]])
    if posts >= number("wide_posts"):
        found.append(Sign(desk.volumes[-1].at_ms, number("wide_level"), f"{posts} posts in {_WIDE} minutes"))
    return sorted(found, key=lambda sign: sign.since_ms)


def _angry_since(desk: Desk) -> int | None:
    """Since when the anger has been high without a break, or None."""
    since: int | None = None
    for at_ms, anger in reversed(desk.mood_history):
        if anger < number("anger_high"):
            break
        since = at_ms
    return since


def differ(desk: Desk) -> list[str]:
    """What has been seen for some minutes and does not go with what the team says; empty where it all fits.

    A level can be too low for what is seen, or too high for the quiet. Both are told in the same words.
    """
    if desk.level is None:
        return []
    said_ms = desk.levels[-1][0]
    seen = signs(desk)
    patience = number("level_minutes") * MINUTE
    more = [one for one in seen if one.level > desk.level and desk.now_ms - max(one.since_ms, said_ms) >= patience]
    if more:
        return [one.words for one in more]
    quiet = number("quiet_minutes") * MINUTE
    alive = [at_ms for at_ms, anger in desk.mood_history if anger >= number("calm_anger")]
    last = max([said_ms, *alive[-1:], *_touched(desk)])
    if desk.level >= 2 and desk.now_ms - last >= quiet:
        return [f"anger at {desk.anger} of 100", f"{round(desk.per_minute())} posts a minute"]
    return []


def _touched(desk: Desk) -> list[int]:
    """When somebody last called for help or asked for the press."""
    harm = [view.event.at_ms for view in desk.posts.values() if view.event.need == "harm" and not view.ours]
    return [*harm[-1:], *[item.at_ms for item in desk.inbox.values() if item.medium == "press"][-1:]]


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
