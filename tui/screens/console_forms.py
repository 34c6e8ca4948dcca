"""The console's dialogues. What was typed in one that was closed, or refused, stands there when it is opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from drills.room.rights import SEATS
from drills.room.steered import Helm
from drills.scoring.tasks import TITLES
from engine.steering import LOUDEST, SWITCHES
from scenarios.model import Scenario
from tui import keys
from tui.safe import content, line
from tui.screens.dialogs import Dialog
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.typing import Area, Field

Fields = dict[str, str]
REACT = ("0", "10", "50", "200", "1000")
"""How many may react to a post that is played (design choice)."""
_HOW = {
    "post": "post", "message": "private message", "mail": "mail", "press": "press", "call": "call",
    "executive": "executive's word", "news": "news",
}  # fmt: skip
WENT = {"": "not said", "P": "P well", "S": "S some challenges", "M": "M major challenges", "U": "U not at all"}
"""How a task went, in the letters of its rating."""
_ASKS = {"none": "no answer", "question": "an answer", "complaint": "redress", "harm": "help", "praise": "thanks"}


class FormDialog(Dialog[Fields]):
    """Some lines to choose from and to type in; the answer is what they say, by their ids.

    `typed` holds the same when it is over, however it ended.
    """

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("form")]
    DEFAULT_CSS = """
    FormDialog ChoiceLine { margin: 0; }
    FormDialog Area { height: 6; border: none; padding: 0; background: $boost; margin: 1 0 0 0; }
    FormDialog Input { margin: 0; }
    FormDialog .label { height: 1; color: $muted; }
    """
    heading = ""
    first = ""
    """The field where the keyboard is."""
    needs = ""
    """The field that can't be empty, and what to say then."""
    ask = "There is nothing to say yet."
    does = "enter takes it"
    """Which key does what it is for."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        super().__init__()
        self.typed: Fields = dict(typed)

    def fields(self) -> Sequence[Widget]:
        """The lines of the form."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield from self.fields()

    def on_mount(self) -> None:
        lines = "tab next line · " if len(self.query("ChoiceLine, Input, TextArea")) > 1 else ""
        choose = "← → choose · " if self.query(ChoiceLine) else ""
        self.frame(self.heading, f"{lines}{choose}{self.does} · esc closes")
        self.query_one(f"#{self.first}").focus()

    def read(self) -> Fields:
        """What the form says now."""
        found: Fields = {}
        for one in self.query("*"):
            if not one.id:
                continue
            if isinstance(one, ChoiceLine):
                found[one.id] = one.value
            elif isinstance(one, Input):
                found[one.id] = one.value.strip()
            elif isinstance(one, TextArea):
                found[one.id] = one.text.strip()
        return found

    def action_cancel(self) -> None:
        self.typed = self.read()
        super().action_cancel()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take what it says."""
        self.typed = self.read()
        if self.needs and not self.typed.get(self.needs):
            self.notify(self.ask, severity="warning", markup=False)
            return
        self.dismiss(self.typed)


class SpeakForm(FormDialog):
    """Say something as somebody."""

    first = needs = "text"
    does = "^s sends it"
    HELP = """
# Play a persona

What you write reaches the team as if the scenario had it: a post stands on its channel, everything else in the inbox.

- `tab` goes from line to line, arrows choose
- `^s` sends; `esc` closes, and what you have written stands there the next time
"""

    def __init__(self, name: str, scenario: Scenario, member: bool, typed: Mapping[str, str]) -> None:
        """`member`: of the cast; a colleague does not post."""
        super().__init__(typed)
        self.heading = f"Speak as {line(name, 40)}"
        self.scenario, self.member = scenario, member

    def fields(self) -> Sequence[Widget]:
        was, scenario = self.typed, self.scenario
        ways = [(how, words) for how, words in _HOW.items() if self.member or how not in ("post", "news")]
        how = was.get("kind") if was.get("kind") in dict(ways) else ways[0][0]
        channels = [(one.id, one.name) for one in scenario.channels if one.visitor_posts]
        themes = [("", "none"), *[(one.id, one.title) for one in scenario.themes]]
        out: list[Widget] = [ChoiceLine("How", ways, [str(how)], id="kind")]
        if self.member and channels:
            out.append(ChoiceLine("Where", channels, [was.get("channel") or channels[0][0]], id="channel"))
            many = [(one, one if one != "0" else "nobody") for one in REACT]
            out.append(ChoiceLine("Reacting", many, [was.get("number") or "0"], id="number"))
        out.append(ChoiceLine("About", themes, [was.get("theme", "")], id="theme"))
        out.append(ChoiceLine("Wants", list(_ASKS.items()), [was.get("needs") or "none"], id="needs"))
        out.append(Field(was.get("subject", ""), placeholder="subject", compact=True, select_on_focus=False,
                         id="subject"))  # fmt: skip
        out.append(Area(was.get("text", ""), id="text", compact=True, soft_wrap=True, tab_behavior="focus",
                        placeholder="What do they say?"))  # fmt: skip
        return out

    def on_mount(self) -> None:
        super().on_mount()
        self._suit()

    @on(ChoiceLine.Chosen)
    def _other(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self._suit()

    def _suit(self) -> None:
        """Only a post has a place and readers; only what is addressed to the team has a subject."""
        post = self.query_one("#kind", ChoiceLine).value == "post"
        for name in ("channel", "number"):
            for one in self.query(f"#{name}"):
                one.display = post
        self.query_one("#subject").display = not post


class IntensityForm(FormDialog):
    """The two dials, and what of the public is there at all. `switches`: those that mean something in this drill."""

    heading = "Intensity"
    first = "volume"
    does = "enter sets it"
    HELP = """
