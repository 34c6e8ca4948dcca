"""The review after ENDEX: what the run was worth, why, with the person's own words beside better ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from drills.band_process import bands_of
from drills.bands import Bands, Stopped
from drills.desk import Desk
from drills.errors import DrillError
from drills.report.files import export
from drills.review_score import changed
from drills.review_text import PARTS, Reviewed
from drills.scoring.card import Scorecard, TextScore
from drills.why import Reasons
from tui.safe import line
from tui.screens import review_pages as pages
from tui.screens.review_second import Second
from tui.screens.review_tabs import PANES, PUBLIC, TITLES, Tabs
from tui.screens.review_why import Posts, why_page
from tui.screens.review_words import text_head, text_page
from tui.widgets.folds import Folds, List
from tui.widgets.page import Page
from tui.widgets.prose import joined

Banded = Callable[[Path, Stopped], Bands | None]
"""What was luck in the run of a folder; asked in a thread, and to give up once it is told to."""


class Words(Vertical):
    """The team's own texts: a list, and the one under the cursor with its judgement."""

    BINDINGS = [
        Binding("n", "step(1)", "Next text", show=False),
        Binding("N,p", "step(-1)", "Text before", show=False),
        Binding("escape", "shut", "Back to the list", show=False),
    ]

    def __init__(self, card: Scorecard, desk: Desk, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._card = card
        self._texts = texts = card.texts
        self._desk = desk
        self.list = List(*[Option("", id=str(number)) for number in range(len(texts))], markup=False)
        self.page = Page(self._paint)
        self.second = Second(self)

    def compose(self) -> ComposeResult:
        """The list above the text."""
        yield self.list
        yield self.page

    def on_mount(self) -> None:
        """Have the texts read a second time, where there is somebody to do it."""
        for number, text in enumerate(self._texts):
            post, item = self._desk.posts.get(text.target), self._desk.inbox.get(text.target)
            self.second.ask(number, text, post.text if post else item.text if item else "")

    @on(Second.Told)
    def _told(self, event: Second.Told) -> None:
        event.stop()
        self.second.keep(event)
        self.page.repaint(self._paint)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out anew, and give the list no more room than it needs."""
        del event
        width = max(20, self.scrollable_content_region.width - 2)
        for number, text in enumerate(self._texts):
            self.list.replace_option_prompt_at_index(number, text_head(text, width))
        self.list.styles.height = min(len(self._texts), max(2, self.size.height // 3))

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.page.repaint(self._paint)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.add_class("-reading")
        self.page.focus()

    def action_step(self, by: int) -> None:
        """The next text, or the one before."""
        if self._texts:
            self.list.highlighted = ((self.list.highlighted or 0) + by) % len(self._texts)

    def action_shut(self) -> None:
        """From the text back to the list."""
        self.remove_class("-reading")
        (self.list if self._texts else self.page).focus()

    def _paint(self, width: int) -> Content:
        if not self._texts:
            return Content.styled("You wrote nothing that the public could read.", "$muted")
        number = self.list.highlighted or 0
        text = self._texts[number]
        post, item = self._desk.posts.get(text.target), self._desk.inbox.get(text.target)
        whom = (post.handle or post.author) if post else item.author if item else ""
        page = text_page(text, number + 1, len(self._texts), width, whom, self._marks(text))
        return joined([page, *self.second.opinion(number, width)])

    def _marks(self, text: TextScore) -> dict[str, str]:
        """What an evaluator changed in this text, by the part's name; `Tone` is the whole of it."""
        found = {part: changed(self._card, f"{text.action}.{part}") for part in (*PARTS, "Tone")}
        return {part: words for part, words in found.items() if words}


class ReviewScreen(Screen[None]):
    """Looks back on a run: anything with `.drill .desk .seed .path .scorecard() .truth() .levels() .log()`.

    It is dismissed with None when the person wants back to the lobby.
    """

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar = [
        Binding("1", "pane('summary')", "Pane", key_display="1-7"),
        *[Binding(str(n), f"pane('{name}')", TITLES[name], show=False) for n, name in enumerate(PANES[1:], 2)],
        Binding("tab,right_square_bracket", "step(1)", "Next pane", show=False),
        Binding("shift+tab,left_square_bracket", "step(-1)", "Pane before", show=False),
        Binding("z,plus", "zoom", "Bigger"),
        Binding("x", "export", "Export"),
        Binding("q", "leave", "Lobby"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?"),
    ]
    HELP = """
# Review

`1` to `7` or `tab` go to a pane, `j` and `k` move, `enter` opens a line: why it scored so, what happened when, what
would have been better, by which rule. *How firm this is*, at the end of the summary, says what was luck (it is
worked out while you read), what was not assessed, and what an evaluator changed (✎).
In *Own words*, `enter` reads a text, `n` and `N` step through them, `esc` goes back.
*Why* says theme by theme what moved the public, with your own sentences. In *Posts*, the lower part answers “why is
this here?” for the post under the cursor; `w` or `enter` reads the whole of it, `o` shows those first that went
furthest. `z` makes a pane bigger where several are on screen. `x` writes the after-action report, a page to
read in a browser and to print, into the run's folder.
"""

    def __init__(
        self,
        session: Reviewed,
        *,
        luck: Banded = bands_of,
        export: Callable[[Path, Bands | None], Path] = export,
    ) -> None:
        super().__init__()
        self._session = session
        self._luck = luck
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
            yield Page(lambda width: pages.summary(card, width, self._bands), id="summary")
            yield Folds(pages.score_folds(card), id="scores")
            yield Words(card, session.desk, id="words")
            yield Page(lambda width: pages.timeline(session, width), id="timeline")
            yield Folds(pages.task_folds(card), id="tasks")
            yield Page(lambda width: why_page(reasons, width), id="why")
            yield Posts(reasons, id="posts")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Name the panes and show the summary."""
        for number, name in enumerate(PANES):
            pane = self.query_one(f"#{name}")
            pane.add_class("pane")
            pane.border_title = f"{number + 1} {TITLES[name]}"
        self.action_pane("summary")
        self.run_worker(self._play_again, thread=True, exclusive=True)

    def _play_again(self) -> None:
        """In a thread: what the same actions score with other luck. Leaving the review ends it."""
        worker = get_current_worker()
        try:
            found = self._luck(self._session.path, lambda: worker.is_cancelled)
        except DrillError:  # a rehearsal, or a run of another version of luck: there is nothing to say then
            return
        if found is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._show_luck, found)

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
        if isinstance(target, Words | Posts):
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
        return action != "zoom" or self._large

    @work(thread=True, group="export", exclusive=True)
    def action_export(self) -> None:
        """Write the after-action report into the run's folder and say where."""
        try:
            told, title, severity = str(self._write(self._session.path, self._bands)), "Report written", "information"
        except DrillError as error:
            told, title, severity = str(error), "No report", "error"
        self.app.call_from_thread(self.notify, line(told), title=title, severity=severity, markup=False)

    def action_leave(self) -> None:
        """Back to the lobby."""
        self.dismiss(None)

    def _arrange(self) -> None:
        self.set_class(self._large and not self._zoomed, "-several")
        self.refresh_bindings()
        self._tabs()

    def _current(self, name: str) -> None:
        self.pane = name
        self.set_class(name in PUBLIC, "-public")
        for other in PANES:
            self.query_one(f"#{other}").set_class(other == name, "-current")
        self._tabs()

    def _tabs(self) -> None:
        self.query_one(Tabs).name_panes(self.pane)
