"""What outweighs everything else a text says: caps on its quality (weights.yaml), and the evidence for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from drills.tone import marks
from drills.tone.context import stem
from drills.tone.pack import Pack
from drills.tone.text import Text
from engine.reading import Finding

THIN_WORDS = 5
"""Fewer words than this are no answer to a complaint."""

_WORD = re.compile(r"[^\W_]+")
_MOVES = frozenset(
    (
        "sincere_apology",
        "ownership",
        "concrete_action",
        "private_channel",
        "empathy",
        "acknowledgement",
        "thanks",
    )
)
"""Dimensions of the stock moves of a good answer, which can be strung together without answering."""

_MARKS = {
    "off_topic": "gate.off-topic",
    "stuffed": "gate.stuffed",
    "no_instruction": "gate.no-instruction",
    "wrong_language": "language.wrong",
}


def held(seen: marks.Seen, acts: Mapping[str, int]) -> tuple[str, ...]:
    """Names of the caps that the text as a whole runs into."""
    if not seen.text.plain:
        return ()
    scenario = seen.context.scenario
    at_stake = scenario is not None and scenario.expected.instructs and seen.context.level >= 4
    names = []
    if off_topic(seen) and not (seen.at.pleads and "instructing" in acts):
        names.append("off_topic")
    if stuffed(seen):
        names.append("stuffed")
    if (seen.at.pleads or (at_stake and seen.at.statement)) and "instructing" not in acts:
        names.append("no_instruction")
    if seen.at.need in ("complaint", "harm") and len(seen.text.plain.split()) < THIN_WORDS:
        names.append("thin")
    return tuple(names)


def finding(name: str, pack: Pack, text: Text) -> Finding | None:
    """The evidence for a cap, or None for one that speaks for itself."""
    mark = pack.marks.get(_MARKS.get(name, ""))
    if mark is None:
        return None
    return marks.Marked(mark, mark.weight, 0, len(text.plain)).finding(text)


def stuffed(seen: marks.Seen) -> bool:
    """Whether it is right phrases strung together and nothing particular said, or a heap of words."""
    content = {word for word, _, _ in marks.words(seen.text, seen.pack) if not word.isdigit()}
    particular = content - {stem(word) for word in seen.pack.words["neutral"]}
    kinds = {hit.rule.id for hit in seen.hits if hit.rule.weight > 0 and hit.rule.dimension in _MOVES}
    spoken = _WORD.findall(marks.without_links(seen.text.plain))
    choppy = len(seen.text.lines) >= 4 and len(spoken) <= 6 * len(seen.text.lines)
    if len(kinds) >= 5 and (4 * len(content) <= len(kinds) or (choppy and len(particular) <= 1)):
        return True
    joints = sum(word in seen.pack.words["joints"] for word in spoken)
    return len(spoken) >= 8 and len(kinds) >= 3 and joints * 5 < len(spoken)


def off_topic(seen: marks.Seen) -> bool:
    """Whether eight words or more speak of something else: two words that stray, none shared with the post or the
    matter, not even a pronoun, and no question answered."""
    if len(seen.at.topic_words) < 3 or seen.at.need == "praise" or (seen.at.statement and not seen.at.themes):
        return False
    if len(_WORD.findall(seen.text.plain)) < 8 or marks.named_person(seen) is not None:
        return False
    if seen.at.asks and seen.pack.patterns["answers"].search(seen.text.plain):
        return False
    if seen.pack.patterns["refers"].search(seen.text.plain):
        return False
    neutral = {stem(word) for word in seen.pack.words["neutral"]}
    content = {word for word, _, _ in marks.words(seen.text, seen.pack)}
    strays = {word for word in content - neutral if not word.isdigit()}
    return len(strays) >= 2 and not any(marks.meets(word, seen.at.topic_words) for word in content)
