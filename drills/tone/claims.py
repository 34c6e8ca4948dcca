"""Which facts and falsehoods of the fact sheet a text says, and whether it may.

Rules
1. A phrase of `said_as` says its fact wherever it stands, whatever the capitals; `*` stands for up to three words.
2. A negation shortly before it, in the same clause, takes it back ("we were not hacked"), unless the phrase itself
   holds one ("not a recall").
3. A question, and what hangs on "whether", claims nothing. A falsehood that a sentence calls false, a rumour or a
   lie, or that hangs on "if", is not said either.
4. A fact's own sentence, as the composer inserts it, says the fact.
5. What nobody here can know yet is not claimed by giving the person who is answered their own experience back
   (retold.py): to have heard it is all that it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from drills.tone.context import Context
from drills.tone.pack import Pack
from drills.tone.retold import CLAUSE, repeats
from drills.tone.text import Text, plain
from engine.reading import Claim, Verdict
from scenarios.model import Fact, Falsehood

NEAR = 5
"""How many words before a phrase a negation may stand."""

_WORD = re.compile(r"[\w'-]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim and the place of `Text.plain` where it is made."""

    claim: Claim
    start: int
    end: int


def find(text: Text, context: Context, pack: Pack) -> tuple[Said, ...]:
    """Every fact and falsehood that the text says, each once, in the order of the scenario."""
    scenario = context.scenario
    if scenario is None:
        return ()
    said: list[Said] = []
    flat = text.plain.replace("\n", " ")
    for fact in scenario.facts:
        verdict = _verdict(fact, context.now_ms)
        heard = context if verdict == "unknown" and fact.sayable is not None else None
        place = _sentence(fact, flat) or _said(text, fact.said_as, pack, heard=heard)
        if place is not None:
            said.append(Said(Claim(fact.id, verdict), *place))
    for falsehood in scenario.falsehoods:
        place = _said(text, falsehood.said_as, pack, doubtful=True)
        if place is not None:
            said.append(Said(Claim(falsehood.id, _wrong(falsehood)), *place))
    return tuple(said)


def _verdict(fact: Fact, now_ms: int) -> Verdict:
    if now_ms < fact.known:
        return "unknown"
    if fact.sayable is None or now_ms < fact.sayable:
        return "too_early"
    return "true"


def _wrong(falsehood: Falsehood) -> Verdict:
    if falsehood.safety:
        return "unsafe"
    return "lie" if falsehood.lie else "false"


def _sentence(fact: Fact, flat: str) -> tuple[int, int] | None:
    wanted = plain(fact.insert or fact.text).strip(" .!")
    at = flat.find(wanted) if wanted else -1
    return None if at < 0 else (at, at + len(wanted))


def _said(
    text: Text, phrases: tuple[str, ...], pack: Pack, *, doubtful: bool = False, heard: Context | None = None
) -> tuple[int, int] | None:
    """Where one of the phrases is said, or None. `doubtful`: they say a falsehood. `heard`: what repeats the person
    who is answered there is not said."""
    for phrase in phrases:
        pattern = _pattern(phrase)
        if pattern is None:
            continue
        for match in pattern.finditer(text.plain):
            start, end = text.line(text.line_of(match.start()))
            before, after = text.plain[start : match.start()], text.plain[match.end() : end]
            if _taken_back(before, match[0], after, pack, doubtful=doubtful):
                continue
            if heard is None or not repeats(text, match.start(), match.end(), heard, pack):
                return match.start(), match.end()
    return None


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str] | None:
    """A phrase as a pattern over plain text; None for an empty one."""
    words = plain(phrase.replace("*", " * ")).split()
    while words and words[0] == "*":
        words.pop(0)
    while words and words[-1] == "*":
        words.pop()
    if not words:
        return None
    source = re.escape(words[0])
    for previous, word in pairwise(words):
        if word == "*":
            source += r"(?:,? [^\s,;]{1,30}){0,3}"
        else:
            source += (",? " if previous == "*" else " ") + re.escape(word)
    return re.compile(rf"(?<!\w){source}(?!\w)")


def _taken_back(before: str, phrase: str, after: str, pack: Pack, *, doubtful: bool) -> bool:
    """Whether a sentence that holds the phrase does not claim it. `doubtful`: the phrase is a falsehood."""
    if after.rstrip().endswith("?") or re.search(r"\bwhether\b", before):
        return True
    clause = CLAUSE.split(before)[-1]
    false = pack.patterns["called_false"]
    if doubtful and (re.search(r"\bif\b", clause) or false.search(before) or false.search(after)):
        return True
    negations = pack.words["negations"]
    if negations.intersection(phrase.split()):
        return False
    return not negations.isdisjoint(_WORD.findall(clause)[-NEAR:])
