"""The dialogues of a seat in a room: leaving it in one of two ways, and what was handed over with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from drills.errors import DrillError
from drills.room.wire import HANDOVER
from scenarios.terms import ROLES
from scenarios.text import clean
from tui.room import called
from tui.safe import content
from tui.screens import team_talk
from tui.screens.dialogs import ChoiceDialog, Dialog, LineDialog
from tui.widgets.choices import Choice

if TYPE_CHECKING:
    from tui.room import RoomView

KEPT = "The seat stays yours, with all that waits for you. To come back:\nstormdrill join {where}"
OPEN = "What is open, who waits for you, what you have promised"


class LeaveRoomDialog(ChoiceDialog):
    """Two ways out of a room, and staying: `out`, `give`, or None."""

    HELP = """
# Leave the room?

The others go on meanwhile; `esc` goes back to your desk.

- step out: the seat stays yours, with everything that waits for you
- give it up: the simulation answers for your role from now on, and somebody else can be invited to the seat
- `X` is for a real emergency only
"""

    def __init__(self, room: RoomView) -> None:
        others = "From then on your role is simulated, until somebody else takes the seat."
        given = others if room.seat in ROLES else "It is empty until somebody else takes it."
        choices = [
            Choice("out", "Step out for now", KEPT.format(where=room.where or "HOST:PORT"), letter="y"),
            Choice("give", "Give the seat up", given, letter="g"),
            Choice("stay", "Stay", letter="n"),
        ]
        super().__init__("Leave the room?", choices, about="The others go on meanwhile.")


class HandedDialog(Dialog[None]):
    """What whoever had the seat before has handed over."""

    DEFAULT_CSS = "HandedDialog VerticalScroll { height: auto; max-height: 12; margin: 0 0 1 0; }"
    BINDINGS = [("enter", "cancel", "Close")]

    def __init__(self, room: RoomView) -> None:
        super().__init__()
        self.room = room

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(content(f"By whoever was {called(self.room.seat)} before you."), classes="about")
            with VerticalScroll():
                yield Static(content(self.room.handed))

    def on_mount(self) -> None:
        self.frame("Handed over to you", "enter goes to the desk")
        self.query_one(VerticalScroll).focus()


async def leave_room(app: App[Any], room: RoomView) -> bool:
    """Ask how; whether the room has been left. Whoever gives a seat up is asked for a hand-over."""
    answer = (await app.push_screen_wait(LeaveRoomDialog(room)) or ("stay",))[0]
    if answer == "out":
        return True
    if answer != "give":
        return False
    handed: str | None = ""
    if room.seat in ROLES:
        about = "It goes into the log, and to whoever takes the seat next. Leave it empty if there is nothing."
        begun, keep = room.draft(HANDOVER), team_talk.keeper(room, HANDOVER)
        asks = LineDialog(
            "Hand your seat over", about=about, placeholder=OPEN, value=begun, does="hands it over", keep=keep
        )
        handed = await app.push_screen_wait(asks)
    if handed is None:
        return False
    try:
        room.leave(handed)
    except DrillError as error:
        app.notify(clean(str(error)), severity="error", markup=False)
        return False
    return True
