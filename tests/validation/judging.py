"""How well the judge of texts agrees with labels: pure functions from messages and verdicts to figures.

What they measure is agreement with our rubric: labels of one annotator on messages of one author. Never agreement
with people in general.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

from drills.tone import Context, read
from drills.tone.judge import judge_line
from drills.tone.sameness import SAME
from drills.tone.sameness import sameness as alike
from drills.tone.score import weights
from engine.reading import DIMENSIONS, PPM

Message = Mapping[str, Any]
Verdict = Mapping[str, Any]
Judge = Callable[[dict[str, Any]], Verdict]

DATA = Path(__file__).parents[1] / "data"
LEAST = 5
"""So many positives and negatives an AUC needs to be a figure at all."""
POSITIVE = {"politeness": 2}
"""The lowest label that counts as positive; 1 for every other dimension."""


@cache
def messages(name: str) -> tuple[Message, ...]:
    """The labelled messages of a file in tests/data, `tone_dev` or `tone_fresh`."""
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def line_of(message: Message, text: str | None = None) -> dict[str, Any]:
    """What `tone --jsonl` is given of a message: everything but its labels; `text` stands in for its words."""
    keys = ("id", "channel", "post", "context", "severity", "lang", "history")
    return {"text": message["message"] if text is None else text, **{key: message.get(key) for key in keys}}


def verdicts(judged: Iterable[Message], judge: Judge = judge_line) -> list[Verdict]:
    """The verdict on each message."""
    return [judge(line_of(message)) for message in judged]


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties sharing their mean."""
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value) + 1) / 2 for value in values]


def spearman(left: Sequence[float], right: Sequence[float]) -> float:
    """The correlation of the ranks; 0 where one side is all the same."""
    a, b = ranks(left), ranks(right)
    mean = (len(a) + 1) / 2
    shared = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)
    return float(shared / spread**0.5) if spread else 0.0


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive stands above a negative, ties counting half."""
    both = ranks([*positive, *negative])
    above = sum(both[: len(positive)]) - len(positive) * (len(positive) + 1) / 2
    return above / (len(positive) * len(negative))


@dataclass(frozen=True, slots=True)
class Pairs:
    """In how many pairs the better message scores higher, and which are wrong."""

    right: int
    of: int
    wrong: tuple[str, ...]


def pairs(judged: Sequence[Message], found: Sequence[Verdict]) -> Pairs:
    """Every pair of one context, its better and its worse message."""
    scores = {verdict["id"]: verdict["overall"] for verdict in found}
    better = {message["pair_id"]: message["id"] for message in judged if message.get("better") is True}
    worse = {message["pair_id"]: message["id"] for message in judged if message.get("better") is False}
    wrong = tuple(name for name in better if scores[better[name]] <= scores[worse[name]])
    return Pairs(len(better) - len(wrong), len(better), wrong)


def rho(judged: Sequence[Message], found: Sequence[Verdict]) -> float:
    """The rank correlation of the overall score with the overall label."""
    labels = [float(message["overall"]) for message in judged]
    return spearman([verdict["overall"] for verdict in found], labels)


@dataclass(frozen=True, slots=True)
class Area:
    """How well one dimension tells positives from negatives."""

    dimension: str
    value: float
    positives: int
    negatives: int


def areas(judged: Sequence[Message], found: Sequence[Verdict], least: int = LEAST) -> list[Area]:
    """The AUC of every dimension that has positives and negatives enough."""
    areas: list[Area] = []
    for name in DIMENSIONS:
        positive: list[float] = []
        negative: list[float] = []
        for message, verdict in zip(judged, found, strict=True):
            label, value = message["labels"].get(name), verdict["dimensions"][name]
            if label is not None and value is not None:
                (positive if label >= POSITIVE.get(name, 1) else negative).append(value)
        if min(len(positive), len(negative)) >= least:
            areas.append(Area(name, auc(positive, negative), len(positive), len(negative)))
    return areas


def sameness(judged: Iterable[Message], found: Iterable[Verdict]) -> tuple[int, int]:
    """Of the messages labelled for sameness, how many stand on the right side of the line, and how many there are."""
    right = of = 0
    for message, verdict in zip(judged, found, strict=True):
        label = message["labels"].get("sameness")
        if label is not None and message.get("history"):
            of += 1
            right += (label == 2) == ((verdict["dimensions"]["sameness"] or 0) >= 0.45)
    return right, of


def copies(judged: Sequence[Message]) -> tuple[int, int, int]:
    """Of messages sent again with another greeting and a word more, how many are seen as the same; of messages after
    another one, how many are mistaken for the same; and how many there are."""
    again = sum(likeness(f"Hello Robin, {m['message']} Thanks", (m["message"],)) >= SAME for m in judged)
    other = sum(likeness(two["message"], (one["message"],)) >= SAME for one, two in pairwise([*judged, judged[0]]))
    return again, other, len(judged)


def likeness(text: str, history: tuple[str, ...]) -> int:
    """How much a text is like one of the earlier ones, in parts per million."""
    return alike(text, history) or 0


def languages(judged: Iterable[Message], found: Iterable[Verdict]) -> tuple[int, int]:
    """How many messages are rightly said to be in the language of the post or in another, and how many there are."""
    both = list(zip(judged, found, strict=True))
    right = sum(
        bool(message["labels"]["language_match"]) == bool(v["dimensions"]["language_match"]) for message, v in both
    )
    return right, len(both)


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag and what raised it, to be read by a person."""

    kind: str
    number: int
    text: str
    spans: tuple[str, ...]
    rules: tuple[str, ...]


def flags(texts: Sequence[str]) -> list[Flag]:
    """Every red flag in public replies to an unknown post: insult, data leak, pseudo-apology (weights.yaml `flags`)."""
    lines: dict[str, int] = weights()["flags"]
    found: list[Flag] = []
    for number, text in enumerate(texts):
        reading = read(text, Context(severity="issue", level=1, post_need="complaint"))
        for kind, line in lines.items():
            if (reading.dimensions[kind] or 0) * 100 < line * PPM:
                continue
            against = [item for item in reading.findings if item.dimension == kind and item.value < 0]
            spans = tuple(text[item.start : item.end] for item in against)
            found.append(Flag(kind, number, text, spans, tuple(item.rule for item in against)))
    return found


SHORT = {
    "apo": "sincere_apology",
    "emp": "empathy",
    "thx": "thanks",
    "priv": "private_channel",
    "voice": "human_voice",
    "leak": "personal_data_leak",
}
"""What the labels of the real replies are called."""


def sample_areas(texts: Sequence[str], labels: Mapping[str, Mapping[str, int]]) -> list[Area]:
    """The AUC on real replies: `labels` has, per dimension, the number of each text that shows it."""
    readings = [read(text, Context(severity="issue", level=1, post_need="complaint")) for text in texts]
    areas: list[Area] = []
    for short, shown in labels.items():
        values = [reading.dimensions[SHORT[short]] or 0 for reading in readings]
        positive = [value for number, value in enumerate(values) if shown.get(str(number))]
        negative = [value for number, value in enumerate(values) if not shown.get(str(number))]
        areas.append(Area(SHORT[short], auc(positive, negative), len(positive), len(negative)))
    return areas


def milliseconds(judged: Iterable[Message]) -> list[float]:
    """Processor time to read each message once, with the rules loaded and nothing else remembered."""
    read("warm up", Context())
    took: list[float] = []
    for number, message in enumerate(judged):
        line = line_of(message, f"{message['message']} {number}")
        began = process_time()
        judge_line(line)
        took.append((process_time() - began) * 1000)
    return sorted(took)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of the sorted values lies."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
