"""What acting scripted teams share: one pair of hands, each thing taking its time, and texts used in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from drills.plan import keys
from drills.responders.character import character
from drills.session import Refused, Session
from scenarios.model import Channel
from scenarios.moments import HOUR, MINUTE, SECOND

LOOK_MS = 10 * SECOND
"""How often somebody may look at the desk: the grain of a scripted team's time."""

Step = Callable[["Team"], bool]
"""Something that a team may do now. True when it was done, so that the hands are full for a while."""

_CALLS = ("escalate", "request_approval")


@dataclass(frozen=True, slots=True)
class Policy:
    """A team as data: whose file holds its manner and its words, and its steps, the most urgent first."""

    name: str
    steps: tuple[Step, ...]


class Team:
    """A team at one desk, with one pair of hands."""

    def __init__(self, session: Session, policy: Policy) -> None:
        self.session, self.policy = session, policy
        self.desk = session.desk
        self.scenario = session.drill.scenario
        described = character(policy.name)
        self.manner = described.manners.get(self.scenario.kind, described.manner)
        self.words = described.words(self.scenario.kind)
        self.since_ms = -1
        """When something first showed on the desk, or -1."""
        self.free_ms = 0
        self.turns: dict[str, int] = {}
        self.done: set[str] = set()
        self.last: dict[str, int] = {}
        self.asked: dict[str, str] = {}
        """What waits for approval: slot to the action that asked."""
        self.keys = keys(session.drill.plan, self.scenario) if session.drill.plan else {}
        """Channel or scheduled item to who alone holds its keys, by the plan."""
        self.refused: list[str] = []
        """What the world would not take, in its words."""

    # -- time and hands --------------------------------------------------------------------------------------

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return self.session.now_ms

    @property
    def busy(self) -> bool:
        """Whether the hands are full: something has been done just now."""
        return self.now_ms < self.free_ms

    @property
    def may_speak(self) -> bool:
        """Whether this team would say anything in public yet."""
        return self.passed(self.manner.speaks)

    @property
    def level(self) -> int:
        """What it says this is; 0 as long as it has said nothing."""
        return self.desk.level or 0

    def look(self) -> None:
        """Do the most urgent thing that is to be done, if the hands are free."""
        if self.busy or not (self.desk.posts or self.desk.inbox):
            return
        if self.since_ms < 0:
            self.since_ms = self.now_ms
        for step in self.policy.steps:
            if step(self):
                return
        self.free_ms = self.now_ms + self.manner.looks

    def act(self, do: str, takes_ms: int, **fields: Any) -> bool:
        """Do something that takes a while; False, and remembered, if the world doesn't take it."""
        try:
            self.session.act(do, **fields)
        except Refused as refusal:
            self.refused.append(f"{do}: {refusal}")
            return False
        self.free_ms = self.now_ms + (self.manner.hands_over if do in _CALLS else takes_ms * self.manner.slower)
        return True

    def once(self, name: str) -> bool:
        """True the first time."""
        if name in self.done:
            return False
        self.done.add(name)
        return True

    def every(self, name: str, gap_ms: int) -> bool:
        """True the first time, and again whenever so much time has passed since it last was."""
        if self.now_ms - self.last.get(name, -gap_ms) < gap_ms:
            return False
        self.last[name] = self.now_ms
        return True

    def passed(self, span_ms: int) -> bool:
        """Whether so much time has passed since the first sign of trouble."""
        return self.now_ms >= self.since_ms + span_ms

    # -- people and places -----------------------------------------------------------------------------------

    def people(self, role: str) -> list[str]:
        """Who plays this role and has not been called yet."""
        return [id_ for id_, one in self.desk.contacts.items() if one.state == "idle" and one.colleague.plays(role)]

    def locked(self, what: str) -> str:
        """Who must be called before this channel or scheduled item opens, or ''."""
        contact = self.desk.contacts.get(self.keys.get(what, ""))
        if contact is None or contact.with_us or contact.colleague.plays(self.session.seat):
            return ""
        return contact.colleague.id

    def chief(self) -> str:
        """The name of whoever is at the top."""
        for role in ("EXE", "COM", "SML"):
            for one in self.desk.contacts.values():
                if one.colleague.plays(role):
                    return one.colleague.name
        return f"The management of {self.scenario.brand.name}"

    def origin(self) -> str:
        """Where it started, as far as the desk shows: where the first post about a theme is."""
        first = next((view.event for view in self.desk.posts.values() if view.event.theme), None)
        return first.channel if first else self.scenario.channels[0].id

    def open_channels(self, text: str) -> list[Channel]:
        """Our channels that take this text now, and to which we have the keys."""
        now = self.now_ms
        return [
            channel
            for channel in self.scenario.channels
            if len(text) <= channel.char_limit
            and channel.id not in self.desk.closed
            and not self.locked(channel.id)
            and not any(gap.from_ <= now < gap.until for gap in channel.down)
        ]

    # -- words -----------------------------------------------------------------------------------------------

    def line(self, use: str, who: str = "", theme: str = "", fits: int = 4000) -> str:
        """The next of the texts for this use, filled; the next that fits where only so many characters do.

        A use without texts of its own takes those for a complaint. A text that is too long everywhere loses its end.
        """
        lines = self.words.get(use) or self.words["complaint"]
        for _ in lines:
            text = self.filled(self._turn(use, lines), who, theme)
            if len(text) <= fits:
                return text
        return text[: fits - 1].rsplit(" ", 1)[0] + "…"

    def _turn(self, name: str, lines: Sequence[str]) -> str:
        number = self.turns[name] = self.turns.get(name, -1) + 1
        return lines[number % len(lines)]

    def filled(self, text: str, who: str = "", theme: str = "") -> str:
        """A text with its slots filled from what the desk shows."""
        scenario = self.scenario
        title = theme or (scenario.themes[0].title if scenario.themes else "this")
        slots = {
            "who": who,
            "theme": title[0].lower() + title[1:],
            "time": self.clock(self.now_ms + 30 * MINUTE),
            "brand": scenario.brand.name,
            "channel": self.origin(),
            "since": self.clock(0),
            "count": str(len(self.desk.posts)),
            "boss": self.chief(),
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
