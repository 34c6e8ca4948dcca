"""What is said after an action that leaves nothing else to see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from drills.desk import Desk
from tui import keys
from tui.glyphs import level_word

WORDS = {
    "assign": "Given to {to}.",
    "classify": "You say: {level}. {classify} changes it.",
    "note": "In the log ({pane-log}).",
    "pin": "Pinned.",
    "pause": "Held: it does not go out. {resume} lets it go.",
    "resume": "It goes out as planned.",
    "hide": "Hidden.",
    "close_account": "The account is closed.",
    "stand_down": "Stood down.",
}
_DOWN = {"said": "Taken down, and said so.", "silent": "Taken down, without a word."}
_VERDICTS = {"approve": "Approved.", "return": "Returned."}


def waits(desk: Desk, channels: Collection[str]) -> str:
    """When a statement on these channels is out, where that is not at once; ''."""
    slow = [one for one in desk.scenario.channels if one.id in channels and desk.takes_minutes(one)]
    last = max(slow, key=desk.takes_minutes, default=None)
    return f"Sent, and out in {desk.takes_minutes(last)} minutes: {last.name} takes that long." if last else ""


def done(desk: Desk, do: str, given: Mapping[str, Any], me: str = "") -> str:
    """A short sentence, or '' where the screen shows it anyway. `me`: the seat that did it."""
    kind = str(given.get("kind", ""))
    if do == "delete":
        return _DOWN.get(kind, "Taken down.")
    if do == "decide":
        return _VERDICTS.get(kind, "")
    if do == "assign" and given.get("to") == (me,):
        return "It is yours now: the others see it."
    if do == "assign" and not given.get("to"):
        return "It is put back: nobody has it."
    names = [desk.contacts[one].colleague.name if one in desk.contacts else one for one in given.get("to", ())]
    return keys.told(WORDS.get(do, ""), to=", ".join(names), level=level_word(given.get("level")))
