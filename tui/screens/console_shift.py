"""Moving what is to come: by minutes, or spread over more time or less. What would come of it is shown as one types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from drills.room.msel import Entry
from engine.reading import PPM
from scenarios.moments import MINUTE, show_moment
from tui.safe import content, line
from tui.screens.console_forms import FormDialog
from tui.widgets.typing import Field

_MINUTES = re.compile(r"([+-]?)(\d{1,4}(?:\.\d+)?) ?m?")
_FACTOR = re.compile(r"[x×] ?(\d{1,2}(?:\.\d+)?)")
HOW = (
    "5 is five minutes later, -5 five minutes earlier; x1.5 spreads what is to come over half as much time again, "
    "x0.5 over half."
)


@dataclass(frozen=True, slots=True)
class Step:
    """A shift or a stretch."""

    do: str
    number: int
    said: str

    def moved(self, due_ms: int, now_ms: int) -> int:
        """When something that was due then comes."""
        later = due_ms + self.number if self.do == "shift" else now_ms + (due_ms - now_ms) * self.number // PPM
        return max(now_ms, later)


def step_of(text: str) -> Step | None:
    """What somebody has typed, or None where it can't be understood."""
    if match := _MINUTES.fullmatch(text.strip()):
        minutes = float(match[2]) * (-1 if match[1] == "-" else 1)
        how = "earlier" if minutes < 0 else "later"
        many = f"{abs(minutes):g} {'minute' if abs(minutes) == 1 else 'minutes'}"
        return Step("shift", round(minutes * MINUTE), f"What is to come: {many} {how}.") if minutes else None
    if (match := _FACTOR.fullmatch(text.strip().lower())) and 0.1 <= float(match[1]) <= 10:
        return Step("stretch", round(float(match[1]) * PPM), f"What is to come: spread over ×{float(match[1]):g}.")
    return None


class ShiftForm(FormDialog):
    """See the module. `step` holds what was meant."""

    heading = "Move what is to come"
    first = needs = "text"
    does = "enter moves it"
    HELP = f"# Move what is to come\n\n{HOW}\n\nWhat is left of the story moves whole. `enter` moves it, `esc` closes."

    def __init__(self, entries: Sequence[Entry], now_ms: int, typed: Mapping[str, str]) -> None:
        super().__init__(typed)
        coming = [one for one in entries if not one.done and not one.skipped and one.due_ms >= now_ms]
        self.coming, self.now_ms = (coming[0], coming[-1]) if coming else (), now_ms
        self.step: Step | None = None

    def fields(self) -> Sequence[Widget]:
        return [
            Static(content(HOW), classes="about"),
            Field(self.typed.get("text", ""), placeholder="5, -5 or x1.5", compact=True, select_on_focus=False,
                  id="text"),
            Static("", classes="about", id="means"),
        ]  # fmt: skip

    def on_mount(self) -> None:
        super().on_mount()
        self._mean(self.typed.get("text", ""))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._mean(event.value)

    def _mean(self, text: str) -> None:
        self.step = step_of(text)
        told = []
        for word, one in zip(("next", "last"), self.coming, strict=False):
            then = f" → {show_moment(self.step.moved(one.due_ms, self.now_ms))}" if self.step else ""
            told.append(f"{word}: {show_moment(one.due_ms)}{then}  {line(one.title, 34)}")
        self.query_one("#means", Static).update(content("\n" + "\n".join(told or ["Nothing is to come."])))

    def action_take(self) -> None:
        """Take it, if it can be understood."""
        self.typed = self.read()
        if self.step is None:
            self.notify("Type minutes such as 5 or -5, or a factor from x0.1 to x10.", severity="warning", markup=False)
            return
        super().action_take()
