"""What no single phrase shows: shared words, an answer given, a promise with a time, a name, shouting, sameness.

Each finder says where in `Text.plain` the evidence stands; the wording and the weight are the pack's `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.tone import manner
from drills.tone.context import stem
from drills.tone.sameness import SAME
from drills.tone.seen import WORD, Marked, Seen, first_of, meets, named_person, plain_at, words
from drills.tone.text import plain

_CAPITALS = re.compile(r"(?<![\w@#])[A-Z]{2,}(?![\w/@.-])")
FEW_LOUD = 4
_PRIVATE_VOICES = frozenset(("employee", "colleague"))


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
            manner.find,
        )
        for marked in finder(seen)
    )


def _shared(seen: Seen) -> Iterator[Marked]:
    wanted = seen.at.post_words or seen.at.topic_words
    content = words(seen.text, seen.pack)
    shared: dict[str, tuple[int, int]] = {}
    for word, start, end in content:
        if word not in shared and meets(word, wanted):
            shared[word] = (start, end)
    if shared:
        told = next(((start, end) for start, end in shared.values() if end - start > 1), (0, 0))
        yield seen.mark("ack.shares-words", *told, share=100 * min(3, len(shared)))
    distinct = {word for word, _, _ in content} - set(shared)
    unanswered = seen.at.need == "question" and not shared and not any(_answered(seen))
    if len(distinct) >= 4 and content and not unanswered:
        steps = 1 + (len(distinct) >= 8) + (seen.at.statement and len(distinct) >= 16)
        yield seen.mark("ack.concrete", 0, 0, share=100 * steps)  # of the whole: no one word shows it


def _answered(seen: Seen) -> Iterator[Marked]:
    if not seen.at.asks or any(hit.rule.id == "unprof.promotes" for hit in seen.hits):
        return
    opening = seen.pack.patterns["answers"].search(seen.text.plain)
    particular = seen.pack.patterns["particular"].search(seen.text.plain)
    if opening is None and particular is None:
        opening = particular = _chosen(seen)
    if opening is not None:
        yield seen.mark("ack.answers", opening.start(), opening.end())
    elif particular is not None and seen.at.need == "question":
        yield seen.mark("ack.answers", particular.start(), particular.end(), share=60)
    if seen.at.need == "question" and particular is not None:
        yield seen.mark("action.answers", particular.start(), particular.end())


def answers(seen: Seen) -> bool:
    """Whether a question is answered, or at least spoken of."""
    return any(_answered(seen)) or any(meets(word, seen.at.post_words) for word, _, _ in words(seen.text, seen.pack))


def _chosen(seen: Seen) -> re.Match[str] | None:
    """A place told to one who asks where, or one of two things named to one who asks which."""
    post = plain(seen.context.post)
    if seen.pack.patterns["asks_where"].search(post):
        return seen.pack.patterns["place"].search(seen.text.plain)
    if seen.pack.patterns["asks_which"].search(post):
        first = seen.text.opening(1)
        return next((match for match in WORD.finditer(first) if stem(match[0]) in seen.at.post_words), None)
    return None


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


def _timed(seen: Seen) -> Iterator[Marked]:
    for item in seen.timed[:1]:
        yield seen.mark("action.timed", item.start, item.end)


def _voice(seen: Seen) -> Iterator[Marked]:
    text = seen.text
    if seen.signature.name:
        start = plain_at(text, seen.signature.start)
        end = plain_at(text, seen.signature.end - 1) + 1
        initials = len(seen.signature.name) <= 3 and seen.signature.name.isupper()
        yield seen.mark("voice.signed", start, max(end, start + 1), share=50 if initials else 100)
    named = named_person(seen)
    if named is not None:
        yield seen.mark("voice.name", *named)
    if text.contractions and not seen.at.statement:
        yield seen.mark("voice.contractions", *text.contractions[0], share=200 if len(text.contractions) > 1 else 100)


def _shouted(seen: Seen) -> Iterator[Marked]:
    scenario = seen.context.scenario
    known = f"{seen.context.post} {seen.context.about} {scenario.brand.name if scenario else ''}"
    shouted = [
        match
        for match in _CAPITALS.finditer(seen.text.cased)
        if match[0].lower() not in seen.pack.words["acronyms"] and match[0] not in known
    ]
    loud = [match for match in shouted if len(match[0]) > 3]
    # A few words in capitals in a long text are stressed, or the name of a button: nobody shouts.
    if len(shouted) <= FEW_LOUD and 6 * len(shouted) < len(WORD.findall(seen.text.plain)):
        return
    all_loud = len(shouted) >= 3 and 2 * len(shouted) >= len(WORD.findall(seen.text.plain))
    if len(loud) >= 2 or all_loud:
        first = (loud or shouted)[0]
        yield seen.mark("register.shouts", first.start(), first.end(), share=125 if all_loud or len(loud) > 3 else 100)


def _named(seen: Seen) -> Iterator[Marked]:
    """An employee of the cast, by full name, in public, who neither signs nor is answered."""
    scenario = seen.context.scenario
    if scenario is None or seen.at.private:
        return
    signs = plain_at(seen.text, seen.signature.start) if seen.signature.name else len(seen.text.plain)
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


