"""Measures of a body of short texts: how long, how varied, how alike, how typed.

The measures and their targets are those of public data: 9,082 complaints to airlines (2015), 1,285 first posts to
brands (2017), 3,972 negative posts (2017). Words are lower-case tokens without links and @names; a hashtag is kept as a
word.
Two texts are near-duplicates when their word sets have a Jaccard index of 0.7 or more.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, pstdev

_WORD = re.compile(r"#?\w+(?:['’]\w+)*")
_CAPS = re.compile(r"\b[A-Z]{4,}\b")
_HASHTAG = re.compile(r"(?<!\w)#\w+")
_NEAR = 0.7


@dataclass(frozen=True, slots=True)
class Language:
    """What 1,000 texts look like."""

    texts: int
    words: float
    words_sd: float
    distinct_2: float
    distinct_3: float
    exact: float
    """Per 1,000 texts, those that are the same as an earlier one."""
    near: float
    """Per 1,000 texts, those that are nearly the same as an earlier one."""
    openings: float
    """Distinct first three words per 1,000 texts."""
    top_opening: float
    """The share of the most frequent one, per cent."""
    self_bleu: float
    question: float
    exclamation: float
    hashtag: float
    capitals: float


def tokens(text: str) -> list[str]:
    """The words of a text, lower case."""
    bare = re.sub(r"https?://\S+|@[\w.]+", " ", text)
    return [word.lower() for word in _WORD.findall(bare)]


def near_duplicates(texts: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """(later, earlier) pairs of nearly the same word set, one pair for each later text."""
    sets = [set(words) for words in texts]
    where: dict[str, list[int]] = {}
    found = []
    for number, words in enumerate(sets):
        shared: Counter[int] = Counter()
        for word in words:
            shared.update(where.get(word, ()))
        for other, both in shared.items():
            if both / (len(words) + len(sets[other]) - both) >= _NEAR:
                found.append((number, other))
                break
        for word in words:
            where.setdefault(word, []).append(number)
    return found


def measure(texts: Sequence[str]) -> Language:
    """The measures of these texts."""
    split = [tokens(text) for text in texts]
    lengths = [len(words) for words in split]
    count = len(texts)
    per_1000 = 1000 / count
    openings = Counter(tuple(words[:3]) for words in split)
    seen: set[tuple[str, ...]] = set()
    exact = 0
    for words in split:
        exact += tuple(words) in seen
        seen.add(tuple(words))

    def percent(hits: int) -> float:
        return 100 * hits / count

    return Language(
        count,
        mean(lengths),
        pstdev(lengths),
        _distinct(split, 2),
        _distinct(split, 3),
        exact * per_1000,
        len(near_duplicates(split)) * per_1000,
        len(openings) * per_1000,
        percent(openings.most_common(1)[0][1]),
        _self_bleu(split),
        percent(sum("?" in text for text in texts)),
        percent(sum("!" in text for text in texts)),
        percent(sum(bool(_HASHTAG.search(text)) for text in texts)),
        percent(sum(bool(_CAPS.search(text)) for text in texts)),
    )


def _grams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def _distinct(split: Sequence[Sequence[str]], n: int) -> float:
    grams = [gram for words in split for gram in _grams(words, n)]
    return len(set(grams)) / max(1, len(grams))


def _self_bleu(split: Sequence[Sequence[str]]) -> float:
    """Mean BLEU-4 of a text against the others; where no run of n words recurs a tenth of one is counted (Chen and
    Cherry 2014, method 1)."""
    best: list[dict[tuple[str, ...], list[tuple[int, int]]]] = []
    for n in range(1, 5):
        top: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for number, words in enumerate(split):
            for gram, times in Counter(_grams(words, n)).items():
                top.setdefault(gram, []).append((times, number))
        best.append({gram: sorted(all_of, reverse=True)[:2] for gram, all_of in top.items()})
    scores = []
    for number in range(len(split)):
        words = split[number]
        if len(words) < 4:
            continue
        logs = 0.0
        for n in range(1, 5):
            grams = Counter(_grams(words, n))
            hit = sum(
                min(times, next((most for most, other in best[n - 1][gram] if other != number), 0))
                for gram, times in grams.items()
            )
            logs += math.log((hit or 0.1) / sum(grams.values()))
        scores.append(math.exp(logs / 4))
    return mean(scores)


def shared_words(texts: Sequence[str]) -> list[tuple[tuple[str, ...], int]]:
    """The three-word runs that occur most, for whoever writes the texts."""
    return Counter(gram for text in texts for gram in set(_grams(tokens(text), 3))).most_common(30)


__all__ = ["Language", "measure", "near_duplicates", "shared_words", "tokens"]
