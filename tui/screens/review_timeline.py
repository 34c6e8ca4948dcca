"""The timeline of the review: all charts on one axis, and a run that one steps through."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from drills.ghost import Ghost
from drills.review_chart import LABEL, Shown, span_of
from drills.review_steps import Step, Steps
from drills.review_text import Reviewed
from drills.scoring.card import Scorecard
from tui.screens.review_step import step_page
from tui.widgets.chart import course
from tui.widgets.page import Page
from tui.widgets.prose import joined

TALL = 32
"""From so many lines of the pane on the charts have their names and a key."""
WIDEST = 160


class StepText(Page):
    """What there is to say of a step; left and right go on to the next, they scroll nothing."""

    BINDINGS: ClassVar = [
        Binding("left", "step(-1)", "Step", key_display="← →"),
        Binding("right", "step(1)", "Next step", show=False),
        Binding("shift+left", "own(-1)", "What you did before", show=False),
        Binding("shift+right", "own(1)", "What you did next", show=False),
    ]

    class Gone(Message):
        """To another step."""

        def __init__(self, by: int, *, own: bool) -> None:
            super().__init__()
            self.by, self.own = by, own

    def action_step(self, by: int) -> None:
        """The next step, or the one before."""
        self.post_message(self.Gone(by, own=False))

    def action_own(self, by: int) -> None:
        """The next thing that the team did, or the one before."""
        self.post_message(self.Gone(by, own=True))


class Course(Static):
    """The charts; a click goes to the step that is nearest."""

    class Pointed(Message):
        """Somebody clicked at a column of the time axis."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def on_click(self, event: events.Click) -> None:
        """Say where."""
        self.post_message(self.Pointed(event.x - LABEL - 1))


class Timeline(Vertical):
    """The charts, and below them the step under the cursor."""

    BINDINGS: ClassVar = [
        Binding("enter", "read", "Read", key_display="enter"),
        Binding("escape", "shut", "Charts", key_display="esc"),
    ]

    def __init__(self, session: Reviewed, card: Scorecard, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._session, self._card = session, card
        self.steps = Steps(session.log(), session.desk)
        self.number = 0
        self._ghost: Ghost | None = None
        self._laid = False
        self.chart = Course(markup=False)
        self.page = StepText(self._paint)

    def compose(self) -> ComposeResult:
        """The charts above the step."""
        yield self.chart
        yield self.page

    def on_resize(self, event: events.Resize) -> None:
        """Lay the charts out for the new size. The first time the run is folded, which only who looks here pays."""
        del event
        self._draw()

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        return self.steps.all[self.number] if self.number < len(self.steps.all) else None

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Draw the run before behind this one."""
        self._ghost = ghost
        self._draw()

    def go(self, number: int) -> None:
        """To a step; beyond the ends, to the last one there is."""
        self.number = max(0, min(number, len(self.steps.all) - 1))
        self._draw()
        self.page.repaint(self._paint)

    def on_step_text_gone(self, event: StepText.Gone) -> None:
        """Left and right."""
        event.stop()
        if not event.own:
            self.go(self.number + event.by)
            return
        steps = enumerate(self.steps.all)
        own = [at for at, step in steps if step.kind == "did" and (at - self.number) * event.by > 0]
        if own:
            self.go(own[0] if event.by > 0 else own[-1])

    def on_course_pointed(self, event: Course.Pointed) -> None:
        """A click: the step that is nearest to this column."""
        event.stop()
        span = span_of(self._session.desk, self._width)
        away = [abs(span.column(step.at_ms) - event.column) for step in self.steps.all]
        if away:
            self.go(away.index(min(away)))
        self.page.focus()

    def action_read(self) -> None:
        """The step over the whole pane."""
        self.add_class("-reading")
        self.refresh_bindings()

    def action_shut(self) -> None:
        """The charts again."""
        self.remove_class("-reading")
        self.page.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In where there is something to read, out where one has gone in."""
        reading = self.has_class("-reading")
        return {"read": not reading and bool(self.steps.all), "shut": reading}.get(action, True)

    @property
    def _width(self) -> int:
        return min(WIDEST, max(20, self.scrollable_content_region.width))

    def _draw(self) -> None:
        if self.scrollable_content_region.width <= 0:
            return
        session, ghost, step = self._session, self._ghost, self.step
        shown = Shown(
            session.truth(),
            session.levels(),
            tuple(one.at_ms for one in self.steps.all if one.kind in ("came", "content")),
            ghost.anger if ghost else (),
            ghost.ended_ms if ghost else 0,
        )
        tall = self.size.height >= TALL
        self.chart.update(joined(course(session.desk, shown, self._width, tall=tall, at_ms=step.at_ms if step else 0)))

    def _paint(self, width: int) -> Content:
        return step_page(self.steps, self.number, self._card, width)
