"""Where the person at the keyboard stands: ten skills, how fresh each is, what is due, what to practise and why.

It is read from their own runs and cards, on this machine, and shown to nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drills import shelf
from drills.errors import DrillError
from drills.practice.skills import Skill
from drills.practice.standing import Standing, standing
from scenarios.source import SourceError
from tui import keys
from tui.safe import line
from tui.screens import learner_text as words
from tui.screens.help_words import help_words
from tui.screens.leaving import Leaving
from tui.widgets.folds import List
from tui.widgets.foot import Foot
from tui.widgets.page import Page
from tui.widgets.prose import EMPTY

if TYPE_CHECKING:
    from tui.app import StormdrillApp

ABOUT = """
Ten short exercises, one skill each. A skill that was passed is due again after 1, 4, 10, 21, 60 and 120 days: practised
just before it fades, it stays. Passing twice on one day counts once; failing costs two steps and nothing else.
`●` fresh, `◐` fading, `○` due, `·` new. `✓` and `✗` are your own attempts, the newest on the right.
"""


class Skills(List):
    """The ladder."""

    BINDINGS = [Binding("enter", "select", "Practise", key_display="enter")]


class LearnerScreen(Leaving[None]):
    """See the module. It is read anew whenever it comes back on screen."""

    CSS_PATH = "learner.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (140, "-wide")]
    AUTO_FOCUS = "#skills"
    SCOPES = ("app", "learner")
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("learner")]

    def __init__(self, home: Path, *, read: Callable[[], Standing] | None = None) -> None:
        """Raises DrillError or SourceError where the history or the exercises can't be read."""
        super().__init__()
        self._read = read or (lambda: standing(date.today(), home=home))
        self._standing = self._read()

    @property
    def HELP(self) -> str:  # type: ignore[override]  # noqa: N802
        """The keys as they are bound now."""
        return help_words("Your progress", ABOUT, "learner")

    def compose(self) -> ComposeResult:
        """What comes next, the ladder, the skill under the cursor."""
        yield Static("", id="head")
        with Container(id="rooms"):
            yield Skills(id="skills", markup=False)
            yield Page(self._about, id="about")
        yield Foot(id="foot")

    def on_mount(self) -> None:
        """The cursor is on what comes next."""
        self.query_one("#skills").border_title = "Skills"
        self.query_one("#about").border_title = "This one"
        self._list()
        first = self._standing.suggestions[:1]
        if first:
            names = [one.skill for one in self._standing.skills]
            self.query_one(Skills).highlighted = names.index(first[0].skill.skill)

    def on_screen_resume(self) -> None:
        """Something may have been practised."""
        try:
            self._standing = self._read()
        except (DrillError, SourceError) as error:
            self.notify(line(str(error), 300), severity="error", timeout=10, markup=False)
        self._list()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self.call_after_refresh(self._paint)

    @property
    def skill(self) -> Skill | None:
        """The one under the cursor."""
        at = self.query_one(Skills).highlighted
        return self._standing.skills[at] if at is not None and at < len(self._standing.skills) else None

    def _list(self) -> None:
        skills = self.query_one(Skills)
        at = skills.highlighted or 0
        skills.set_options([Option("") for _ in self._standing.skills])
        skills.highlighted = min(at, len(self._standing.skills) - 1)
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        skills = self.query_one(Skills)
        trained = {one.skill for one in self._standing.exercises}
        for at, skill in enumerate(self._standing.skills):
            row = words.row(skill, self._standing.today, max(40, skills.room), playable=skill.skill in trained)
            skills.replace_option_prompt_at_index(at, row)
        self.query_one("#head", Static).update(words.head(self._standing, self.size.width))
        self.query_one(Page).repaint()
        self._foot()

    def _about(self, width: int) -> Content:
        return words.about(self._standing, self.skill, width) if self.skill is not None else EMPTY

    def _foot(self) -> None:
        skill = self.skill
        playable = skill is not None and words.played(self._standing, skill) is not None
        self.query_one(Foot).paint("learner", {} if playable else {"practise": ""})

    @on(OptionList.OptionHighlighted, "#skills")
    def _moved(self) -> None:
        self.query_one(Page).repaint(self._about)
        self._foot()

    @on(OptionList.OptionSelected, "#skills")
    def _selected(self) -> None:
        self.action_practise()

    def action_practise(self) -> None:
        """Start an exercise of the skill under the cursor."""
        skill = self.skill
        exercise = words.played(self._standing, skill) if skill is not None else None
        if exercise is None:
            self.notify("There is no exercise of this skill yet.", markup=False)
            return
        app = cast("StormdrillApp", self.app)
        if exercise.kind == "cards":
            app.open_cards(exercise.id)
            return
        drill = next((one for one in shelf.drills() if one.id == exercise.id), None)
        if drill is not None:
            app.open_drill(drill)

    def action_back(self) -> None:
        """To the lobby."""
        self.dismiss(None)
