"""Who signs a text: `— Jo Calder, head of Brightpan`, `^JR`, `/FC`, `-Rene`, `Nadia, Café Lumo`, `Gus`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from drills.tone.pack import Pack
from drills.tone.text import lower

TAIL = 120
"""A signature stands in the last characters of a text; nothing before is looked at."""

_NAME = r"[^\W\d_a-z][^\W\d_]{0,20}(?:['’-][^\W\d_]{1,20})?"
_TITLE = r"(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?"
_ROLE = r"(?:(?:,| at| from| of|\s{0,2}[|/-]| ·) ?[^\n.!?;:]{2,60})?"
_MARKED = re.compile(
    rf"(?:^|\s|(?<=[.!?)]))(?P<mark>[-–—~*^/]{{1,2}}) ?(?P<name>{_TITLE}{_NAME}(?: {_NAME}){{0,3}})"
    rf"(?P<role>{_ROLE})[.!]?$"
)
_CLOSE = r"(?:(?:Best|All the best|Best wishes|Take care|Yours|Regards|Kind regards|Thanks|Cheers|Sincerely),? ?\n?)?"
_PLAIN = re.compile(
    rf"(?:^|[.!?)…\n\"”] ?\n?|[.!?] |/\S{{0,100}} ){_CLOSE}"
    rf"(?P<name>{_TITLE}{_NAME}(?: {_NAME}){{0,2}})(?P<role>(?:, ?[^\n.!?;:,]{{2,50}})?)[.]?$"
)
_INTRO = re.compile(
    rf"(?:^|[.!?,] )(?P<name>{_NAME}(?: {_NAME})?) here[.,:!]"
    rf"|(?:[Tt]his is|[Mm]y name is) (?P<other>{_NAME}(?: {_NAME})?)(?=[ ,.!])"
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|will|can|have|has|had|do|does|please|you|your|we|i|it|this|that|the)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The name that signs, and where the signature begins and ends; ('', -1, -1) for none."""

    name: str
    start: int
    end: int


NONE = Signature("", -1, -1)


def find(raw: str, pack: Pack, brands: Iterable[str] = ()) -> Signature:
    """The signature of a text. A brand's or a team's name alone is none: nobody stands behind it."""
    end = len(raw.rstrip())
    begin = max(0, end - TAIL)
    tail = raw[begin:end]
    for pattern in (_MARKED, _PLAIN):
        match = pattern.search(tail)
        if match is None or (match.start("name") == 0 and begin == 0 and pattern is _PLAIN):
            continue
        name = match["name"]
        if _signs(name, match["role"], pack, brands):
            start = match.start("mark") if pattern is _MARKED else match.start("name")
            return Signature(name, begin + start, end)
    intro = _INTRO.search(raw[:TAIL])
    if intro is not None:
        name = intro["name"] or intro["other"]
        if _signs(name, "", pack, brands):
            return Signature(name, intro.start(1) if intro["name"] else intro.start(2), intro.end())
    return NONE


def _signs(name: str, role: str, pack: Pack, brands: Iterable[str]) -> bool:
    words = [word.strip(".,").lower() for word in name.split()]
    if any(word in pack.words["not_names"] for word in words) or _VERBS.search(name):
        return False
    if len(words) == 1 and name.isupper() and len(name) > 3:
        return False
    role_says = role.strip(" ,").lower()
    if _VERBS.search(role_says) and not role_says.startswith(("head of the", "the ")):
        return False
    return lower(name) not in {lower(brand) for brand in brands}
