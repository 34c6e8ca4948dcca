"""What is said of a draft while it is written: the checks, the coach's hint, and how many people get it.

Rules
1. With the coach on, drafts are judged as one types; where it has to be asked, from the first F2 on; off, never.
2. A hint stands while it is about the draft as it is. What is mended is not spoken of any more.
"""

from __future__ import annotations

from textual.content import Content

from drills.coach.draft import gate, many, may_say, situation
from drills.coach.ladder import fresh, step
from drills.coach.model import Hint, Situation
from drills.errors import DrillError
from engine.reading import Reading
from scenarios.text import clean
from tui import keys
from tui.safe import line
from tui.session_view import SessionView
from tui.widgets.findings import filled, said, told_above
from tui.widgets.job import Job
from tui.widgets.marker import hint_rows
from tui.widgets.wrap import wrap

MOST_HINT = 5
"""Rows that a hint may take beside a draft."""
_SITREP = "What, since when, how big, how sure, done, decision by when, next report"


class DraftCoach:
    """See the module's rules. One for each composer; `begin` starts with another text."""

    def __init__(self, session: SessionView, mode: str) -> None:
        """`mode`: on, ask or off."""
        self.session, self.mode = session, mode
        self.asked = False
        self.hint: Hint | None = None
        self.stopped = False
        """Whether a second yes was asked for."""

    def begin(self) -> None:
        """Another text."""
        self.asked, self.hint, self.stopped = False, None, False

    @property
    def judging(self) -> bool:
        """Whether drafts are judged now."""
        return self.mode == "on" or (self.mode == "ask" and self.asked)

    def judged(self, job: Job, text: str) -> Reading | None:
        """The text judged as it would go out; None for an empty one. Raises DrillError if it can't be."""
        out = clean(text.strip())
        return self.session.check(out, do=job.do, target=job.target, kind=job.kind) if out else None

    def checks(self, job: Job, reading: Reading | None, text: str, width: int, room: int) -> Content:
        """All that is said of a draft in so many rows. `reading`: None where it isn't judged."""
        above = [*self._helped(job, reading, text, width), *self.crowd(job, reading, width)]
        if reading is None:
            return Content("\n").join([*above, *self._unjudged(job, text)])
        facts, now_ms = self.session.desk.facts, self.session.now_ms
        found = said(reading, {key: may_say(view, now_ms) for key, view in facts.items()})
        if self.hint is not None:
            found = told_above(found, line(self.hint.text))
        return Content("\n").join([*above, filled(found, width, max(2, room - len(above)))])

    def crowd(self, job: Job, reading: Reading | None, width: int) -> list[Content]:
        """How many people get this answer, and what that does to it; no row for an answer to one."""
        desk = self.session.desk
        posts = [desk.posts[key] for key in (job.target, *job.also) if key in desk.posts] if job.also else []
        rows = wrap(words, width - 2) if (words := many(posts, reading)) else []
        return [Content.styled("× " if at == 0 else "  ", "bold $accent") + Content(row) for at, row in enumerate(rows)]

    def ask(self, job: Job, text: str) -> None:
        """One rung up in the help with this draft, or the highest again. Judged from here on."""
        self.asked = True
        try:
            one = self._situation(job, self.judged(job, text), text)
        except DrillError:  # the checks say why it can't be judged
            return
        self.hint = step(one, self.session.hints, self.session.desk)
        if self.hint is not None and fresh(self.hint, self.session.hints):
            self.session.took(self.hint)

    def stops(self, job: Job, text: str) -> str:
        """Why this text must not leave by one y: in training, once, where it would shut G-SAFE or G-PII; else ''."""
        if self.mode == "off" or self.stopped:
            return ""
        try:
            reading = self.judged(job, text)
        except DrillError:
            return ""
        why = gate(reading, job.do) if reading is not None else ""
        self.stopped = bool(why)
        return why

    def _helped(self, job: Job, reading: Reading | None, text: str, width: int) -> list[Content]:
        if self.hint is None:
            return []
        one = self._situation(job, reading, text)
        if (self.hint.situation, self.hint.about) != (one.id, one.about):
            self.hint = None
            return []
        return hint_rows(self.hint, width, keys.named("check") if self.hint.more else "", MOST_HINT, 0)

    def _situation(self, job: Job, reading: Reading | None, text: str) -> Situation:
        out = clean(text.strip())
        return situation(self.session.desk, out, reading, do=job.do, target=job.target, kind=job.kind)

    def _unjudged(self, job: Job, text: str) -> list[Content]:
        if self.mode != "ask" or self.asked or not text.strip():
            return []
        return [Content.styled(_SITREP if job.do == "escalate" else keys.told("{check} checks this draft"), "$muted")]
