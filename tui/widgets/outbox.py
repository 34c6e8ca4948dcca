"""The outbox: what was sent waits five seconds, in which it can be recalled. Then it is final, as in life."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui import keys
from tui.safe import fit, line
from tui.widgets.job import Job

SECONDS = 5.0


@dataclass(slots=True)
class Outgoing:
    """A text that waits to go out."""

    job: Job
    text: str
    left: float = SECONDS


class Outbox(Static):
    """One line with a countdown; hidden while there is nothing in it."""

    DEFAULT_CSS = """
    Outbox { height: 1; display: none; background: $boost; color: $warning; }
    Outbox.-waiting { display: block; }
    """

    class Leaves(Message):
        """A text leaves: now it is done."""

        def __init__(self, outgoing: Outgoing) -> None:
            super().__init__()
            self.outgoing = outgoing

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.waiting: list[Outgoing] = []
        self._shown = ""

    def put(self, job: Job, text: str) -> None:
        """Send a text, in five seconds."""
        self.waiting.append(Outgoing(job, text))
        self._paint()

    def recall(self) -> Outgoing | None:
        """Take the newest back, or None."""
        taken = self.waiting.pop() if self.waiting else None
        self._paint()
        return taken

    def advance(self, seconds: float) -> None:
        """Let so much real time pass."""
        if not self.waiting:
            return
        for outgoing in self.waiting:
            outgoing.left -= seconds
        for outgoing in [one for one in self.waiting if one.left <= 0]:
            self.waiting.remove(outgoing)
            self.post_message(self.Leaves(outgoing))
        self._paint()

    def _paint(self) -> None:
        self.set_class(bool(self.waiting), "-waiting")
        if not self.waiting:
            self._shown = ""
            return
        newest = self.waiting[-1]
        more = f" and {len(self.waiting) - 1} more" if len(self.waiting) > 1 else ""
        to = f" to {line(newest.job.whom, 40)}" if newest.job.whom else ""
        words = f" Sending in {max(1, round(newest.left))} s{to}{more} · {keys.named('undo')} takes it back"
        words += f": {line(newest.text)}" if to else f" · {line(newest.job.title)}: {line(newest.text)}"
        shown = fit(words, max(10, self.app.size.width - 2))
        if shown != self._shown:
            self._shown = shown
            self.update(Content(shown), layout=False)
