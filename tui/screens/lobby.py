"""The lobby: choose a drill, go on where one was left, look back on past runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from drills import shelf
from drills.drill import Drill
from drills.errors import DrillError
from drills.review_text import WATERMARK
from drills.shelf import RunInfo
from scenarios.source import SourceError
from tui.safe import line
from tui.screens.lobby_text import about, drill_row, filtered, last_run, run_row
from tui.widgets.folds import List
from tui.widgets.page import Page
from tui.widgets.prose import fitted, joined, spread, styled

WHAT = "Rehearse a social-media crisis. Nothing you write leaves this machine."
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Door(Protocol):
    """What the lobby asks of the app."""

    def open_drill(self, drill: Drill, seed: int | None = None) -> object: ...
    def resume_run(self, path: Path) -> object: ...
    def open_review(self, path: Path) -> object: ...


def first_time(drills: Sequence[Drill]) -> str:
    """One line for somebody who has never played; enter starts the first drill."""
    minutes = drills[0].real_minutes if drills else 0
    told = f"{NUMBERS[minutes] if minutes < len(NUMBERS) else minutes} minute{'s' * (minutes != 1)}"
    return f"First time here? Press enter: {told}, nothing can go wrong." if minutes else ""


class Drills(List):
    """The drills, the first one preselected."""

    BINDINGS = [Binding("enter", "select", "Start", key_display="enter")]


class Runs(List):
    """Past runs and those that were left, the newest first."""

    BINDINGS = [Binding("enter", "select", "Open", key_display="enter")]


class LobbyScreen(Screen[None]):
    """Reads drills and runs anew whenever it comes back on screen.

    It calls `open_drill(drill)`, `resume_run(path)` and `open_review(path)` of the app.
    """

    CSS_PATH = "lobby.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (140, "-wide")]
    AUTO_FOCUS = "#drills"
    BINDINGS: ClassVar = [
        Binding("c", "resume", "Continue"),
        Binding("r", "review", "Review"),
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("escape", "unfilter", "Show all", show=False),
        Binding("q", "app.quit", "Quit"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?"),
    ]
    HELP = """
# Lobby

