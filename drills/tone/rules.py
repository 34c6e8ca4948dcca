"""Applying a pack's rules to a text: which were hit, where, and what that adds up to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from drills.tone.context import Context
from drills.tone.pack import Pack, Rule
from drills.tone.text import Text
from engine.reading import PPM, Finding

FAULTS = frozenset(
    (
        "non_apology",
        "defensiveness",
        "unprofessional",
        "jargon_boilerplate",
        "overpromise_speculation",
        "personal_data_leak",
        "sameness",
    )
)
"""Dimensions on which more is worse."""

TOLD = frozenset(("leak.reveals",))
"""Rules that spare what the post itself says."""
_WORD = re.compile(r"[^\W_]{4,}")

MOST_HITS = 3
"""A rule that may repeat counts this often at most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule found at a place of `Text.plain`."""

    rule: Rule
    start: int
    end: int


def apply(pack: Pack, text: Text, context: Context) -> tuple[Hit, ...]:
    """Every hit of every rule that belongs to this channel and severity, in the pack's order."""
    hits: list[Hit] = []
    for rule in pack.rules:
        if context.channel_kind in rule.channels and context.severity in rule.severities:
            found = _hits(rule, text)
            hits.extend(found if rule.id not in TOLD else (hit for hit in found if not _told(hit, text, context)))
    return tuple(hits)


def _told(hit: Hit, text: Text, context: Context) -> bool:
    """Whether the person who is answered said it first: what somebody made public is no secret of theirs."""
    said = set(_WORD.findall(context.post.lower()))
    return said.issuperset(word for word in _WORD.findall(text.plain[hit.start : hit.end]) if word != "your")


def _hits(rule: Rule, text: Text) -> Iterable[Hit]:
    source = text.cased if rule.case else text.plain
    found = 0
    cancelled: bool | None = None
    for match in rule.pattern.finditer(source):
        if rule.unless is not None and _in_sentence(rule.unless, source, text, match.start()):
            continue
        if cancelled is None:
            cancelled = rule.unless_text is not None and rule.unless_text.search(source) is not None
        if cancelled:
            return
        start, end = _trimmed(source, match.start(), match.end())
        if start < end:
            yield Hit(rule, start, end)
            found += 1
            if found >= (MOST_HITS if rule.repeat else 1):
                return


def _in_sentence(pattern: re.Pattern[str], source: str, text: Text, at: int) -> bool:
    start, end = text.line(text.line_of(at))
    # A pattern over two sentences (sorry. However) starts in the first: the second is looked at by itself.
    return pattern.search(source[start:end]) is not None


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start] in " \n,":
        start += 1
    while end > start and source[end - 1] in " \n,":
        end -= 1
    return start, end


def totals(hits: Iterable[Hit]) -> dict[str, int]:
    """What the hits add up to per dimension, unclipped."""
    sums: dict[str, int] = {}
    for hit in hits:
        if hit.rule.dimension:
            sums[hit.rule.dimension] = sums.get(hit.rule.dimension, 0) + hit.rule.weight
        for dimension, weight in hit.rule.also.items():
            sums[dimension] = sums.get(dimension, 0) + weight
    return sums


def finding(hit: Hit, text: Text) -> Finding | None:
    """The evidence a hit gives, or None for one that only marks an act."""
    if not hit.rule.dimension or not hit.rule.weight:
        return None
    start, end = text.span(hit.start, hit.end)
    value = -hit.rule.weight if hit.rule.dimension in FAULTS else hit.rule.weight
    return Finding(hit.rule.dimension, start, end, hit.rule.id, value, hit.rule.why, hit.rule.tip)


def clipped(value: int) -> int:
    return max(0, min(PPM, value))
