"""A text made plain for rules: lower case, contractions spelt out, one space between words, one line a sentence.

Rules are written against `plain` only, so "We're sorry", "we are sorry" and "WE  ARE SORRY" are one pattern, and a
pattern without a line break can't reach into the next sentence. Every character of `plain` knows where it stood in
the text as typed, so evidence is shown there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?P<gap>\s+)|(?P<word>[^\W_]+(?:['’`´][^\W_]+)*)|(?P<mark>.)", re.DOTALL)
_HANDLES = re.compile(r"\s{0,9}(?:@[\w.]{1,40}[,:]?\s{1,9}){1,5}")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\ufe0f")
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "."}
)
_ABBREVIATION = re.compile(r"mrs?|ms|dr|st|prof|rev|vs|approx|inc|ltd|co|corp|no|nr|tel|[a-hj-z]")

_WHOLE = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "let's": "let us",
    "im": "i am", "ive": "i have", "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not",
    "wont": "will not", "isnt": "is not", "wasnt": "was not", "arent": "are not", "werent": "were not",
    "havent": "have not", "hasnt": "has not", "shouldnt": "should not", "couldnt": "could not",
    "wouldnt": "would not", "youre": "you are", "thats": "that is", "theres": "there is", "weve": "we have",
    "whats": "what is", "y'all": "you all",
}  # fmt: skip
_TAILS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would"}
_IS = frozenset(
    (
        "it",
        "that",
        "there",
        "here",
        "what",
        "who",
        "where",
        "he",
        "she",
        "how",
        "this",
        "everything",
        "everyone",
    )
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text, as typed and as rules see it. `plain` and `cased` differ in capitals only."""

    raw: str
    plain: str
    cased: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lines: tuple[int, ...]
    """Where each sentence begins in `plain`."""
    contractions: tuple[tuple[int, int], ...]
    """Where words stand in `plain` that were typed as one contraction: `we'll`."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]` stood in the text as typed."""
        if start >= end or not self.starts:
            return (0, 0)
        return self.starts[start], self.ends[end - 1]

    def line_of(self, at: int) -> int:
        """The number of the sentence, from 0, in which this place of `plain` lies."""
        return bisect_right(self.lines, at) - 1

    def line(self, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends in `plain`."""
        last = number + 1 >= len(self.lines)
        return self.lines[number], len(self.plain) if last else self.lines[number + 1] - 1

    def opening(self, sentences: int) -> str:
        """The first sentences of `plain`."""
        return self.plain if len(self.lines) <= sentences else self.plain[: self.lines[sentences]]


def lower(text: str) -> str:
    """Lower case, one character for one (the dotted capital I would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def expand(word: str) -> str:
    """A lower-case word with its contraction spelt out: `we're` to `we are`; other words as they are."""
    if word in _WHOLE:
        return _WHOLE[word]
    if "'" not in word:
        return word
    for tail, full in _TAILS.items():
        if word.endswith(tail) and len(word) > len(tail):
            return word[: -len(tail)] + full
    if word.endswith("'s") and word[:-2] in _IS:
        return word[:-2] + " is"
    return word


def plain(phrase: str) -> str:
    """A phrase in the form rules see, without sentence breaks: for comparing with `Text.plain`."""
    return make(phrase).plain.replace("\n", " ")


@lru_cache(maxsize=4_096)
def make(raw: str, break_at: int = -1) -> Text:
    """The text, ready for rules. `break_at` is a place in `raw` where a sentence ends (before a signature); the
    handles that a reply begins with stand on a line of their own."""
    out: list[str] = []
    cased: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    lines = [0]
    contractions: list[tuple[int, int]] = []
    length = 0
    word = last = mark = ""
    gap = False
    led = _HANDLES.match(raw)
    first = led.end() if led else -1
    for token in _TOKEN.finditer(raw):
        start, end = token.span()
        if token.lastgroup == "gap":
            gap = True
            broken = "\n" in token[0] or (last in ".!?" and last != "" and not _abbreviates(word, mark))
            if broken:
                last = "\n"
            continue
        piece = token[0]
        if piece in _INVISIBLE:
            continue
        ends_line = length and (last == "\n" or start in (break_at, first))
        if length and (gap or ends_line):
            out.append("\n" if ends_line else " ")
            cased.append(out[-1])
            starts.append(start - 1 if gap else start)
            ends.append(start if gap else start + 1)
            length += 1
            if ends_line:
                lines.append(length)
        gap = False
        shown = piece.translate(_MARKS)
        low = lower(shown)
        if token.lastgroup == "word":
            full = expand(low)
            if full != low and "'" in low:
                contractions.append((length, length + len(full)))
            word, last, mark = low, "", ""
        else:
            full = low
            # A closing quote or bracket after a full stop still ends the sentence; so does a run of stops.
            if low not in "\"')]}" or last not in ".!?":
                mark = mark + low if low in ".!?" else ""
                last = low
        out.append(full)
        if full == low:
            cased.append(shown)
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            cased.append(shown[0] + full[1:])
            starts.extend([start] * len(full))
            ends.extend([end] * len(full))
        length += len(full)
    return Text(raw, "".join(out), "".join(cased), tuple(starts), tuple(ends), tuple(lines), tuple(contractions))


def _abbreviates(word: str, mark: str) -> bool:
    """Whether a full stop belongs to the word before it: `Dr. Holm`, `J. Calder`, `5 p.m.`"""
    return mark == "." and _ABBREVIATION.fullmatch(word) is not None
