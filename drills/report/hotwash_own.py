"""The hotwash of one seat of a team: questions for its person alone, each with what that seat saw and did.

Nothing here judges anybody: what is told is what the person did themselves, and only they are shown it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from drills.report.model import Question
from drills.report.summary import span
from drills.room.notes import notes_of
from drills.room.rights import FACILITATOR
from engine.events import Acted, ApprovalDecided, Called, Event, Laid, Steered
from scenarios.moments import show_moment
from scenarios.packaged import packaged
from scenarios.terms import ROLES

YOURS = "yours"
WRITES = ("reply", "message", "publish", "hub", "answer_press")


def team(log: Sequence[Event]) -> tuple[str, ...]:
    """The roles that people played in a room, in the order of the roles; empty for a run of one person."""
    sat = {event.steering.target for event in log if isinstance(event, Steered) and event.steering.do == "seat"}
    acted = {event.action.seat for event in log if isinstance(event, Acted)}
    found = tuple([role for role in ROLES if role in sat | acted])
    return found if len(found) > 1 else ()


def own_questions(log: Sequence[Event], seat: str) -> tuple[Question, ...]:
    """What whoever had this seat should ask themselves first."""
    found = []
    for one in packaged("drills.report", "hotwash.yaml")["own"]:
        if one["when"] == "always":
            found.append(Question(YOURS, one["text"], ""))
        elif hint := OWN[one["when"]](log, seat):
            found.append(Question(YOURS, one["text"], hint))
    return tuple(found)


def noted(log: Sequence[Event], seat: str) -> tuple[Question, ...]:
    """The facilitator's notes that this seat may read: those on the team and on itself; the facilitator reads all."""
    mine = [one for one in notes_of(log) if seat == FACILITATOR or one.seat in ("", seat)]
    return tuple(
        Question("noted", one.text, " · ".join([show_moment(one.at_ms), *filter(None, [one.seat])])) for one in mine
    )


def _wrote(log: Sequence[Event], seat: str) -> str:
    texts = [one.action for one in log if isinstance(one, Acted) and one.action.seat == seat
             and one.action.do in WRITES]  # fmt: skip
    if not texts:
        return ""
    many = f"{len(texts)} texts went out from your seat" if len(texts) > 1 else "One text went out from your seat"
    return f"{many}, the first at {show_moment(texts[0].at_ms)}."


def _asked(log: Sequence[Event], seat: str) -> str:
    """How long the longest of one's own drafts waited."""
    asked = {one.action.id: one.action.at_ms for one in log if isinstance(one, Acted) and one.action.seat == seat
             and one.action.do == "request_approval"}  # fmt: skip
    waits = [one.at_ms - asked[one.action] for one in log if isinstance(one, ApprovalDecided) and one.action in asked]
    return f"The longest of your drafts waited {span(max(waits))}." if waits else ""


def _decided(log: Sequence[Event], seat: str) -> str:
    """How long the longest draft lay before one."""
    laid = {one.key: one.at_ms for one in log if isinstance(one, Laid) and one.role == seat}
    done = {f"{one.action}/{one.to}": one.at_ms for one in log if isinstance(one, ApprovalDecided)}
    waits = [done[key] - at_ms for key, at_ms in laid.items() if key in done]
    left = len(laid) - len(waits)
    told = [f"The longest draft lay before you for {span(max(waits))}."] if waits else []
    told += [f"{left} {'draft was' if left == 1 else 'drafts were'} left undecided."] if left else []
    return " ".join(told)


def _called(log: Sequence[Event], seat: str) -> str:
    calls = [one for one in log if isinstance(one, Called) and one.role == seat]
    if not calls:
        return ""
    many = f"You were called {len(calls)} times" if len(calls) > 1 else "You were called once"
    return f"{many}, first at {show_moment(calls[0].at_ms)}."


OWN: Mapping[str, Callable[[Sequence[Event], str], str]] = {
    "wrote": _wrote,
    "asked_for_approval": _asked,
    "decided": _decided,
    "was_called": _called,
}
"""What `when` may say in `own`, beside `always`."""
