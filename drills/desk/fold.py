"""The fold: what each event changes on the desk.

Hidden events have no entry, so they change nothing; what is not in a view cannot be shown by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from drills.desk.engagement import Trends
from drills.desk.lines import describe
from drills.desk.views import (
    BRAND,
    ApprovalView,
    Changed,
    ContactView,
    ContentView,
    FactView,
    InboxItem,
    LogLine,
    PostView,
)
from engine.actions import Action
from engine.events import (
    Acted,
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    ContentChanged,
    ContentFired,
    Deleted,
    Ended,
    Escalated,
    Event,
    FactLearnt,
    FactSayable,
    Mood,
    Noticed,
    Posted,
    Published,
    Reached,
    Received,
    Shared,
    Unreachable,
    Void,
    Volume,
)
from engine.setup import Colleague
from scenarios.model import Scenario

_MISSED = {
    "": "does not answer",
    "number": "can't be reached: the number in the plan is not in use",
    "off duty": "does not answer and is off duty",
}
"""Why somebody was not reached, in words."""


class Folded:
    """The state of a desk, and the only way in: `apply`."""

    def __init__(
        self,
        scenario: Scenario,
        colleagues: Iterable[Colleague],
        names: Mapping[str, tuple[str, str]],
        text_of: Callable[[Posted], str],
        due_after: Mapping[str, int],
    ) -> None:
        """`names`: persona or cast id to (name, handle). `text_of`: the words of a crowd post. `due_after`: need to
        sim-milliseconds within which an answer is expected (needs that want none are left out)."""
        self.scenario = scenario
        self.now_ms = 0
        self.posts: dict[str, PostView] = {}
        self.seen = 0
        """How often others' posts may have been seen: followers of all who posted or shared; people overlap."""
        self.inbox: dict[str, InboxItem] = {}
        self.facts: dict[str, FactView] = {}
        self.contents: dict[str, ContentView] = {
            content.id: ContentView(content, text=content.text) for content in scenario.content if content.listed
        }
        self.contacts = {colleague.id: ContactView(colleague) for colleague in colleagues}
        self.approvals: dict[str, ApprovalView] = {}
        self.published: dict[str, Published] = {}
        self.pinned: dict[str, str] = {}
        self.moods: dict[str, Mood] = {}
        self.mood_history: list[tuple[int, int]] = []
        self.volumes: list[Volume] = []
        self.log: list[LogLine] = []
        self.levels: list[tuple[int, int]] = []
        self.classification: Action | None = None
        self.actions: list[Action] = []
        self.voids: list[Void] = []
        self.swept_ms = -1
        self.stood_down_ms = -1
        self.hub_open = False
        self.closed: set[str] = set()
        self.ended: Ended | None = None
        self._waiting: dict[str, None] = {}
        self._trends = Trends()
        self._names = names
        self._text_of = text_of
        self._due_after = due_after
        self._themes = {theme.id: theme for theme in scenario.themes}
        self._apply = {
            Posted: self._posted,
            Shared: self._shared,
            Received: self._received,
            FactLearnt: self._fact_learnt,
            FactSayable: self._fact_sayable,
            Acted: self._acted,
            Void: self._void,
            Published: self._published,
            Deleted: self._deleted,
            Noticed: self._noticed,
            ContentFired: self._content_fired,
            ContentChanged: self._content_changed,
            Escalated: self._escalated,
            Reached: self._reached,
            Unreachable: self._unreachable,
            ApprovalAsked: self._approval_asked,
            ApprovalDecided: self._approval_decided,
            ApprovalTimedOut: self._approval_timed_out,
            Mood: self._mood,
            Volume: self._volume,
            Ended: self._ended,
        }

    def apply(self, event: Event) -> Changed:
        """Take one event; says what it touched. Hidden events change nothing."""
        self.now_ms = max(self.now_ms, event.at_ms)
        fold = self._apply.get(type(event))
        return fold(event) if fold else Changed.NOTHING  # type: ignore[operator]

    def _posted(self, event: Posted) -> Changed:
        name, handle = self._names.get(event.author, (event.author, f"@{event.author}"))
        view = PostView(event, name, handle, self._text_of)
        within = self._due_after.get(event.need)
        if within is not None and event.author != BRAND:
            view.due_ms = event.at_ms + within
            self._waiting[event.key] = None
        self.posts[event.key] = view
        if event.author != BRAND:
            self.seen += event.reach
            self._trends.add(view)
        if event.parent in self.posts:
            self.posts[event.parent].replies += 1
        return Changed.POSTS

    def _shared(self, event: Shared) -> Changed:
        self.seen += event.reach
        if event.post in self.posts:
            view = self.posts[event.post]
            view.shares += 1
            view.shared_reach += event.reach
            view.shared_likes += event.likes
        return Changed.POSTS

    def _received(self, event: Received) -> Changed:
        self.inbox[event.key] = InboxItem(
            event.key, event.at_ms, event.medium, self.name_of(event.author), event.subject, event.text,
            event.due_ms, event.needs_answer, event.draft, event.inject,
        )  # fmt: skip
        return Changed.INBOX

    def _fact_learnt(self, event: FactLearnt) -> Changed:
        fact = next(fact for fact in self.scenario.facts if fact.id == event.fact)
        self.facts[fact.id] = FactView(fact, event.at_ms)
        self._say(event.at_ms, event.source, f"now known: {fact.text}")
        return Changed.FACTS | Changed.LOG

    def _fact_sayable(self, event: FactSayable) -> Changed:
        if event.fact in self.facts:
            self.facts[event.fact].sayable = True
        return Changed.FACTS

    def _acted(self, event: Acted) -> Changed:
        action = event.action
        self.actions.append(action)
        changed = Changed.LOG
        if action.do == "classify" and action.level is not None:
            self.levels.append((event.at_ms, action.level))
            self.classification = action
            changed |= Changed.TEAM
        elif action.do in ("flag", "assign"):
            changed |= self._mark(action)
        elif action.do == "sweep":
            self.swept_ms = event.at_ms
            changed |= Changed.CONTENT
        elif action.do == "pin":
            if action.target in self.published:
                for channel in self.published[action.target].channels:
                    self.pinned[channel] = action.target
        elif action.do == "decide":
            if action.target in self.inbox:
                self.inbox[action.target].answered_ms = event.at_ms
            changed |= Changed.INBOX
        elif action.do in ("ask", "inform", "escalate") and action.target in self.inbox:
            self.inbox[action.target].answered_ms = event.at_ms
            changed |= Changed.INBOX
        elif action.do == "stand_down":
            self.stood_down_ms = event.at_ms
            changed |= Changed.TEAM
        self._say(event.at_ms, action.seat, describe(action))
        return changed

    def _mark(self, action: Action) -> Changed:
        changed = Changed.NOTHING
        for key in (action.target, *action.also):
            if key in self.posts:
                view = self.posts[key]
                if action.do == "assign":
                    view.assigned = action.to[0] if action.to else ""
                else:
                    view.flags = _toggled(view.flags, action.kind)
                self._refresh(key)
                changed |= Changed.POSTS
            elif key in self.inbox and action.do == "flag":
                self.inbox[key].flags = _toggled(self.inbox[key].flags, action.kind)
                changed |= Changed.INBOX
        return changed

    def _void(self, event: Void) -> Changed:
        self.voids.append(event)
        self._say(event.at_ms, "desk", f"could not {event.do} {event.target}: {event.why}".replace("  ", " "))
        return Changed.LOG

    def _published(self, event: Published) -> Changed:
        self.published[event.key] = event
        for target in event.targets:
            if target in self.posts and self.posts[target].answered_ms < 0:
                self.posts[target].answered_ms = event.at_ms
                self.posts[target].answered_by = event.key
                self._refresh(target)
            elif target in self.inbox:
                self.inbox[target].answered_ms = event.at_ms
        for approval in self.approvals.values():
            acted = next((action for action in reversed(self.actions) if action.id == event.action), None)
            if acted is not None and acted.approval == approval.action.id:
                approval.used = True
        if event.form == "hub":
            self.hub_open = True
        return Changed.POSTS | Changed.INBOX | Changed.TEAM

    def _deleted(self, event: Deleted) -> Changed:
        if event.how == "closed":
            self.closed.add(event.post)
        elif event.post in self.posts:
            self.posts[event.post].gone = event.how
            self._refresh(event.post)
        return Changed.POSTS

    def _noticed(self, event: Noticed) -> Changed:
        self._say(event.at_ms, "desk", "people have noticed that something was taken down")
        return Changed.LOG

    def _content_fired(self, event: ContentFired) -> Changed:
        view = self._content(event.content)
        view.state = "fired"
        self._say(event.at_ms, "scheduler", f"went out: {view.content.kind} “{view.text}”")
        return Changed.CONTENT | Changed.LOG

    def _content_changed(self, event: ContentChanged) -> Changed:
        view = self._content(event.content)
        if event.state != "found":
            view.state = event.state
        edited = next((action for action in reversed(self.actions) if action.id == event.action), None)
        if edited is not None and edited.do == "edit":
            view.text = edited.text
        return Changed.CONTENT

    def _content(self, content_id: str) -> ContentView:
        if content_id not in self.contents:
            content = next(content for content in self.scenario.content if content.id == content_id)
            self.contents[content_id] = ContentView(content, text=content.text)
        return self.contents[content_id]

    def _escalated(self, event: Escalated) -> Changed:
        contact = self.contacts[event.to]
        contact.state, contact.since_ms = "calling", event.at_ms
        contact.told = (*contact.told, event.purpose)
        for person in (event.to, *contact.colleague.seats):
            self.contacts[person].called_ms = event.at_ms
        return Changed.TEAM

    def _reached(self, event: Reached) -> Changed:
        contact = self.contacts[event.to]
        contact.state, contact.since_ms = "reached", event.at_ms
        for person in (event.to, *contact.colleague.seats):
            self.contacts[person].with_us = True
        self._say(event.at_ms, contact.colleague.name, "is with us")
        return Changed.TEAM | Changed.LOG

    def _unreachable(self, event: Unreachable) -> Changed:
        contact = self.contacts[event.to]
        contact.state, contact.since_ms = "unreachable", event.at_ms
        contact.why = event.why
        tried = self.contacts.get(event.deputy)
        then = f"trying {tried.colleague.name}" if tried else "the plan names nobody to try next"
        self._say(event.at_ms, "switchboard", f"{contact.colleague.name} {_MISSED.get(event.why, _MISSED[''])}; {then}")
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
        self._say(event.at_ms, self.name_of(event.to), f"{event.verdict} the draft{': ' * bool(event.why)}{event.why}")
        return Changed.TEAM | Changed.INBOX | Changed.LOG

    def _approval_timed_out(self, event: ApprovalTimedOut) -> Changed:
        self.approvals[event.action].verdicts[event.to] = "timed out"
        self._say(event.at_ms, self.name_of(event.to), "has not decided in time")
        return Changed.TEAM | Changed.INBOX | Changed.LOG

    def _mood(self, event: Mood) -> Changed:
        self.moods[event.theme] = event
        point = (event.at_ms, self.anger)
        if self.mood_history and self.mood_history[-1][0] == event.at_ms:
            self.mood_history[-1] = point
        else:
            self.mood_history.append(point)
        return Changed.MOOD

    def _volume(self, event: Volume) -> Changed:
        self.volumes.append(event)
        return Changed.MOOD

    def _ended(self, event: Ended) -> Changed:
        self.ended = event
        return Changed.ENDED

    def _refresh(self, key: str) -> None:
        if self.posts[key].waiting:
            self._waiting[key] = None
        else:
            self._waiting.pop(key, None)

    def _say(self, at_ms: int, who: str, what: str) -> None:
        self.log.append(LogLine(at_ms, who, what))

    @property
    def anger(self) -> int:
        """The public's mood in one number: 0 calm to 100 furious, by the angriest theme that is alive."""
        return max((mood.anger for mood in self.moods.values() if mood.posts), default=150_000) // 10_000

    def name_of(self, author: str) -> str:
        """A persona's, a cast member's or a colleague's name; the id itself if nobody has it."""
        if author in self.contacts:
            return self.contacts[author].colleague.name
        return self._names.get(author, (author, ""))[0]

    def handle_of(self, author: str) -> str:
        """A persona's or a cast member's @name; the name or the id where there is none."""
        name, handle = self._names.get(author, (author, ""))
        return handle or name


def _toggled(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return tuple(f for f in flags if f != flag) if flag in flags else (*flags, flag)
