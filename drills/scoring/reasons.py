"""Why a part of a text's Tone is low, where no finding shows it: what was looked for and not found, in words.

A low figure without a reason teaches nothing and feels unfair, so every part below LOW has one: a fault that the
reading found, or what is said here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from drills.scoring.card import Reason
from drills.scoring.record import Record
from drills.scoring.spoken import Text
from drills.scoring.tone import BETTER, DIMENSIONS_OF, Judged, stands
from scenarios.packaged import packaged

LOW = 0.66
"""Below this share of its points a part wants a reason (the border of S, drills/rubric.yaml)."""
_COMPONENTS = {
    "responsibility": "whose fault it was",
    "repair": "how it is put right",
    "regret": "that you are sorry",
    "explanation": "how it came about",
    "repentance": "what changes",
}


@cache
def cues() -> dict[str, list[dict[str, Any]]]:
    """What each part looks for (reasons.yaml)."""
    found: dict[str, list[dict[str, Any]]] = packaged("drills.scoring", "reasons.yaml")
    return found


def reasons(record: Record, one: Judged) -> Iterator[Reason]:
    """A reason for every low part that no finding explains, in the order of the parts."""
    for part, share in one.parts.items():
        if share < LOW and (part == "Tn2" or not _explained(one.text, part)):
            yield Reason(part, _why(record, one.text, part), BETTER[part])


def _explained(text: Text, part: str) -> bool:
    return any(one.value < 0 and one.dimension in DIMENSIONS_OF[part] for one in text.reading.findings)


def _why(record: Record, text: Text, part: str) -> str:
    if part == "Tn2":
        said = stands(record, text)
        return f"{said[0].upper()}{said[1:]}."
    if part == "Tn3":
        strong = text.does("attack") >= record.rubric["strong"]
        return "It attacks whoever complains." if strong else "It defends the house more than it answers."
    if part == "Tn7" and text.form == "statement" and text.level <= 1:
        return "A statement to everybody is too solemn for so small a matter."
    if part == "Tn6":
        missing = [what for name, what in _COMPONENTS.items() if name not in text.reading.components]
    else:
        missing = [cue["what"] for cue in cues().get(part, ()) if _asked(cue, text) and not _found(cue, text)]
    if not missing:
        return "There is something of it, and not much."
    return f"Nothing was found of this: {', '.join(missing)}."


def _asked(cue: dict[str, Any], text: Text) -> bool:
    return text.need in cue.get("in", (text.need,)) and text.need not in cue.get("unless", ())


def _found(cue: dict[str, Any], text: Text) -> bool:
    return any(one.value > 0 and one.rule.startswith(tuple(cue["rules"])) for one in text.reading.findings)
