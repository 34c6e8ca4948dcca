"""Repeating what somebody told us: giving people their own experience back is listening, and claims nothing.

Rules
1. Only an answer to a person repeats, in public or in private: a statement speaks for itself.
2. They have told it: in one clause or one sentence of theirs, neither asked nor denied.
3. It stays theirs: it stands beside a `you` or `your` ("your soup was cold"), or else in a sentence that regrets it or
   speaks of them ("I'm sorry the lid came off") and does not say that they are right.
4. Whoever speaks in the same clause of ourselves, of a cause or of guilt claims it: "your child was hurt by our soup".

A language whose pack has no words for this repeats nothing, so that there a claim stays a claim.
"""

from __future__ import annotations

import re

from drills.tone.context import Context, content_words
from drills.tone.pack import Pack
from drills.tone.text import Text, make

CLAUSE = re.compile(r"[,;:.()!-] |\bbut\b|\band\b(?= (?:we|i|it|the|that|this|they)\b)")
"""Where one clause ends and the next begins, in plain text."""
NEAR = 3
"""So many words before a phrase a `your` may stand: "your poor tomato soup was cold"."""
_WORD = re.compile(r"[\w'-]+")


def repeats(text: Text, start: int, end: int, context: Context, pack: Pack) -> bool:
    """Whether the phrase at this place of `text.plain` gives back what the person who is answered has told."""
    said = (context.post, *context.above)
    if context.channel_kind == "statement" or not any(said):
        return False
    first, last = text.line(text.line_of(start))
    before, phrase, after = text.plain[first:start], text.plain[start:end], text.plain[end:last]
    return _theirs(before, phrase, after, pack) and _told(phrase, said, pack)


def _theirs(before: str, phrase: str, after: str, pack: Pack) -> bool:
    you, us, patterns = pack.words["you"], pack.words["us"], pack.patterns
    lead = CLAUSE.split(before)[-1]
    turns = list(patterns["turns_to_you"].finditer(lead))
    if turns:  # before it stands who is sorry, who has read it
        lead = lead[turns[-1].end() :]
    clause = f"{lead}{phrase}{CLAUSE.split(after)[0]}"
    if not us.isdisjoint(_WORD.findall(clause)) or patterns["blames"].search(clause):
        return False
    if not you.isdisjoint([*_WORD.findall(lead)[-NEAR:], *_WORD.findall(phrase)]):
        return patterns["agrees"].search(lead) is None
    loosely = bool(turns) or not you.isdisjoint(_WORD.findall(f"{before} {after}"))
    return loosely and patterns["agrees"].search(f"{before}{phrase}{after}") is None


def _told(phrase: str, said: tuple[str, ...], pack: Pack) -> bool:
    wanted, denies = content_words(phrase, pack), pack.words["negations"]
    denied = not denies.isdisjoint(phrase.split())
    lines = [line for one in said for line in make(one).plain.split("\n") if not line.endswith("?")]
    parts = [part for line in lines for part in (line, *CLAUSE.split(line))]
    return bool(wanted) and any(
        wanted <= content_words(part, pack) and denied is not denies.isdisjoint(_WORD.findall(part)) for part in parts
    )
