"""The rule pack of a language: YAML beside this file, read once, checked, compiled.

Rules
1. A pattern sees `Text.plain` (or `Text.cased` with `case: true`): one space between words, a line per sentence.
2. Every repeat is bounded: `*`, `+` and `{n,}` are refused, so a pattern takes time in proportion to the text.
3. `<name>` stands for a fragment of the pack, so that "we or I" is written once.
4. A pattern is one expression or a list of alternatives, and matches whole words: nothing of a word is left over.
5. Weights are in per cent of the dimension's range. On a fault's dimension they add to the fault.
6. A rule carries an example that it must find, and may carry one that it must leave alone (`not`).
7. A pack says how far it goes: `maturity: draft | thin | complete`. No other pack than a complete one is shown without
   saying so, and a dimension for which it has no rule is not assessed.
8. Patterns and word lists are spelt as they should be; the letters that people leave plain (languages.yaml) are made
   so on both sides. `whole_words: false` is for a script without spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from drills.tone.language import common, respell
from engine.reading import ACTS, DIMENSIONS
from scenarios.packaged import packaged

PERCENT: Final = 10_000
PARTS: Final = ("regret", "explanation", "responsibility", "repentance", "repair", "forgiveness")
"""The components of an apology (Lewicki, Polin & Lount 2016)."""
CHANNELS: Final = ("public_reply", "dm", "statement")
SEVERITIES: Final = ("issue", "crisis", "opportunity")
MATURITY: Final = ("draft", "thin", "complete")
"""`draft`: not yet measured. `thin`: measured on texts of our own, checked by no native speaker. `complete`: all of
tone's tables, measured and checked."""
GATES: Final = ("off_topic", "stuffed", "thin", "no_instruction")
"""Caps that lean on a language's words (gates.py); a pack may say that it is blind to one."""

_CODE = re.compile(r"[a-z]{2}")
_FRAGMENT = re.compile(r"(?<!\(\?P)<([a-z_]+)>")
_UNBOUNDED = re.compile(r"(?<!\\)(?:\\\\)*(?:[*+]|\{\d*,\})")
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_KEYS = frozenset(
    (
        *("id", "dimension", "weight", "also", "pattern", "unless", "unless_text", "act", "force", "part"),
        *("ladder", "channels", "severities", "case", "repeat", "why", "tip", "source", "example", "not"),
    )
)


class PackError(ValueError):
    """A rule pack that can't be used: which rule, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a text may say, and what that means."""

    id: str
    dimension: str
    weight: int
    also: Mapping[str, int]
    """Further dimensions that a hit moves, without evidence of their own."""
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    """Cancels a hit when it is found in the same sentence."""
    unless_text: re.Pattern[str] | None
    """Cancels a hit when it is found anywhere in the text."""
    act: str
    force: int
    """How strongly the hit performs its act."""
    part: str
    ladder: int | None
    channels: frozenset[str]
    severities: frozenset[str]
    case: bool
    repeat: bool
    """Whether a second and third hit count again."""
    why: str
    tip: str
    source: str
    examples: tuple[str, ...]
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The wording and weight of something that code finds (marks.py)."""

    id: str
    dimension: str
    weight: int
    why: str
    tip: str
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A language's rules and marks, and its plain word lists."""

    language: str
    rules: tuple[Rule, ...]
    marks: Mapping[str, Mark]
    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    maturity: Literal["draft", "thin", "complete"] = "complete"
    blind: frozenset[str] = frozenset()
    """Gates that can't be judged in this language."""

    @property
    def assessed(self) -> frozenset[str]:
        """The dimensions that a rule of the pack says something about."""
        named = {name for rule in self.rules for name in (rule.dimension, *rule.also) if name}
        return frozenset(named)

    @property
    def caveat(self) -> str:
        """What to say beside a reading by this pack: `read with a thin pack: fr`; '' for a complete one."""
        return "" if self.maturity == "complete" else f"read with a {self.maturity} pack: {self.language}"


def caveat(language: str) -> str:
    """What to say beside a reading in a language: that its pack is thin, or that there is none; '' for English."""
    pack = load(language)
    return pack.caveat if pack.language == language else f"no rules for this language: {language}"


@cache
def load(language: str = "en") -> Pack:
    """The pack of a language; English where there is none. Raises PackError for a pack that can't be used.

    A pack takes from English what it does not have: the marks' wording, the acronyms, the words that are no names. A
    word pattern that it lacks never matches.
    """
    known = _CODE.fullmatch(language) and files("drills.tone").joinpath(f"{language}.yaml").is_file()
    data = _values(language if known else "en")
    if data.get("language") == "en":
        return build(data)
    english = _values("en")
    words = dict.fromkeys(english["words"], "") | dict(data.get("words", {}))
    words["empty"] = f"{words['empty']} {words['joints']} {' '.join(sorted(common(language)))}"
    for name in ("acronyms", "not_names"):
        words[name] = f"{english['words'][name]} {words[name]}"
    patterns = dict.fromkeys(english["patterns"], "(?!)") | dict(data.get("patterns", {}))
    return build({"marks": english["marks"], "maturity": "draft", **data, "words": words, "patterns": patterns})


