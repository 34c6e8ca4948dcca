"""The team pane: who can be reached and where that stands, what was said to each other, approvals on their way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from drills.desk import ApprovalView, ContactView, Desk, Outcome, Said
from engine.setup import Colleague
from scenarios.moments import show_moment
from scenarios.terms import ROLES
from tui.glyphs import short_left
from tui.safe import fit, line
from tui.widgets.row import Line, clause, paragraph, right
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap

_OURS = {
    "escalate": "escalated",
    "ask": "asked",
    "inform": "informed them",
    "request_approval": "sent a draft to approve",
}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What came of something that one has asked for."""

    number: int
    outcome: Outcome
    fresh: bool
    """Whether nobody has looked at it yet."""


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A colleague, an approval under way, or what came of something."""

    key: str
    contact: ContactView | None = None
    approval: ApprovalView | None = None
    on_duty: bool = True
    talk: tuple[Said, ...] = ()
    """What was said to each other, in time order."""
    came: OutcomeLine | None = None
    fresh: bool = False
    """Of an approval: whether something was decided that nobody has looked at."""


def team_lines(
    desk: Desk, me: str = "", came: Sequence[OutcomeLine] = (), decided: Collection[str] = ()
) -> list[TeamLine]:
    """What came of things and approvals under way, the newest first, then everybody who can be reached: all but
    oneself, whose id is `me`. `decided`: the approvals on which there is something new."""
    approvals = [TeamLine(f"approval {key}", approval=view, fresh=key in decided)
                 for key, view in desk.approvals.items()]  # fmt: skip
    moved = [*[TeamLine(f"came {one.number}", came=one) for one in came], *reversed(approvals)]
    return [
        *sorted(moved, key=_moment, reverse=True),
        *[
            TeamLine(key, contact=view, on_duty=view.colleague.on_duty_at(desk.now_ms), talk=tuple(desk.talk(key)))
            for key, view in desk.contacts.items()
            if key != me
        ],
    ]


def _moment(one: TeamLine) -> int:
    if one.came is not None:
        return one.came.outcome.at_ms
    return one.approval.asked_ms if one.approval is not None else 0


NOBODY: Mapping[str, bool] = {}
NARROW = 64
"""In fewer cells a colleague takes two lines."""
_STATES = {
    "idle": ("", "muted"),
    "calling": ("… calling", "warn"),
    "reached": ("✓ reached", "calm"),
    "unreachable": ("! no answer", "warn"),
}
_TOLD = {"escalate": "escalated", "ask": "asked", "inform": "informed"}
_WHY = {"number": "number not in use", "off duty": "off duty"}
_VERDICTS = {
    "waiting": ("… waiting", "warn"),
    "approved": ("✓ approved", "calm"),
    "returned": ("x returned", "warn"),
    "timed out": ("! timed out", "warn"),
    "used": ("✓ published", "muted"),
}


def work(one: Colleague) -> str:
    """What somebody does, in few words: the role, and the department where that says more."""
    role, dept = ROLES.get(one.role, one.role), line(one.dept.replace("_", " "), 20)
    if one.role == "FUN" and dept:
        return dept
    said = dept in role or any(word.startswith(dept.rstrip("s")) for word in role.split())
    return role if said or one.role in ("CAB", "EXE", "REP", "CSM") else f"{role}, {dept}"


def _by(seat: str, me: str) -> str:
    """Who did it: a seat, or you where it is one's own. `me`: one's own, or '' where nobody else plays."""
    return seat if me and seat and seat != me else "you"


def told_in_words(view: ContactView, me: str = "") -> str:
    """What has reached somebody from us: `you escalated, SML asked`; ''. `me`: one's own seat."""
    done = zip(view.told_by, view.told, strict=True)
    return ", ".join([f"{who} {how}" for who, how in dict.fromkeys([(_by(by, me), _TOLD.get(how, how))
                                                                   for by, how in done])])  # fmt: skip


def standing(
    view: ContactView, on_duty: bool, seats: Mapping[str, bool] = NOBODY, stating: Collection[str] = ()
) -> tuple[str, str]:
    """Where things stand with somebody, and its style: whether somebody plays them, the last call, else how long they
    usually take to answer. `seats`: those of a room that are taken; `stating`: those that have begun a statement."""
    if (here := seats.get(view.colleague.role)) is not None:
        if here and view.colleague.role in stating:
            return "● writing", "accent"
        return ("● plays", "calm") if here else ("○ plays, away now", "warn")
    if view.state == "unreachable" and view.why:
        return f"! {_WHY[view.why]}", "warn"
    word, style = _STATES.get(view.state, ("", "muted"))
    usual = f"answers in about {short_left(view.colleague.p50_ms, coarse=True)}" if on_duty else "off duty"
    return word or usual, style


