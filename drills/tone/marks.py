"""What no single phrase shows: shared words, an answer given, a promise with a time, a name, shouting, sameness.

Each finder says where in `Text.plain` the evidence stands; the wording and the weight are the pack's `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drills.tone.context import Context, Situation, stem
from drills.tone.pack import Mark, Pack
from drills.tone.promises import Timed
from drills.tone.rules import FAULTS, Hit
from drills.tone.sameness import SAME
from drills.tone.signature import Signature
from drills.tone.text import Text, plain
from engine.reading import Finding

_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?:https?:|www\.)\S{1,400}|\S{1,60}@\S{2,60}")
_CAPITALS = re.compile(r"(?<![\w@#])[A-Z]{2,}(?![\w/@.-])")
_PRIVATE_VOICES = frozenset(("employee", "colleague"))


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


def find(seen: Seen) -> tuple[Marked, ...]:
    """Every mark that applies."""
    if not seen.text.plain:
        return ()
    return tuple(
        marked
        for finder in (
            _shared,
            _answered,
            _affected,
            _timed,
            _voice,
            _shouted,
            _named,
            _canned,
            _unnamed_wrong,
        )
        for marked in finder(seen)
    )


def words(text: Text, pack: Pack) -> list[tuple[str, int, int]]:
    """The content words of a text: stem, and where each stands."""
    empty = pack.words["empty"]
    return [
        (stem(match[0]), match.start(), match.end())
        for match in _WORD.finditer(without_links(text.plain))
        if (len(match[0]) > 2 or match[0].isdigit()) and match[0] not in empty
    ]


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


def _shared(seen: Seen) -> Iterator[Marked]:
    wanted = seen.at.post_words or seen.at.topic_words
    content = words(seen.text, seen.pack)
    shared: dict[str, tuple[int, int]] = {}
    for word, start, end in content:
        if word not in shared and meets(word, wanted):
            shared[word] = (start, end)
    if shared:
        yield seen.mark("ack.shares-words", *next(iter(shared.values())), share=100 * min(3, len(shared)))
    distinct = {word for word, _, _ in content} - set(shared)
    if len(distinct) >= 4 and content:
        steps = 1 + (len(distinct) >= 8) + (seen.at.statement and len(distinct) >= 16)
        yield seen.mark("ack.concrete", content[0][1], content[0][2], share=100 * steps)


def _answered(seen: Seen) -> Iterator[Marked]:
    if not seen.at.asks:
        return
    opening = seen.pack.patterns["answers"].search(seen.text.plain)
    particular = seen.pack.patterns["particular"].search(seen.text.plain)
    if opening is not None:
        yield seen.mark("ack.answers", opening.start(), opening.end())
    elif particular is not None and seen.at.need == "question":
        yield seen.mark("ack.answers", particular.start(), particular.end(), share=60)
    if seen.at.need == "question" and particular is not None:
        yield seen.mark("action.answers", particular.start(), particular.end())


def _affected(seen: Seen) -> Iterator[Marked]:
    if seen.context.level < 2 or seen.context.scenario is None:
        return
    harmed = {word for theme in seen.at.themes for word in theme.harmed}
    if not harmed:
        return
    place = first_of(seen.text.opening(2), sorted(harmed))
    if place is not None:
        yield seen.mark("empathy.names-affected", *place)
    elif seen.at.statement:
        yield seen.mark("empathy.missing", *seen.text.line(0))


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
            if (at == 0 or not part[at - 1].isalnum()) and _ends(part, end, wanted):
                return at, end
            at = part.find(wanted, at + 1)
    return None


def _ends(part: str, end: int, wanted: str) -> bool:
    """Whether a word ends here, or after a common ending; short words (`ad`, `hot`) take a plural only."""
    tail = re.match(r"[^\W_]{0,4}", part[end : end + 4])
    ending = tail[0] if tail else ""
    return ending in ("", "s", "es") or (len(wanted) > 3 and ending in ("d", "ed", "ing", "er", "ers", "ly", "y"))


def _timed(seen: Seen) -> Iterator[Marked]:
    for item in seen.timed[:1]:
        yield seen.mark("action.timed", item.start, item.end)


def _voice(seen: Seen) -> Iterator[Marked]:
    text = seen.text
    if seen.signature.name:
        start = _plain_at(text, seen.signature.start)
        end = _plain_at(text, seen.signature.end - 1) + 1
        initials = len(seen.signature.name) <= 3 and seen.signature.name.isupper()
        yield seen.mark("voice.signed", start, max(end, start + 1), share=50 if initials else 100)
    named = named_person(seen)
    if named is not None:
        yield seen.mark("voice.name", *named)
    if text.contractions and not seen.at.statement:
        yield seen.mark("voice.contractions", 0, 1, share=200 if text.contractions > 1 else 100)


def _plain_at(text: Text, raw: int) -> int:
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
    parts = {part.lower() for part in _WORD.findall(seen.context.author_name) if len(part) > 2}
    for match in _WORD.finditer(seen.text.plain):
        if match[0] in parts:
            return match.start(), match.end()
    for match in seen.pack.patterns["named"].finditer(seen.text.cased):
        group = "first" if match["first"] else "last"
        name = match[group].lower()
        if name not in seen.pack.words["not_names"] and name not in seen.pack.words["empty"]:
            return match.start(group), match.end(group)
    return None


def _shouted(seen: Seen) -> Iterator[Marked]:
    scenario = seen.context.scenario
    known = f"{seen.context.post} {seen.context.about} {scenario.brand.name if scenario else ''}"
    shouted = [
        match
        for match in _CAPITALS.finditer(seen.text.cased)
        if match[0].lower() not in seen.pack.words["acronyms"] and match[0] not in known
    ]
    loud = [match for match in shouted if len(match[0]) > 3]
    all_loud = len(shouted) >= 3 and 2 * len(shouted) >= len(_WORD.findall(seen.text.plain))
    if len(loud) >= 2 or all_loud:
        first = (loud or shouted)[0]
        yield seen.mark("register.shouts", first.start(), first.end(), share=125 if all_loud or len(loud) > 3 else 100)


def _named(seen: Seen) -> Iterator[Marked]:
    """An employee of the cast, by full name, in public, who neither signs nor is answered."""
    scenario = seen.context.scenario
    if scenario is None or seen.at.private:
        return
    signs = _plain_at(seen.text, seen.signature.start) if seen.signature.name else len(seen.text.plain)
    for member in scenario.cast:
        if member.voice in _PRIVATE_VOICES and " " in member.name and member.name != seen.context.author_name:
            place = first_of(seen.text.plain[:signs], [member.name])
            if place is not None:
                yield seen.mark("leak.cast-name", *place)


def _canned(seen: Seen) -> Iterator[Marked]:
    if seen.sameness is not None and seen.sameness >= SAME:
        yield Marked(seen.pack.marks["sameness.canned"], seen.sameness, 0, len(seen.text.plain))


def _unnamed_wrong(seen: Seen) -> Iterator[Marked]:
    values = next((hit for hit in seen.hits if hit.rule.id == "def.values"), None)
    if not seen.at.dignity or values is None or any(hit.rule.id == "own.wrong" for hit in seen.hits):
        return
    rest = seen.text.plain[: values.start] + seen.text.plain[values.end :]
    if seen.pack.patterns["dignity"].search(rest) is None:
        yield seen.mark("dignity.unnamed", values.start, values.end)
