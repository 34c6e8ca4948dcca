"""The console's seats: who sits there, what they did last, what waits with them, what they write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drills.desk import Desk, described
from drills.room.rights import FACILITATOR, OBSERVER, SEATS
from drills.room.steered import Deed, Helm
from engine.events import Event
from engine.steering import Steering
from scenarios.moments import show_moment
from tui.glyphs import some
from tui.room import RoomView
from tui.safe import line
from tui.screens.console_late import LateRow, late_line
from tui.screens.console_lists import Ruled, RuledList
from tui.widgets.row import Line, Piece, right

if TYPE_CHECKING:
    from typing import Any

SHOWN = tuple(seat for seat in SEATS if seat != FACILITATOR)


class ControlView(RoomView, Protocol):
    """What the console needs of a room: what every seat needs, and the facilitator's hand."""

    @property
    def events(self) -> Sequence[Event]:
        """The log as far as it was told."""

    @property
    def writing(self) -> Mapping[str, Mapping[str, str]]: ...

    def steer(self, do: str, **given: Any) -> Steering:
        """Steer the run. Raises DrillError, with a sentence, where that can't be done."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """How a seat stands."""

    seat: str
    taken: bool
    here: bool
    ready: bool
    """Whether they have said so; asked for before STARTEX only."""
    simulated: tuple[str, ...]
    """Who of the plan is played there where nobody sits."""
    drafts: int
    calls: int
    deed: str
    """What they did last, or were told, with its moment; '' if nothing."""
    writing: str


def seat_rows(session: ControlView, helm: Helm) -> list[SeatRow]:
    """Every seat but the facilitator's; those where somebody sits come first."""
    seats, colleagues = session.seats, {key: view.colleague for key, view in session.desk.contacts.items()}
    rows = [
        SeatRow(
            seat, seat in seats, bool(seats.get(seat)), seat in session.ready and not session.begun,
            tuple(one.name for one in colleagues.values() if one.role == seat),
            len(helm.lies_with(seat, colleagues)), len(helm.calls.get(seat, ())),
            deed_words(helm.deeds[seat][-1], session.desk) if helm.deeds.get(seat) else "",
            _newest(session.writing.get(seat, {})),
        )
        for seat in SHOWN
    ]  # fmt: skip
    return sorted(rows, key=lambda row: not row.taken)


def deed_words(deed: Deed, desk: Desk) -> str:
    """What a seat did, with its moment; or what you have told it."""
    what = described(deed.action, desk) if deed.action is not None else f"you told them: {deed.told}"
    return f"{show_moment(deed.at_ms)} {what}"


def _newest(drafts: Mapping[str, str]) -> str:
    return next((text for text in reversed(list(drafts.values())) if text.strip()), "")


class SeatList(RuledList[SeatRow | LateRow]):
    """See the module. What is late stands above the seats."""

    def fill_seats(self, rows: Sequence[SeatRow], late: Sequence[Ruled[LateRow]]) -> None:
        """What is late with the team, and how the seats stand now."""
        all_: list[Ruled[SeatRow | LateRow]] = [Ruled(one.key, one.item, one.rule, one.style) for one in late]
        all_ += [Ruled(row.seat, row) for row in rows]
        self.refill(all_)

    def draw_item(self, item: SeatRow | LateRow, width: int) -> Sequence[Line]:
        if isinstance(item, LateRow):
            return [late_line(item, width)]
        waits = [some(item.drafts, "draft")] * bool(item.drafts) + [some(item.calls, "call")] * bool(item.calls)
        tail: list[Piece] = [(" · ".join(waits), "warn" if item.taken else "muted")]
        if not item.taken:
            names = ", ".join([line(name, 24) for name in item.simulated])
            said = f"simulated: {names}" if names else "nobody" if item.seat != "OBS" else "nobody observes"
            head: Line = (("· ", "muted"), (f"{item.seat:<4} ", "muted"), (said, "muted"))
            return [right(head, tuple(tail), width)]
        if item.ready:
            tail.insert(0, ("✓ ready" + " · " * bool(waits), "calm"))
        here: Piece = ("● ", "calm") if item.here else ("○ ", "warn")
        gone: Piece = ("" if item.here else ", not connected", "warn")
        head = (here, (f"{item.seat:<4} ", "strong"), (SEATS[item.seat], ""), gone)
        out = [right(head, tuple(tail), width)]
        if item.writing:
            out.append(right((("       ", ""), ("writes ", "accent"), (line(item.writing), "")), (), width))
        elif item.deed:
            out.append(right((("       ", ""), (line(item.deed), "muted")), (), width))
        return out


def who_is_ready(session: ControlView) -> list[tuple[str, str]]:
    """Before STARTEX: each seat that plays with how it stands, as words and their style."""
    out = []
    for seat, here in session.seats.items():
        if seat in (FACILITATOR, OBSERVER):
            continue
        if not here:
            out.append((f"○ {seat} not connected", "$warning"))
        elif seat in session.ready:
            out.append((f"✓ {seat} ready", "$success"))
        else:
            out.append((f"· {seat} not yet", "$foreground"))
    return out


def not_ready(session: ControlView) -> list[str]:
    """The seats that play and have not said that they are ready."""
    return [seat for seat in session.seats if seat not in (*session.ready, FACILITATOR, OBSERVER)]
