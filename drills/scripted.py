"""What acting scripted teams share: one thing at a time, each taking its time, and texts used in turn."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from drills.session import Refused, Session
from scenarios.moments import HOUR, MINUTE


@cache
def texts() -> dict[str, Any]:
    """The words of the scripted teams, from responders.yaml."""
    return dict(yaml.safe_load(files("drills").joinpath("responders.yaml").read_text("utf-8")))


class Team:
    """A team at one desk, with one pair of hands."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.desk = session.desk
        self.scenario = session.drill.scenario
        self.free_ms = 0
        self.turns: dict[str, int] = {}
        self.done: set[str] = set()
        self.asked: dict[str, str] = {}
        """What waits for approval: slot to the action that asked."""
        self.asked_now = False

    def act(self, do: str, takes_ms: int, **fields: Any) -> bool:
        """Do something that takes a while; False if it can't be done now."""
        try:
            self.session.act(do, **fields)
        except Refused:
            return False
        self.free_ms = self.session.now_ms + takes_ms
        return True

    def once(self, name: str) -> bool:
        """True the first time."""
        if name in self.done:
            return False
        self.done.add(name)
        return True

    def turn(self, name: str, lines: list[str]) -> str:
        """The next of these texts, in turn."""
        number = self.turns[name] = self.turns.get(name, -1) + 1
        return lines[number % len(lines)]

    def filled(self, text: str, who: str = "", theme: str = "") -> str:
        """A text with its slots filled from what the desk shows."""
        scenario = self.scenario
        title = theme or (scenario.themes[0].title if scenario.themes else "this")
        slots = {
            "who": who,
            "theme": title[0].lower() + title[1:],
            "time": self.clock(self.session.now_ms + 30 * MINUTE),
            "brand": scenario.brand.name,
            "channel": self.origin(),
            "since": self.clock(0),
            "count": str(len(self.desk.posts)),
        }
        for name, value in slots.items():
            text = text.replace("{" + name + "}", value)
        return text.strip()

    def clock(self, at_ms: int) -> str:
        """The hour of the day at a sim moment, to the next five minutes."""
        hours, minutes = self.scenario.starts.split(":")
        at = int(hours) * HOUR + int(minutes) * MINUTE + at_ms
        five = -(-at // (5 * MINUTE)) * 5
        return f"{five // 60 % 24:02}:{five % 60:02}"

    def origin(self) -> str:
        """Where it started: as the scenario says, else where the first scripted post was."""
        if self.scenario.expected.origin is not None:
            return self.scenario.expected.origin
        first = next((inject.channel for inject in self.scenario.beats if inject.channel), None)
        return first or self.scenario.channels[0].id
