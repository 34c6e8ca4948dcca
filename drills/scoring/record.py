"""What a run shows, in the order in which scoring asks: texts, truth, levels, who waited for an answer.

Everything comes from the log. Nothing after the run's end is known, and nothing here judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from drills.plan import Plan
from drills.run import Run
from drills.scoring.rubric import NEEDS, Rubric, Thresholds
from drills.scoring.spoken import ANSWERS, Text
from drills.scoring.timing import floored
from engine.actions import Action
from engine.events import Acted, ContentFired, Event, InjectFired, Posted, Published, Received, TruthChanged
from engine.setup import Colleague
from scenarios.model import Inject, Scenario
from scenarios.moments import MINUTE

BRAND = "brand"
E = TypeVar("E", bound=Event)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody who wanted an answer, and when they got it."""

    key: str
    at_ms: int
    need: str
    answered_ms: int | None
    public: bool
    """Whether they were answered in public."""
    scripted: bool
    post: Posted
    answer: Text | None = None
    """The first human answer."""


class Record:
    """One run, indexed."""

    def __init__(self, run: Run, rubric: Rubric) -> None:
        self.run, self.rubric = run, rubric
        self.scenario: Scenario = run.drill.scenario
        self.plan: Plan | None = run.drill.plan
        self.log: tuple[Event, ...] = run.log
        self.end_ms: int = run.ended_ms if run.log else 0
        self.complete: bool = bool(run.log) and run.complete
        self.people: dict[str, Colleague] = {one.id: one for one in run.setup.colleagues}
        self.actions: list[Action] = [event.action for event in self.of(Acted)]
        self._by_id = {action.id: action for action in self.actions}
        self.posts: dict[str, Posted] = {event.key: event for event in self.of(Posted)}
        self.injects: dict[str, Inject] = {
            inject.id: inject for inject in (*self.scenario.beats, *self.scenario.contingency)
        }
        self.fired: dict[str, int] = {}
        for event in self.of(InjectFired):
            self.fired.setdefault(event.inject, event.at_ms)
        self.truth: list[tuple[int, int]] = [(event.at_ms, event.level) for event in self.of(TruthChanged)]
        if not self.truth or self.truth[0][0] > 0:
            self.truth.insert(0, (0, self.scenario.truth[0].level))
        self.levels: list[tuple[int, int]] = [
            (action.at_ms, action.level)
            for action in self.actions
            if action.do == "classify" and action.level is not None
        ]

    def of(self, kind: type[E]) -> Iterator[E]:
        """The events of one kind, in order."""
        return (event for event in self.log if isinstance(event, kind))

    # -- what it really was ----------------------------------------------------------------------------------

    @property
    def peak(self) -> int:
        """The highest level that it truly reached."""
        return max(level for _, level in self.truth)

    def truth_at(self, at_ms: int) -> int:
        """What it really was at a moment."""
        return _step(self.truth, at_ms, self.truth[0][1])

    def peak_until(self, at_ms: int) -> int:
        """The highest level that it had truly reached by a moment."""
        return max((level for from_ms, level in self.truth if from_ms <= at_ms), default=self.truth[0][1])

    def since(self, level: int) -> int | None:
        """When it first truly reached at least this level, or None."""
        return next((from_ms for from_ms, real in self.truth if real >= level), None)

    def asked(self, level: int) -> int | None:
        """From when this level asked something of the team: it had been reached, and something could be seen."""
        since = self.since(level)
        return None if since is None else max(since, self.trigger_ms or 0)

    def until(self, level: int) -> int:
        """When it was last at or above this level; the run's end if it still was, or never was."""
        for (_, before), (to_ms, after) in zip(reversed(self.truth[:-1]), reversed(self.truth[1:]), strict=True):
            if after >= level:
                break
            if before >= level:
                return to_ms
        return self.end_ms

    def segments(self) -> list[tuple[int, int, int]]:
        """Stretches of one truth: (from ms, to ms, level), none empty unless the run is."""
        ends = [from_ms for from_ms, _ in self.truth[1:]] + [self.end_ms]
        found = [(from_ms, to_ms, level) for (from_ms, level), to_ms in zip(self.truth, ends, strict=True)]
        return [one for one in found if one[1] > one[0]] or found[-1:]

    def said_at(self, at_ms: int) -> int | None:
        """What the team said it was at a moment, or None before its first word on that."""
        return _step(self.levels, at_ms, None)

    # -- what was said ---------------------------------------------------------------------------------------

    @cached_property
    def texts(self) -> list[Text]:
        """The team's own texts, in the order in which they went out. Scheduled content is none of them."""
        return [self._text(event) for event in self.of(Published) if event.form != "content"]

    def _text(self, event: Published) -> Text:
        action = self._by_id.get(event.action)
        answered = [self.posts[key] for key in event.targets if key in self.posts]
        if event.form in ("statement", "hub", "fake") or event.channels:
            channels = event.channels or ("hub",)
        else:
            channels = tuple(dict.fromkeys(post.channel for post in answered))
        if event.form == "message":
            channels, reach = (), 1
        elif event.form in ("statement", "hub", "fake") or not answered:
            reach = sum(one.followers for one in self.scenario.channels if one.id in channels)
        else:
            reach = sum(post.reach for post in answered)
        needs = [post.need for post in answered if post.need != "none"]
        need = min(needs, key=NEEDS.index) if needs else ""
        if not answered and event.targets:
            inject = self.injects.get(event.targets[0])
            need = inject.needs if inject is not None and inject.needs != "none" else ""
        called = {one.id: one.name for one in self.scenario.channels}
        where = tuple(called.get(one, one) for one in channels)
        return Text(event, action, channels, max(1, reach), self.truth_at(event.at_ms), need, where)

    @cached_property
    def broadcasts(self) -> list[Text]:
        """Statements, and words on the crisis page."""
        return [text for text in self.texts if text.broadcast]

    # -- who waited ------------------------------------------------------------------------------------------

    @cached_property
    def waiters(self) -> list[Waiter]:
        """Everybody of the public who wanted an answer, in order, with their first human one."""
        first: dict[str, Text] = {}
        seen_publicly: set[str] = set()
        for text in self.texts:
            if text.form in ANSWERS:
                for key in text.event.targets:
                    first.setdefault(key, text)
                    if text.public:
                        seen_publicly.add(key)
        return [
            Waiter(
                post.key, post.at_ms, post.need, first[post.key].at_ms if post.key in first else None,
                post.key in seen_publicly, post.form == "scripted", post, first.get(post.key),
            )
            for post in self.posts.values()
            if post.author != BRAND and post.need in NEEDS
        ]  # fmt: skip

    def received(self, *media: str) -> list[tuple[Received, int | None]]:
        """What reached the team in these media and wanted an answer, and when it got one, in any way."""
        answered: dict[str, int] = {}
        for text in self.texts:
            for key in text.event.targets:
                answered.setdefault(key, text.at_ms)
        for action in self.actions:
            if action.do in ("ask", "inform", "escalate", "decide", "message", "answer_press") and action.target:
                answered.setdefault(action.target, action.at_ms)
        found: list[tuple[Received, int | None]] = []
        for event in self.of(Received):
            inject = self.injects.get(event.inject)
            if event.medium in media and (event.needs_answer or (inject is not None and inject.expects is not None)):
                found.append((event, answered.get(event.key, answered.get(event.inject) if event.inject else None)))
        return found

    # -- where and when --------------------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """Where it started."""
        first = self.scenario.channels[0].id
        if self.scenario.expected.origin:
            return self.scenario.expected.origin
        return next((beat.channel or first for beat in self.scenario.beats if beat.kind in ("post", "own_post")), first)

    @cached_property
    def films(self) -> frozenset[str]:
        """The channels where one speaks by film."""
        return frozenset(one.id for one in self.scenario.channels if one.about == "video" or one.id == "vidra")

    @cached_property
    def trigger_ms(self) -> int | None:
        """When the first scripted thing became visible to the team."""
        return min(self.fired.values(), default=None)

    @cached_property
    def influencer_ms(self) -> int | None:
        """When a scripted voice with reach first spoke about it (S4-10)."""
        least = self.rubric["influencer.followers"]
        return next(
            (
                post.at_ms
                for post in self.of(Posted)
                if post.form == "scripted" and post.author != BRAND and post.theme and post.reach >= least
            ),
            None,
        )

    def timed(self, name: str, floor: str) -> Thresholds:
        """The thresholds of the rubric in ms, with the real-time floor at this run's pace."""
        return floored(self.rubric.thresholds(name), self.rubric[f"floors.{floor}"], self.run.pace)

    def public_times(self, level: int) -> Thresholds:
        """By when the public must have heard something at this level: the scenario's word, else the rubric's."""
        floor = self.rubric["floors.reply" if level < 2 else "floors.holding"]
        within = self.scenario.expected.public_within
        if within is not None and level == self._public_level:
            return floored(Thresholds(within, 2 * within, 4 * within), floor, self.run.pace)
        return floored(self.rubric.thresholds(f"public_L{level}"), floor, self.run.pace)

    @property
    def _public_level(self) -> int:
        """The level that needs a public word: the highest that the scenario scripts."""
        return max(step.level for step in self.scenario.truth)

    def named(self, recipient: str) -> list[Colleague]:
        """Whom a scenario's `COM` or `FUN/quality` means here."""
        return [one for one in self.people.values() if one.plays(recipient)]

    @cached_property
    def seats(self) -> frozenset[str]:
        """The roles that people played in this run: nobody needs to call them."""
        return frozenset((self.run.seat, *(action.seat for action in self.actions)))

    def first(self, texts: Iterable[Text]) -> Text | None:
        """The earliest of these texts."""
        return min(texts, key=lambda text: text.at_ms, default=None)

    @cached_property
    def fired_content(self) -> dict[str, int]:
        """Scheduled items that went out, and when."""
        return {event.content: event.at_ms for event in self.of(ContentFired)}


def minutes(ms: float) -> float:
    """Milliseconds as minutes."""
    return ms / MINUTE


def _step(steps: list[tuple[int, int]], at_ms: int, before: T) -> int | T:
    """The value of a step function at a moment."""
    now: int | T = before
    for from_ms, value in steps:
        if from_ms > at_ms:
            break
        now = value
    return now
