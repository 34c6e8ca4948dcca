"""What becomes of a sentence that is typed at a desk with no text box open: it is swallowed, and that is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.widgets import Input, TextArea

from tui import keys
from tui.letters import Heard, Letters

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen

NOTHING = "Nothing was typed: no text box is open."
TEAM, LOG = "{note} tells all.", "{note} writes into the log."
TOLD_S = 10.0
MOVES = ("down", "up", "first", "last")


def letters() -> Letters:
    """For a desk, with somebody's own keys."""
    rows = {row.id: row.key.split(",") for row in keys.table()}
    return Letters([one for name in MOVES for one in rows[name]], rows["no-duff"])


def swallows(app: App[object], desk: DeskScreen, event: events.Key) -> bool:
    """Whether a key at a desk, or at what lies over it, is part of such a sentence."""
    if isinstance(app.focused, Input | TextArea):
        desk.letters.forget()
        return False
    heard = desk.letters.comes(event.key, event.character, event.time)
    if heard is Heard.GOES_ON:
        return False
    way = keys.told(TEAM if not desk.session.alone else LOG) if desk.session.may("note") else ""
    words = f"{NOTHING} {way}".strip()
    if app.screen is desk:  # it stands as long as somebody types on
        desk.say(words, "warning")
    elif heard is Heard.BEGINS:  # what the first letters have opened lies over that line
        app.notify(words, severity="warning", timeout=TOLD_S, markup=False)
    return True
