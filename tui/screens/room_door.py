"""The way into a room: the briefing of one's seat, or straight to the desk; and the stop before one is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drills.errors import DrillError
from tui.room import room_of
from tui.screens.dialogs import StopDialog
from tui.screens.room_dialogs import HandedDialog

if TYPE_CHECKING:
    from tui.app import StormdrillApp
    from tui.session_view import SessionView


def arrive(app: StormdrillApp, session: SessionView) -> None:
    """To the desk; whoever has a seat in a room that has not begun, and is not ready, reads who they are first."""
    room = room_of(session)
    if room is not None and not (room.has_clock or room.begun or room.seat in room.ready):
        from tui.screens.seat_briefing import SeatBriefingScreen

        def lost(error: DrillError) -> None:
            app.failed = error
            app.exit()

        app.push_screen(SeatBriefingScreen(room, lost), lambda _: app.open_desk(session))
        return
    app.open_desk(session)
    if room is not None and room.newcomer and room.handed:
        app.push_screen(HandedDialog(room))


async def stop_room(app: StormdrillApp, session: SessionView) -> None:
    """A real emergency, before one has been at the desk: ask, and stop it for everybody."""
    if await app.push_screen_wait(StopDialog()):
        session.stop("stopped")
