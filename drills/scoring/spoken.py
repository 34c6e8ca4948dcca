"""One of the team's own texts that went out, with what scoring asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from drills.scoring.card import Evidence
from engine.actions import Action
from engine.events import Published
from engine.reading import PPM, Reading

PLAIN = Reading()
BROADCASTS = ("statement", "hub")
ANSWERS = ("reply", "message", "press")


@dataclass(frozen=True, slots=True)
class Text:
    """One of the team's own texts that went out."""

    event: Published
    action: Action | None
    """None only in a log that lost it."""
    channels: tuple[str, ...]
    reach: int
    """Followers of the channels, or of those who are answered; 1 for a private message."""
    level: int
    """What it really was when the text went out."""
    need: str
    """What the answered post wants, or ''."""
    where: tuple[str, ...] = ()
    """The names of the channels."""

    @property
    def at_ms(self) -> int:
        return self.event.at_ms

    @property
    def form(self) -> str:
        return self.event.form

    @property
    def reading(self) -> Reading:
        return (self.action.reading if self.action else None) or PLAIN

    @property
    def public(self) -> bool:
        """Whether the public can read it."""
        return self.form not in ("message", "press")

    @property
    def broadcast(self) -> bool:
        """Whether it speaks to everybody."""
        return self.form in BROADCASTS

    def does(self, act: str) -> float:
        """How strongly it performs an act of the reading, 0 to 1."""
        return self.reading.acts.get(act, 0) / PPM

    def is_(self, dimension: str) -> float | None:
        """A dimension of the reading, 0 to 1, or None where it does not apply."""
        value = self.reading.dimensions.get(dimension)
        return None if value is None else max(0.0, min(1.0, value / PPM))

    def evidence(self) -> Evidence:
        """The text in its own words."""
        return Evidence(self.at_ms, f"{self._what()}: “{quoted(self.event.text)}”", self.event.action)

    def _what(self) -> str:
        where = f" on {', '.join(self.where)}" if self.where else ""
        match self.form:
            case "statement":
                return f"{self.event.kind or 'statement'}{where}"
            case "hub":
                return "crisis page"
            case "press":
                return "to the press"
            case "message":
                return "private message"
            case "fake":
                return f"praise under another name{where}"
            case _:
                count = len(self.event.targets)
                return f"reply{where}" + (f" to {count} posts" if count > 1 else "")


def quoted(text: str, most: int = 140) -> str:
    """A text short enough for a line of evidence."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
