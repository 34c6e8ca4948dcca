"""The lists beside the queue: inbox, team, facts, scheduled content, log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.desk import ApprovalView, ContactView, ContentView, Desk, FactView, InboxItem, LogLine
from engine.setup import Colleague
from scenarios.moments import show_moment
from scenarios.terms import ROLES
from tui.glyphs import need, short_left, urgency
from tui.safe import line, lines
from tui.widgets.row import Line, Piece, right
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap


def paragraph(text: str, width: int, indent: str = "  ", style: str = "", most: int = 0) -> list[Line]:
    """Outside text in wrapped lines; no more than `most` of them where that is given."""
    rows = wrap(lines(text), width - len(indent))
    if most and len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1] + " …"]
    return [((indent + row, style),) for row in rows]


class Inbox(VirtualList[InboxItem]):
    """What reached us directly, the newest first."""

    now_ms = 0
    soon_ms = 60_000

    def key_of(self, item: InboxItem) -> str:
        return item.key

    def to_waiting(self) -> None:
        """To the newest that waits for an answer, else to the newest."""
        self.cursor = next((at for at, item in enumerate(self.items) if item.waiting), 0)

    def height(self, item: InboxItem, width: int) -> int:  # noqa: ARG002
        return 2

    def draw(self, item: InboxItem, width: int) -> Sequence[Line]:
        sign = need(item.medium)
        left = item.due_ms - self.now_ms
        tail: list[Piece] = []
        if item.answered_ms >= 0:
            tail.append(("✓ answered", "calm"))
        elif item.waiting and item.due_ms >= 0:
            mark = urgency(left, self.soon_ms)
            when = f"{'late ' if left < 0 else 'due in '}{short_left(left)}"
            tail.append((f"{mark.glyph} {when}", mark.style or "muted"))
        elif item.waiting:
            tail.append(("waits", "warn"))
        roomy = width >= 50
        head: Line = (
            (f"{sign.glyph} {sign.word:<9} " if roomy else f"{sign.glyph} ", sign.style),
            (line(item.author, 26), "strong" if item.waiting else ""),
            ("  " + show_moment(item.at_ms) if roomy else "", "muted"),
        )
        subject = line(item.subject)
        words = f"{subject}: {line(item.text)}" if subject else line(item.text)
        style = "" if item.waiting else "muted"
        return [right(head, tuple(tail), width), right((("  ", ""), (words, style)), (), width)]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A colleague, or an approval under way."""

    key: str
    contact: ContactView | None = None
    approval: ApprovalView | None = None
    on_duty: bool = True


def team_lines(desk: Desk) -> list[TeamLine]:
    """Approvals under way first, then everybody who can be reached."""
    approvals = [TeamLine(f"approval {key}", approval=view) for key, view in desk.approvals.items()]
    return [
        *reversed(approvals),
        *[
            TeamLine(key, contact=view, on_duty=view.colleague.on_duty_at(desk.now_ms))
            for key, view in desk.contacts.items()
        ],
    ]


_STATES = {
    "idle": ("", "muted"),
    "calling": ("… calling", "warn"),
    "reached": ("✓ reached", "calm"),
    "unreachable": ("! no answer", "danger"),
}
_WHY = {"number": "number not in use", "off duty": "off duty"}
_VERDICTS = {
    "waiting": ("… waiting", "warn"),
    "approved": ("✓ approved", "calm"),
    "returned": ("x returned", "danger"),
    "timed out": ("! timed out", "danger"),
    "used": ("✓ published", "muted"),
}


def work(one: Colleague) -> str:
    """What somebody does, in few words: the role, and the department where that says more."""
    role, dept = ROLES.get(one.role, one.role), line(one.dept.replace("_", " "), 20)
    if one.role == "FUN" and dept:
        return dept
    return role if not dept or dept in role or one.role in ("CAB", "EXE", "REP", "CSM") else f"{role}, {dept}"


def standing(view: ContactView, on_duty: bool) -> tuple[str, str]:
    """Where things stand with somebody, and its style: the last call, else how long they usually take to answer."""
    if view.state == "unreachable" and view.why:
        return f"! {_WHY[view.why]}", "danger"
    word, style = _STATES.get(view.state, ("", "muted"))
    usual = f"about {short_left(view.colleague.p50_ms, coarse=True)}" if on_duty else "off duty"
    return word or usual, style


