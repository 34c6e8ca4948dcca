"""The application: themes, keys that work everywhere, and the way from lobby to briefing, desk and review.

A session is closed however the application ends, so that its run can be resumed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from drills.errors import DrillError
from scenarios.text import clean
from tui import keys
from tui.safe import SafeFilter
from tui.session_view import SessionView
from tui.theme import FALLBACKS, THEMES

if TYPE_CHECKING:
    from drills.drill import Drill


class StormdrillApp(App[None]):
    """Lobby, briefing, desk, review. Given a session it opens the desk, and ends with it."""

    TITLE = "stormdrill"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("app")]

    def __init__(self, *, session: SessionView | None = None, home: Path | None = None, brief: bool = False) -> None:
        """`brief`: show the briefing before the desk of the session that was given."""
        super().__init__()
        self.session = session
        self.home = home
        self.brief = brief
        self.animation_level = "none"
        self._safe = SafeFilter()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours for themes that lack them."""
        return {**super().get_theme_variable_defaults(), **FALLBACKS}

    def get_line_filters(self) -> list[LineFilter]:
        """The safe filter sees every line last."""
        return [*super().get_line_filters(), self._safe]

    def on_mount(self) -> None:
        """To the desk, or to the lobby."""
        if self.session is None:
            from tui.screens.lobby import LobbyScreen

            self.push_screen(LobbyScreen(self.home) if self.home else LobbyScreen())
        else:
            self.open_desk(self.session)

    def on_unmount(self) -> None:
        self.close_session()

    def close_session(self) -> None:
        """Keep the run. It can be called more than once."""
        session, self.session = self.session, None
        if session is not None:
            session.close()

    async def run_async(self, **options: Any) -> None:
        """As Textual does it, but whatever happens the run is kept."""
        try:
            await super().run_async(**options)
        finally:
            self.close_session()

    # -- the way through ---------------------------------------------------------------------------------------

    def open_desk(self, session: SessionView) -> None:
        """The desk of a session."""
        from tui.screens.desk import DeskScreen

        self.session = session
        self.push_screen(DeskScreen(session))

    def tell(self, error: DrillError) -> None:
        """Show what went wrong, in a sentence."""
        self.notify(clean(str(error)), severity="error", timeout=10, markup=False)
