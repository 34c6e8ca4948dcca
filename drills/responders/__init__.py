"""Scripted teams. They look at the desk and act through the session, as people do: one thing at a time, each taking
its time.

A team is a `Policy`: its steps, the most urgent first, and a file that says how fast it is and what it writes, by kind
of scenario. `textbook` and `slow` play by the book, which is what the scenario expects and its model answers; no
other team opens it.
"""

from __future__ import annotations

from drills.responders import boilerplate, book, defensive, over_reactor
from drills.responders.team import LOOK_MS, Policy, Team
from drills.session import Session

RESPONDERS: dict[str, Policy] = {
    "textbook": Policy("textbook", book.STEPS),
    "slow": Policy("slow", book.STEPS),
    "boilerplate": Policy("boilerplate", boilerplate.STEPS),
    "defensive": Policy("defensive", defensive.STEPS),
    "silent": Policy("silent", ()),
    "over-reactor": Policy("over-reactor", over_reactor.STEPS),
}
"""Every scripted team by its name on the command line. In a crisis, the earlier is the better."""


def team(session: Session, name: str) -> Team:
    """A scripted team at a session's desk; call its `look` every `LOOK_MS`. Raises KeyError for an unknown name."""
    return Team(session, RESPONDERS[name])


def play(session: Session, responder: str) -> tuple[str, ...]:
    """Let a scripted team play a session to its end. Returns why it was refused what it could not do: nothing, as
    far as a team can see that from its desk."""
    players = team(session, responder)
    while not session.ended:
        players.look()
        session.skip_to(session.now_ms + LOOK_MS)
    return tuple(players.refused)


__all__ = ["LOOK_MS", "RESPONDERS", "Policy", "Team", "play", "team"]
