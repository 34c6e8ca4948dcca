"""Which language a text is in, by its alphabet, its commonest words and their endings: enough to ask whether two are
the same. And how a text is spelt for the rules of its language: letter for letter, so that evidence keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from scenarios.packaged import packaged

_WORDS = re.compile(r"[^\W\d_]+(?:n['’]t|['’](?:m|re|ll|ve|d)\b)?")
_GENITIVE = re.compile(r"(?<=\w)['’]s\b")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)(?=['’][^\W\d_]{2})")
"""A letter before an apostrophe: a word left short in French and its neighbours."""
LEAST_WORDS = 4
"""Shorter texts are not judged."""
SAMPLE = 2_000
"""Characters that are looked at."""


@cache
def _data() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = packaged("drills.tone", "languages.yaml")
    return loaded


@cache
def common(language: str) -> frozenset[str]:
    """The commonest words of a language, as typed with and without their accents."""
    words = str(_data()["common"].get(language, ""))
    return frozenset((*words.split(), *respell(words, language).split()))


@cache
def _weights() -> Mapping[str, Mapping[str, int]]:
    """What a word counts for each language that has it: the more languages share it, the less."""
    points = _data()["points"]
    languages = tuple(_data()["common"])
    words = {word for language in languages for word in common(language)}
    weights = {}
    for word in words:
        having = [language for language in languages if word in common(language)]
        weights[word] = dict.fromkeys(having, points["word"] // len(having))
    return weights


@lru_cache(maxsize=1_024)
def detect(text: str) -> str:
    """Two letters (en fr es de it pt nl lv ru uk zh ja), or '' where the text is too short to say."""
    sample = text[:SAMPLE].lower()
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return ""
    kana = sum("\u3040" <= c <= "\u30ff" for c in letters)
    han = sum("\u4e00" <= c <= "\u9fff" for c in letters)
    if (kana + han) * 3 > len(letters) and kana + han >= LEAST_WORDS:
        return "ja" if kana * 5 > han else "zh"
    words = _WORDS.findall(_GENITIVE.sub("", sample))
    if len(words) < LEAST_WORDS:
        return ""
    if sum("\u0400" <= c <= "\u04ff" for c in letters) * 2 > len(letters):
        return "uk" if any(c in "іїєґ" for c in letters) else "ru"
    return _by_words(words, len(_ELIDED.findall(sample)))


def _by_words(words: list[str], elided: int) -> str:
    points = _data()["points"]
    counts = dict.fromkeys(_data()["common"], 0)
    for language in ("fr", "it"):
        counts[language] += elided * points["elided"]
    for word in words:
        word = word.replace("’", "'")
        for language, weight in _weights().get(word, {}).items():
            counts[language] += weight
        for language, own in _data()["letters"].items():
            counts[language] += points["letter"] * any(letter in own for letter in word)
        for language, endings in _endings().items():
            counts[language] += points["ending"] * (len(word) > 4 and word.endswith(endings))
    ranked = sorted(counts, key=lambda language: (counts[language], language == "en"), reverse=True)
    best, second = ranked[0], ranked[1]
    return best if counts[best] >= points["least"] and counts[best] >= counts[second] + points["lead"] else ""


@cache
def _endings() -> Mapping[str, tuple[str, ...]]:
    return {language: tuple(endings.split()) for language, endings in _data()["endings"].items()}


@cache
def _table(language: str) -> Mapping[int, int]:
    plain = _data()["plain"].get(language)
    if plain is None:
        return {}
    shown, meant = plain["shown"], plain["meant"]
    return str.maketrans(shown + shown.upper(), meant + meant.upper())


def respell(text: str, language: str) -> str:
    """The text as the rules of a language see it, of the same length: accents that many people leave out are left out,
    and a full stop of a script without spaces is a new line."""
    return text.translate(_table(language))


def signs(name: str) -> bool:
    """Whether a name found at the end of a text can be one: capitals where the script has them, else four signs."""
    parts = [part for part in re.split(r"[ .]", name) if part]
    if any("\u4e00" <= c <= "\u9fff" for c in name):
        return len(name) <= 4
    return all(not part[0].islower() for part in parts)
