"""What is being written: one record that says for which verb, to whom, and what it is called on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SITREP = (
    "What happened, since when, how many are affected, how sure you are and who says so, "
    "what is done, which decision by when, when you report next."
)
"""The seven parts of a situation report."""


@dataclass(frozen=True, slots=True)
class Job:
    """A text on its way. The fields after `title` are those of engine.actions.Action."""

    do: str
    title: str
    target: str = ""
    also: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    kind: str = ""
    channels: tuple[str, ...] = ()
    signed_by: str = ""
    approval: str = ""
    hint: str = ""
    """What an empty text area says."""
    start: str = ""
    """The text it starts with, where there is no draft."""
    mends: str = ""
    """The request for approval that was returned and is written again here, or ''."""
    objection: str = ""
    """What stands above the text: who returned it, and why."""
    whom: str = ""
    """Who reads it, as it is said when it goes: `@maren_tv, in private`; '' where its title says that."""
    about: str = ""
    """The first words of what it answers."""

    @property
    def slot(self) -> str:
        """Under which name its draft is kept. What was begun for one colleague is never found under another's name."""
        who = "+".join(self.to) if self.do in ("escalate", "ask", "inform") else ""
        return " ".join([part for part in (self.do, self.target, who, self.mends) if part])

    def fields(self, text: str) -> dict[str, Any]:
        """The fields of the action, without those that are empty."""
        every: dict[str, Any] = {
            "target": self.target,
            "also": self.also,
            "to": self.to,
            "kind": self.kind,
            "channels": self.channels,
            "signed_by": self.signed_by,
            "approval": self.approval,
            "text": text,
        }
        return {name: value for name, value in every.items() if value}
