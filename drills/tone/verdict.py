"""What is to be said about a text to whoever wrote it, in the order in which it matters. No screen, no colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from drills.tone.context import Context, situation
from drills.tone.gravity import faults, praise
from drills.tone.pack import caveat, load
from drills.tone.read import read
from drills.tone.rules import FAULTS
from drills.tone.score import weights
from engine.reading import PPM, Finding, Reading
from scenarios.packaged import packaged


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding, for a reader."""

    number: int
    """From 1, the worst fault first, the best praise first after the last fault."""
    good: bool
    start: int
    end: int
    """Where it stands in the text; `start == end` where it is about the text as a whole."""
    dimension: str
    why: str
    tip: str
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One dimension: how it is called, and its value in parts per million or None where it was not assessed."""

    name: str
    value: int | None
    fault: bool
    """More is worse."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A text and all that is to be said about it."""

    text: str
    judged: bool
    """Whether there are rules for its language; without them only the language and the sameness mean anything."""
    overall: int | None
    """The quality in parts per million; None where nothing could be judged."""
    measures: tuple[Measure, ...]
    remarks: tuple[Remark, ...]
    lacks: tuple[str, ...]
    """What would make it better, most first."""
    acts: tuple[tuple[str, int], ...]
    """What the text does and how strongly, in parts per million, the strongest first."""
    rung: int
    ladder: str
    asks: Literal["", "in public", "in private"]
    """Where the text asks for personal data."""
    caveat: str
    """What to say about the rules themselves: that a language has few or none; ''."""


@cache
def words() -> Mapping[str, Any]:
    """The names of words.yaml."""
    loaded: Mapping[str, Any] = packaged("drills.tone", "words.yaml")
    return loaded


def verdict(text: str, context: Context) -> Verdict:
    """Judge a text for a reader."""
    reading = read(text, context)
    names = words()
    judged = load(reading.language).language == reading.language
    foreign = reading.dimensions["language_match"] == 0
    ordered = [*faults(reading.findings), *praise(reading.findings)]
    return Verdict(
        text=text,
        judged=judged,
        overall=reading.overall if judged or foreign else None,
        measures=tuple(
            Measure(names["dimensions"][name]["name"], reading.dimensions[name], name in FAULTS)
            for name in names["dimensions"]
        ),
        remarks=tuple(_remark(number, one, text, reading.language) for number, one in enumerate(ordered, 1)),
        lacks=_lacks(reading, context),
        acts=tuple(
            (names["acts"][act], force) for act, force in sorted(reading.acts.items(), key=lambda item: -item[1])
        ),
        rung=reading.ladder,
        ladder=names["ladder"][reading.ladder],
        asks=_asks(text, context, reading),
        caveat=caveat(reading.language),
    )


def source_of(rule: str, language: str) -> str:
    """Where a rule or a mark comes from; '' for one that no pack knows."""
    for pack in (load(language), load("en")):
        if rule in pack.marks:
            return pack.marks[rule].source
        for one in pack.rules:
            if one.id == rule:
                return one.source
    return ""


def _remark(number: int, one: Finding, text: str, language: str) -> Remark:
    whole = not text[: one.start].strip() and not text[one.end :].strip()
    start, end = (0, 0) if whole and _many_words(text) else (one.start, one.end)
    return Remark(
        number, one.value > 0, start, end, words()["dimensions"][one.dimension]["name"], one.why, one.tip,
        source_of(one.rule, language),
    )  # fmt: skip


def _many_words(text: str) -> bool:
    return len(text.split(maxsplit=3)) > 3


def _lacks(reading: Reading, context: Context) -> tuple[str, ...]:
    """What the text would gain most from, given what the post wants."""
    need = situation(context, load(reading.language)).need
    earns = weights()["earns"][need]
    names, limits = words()["dimensions"], words()["lacks"]
    gains = [
        (weight * (PPM - value) // sum(earns.values()), names[name]["lacks"])
        for name, weight in earns.items()
        if (value := reading.dimensions[name]) is not None
    ]
    worth = sorted((gain, lack) for gain, lack in gains if lack and 100 * gain >= limits["least"] * PPM)
    return tuple(lack for _, lack in reversed(worth[-limits["most"] :]))


def _asks(text: str, context: Context, reading: Reading) -> Literal["", "in public", "in private"]:
    if "asks_data" in reading.acts:
        return "in public"
    # In private asking is right, so it is no act of the reading; whoever reads the verdict wants to know all the same.
    if context.channel_kind == "dm" and "asks_data" in read(text, replace(context, channel_kind="public_reply")).acts:
        return "in private"
    return ""