def _values(language: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = packaged("drills.tone", f"{language}.yaml")
    return loaded


@dataclass(frozen=True, slots=True)
class _Press:
    """Makes regular expressions of a pack's sources."""

    language: str
    whole_words: bool
    fragments: Mapping[str, str]

    def compiled(self, source: object, name: str) -> re.Pattern[str]:
        filled = "|".join(_filled(alternative, self.fragments, name) for alternative in _texts(source))
        unbounded = _UNBOUNDED.search(_CLASS.sub("[]", filled))
        if unbounded:
            raise PackError(f"{name}: {unbounded[0]!r} has no upper bound; write a bounded repeat such as {{0,40}}")
        spelt = respell(filled, self.language)
        try:
            return re.compile(rf"(?<!\w)(?:{spelt})(?!\w)" if self.whole_words else spelt, re.MULTILINE)
        except re.error as error:
            raise PackError(f"{name}: the pattern is not a regular expression: {error}") from error

    def optional(self, source: object, name: str) -> re.Pattern[str] | None:
        return None if source is None else self.compiled(source, name)


def build(data: Mapping[str, Any]) -> Pack:
    """A pack from its YAML values. Raises PackError with the rule's id."""
    language = str(data.get("language", ""))
    fragments: dict[str, str] = {}
    for name, fragment in data.get("fragments", {}).items():
        fragments[name] = _filled(str(fragment), fragments, f"fragment {name}")
    press = _Press(language, bool(data.get("whole_words", True)), fragments)
    rules = tuple(_rule(entry, press) for entry in data.get("rules", ()))
    doubled = sorted({rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1})
    if doubled:
        raise PackError(f"two rules are called {', '.join(doubled)}")
    maturity = data.get("maturity", "complete")
    _known(f"pack {language}", "maturity", (maturity,), MATURITY)
    blind = _listed(data.get("blind", ()), GATES)
    _known(f"pack {language}", "gate", blind, GATES)
    return Pack(
        language=language,
        rules=rules,
        marks={str(entry["id"]): _mark(entry) for entry in data.get("marks", ())},
        words={
            name: frozenset((*str(words).split(), *respell(str(words), language).split()))
            for name, words in data.get("words", {}).items()
        },
        patterns={name: press.compiled(source, f"pattern {name}") for name, source in data.get("patterns", {}).items()},
        maturity=maturity,
        blind=blind,
    )


def _rule(entry: Mapping[str, Any], press: _Press) -> Rule:
    name = str(entry.get("id", "a rule without an id"))
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise PackError(f"{name}: unknown key {', '.join(unknown)}")
    for key in ("id", "pattern", "why", "example"):
        if not entry.get(key):
            raise PackError(f"{name}: `{key}` is missing")
    dimension, act, part = (str(entry.get(key, "")) for key in ("dimension", "act", "part"))
    also = {str(key): int(value) * PERCENT for key, value in entry.get("also", {}).items()}
    _known(name, "dimension", (dimension, *also), (*DIMENSIONS, ""))
    _known(name, "act", (act,), (*ACTS, ""))
    _known(name, "part", (part,), (*PARTS, ""))
    channels = _listed(entry.get("channels"), CHANNELS)
    severities = _listed(entry.get("severities"), SEVERITIES)
    _known(name, "channel", channels, CHANNELS)
    _known(name, "severity", severities, SEVERITIES)
    weight = int(entry.get("weight", 0))
    if not -100 <= weight <= 100 or (weight and not dimension):
        raise PackError(f"{name}: expected a weight from -100 to 100 on a dimension, got {weight}")
    force = int(entry.get("force", abs(weight))) if act else 0
    if act and not 1 <= force <= 100:
        raise PackError(f"{name}: expected a force from 1 to 100, got {force}")
    ladder = entry.get("ladder")
    if ladder is not None and ladder not in range(9):
        raise PackError(f"{name}: expected a rung from 0 to 8, got {ladder}")
    return Rule(
        id=name,
        dimension=dimension,
        weight=weight * PERCENT,
        also=also,
        pattern=press.compiled(entry["pattern"], name),
        unless=press.optional(entry.get("unless"), name),
        unless_text=press.optional(entry.get("unless_text"), name),
        act=act,
        force=force * PERCENT,
        part=part,
        ladder=ladder,
        channels=channels,
        severities=severities,
        case=bool(entry.get("case", False)),
        repeat=bool(entry.get("repeat", False)),
        why=str(entry["why"]),
        tip=str(entry.get("tip", "")),
        source=str(entry.get("source", "")),
        examples=_texts(entry["example"]),
        counters=_texts(entry.get("not", ())),
    )


def _mark(entry: Mapping[str, Any]) -> Mark:
    name, dimension = str(entry["id"]), str(entry["dimension"])
    _known(name, "dimension", (dimension,), DIMENSIONS)
    why, tip, source = (str(entry.get(key, "")) for key in ("why", "tip", "source"))
    return Mark(name, dimension, int(entry["weight"]) * PERCENT, why, tip, source)


def _known(name: str, what: str, got: tuple[str, ...] | frozenset[str], known: tuple[str, ...]) -> None:
    for value in got:
        if value not in known:
            raise PackError(f"{name}: no {what} is called {value!r}; expected one of {', '.join(filter(None, known))}")


def _listed(value: object, everything: tuple[str, ...]) -> frozenset[str]:
    return frozenset(everything) if value is None else frozenset(_texts(value))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


def _filled(source: str, fragments: Mapping[str, str], name: str) -> str:
    def fill(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise PackError(f"{name}: no fragment is called <{match[1]}>")
        return fragments[match[1]]

    return _FRAGMENT.sub(fill, source)
