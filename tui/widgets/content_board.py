"""The board of scheduled content: what goes out in our name, where, when, whose it is, whether it is held.

Whether an item clashes with what happens is nowhere on it: to see that is the team's work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drills.desk import ContentView
from drills.desk.search import Facets
from drills.plan import Plan, keys
from scenarios.model import Scenario
from scenarios.moments import show_moment
from tui.glyphs import short_left, urgency
from tui.safe import line
from tui.widgets.row import Line, Piece, paragraph, right
from tui.widgets.virtual import VirtualList


def owners(plan: Plan | None, scenario: Scenario) -> dict[str, str]:
    """Whose each scheduled item is and who holds its keys, as the plan says it, by the item's id."""
    if plan is None:
        return {}
    names = {person.id: person.name for person in plan.people} | {one.id: one.name for one in plan.partners}
    owned = {one.id: one.owner for one in plan.content if one.owner}
    accounts = {one.id: one.owner for one in plan.channels if one.owner}
    held = keys(plan, scenario)
    out: dict[str, str] = {}
    for item in scenario.content:
        owner = owned.get(item.id) or accounts.get(item.channel) or ""
        told = [names.get(owner, owner)] if owner else []
        if holder := held.get(item.id):
            told.append(f"keys with {names.get(holder, holder)}")
        out[item.id] = line(", ".join(told), 60)
    return out


_CONTENT = {
    "scheduled": ("scheduled", ""),
    "paused": ("‖ held", "calm"),
    "edited": ("✓ edited", "calm"),
    "fired": ("» went out", "muted"),
}


class ContentList(VirtualList[ContentView]):
    """What goes out in our name unless somebody stops it, by its time."""

    now_ms = 0
    soon_ms = 60_000

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty=empty)
        self.owners: Mapping[str, str] = {}
        """Whose an item is, by its id."""

    def key_of(self, item: ContentView) -> str:
        return item.content.id

    def facets(self, item: ContentView) -> Facets:
        content = item.content
        channel = (content.channel, self.called.get(content.channel, ""))
        return Facets(f"{content.kind} {item.state} {item.text}", (self.owners.get(content.id, ""),), channel=channel)

    def draw(self, item: ContentView, width: int) -> Sequence[Line]:
        content, left = item.content, item.content.at - self.now_ms
        word, style = _CONTENT.get(item.state, (item.state, ""))
        when: list[Piece] = [(show_moment(content.at), "muted")]
        if item.state in ("scheduled", "edited") and left >= 0:
            mark = urgency(left, self.soon_ms)
            words = f"{mark.word} {short_left(left)}" if mark.word else f"in {short_left(left)}"
            when.append((f"  {mark.glyph} {words:<10}", mark.style or "strong"))
        else:
            when.append((" " * 14, ""))
        channel = line(self.called.get(content.channel, content.channel), 14)
        head: Line = ((f"{content.kind:<5}", "accent"), (f"on {channel:<10}  ", "muted"), (word, style or "strong"))
        quiet = "muted" if item.state == "fired" else ""
        most = 0 if content.id in self.expanded else 3
        whose = self.owners.get(content.id, "")
        return [
            right(head, tuple(when), width),
            *paragraph(item.text, width, "  ", quiet, most=most),
            (("  whose: ", "muted"), (whose or "the plan does not say", "muted" if whose else "warn")),
        ]
