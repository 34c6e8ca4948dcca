"""A bare app to try one screen on: our themes, and a note of what the screen asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.theme import FALLBACKS, THEMES


class Stage(App[None]):
    """Shows one screen; `asked` holds what would have been done by the real app, `answer` what the screen gave."""

    CSS = "* { scrollbar-size-vertical: 1; }"

    def __init__(self, make: Callable[[], Screen[Any]], theme: str = "stormdrill-dark") -> None:
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self._make = make
        self.asked: list[tuple[Any, ...]] = []
        self.answer: list[Any] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return FALLBACKS

    def on_mount(self) -> None:
        self.push_screen(self._make(), self.answer.append)

    def open_drill(self, drill: Any, seed: int | None = None) -> None:
        self.asked.append(("drill", drill.id))

    def resume_run(self, path: Path) -> None:
        self.asked.append(("resume", path))

    def open_review(self, path: Path) -> None:
        self.asked.append(("review", path))

    def action_help(self) -> None:
        self.asked.append(("help",))


def text_of(app: App[Any]) -> str:
    """The screen as text."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
