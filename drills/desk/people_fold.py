"""The fold's half about people: who is called, who was reached, which drafts lie with whom, what came of them."""

from __future__ import annotations

from drills.desk.state import State
from drills.desk.views import ApprovalView, Changed, InboxItem, Said
from engine.events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    Called,
    Escalated,
    Laid,
    Nudged,
    Reached,
    Unreachable,
    Withdrawn,
)
from scenarios.terms import ROLES

FACILITATOR = "facilitator"
SEATS = {**ROLES, FACILITATOR: "the facilitator"}

_MISSED = {
    "": "does not answer",
    "number": "can't be reached: the number in the plan is not in use",
    "off duty": "does not answer and is off duty",
}
"""Why somebody was not reached, in words."""


class PeopleFold(State):
    """See the module."""

    def _escalated(self, event: Escalated) -> Changed:
        contact = self.contacts[event.to]
        contact.state, contact.since_ms = "calling", event.at_ms
        contact.told = (*contact.told, event.purpose)
        did = next((one for one in reversed(self.actions) if one.id == event.action), None)
        contact.told_by = (*contact.told_by, did.seat if did is not None else "")
        for person in (event.to, *contact.colleague.seats):
            self.contacts[person].called_ms = event.at_ms
        return Changed.TEAM

    def _reached(self, event: Reached) -> Changed:
        contact = self.contacts[event.to]
        contact.state, contact.since_ms = "reached", event.at_ms
        for person in (event.to, *contact.colleague.seats):
            self.contacts[person].with_us = True
        contact.heard.append(Said(event.at_ms, "is with us"))
        self._say(event.at_ms, contact.colleague.name, "is with us")
        name = contact.colleague.name
        self._came_of(event.action, event.at_ms, f"{name} answered your call", good=True, who=event.to)
        return Changed.TEAM | Changed.LOG

    def _unreachable(self, event: Unreachable) -> Changed:
        contact = self.contacts[event.to]
        contact.state, contact.since_ms = "unreachable", event.at_ms
        contact.why = event.why
        contact.heard.append(Said(event.at_ms, _MISSED.get(event.why, _MISSED[""])))
        tried = self.contacts.get(event.deputy)
        then = f"trying {tried.colleague.name}" if tried else "the plan names nobody to try next"
        missed = f"{contact.colleague.name} {_MISSED.get(event.why, _MISSED[''])}; {then}"
        self._say(event.at_ms, "switchboard", missed)
        self._came_of(event.action, event.at_ms, missed, good=False, who=event.to)
        return Changed.TEAM | Changed.LOG

    def _approval_asked(self, event: ApprovalAsked) -> Changed:
        asked = next(action for action in reversed(self.actions) if action.id == event.action)
        if event.action not in self.approvals:
            self.approvals[event.action] = ApprovalView(asked, asked.to, event.at_ms)
        approval = self.approvals[event.action]
        approval.lies_with[event.to] = event.at_ms
        if event.position:
            before = "a draft" if event.position == 1 else f"{event.position} drafts"
            self._say(event.at_ms, self.name_of(event.to), f"has {before} to read before this one")
        elif event.at_ms > approval.asked_ms:
            self._say(event.at_ms, self.name_of(event.to), "has the draft now")
        else:
            return Changed.TEAM | Changed.INBOX
        return Changed.TEAM | Changed.INBOX | Changed.LOG

    def _approval_decided(self, event: ApprovalDecided) -> Changed:
        approval = self.approvals[event.action]
        approval.verdicts[event.to] = event.verdict
        approval.why = event.why or approval.why
        if (lay := self.inbox.get(f"{event.action}/{event.to}")) is not None and lay.medium == "approval":
            lay.answered_ms = event.at_ms
        self._hear(event.to, Said(event.at_ms, f"{event.verdict} the draft", event.why))
        why = f"{': ' * bool(event.why)}{event.why}"
        name = self.name_of(event.to)
        self._say(event.at_ms, name, f"{event.verdict} the draft{why}")
        self._came_of(
            event.action, event.at_ms, f"{name} {event.verdict} your draft{why}", good=event.verdict == "approved",
            who=event.to, approval=event.action,
        )  # fmt: skip
        return Changed.TEAM | Changed.INBOX | Changed.LOG

    def _approval_timed_out(self, event: ApprovalTimedOut) -> Changed:
        self.approvals[event.action].verdicts[event.to] = "timed out"
        self._hear(event.to, Said(event.at_ms, "has not decided in time"))
        name = self.name_of(event.to)
        self._say(event.at_ms, name, "has not decided in time")
        said = f"{name} has not decided on your draft in time"
        self._came_of(event.action, event.at_ms, said, good=False, who=event.to, approval=event.action)
        return Changed.TEAM | Changed.INBOX | Changed.LOG

    def _called(self, event: Called) -> Changed:
        """A colleague calls the seat that one plays."""
        self._comes(f"{event.action}/{event.to}", event.at_ms, "colleague", event.caller, event.text)
        return Changed.INBOX

    def _laid(self, event: Laid) -> Changed:
        """A draft lies before the seat that one plays."""
        what = f"Your word on this draft ({event.kind})" if event.kind else "Your word on this draft"
        self._comes(event.key, event.at_ms, "approval", event.writer, what, due_ms=event.due_ms, draft=event.text)
        return Changed.INBOX

    def _withdrawn(self, event: Withdrawn) -> Changed:
        self.inbox.pop(event.key, None)
        return Changed.INBOX

    def _nudged(self, event: Nudged) -> Changed:
        number = len([key for key in self.inbox if key.startswith("nudge/")])  # several may come at one moment
        self._comes(f"nudge/{event.at_ms}/{number}", event.at_ms, "colleague", FACILITATOR, event.text)
        return Changed.INBOX

    def _comes(
        self, key: str, at_ms: int, medium: str, sender: str, text: str, *, due_ms: int = -1, draft: str = ""
    ) -> None:
        """Something comes from another seat."""
        name = SEATS.get(sender, sender)
        self.inbox[key] = InboxItem(key, at_ms, medium, name, "", text, due_ms, bool(draft), draft, sender=sender)

    def _hear(self, person: str, said: Said) -> None:
        if person in self.contacts:
            self.contacts[person].heard.append(said)
