"""What was decided on our drafts, and whether it has been said."""

from __future__ import annotations

from collections.abc import Collection

from drills.desk import ApprovalView, Desk
from tui import keys
from tui.session_view import SessionView

_SAID = {
    "approved": "Approved by {who}: {way} sends it, with this under Approval.",
    "returned": "Returned by {who}: {why} · {mend} writes it again",
    "timed out": "Nobody decided on your draft in time.",
}
_WAYS = {"hub": "hub", "press": "answer-press", "reply": "reply"}
"""The key that sends what was approved, by its kind; a statement's for the others."""


class Verdicts:
    """Remembers the state of every draft that somebody must validate."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def fresh(self, desk: Desk) -> bool:
        """Whether a draft has been sent since the last `news`."""
        return len(desk.approvals) > len(self._known)

    def news(self, session: SessionView) -> list[tuple[str, str]]:
        """What has been decided on this seat's drafts since the last time: a sentence and how it is said."""
        out: list[tuple[str, str]] = []
        for key, view in session.desk.approvals.items():
            mine = session.alone or view.action.seat == session.seat
            fresh = mine and self._known.get(key, "waiting") != view.state
            if fresh and (what := _sentence(view, session.desk, session.seats)):
                out.append((what, "done" if view.state == "approved" else "warning"))
            self._known[key] = view.state
        return out


def _sentence(view: ApprovalView, desk: Desk, seats: Collection[str]) -> str:
    who = [name_of(desk, one, seats) for one, verdict in view.verdicts.items() if verdict == view.state]
    way = keys.named(_WAYS.get(view.action.kind, "publish"))
    return keys.told(_SAID.get(view.state, ""), who=" and ".join(who), why=view.why or "without a reason", way=way)


def name_of(desk: Desk, person: str, seats: Collection[str]) -> str:
    """A colleague's name, with the seat where somebody plays them."""
    contact = desk.contacts.get(person)
    if contact is None:
        return person
    role = contact.colleague.role
    return f"{contact.colleague.name} ({role})" if role in seats else contact.colleague.name
