"""The line above a text that says what the plan wants before it goes out, and whether that is there."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from drills.signoff import Outgoing, SignOff, sign_off
from tui.safe import line
from tui.session_view import SessionView
from tui.widgets.job import Job
from tui.widgets.wrap import wrap


class SignOffLine(Static):
    """Hidden where the plan wants nobody's word."""

    DEFAULT_CSS = """
    SignOffLine { height: auto; display: none; }
    SignOffLine.-says { display: block; }
    """

    def __init__(self, session: SessionView) -> None:
        super().__init__("")
        self._session = session
        self.rows = 0
        """How many rows it takes."""
        self._shown: tuple[SignOff | None, int] = (None, 0)

    @property
    def missing(self) -> bool:
        """Whether somebody's word that the plan wants is not there."""
        return self._shown[0] is not None and self._shown[0].missing

    def tell(self, job: Job | None, text: str, width: int) -> None:
        """Say how this text stands now; nothing is laid out anew where nothing has changed."""
        session = self._session
        found = None
        if job is not None:
            out = Outgoing(job.do, job.kind, text.strip(), job.approval, session.seat)
            found = sign_off(session.drill.plan, session.desk, out, session.seats)
        if (found, width) == self._shown:
            return
        self._shown = (found, width)
        sign, style = ("! ", "$warning") if found is not None and found.missing else ("✓ ", "$muted")
        rows = wrap(line(found.says, 400), width - 2) if found is not None else []
        self.rows = len(rows)
        self.set_class(bool(rows), "-says")
        self.update(Content("\n".join([f"{'  ' if at else sign}{row}" for at, row in enumerate(rows)])).stylize(style))
