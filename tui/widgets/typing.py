"""Fields to write in, whose keys count in the order in which they come.

Textual puts a letter in at once, but finds what backspace means only after the key has been offered to every widget
above. Where keys come in a burst, over a slow line or from a held key, the letters after a backspace overtake it.
"""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea


class Field(Input):
    """A line to write in."""

    async def _on_key(self, event: events.Key) -> None:
        if not await _own(self, event):
            await super()._on_key(event)


class Area(TextArea):
    """A text to write in."""

    async def _on_key(self, event: events.Key) -> None:
        if not await _own(self, event):
            await super()._on_key(event)


async def _own(widget: Input | TextArea, event: events.Key) -> bool:
    """Do at once what the widget itself binds to a key; whether it binds anything."""
    bound = widget._bindings.key_to_bindings.get(event.key)
    if not bound:
        return False
    event.stop()
    event.prevent_default()
    await widget.run_action(bound[0].action)
    return True
