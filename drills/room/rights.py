"""Who may do what in a room, and who sees what: `rights.yaml`, read once.

Everything that is not allowed there is forbidden. The facilitator sees all and takes no part; an observer sees what the
team sees and can do nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from engine.events import HIDDEN, Called, Capped, Event, InjectFired, Laid, Nudged, Received, Withdrawn
from engine.steering import EVERYBODY
from scenarios.packaged import packaged
from scenarios.terms import ROLES

FACILITATOR, OBSERVER = "FAC", "OBS"
SEATS = {**{role: words for role, words in ROLES.items() if role not in ("CAB", "PTN")},
         FACILITATOR: "facilitator", OBSERVER: "observer"}  # fmt: skip
"""Every seat of a room, and what it is called."""
_BEHIND = (*HIDDEN, InjectFired, Capped)
"""What the facilitator alone sees until ENDEX."""


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
    data = packaged("drills.room", "rights.yaml")
    groups = {name: frozenset(roles) for name, roles in data["groups"].items()}
    actions = {do: groups[name] for do, name in data["actions"].items()}
    received = {medium: groups[name] for medium, name in data["received"].items()}
    return actions, received, groups["desk"], groups["team"]


def _for(wanted: frozenset[str], seat: str, taken: Collection[str]) -> bool:
    """Whether this is for that seat, given which are taken."""
    _, _, desk, team = _tables()
    for roles in (wanted, desk, team):
        if not roles.isdisjoint(taken):
            return seat in roles
    return False


def may(seat: str, do: str, taken: Collection[str]) -> bool:
    """Whether a seat may take an action. `taken`: the seats where somebody sits, this one among them."""
    actions, _, _, _ = _tables()
    return do in actions and _for(actions[do], seat, taken)


def sees(seat: str, event: Event, taken: Collection[str]) -> bool:
    """Whether a seat is told of an event while the drill runs."""
    if seat == FACILITATOR:
        return True
    if isinstance(event, _BEHIND):
        return False
    if isinstance(event, Nudged):
        return event.to in (seat, EVERYBODY)
    if isinstance(event, Called | Laid | Withdrawn):
        return seat in (event.role, OBSERVER)
    if seat == OBSERVER or not isinstance(event, Received):
        return True
    _, received, _, team = _tables()
    return _for(received.get(event.medium, team), seat, taken)
