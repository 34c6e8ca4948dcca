"""The review after ENDEX: what the run was worth, why, what to change, and from where to try again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from drills.band_process import bands_of
from drills.bands import Bands, Stopped
from drills.coach.counted import hinted
from drills.errors import DrillError
from drills.gaps.model import Analysis
from drills.ghost import Ghost, ghost_of
from drills.past import PastRun
from drills.report.files import Form, export
from drills.report.hotwash_own import team
from drills.review_text import Reviewed
from drills.why import Reasons
from scenarios.moments import show_moment
from tui.safe import line
from tui.screens import review_pages as pages
from tui.screens.console_forms import Fields
from tui.screens.dialogs import ChoiceDialog, ConfirmDialog
from tui.screens.hotwash import hotwash_of
from tui.screens.leaving import Leaving
from tui.screens.passed import first_lines
from tui.screens.review_help import HELP
from tui.screens.review_marks import Marking, mark
from tui.screens.review_plan import PlanPane
from tui.screens.review_tabs import PANES, PLAN, PUBLIC, TITLES, Tabs
from tui.screens.review_timeline import Timeline
from tui.screens.review_why import Posts, why_page
from tui.screens.review_words import Words
from tui.threads import tell
from tui.widgets.bound_foot import BoundFoot
from tui.widgets.choices import Choice
from tui.widgets.folds import Folds
from tui.widgets.page import Page
from tui.widgets.prose import EMPTY, Lines, hang, joined, styled

Banded = Callable[[Path, Stopped], Bands | None]
"""What was luck in the run of a folder; asked in a thread, and to give up once it is told to."""
FORMS = (
    Choice("html", "A page", "to read in a browser and to print", letter="p"),
    Choice("md", "Markdown", "for a wiki or a mail", letter="m"),
    Choice("xlsx", "A workbook", "the tables, for whoever counts", letter="w"),
    Choice("json", "Data", "everything, as JSON", letter="d"),
)
"""What a report can be written as."""


class Door(Protocol):
    """What the review asks of the app."""

    def retry_run(self, path: Path, *, at_ms: int | None, action: str) -> object: ...


def analysed(folder: Path) -> Analysis:
    """What a run on disk says of its plan. Raises DrillError where it can't be read."""
    return PastRun(folder).analysis()


