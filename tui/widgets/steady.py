"""A widget of words that is drawn again only when it says something else."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Steady(Static):
    """Told the same again, it leaves the screen alone: most of the desk's head stays as it is for seconds."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Say this from now on."""
        now = self.content
        if not (isinstance(content, Content) and isinstance(now, Content) and now.is_same(content)):
            super().update(content, layout=layout)
