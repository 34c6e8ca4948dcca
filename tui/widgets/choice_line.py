"""One line of choices: `kind  (•) holding  ( ) official`, or with boxes where several may be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from tui.safe import line


class ChoiceLine(Widget, can_focus=True):
    """A label and options on one line or more; arrows move, space chooses, a click does both."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--label", "choice--on", "choice--at"}
    DEFAULT_CSS = """
    ChoiceLine {
        height: auto; background: transparent; color: $foreground;
        & > .choice--label { color: $muted; }
        & > .choice--on { color: $primary; text-style: bold; }
        & > .choice--at { background: $cursor; }
        &:nocolor > .choice--on { color: $foreground; }
        &:nocolor > .choice--at { text-style: reverse; }
    }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("right,l", "move(1)", "Next", show=False),
        Binding("left,h", "move(-1)", "Previous", show=False),
        Binding("space", "choose", "Choose", show=False),
        Binding("down,j", "screen.focus_next", "Next field", show=False),
        Binding("up,k", "screen.focus_previous", "Previous field", show=False),
    ]
    at: var[int] = var(0)

    class Chosen(Message):
        """Something else is chosen."""

        def __init__(self, choice: ChoiceLine) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> ChoiceLine:
            return self.choice

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        chosen: Iterable[str] = (),
        *,
        many: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """`options`: value and what is shown. `many`: boxes instead of one choice."""
        super().__init__(id=id)
        self.label = label
        self.options = [(value, line(text, 40)) for value, text in options]
        self.many = many
        self.chosen = {value for value in chosen if value in dict(options)}
        values = [value for value, _ in self.options]
        self.set_reactive(ChoiceLine.at, next((values.index(value) for value in values if value in self.chosen), 0))

    @property
    def value(self) -> str:
        """The choice, or ''."""
        return next(iter(self.values), "")

    @property
    def values(self) -> tuple[str, ...]:
        """All choices, in the order of the options."""
        return tuple(value for value, _ in self.options if value in self.chosen)

    def set_chosen(self, chosen: Iterable[str]) -> None:
        """Choose these and no others, without a message."""
        self.chosen = set(chosen)
        self.refresh()

    def _cells(self, index: int) -> str:
        value, text = self.options[index]
        on = value in self.chosen
        return (("[x] " if on else "[ ] ") if self.many else ("(•) " if on else "( ) ")) + text

    def _places(self, width: int) -> list[tuple[int, int, int]]:
        """Each option's line, column and cells."""
        indent = max(10, len(self.label) + 2)
        row, column = 0, indent
        out = []
        for index in range(len(self.options)):
            wide = cell_len(self._cells(index))
            if column + wide > width and column > indent:
                row, column = row + 1, indent
            out.append((row, column, wide))
            column += wide + 3
        return out

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """As many lines as the options take."""
        places = self._places(width)
        return places[-1][0] + 1 if places else 1

    def render_line(self, y: int) -> Strip:
        """A line of the options."""
        base = self.rich_style
        segments: list[Segment] = []
        used = 0
        if y == 0:
            segments.append(Segment(self.label, self._named("label", base)))
            used = cell_len(self.label)
        for index, (row, column, wide) in enumerate(self._places(self.size.width)):
            if row != y:
                continue
            segments.append(Segment(" " * max(0, column - used), base))
            style = self._named("on", base) if self.options[index][0] in self.chosen else base
            if self.has_focus and index == self.at:
                style = self._named("at", style)
            segments.append(Segment(self._cells(index), style))
            used = column + wide
        return Strip(segments).crop_extend(0, self.size.width, base)

    def _named(self, name: str, base: Style) -> Style:
        return base + self.get_component_rich_style(f"choice--{name}", partial=True)

    def validate_at(self, at: int) -> int:
        """Stay within the options."""
        return max(0, min(at, len(self.options) - 1))

    def watch_at(self) -> None:
        self.refresh()

    def action_move(self, by: int) -> None:
        """To the next option; a single choice follows the cursor."""
        self.at += by
        if not self.many:
            self.action_choose()

    def action_choose(self) -> None:
        """Choose, or take back, the option under the cursor."""
        if not self.options:
            return
        value = self.options[self.at][0]
        if self.many:
            self.chosen ^= {value}
        elif self.chosen == {value}:
            return
        else:
            self.chosen = {value}
        self.refresh()
        self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        for index, (row, column, wide) in enumerate(self._places(self.size.width)):
            if row == event.y and column <= event.x < column + wide:
                self.at = index
                self.action_choose()
