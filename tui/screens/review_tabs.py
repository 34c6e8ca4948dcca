"""The panes of the review and the line that names them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

TEAM = ("summary", "scores", "words", "timeline", "tasks")
PUBLIC = ("why", "posts")
PLAN = ("plan",)
PANES = (*TEAM, *PUBLIC, *PLAN)
TITLES = {
    "summary": "Summary",
    "scores": "Scores",
    "words": "Own words",
    "timeline": "Timeline",
    "tasks": "Tasks",
    "why": "Why",
    "posts": "Posts",
    "plan": "Plan",
}


class Tabs(Static):
    """The names of the panes in one line; a click goes to one."""

    _labels: Sequence[str] = ()

    def name_panes(self, current: str) -> None:
        """Show which one is current; where there is little room only that one is named."""
        self._labels = [self._label(number, name, current) for number, name in enumerate(PANES, 1)]
        gap = " " * self._gap
        parts = [
            Content.styled(f"{text}{gap}", "bold $primary" if name == current else "$muted")
            for name, text in zip(PANES, self._labels, strict=True)
        ]
        self.update(Content.assemble(" ", *parts))

    @property
    def _gap(self) -> int:
        return 1 if self.app.size.width >= 100 else 0

    def _label(self, number: int, name: str, current: str) -> str:
        if name == current:
            return f"[{number} {TITLES[name]}]"
        return f" {number} {TITLES[name]} " if self.app.size.width >= 80 else f" {number} "

    def on_click(self, event: events.Click) -> None:
        """Go to the pane under the pointer."""
        x = 1
        for name, text in zip(PANES, self._labels, strict=True):
            x += len(text) + self._gap
            if event.x < x:
                self.post_message(self.Chosen(name))
                return

    class Chosen(Message):
        """Somebody clicked on a pane's name."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name
