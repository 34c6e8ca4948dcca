"""When the plan's triggers fired in a run: every signal that a log can show, minute by minute.

A log shows numbers and who spoke; what words meant it does not. Flags that it cannot show are unknown, never false:
a level that rests on one of these too is not said to have been missed (docs/plan-gaps.md names them).
"""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property

from drills.gaps.scene import Scene
from drills.plan import Trigger
from drills.run import ANGRY
from engine.events import Posted, Received
from scenarios.moments import MINUTE

WINDOW = 15 * MINUTE
ENOUGH = 5
"""Fewer posts than this in 15 minutes have no share of angry ones (design choice: one post of one is no 100 %)."""
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "==": operator.eq,
}  # fmt: skip
BY_CAUSE = {"exec_implicated": ("exec",), "service_down": ("outage", "service-down")}
"""Flags that the scenario's root cause tells: by how its kind begins."""
OVERRIDES = {"physical_safety": "injury_or_child_ill", "own_offensive_post": "own_post_offends"}
"""Overrides that a log can show, by the flag that says the same."""


class Signals:
    """The signals of one run. Values are looked at on every full minute."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.record = scene, scene.record
        self._posts = [post for post in self.record.posts.values() if post.author != "brand"]
        self._times = [post.at_ms for post in self._posts]
        self.minutes = range(0, self.record.end_ms + 1, MINUTE)

    # -- numbers ---------------------------------------------------------------------------------------------

    def _in(self, times: list[int], at_ms: int, width: int = WINDOW) -> int:
        return bisect_right(times, at_ms) - bisect_right(times, at_ms - width)

    @cached_property
    def _themes(self) -> list[list[int]]:
        found: dict[str, list[int]] = {}
        for post in self._posts:
            if post.theme:
                found.setdefault(post.theme, []).append(post.at_ms)
        return list(found.values())

    @cached_property
    def _angry(self) -> list[int]:
        return [post.at_ms for post in self._posts if post.mood in ANGRY]

    @cached_property
    def _reach(self) -> tuple[list[int], list[int]]:
        """When somebody larger than all before spoke about a theme, and how many follow them."""
        times, sizes = [0], [0]
        for post in self._posts:
            if post.theme and post.reach > sizes[-1]:
                times.append(post.at_ms)
                sizes.append(post.reach)
        return times, sizes

    @cached_property
    def _priority(self) -> list[tuple[int, int]]:
        """From when to when a post stood marked as priority without an answer or another mark."""
        found: list[tuple[int, int]] = []
        for action in self.record.actions:
            if action.do == "flag" and action.kind == "priority":
                for key in (action.target, *action.also):
                    ends = [text.at_ms for text in self.record.texts if key in text.event.targets]
                    ends += [one.at_ms for one in self.record.actions if one.do == "flag" and one.kind != "priority"
                             and key in (one.target, *one.also)]  # fmt: skip
                    until = min((at for at in ends if at >= action.at_ms), default=self.record.end_ms + 1)
                    found.append((action.at_ms, until))
        return found

    def value(self, signal: str, at_ms: int) -> float | None:
        """A measure at a moment; None for one that a log does not show."""
        usual = self.scene.plan.severity.baseline.mentions_per_15m
        match signal:
            case "volume_per_15m":
                return self._in(self._times, at_ms)
            case "same_topic_per_15m":
                return max((self._in(times, at_ms) for times in self._themes), default=0)
            case "velocity_x":
                before = self._in(self._times, at_ms - WINDOW) if at_ms > WINDOW else usual
                return self._in(self._times, at_ms) / max(1.0, before)
            case "volume_x_baseline":
                return self._in(self._times, at_ms) / max(1.0, usual)
            case "influencer_followers":
                times, sizes = self._reach
                return sizes[bisect_right(times, at_ms) - 1]
            case "negative_share":
                count = self._in(self._times, at_ms)
                return self._in(self._angry, at_ms) / count if count >= ENOUGH else 0.0
            case "open_priority_flags":
                return sum(1 for since, until in self._priority if since <= at_ms < until)
            case "level":
                return self.record.said_at(at_ms) or 0
            case _:
                return None

    # -- flags -----------------------------------------------------------------------------------------------

    @cached_property
    def _flags(self) -> dict[str, int | None]:
        """Flags that a log can show, with when they came up; None where they did not."""
        record, members = self.record, {one.id: one for one in self.scene.scenario.cast}
        rumours = {theme.id for theme in self.scene.scenario.themes if theme.rumour}
        found: dict[str, int | None] = {}

        def first(flag: str, *times: int) -> None:
            known = found.get(flag)
            found[flag] = min((*times, *(() if known is None else (known,))), default=None)

        def voiced(post: Posted | Received, voice: str) -> bool:
            return post.author in members and members[post.author].voice == voice

        scripted = [post for post in self._posts if post.form == "scripted"]
        received = list(record.of(Received))
        wants = [post.at_ms for post in self._posts if post.need in ("complaint", "harm")]
        harm = [post.at_ms for post in self._posts if post.need == "harm"]
        first("single_complaint", *wants[:1])
        first("several_safety_reports", *harm[1:2])
        press = [one.at_ms for one in received if one.medium == "press"]
        first("journalist_question", *press, *(one.at_ms for one in scripted if voiced(one, "journalist")))
        first("media_published", *(one.at_ms for one in received if one.medium == "news"))
        first("own_post_offends", *(record.fired[id_] for id_, one in record.injects.items()
                                    if one.kind == "own_post" and id_ in record.fired))  # fmt: skip
        first("rumour_harmful", *(post.at_ms for post in self._posts if post.theme in rumours))
        authority = [one.at_ms for one in scripted if voiced(one, "authority")]
        authority += [one.at_ms for one in received if voiced(one, "authority")]
        if authority:  # silence of an authority's account does not mean that it has not acted
            first("authority_action", *authority)
        if self.scene.scenario.expected.instructs:  # the scenario itself says that it is about people's safety
            hurt = [record.fired[id_] for id_, one in record.injects.items() if one.needs == "harm"
                    and id_ in record.fired]  # fmt: skip
            first("injury_or_child_ill", *hurt)
        for flag, kinds in BY_CAUSE.items():
            if self.scene.kind.startswith(kinds):
                first(flag, record.trigger_ms or 0)
        return found

    def lifted(self, override: str) -> int | None:
        """When an override of the plan came up, in ms; None: it did not, or a log can't show it (`tells`)."""
        return self._flags.get(OVERRIDES.get(override, ""))

    def tells(self, override: str) -> bool:
        """Whether a log shows what this override is about."""
        return OVERRIDES.get(override, "") in self._flags

    def fired(self, trigger: Trigger) -> int | None:
        """When a trigger first fired, in ms; None: it did not, or a log can't show it (`known`)."""
        if not trigger.op:
            return self._flags.get(trigger.signal)
        since: int | None = None
        for at_ms in self.minutes:
            value = self.value(trigger.signal, at_ms)
            if value is None or not _HOLDS[trigger.op](value, trigger.value):
                since = None
                continue
            since = at_ms if since is None else since
            if at_ms - since >= trigger.for_ms:
                return at_ms
        return None

    def known(self, trigger: Trigger) -> bool:
        """Whether a log shows this signal at all."""
        return trigger.signal in self._flags if not trigger.op else self.value(trigger.signal, 0) is not None

    def holds(self, trigger: Trigger, at_ms: int) -> bool:
        """Whether a measure stood as it should at a moment, and for as long before as the trigger says. What a log
        can't show counts as it should."""
        if not trigger.op or not self.known(trigger):
            return True
        start = max(0, at_ms - trigger.for_ms)
        return all(
            _HOLDS[trigger.op](self.value(trigger.signal, when) or 0.0, trigger.value)
            for when in (*range(start, at_ms, MINUTE), at_ms)
        )

    def rises(self, trigger: Trigger) -> list[int]:
        """Every time at which a trigger fired anew, in ms: it came to hold, and held for as long as it says."""
        if not trigger.op:
            at_ms = self._flags.get(trigger.signal)
            return [] if at_ms is None else [at_ms]
        found: list[int] = []
        since: int | None = None
        for at_ms in self.minutes:
            value = self.value(trigger.signal, at_ms)
            if value is None or not _HOLDS[trigger.op](value, trigger.value):
                since = None
                continue
            since = at_ms if since is None else since
            if at_ms - since >= trigger.for_ms and (not found or found[-1] < since):
                found.append(at_ms)
        return found

    def most(self, signal: str, from_ms: int, until_ms: int) -> float:
        """The largest value of a measure between two moments."""
        lower, upper = bisect_left(self.minutes, from_ms), bisect_right(self.minutes, until_ms)
        return max((self.value(signal, at_ms) or 0.0 for at_ms in self.minutes[lower:upper]), default=0.0)
