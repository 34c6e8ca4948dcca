"""The lists beside the queue: inbox, facts and log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from drills.desk import FactView, InboxItem, LogLine
from drills.desk.search import Facets, of_item
from scenarios.moments import show_moment
from tui.glyphs import need, short_left, urgency
from tui.room import NO_SCRIPT, Script
from tui.safe import line, lines
from tui.widgets.claim import claimed
from tui.widgets.row import Line, Piece, paragraph, right
from tui.widgets.team import standing, work
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap

__all__ = ["Facts", "Inbox", "LogList", "fact_lines", "standing", "work"]

NOT_TO_BE_SAID = "not to be said"
"""How a fact is called that may not be said, everywhere."""


class Inbox(VirtualList[InboxItem]):
    """What reached us directly, the newest first."""

    now_ms = 0
    soon_ms = 60_000
    script: Callable[[InboxItem], Script] = staticmethod(lambda _: NO_SCRIPT)
    """Whether the script speaks in the name of somebody who is played."""

    def key_of(self, item: InboxItem) -> str:
        return item.key

    def to_waiting(self) -> None:
        """To the newest that waits for an answer, else to the newest; one that was left and waits is kept."""
        if self.current is not None and self.current.waiting:
            return
        self.cursor = next((at for at, item in enumerate(self.items) if item.waiting), 0)

    def facets(self, item: InboxItem) -> Facets:
        return of_item(item, self.now_ms)

    def draw(self, item: InboxItem, width: int) -> Sequence[Line]:
        sign, script = need(item.medium), self.script(item)
        left = item.due_ms - self.now_ms
        tail: list[Piece] = []
        if item.answered_ms >= 0:
            tail.append(("✓ answered", "calm"))
        elif item.waiting and script.mine and item.medium != "approval":
            pass  # the others answer it: no clock of one's own runs
        elif item.waiting and item.due_ms >= 0:
            mark = urgency(left, self.soon_ms)
            when = f"{mark.word} {short_left(left)}" if mark.word else f"{short_left(left)} left"
            tail.append((f"{mark.glyph} {when}", mark.style or "muted"))
        elif item.waiting:
            tail.append(("waits", "warn"))
        roomy = width >= 50
        head: Line = (
            (f"{sign.glyph} {sign.word:<9} " if roomy else f"{sign.glyph} ", sign.style),
            (line(item.author, 26), "strong" if item.waiting else ""),
            (f" · {script.sign}" if script.sign else "", "warn"),
            ("  " + show_moment(item.at_ms) if roomy else "", "muted"),
        )
        subject = line(item.subject)
        words = f"{subject}: {line(item.text)}" if subject else line(item.text)
        style = "" if item.waiting else "muted"
        first = right(head, claimed(item.assigned, self.seat, tail), width)
        mine: Line = ((f"  {script.says} ", "warn"),) if script.mine else (("  ", ""),)
        if item.key not in self.expanded:
            return [first, right((*mine, (words, style)), (), width)]
        opened = [*([mine] if script.mine else []), *paragraph(words, width, "  ", style)]
        if item.draft:
            opened += paragraph(item.draft, width, "  │ ")
        return [first, *opened]


class Facts(VirtualList[FactView]):
    """What is known, newest last; what may not be said yet, and why."""

    now_ms = 0

    def key_of(self, item: FactView) -> str:
        return item.fact.id

    def draw(self, item: FactView, width: int) -> Sequence[Line]:
        return fact_lines(item, width)


def fact_lines(item: FactView, width: int, number: int = 0) -> list[Line]:
    """A fact with whether it may be said."""
    head = f"{number} " if number else ""
    state: Piece = ("✓ may be said", "calm") if item.sayable else (f"x {NOT_TO_BE_SAID}", "warn")
    rows = wrap(lines(item.fact.text), width - 4)
    out: list[Line] = [right(((head, "accent"), state), ((show_moment(item.learnt_ms), "muted"),), width)]
    out += [(("  " + row, "" if item.sayable else "muted"),) for row in rows]
    if not item.sayable and item.fact.why:
        out += paragraph("why: " + item.fact.why, width, "  ", "warn")
    return out


class LogList(VirtualList[LogLine]):
    """The desk's own log, newest last."""

    def key_of(self, item: LogLine) -> str:
        return f"{item.at_ms} {item.who} {item.what}"

    def draw(self, item: LogLine, width: int) -> Sequence[Line]:
        when, who = show_moment(item.at_ms), line(item.who, 14)
        before = cell_len(when) + 1 + 15
        rows = wrap(line(item.what), max(10, width - before - 1))
        first: Line = ((f"{when} ", "muted"), (f"{who:<15}", "accent"), (rows[0], ""))
        return [first, *[((" " * before + row, ""),) for row in rows[1:]]]  # the team's words are read whole
