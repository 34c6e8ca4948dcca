"""What outweighs everything else a text says: caps on its quality (weights.yaml), and the evidence for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from drills.tone import marks
from drills.tone.context import stem
from drills.tone.pack import Pack
from drills.tone.seen import WORD, Marked, Seen, called, meets, named_person, without_links, words
from drills.tone.text import Text, make
from engine.reading import Finding

THINWORDS = 5
"""Fewer words than this are no answer to a complaint."""

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

STRAYS = 2
"""So many words about something else, and none about the matter, make a text an answer to another post."""
FEW_STRAYS = 5
"""Up to so many may stand in an answer, which has its own words."""
FAR_STRAYS = 6
"""So many, where all it shares with the post are a service desk's words (`order`, `late`, `friday`)."""
ECHOWORDS = 5
ECHO_PERCENT = 65
"""A text of whose words so many were the customer's own gives them back."""
LONGWORDS = 110
"""A public reply of more words than this, in which nothing is done, is talk."""
LATE_SENTENCE = 2
"""What people must do stands in the first two sentences (CERC)."""

LOST = 12
"""So many, where one word is shared by chance."""
GENERIC_WORDS = 25
"""So many words can name what they answer."""
BOASTS = 2
"""So many times may nobody praise himself who is complained to."""
MISTYPED = 3
"""So many words mistyped, and a text's topic can't be judged by its words."""
_WARM = frozenset(("thanks.specific", "thanks.formula", "polite.warm", "polite.greets", "voice.interjects"))
"""What answers a thank-you."""

_MARKS = {
    "off_topic": "gate.off-topic",
    "echo": "gate.echo",
    "talk": "gate.talk",
    "generic": "gate.generic",
    "wrong_person": "gate.wrong-person",
    "late_instruction": "gate.late-instruction",
    "stuffed": "gate.stuffed",
    "no_instruction": "gate.no-instruction",
    "wrong_language": "language.wrong",
}


def held(seen: Seen, acts: Mapping[str, int]) -> tuple[str, ...]:
    """Names of the caps that the text as a whole runs into."""
    if not seen.text.plain:
        return ()
    scenario = seen.context.scenario
    at_stake = scenario is not None and scenario.expected.instructs and seen.context.level >= 4
    names = []
    if generic(seen) and "instructing" not in acts:
        names.append("generic")
    if off_topic(seen, instructs=seen.at.pleads and "instructing" in acts):
        names.append("off_topic")
    if stuffed(seen):
        names.append("stuffed")
    must_instruct = (seen.at.pleads and not _settled(seen)) or (
        at_stake and (seen.at.statement or seen.at.need == "harm")
    )
    if must_instruct and "instructing" not in acts:
        names.append("no_instruction")
    elif at_stake and seen.at.statement and _instructs_late(seen):
        names.append("late_instruction")
    if echoes(seen) and "corrective" not in acts and "instructing" not in acts:
        names.append("echo")
    if talks(seen) and not {"corrective", "instructing", "compensation"} & set(acts):
        names.append("talk")
    if seen.at.need == "question" and not marks.answers(seen):
        names.append("unanswered")
    if boasts(seen):
        names.append("boasts")
    if wrong_person(seen):
        names.append("wrong_person")
    if (
        seen.at.need in ("complaint", "harm")
        and seen.at.wants not in ("fun", "troll")
        and len(seen.text.plain.split()) < THINWORDS
    ):
        names.append("thin")
    return tuple(names)


def finding(name: str, pack: Pack, text: Text) -> Finding | None:
    """The evidence for a cap, or None for one that speaks for itself."""
    mark = pack.marks.get(_MARKS.get(name, ""))
    if mark is None:
        return None
    return Marked(mark, mark.weight, 0, len(text.plain)).finding(text)


def stuffed(seen: Seen) -> bool:
    """Whether it is right phrases strung together and nothing particular said, or a heap of words."""
    content = {word for word, _, _ in words(seen.text, seen.pack) if not word.isdigit()}
    particular = content - _stems(seen.pack.words["neutral"])
    kinds = {hit.rule.id for hit in seen.hits if hit.rule.weight > 0 and hit.rule.dimension in _MOVES}
    spoken = WORD.findall(without_links(seen.text.plain))
    choppy = len(seen.text.lines) >= 4 and len(spoken) <= 6 * len(seen.text.lines)
    if "?" in seen.text.plain and "personal_data_leak" not in {hit.rule.dimension for hit in seen.hits}:
        choppy = False  # it asks the person something
    if len(kinds) >= 5 and (4 * len(content) <= len(kinds) or (choppy and len(particular) <= 1)):
        return True
    joints = sum(word in seen.pack.words["joints"] for word in spoken)
    return len(spoken) >= 8 and len(kinds) >= 3 and joints * 5 < len(spoken)


