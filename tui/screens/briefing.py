"""The briefing before STARTEX: what has happened, who you are, whom you have, and how it is played."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from drills.drill import Drill
from drills.review_text import WATERMARK
from tui.safe import line
from tui.screens.briefing_text import briefing
from tui.screens.plan import PlanScreen
from tui.widgets.page import Page
from tui.widgets.prose import joined, spread, styled


class BriefingScreen(Screen[bool]):
    """Told before a drill. It is dismissed with True for STARTEX, with False when somebody steps back."""

    CSS_PATH = "briefing.tcss"
    BINDINGS: ClassVar = [
        Binding("enter", "start", "Begin (STARTEX)", key_display="enter"),
        Binding("l", "plan", "The plan", key_display="l"),
        Binding("escape,q", "back", "Back", key_display="esc"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?"),
    ]
    HELP = """
# Briefing

What you may know before the exercise starts. `j` and `k` or the arrows scroll, `space` goes on by half a page.
`l` opens the contingency plan. `enter` starts the clock (STARTEX), `esc` goes back to the lobby; nothing is recorded
yet.
"""

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill

    def compose(self) -> ComposeResult:
        """Watermark, title, the text, the stop words, the keys."""
        yield Static(id="head", markup=False)
        yield Page(lambda width: briefing(self._drill, width), id="text")
        yield Static(id="stop", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Read first."""
        self.query_one(Page).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay head and stop words out for the new width."""
        width = event.size.width
        file = self._drill.file
        title = Content.assemble((f" {line(self._drill.title)}", "bold"), ("  briefing", "$muted"))
        facts = f"{self._drill.real_minutes} min · {file.length} · {line(file.seats[0])} "
        self.query_one("#head", Static).update(
            joined([styled(WATERMARK.center(width), "bold reverse"), spread(title, styled(facts, "$muted"), width)])
        )
        self.query_one("#stop", Static).update(
            Content.assemble(
                (" NO DUFF", "bold $error"),
                " real emergency: X stops everything.",
                ("  TIME OUT", "bold $warning"),
                " a break: F8.",
            )
        )

    def action_plan(self) -> None:
        """The contingency plan, as it will lie over the desk."""
        self.app.push_screen(PlanScreen(self._drill))

    def action_start(self) -> None:
        """STARTEX."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Not now."""
        self.dismiss(False)
