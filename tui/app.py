"""The application: themes, keys that work everywhere, and the way from lobby to briefing, desk and review.

A session is closed however the application ends, so that its run can be resumed. What takes time to be read is read
in a thread, behind the first picture.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from drills.errors import DrillError
from scenarios.problems import SourceError
from scenarios.text import clean
from tui import keys
from tui.safe import AsciiFilter, SafeFilter
from tui.screens.opening import OpeningScreen
from tui.settings import Settings
from tui.strips import keep_no_rings
from tui.theme import FALLBACKS, THEMES

if TYPE_CHECKING:
    from drills.drill import Drill
    from drills.tone.background import Background
    from tui.screens.console import ConsoleScreen
    from tui.screens.console_seats import ControlView
    from tui.screens.desk import DeskScreen
    from tui.session_view import SessionView


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
        begin: Callable[[], SessionView] | None = None,
        home: Path | None = None,
        brief: bool = False,
        adviser: Callable[[], Background] | None = None,
        settings: Settings | None = None,
        ascii_filter: AsciiFilter | None = None,
    ) -> None:
        """`begin`: makes the session, in a thread; what it can't is in `failed` when the application has ended.
        `brief`: show the briefing before the desk of the session that was given. `adviser`: makes the semantic layer.

        `settings`: where the choice of colours is remembered; without it nothing is. `ascii_filter`: for a terminal
        without box lines.
        """
        super().__init__()
        self.session = session
        self.begin = begin
        self.failed: DrillError | SourceError | None = None
        self.home = home
        self.brief = brief
        self.adviser: Background | None = None
        self._make_adviser = adviser
        self.animation_level = "none"
        self.settings = settings
        self._last_filters = [SafeFilter(), *([ascii_filter] if ascii_filter else [])]
        self._desk: DeskScreen | ConsoleScreen | None = None
        self._tour: TemporaryDirectory[str] | None = None
        """Where a tour is kept while it lasts."""
        for theme in THEMES:
            self.register_theme(theme)
        remembered = settings.get("theme") if settings else ""
        self.theme = remembered if remembered in self.available_themes else THEMES[0].name
        self.set_keymap(keys.keymap())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours for themes that lack them."""
        return {**super().get_theme_variable_defaults(), **FALLBACKS}

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours. Without colours its red would be one more grey: danger is as bright as any word then."""
        found = super().get_css_variables()
        if self.no_color:
            found["error"] = found["foreground"]
        return found

    def get_line_filters(self) -> list[LineFilter]:
        """The safe filter sees every line last, but for the one that swaps box lines."""
        return [*super().get_line_filters(), *self._last_filters]

    def on_mount(self) -> None:
        """To the desk, or to the lobby."""
        if self.session is None:
            self.push_screen(OpeningScreen("Reading the drill …" if self.begin else "Reading the drills …"))
            self.call_after_refresh(self._read)
        elif self.brief:
            self._brief(self.session.drill, self.open_desk, self.session)
        else:
            self.open_desk(self.session)

    @work(thread=True, group="opening")
    def _read(self) -> None:
        """In a thread: what the first real screen needs, its modules too."""
        then: Callable[[], object]
        try:
            if self.begin is not None:
                import_module("tui.screens.desk")
                self.session = self.begin()  # here already: it is closed even if somebody left meanwhile
                then = partial(self._arrive, self.session)
            else:
                from drills.shelf import drills
                from tui.screens.lobby import LobbyScreen

                drills()
                then = partial(self._open, LobbyScreen)
        except (DrillError, SourceError) as error:
            self.failed = error
            then = self.exit
        self.call_later(self._opened, then)

    def _opened(self, then: Callable[[], object]) -> None:
        """Make room for what has been read; what was pressed meanwhile was meant for it."""
        opening = self.screen
        assert isinstance(opening, OpeningScreen)
        self.pop_screen()
        then()
        for key in opening.pressed:
            self.call_after_refresh(self.simulate_key, key)

    def _open(self, screen: type[Screen[Any]]) -> None:
        self.push_screen(screen())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Nothing moves by itself, the text cursor neither."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def on_unmount(self) -> None:
        self.close_session()

    def close_session(self) -> None:
        """Keep the run. It can be called more than once."""
        session, self.session = self.session, None
        if session is not None:
            if self._desk is not None:
                self._desk.rest()
            session.close()
        tour, self._tour = self._tour, None
        if tour is not None:
            tour.cleanup()

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
        return self._home() / "runs"

    def _home(self) -> Path:
        from drills.shelf import home

        return self.home or home()

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

    def _arrive(self, session: SessionView) -> None:
        if session.alone:
            self.open_desk(session)
            return
        from tui.screens.room_door import arrive

        arrive(self, session)

    def open_desk(self, session: SessionView) -> None:
        """The desk of a session; the console of whoever facilitates a room."""
        from tui.screens.desk import DeskScreen

        self.session = session
        calm_gc()
        if session.has_clock and not session.alone:
            from tui.screens.console import ConsoleScreen

            self._desk = ConsoleScreen(cast("ControlView", session))
            self.push_screen(self._desk)
            return
        if self.adviser is None and self._make_adviser is not None:
            self.adviser = self._make_adviser()
        if self.adviser is not None:
            self.adviser.start()
        self._desk = DeskScreen(session)
        self.push_screen(self._desk)

    def open_tour(self) -> None:
        """The tour: a real desk whose run is gone when it is over."""
        from tui.screens.tour import TourScreen
        from tui.screens.tour_steps import begun

        try:
            self.session, self._tour = begun()
        except DrillError as error:
            self.tell(error)
            return
        calm_gc()
        self._desk = TourScreen(self.session)
        self.push_screen(self._desk)

    def tour_over(self, *, done: bool) -> None:
        """Back to the lobby; from its end, straight to the first exercise if somebody likes."""
        from tui.screens.lobby import LobbyScreen
        from tui.screens.tour_end import TourEnd

        self.close_session()
        self.home_again()
        if not done or not isinstance(self.screen, LobbyScreen):
            return
        if self.settings is not None:
            self.settings.put("tour", "done")
        first = self.screen.first_exercise

        def answered(go_on: bool | None) -> None:
            if go_on and first is not None:
                self.open_drill(first)

        self.push_screen(TourEnd(first), answered)

    def open_cards(self, name: str) -> None:
        """A card exercise of the library, from where it was left or from its beginning."""
        from tui.screens.cards import CardsScreen

        self._open_practice(lambda: CardsScreen.of(name, self._home()))

    def open_learner(self) -> None:
        """Where the person at the keyboard stands."""
        from tui.screens.learner import LearnerScreen

        self._open_practice(lambda: LearnerScreen(self._home()))

    def _open_practice(self, make: Callable[[], Screen[Any]]) -> None:
        try:
            self.push_screen(make())
        except (DrillError, SourceError) as error:
            self.tell(error)

    def open_review(self, of: Any) -> None:
        """The review of a session that has ended, or of a run's folder."""
        from drills.past import PastRun
        from tui.screens.review import ReviewScreen

        try:
            run = PastRun(of) if isinstance(of, Path) else getattr(of, "past", of)
            seat = run.seat if isinstance(run, PastRun) else ""
            marking = run.marked_here if isinstance(run, PastRun) else False
            review = ReviewScreen(run, seat=seat, marking=marking)
        except DrillError as error:
            self.tell(error)
            return
        self.push_screen(review, self._reviewed)

    def _reviewed(self, _answer: None = None) -> None:
        self.close_session()
        self.home_again()

    def retry_run(self, path: Path, *, at_ms: int | None, action: str) -> None:
        """A new run from a moment of an old one, at the desk; the review that asked for it is left."""
        from drills.retry import retry
        from drills.session import Session
        from tui.screens.lobby import LobbyScreen

        try:
            session = Session.resume(retry(path, self._runs(), at_ms=at_ms, action=action))
        except DrillError as error:
            self.tell(error)
            return
        self.close_session()
        self.clear_notifications()
        while len(self.screen_stack) > 1 and not isinstance(self.screen, LobbyScreen):
            self.pop_screen()
        self.open_desk(session)

    def home_again(self) -> None:
        """Back to the lobby; out, where the desk was opened without one."""
        if not self.at_home:
            self.exit()
            return
        from tui.screens.lobby import LobbyScreen

        while not isinstance(self.screen, LobbyScreen) and len(self.screen_stack) > 1:
            self.pop_screen()

    # -- keys --------------------------------------------------------------------------------------------------

    def _at_desk(self) -> DeskScreen | None:
        """The desk that a drill is played at now, also where something lies over it."""
        from tui.screens.desk import DeskScreen

        playing = self.session is not None and not self.session.ended and self._desk in self.screen_stack
        return self._desk if playing and isinstance(self._desk, DeskScreen) else None

    async def on_event(self, event: events.Event) -> None:
        """A sentence that is typed at a desk is no row of commands."""
        if isinstance(event, events.Key) and not event.is_forwarded and (desk := self._at_desk()) is not None:
            from tui.screens.desk_typing import swallows

            if swallows(self, desk, event):
                return
        await super().on_event(event)

    async def _on_key(self, event: events.Key) -> None:
        """As Textual does it, and a key that means nothing is noticed."""
        event.prevent_default()
        if not await self._check_bindings(event.key) and (desk := self._at_desk()) is not None:
            desk.letters.refused()

    # -- keys that work everywhere -----------------------------------------------------------------------------

    def action_toggle_light(self) -> None:
        """Light or dark."""
        dark, light = THEMES
        self.choose_theme(light.name if self.theme == dark.name else dark.name)

    def choose_theme(self, name: str) -> None:
        """Take these colours, and remember it."""
        self.theme = name
        if self.settings is not None and not self.settings.put("theme", name):
            self.notify("These colours can't be remembered: the settings folder can't be written.", markup=False)

    def action_help(self) -> None:
        """The keys of what is on the screen."""
        from tui.room import offers
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
            return
        pane = str(getattr(self.screen, "help_pane", ""))
        if pane:
            self.push_screen(HelpScreen(pane, table=offers(self.session) if self.session else None))
        else:
            self.push_screen(HelpScreen(words=str(getattr(self.screen, "HELP", "") or "")))

    def action_command_palette(self) -> None:
        """Find any command by its name."""
        from tui.screens.endex import NoDuffScreen
        from tui.screens.palette import Commands, Palette

        if not Palette.is_open(self) and not isinstance(self.screen, OpeningScreen | NoDuffScreen):
            self.push_screen(Palette(providers=[Commands], id="--command-palette"))

    def action_pause_drill(self) -> None:
        """The clock, from a dialogue that lies over the desk."""
        from tui.screens.desk import DeskScreen

        for desk in [one for one in self.screen_stack if isinstance(one, DeskScreen)]:
            desk.action_pause_drill()

    def action_no_duff(self) -> None:
        """A real emergency, wherever one is in a drill."""
        if self.session is None or self.session.ended:
            return
        if self._desk is not None:
            self._desk.stop_exercise()
        elif not self.session.alone:
            from tui.screens.room_door import stop_room

            self.run_worker(stop_room(self, self.session), group="stop", exclusive=True)

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Leave; during a drill, ask first. Its clock stands still meanwhile."""
        session = self.session
        if session is None or session.ended:
            self.exit()
            return
        if self._tour is not None:
            self.tour_over(done=False)
            return
        from tui.room import room_of
        from tui.screens.dialogs import LeaveDialog

        if (room := room_of(session)) is not None:
            from tui.screens.room_dialogs import leave_room

            if await leave_room(self, room):
                self.close_session()
                self.home_again()
            return
        ran = not session.paused
        if ran:
            session.pause("leaving?")
        answer = (await self.push_screen_wait(LeaveDialog()) or ("stay",))[0]
        if answer == "keep":
            self.close_session()
            self.home_again()
        elif answer == "end" and not session.ended:
            self._end_early(session)
        elif ran and not session.ended:
            session.unpause()

    def _end_early(self, session: SessionView) -> None:
        """ENDEX by choice: what waits in the outbox stays unsent."""
        from tui.screens.desk import DeskScreen

        if self._desk is not None:
            if isinstance(self._desk, DeskScreen):
                self._desk.outbox.waiting.clear()
            self._desk.rest()
        session.stop("stopped")
        self.open_review(session)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every key of the key map that works here, and the themes."""
        from tui.room import offers

        scopes = ["app", "desk", "feed"] if hasattr(screen, "help_pane") else getattr(screen, "SCOPES", ["app"])
        for key in offers(self.session) if self.session else keys.table():
            unasked = key.id in ("commands", "tour") or (key.id == "no-duff" and self.session is None)
            if key.scope not in scopes or unasked:
                continue
            yield SystemCommand(f"{key.group}: {key.label}", f"{key.help} ({key.shown})", self._runner(screen, key))
        if self.session is None and self.at_home:
            yield SystemCommand("Tour", "four quiet minutes that teach the keys", self.open_tour)
        for theme in sorted(self.available_themes):
            # Found by who looks for them: they would fill the first page.
            colours = partial(self.choose_theme, theme)
            yield SystemCommand(f"Colours: {theme}", "another set of colours", colours, discover=False)

    def _runner(self, screen: Screen[Any], key: keys.Key) -> Callable[[], Any]:
        async def run() -> None:
            if key.action.startswith("app."):
                await self.run_action(key.action)
            elif key.scope == "feed":
                await self.run_action(key.action, cast("DeskScreen", screen).feed)
            else:
                await self.run_action(key.action, screen)

        return run

    def tell(self, error: DrillError | SourceError) -> None:
        """Show what went wrong, in a sentence."""
        self.notify(clean(str(error)), severity="error", timeout=10, markup=False)


def calm_gc() -> None:
    """Keep the collector from stopping the screen for a tenth of a second.

    What has been loaded is left out of full collections; those of what is new are short, since repaints leave no rings.
    Dialogues do: a closed one is there until the next full collection, after some twenty of them.
    """
    keep_no_rings()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 3, 5)  # no frame makes so many objects: the collector seldom runs within one
