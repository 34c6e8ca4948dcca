"""What was decided on our drafts, and whether it has been said."""

from __future__ import annotations

from drills.desk import ApprovalView, Desk
from tui import keys

_SAID = {
    "approved": "Approved: choose it under Approval when you publish ({publish}).",
    "timed out": "Nobody decided on your draft in time.",
}


class Verdicts:
    """Remembers the state of every draft that somebody must validate."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def fresh(self, desk: Desk) -> bool:
        """Whether a draft has been sent since the last `news`."""
        return len(desk.approvals) > len(self._known)

    def news(self, desk: Desk) -> list[tuple[str, str]]:
        """What has been decided since the last time: a sentence and how it is said."""
        out: list[tuple[str, str]] = []
        for key, view in desk.approvals.items():
            if self._known.get(key, "waiting") != view.state and (what := _sentence(view)):
                out.append((what, "done" if view.state == "approved" else "warning"))
            self._known[key] = view.state
        return out


def _sentence(view: ApprovalView) -> str:
    if view.state == "returned":
        return f"Returned: {view.why or 'without a reason'}"
    return keys.told(_SAID.get(view.state, ""))
