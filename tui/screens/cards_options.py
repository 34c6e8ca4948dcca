"""The answers to a card: a list in which the number before an answer takes it, and none is chosen at first."""

from __future__ import annotations

from textual import events

from tui.widgets.folds import List


class Options(List):
    """The answers; a digit takes one at once. Enter takes one only after somebody has moved to it."""

    def on_key(self, event: events.Key) -> None:
        """The number before an answer takes it."""
        if event.character and event.character.isdigit() and 0 < int(event.character) <= self.option_count:
            event.stop()
            event.prevent_default()
            self.highlighted = int(event.character) - 1
            self.action_select()
