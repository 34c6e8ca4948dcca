"""The dialogues: choose, confirm, write a line. Each gives its answer, or None when somebody pressed esc."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from drills.errors import DrillError
from scenarios.text import clean
from tui import keys
from tui.safe import content
from tui.screens.leaving import Leaving
from tui.widgets.choices import Choice, Choices
from tui.widgets.typing import Field
from tui.widgets.virtual import VirtualList

Answer = TypeVar("Answer")

EXERCISE = "EXERCISE"


class Dialog(Leaving[Answer], ModalScreen[Answer]):
    """A box in the middle of the screen. Esc closes it and changes nothing."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > .box {
        width: 80; max-width: 100%; height: auto; max-height: 94%; padding: 0 1; background: $background;
        border: round $primary; border-title-color: $foreground; border-title-style: bold;
        border-subtitle-color: $muted;
    }
    Dialog > .box.-beside { width: 100; }
    Dialog .about { height: auto; color: $muted; margin: 0 0 1 0; }
    Dialog .warning { height: auto; color: $warning; margin: 0 0 1 0; }
    Dialog .text { height: auto; margin: 0 0 1 0; }
    Dialog Choices { height: auto; max-height: 100%; }
    Dialog Input { border: none; height: 1; padding: 0; background: $boost; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("escape", "cancel", "Close", show=False),
        *keys.over_dialogs(),
    ]
    HELP = """
# A question of the desk

The drill goes on behind it. `esc` closes it and changes nothing.

- letters in front of a line choose it at once; `enter` takes the line under the cursor
- `space` marks where several may be chosen
- `X`, or `F10` while you type, stops the exercise: a real emergency
"""

    def frame(self, title: str, answers: str) -> None:
        """Say what it is, in its border, and which keys answer."""
        box = self.query_one(".box")
        box.border_title = content(title)
        box.border_subtitle = Content(answers)

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class ChoiceDialog(Dialog[tuple[str, ...]]):
    """Choose one thing or several; the answer is their ids."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        about: str = "",
        many: bool = False,
        chosen: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.heading = title
        self.about = about
        self.choices = Choices(choices, many=many, chosen=chosen)

    def compose(self) -> ComposeResult:
        beside = any(one.aside for one in self.choices.items)
        with Vertical(classes="box -beside" if beside else "box"):
            if self.about:
                yield Static(content(self.about), classes="about")
            yield self.choices

    def on_mount(self) -> None:
        marks = "space marks · " if self.choices.many else ""
        self.frame(self.heading, f"{marks}enter chooses · esc closes")
        self.choices.focus()

    def on_resize(self) -> None:
        """The list scrolls in what the words above it leave."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        box = self.query_one(".box")
        above = sum([one.outer_size.height + one.styles.margin.height for one in self.query(".about")])
        self.choices.styles.max_height = max(3, int(self.size.height * 0.94) - box.gutter.height - above)

    @on(VirtualList.Opened)
    def _chosen(self, event: VirtualList.Opened) -> None:
        event.stop()
        item = self.choices.current
        if item is None:
            return
        if self.choices.many and self.choices.marked:
            self.dismiss(tuple(one.id for one in self.choices.items if one.id in self.choices.marked))
        elif item.why_not:
            self.notify(item.why_not, severity="warning", markup=False)
        else:
            self.dismiss((item.id,))


class LeaveDialog(ChoiceDialog):
    """Three ways out of a question that somebody may have asked by accident: `keep`, `end`, or None to stay."""

    HELP = """
# Leave the drill?

The clock stands still while you are asked; `esc` goes back to the desk, and it runs on.

- keep it: the run goes on from here when you take it up again, in the lobby or with `stormdrill resume`
- end it: ENDEX now; the review looks at what has been played, what is not sent stays unsent
- `X` is for a real emergency only
"""

    def __init__(self) -> None:
        again = keys.told("Go on from here: {continue} in the lobby, or stormdrill resume.")
        choices = [
            Choice("keep", "Keep it for later", again, letter="y"),
            Choice("end", "End it now and see the review", "This run is over then; the drill can be tried again.",
                   letter="e"),
            Choice("stay", "Stay", letter="n"),
        ]
        super().__init__("Leave the drill?", choices, about="The clock stands still while you are asked.")


class ConfirmDialog(Dialog[bool]):
    """A question with two answers; y says yes."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n", "cancel", "No", show=False),
    ]
    how: ClassVar[str] = "y or n · esc closes"
    """With which keys it is answered."""

    def __init__(self, title: str, text: str, *, yes: str = "yes", no: str = "no", warning: str = "") -> None:
        super().__init__()
        self.heading, self.text, self.yes, self.no, self.warning = title, text, yes, no, warning

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(content(self.text), classes="text")
            if self.warning:
                yield Static(content(self.warning), classes="warning")
            yield self.answers()

    def answers(self) -> Choices:
        """The two answers, as a list."""
        return Choices([Choice("yes", self.yes, letter="y"), Choice("no", self.no, letter="n")])

    def on_mount(self) -> None:
        self.frame(self.heading, self.how)
        choices = self.query_one(Choices)
        choices.cursor = 1
        choices.focus()

    @on(VirtualList.Opened)
    def _chosen(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.dismiss(True if event.key == "yes" else None)

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)


class Deaf(Choices):
    """Two answers that nobody gives by typing a sentence whose first letter has brought the question up."""

    def on_key(self, event: events.Key) -> None:
        if event.is_printable:
            event.stop()
            event.prevent_default()


class StopDialog(ConfirmDialog):
    """Whether a real emergency is meant. No letter says yes, since it ends the exercise for everybody."""

    how = "↑ then enter stops · esc goes on"

    def __init__(self) -> None:
        text = "The word for a real emergency is NO DUFF. The exercise stops at once, at every seat."
        super().__init__("STOP the exercise?", text, yes="NO DUFF: stop", no="go on")

    def answers(self) -> Choices:
        return Deaf([Choice("yes", self.yes), Choice("no", self.no)])


class LineDialog(Dialog[str]):
    """One line of text."""

    def __init__(
        self,
        title: str,
        *,
        about: str = "",
        value: str = "",
        placeholder: str = "",
        does: str = "takes it",
        keep: Callable[[str], object] | None = None,
    ) -> None:
        """`does`: what enter does. `keep`: told the line whenever it changes, so that nothing typed is lost; it may
        raise DrillError."""
        super().__init__()
        self.heading, self.about, self.value, self.placeholder = title, about, value, placeholder
        self._does, self._keep, self._kept = does, keep, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            if self.about:
                yield Static(content(self.about), classes="about")
            yield Field(self.value, placeholder=self.placeholder, compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        closes = "esc keeps it for later" if self._keep else "esc closes"
        self.frame(self.heading, f"enter {self._does} · {closes}")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._keep is None or event.value == self._kept:
            return
        self._kept = event.value
        try:
            self._keep(event.value)
        except DrillError as error:
            self.notify(clean(str(error)), severity="warning", markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())
