"""An evaluator's own word, from the review: on a line, a task, a gate or a part of a text, with a reason and a name.

What is typed goes the way of `stormdrill override`: beside the record, never into it (`drills.overrides`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from drills.errors import DrillError
from drills.overrides import item_words, value_words
from drills.review_score import changed
from drills.review_text import PARTS, RATINGS, points
from drills.room.notes import notes_of
from drills.scoring.card import Scorecard
from drills.scoring.gates import TITLES as GATES
from drills.scoring.tasks import TITLES as TASKS
from engine.events import Event
from scenarios.moments import show_moment
from tui.safe import content
from tui.screens.console_forms import Fields, FormDialog
from tui.screens.dialogs import ChoiceDialog
from tui.screens.review_words import Words
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.choices import Choice
from tui.widgets.folds import Folds
from tui.widgets.typing import Field

if TYPE_CHECKING:
    from tui.screens.review import ReviewScreen

NOWHERE = "Go to what you would judge otherwise: a score (2), a text (3) or a task (5)."
MOST_NOTES = 3
_PART, _GATE = "such as 60, or 3/4, or - for not assessed", "open, shut, or the most that the total may be"


class Marking(Protocol):
    """A run that takes an evaluator's marks."""

    def log(self) -> Sequence[Event]: ...
    def mark(self, item: str, score: str, reason: str, by: str, when: datetime) -> None: ...
    def take_back(self, item: str, reason: str, by: str, when: datetime) -> None: ...


class MarkForm(FormDialog):
    """A new value, why, and who says so. It stays open until what was typed can stand."""

    does = "^s overrides it"
    DEFAULT_CSS = """
    MarkForm Input, MarkForm ChoiceLine { margin: 0 0 1 0; }
    """
    HELP = """
# Override a score

Rules find words, not intentions: where you know better, say so. What the rubric said stays beside it, in the review and
in the report, with your reason and your name.

- a line or a part of a text takes 0 to 100, a mark such as 3/4, or `-` for not assessed; a task its letter
- a gate takes `open`, `shut`, or the most that the total may be
- where a mark of yours stands it can be taken back; both are kept
- `tab` goes from line to line, `^s` overrides it, `esc` closes
"""

    def __init__(self, item: str, card: Scorecard, about: str, typed: Mapping[str, str], do: Callable[[Fields], None]
                 ) -> None:  # fmt: skip
        """`do`: sees to what was typed, or raises DrillError with what is wrong."""
        super().__init__(typed)
        self.heading = f"Override: {item_words(card, item)}"
        self.item, self.about, self.do = item, about, do
        self.stands = (change := card.change(item)) is not None and change.mark is not None
        self.first = "do" if self.stands else "score"

    def fields(self) -> Sequence[Widget]:
        was = self.typed
        rows: list[Widget] = [Static(content(self.about), classes="about")]
        if self.stands:
            ways = [("mark", "another value"), ("undo", "take the mark back")]
            rows.append(ChoiceLine("Do", ways, [was.get("do") or "mark"], id="do"))
        if self.item in TASKS:
            letters = [(one, one if one != "-" else "- not asked for") for one in RATINGS]
            rows.append(ChoiceLine("Rating", letters, [was.get("score", "")], id="score"))
        else:
            rows += [Static("New value", classes="label"), _field("score", was, _GATE if self.item in GATES else _PART)]
        rows += [Static("Why", classes="label"), _field("reason", was, "what the rubric could not see")]
        rows += [Static("Who says so", classes="label"), _field("by", was, "your name")]
        return rows

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """To the next line that is still empty; from the last one, take it."""
        event.stop()
        for one in self.query(Input):
            if one.display and not one.value.strip():
                one.focus()
                return
        self.action_take()

    @on(ChoiceLine.Chosen, "#do")
    def _do(self, event: ChoiceLine.Chosen) -> None:
        """Taking a mark back takes no value."""
        event.stop()
        self.query_one("#score").display = event.choice.value == "mark"

    def action_take(self) -> None:
        self.typed = self.read()
        try:
            self.do(self.typed)
        except DrillError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.dismiss(self.typed)


