"""The line above the keys: a word after an action for some seconds, else what is new and what the coach advises."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.safe import content, line

SAID = 5.0
"""How long a word stands, in seconds."""
SIGNS = {
    "done": ("✓ ", "bold $success"),
    "hint": ("› ", "bold $accent"),
    "warning": ("! ", "bold $warning"),
    "error": ("! ", "bold $error"),
}
_LEAST = 24
"""Advice in fewer cells says nothing."""


class Marker(Static):
    """See the module. Nothing is covered by it, unlike by a toast."""

    DEFAULT_CSS = "Marker { height: 1; color: $muted; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id)
        self._said = ("", "", 0.0)

    def say(self, text: str, severity: str, now: float) -> None:
        """A word that stands for some seconds."""
        self._said = (text, severity, now + SAID)

    def paint(self, notes: Sequence[str], advice: str, now: float) -> None:
        """`notes`: what is new or held; `advice`: the coach's word, or ''."""
        words, severity, until = self._said
        width = (self.size.width or self.app.size.width) - 2
        if words and now < until:
            sign, style = SIGNS.get(severity, ("· ", "$muted"))
            said = Content.styled(f" {sign}", style) + Content.styled(line(words, width - 2), "$foreground")
            self.update(said, layout=False)
            return
        shown = content(" " + " · ".join(notes))
        room = width - shown.cell_length - 2
        if advice and (not notes or room > _LEAST):
            shown = content(" Next: " + line(advice, room - 5)).stylize("$accent") + shown
        self.update(shown, layout=False)
