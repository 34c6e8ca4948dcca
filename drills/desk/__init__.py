"""The desk: what a team can see, folded from events. Screens, responders, remote seats and reports all read this.

Rules
1. `apply` is the only way in. Two desks that applied the same events show the same.
2. What the team may not know before ENDEX (truth, branches) is never stored: its events are not folded at all.
3. Nothing here reads a clock: due times come with the events, the time is the last event's or the session's.
"""

from drills.desk.desk import Desk
from drills.desk.engagement import Tag, most_shared, trends_over_time
from drills.desk.lines import describe, described, draft_named, named, tried
from drills.desk.views import (
    BRAND,
    ApprovalView,
    Changed,
    ContactView,
    ContentView,
    FactView,
    InboxItem,
    LogLine,
    Outcome,
    PostView,
    Row,
    Said,
)

__all__ = [
    "BRAND",
    "ApprovalView",
    "Changed",
    "ContactView",
    "ContentView",
    "Desk",
    "FactView",
    "InboxItem",
    "LogLine",
    "Outcome",
    "PostView",
    "Row",
    "Said",
    "Tag",
    "describe",
    "described",
    "draft_named",
    "most_shared",
    "named",
    "trends_over_time",
    "tried",
]
