"""How much a reply is the same as our last ones: canned answers are noticed, and passed around (S3-26, W59)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from drills.tone.text import plain
from engine.reading import PPM

SAME = 450_000
"""From here on it counts as the same text: real agents' different replies stay below 210,000."""
ALIKE = 900_000
"""The share of equal words from which two short texts are the same."""

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 400
_GRAM = 4


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(text[:4000])))[:_MOST_WORDS]


def sameness(text: str, history: Iterable[str]) -> int | None:
    """The likeness to the most alike of our earlier replies, in parts per million; None without any."""
    earlier = [_words(reply) for reply in history if reply.strip()]
    if not earlier:
        return None
    mine = _words(text)
    return max(_likeness(mine, theirs) for theirs in earlier)


def _likeness(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    if not mine or not theirs:
        return 0
    bags = Counter(mine), Counter(theirs)
    shared = (bags[0] & bags[1]).total()
    alike = 2 * shared * PPM // (len(mine) + len(theirs))
    grams = [{words[i : i + _GRAM] for i in range(max(1, len(words) - _GRAM + 1))} for words in (mine, theirs)]
    jaccard = len(grams[0] & grams[1]) * PPM // len(grams[0] | grams[1])
    return max(jaccard, alike if alike >= ALIKE else 0)