def off_topic(seen: Seen, *, instructs: bool = False) -> bool:
    """Whether eight words or more speak of something else: words that stray, and none shared with the post or the
    matter (a service desk's words alone are not enough where much strays), nor a question answered. `instructs`: it
    tells somebody in danger what to do, in words that need not be theirs."""
    at = seen.at
    if len(at.topic_words) < 3 or at.private or (at.statement and not at.themes):
        return False
    if len(WORD.findall(seen.text.plain)) < 8 or _known_name(seen):
        return False
    if at.wants == "fun" and not any(hit.rule.part == "regret" for hit in seen.hits):
        return False
    if at.need == "praise" and any(hit.rule.id in _WARM for hit in seen.hits):
        return False
    content = {word for word, _, _ in words(seen.text, seen.pack)}
    common = _stems(seen.pack.words["neutral"])
    twisted = _small_letters(seen.pack.words["neutral"], seen.pack.words["empty"])
    strays = {word for word in content - common if not word.isdigit() and _twist(word) not in twisted}
    if _mistyped(seen, twisted) >= MISTYPED:
        return False  # words that nobody can tell apart
    topic = _letters(at.topic_words)
    shared = {
        word
        for word in content
        if (meets(word, at.topic_words) or _twist(word) in topic) and not (word.isdigit() and len(word) < 3)
    }
    if shared:
        if _pairs(seen.text, seen.pack) & _pairs(make(seen.context.post), seen.pack):
            return False
        telling = shared - common - _stems(seen.pack.words["empty"]) - _stems(seen.pack.words["chance"])
        far = len(strays - shared)
        return (far >= FAR_STRAYS and not telling and at.need != "question") or (far >= LOST and len(telling) <= 1)
    if len(strays) <= FEW_STRAYS:
        answered = at.asks and seen.pack.patterns["answers"].search(seen.text.plain) is not None
        if instructs or answered:
            return False
        if len(strays) <= 3 and seen.pack.patterns["refers"].search(seen.text.plain):
            return False
    return len(strays) >= STRAYS


def generic(seen: Seen) -> bool:
    """Whether a public reply to a complaint goes on for a while and names nothing of it, not even in passing."""
    at = seen.at
    if at.need not in ("complaint", "harm") or at.wants != "complaint" or at.private or at.statement:
        return False
    if len(at.post_words) < 3 or len(WORD.findall(seen.text.plain)) < GENERIC_WORDS or _known_name(seen):
        return False
    if _mistyped(seen, _small_letters(seen.pack.words["neutral"], seen.pack.words["empty"])) >= MISTYPED:
        return False
    return not any(meets(word, at.topic_words) for word, _, _ in words(seen.text, seen.pack))


def _pairs(text: Text, pack: Pack) -> set[tuple[str, str]]:
    """Two words that stand together and say something: `27 years`, `row f`."""
    found = words(text, pack)
    return {(one[0], two[0]) for one, two in pairwise(found) if two[1] - one[2] == 1}


def _mistyped(seen: Seen, twisted: frozenset[str]) -> int:
    """How many small words stand there with their letters in the wrong order."""
    neutral, empty = seen.pack.words["neutral"], seen.pack.words["empty"]
    spoken = (match[0] for match in WORD.finditer(seen.text.plain))
    return sum(
        len(word) > 2 and word not in empty and word not in neutral and _twist(word) in twisted for word in spoken
    )


def echoes(seen: Seen) -> bool:
    """Whether a text mostly gives the customer's own words back."""
    said = [word for word, _, _ in words(seen.text, seen.pack)]
    if len(said) < ECHOWORDS or seen.at.need in ("praise", "question"):
        return False
    theirs = sum(meets(word, seen.at.post_words) for word in said)
    return theirs * 100 >= ECHO_PERCENT * len(said)


def boasts(seen: Seen) -> bool:
    """Whether the answer to a complaint praises the brand and is sorry for nothing."""
    praise = sum(hit.rule.id == "def.boasts" for hit in seen.hits)
    sorry = any(hit.rule.part in ("regret", "responsibility") for hit in seen.hits)
    return praise >= BOASTS and not sorry and seen.at.need in ("complaint", "harm", "question")


def talks(seen: Seen) -> bool:
    """Whether a public reply goes on at length."""
    return seen.context.channel_kind == "public_reply" and len(WORD.findall(seen.text.plain)) > LONGWORDS


def wrong_person(seen: Seen) -> bool:
    """Whether a text greets somebody else than the person who is answered, where we know the name."""
    greeted = called(seen)
    author = seen.context.author_name
    if greeted is None or " " not in author.strip():
        return False
    name = seen.text.plain[greeted[0] : greeted[1]]
    near = {word.lower() for word in WORD.findall(f"{author} {seen.context.post}")}
    return not any(word.startswith(name[:3]) for word in near)


def _known_name(seen: Seen) -> bool:
    """Whether the text calls the author by the name we know."""
    place = named_person(seen)
    if place is None:
        return False
    known = {word.lower() for word in WORD.findall(seen.context.author_name)}
    return seen.text.plain[place[0] : place[1]] in known


def _settled(seen: Seen) -> bool:
    """Whether the danger that is asked about is out of reach: the pool is closed, the batch is off the shelves."""
    pattern = seen.pack.patterns.get("settles")
    return pattern is not None and pattern.search(seen.text.opening(2)) is not None


def _instructs_late(seen: Seen) -> bool:
    """Whether the first thing to do comes after the first sentences; a dateline and an apology may precede it."""
    first = min((hit.start for hit in seen.hits if hit.rule.act == "instructing"), default=0)
    return seen.text.line_of(first) >= LATE_SENTENCE + 1


@lru_cache(maxsize=16)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)


@lru_cache(maxsize=16)
def _small_letters(neutral: frozenset[str], empty: frozenset[str]) -> frozenset[str]:
    return _letters(neutral) | _letters(empty)


@lru_cache(maxsize=256)
def _letters(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_twist(word) for word in words)


def _twist(word: str) -> str:
    """A word's letters in order: `wiht` is `with` mistyped."""
    return "".join(sorted(word))
