"""What the finders and the gates look at: a text with everything that is known about it, and how to look.

Places are always places of `Text.plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from drills.tone.context import Context, Situation, stem
from drills.tone.pack import Mark, Pack
from drills.tone.promises import Timed
from drills.tone.rules import FAULTS, Hit
from drills.tone.signature import Signature
from drills.tone.text import Text, plain
from engine.reading import Finding

WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?:https?:|www\.)\S{1,400}|\S{1,60}@\S{2,60}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark, how much of it, and where."""

    mark: Mark
    amount: int
    """Parts per million of the dimension's range; below 0 it takes away."""
    start: int
    end: int

    def finding(self, text: Text) -> Finding:
        start, end = text.span(self.start, self.end)
        value = -self.amount if self.mark.dimension in FAULTS else self.amount
        return Finding(self.mark.dimension, start, end, self.mark.id, value, self.mark.why, self.mark.tip)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the finders look at."""

    pack: Pack
    text: Text
    context: Context
    at: Situation
    hits: tuple[Hit, ...]
    timed: tuple[Timed, ...]
    signature: Signature
    sameness: int | None

    def mark(self, name: str, start: int, end: int, share: int = 100) -> Marked:
        """The pack's mark at a place of `Text.plain`; `share` is per cent of its weight."""
        mark = self.pack.marks[name]
        return Marked(mark, mark.weight * share // 100, start, end)


def words(text: Text, pack: Pack) -> tuple[tuple[str, int, int], ...]:
    """The content words of a text: stem, and where each stands."""
    return _words(text.plain, pack.words["empty"])


@lru_cache(maxsize=64)
def _words(text: str, empty: frozenset[str]) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (stem(match[0]), match.start(), match.end())
        for match in WORD.finditer(without_links(text))
        if (len(match[0]) > 2 or match[0].isdigit()) and match[0] not in empty
    )


def without_links(text: str) -> str:
    """The text with blanks where addresses stood, every other character in its place."""
    return _LINK.sub(lambda match: " " * len(match[0]), text)


def meets(word: str, wanted: frozenset[str]) -> bool:
    """Whether a stem is among others, near relations included (`secur` and `securit`)."""
    if word in wanted:
        return True
    return len(word) >= 5 and any(
        len(other) >= 5 and (other.startswith(word) or word.startswith(other)) for other in wanted
    )


def first_of(part: str, phrases: Iterable[str]) -> tuple[int, int] | None:
    """Where the first of some authored words or phrases stands in a plain text; a plural or another ending may
    follow."""
    for phrase in phrases:
        wanted = plain(phrase)
        if not wanted:
            continue
        at = part.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            ending = _ending(part, end, wanted)
            if (at == 0 or not part[at - 1].isalnum()) and ending is not None:
                return at, end + len(ending)
            at = part.find(wanted, at + 1)
    return None


def _ending(part: str, end: int, wanted: str) -> str | None:
    """What a word ends on from here, or None where another word stands here; short words (`ad`, `hot`) take a plural
    only."""
    tail = re.match(r"[^\W_]{0,4}", part[end : end + 4])
    ending = tail[0] if tail else ""
    long = len(wanted) > 3 and ending in ("d", "ed", "ing", "er", "ers", "ly", "y")
    return ending if long or ending in ("", "s", "es") else None


def plain_at(text: Text, raw: int) -> int:
    """The place of `Text.plain` that shows a character of the text as typed."""
    low, high = 0, len(text.starts) - 1
    while low < high:
        middle = (low + high) // 2
        if text.ends[middle] <= raw:
            low = middle + 1
        else:
            high = middle
    return low


def named_person(seen: Seen) -> tuple[int, int] | None:
    """Where a text names whoever it answers. Short names (`Mo`, `Li`) only as they are written, with their capital:
    they are words as well."""
    names = WORD.findall(seen.context.author_name)
    parts = {part.lower() for part in names if len(part) > 2}
    short = {part for part in names if len(part) == 2 and part.istitle()}
    for match in WORD.finditer(seen.text.cased):
        low = match[0].lower()
        if low in parts or (match[0] in short and low not in seen.pack.words["empty"]):
            return match.start(), match.end()
    return called(seen)


def called(seen: Seen) -> tuple[int, int] | None:
    """Where a text calls somebody by name, as in a greeting."""
    for match in seen.pack.patterns["named"].finditer(seen.text.cased):
        group = "first" if match["first"] else "last"
        name = match[group].lower()
        if name not in seen.pack.words["not_names"] and name not in seen.pack.words["empty"]:
            return match.start(group), match.end(group)
    return None
