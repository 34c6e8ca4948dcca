"""The ghost at the desk: in one quiet line, where one's last run with the same luck stood at this moment."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from drills.errors import DrillError
from drills.ghost import Ghost, ghost_of, then
from tui.safe import fit
from tui.session_view import SessionView
from tui.threads import tell

ROOM = 30
"""From so many lines of the screen on it is shown without being asked for."""


class GhostLine(Static):
    """Hidden where there was no such run; off in an assessment (a drill without a coach) until it is asked for."""

    DEFAULT_CSS = "GhostLine { height: 1; padding: 0 1; color: $muted; display: none; }"

    def __init__(self, session: SessionView, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._session = session
        self._asked: bool | None = None
        self._words = ""
        self.ghost: Ghost | None = None

    def on_mount(self) -> None:
        """Look for it in a thread: to read a long run takes a quarter of a second."""
        self.run_worker(self._look, thread=True, group="ghost", exit_on_error=False)
        self.set_interval(1, self.paint)

    def _look(self) -> None:
        try:
            found = ghost_of(self._session.path)
        except DrillError:  # a rehearsal lies nowhere
            return
        if found is not None:
            tell(self, self.show, found)

    def show(self, ghost: Ghost) -> None:
        """There is one."""
        self.ghost = ghost
        self.paint()

    def toggle(self) -> bool:
        """Show it or hide it; False where there is none."""
        self._asked = not self.display
        self.paint()
        return self.ghost is not None

    def paint(self) -> None:
        """Say where it stood now."""
        room = self._session.coach != "off" and self.app.size.height >= ROOM
        self.display = self.ghost is not None and (room if self._asked is None else self._asked)
        if self.ghost is None or not self.display:
            return
        words = then(self.ghost, self._session.now_ms)
        if words != self._words:
            self._words = words
            self.update(Content(fit(words, max(1, self.app.size.width - 2))), layout=False)
