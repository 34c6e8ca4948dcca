"""PG-04 and PG-05: triggers of the plan that fire too late, and triggers that fire for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

from drills.gaps.scene import Scene, Sign, lasting, level_name
from drills.gaps.signals import Signals
from drills.plan import Trigger
from drills.plan.edits import Add, Edit, Put
from drills.scoring.card import Evidence
from scenarios.moments import MINUTE, show_moment

LATE = 10 * MINUTE
"""A level that was true for so long before any trigger of the plan said so was missed."""
FALSE_PER_HOUR = 2
"""So many false alarms in an hour of the drill tire people."""


def too_high(scene: Scene) -> Iterator[Sign]:
    """PG-04: it truly was at a level for ten minutes before any trigger of that level, or of a higher one, fired."""
    signals = Signals(scene)
    severity = scene.plan.severity
    written = [(level, at, one) for level in range(5) for at, one in enumerate(severity.at(level).triggers)]
    for level in (2, 3, 4):
        since = scene.record.asked(level)
        if since is None or not any(real == level for _, real in scene.record.truth):
            continue
        able = [(when, at, one) for when, at, one in written if when >= level]
        times = [when for _, _, one in able if (when := signals.fired(one)) is not None]
        times += [when for name, lifts in severity.overrides.items() if lifts >= level
                  and (when := signals.lifted(name)) is not None]  # fmt: skip
        fired = min(times, default=None)
        noticed = scene.record.end_ms if fired is None else fired
        if noticed - since < LATE:
            continue
        unknown = [one.signal for _, _, one in able if not signals.known(one)]
        unknown += [name for name, lifts in severity.overrides.items() if lifts >= level and not signals.tells(name)]
        said = "none ever fired" if fired is None else f"the first fired at {show_moment(fired)}"
        finding = f"It truly was {level_name(level)} from {show_moment(since)}; of the plan's triggers for it {said}."
        if unknown:
            finding += f" What the log can't show: {', '.join(dict.fromkeys(unknown))}."
        evidence = [Evidence(since, f"truly {level_name(level)} from here")]
        if fired is not None:
            evidence.append(Evidence(fired, f"the plan's first trigger for {level_name(level)} fires"))
        advice, edits = _lower(signals, level, since, able)
        yield Sign("PG-04", ("severity", level_name(level)), finding, tuple(evidence), advice, edits, bool(unknown))


def _lower(
    signals: Signals, level: int, since: int, able: list[tuple[int, int, Trigger]]
) -> tuple[str, tuple[Edit, ...]]:
    """The trigger of this level that was nearest, at the figure that was seen before ten minutes had passed."""
    near: list[tuple[float, int, Trigger, float]] = []
    for when, at, one in able:
        if when == level and one.op in (">", ">=") and signals.known(one) and one.signal != "level":
            seen = _round(signals.most(one.signal, since, since + LATE - MINUTE))
            if _usual(signals, one.signal, level) < seen < one.value:
                near.append((seen / one.value, at, one, seen))
    if near:
        _, at, one, seen = max(near, key=lambda each: (each[0], -each[1]))
        lower = Trigger(one.signal, one.op, seen, one.for_ms)
        advice = (
            f"Lower {one} to {seen:.12g}, what was seen in the first ten minutes, so that the level is called then."
        )
        return advice, (Put(("severity", level_name(level), "triggers", at), str(lower)),)
    seen = _round(signals.most("same_topic_per_15m", since, since + LATE - MINUTE))
    if not any(when == level for when, _, _ in able) and seen > _usual(signals, "same_topic_per_15m", level):
        new = Trigger("same_topic_per_15m", ">=", seen)
        advice = f"Add a trigger that shows within ten minutes, such as {new}, what was seen then."
        return advice, (Add(("severity", level_name(level), "triggers"), str(new)),)
    return "Write down a signal that people at the desk can see within ten minutes of this level.", ()


def _usual(signals: Signals, signal: str, level: int) -> float:
    """What a trigger of this level must stand above: an ordinary quarter of an hour, and the triggers of the levels
    below."""
    severity = signals.scene.plan.severity
    baseline = severity.baseline
    below = [one.value for under in range(level) for one in severity.at(under).triggers
             if one.signal == signal and one.op in (">", ">=")]  # fmt: skip
    usual = {
        "volume_per_15m": baseline.mentions_per_15m,
        "same_topic_per_15m": 1.0,
        "velocity_x": 1.5,
        "volume_x_baseline": 1.5,
        "negative_share": baseline.negative_share,
    }.get(signal, 0.0)
    return max(usual, *below) if below else usual


def _round(value: float) -> float:
    """Rounded down to two figures, as a person would write it."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (floor(log10(value)) - 1)
    return round(floor(value / step + 1e-9) * step, 6)


def too_low(scene: Scene) -> Iterator[Sign]:
    """PG-05: triggers of L2 and above fired while it truly was less, twice an hour or more."""
    signals = Signals(scene)
    false: list[tuple[int, int, int, Trigger]] = []
    for level in (2, 3, 4):
        for at, one in enumerate(scene.plan.severity.at(level).triggers):
            false += [(when, level, at, one) for when in signals.rises(one) if scene.record.truth_at(when) < level]
    if len(false) < FALSE_PER_HOUR * max(1.0, scene.hours):
        return
    false.sort(key=lambda each: each[:3])
    worst: dict[tuple[int, int], list[int]] = {}
    triggers: dict[tuple[int, int], Trigger] = {}
    for when, level, at, one in false:
        worst.setdefault((level, at), []).append(when)
        triggers[level, at] = one
    for (level, at), times in sorted(worst.items()):
        one = triggers[level, at]
        finding = (
            f"{one} ({level_name(level)}) fired {len(times)} times while it was less; "
            f"with the plan's other triggers {len(false)} false alarms in {lasting(scene.record.end_ms)}."
        )
        evidence = tuple(Evidence(when, f"{one} fires; truly L{scene.record.truth_at(when)}") for when in times[:4])
        loc = ("severity", level_name(level), "triggers", at)
        edits: tuple[Edit, ...] = ()
        advice = f"Say more exactly when {one.signal} means {level_name(level)}, so that it is silent below that."
        if one.op in (">", ">=") and one.signal != "level":  # that is what the team itself has said
            below = [(begin, end) for begin, end, real in scene.record.segments() if real < level]
            seen = max((signals.most(one.signal, begin, end) for begin, end in below), default=one.value)
            above = _above(seen, whole=one.signal in _COUNTS)
            if one.signal != "negative_share" or above < 1:  # more than all there are, nothing can be
                advice = f"Raise {one} to {above:.12g}, above what was seen below {level_name(level)}."
                edits = (Put(loc, str(Trigger(one.signal, one.op, above, one.for_ms))),)
        yield Sign("PG-05", loc, finding, evidence, advice, edits)


_COUNTS = ("volume_per_15m", "same_topic_per_15m", "influencer_followers", "open_priority_flags")
"""Measures that are whole numbers."""


def _above(value: float, *, whole: bool) -> float:
    """The next figure of two digits above a value."""
    step = max(10.0 ** (floor(log10(max(value, 0.01))) - 1), 1.0 if whole else 0.0)
    return round((floor(value / step + 1e-9) + 1) * step, 6)
