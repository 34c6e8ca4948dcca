"""Treats everything as the worst crisis: wakes everybody, stops everything, apologises and pays for whatever it is."""

from __future__ import annotations

from drills.responders import steps
from drills.responders.team import Team
from scenarios.moments import MINUTE, SECOND

_FLOOD_MS = 8 * MINUTE
"""How long it can bear to say nothing."""
_INSIDE = ("hub", "floor")
"""Channels that are not for statements to everybody."""


def alarm(team: Team) -> bool:
    """The highest level there is, within a minute."""
    return team.once("classify") and team.act("classify", 20 * SECOND, level=4, confidence="high")


def wake(team: Team) -> bool:
    """Everybody in the book, from the top downwards, partners and all."""
    for role in ("CAB", "EXE", "LEG", "COM", "SPK", "SML", "CSM", "FUN", "REP", "PTN"):
        people = team.people(role)
        if people and team.once(f"wake {role}"):
            return team.act("escalate", 60 * SECOND, to=tuple(people), text=team.line("sitrep"))
    return False


def stop_everything(team: Team) -> bool:
    """Whatever is scheduled, however harmless."""
    return steps.stop(team, lambda _: True)


def proclaim(team: Team) -> bool:
    """A statement by the chief executive on every channel we have; a film where there is one."""
    text = team.line("official")
    everywhere = [channel for channel in team.open_channels(text) if channel.id not in _INSIDE]
    for name, slow in (("statement", False), ("film", True)):
        channels = tuple(channel.id for channel in everywhere if bool(channel.opens_minutes) is slow)
        if channels and team.once(name):
            fields = {"kind": "official", "channels": channels, "text": text, "signed_by": team.chief()}
            return team.act("publish", 2 * MINUTE, **fields)
    return False


def open_hub(team: Team) -> bool:
    """A crisis page, because there is one."""
    has = any(channel.id == "hub" for channel in team.open_channels(""))
    return has and team.once("hub") and team.act("hub", 90 * SECOND, kind="open", text=team.line("hub"))


def flood(team: Team) -> bool:
    """Another update on every channel, whether or not there is anything to say."""
    said = [out.at_ms for out in team.desk.published.values() if out.form == "statement"]
    if not said or team.now_ms - said[-1] < _FLOOD_MS:
        return False
    text = team.line("update")
    channels = tuple(
        channel.id for channel in team.open_channels(text) if channel.id not in _INSIDE and not channel.opens_minutes
    )
    return bool(channels) and team.act(
        "publish", 60 * SECOND, kind="update", channels=channels, text=text, signed_by=team.chief()
    )


def inbox(team: Team) -> bool:
    """Everything for everybody who writes, calls or asks."""
    item = steps.first(team)
    if item is None:
        return False
    team.done.add(item.key)
    if item.medium in ("press", "call"):
        return team.act("answer_press", MINUTE, target=item.key, text=team.line("press"))
    if item.medium == "approval":
        return team.act("decide", 30 * SECOND, target=item.key, kind="return", text=team.line("returned"))
    if item.medium == "message":
        return team.act("message", MINUTE, target=item.key, text=team.line("message"))
    return steps.inform_boss(team, item, 30 * SECOND)


def compensate(team: Team) -> bool:
    """An apology and money for whoever waits next, whatever they wrote."""
    waiting = steps.rows(team)
    return bool(waiting) and steps.reply(team, waiting[0], "reply", 45 * SECOND)


STEPS = (alarm, wake, steps.take_down, proclaim, stop_everything, open_hub, inbox, flood, compensate)