def said_lines(said: Said, name: str, width: int, indent: str = "", me: str = "") -> list[Line]:
    """One piece of a conversation: who, when and what. `me`: one's own seat."""
    when = ((show_moment(said.at_ms), "muted"),)
    if said.ours:
        head: Line = ((f"{indent}» ", "strong"), (f"{_by(said.seat, me)} {_OURS.get(said.what, said.what)}", "calm"))
    elif said.key:
        head = ((f"{indent}{line(name, 30)}", "accent"), (" answered" if said.what == "colleague" else "", "muted"))
    else:
        head = ((f"{indent}· {line(name, 30)} {line(said.what)}", "muted"),)
    return [right(head, when, width), *(paragraph(said.text, width, f"{indent}  ") if said.text else [])]


def _last(said: Said, width: int, me: str) -> Line:
    ours = f"{_by(said.seat, me)} {_OURS.get(said.what, said.what)}"
    who = ours if said.ours else "says" if said.key else line(said.what)
    words = f": {line(said.text)}" if said.text else ""
    left: Line = ((f"  {'»' if said.ours else '·'} {who}{words}", "muted"),)
    return right(left, ((show_moment(said.at_ms), "muted"),), width)


NEW = "● "
"""Before what nobody has looked at."""


def _came(item: OutcomeLine, width: int) -> list[Line]:
    one = item.outcome
    sign = ("✓ ", "calm") if one.good else ("! ", "warn")
    when = show_moment(one.at_ms)
    rows = wrap(line(one.text), max(10, width - 4 - len(when) - 1))
    style = "strong" if item.fresh else "muted"
    first: Line = right(((NEW if item.fresh else "  ", "warn"), sign, (rows[0], style)), ((when, "muted"),), width)
    rest = rows[1:3] if len(rows) <= 3 else [rows[1], fit(f"{rows[2]} {rows[3]}", width - 4)]
    return [first, *[(("    " + row, style),) for row in rest]]


class Team(VirtualList[TeamLine]):
    """Who can be reached and where that stands; approvals on their way."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="Nobody else is in this drill.")
        self.names: dict[str, str] = {}
        self.seats: Mapping[str, bool] = NOBODY
        """Those of a room that somebody has taken, and whether they are connected."""
        self.stating: Collection[str] = ()
        """Those that have begun a statement, and not sent it."""

    def key_of(self, item: TeamLine) -> str:
        return item.key

    def draw(self, item: TeamLine, width: int) -> Sequence[Line]:
        if item.came is not None:
            return _came(item.came, width)
        if item.approval is not None:
            view = item.approval
            word, style = _VERDICTS[view.state]
            new: Line = ((NEW, "warn"),) if item.fresh else ()
            end: Line = ((f"{word} ", style), (show_moment(view.asked_ms), "muted"))
            what = f"draft: {view.action.kind or 'text'}"
            if sum([cell_len(text) for text, _ in (*new, *end)]) + cell_len(what) + 3 > width:
                what = what.removeprefix("draft: ")
            head = (*new, ("√ ", "accent"), (what, "strong"))
            who = ", ".join([self._turn(view, person) for person in view.waiting_for])
            out: list[Line] = [right(head, end, width)]
            why = f"{': ' * bool(view.why)}{line(view.why)}"
            by = "returned by" if view.state == "returned" else "by"
            out.append(right(((f"  {by} ", "muted"), (who, ""), (why, "warn")), (), width))
            return out
        assert item.contact is not None
        colleague = item.contact.colleague
        word, style = standing(item.contact, item.on_duty, self.seats, self.stating)
        told, role = told_in_words(item.contact, self.seat), work(colleague)
        if width < NARROW:
            role = "" if role.casefold() == colleague.name.casefold() else clause(role, width - 3 - cell_len(word))
            out = [
                right(((line(colleague.name), "strong"),), ((told, "muted"),), width),
                right(((f"  {role}", "muted"),), ((word, style),), width),
            ]
        else:
            tail: Line = ((f"{told} · " if told else "", "muted"), (word, style))
            role = clause(role, width - 25 - sum([cell_len(text) for text, _ in tail]))
            out = [right(((f"{line(colleague.name, 22):<22}", "strong"), (f"  {role}", "muted")), tail, width)]
        if item.key in self.expanded:
            for said in item.talk:
                out += said_lines(said, colleague.name, width, "  ", self.seat)
        elif item.talk:
            out.append(_last(item.talk[-1], width, self.seat))
        return out

    def _turn(self, view: ApprovalView, person: str) -> str:
        """A validator's name; in a chain, whether it will be their turn later."""
        name = line(self.names.get(person, person), 20)
        return name if person in view.lies_with or person in view.verdicts else f"then {name}"