`j` and `k` choose a drill, `enter` opens its briefing. `c` goes on with the newest run that was left, `r` looks back
on a finished one, `tab` goes to the list of runs. `/` shows only the drills with your words, `esc` shows all again.
"""

    def __init__(
        self,
        drills: Callable[[], Sequence[Drill]] = shelf.drills,
        runs: Callable[[], Sequence[RunInfo]] | None = None,
    ) -> None:
        super().__init__()
        self._read_drills = drills
        self._read_runs = runs or self._own_runs
        self._drills: list[Drill] = []
        self._shown: list[Drill] = []
        self._runs: list[RunInfo] = []

    def compose(self) -> ComposeResult:
        """Head, drills and runs on the left, all about a drill on the right, keys."""
        yield Static(id="head", markup=False)
        with Container(id="rooms"):
            with Vertical(id="choice"):
                yield Input(placeholder="words in the title, the length or the aims", id="filter")
                yield Drills(id="drills", markup=False)
            yield Page(self._about, id="about")
            yield Runs(id="runs", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Name the boxes."""
        self.query_one("#drills").border_title = "Drills"
        self.query_one("#runs").border_title = "Your runs"
        self.query_one("#about").border_title = "About"

    def on_screen_resume(self) -> None:
        """A run may have been added: read again."""
        try:
            self._runs = list(self._read_runs())
            self._drills = list(self._read_drills())
        except (DrillError, SourceError) as error:
            self.notify(line(str(error), 300), severity="error", timeout=10, markup=False)
        self._list(self.query_one("#filter", Input).value)
        self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        """Lay everything out for the new width."""
        self._head(event.size.width)
        self._share()
        self.call_after_refresh(self._rows)

    # -- actions ---------------------------------------------------------------------------------------------

    def action_resume(self) -> None:
        """Go on with the newest run that was left."""
        run = self._unfinished()
        if run is not None:
            self._door.resume_run(run.path)

    def action_review(self) -> None:
        """Look back on the run under the cursor, or on the newest of the drill under the cursor."""
        run = self._past()
        if run is not None:
            self._door.open_review(run.path)

    def action_filter(self) -> None:
        """Ask for words."""
        box = self.query_one("#filter", Input)
        box.display = True
        self._share()
        box.focus()

    def action_unfilter(self) -> None:
        """Show all drills again."""
        box = self.query_one("#filter", Input)
        box.value = ""
        box.display = False
        self._list("")
        self.query_one("#drills").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Name only what there is."""
        del parameters
        if action == "resume":
            return self._unfinished() is not None
        return action != "review" or self._past() is not None

    # -- events ----------------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#drills")
    def _moved(self) -> None:
        self.query_one(Page).repaint(self._about)
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#drills")
    def _start(self, event: OptionList.OptionSelected) -> None:
        self._door.open_drill(self._shown[event.option_index])

    @on(OptionList.OptionSelected, "#runs")
    def _open(self, event: OptionList.OptionSelected) -> None:
        run = self._runs[event.option_index]
        if run.state == "unfinished":
            self._door.resume_run(run.path)
        else:
            self._door.open_review(run.path)

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#filter")
    def _chosen(self) -> None:
        self.query_one("#drills").focus()

    def on_descendant_focus(self) -> None:
        """What `r` means depends on the list one is in."""
        self.refresh_bindings()

    # -- inside ----------------------------------------------------------------------------------------------

    @property
    def _door(self) -> Door:
        return cast("Door", self.app)

    def _own_runs(self) -> Sequence[RunInfo]:
        home: Path | None = getattr(self.app, "home", None)
        return shelf.runs(home / "runs" if home else None)

    def _unfinished(self) -> RunInfo | None:
        return next((run for run in self._runs if run.state == "unfinished"), None)

    def _past(self) -> RunInfo | None:
        runs = self.query_one("#runs", Runs)
        if runs.has_focus and runs.highlighted is not None:
            chosen = self._runs[runs.highlighted]
            return None if chosen.state == "unfinished" else chosen
        past = [run for run in self._runs if run.state != "unfinished"]
        drill = self._drill()
        own = [run for run in past if drill is not None and run.drill_id == drill.id]
        return next(iter(own or past), None)

    def _drill(self) -> Drill | None:
        at = self.query_one("#drills", Drills).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def _list(self, words: str) -> None:
        self._shown = filtered(self._drills, words)
        drills, runs = self.query_one("#drills", Drills), self.query_one("#runs", Runs)
        at = drills.highlighted or 0
        drills.set_options([Option("") for _ in self._shown])
        runs.set_options([Option("") for _ in self._runs])
        if self._shown:
            drills.highlighted = min(at, len(self._shown) - 1)
        if self._runs:
            runs.highlighted = 0
        self._share()
        self._head(self.size.width)
        self.call_after_refresh(self._rows)

    def _share(self) -> None:
        """Lists take what they need, and no more than leaves room to read about a drill."""
        height = self.size.height
        choice, runs = self.query_one("#choice"), self.query_one("#runs")
        runs.display = bool(self._runs)
        most = height // 4 if height >= 30 else 3 if height >= 18 else 1
        runs.styles.height = min(len(self._runs), most) + 2
        narrow = self.size.width < 100
        self.query_one("#about").display = not narrow or height >= 16
        asked = self.query_one("#filter").display
        choice.styles.height = min(len(self._drills), max(3, height // 5)) + 2 + asked if narrow else "100%"

    def _rows(self) -> None:
        drills, runs = self.query_one("#drills", Drills), self.query_one("#runs", Runs)
        for at, drill in enumerate(self._shown):
            row = drill_row(drill, last_run(drill, self._runs), max(30, drills.room))
            drills.replace_option_prompt_at_index(at, row)
        for at, run in enumerate(self._runs):
            runs.replace_option_prompt_at_index(at, run_row(run, max(30, runs.room)))
        self.query_one(Page).repaint()

    def _about(self, width: int) -> Content:
        drill = self._drill()
        if drill is None:
            why = "No drill has these words. esc shows all again." if self._drills else "There is no drill to play."
            return styled(why, "$muted")
        return about(drill, last_run(drill, self._runs), width)

    def _head(self, width: int) -> None:
        count = f"{len(self._shown)} of {len(self._drills)} drills " if len(self._shown) != len(self._drills) else ""
        top = spread(
            Content.assemble((" EXERCISE ", "bold reverse"), ("  Stormdrill", "bold")),
            styled(count or f"{WATERMARK} ", "$muted"),
            width,
        )
        lines = [top, fitted(Content(f" {WHAT}"), width)]
        if not self._runs:
            lines.append(styled(f" {first_time(self._drills)}", "bold $success"))
        self.query_one("#head", Static).update(joined(lines))
