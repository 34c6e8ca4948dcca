"""The team pane: who can be reached and where that stands, what was said to each other, approvals on their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from drills.desk import ApprovalView, ContactView, Desk, Said
from engine.setup import Colleague
from scenarios.moments import show_moment
from scenarios.terms import ROLES
from tui.glyphs import short_left
from tui.safe import line
from tui.widgets.row import Line, clause, paragraph, right
from tui.widgets.virtual import VirtualList

_OURS = {
    "escalate": "you escalated",
    "ask": "you asked",
    "inform": "you informed them",
    "request_approval": "you sent a draft to approve",
}


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A colleague, or an approval under way."""

    key: str
    contact: ContactView | None = None
    approval: ApprovalView | None = None
    on_duty: bool = True
    talk: tuple[Said, ...] = ()
    """What was said to each other, in time order."""


def team_lines(desk: Desk, me: str = "") -> list[TeamLine]:
    """Approvals under way first, then everybody who can be reached: all but oneself, whose id is `me`."""
    approvals = [TeamLine(f"approval {key}", approval=view) for key, view in desk.approvals.items()]
    return [
        *reversed(approvals),
        *[
            TeamLine(key, contact=view, on_duty=view.colleague.on_duty_at(desk.now_ms), talk=tuple(desk.talk(key)))
            for key, view in desk.contacts.items()
            if key != me
        ],
    ]


NOBODY: Mapping[str, bool] = {}
NARROW = 64
"""In fewer cells a colleague takes two lines."""
_STATES = {
    "idle": ("", "muted"),
    "calling": ("… calling", "warn"),
    "reached": ("✓ reached", "calm"),
    "unreachable": ("! no answer", "warn"),
}
_TOLD = {"escalate": "you escalated", "ask": "you asked", "inform": "you informed"}
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


def told_in_words(view: ContactView) -> str:
    """What has reached somebody from us: `you escalated, you asked`; ''."""
    return ", ".join([_TOLD.get(how, how) for how in dict.fromkeys(view.told)])


def standing(view: ContactView, on_duty: bool, seats: Mapping[str, bool] = NOBODY) -> tuple[str, str]:
    """Where things stand with somebody, and its style: whether somebody plays them, the last call, else how long they
    usually take to answer. `seats`: those of a room that are taken."""
    if (here := seats.get(view.colleague.role)) is not None:
        return ("● plays", "calm") if here else ("○ plays, away now", "warn")
    if view.state == "unreachable" and view.why:
        return f"! {_WHY[view.why]}", "warn"
    word, style = _STATES.get(view.state, ("", "muted"))
    usual = f"answers in about {short_left(view.colleague.p50_ms, coarse=True)}" if on_duty else "off duty"
    return word or usual, style


def said_lines(said: Said, name: str, width: int, indent: str = "") -> list[Line]:
    """One piece of a conversation: who, when and what."""
    when = ((show_moment(said.at_ms), "muted"),)
    if said.ours:
        head: Line = ((f"{indent}» ", "strong"), (_OURS.get(said.what, said.what), "calm"))
    elif said.key:
        head = ((f"{indent}{line(name, 30)}", "accent"), (" answered" if said.what == "colleague" else "", "muted"))
    else:
        head = ((f"{indent}· {line(name, 30)} {line(said.what)}", "muted"),)
    return [right(head, when, width), *(paragraph(said.text, width, f"{indent}  ") if said.text else [])]


def _last(said: Said, width: int) -> Line:
    who = _OURS.get(said.what, said.what) if said.ours else "they" if said.key else line(said.what)
    words = f": {line(said.text)}" if said.text else ""
    left: Line = ((f"  {'»' if said.ours else '·'} {who}{words}", "muted"),)
    return right(left, ((show_moment(said.at_ms), "muted"),), width)


class Team(VirtualList[TeamLine]):
    """Who can be reached and where that stands; approvals on their way."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="Nobody else is in this drill.")
        self.names: dict[str, str] = {}
        self.seats: Mapping[str, bool] = NOBODY
        """Those of a room that somebody has taken, and whether they are connected."""

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
        word, style = standing(item.contact, item.on_duty, self.seats)
        told, role = told_in_words(item.contact), work(colleague)
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
                out += said_lines(said, colleague.name, width, "  ")
        elif item.talk:
            out.append(_last(item.talk[-1], width))
        return out

    def _turn(self, view: ApprovalView, person: str) -> str:
        """A validator's name; in a chain, whether it will be their turn later."""
        name = line(self.names.get(person, person), 20)
        return name if person in view.lies_with or person in view.verdicts else f"then {name}"
