"""What the coach speaks of: situations, the rungs of its help, and which of them somebody has taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.packaged import packaged

RUNGS = ("question", "pointer", "pattern", "model")
"""What the rungs 1 to 4 are called. 0 is nothing."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that a beginner may want help with now."""

    id: str
    """One of hints.yaml, or `draft` and `blank` for a text that is being written."""
    about: str = ""
    """The key of what it is about: a post, an item, a colleague, a text; '' for the desk as a whole."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What its sentences name. Some of it comes from outside: whoever shows it cleans it."""
    uses: tuple[str, ...] = ()
    """For which kinds of text a model would help; empty where no text is asked for."""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """One rung of help."""

    situation: str
    about: str
    rung: int
    """1 to 4, see RUNGS."""
    text: str
    rule: str = ""
    """The rule it follows from, as docs/sources.md and docs/scoring.md have it; pointers have one."""
    does: str = ""
    """The verb that it leads to (engine.actions.VERBS), or ''. It is named from the pointer on."""
    more: bool = False
    """Whether there is another rung above it now."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A hint that was given, as the record has it."""

    at_ms: int
    situation: str
    about: str
    rung: int

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Taken:
        """From a line of a record. Raises KeyError, TypeError or ValueError for one that is none."""
        return cls(int(line["at"]), str(line["situation"]), str(line["about"]), int(line["rung"]))

    def line(self) -> dict[str, Any]:
        """As a line of a record."""
        return {
            "kind": "hint", "at": self.at_ms, "situation": self.situation, "about": self.about, "rung": self.rung,
        }  # fmt: skip


def taken(lines: Iterable[Mapping[str, Any]]) -> tuple[Taken, ...]:
    """The hints of a record's lines, in order."""
    return tuple(Taken.of(line) for line in lines if line["kind"] == "hint")


def number(name: str) -> int:
    """A number of hints.yaml."""
    return int(packaged("drills.coach", "hints.yaml")["numbers"][name])


def texts(situation: str) -> Mapping[str, Any]:
    """What hints.yaml says on a situation."""
    found: Mapping[str, Any] = packaged("drills.coach", "hints.yaml")["situations"][situation]
    return found


def frame(use: str) -> str:
    """The sentence frame for a kind of text, or ''."""
    return str(packaged("drills.coach", "frames.yaml").get(use, ""))
