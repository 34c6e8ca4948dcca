"""The briefing of a seat in a room: who one is, what one may do, who else plays; one is ready, and waits for STARTEX.

The room goes on behind it: who is ready is shown as it changes, and so is that it has begun.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from drills.errors import DrillError
from drills.review_text import WATERMARK
from tui import keys
from tui.room import TELL, RoomView, readiness
from tui.safe import line
from tui.screens.briefing import BriefingScreen, Told
from tui.screens.briefing_text import laid
from tui.screens.seat_briefing_text import own
from tui.screens.team_talk import last_said, say
from tui.widgets.prose import joined, spread, styled

LOOK_S = 0.2


class SeatBriefingScreen(BriefingScreen):
    """See the module. It is dismissed with True when somebody goes to their desk."""

    BINDINGS: ClassVar = [
        Binding("enter", "start", "Ready", key_display="enter"),
        Binding("enter", "join", "Join", key_display="enter"),
        Binding("l", "plan", "The plan", key_display="l"),
        keys.elsewhere("note", "talk", TELL),
        Binding("escape,q", "app.leave", "Leave", key_display="esc"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?"),
    ]
    HELP = """
# Your seat

Who you are in this exercise, what your seat may do, and who else plays. `j` and `k` or the arrows scroll, `space` goes
on by half a page. `l` opens the contingency plan. `s` writes a word to the whole team; the last words stand above the
keys.

`enter` says that you are ready and brings you to your desk; the facilitator starts the clock (STARTEX). Where the
exercise runs already, you join the others at once. `esc` leaves: you can keep your seat or give it up.
"""

    def __init__(self, room: RoomView, lost: Callable[[DrillError], object]) -> None:
        """`lost` is told when the seat is taken away."""
        super().__init__(room.drill)
        self.room = room
        self.seat = room.seat
        self._lost = lost
        self._seen: object = None
        self._words = Content("")

    def compose(self) -> ComposeResult:
        """What the team says stands above the stop words."""
        for one in super().compose():
            if one.id == "stop":
                yield Static(id="talk", markup=False)
            yield one

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whoever only watches says nothing; where the exercise runs, nobody waits for who is ready."""
        if action in ("start", "join"):
            return self.room.begun == (action == "join")
        return (action != "talk" or self.room.may("note")) and super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Look after the room while one reads."""
        self.set_interval(LOOK_S, self.look)

    def look(self) -> None:
        """Take in what has come; say anew who plays and who is ready, if that has changed."""
        if not self.is_attached or self.app.screen is not self:
            return
        try:
            self.room.tick()
        except DrillError as error:
            self._lost(error)
            return
        if self.room.ended:
            self.dismiss(True)
            return
        now = (dict(self.room.seats), tuple(self.room.ready), self.room.begun, self.room.lost)
        if now != self._seen:
            self._seen = now
            self._head(self.size.width)
            self.refresh_bindings()
            self.query_one(Told).repaint()
        self._talk(self.size.width)

    def _talk(self, width: int) -> None:
        """The last words of the team."""
        shown = last_said(self.room.desk, width)
        if shown != self._words:
            self._words = shown
            place = self.query_one("#talk", Static)
            place.display = bool(shown)
            place.update(shown)
            self.call_after_refresh(self.say_more)

    @work(group="talk", exclusive=True)
    async def action_talk(self) -> None:
        """A word to the whole team."""
        await say(self.app, self.room)

    def on_resize(self, event: events.Resize) -> None:
        """Lay head and stop words out for the new width; the head of a briefing without a room is another."""
        event.prevent_default()
        self._head(event.size.width)
        self._talk(event.size.width)

    def _head(self, width: int) -> None:
        room = self.room
        title = Content.assemble((f" {line(room.drill.title)}", "bold"), ("  your seat", "$muted"))
        if room.lost:
            facts = styled("no connection ", "bold $error")
        elif room.begun:
            facts = styled("The exercise runs ", "bold $warning")
        else:
            facts = styled(f"{room.seat} · {readiness(room)} ", "$muted")
        self.query_one("#head", Static).update(
            joined([styled(WATERMARK.center(width), "bold reverse"), spread(title, facts, width)])
        )
        self.query_one("#stop", Static).update(
            Content.assemble(
                (" NO DUFF", "bold $error"),
                " real emergency: X stops everything.",
                ("  TIME OUT", "bold $warning"),
                " a break: say so.",
            )
        )

    def _briefing(self, width: int) -> Content:
        self._laid = laid(self._drill, width, own(self.room))
        self.call_after_refresh(self.say_more)
        return joined(self._laid.lines)

    def action_start(self) -> None:
        """Ready: to the desk, where one waits for STARTEX."""
        self.room.say_ready()
        self.dismiss(True)

    def action_join(self) -> None:
        """To the desk, where one goes on with the others."""
        self.dismiss(True)
