"""Protects itself: calls it small, denies, deletes in silence, argues, and leaves the advertisements in."""

from __future__ import annotations

from drills.responders import steps
from drills.responders.team import Team
from scenarios.moments import MINUTE

_STATEMENTS = (("holding", 12), ("official", 45))
"""What it says to everybody, and from which minute on."""


def belittle(team: Team) -> bool:
    """It is nothing much, and there is no doubt about that."""
    return (
        team.passed(6 * MINUTE) and team.once("classify") and team.act("classify", MINUTE, level=1, confidence="high")
    )


def delete_in_silence(team: Team) -> bool:
    """An own post that hurts is gone one day, and was never there."""
    key = steps.own_goal(team) if team.passed(8 * MINUTE) else ""
    if not key or team.locked(team.desk.posts[key].event.channel):
        return False
    return team.once(key) and team.act("delete", MINUTE, target=key, kind="silent")


def deny(team: Team) -> bool:
    """First a misunderstanding, later somebody else's fault."""
    for kind, minute in _STATEMENTS:
        if team.passed(minute * MINUTE) and kind not in team.done:
            text = team.line(kind)
            if any(channel.id == team.origin() for channel in team.open_channels(text)):
                team.done.add(kind)
                return team.act("publish", 3 * MINUTE, kind=kind, channels=(team.origin(),), text=text)
    return False


def stonewall(team: Team) -> bool:
    """No comment."""
    item = steps.first(team, "press", "call")
    if item is None or not team.once(item.key):
        return False
    return team.act("answer_press", 2 * MINUTE, target=item.key, text=team.line("press"))


def argue(team: Team) -> bool:
    """Tell one of those who wait why they are wrong."""
    waiting = steps.rows(team) if team.passed(10 * MINUTE) else []
    return bool(waiting) and steps.reply(team, waiting[0], "reply", 3 * MINUTE)


STEPS = (belittle, delete_in_silence, deny, stonewall, argue)
