"""The fold: what each event changes on the desk.

Hidden events have no entry, so they change nothing; what is not in a view cannot be shown by mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from drills.desk.index import group_of
from drills.desk.lines import described, indefinite, named, quoted, tried
from drills.desk.people_fold import PeopleFold
from drills.desk.views import (
    BRAND,
    Changed,
    ContentView,
    FactView,
    InboxItem,
    Outcome,
    PostView,
)
from engine.actions import Action
from engine.events import (
    Acted,
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    Called,
    ContentChanged,
    ContentFired,
    Deleted,
    Ended,
    Escalated,
    Event,
    FactLearnt,
    FactSayable,
    Laid,
    Mood,
    Noticed,
    Nudged,
    Posted,
    Published,
    Reached,
    Received,
    Shared,
    Unreachable,
    Void,
    Volume,
    Withdrawn,
)


class Folded(PeopleFold):
    """The state of a desk, and the only way in: `apply`."""

    @cached_property
    def _folds(self) -> dict[type, Callable[[Any], Changed]]:
        return {
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
            Called: self._called,
            Laid: self._laid,
            Withdrawn: self._withdrawn,
            Nudged: self._nudged,
            Mood: self._mood,
            Volume: self._volume,
            Ended: self._ended,
        }

    def apply(self, event: Event) -> Changed:
        """Take one event; says what it touched. Hidden events change nothing."""
        self.now_ms = max(self.now_ms, event.at_ms)
        fold = self._folds.get(type(event))
        return fold(event) if fold else Changed.NOTHING

    def _posted(self, event: Posted) -> Changed:
        name, handle = self.names.get(event.author, (event.author, f"@{event.author}"))
        view = PostView(event, name, handle, self._text_of, number=len(self.feed))
        within = self.due_after.get(event.need)
        if within is not None and event.author != BRAND:
            view.due_ms = event.at_ms + within
        self.posts[event.key] = view
        self.feed.append(view)
        self._index.add(view)
        if view.due_ms >= 0:
            self._refresh(event.key)
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
            if (group := self._groups.get(group_of(view.event))) is not None and event.post in group:
                group.reach += event.reach
            view.shared_likes += event.likes
        return Changed.POSTS

    def _received(self, event: Received) -> Changed:
        self.inbox[event.key] = InboxItem(
            event.key, event.at_ms, event.medium, self.name_of(event.author), event.subject, event.text,
            event.due_ms, event.needs_answer, event.draft, event.inject, sender=event.author,
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
        self._say(event.at_ms, action.seat, described(action, self))
        return changed

    def _mark(self, action: Action) -> Changed:
        changed = Changed.NOTHING
        for key in (action.target, *action.also):
            if key in self.posts:
                view = self.posts[key]
                if action.do == "assign":
                    view.assigned = action.to[0] if action.to else ""
                    self.given.pop(key, None)
                    self.given[key] = None
                else:
                    view.flags = _toggled(view.flags, action.kind)
                self._refresh(key)
                changed |= Changed.POSTS
            elif key in self.inbox:
                item = self.inbox[key]
                if action.do == "assign":
                    item.assigned = action.to[0] if action.to else ""
                else:
                    item.flags = _toggled(item.flags, action.kind)
                changed |= Changed.INBOX
        return changed

    def _void(self, event: Void) -> Changed:
        self.voids.append(event)
        what = " ".join(dict.fromkeys((tried(event.do), named(event.target, self)))).strip()
        self._say(event.at_ms, "desk", f"could not {what}: {event.why}")
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
        self._signed(event)
        return Changed.POSTS | Changed.INBOX | Changed.TEAM

    def _signed(self, event: Published) -> None:
        """Whoever plays the one who signs learns what went out in their name."""
        did = next((action for action in reversed(self.actions) if action.id == event.action), None)
        by = event.signed_by.casefold()
        if did is None or not by:
            return
        people = [view.colleague for view in self.contacts.values()]
        roles = dict.fromkeys([one.role for one in people if one.name.casefold() in by or by in (one.id, one.role)])
        what = " ".join(filter(None, (event.kind, event.form)))
        for role in roles:
            if role != did.seat:
                text = f"{did.seat} published {indefinite(what)} in your name: {quoted(event.text, 60)}"
                self.outcomes.append(Outcome(role, event.at_ms, text, signed=True))

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


def _toggled(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return tuple(f for f in flags if f != flag) if flag in flags else (*flags, flag)