class ReviewScreen(Leaving[None]):
    """Looks back on a run. What takes time is worked out in a thread, and shown when it is there.

    It is dismissed with None when the person wants back to the lobby.
    """

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar = [
        Binding("1", "pane('summary')", "Pane", key_display="1-8"),
        *[Binding(str(n), f"pane('{name}')", TITLES[name], show=False) for n, name in enumerate(PANES[1:], 2)],
        Binding("tab,right_square_bracket", "step(1)", "Next pane", show=False),
        Binding("shift+tab,left_square_bracket", "step(-1)", "Pane before", show=False),
        Binding("z,plus", "zoom", "Bigger"),
        Binding("h", "hotwash", "Hotwash"),
        Binding("m", "mark", "Override"),
        Binding("y", "retry", "Try again"),
        Binding("q", "leave", "Lobby"),
        Binding("x", "export", "Export"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?"),
    ]
    HELP = HELP

    def __init__(
        self,
        session: Reviewed,
        *,
        luck: Banded = bands_of,
        analyse: Callable[[Path], Analysis] = analysed,
        ghost: Callable[[Path], Ghost | None] = ghost_of,
        export: Callable[[Path, Bands | None, Form], Path] = export,
        seat: str = "",
        marking: bool = False,
    ) -> None:
        """`seat`: one's own, where a team has played. `marking`: whether whoever looks may mark it as an evaluator;
        the run takes marks then (`review_marks.Marking`)."""
        super().__init__()
        self._session = session
        self._seat, self._marking = seat, marking
        self.kept: dict[str, Fields] = {}
        """What was typed of a mark that was not given, by its item."""
        self.marked_by = ""
        """Under which name the last mark was given."""
        self._team = team(session.log())
        self._luck, self._analyse, self._find_ghost = luck, analyse, ghost
        self._bands: Bands | None = None
        self._card = session.scorecard()
        self._write = export
        self.pane = "summary"
        self._large = False
        self._zoomed = False

    def compose(self) -> ComposeResult:
        """Head, tabs, panes, keys."""
        card, session = self._card, self._session
        reasons = Reasons(session.log(), session.desk, session.drill.scenario)
        yield Static(id="head", markup=False)
        yield Tabs(id="tabs", markup=False)
        with Container(id="panes"):
            helped = hinted(session.drill, session.hints)
            yield Page(lambda width: self._summary(width, helped), id="summary")
            yield Folds(pages.score_folds(card), id="scores")
            yield Words(card, session.desk, id="words")
            yield Timeline(session, card, id="timeline")
            yield Folds(pages.task_folds(card), id="tasks")
            yield Page(lambda width: why_page(reasons, width), id="why")
            yield Posts(reasons, id="posts")
            yield PlanPane(id="plan")
        yield BoundFoot(id="foot")

    def _summary(self, width: int, helped: str) -> Content:
        """Passed or not, for an exercise of one skill; then what the run was worth."""
        card, session = self._card, self._session
        rest = pages.summary(card, width, self._bands, session.origin, helped)
        return joined([*self._together(width), *first_lines(session, card, width), rest])

    def _together(self, width: int) -> Lines:
        """What a team does first."""
        if not self._team:
            return []
        words = "Before you read the scores: talk it over together, your own questions first."
        return [*hang(styled(" h  Hotwash  ", "bold $primary"), Content(words), width), EMPTY]

    def on_mount(self) -> None:
        """Show the summary, and look closer."""
        self._begin("summary")

    def _begin(self, pane: str) -> None:
        """Name the panes, go to one, and work out what takes time."""
        for number, name in enumerate(PANES):
            named = self.query_one(f"#{name}")
            named.add_class("pane")
            named.border_title = f"{number + 1} {TITLES[name]}"
        self.action_pane(pane)
        found = self.query_one(Timeline), self.query_one(PlanPane)  # once it has been left, there is nothing to find
        self.run_worker(lambda: self._look_closer(*found), thread=True, exclusive=True)

    def _look_closer(self, timeline: Timeline, plan: PlanPane) -> None:
        """In a thread: what the run says of the plan, the run before it, and then what the same actions score with
        other luck, which takes longest. Leaving the review ends it."""
        path = self._session.path
        tell(self, timeline.show_ghost, self._find_ghost(path))
        try:
            tell(self, plan.show, self._analyse(path))
        except DrillError as error:
            tell(self, plan.fail, f"The plan can't be compared with this run: {error}")
        worker = get_current_worker()
        try:
            found = self._luck(path, lambda: worker.is_cancelled)
        except DrillError:  # a rehearsal, or a run of another version of luck: there is nothing to say then
            return
        if found is not None:
            tell(self, self._show_luck, found)

    def _show_luck(self, found: Bands) -> None:
        self._bands = found
        self._head()
        self.query_one("#summary", Page).repaint()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the head out for the new width."""
        width, height = event.size
        self._large = width >= 140 and height >= 36
        self._head()
        self._arrange()

    def _head(self) -> None:
        shown = pages.head(self._session, self._card, self.size.width, self._bands)
        self.query_one("#head", Static).update(shown)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that is worked in is the current one."""
        for name in PANES:
            pane = self.query_one(f"#{name}")
            if event.widget is pane or pane in event.widget.ancestors:
                self._current(name)

    @on(Tabs.Chosen)
    def _chosen(self, event: Tabs.Chosen) -> None:
        self.action_pane(event.name)

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self._current(name)
        target: Widget = self.query_one(f"#{name}")
        if isinstance(target, Words | Posts | Timeline | PlanPane):
            target.action_shut()
        else:
            target.focus()

    def action_step(self, by: int) -> None:
        """Go to the next pane, or the one before."""
        self.action_pane(PANES[(PANES.index(self.pane) + by) % len(PANES)])

    def action_next_pane(self, by: int) -> None:
        """The same, as the lists of the desk call it."""
        self.action_step(by)

    def action_zoom(self) -> None:
        """One pane over the whole screen, and back."""
        self._zoomed = not self._zoomed
        self._arrange()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Bigger means something only where several panes are on screen."""
        del parameters
        if action == "hotwash":
            return bool(self._team or self._seat)
        if action == "mark":
            return self._marking
        return action != "zoom" or self._large

    def action_hotwash(self) -> None:
        """What the team should talk over now."""
        self.app.push_screen(hotwash_of(self._session, self._card, self._seat, self._analyse))

    @work(group="mark", exclusive=True)
    async def action_mark(self) -> None:
        """An evaluator's own word on what is under the cursor; then everything that follows from it."""
        if not await mark(self, cast(Marking, self._session), self._card):
            return
        self._card = self._session.scorecard()
        lists = {name: self.query_one(f"#{name}", Folds) for name in ("scores", "tasks")}
        was = {name: (one.highlighted, set(one.opened)) for name, one in lists.items()}
        at = self.query_one(Words).list.highlighted
        await self.recompose()
        for name, (row, opened) in was.items():
            self.query_one(f"#{name}", Folds).reopen(row, opened)
        self.query_one(Words).list.highlighted = at
        self._head()
        self._begin(self.pane)
        self._arrange()

    def action_export(self) -> None:
        """Ask as what, and write the after-action report into the run's folder."""
        self.app.push_screen(ChoiceDialog("Write the report", FORMS), self._export)

    def _export(self, chosen: tuple[str, ...] | None) -> None:
        for form in chosen or ():
            self._written(cast(Form, form))

    @work(thread=True, group="export", exclusive=True)
    def _written(self, form: Form) -> None:
        try:
            told = str(self._write(self._session.path, self._bands, form))
            title, severity = "Report written", "information"
        except DrillError as error:
            told, title, severity = str(error), "No report", "error"
        self.app.call_from_thread(self.notify, line(told), title=title, severity=severity, markup=False)

    def action_retry(self) -> None:
        """Ask whether to begin a new run from what is under the cursor; elsewhere, go where one can choose."""
        at_ms, action, words = self._moment()
        if at_ms is None:
            self.action_pane("timeline")
            self.notify("← and → choose the moment, then y tries again from it.", markup=False)
            return
        text = (
            "A new run with the same luck begins there, paused. All before it is kept, and this run stays as it is. "
            "A retry is practice and is not counted: what is played from the lobby counts."
        )
        if action:
            text += f" At that moment you {words}; this time you may do otherwise."

        def answered(yes: bool | None) -> None:
            if yes:
                path = self._session.path
                self.app.call_later(cast(Door, self.app).retry_run, path, at_ms=at_ms, action=action)

        self.app.push_screen(ConfirmDialog(f"Try again from {show_moment(at_ms)}?", text, yes="try again"), answered)

    def _moment(self) -> tuple[int | None, str, str]:
        """The moment under the cursor, the action there, and what that was in words."""
        if self.pane == "words" and (text := self.query_one(Words).text) is not None:
            return text.at_ms, text.action, f"wrote “{line(text.text, 60)}”"
        if self.pane == "timeline" and (step := self.query_one(Timeline).step) is not None:
            return step.at_ms, step.action.id if step.action else "", line(step.words, 80)
        return None, "", ""

    def action_leave(self) -> None:
        """Back to the lobby."""
        self.dismiss(None)

    def _arrange(self) -> None:
        self.set_class(self._large and not self._zoomed, "-several")
        self.refresh_bindings()
        self._tabs()

    def _current(self, name: str) -> None:
        self._settle(name)
        self.pane = name
        self.set_class(name in PUBLIC, "-public")
        self.set_class(name in PLAN, "-plan")
        for other in PANES:
            self.query_one(f"#{other}").set_class(other == name, "-current")
        self._tabs()

    def _settle(self, name: str) -> None:
        """Have the layout of before the change known. After a scroll Textual works it out when somebody asks where a
        widget lies that isn't on screen; with the pane already shown it would never tell the pane its size, and the
        pane would stay blank."""
        _ = self.query_one(f"#{name}").region

    def _tabs(self) -> None:
        self.query_one(Tabs).name_panes(self.pane)
