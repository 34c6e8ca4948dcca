"""The briefing before STARTEX: what you are to reach, who you are, which clock is meant, then all the rest."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from drills.drill import Drill
from drills.review_text import WATERMARK
from scenarios.terms import ROLES
from tui.safe import line
from tui.screens.briefing_text import Laid, laid
from tui.screens.leaving import Leaving
from tui.screens.plan import PlanScreen
from tui.widgets.bound_foot import BoundFoot
from tui.widgets.page import Page
from tui.widgets.prose import joined, spread, styled


class Told(Page):
    """The text; it says when it has been scrolled."""

    BINDINGS: ClassVar = [
        Binding("space", "half(1)", "Read on", key_display="space"),
        Binding("j,down", "scroll_down", "Scroll", show=False),
    ]

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another part is in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh_bindings()
        if isinstance(self.screen, BriefingScreen):
            self.screen.say_more()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At the end there is nothing to read on to."""
        if action == "half" and parameters == (1,):
            return self.scroll_offset.y < self.max_scroll_y
        return super().check_action(action, parameters)


class BriefingScreen(Leaving[bool]):
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

What you may know before the exercise starts: first what you are to reach, who you are and which clock is meant. The
line under it names what is further down. `j` and `k` or the arrows scroll, `space` goes on by half a page.
`l` opens the contingency plan. `enter` starts the clock (STARTEX), `esc` goes back to the lobby; nothing is recorded
yet.
"""

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill
        self.seat: str = drill.file.seats[0]
        """Whose plan it is to read."""
        self._laid: Laid | None = None

    def compose(self) -> ComposeResult:
        """Watermark, title, the text, what stands below it, the stop words, the keys."""
        yield Static(id="head", markup=False)
        yield Told(self._briefing, id="text")
        yield Static(id="more", markup=False)
        yield Static(id="stop", markup=False)
        yield BoundFoot(id="foot")

    def on_mount(self) -> None:
        """Read first."""
        self.query_one(Page).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay head and stop words out for the new width."""
        width = event.size.width
        file = self._drill.file
        title = Content.assemble((f" {line(self._drill.title)}", "bold"), ("  briefing", "$muted"))
        role = ROLES.get(file.seats[0], file.seats[0])
        facts = f"{self._drill.real_minutes} min · {line(role)} "
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

    def _briefing(self, width: int) -> Content:
        self._laid = laid(self._drill, width)
        self.call_after_refresh(self.say_more)
        return joined(self._laid.lines)

    def say_more(self) -> None:
        """Name the parts that are still below what is in sight."""
        page, more = self.query_one(Told), self.query_one("#more", Static)
        under = round(page.scroll_y) + page.scrollable_content_region.height
        if self._laid is None or under >= len(self._laid.lines):
            more.update("")
            return
        titles = self._laid.below(under - 1)  # of a heading in the last line nothing more is to be seen
        head, room = Content.assemble((" ▼ space", "bold $primary"), "  "), self.size.width - 12
        for shown in range(len(titles), 0, -1):
            about = " · ".join(titles[:shown]) + " …" * (shown < len(titles))
            if cell_len(about) <= room:
                break
        else:
            about = "the rest of it"
        more.update(head + about)

    def action_plan(self) -> None:
        """The contingency plan, as it will lie over the desk."""
        self.app.push_screen(PlanScreen(self._drill, seat=self.seat))

    def action_start(self) -> None:
        """STARTEX."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Not now."""
        self.dismiss(False)
