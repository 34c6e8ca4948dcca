"""What the facilitator does to a run: the second input that a world takes after STARTEX, beside the team's actions.

One frozen record with a verb; STEERS says which fields a verb reads. A steered run replays as it was, since every one
of these is on the record.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steering:
    """One thing the facilitator did. Which fields mean something depends on `do`; the rest stay empty."""

    id: str
    at_ms: int
    do: str
    target: str = ""
    """The inject, fact, person or draft it is about; whom `speak` speaks as; the role of `seat`, `nudge` and
    `observe`; one of SWITCHES."""
    text: str = ""
    subject: str = ""
    """speak: a mail's subject. observe: how the facilitator would rate the task, P, S, M or U, or ''."""
    kind: str = ""
    """speak: an inject's kind. decide: approve or return. seat: taken or left. observe: a critical task or ''.
    switch: on or off."""
    channel: str = ""
    theme: str = ""
    needs: str = ""
    number: int = 0
    """shift: sim-milliseconds. stretch, volume, hostility: parts per million. speak: how many may react. observe: which
    note it corrects, counted from 1 in their order; 0 for a new one."""


@dataclass(frozen=True, slots=True)
class Steer:
    """What a verb needs and does, in words for help, palette and errors."""

    title: str
    about: str
    needs: tuple[str, ...] = ()


STEERS: dict[str, Steer] = {
    "fire": Steer("Fire", "let an inject happen now, a contingency inject too", ("target",)),
    "hold": Steer("Hold", "keep an inject back until it is released", ("target",)),
    "release": Steer("Release", "let an inject go that was held: now, if its moment has passed", ("target",)),
    "skip": Steer("Skip", "leave an inject out", ("target",)),
    "shift": Steer("Shift", "everything that is to come comes so much later, or sooner"),
    "stretch": Steer("Stretch", "what is to come is spread over more time, or less", ("number",)),
    "volume": Steer("Volume", "how many people join in: 100 % is the scenario's"),
    "hostility": Steer("Hostility", "how harsh they get, up to 100 %"),
    "switch": Steer("Switch", "bots, competitors or the quiet of the night: there, or not", ("target", "kind")),
    "away": Steer("Take away", "a colleague can't be reached from now on", ("target",)),
    "back": Steer("Bring back", "a colleague can be reached again", ("target",)),
    "speak": Steer("Speak", "say something as anybody of the cast, or as a colleague", ("target", "text", "kind")),
    "decide": Steer("Decide", "approve or return a draft in a colleague's place", ("target", "kind")),
    "reveal": Steer("Reveal", "the team learns a fact now", ("target",)),
    "withhold": Steer("Withhold", "the team learns a fact only when it is revealed", ("target",)),
    "seat": Steer("Seat", "somebody takes a role's seat, or leaves it to the simulation", ("target", "kind")),
    "nudge": Steer("Nudge", "a word to one seat that no other sees, or to everybody", ("target", "text")),
    "observe": Steer("Observe", "a note for the hotwash, with its moment", ("text",)),
}
SWITCHES = {"bots": "bots", "competitors": "competitors", "night": "the quiet of the night"}
"""What of the public can be there or not, and what it is called."""
EVERYBODY = "ALL"
"""Whom a nudge goes to that every seat reads."""
LOUDEST = 5_000_000
"""The highest volume, in parts per million of the scenario's."""