class Team(VirtualList[TeamLine]):
    """Who can be reached and where that stands; approvals on their way."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="Nobody else is in this drill.")
        self.names: dict[str, str] = {}

    def key_of(self, item: TeamLine) -> str:
        return item.key

    def draw(self, item: TeamLine, width: int) -> Sequence[Line]:
        if item.approval is not None:
            view = item.approval
            word, style = _VERDICTS[view.state]
            head = (("√ ", "accent"), (f"draft: {view.action.kind or 'text'}", "strong"))
            who = ", ".join([self._turn(view, person) for person in view.waiting_for])
            out: list[Line] = [right(head, ((f"{word} ", style), (show_moment(view.asked_ms), "muted")), width)]
            out.append(right((("  by ", "muted"), (who, ""), (f"  {line(view.why)}", "warn")), (), width))
            return out
        assert item.contact is not None
        colleague = item.contact.colleague
        word, style = standing(item.contact, item.on_duty)
        told = ", ".join(dict.fromkeys(item.contact.told))
        if width < 50:
            return [
                right(((line(colleague.name, 22), "strong"),), ((word, style),), width),
                right(((f"  {work(colleague)}", "muted"),), ((told, "muted"),), width),
            ]
        return [
            right(
                ((f"{line(colleague.name, 22):<22}", "strong"), (f"  {work(colleague)}", "muted")),
                ((f"{told} " if told else "", "muted"), (word, style)),
                width,
            )
        ]

    def _turn(self, view: ApprovalView, person: str) -> str:
        """A validator's name; in a chain, whether it will be their turn later."""
        name = line(self.names.get(person, person), 20)
        return name if person in view.lies_with or person in view.verdicts else f"then {name}"


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
    state: Piece = ("✓ may be said", "calm") if item.sayable else ("x not to be said", "warn")
    rows = wrap(lines(item.fact.text), width - 4)
    out: list[Line] = [right(((head, "accent"), state), ((show_moment(item.learnt_ms), "muted"),), width)]
    out += [(("  " + row, "" if item.sayable else "muted"),) for row in rows]
    if not item.sayable and item.fact.why:
        out += paragraph("why: " + item.fact.why, width, "  ", "warn")
    return out


_CONTENT = {
    "scheduled": ("scheduled", ""),
    "paused": ("‖ held", "calm"),
    "edited": ("✓ edited", "calm"),
    "fired": ("» went out", "muted"),
}


class ContentList(VirtualList[ContentView]):
    """What goes out in our name unless somebody stops it."""

    now_ms = 0
    soon_ms = 60_000

    def key_of(self, item: ContentView) -> str:
        return item.content.id

    def draw(self, item: ContentView, width: int) -> Sequence[Line]:
        content, left = item.content, item.content.at - self.now_ms
        word, style = _CONTENT.get(item.state, (item.state, ""))
        if item.state in ("scheduled", "edited") and left >= 0:
            mark = urgency(left, self.soon_ms)
            when: Piece = (f"{mark.glyph} in {short_left(left)}", mark.style or "muted")
        else:
            when = (show_moment(content.at), "muted")
        where = f"on {line(content.channel, 12)}  "
        head: Line = ((f"{content.kind:<5}", "accent"), (where, "muted"), (word, style or "strong"))
        quiet = "muted" if item.state == "fired" else ""
        return [right(head, (when,), width), *paragraph(item.text, width, "  ", quiet, most=3)]


class LogList(VirtualList[LogLine]):
    """The desk's own log, newest last."""

    def key_of(self, item: LogLine) -> str:
        return f"{item.at_ms} {item.who} {item.what}"

    def draw(self, item: LogLine, width: int) -> Sequence[Line]:
        when, who = show_moment(item.at_ms), line(item.who, 14)
        rows = wrap(line(item.what), max(10, width - 27))
        first: Line = ((f"{when} ", "muted"), (f"{who:<15}", "accent"), (rows[0], ""))
        return [first, *[((" " * 26 + row, ""),) for row in rows[1:4]]]