def _field(name: str, was: Mapping[str, str], hint: str) -> Field:
    return Field(was.get(name, ""), placeholder=hint, compact=True, select_on_focus=False, id=name)


async def mark(screen: ReviewScreen, run: Marking, card: Scorecard) -> bool:
    """Ask for a mark on what is under the cursor, and keep it beside the run. Whether there is a new one."""
    item = await _item(screen, card)
    if not item:
        return False

    def do(typed: Fields) -> None:
        now = datetime.now().astimezone()
        if typed.get("do") == "undo":
            run.take_back(item, typed["reason"], typed["by"], now)
        else:
            run.mark(item, typed["score"], typed["reason"], typed["by"], now)

    notes = [one for one in notes_of(run.log()) if one.task and one.task == item]
    typed: Fields = {"by": screen.marked_by}
    if item in screen.kept:
        typed = screen.kept[item]
    elif notes and notes[-1].rating:
        typed |= {"score": notes[-1].rating, "reason": notes[-1].text}
    elif item in TASKS:
        typed["score"] = next((task.rating for task in card.tasks if task.id == item), "")
    seen = [f"You noted at {show_moment(one.at_ms)}: {one.text}" for one in notes[-MOST_NOTES:]]
    form = MarkForm(item, card, "\n".join([_now(card, item), *seen]), typed, do)
    answer: Fields | None = await screen.app.push_screen_wait(form)
    if answer is None:
        screen.kept[item] = form.typed
        return False
    screen.kept.pop(item, None)
    screen.marked_by = answer["by"]
    screen.notify("It stands beside the record, with your reason.", title=item_words(card, item), markup=False)
    return True


async def _item(screen: ReviewScreen, card: Scorecard) -> str:
    """What is under the cursor, as a mark names it; of a text, one of its parts. '' where nothing was chosen."""
    if screen.pane in ("scores", "tasks"):
        option = screen.query_one(f"#{screen.pane}", Folds).highlighted_option
        if option is not None and option.id and not option.disabled:
            return option.id
    choices: list[Choice] = []
    title = ""
    text = screen.query_one(Words).text
    if screen.pane == "words" and text is not None:
        title = "Which part of this text?"
        choices = [Choice(f"{text.action}.{name}", PARTS.get(name, name), tail=points(share * 100))
                   for name, share in text.parts]  # fmt: skip
    elif screen.pane == "summary":
        title = "Which cap?"
        gates = {gate.id: f"at most {points(gate.cap)}" for gate in card.gates}
        marked = {one.item: value_words(one.after) for one in card.changes if one.item in GATES}
        now = marked | gates
        choices = [Choice(id_, title, tail=now[id_]) for id_, title in GATES.items() if id_ in now]
    if not choices:
        screen.notify(NOWHERE, markup=False)
        return ""
    answer = await screen.app.push_screen_wait(ChoiceDialog(title, choices))
    return answer[0] if answer else ""


def _now(card: Scorecard, item: str) -> str:
    """How the item stands, and why."""
    action, _, part = item.rpartition(".")
    shares = {one.action: (dict(one.parts).get(part), one.text) for one in card.texts}
    parts = {key: f"{points(None if share is None else 100 * share)}. “{text}”" for key, (share, text)
             in shares.items()}  # fmt: skip
    told = {one.id: f"{points(None if one.score is None else one.score * 100)}. {one.why}" for one in card.lines}
    told |= {one.id: f"{one.rating}, {RATINGS.get(one.rating, '')}. {one.why}" for one in card.tasks}
    told |= {one.id: f"at most {points(one.cap)}. {one.why}" for one in card.gates}
    now = f"Now {(parts.get(action) if action else told.get(item)) or 'open'}"
    was = changed(card, item)
    return f"{now}\n{was[:1].upper()}{was[1:]}." if was else now
