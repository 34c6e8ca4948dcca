"""The lobby: practise, play, go on where one was left, look back. One key is enough for somebody new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from drills import shelf
from drills.drill import Drill
from drills.errors import DrillError
from drills.practice.model import CardsFile
from drills.practice.standing import Standing, standing
from drills.shelf import RunInfo
from scenarios.source import SourceError
from tui import keys
from tui.safe import line
from tui.screens.help_words import help_words
from tui.screens.lobby_door import Door, shipped_cards
from tui.screens.lobby_entries import Entry, entries, found, grouped
from tui.screens.lobby_lists import Drills, Runs
from tui.screens.lobby_text import about, about_run, feet, head, played, row, run_row
from tui.threads import tell
from tui.widgets.foot import Foot
from tui.widgets.page import Page
from tui.widgets.prose import joined, styled
from tui.widgets.typing import Field

ABOUT = """
Practice is ten short exercises, one skill each, played alone; drills are whole stories. The cursor begins on what to
do next. `j` and `k` move, `tab` goes to your runs and back. How it ends is never told here.
"""


MOVES = frozenset(["j", "k", "g", "G", "down", "up", "home", "end", "pagedown", "pageup", "ctrl+d", "ctrl+u"])
"""The keys that move the cursor of a list."""


class LobbyScreen(Screen[None]):
    """Reads runs anew whenever it comes back on screen; where one stands is worked out in a thread.

    What it asks of the app is `Door`.
    """

    CSS_PATH = "lobby.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (70, "-narrow"), (100, "-medium"), (140, "-wide")]
    AUTO_FOCUS = "#drills"
    SCOPES = ("app", "lobby")
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("lobby")]

    def __init__(
        self,
        drills: Callable[[], Sequence[Drill]] = shelf.drills,
        runs: Callable[[], Sequence[RunInfo]] | None = None,
        *,
        cards: Callable[[], Sequence[CardsFile]] = shipped_cards,
        stand: Callable[[Sequence[Drill]], Standing] | None = None,
    ) -> None:
        super().__init__()
        self._read_drills, self._read_cards = drills, cards
        self._read_runs = runs or self._own_runs
        self._stand = stand or self._own_standing
        self._drills: list[Drill] = []
        self._entries: list[Entry] = []
        self._shown: list[Entry | str] = []
        """Rows of the list: what can be chosen, and the names of groups."""
        self._runs: list[RunInfo] = []
        self._standing: Standing | None = None
        self._wrong = ""
        """Why there is nothing to choose."""
        self._in_runs = False
        """Whether one looks at one's runs, rather than at what can be played."""
        self._chosen = False
        """Whether somebody has moved the cursor: then it is left where it is."""

    @property
    def HELP(self) -> str:  # type: ignore[override]  # noqa: N802
        """The keys as they are bound now."""
        return help_words("Lobby", ABOUT, "lobby")

    def compose(self) -> ComposeResult:
        """Head, everything to choose and one's runs on the left, all about it on the right, keys."""
        yield Static(id="head", markup=False)
        with Horizontal(id="finder"):
            yield Static("Find:", id="find-label")
            yield Field(placeholder="title, skill, level, minutes, alone, a content note, due, new", id="find")
        with Container(id="rooms"):
            with Vertical(id="choice"):
                yield Drills(id="drills", markup=False)
                yield Runs(id="runs", markup=False)
            yield Page(self._about, id="about")
        yield Foot(id="foot")

    def on_mount(self) -> None:
        """Name the boxes."""
        self.query_one("#drills").border_title = "Practice and drills"
        self.query_one("#runs").border_title = "Your runs"
        self.query_one("#about").border_title = "About"
        self.query_one("#runs").border_subtitle = "of 100 · P best, U worst"

    def on_screen_resume(self) -> None:
        """A run may have been added: read again."""
        self._wrong = ""
        try:
            self._runs = list(self._read_runs())
            if not self._entries:
                self._drills = list(self._read_drills())
                self._entries = entries(self._drills, self._read_cards())
        except (DrillError, SourceError) as error:
            self._wrong = line(str(error), 300)
            if self._entries:  # else it is said where they would stand
                self._tell(self._wrong)
        self._chosen = False
        self._head()
        self._list()
        self.run_worker(self._look, thread=True, exclusive=True, group="standing")

    def _look(self) -> None:
        """In a thread: finished runs are scored the first time they are counted."""
        try:
            told = self._stand(self._drills)
        except (DrillError, SourceError) as error:
            tell(self, self._tell, str(error))
        else:
            tell(self, self._show_standing, told)

    def _show_standing(self, told: Standing) -> None:
        self._standing = told
        self._list(self.query_one("#find", Input).value)

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._share()
        self.call_after_refresh(self._paint)

    # -- actions ---------------------------------------------------------------------------------------------

    def action_start(self) -> None:
        """What is under the cursor."""
        run, entry = self._run(), self._entry()
        if run is not None:
            self._door.resume_run(run.path) if run.state == "unfinished" else self._door.open_review(run.path)
        elif entry is not None and entry.drill is not None:
            self._door.open_drill(entry.drill)
        elif entry is not None:
            self._door.open_cards(entry.id)

    def action_tour(self) -> None:
        """Learn the keys at a quiet desk."""
        self._door.open_tour()

    def action_learner(self) -> None:
        """Where one stands."""
        self._door.open_learner()

    def action_resume(self) -> None:
        """Go on with the newest run that was left."""
        run = self._unfinished()
        if run is not None:
            self._door.resume_run(run.path)

    def action_review(self) -> None:
        """Look back on the run under the cursor, on the newest of the drill that was moved to, or on the newest."""
        run = self._past()
        if run is not None:
            self._door.open_review(run.path)

    def action_filter(self) -> None:
        """Ask for words."""
        box = self.query_one("#find", Input)
        self.query_one("#finder").display = True
        self.set_focus(box)  # at once: whoever types fast must not have letters taken for keys

    def action_unfilter(self) -> None:
        """Show everything again."""
        box = self.query_one("#find", Input)
        box.value = ""
        self.query_one("#finder").display = False
        self._list()
        self.query_one("#drills").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Name only what there is; while one types, letters are letters."""
        if self.query_one("#find").has_focus and action not in ("unfilter",) and not action.startswith("app."):
            return False
        if action == "resume":
            return self._unfinished() is not None
        return action != "review" or self._past() is not None

    # -- events ----------------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._look_at()

    def on_key(self, event: events.Key) -> None:
        """From the first key on the cursor is the person's; a key that only asks for something does not move it."""
        self._chosen = self._chosen or event.key in MOVES or self.query_one("#find").has_focus

    def on_mouse_down(self) -> None:
        """A click as well."""
        self._chosen = True

    @on(OptionList.OptionSelected)
    def _start(self) -> None:
        self.action_start()

    @on(Input.Changed, "#find")
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.query_one("#drills").focus()

    def on_descendant_focus(self) -> None:
        """What is told and what the keys mean depends on the list one is in."""
        if self.focused is not self.query_one("#about"):  # whoever scrolls it goes on reading
            self._in_runs = self.focused is self.query_one("#runs")
        self._look_at()

    @property
    def first_exercise(self) -> Drill | None:
        """The first step of the ladder that is played at a desk."""
        return next((entry.drill for entry in self._entries if entry.step and entry.drill is not None), None)

    # -- inside ----------------------------------------------------------------------------------------------

    @property
    def _door(self) -> Door:
        return cast("Door", self.app)

    def _own_runs(self) -> Sequence[RunInfo]:
        home: Path | None = getattr(self.app, "home", None)
        return shelf.runs(home / "runs" if home else None)

    def _own_standing(self, drills: Sequence[Drill]) -> Standing:
        return standing(date.today(), home=getattr(self.app, "home", None), drills=drills)

    def _tell(self, words: str) -> None:
        self.notify(line(words, 300), severity="error", timeout=10, markup=False)

    def _unfinished(self) -> RunInfo | None:
        return next((run for run in self._runs if run.state == "unfinished"), None)

    def _run(self) -> RunInfo | None:
        """The run under the cursor, while one is among them."""
        at = self.query_one("#runs", Runs).highlighted
        return self._runs[at] if self._in_runs and at is not None and at < len(self._runs) else None

    def _past(self) -> RunInfo | None:
        if (chosen := self._run()) is not None:
            return None if chosen.state == "unfinished" else chosen
        past = [run for run in self._runs if run.state != "unfinished"]
        return next(iter(self._its() or past), None)

    def _its(self) -> list[RunInfo]:
        """The past runs of the drill that somebody has moved to; where the cursor stands by itself it says nothing."""
        entry = self._entry() if self._chosen else None
        return played(entry, self._runs) if entry is not None else []

    def _entry(self) -> Entry | None:
        at = self.query_one("#drills", Drills).highlighted
        under = self._shown[at] if at is not None and at < len(self._shown) else None
        return under if isinstance(under, Entry) else None

    def _list(self, words: str = "") -> None:
        """Fill both lists; the cursor stays on what it was on, or goes to what comes next."""
        was, left = self._entry(), found(self._entries, words, self._standing)
        self._shown = grouped(left)
        drills, runs = self.query_one("#drills", Drills), self.query_one("#runs", Runs)
        run_at = runs.highlighted or 0
        drills.set_options([Option("", disabled=isinstance(one, str)) for one in self._shown or self._why])
        runs.set_options([Option("") for _ in self._runs])
        if left:
            ahead = None if self._chosen else self._next(left)
            wanted = ahead or next((one for one in left if was is not None and one.id == was.id), left[0])
            drills.highlighted = self._shown.index(wanted)
        if self._runs:
            runs.highlighted = min(run_at, len(self._runs) - 1)
        drills.border_subtitle = f"{len(left)} of {len(self._entries)}" if len(left) != len(self._entries) else ""
        self._share()
        self.call_after_refresh(self._paint)

    def _next(self, left: Sequence[Entry]) -> Entry | None:
        """What is suggested first."""
        first = self._standing.suggestions[:1] if self._standing is not None else ()
        return next((one for one in left if first and one.id == first[0].exercise.id), None)

    def _share(self) -> None:
        """Runs take what they need, and no more than leaves room to choose."""
        runs = self.query_one("#runs")
        runs.display = bool(self._runs)
        height = self.size.height
        most = height // 4 if height >= 30 else 3 if height >= 20 else 1
        runs.styles.height = min(len(self._runs), most) + 2

    def _paint(self) -> None:
        drills, runs = self.query_one("#drills", Drills), self.query_one("#runs", Runs)
        drills.paint(self._shown, self._why, lambda one, width: row(one, self._runs, self._standing, width))
        for at, run in enumerate(self._runs):
            runs.replace_option_prompt_at_index(at, run_row(run, max(30, runs.room)))
        self.query_one("#about", Page).repaint()
        self._head()
        self._foot()

    def _look_at(self) -> None:
        """What is under the cursor is told beside the lists and in the last line."""
        self.query_one("#about", Page).repaint(self._about)
        self._foot()

    def _foot(self) -> None:
        find = "none" if not self.query_one("#finder").display else "here"
        if find == "here" and not self.query_one("#find").has_focus:
            find = "left"
        named = feet(
            self._run(), self._entry(), find, left=self._unfinished() is not None,
            past=self._past() is not None, its=bool(self._its()),
        )  # fmt: skip
        self.query_one(Foot).paint(*named)

    @property
    def _why(self) -> tuple[str, ...]:
        """What stands in the list while nothing can be chosen."""
        if self._wrong:
            return (f"! {self._wrong}",)
        return ("Nothing here has these words.",) if self._entries else ("There is nothing to play.",)

    def _about(self, width: int) -> Content:
        run, entry = self._run(), self._entry()
        if run is not None:
            return about_run(run, width)
        if entry is None:
            told = "Mend that file or move it away, and come back: no drill can be started until then."
            if not self._wrong:
                told = "esc shows all again." if self._entries else ""
            return joined(styled(told, "$muted").wrap(max(1, width)))
        return about(entry, self._runs, self._standing, width)

    def _head(self) -> None:
        settings = getattr(self.app, "settings", None)
        toured = settings is not None and settings.get("tour") == "done"
        width = self.size.width or self.app.size.width  # it is on the first frame already, so that nothing jumps
        known = self._standing if self._entries else None  # where nothing can be played, nothing is next
        self.query_one("#head", Static).update(head(self._runs, known, width, toured=toured))
