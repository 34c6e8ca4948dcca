"""Which language a text is in, by its alphabet and its commonest words: enough to ask whether two are the same."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

_WORDS = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 4
"""Shorter texts are not judged."""


@cache
def _common() -> dict[str, frozenset[str]]:
    loaded = yaml.safe_load(files("drills.tone").joinpath("languages.yaml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in loaded.items()}


def detect(text: str) -> str:
    """Two letters (en fr es de it pt nl lv ru zh ja), or '' where the text is too short to say."""
    sample = text[:2000].lower()
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return ""
    kana = sum("\u3040" <= c <= "\u30ff" for c in letters)
    han = sum("\u4e00" <= c <= "\u9fff" for c in letters)
    if (kana + han) * 3 > len(letters) and kana + han >= LEAST_WORDS:
        return "ja" if kana * 5 > han else "zh"
    words = _WORDS.findall(sample)
    if len(words) < LEAST_WORDS:
        return ""
    if sum("\u0400" <= c <= "\u04ff" for c in letters) * 2 > len(letters):
        return "ru"
    counts = {language: sum(word in common for word in words) for language, common in _common().items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    second = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= 2 and counts[best] > second else ""
