"""The console's people: drafts that wait for somebody's word, the colleagues, and the cast that one can speak as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.desk import ContactView
from drills.room.steered import Draft, Helm
from engine.actions import Action
from scenarios.model import Member
from tui.glyphs import short_left, short_number
from tui.safe import line
from tui.screens.console_lists import Ruled, RuledList
from tui.screens.console_seats import ControlView
from tui.widgets.row import Line, right
from tui.widgets.team import standing, work

STATEMENTS = ("holding", "official", "update")
_CALLED = {"press": "press line", "hub": "crisis page"}


def draft_words(action: Action) -> str:
    """`holding statement by SML`."""
    kind = _CALLED.get(action.kind, action.kind or "text")
    return f"{kind}{' statement' * (kind in STATEMENTS)} by {action.seat}"


@dataclass(frozen=True, slots=True)
class CastRow:
    """A draft, a colleague or a member of the cast: exactly one of the three."""

    draft: Draft | None = None
    contact: ContactView | None = None
    member: Member | None = None
    away: bool = False
    played: bool = False
    """Whether somebody sits in this colleague's seat."""
    on_duty: bool = True
    name: str = ""
    """Of a draft: before whom it lies."""

    @property
    def person(self) -> str:
        """Whom it is about, by id; '' for a draft."""
        if self.contact is not None:
            return self.contact.colleague.id
        return self.member.id if self.member is not None else ""


def cast_rows(session: ControlView, helm: Helm) -> list[Ruled[CastRow]]:
    """Drafts first, then colleagues, then the cast."""
    desk, seats = session.desk, session.seats
    rows: list[Ruled[CastRow]] = []
    if helm.drafts:
        rows.append(Ruled("drafts", rule="drafts that wait"))
    for key, draft in helm.drafts.items():
        contact = desk.contacts.get(draft.person)
        played = contact is not None and contact.colleague.role in seats
        rows.append(Ruled(f"draft {key}", CastRow(draft=draft, name=desk.name_of(draft.person), played=played)))
    rows.append(Ruled("colleagues", rule="colleagues"))
    for key, view in desk.contacts.items():
        row = CastRow(contact=view, away=key in helm.away, played=view.colleague.role in seats,
                      on_duty=view.colleague.on_duty_at(desk.now_ms))  # fmt: skip
        rows.append(Ruled(f"colleague {key}", row))
    rows.append(Ruled("cast", rule="cast"))
    rows += [Ruled(f"cast {one.id}", CastRow(member=one)) for one in session.drill.scenario.cast]
    return rows


class CastList(RuledList[CastRow]):
    """See the module."""

    now_ms = 0

    def draw_item(self, item: CastRow, width: int) -> Sequence[Line]:
        if item.draft is not None:
            return self._draft(item.draft, item, width)
        if item.contact is not None:
            return [self._colleague(item, item.contact, width)]
        assert item.member is not None
        followers = (f"{short_number(item.member.followers)} followers", "muted")
        head: Line = ((f"{line(item.member.name, 24):<26}", "strong"), (line(item.member.voice, 20), "muted"))
        return [right(head, (followers,), width)]

    def _draft(self, draft: Draft, item: CastRow, width: int) -> Sequence[Line]:
        waits = f"{short_left(self.now_ms - draft.at_ms, coarse=True)}"
        what = draft_words(draft.action)
        with_ = f", with {line(item.name, 24)}{'' if item.played else ' (simulated)'}"
        first = right((("√ ", "accent"), (what, "strong"), (with_, "")), ((f"for {waits}", "warn"),), width)
        return [first, right((("  ", ""), (line(draft.action.text), "muted")), (), width)]

    def _colleague(self, item: CastRow, view: ContactView, width: int) -> Line:
        word, style = standing(view, item.on_duty)
        if item.played:
            word, style = f"{view.colleague.role} is played", "muted"
        if item.away:
            word, style = "x away", "warn"
        head: Line = ((f"{line(view.colleague.name, 24):<26}", "strong"), (work(view.colleague), "muted"))
        return right(head, ((word, style),), width)


