"""Punctual and empty: it classifies and calls about right, and under every topic it pastes one of two templates
each half hour. Its statements wait for everybody's signature and say nothing. It never changes, and it holds the
advertisements and mails but forgets the posts.
"""

from __future__ import annotations

from typing import Any

from drills.responders import steps
from drills.responders.team import Team
from scenarios.moments import MINUTE, SECOND

_PASTES_MS = 30 * MINUTE
"""How often it pastes under the same topic on the same channel."""
_NEXT_MS = 30 * MINUTE
"""From the holding statement to the official one."""
_SIGN = ("SML", "COM", "LEG", "EXE")
"""Who signs a statement, one after the other, whatever the plan says."""


def seems(team: Team) -> int:
    """The level that the desk suggests: by anger, by who asks, by whether somebody is hurt."""
    desk = team.desk
    anger = desk.anger
    hurt = bool(steps.rows(team, "harm"))
    asked = any(item.medium in ("press", "call") and item.waiting for item in desk.inbox.values())
    if hurt and anger >= 60:
        return 4
    if anger >= 50 or bool(steps.own_goal(team)) or (hurt and asked):
        return 3
    if anger >= 35 or asked:
        return 2
    return 1 if any(view.event.theme for view in desk.posts.values()) else 0


def classify(team: Team) -> bool:
    """Up as soon as it looks worse; never down."""
    level, said = seems(team), team.desk.level
    if not team.passed(team.manner.notices) or (said is not None and level <= said):
        return False
    return team.act("classify", 30 * SECOND, level=level, accounts=(team.origin(),), confidence="medium")


def stop_paid(team: Team) -> bool:
    """From L2, hold the advertisements and mails; the posts are on somebody else's list."""
    return team.level >= 2 and steps.stop(team, lambda content: content.kind in ("ad", "mail"))


def statement(team: Team) -> bool:
    """At L3 the holding statement, half an hour later the official one, both out of the drawer. That is all."""
    said = [out.at_ms for out in team.desk.published.values() if out.form == "statement"]
    if team.level < 3 or len(said) > 1 or (said and team.now_ms - said[-1] < _NEXT_MS):
        return False
    kind = "official" if said else "holding"
    draft = {"kind": kind, "text": team.line(kind), "channels": (team.origin(),)}
    if not any(channel.id == team.origin() for channel in team.open_channels(team.line(kind))):
        return False
    return team.busy if not signed(team, **draft) else team.act("publish", MINUTE, **draft)


def signed(team: Team, **draft: Any) -> bool:
    """Whether everybody has signed it, or let their time pass; asks the next of them."""
    contacts = team.desk.contacts.items()
    for role in _SIGN:
        person = next((id_ for id_, one in contacts if one.colleague.plays(role)), "")
        slot = f"{draft['kind']} {role}"
        if person and slot not in team.asked:
            steps.ask_leave(team, slot, (person,), **draft)
            return False
        if person and team.desk.approvals[team.asked[slot]].state == "waiting":
            return False
    return True


def inbox(team: Team) -> bool:
    """A line out of the drawer for a journalist and whoever writes privately; for executives there is none."""
    item = steps.first(team, "press", "call", "message", "approval")
    if item is None or not team.once(item.key):
        return False
    if item.medium in ("press", "call"):
        return team.act("answer_press", 30 * SECOND, target=item.key, text=team.line("press"))
    if item.medium == "approval":
        return team.act("decide", 30 * SECOND, target=item.key, kind="return", text=team.line("returned"))
    return team.act("message", 15 * SECOND, target=item.key, text=team.line("message"))


def paste(team: Team) -> bool:
    """The next template, under the newest post of a topic whose turn it is."""
    for row in steps.rows(team):
        event = team.desk.posts[row.posts[-1]].event
        if team.every(f"paste {event.channel}/{event.theme}", _PASTES_MS):
            return steps.reply(team, row, "reply", 30 * SECOND)
    return False


STEPS = (steps.sweep, steps.take_down, classify, steps.call_by_level, stop_paid, statement, inbox, paste)