# Intensity

How many people join in, how harsh they get, and who is there at all.

- arrows choose; among the boxes `space` marks what is there
- bots: accounts that are no people; competitors: whoever speaks for one; the quiet of the night: few are awake then
- `^s` or `enter` sets it, `esc` changes nothing

A second wave, where the scenario has one, stands in the timeline: there it is fired, held or left out.
"""

    def __init__(self, helm: Helm, switches: Sequence[str] = tuple(SWITCHES)) -> None:
        super().__init__({})
        self.helm, self.switches = helm, switches

    def fields(self) -> Sequence[Widget]:
        volume, hostility = self.helm.volume // 10_000, self.helm.hostility // 10_000
        loud = _steps((0, 25, 50, 75, 100, 150, 200, 300, 400, LOUDEST // 10_000), volume)
        harsh = _steps((0, 10, 20, 40, 60, 80, 100), hostility)
        return [
            Static(content("Volume is how many people join in; 100 % is the scenario's."), classes="about"),
            ChoiceLine("Volume   ", loud, [str(volume)], id="volume"),
            Static(content("\nHostility is how harsh they get."), classes="about"),
            ChoiceLine("Hostility", harsh, [str(hostility)], id="hostility"),
            Static(content("\nWho takes part: space puts them in or out."), classes="about"),
            ChoiceLine("Public   ", [(one, SWITCHES[one]) for one in self.switches],
                       [one for one in self.switches if one not in self.helm.off], many=True, id="switches"),
        ]  # fmt: skip

    def read(self) -> Fields:
        """What the form says now; `switches` are the marked ones, with blanks between."""
        return {**super().read(), "switches": " ".join(self.query_one("#switches", ChoiceLine).values)}


def _steps(values: Sequence[int], now: int) -> list[tuple[str, str]]:
    return [(str(one), f"{one} %{' now' if one == now else ''}") for one in sorted({*values, now})]


class NoteForm(FormDialog):
    """An observation: time and seat are filled in."""

    first = needs = "text"
    ask = "Write what you saw."
    does = "enter keeps it"
    HELP = """
# A note

It is for the hotwash: the team does not see it before. Where it is about a task you may say how that went: the review
offers it to you there, when you override the rubric's rating with `m`.

- `tab` goes from line to line, arrows choose
- `enter` keeps it; `esc` closes, and what you have written stands there the next time
- a note that is wrong is put right with `enter` on it, in the list of notes: its moment stays
"""

    def __init__(self, when: str, seats: Sequence[str], typed: Mapping[str, str]) -> None:
        super().__init__(typed)
        self.heading = f"Note, {when}"
        self.seats, self.seat = seats, typed.get("seat", "")

    def fields(self) -> Sequence[Widget]:
        seats = [("", "the team"), *[(one, one) for one in self.seats]]
        tasks = [("", "none"), *TITLES.items()]
        return [
            Field(self.typed.get("text", ""), placeholder="What did you see?", compact=True, select_on_focus=False,
                  id="text"),
            Static("", classes="label"),
            ChoiceLine("About", seats, [self.seat if self.seat in self.seats else ""], id="seat"),
            ChoiceLine("Task", tasks, [self.typed.get("task", "")], id="task"),
            ChoiceLine("It went", list(WENT.items()), [self.typed.get("rating", "")], id="rating"),
        ]  # fmt: skip

    def on_mount(self) -> None:
        super().on_mount()
        self._suit()

    @on(ChoiceLine.Chosen, "#task")
    def _for_task(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self._suit()

    def _suit(self) -> None:
        """Only a task is rated."""
        self.query_one("#rating").display = bool(self.query_one("#task", ChoiceLine).value)


class LineForm(FormDialog):
    """One line of text."""

    first = needs = "text"
    does = "enter sends it"
    HELP = "# A line\n\n`enter` takes it; `esc` closes, and what you have written stands there the next time."

    def __init__(self, title: str, about: str, typed: Mapping[str, str], *, ask: str = "", hint: str = "") -> None:
        """`hint`: what stands in the empty line. `ask`: what is said where it stays empty."""
        super().__init__(typed)
        self.heading, self.about, self.hint = title, about, hint
        self.ask = ask or FormDialog.ask

    def fields(self) -> Sequence[Widget]:
        field = Field(self.typed.get("text", ""), placeholder=self.hint, compact=True, select_on_focus=False, id="text")
        return [*([Static(content(self.about), classes="about")] if self.about else []), field]


def seat_name(seat: str) -> str:
    """A seat's role and what it is called."""
    return f"{seat}, {SEATS.get(seat, seat)}"


def steering_of(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What a speaking form says, as the fields of a steering."""
    post = typed["kind"] == "post"
    given: dict[str, Any] = {name: typed.get(name, "") for name in ("kind", "text", "theme", "needs")}
    if post:
        given |= {"channel": typed.get("channel", ""), "number": int(typed.get("number") or 0)}
    else:
        given["subject"] = typed.get("subject", "")
    return given
