"""The last line of a screen that has its keys as bindings: what they do where the keyboard is now, and help."""

from __future__ import annotations

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen

from tui.widgets.foot import Foot

HELP = "app.help"


class BoundFoot(Foot):
    """Every binding that is to be shown and does something now, the pane's own before the screen's."""

    DEFAULT_CSS = "BoundFoot { height: 1; background: $boost; color: $muted; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._whose: dict[str, DOMNode] = {}

    def on_mount(self) -> None:
        """Keep up with what the keys do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self.say)

    def on_resize(self) -> None:
        """Another width has room for others."""
        self.say()

    def _changed(self, screen: Screen[object]) -> None:
        del screen
        self.call_after_refresh(self.say)

    def say(self) -> None:
        """Name the keys; under a dialogue the line stays as it was."""
        if not self.is_attached or self.screen is not self.app.screen:
            return
        named: dict[str, tuple[str, str, str]] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.description and binding.action not in (HELP, *named):
                named[binding.action] = (self.app.get_key_display(binding), binding.description, binding.action)
                self._whose[binding.action] = node
        self.tell(list(named.values()))

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked, where the key would do it."""
        event.prevent_default()
        for start, end, action in self._places:
            if start <= event.x < end:
                await self.app.run_action(action, self._whose.get(action, self.screen))
