"""A run, step by step: what was on the desk at each moment, what was done, and what came of it.

Rules
1. What was seen is folded from the log up to the moment, and nothing later is in it.
2. What came of a step is what leads back to it: by cause, as an answer to it, or because it speaks about it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from drills.desk import BRAND, Desk, LogLine, PostView, described
from engine.actions import Action
from engine.events import Acted, ContentFired, Event, InjectFired, Posted, Shared, TruthChanged
from scenarios.model import Inject
from scenarios.moments import MINUTE
from scenarios.terms import LEVEL_WORDS

Kind = Literal["came", "did", "truth", "content"]
"""What a step is: something scripted reached the team, the team acted, the truth changed, an own item went out."""
AFTER_MS = 10 * MINUTE
"""How much later the mood is looked at again (design choice: a statement's effect is mostly there by then)."""
FIRST = 3
"""How many rows of the queue are told."""
NEXT = 5
"""How many posts are quoted of what came of a step."""
_KINDS = {
    "message": "private message from ", "mail": "mail from ", "call": "call from ", "press": "press query from ",
    "executive": "", "approval": "draft to approve from ", "news": "news, ", "metric": "figure from ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """The desk just before a step."""

    waiting: int
    """Rows of the queue."""
    late: int
    anger: int
    level: int | None
    """What the team said it was, or None before it had said anything."""
    truth: int | None
    """What it was, which nobody saw."""
    rate: float
    """Posts a minute."""
    first: tuple[tuple[str, str, int], ...]
    """The first rows of the queue: need, title, how many posts."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment that one can go to."""

    at_ms: int
    kind: Kind
    key: str
    """The action's, the inject's or the item's id; '' for a change of the truth."""
    words: str
    """What happened, in one line."""
    seen: Seen
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step."""

    posts: int
    shares: int
    next: tuple[PostView, ...]
    """What the public said: the nearest and furthest seen of these posts, in order of time."""
    anger: int
    """Ten minutes later, or at the end."""
    later_ms: int
    """How much later that is."""


class Steps:
    """Every step of a finished run; each thing is worked out when it is first asked for."""

    def __init__(self, log: Sequence[Event], desk: Desk) -> None:
        """`desk`: the log, folded; it has the names and the words."""
        self._log, self._desk = log, desk
        self._injects = {one.id: one for one in (*desk.scenario.beats, *desk.scenario.contingency)}

    @cached_property
    def all(self) -> tuple[Step, ...]:
        """In the order in which they happened."""
        desk = self._desk.anew()
        found: list[Step] = []
        truth: int | None = None
        for event in self._log:
            told = self._told(event)
            if told is not None:
                kind, key, words = told
                action = event.action if isinstance(event, Acted) else None
                desk.now_ms = max(desk.now_ms, event.at_ms)
                found.append(Step(event.at_ms, kind, key, words, _seen(desk, truth), action))
            if isinstance(event, TruthChanged):
                truth = event.level
            desk.apply(event)
        return tuple(found)

    def _told(self, event: Event) -> tuple[Kind, str, str] | None:
        match event:
            case Acted():
                return "did", event.action.id, self.described(event.action)
            case InjectFired():
                return "came", event.inject, self._came(event.inject)
            case TruthChanged():
                why = f": {event.why}" if event.why else ""
                return "truth", "", f"it was L{event.level} {LEVEL_WORDS[event.level]} from here on{why}"
            case ContentFired():
                view = self._desk.contents.get(event.content)
                text = f" “{view.text}”" if view else ""
                return (
                    "content",
                    event.content,
                    f"your scheduled {view.content.kind if view else 'item'} went out{text}",
                )
        return None

    def _came(self, id_: str) -> str:
        inject = self._injects.get(id_)
        if inject is None:
            return id_
        said = f"“{inject.subject or ' '.join(inject.text.split())}”"
        if inject.kind == "own_post":
            return f"your own post: {said}"
        who = self._desk.name_of(inject.by) if inject.by else "somebody"
        return f"{who}: {said}" if inject.kind == "post" else f"{_KINDS.get(inject.kind, inject.kind)}{who}: {said}"

    def inject(self, step: Step) -> Inject | None:
        """What the script says of a step; None for anything that is not scripted."""
        return self._injects.get(step.key) if step.kind == "came" else None

    def described(self, action: Action) -> str:
        """An action in a line, with names instead of keys."""
        return described(action, self._desk).replace("says this is", "said this was", 1)

    # -- what came of it -----------------------------------------------------------------------------------------

    def outcome(self, step: Step) -> Outcome:
        """What came of a step."""
        posts, shares = self._descent(step)
        near = posts[: 2 * NEXT]
        furthest = sorted(sorted(near, key=lambda view: -view.reach)[:NEXT], key=lambda view: view.event.at_ms)
        until = min(step.at_ms + AFTER_MS, max(self._desk.now_ms, step.at_ms))
        return Outcome(len(posts), shares, tuple(furthest), self.anger_at(until), until - step.at_ms)

    def anger_at(self, at_ms: int) -> int:
        """How angry the public was at a moment, 0 to 100; 15 before anybody was moved."""
        history = self._desk.mood_history
        number = bisect_right(history, at_ms, key=lambda point: point[0])
        return history[number - 1][1] if number else 15

    def answered(self, step: Step) -> tuple[int, str] | None:
        """When and by which action the team first answered what came; None where it never did."""
        for action in self._desk.actions:
            if action.at_ms >= step.at_ms and step.key in (action.target, *action.also):
                return action.at_ms, self.described(action)
        return None

    def meanwhile(self, number: int) -> list[LogLine]:
        """The desk's log from a step to the next, without what is a step of its own."""
        steps = self.all
        until = steps[number + 1].at_ms if number + 1 < len(steps) else 1 << 62
        log = self._desk.log
        start = bisect_left(log, steps[number].at_ms, key=lambda line: line.at_ms)
        acted = {(action.at_ms, action.seat) for action in self._desk.actions}
        found: list[LogLine] = []
        for line in log[start:]:
            if line.at_ms >= until:
                break
            if (line.at_ms, line.who) not in acted and line.who != "scheduler":
                found.append(line)
        return found

    def _descent(self, step: Step) -> tuple[list[PostView], int]:
        """The posts of others that lead back to a step, the nearest first, and how many shares do."""
        roots = [step.key] if step.key else []
        roots += [text.key for text in self._desk.published.values() if text.action == step.key and step.kind == "did"]
        seen = set(roots)
        queue = deque(roots)
        posts: list[PostView] = []
        shares = 0
        while queue:
            for key, is_post in self._children.get(queue.popleft(), ()):
                if key in seen:
                    continue
                seen.add(key)
                queue.append(key)
                if not is_post:
                    shares += 1
                elif not self._desk.posts[key].ours:
                    posts.append(self._desk.posts[key])
        return posts, shares

    @cached_property
    def _children(self) -> dict[str, list[tuple[str, bool]]]:
        """What each post, share, text, action or inject led to at once: keys, and whether each is a post."""
        found: dict[str, list[tuple[str, bool]]] = {}
        for event in self._log:
            match event:
                case Posted():
                    ways = (event.cause,) if event.author == BRAND else (event.cause, event.parent, event.quotes)
                    for cause in dict.fromkeys(ways):
                        if cause and cause != event.key:
                            found.setdefault(cause, []).append((event.key, True))
                case Shared():
                    found.setdefault(event.cause or event.post, []).append((event.key, False))
        return found


def _seen(desk: Desk, truth: int | None) -> Seen:
    rows = desk.queue()
    return Seen(
        len(rows),
        sum([1 for row in rows if 0 <= row.due_ms < desk.now_ms]),
        desk.anger,
        desk.level,
        truth,
        desk.per_minute(5),
        tuple((row.need, row.title, len(row.posts)) for row in rows[:FIRST]),
    )
