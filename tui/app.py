"""The application: themes, keys that work everywhere, and the way from lobby to briefing, desk and review.

A session is closed however the application ends, so that its run can be resumed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
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
    from drills.tone.background import Background
    from tui.screens.desk import DeskScreen


class StormdrillApp(App[Any]):
    """Lobby, briefing, desk, review. Given a session it opens the desk, and ends with it."""

    TITLE = "stormdrill"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("app")]

    def __init__(
        self,
        *,
        session: SessionView | None = None,
        home: Path | None = None,
        brief: bool = False,
        adviser: Background | None = None,
    ) -> None:
        """`brief`: show the briefing before the desk of the session that was given. `adviser`: the semantic layer."""
        super().__init__()
        self.session = session
        self.home = home
        self.brief = brief
        self.adviser = adviser
        self.animation_level = "none"
        self._safe = SafeFilter()
        self._desk: DeskScreen | None = None
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

            self.push_screen(LobbyScreen())
        elif self.brief:
            self._brief(self.session.drill, self.open_desk, self.session)
        else:
            self.open_desk(self.session)

    def on_unmount(self) -> None:
        self.close_session()

    def close_session(self) -> None:
        """Keep the run. It can be called more than once."""
        session, self.session = self.session, None
        if session is not None:
            if self._desk is not None:
                self._desk.rest()
            session.close()

    async def run_async(self, *args: Any, **options: Any) -> Any:
        """As Textual does it, but whatever happens the run is kept."""
        try:
            return await super().run_async(*args, **options)
        finally:
            self.close_session()

    # -- the way through ---------------------------------------------------------------------------------------

    @property
    def at_home(self) -> bool:
        """Whether there is a lobby to go back to."""
        from tui.screens.lobby import LobbyScreen

        return any(isinstance(screen, LobbyScreen) for screen in self.screen_stack)

    def _brief(self, drill: Drill, then: Callable[..., None], *args: Any) -> None:
        from tui.screens.briefing import BriefingScreen

        def answered(start: bool | None) -> None:
            if start:
                then(*args)
            elif not self.at_home:
                self.exit()

        self.push_screen(BriefingScreen(drill), answered)

    def open_drill(
        self,
        drill: Drill,
        seed: int | None = None,
        *,
        pace: float | None = None,
        seat: str | None = None,
        coach: str | None = None,
    ) -> None:
        """Briefing, then the desk. The run begins when the briefing has been read."""
        self._brief(drill, self._start, drill, {"seed": seed, "pace": pace, "seat": seat, "coach": coach})

    def _start(self, drill: Drill, options: dict[str, Any]) -> None:
        from drills.session import Session

        try:
            self.open_desk(Session.start(drill, self._runs(), **options))
        except DrillError as error:
            self.tell(error)

    def _runs(self) -> Path:
        from drills.shelf import runs_folder

        return self.home / "runs" if self.home else runs_folder()

    def resume_run(self, path: Path) -> None:
        """An unfinished run, where it was left; it opens paused. A finished one opens its review."""
        from drills.session import Session

        try:
            session = Session.resume(path)
        except DrillError as error:
            self.tell(error)
            return
        if session.ended:
            session.close()
            self.open_review(path)
        else:
            self.open_desk(session)

    def open_desk(self, session: SessionView) -> None:
        """The desk of a session."""
        from tui.screens.desk import DeskScreen

        self.session = session
        calm_gc()
        if self.adviser is not None:
            self.adviser.start()
        self._desk = DeskScreen(session)
        self.push_screen(self._desk)

    def open_review(self, of: Any) -> None:
        """The review of a session that has ended, or of a run's folder."""
        from drills.past import PastRun
        from tui.screens.review import ReviewScreen

        try:
            review = ReviewScreen(PastRun(of) if isinstance(of, Path) else of)
        except DrillError as error:
            self.tell(error)
            return
        self.push_screen(review, self._reviewed)

    def _reviewed(self, _answer: None = None) -> None:
        self.close_session()
        self.home_again()

    def home_again(self) -> None:
        """Back to the lobby; out, where the desk was opened without one."""
        if not self.at_home:
            self.exit()
            return
        from tui.screens.lobby import LobbyScreen

        while not isinstance(self.screen, LobbyScreen) and len(self.screen_stack) > 1:
            self.pop_screen()

    # -- keys that work everywhere -----------------------------------------------------------------------------

    def action_toggle_light(self) -> None:
        """Light or dark."""
        dark, light = THEMES
        self.theme = light.name if self.theme == dark.name else dark.name

    def action_help(self) -> None:
        """The keys of what is on the screen."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            return
        pane = str(getattr(self.screen, "help_pane", ""))
        if pane:
            self.push_screen(HelpScreen(pane))
        else:
            self.push_screen(HelpScreen(words=str(getattr(self.screen, "HELP", "") or "")))

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Leave; during a drill, ask first."""
        session = self.session
        if session is None or session.ended:
            self.exit()
            return
        from tui.screens.dialogs import ConfirmDialog

        text = "The run is kept. Resume it from the lobby, or with: stormdrill resume"
        if await self.push_screen_wait(ConfirmDialog("Leave the drill?", text, yes="leave", no="stay")):
            self.close_session()
            self.home_again()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every key of the key map that works here, and the themes."""
        scopes = ["app", "desk", "feed"] if hasattr(screen, "help_pane") else ["app"]
        for key in keys.table():
            if key.scope not in scopes or key.id == "commands":
                continue
            yield SystemCommand(f"{key.group}: {key.label}", f"{key.help} ({key.shown})", self._runner(screen, key))
        for theme in sorted(self.available_themes):
            yield SystemCommand(f"Colours: {theme}", "another set of colours", partial(setattr, self, "theme", theme))

    def _runner(self, screen: Screen[Any], key: keys.Key) -> Callable[[], Any]:
        async def run() -> None:
            if key.action.startswith("app."):
                await self.run_action(key.action)
            elif key.scope == "feed":
                await self.run_action(key.action, screen.query_one("#feed"))
            else:
                await self.run_action(key.action, screen)

        return run

    def tell(self, error: DrillError) -> None:
        """Show what went wrong, in a sentence."""
        self.notify(clean(str(error)), severity="error", timeout=10, markup=False)


def calm_gc() -> None:
    """Keep what has been loaded out of full collections: they would stop the screen for a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
