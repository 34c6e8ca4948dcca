"""What a text answers, and what that makes of it: the same words are right in one place and wrong in another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from drills.tone.pack import Pack
from drills.tone.text import make
from scenarios.model import Scenario, Theme
from scenarios.terms import Need

_REMARK = re.compile(r"^\s{0,4}\([^()\n]{1,60}\)\s{0,4}")
_WORD = re.compile(r"[^\W_]{3,}|\d+")
_ASKS = re.compile(r"\?|^(?:where|when|why|who|how|what|which|is|are|can|could|do|does|did|will)\b", re.MULTILINE)
_PLAYS = re.compile(
    r"[\U0001F600-\U0001F606\U0001F609\U0001F61C\U0001F923\U0001F605]|\b(?:haha\w{0,6}|lol|lmao)\b|[;:]-?\)"
)
_SHOUT = re.compile(r"\b[A-Z]{3,}\b")

Wants = Literal["complaint", "question", "safety", "thanks", "fun", "troll", "nothing"]
_WANTS: dict[str, Wants] = {
    "harm": "complaint",
    "question": "question",
    "complaint": "complaint",
    "praise": "thanks",
    "none": "nothing",
}
TROLL_WORDS = 3
"""An insult with fewer words than this about any matter is a troll's."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a text stands. With no scenario it is judged bare, from the post and `about` alone."""

    scenario: Scenario | None = None
    channel_kind: Literal["public_reply", "dm", "statement"] = "public_reply"
    post: str = ""
    """The text being answered, or ''."""
    above: tuple[str, ...] = ()
    """What the same person wrote above it in the thread."""
    post_need: Need | Literal[""] = ""
    """What that post wants; guessed from its words where it is ''."""
    severity: Literal["issue", "crisis", "opportunity"] = "crisis"
    level: int = 3
    """0 to 4, as far as the team can know: its own classification."""
    now_ms: int = 0
    history: tuple[str, ...] = ()
    """Our own last replies, for sameness."""
    lang: str = "en"
    author_name: str = ""
    """The name or handle of the person who is answered."""
    about: str = ""
    """What is going on, in words, where no scenario says it."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What follows from a context; made once per text."""

    need: Need
    wants: Wants
    """The same, told finer: what a safety question, harmless fun or a troll wants is weighed by itself."""
    asks: bool
    """The post asks something, whatever else it wants."""
    pleads: bool
    """The post asks what to do to be safe."""
    harm: bool
    dignity: bool
    loss: bool
    furious: bool
    unknown: bool
    """The cause is not known yet."""
    statement: bool
    private: bool
    humour: Literal["never", "light", "fine"]
    cluster: str
    """victim, accidental, preventable, or '' where nobody has said."""
    post_words: frozenset[str]
    """The post's own content words, as stems."""
    topic_words: frozenset[str]
    """Words of the whole matter, the post's among them."""
    themes: tuple[Theme, ...] = field(default=())


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without its commonest endings: enough for `seals` to meet `seal` and `leaked` to meet `leaking`."""
    for tail in ("ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "y", "e"):
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            return word[: -len(tail)]
    return word


def content_words(plain: str, pack: Pack) -> frozenset[str]:
    """The stems of the words in a plain text that say what it is about."""
    empty = pack.words["empty"]
    return frozenset(stem(word) for word in _WORD.findall(plain) if word not in empty)


def situation(context: Context, pack: Pack) -> Situation:
    post = _REMARK.sub("", context.post)
    post_text = make(post).plain
    scenario = context.scenario
    about = make(context.about).plain
    themes: tuple[Theme, ...] = ()
    if scenario is not None:
        themes = tuple(theme for theme in scenario.themes if theme.at <= context.now_ms)
        words = [scenario.premise, scenario.brand.about, scenario.title]
        for theme in themes:
            words += (theme.title, *theme.terms, *theme.harmed)
        about = f"{about} {make(' '.join(words)).plain}"
    near = post_text if post_text.strip() else about
    patterns = pack.patterns
    acronyms = pack.words["acronyms"]
    shouts = [word for word in _SHOUT.findall(post) if word.lower() not in acronyms]
    need = context.post_need or _guessed(post_text, pack, upset=bool(shouts))
    pleads = patterns["plea"].search(post_text) is not None
    plays = _PLAYS.search(post_text) is not None or patterns["plays"].search(post_text) is not None
    post_words = content_words(post_text, pack)
    harm = need == "harm" or context.level >= 4 or patterns["harm"].search(near) is not None
    return Situation(
        need=need,
        wants=_wants(context, need, post_text, post_words, pack, pleads=pleads, plays=plays and not harm),
        asks=need == "question" or _ASKS.search(post_text) is not None,
        pleads=pleads,
        harm=harm,
        dignity=patterns["dignity"].search(f"{near} {about}") is not None,
        loss=patterns["loss"].search(near) is not None,
        furious=patterns["furious"].search(post_text) is not None or len(shouts) > 1,
        unknown=_unknown(context, about, pack),
        statement=context.channel_kind == "statement",
        private=context.channel_kind == "dm",
        humour=_humour(context, need, harm=harm, plays=plays),
        cluster=scenario.stance.cluster if scenario is not None else "",
        post_words=post_words,
        topic_words=content_words(f"{post_text} {about}", pack),
        themes=themes,
    )


def _wants(
    context: Context, need: Need, post: str, words: frozenset[str], pack: Pack, *, pleads: bool, plays: bool
) -> Wants:
    """What a post wants, finer than its need."""
    if pleads:
        return "safety"
    if plays and need in ("none", "complaint") and context.severity != "crisis":
        return "fun"
    insulted = pack.patterns["trolls"].search(post) is not None
    about_us = pack.patterns["wronged_me"].search(post) is not None
    if insulted and not about_us and need in ("none", "complaint") and len(words) <= TROLL_WORDS:
        return "troll"
    return _WANTS[need]


def _unknown(context: Context, about: str, pack: Pack) -> bool:
    """Whether the cause is still unknown: a fact of the sheet is yet to be learnt, or the matter says so."""
    scenario = context.scenario
    if scenario is not None and any(fact.known > context.now_ms for fact in scenario.facts):
        return True
    return pack.patterns["cause_unknown"].search(about) is not None


def _guessed(post: str, pack: Pack, *, upset: bool) -> Need:
    """What a post wants, by its words alone."""
    if not post.strip():
        return "none"
    if pack.patterns["plea"].search(post):
        return "harm"
    if pack.patterns["grateful"].search(post) and not pack.patterns["ungrateful"].search(post):
        return "praise"
    if "?" in post and not upset and not pack.patterns["furious"].search(post) and post.count("\n") < 2:
        return "question"
    return "complaint"


def _humour(context: Context, need: Need, *, harm: bool, plays: bool) -> Literal["never", "light", "fine"]:
    """Whether a light touch can be right: the scenario's word, else never in a crisis or where somebody is hurt."""
    if harm:
        return "never"
    if context.scenario is not None:
        if context.scenario.humour == "late":
            return "light" if context.level <= 1 else "never"
        return "fine" if context.scenario.humour == "fine" else "never"
    if context.severity == "crisis":
        return "never"
    if context.severity == "opportunity":
        return "fine"
    return "light" if plays or need in ("praise", "none") else "never"
