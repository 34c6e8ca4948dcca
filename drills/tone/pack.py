"""The rule pack of a language: YAML beside this file, read once, checked, compiled.

Rules
1. A pattern sees `Text.plain` (or `Text.cased` with `case: true`): one space between words, a line per sentence.
2. Every repeat is bounded: `*`, `+` and `{n,}` are refused, so a pattern takes time in proportion to the text.
3. `<name>` stands for a fragment of the pack, so that "we or I" is written once.
4. A pattern is one expression or a list of alternatives, and matches whole words: nothing of a word is left over.
5. Weights are in per cent of the dimension's range. On a fault's dimension they add to the fault.
6. A rule carries an example that it must find, and may carry one that it must leave alone (`not`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from engine.reading import ACTS, DIMENSIONS

PERCENT: Final = 10_000
PARTS: Final = ("regret", "explanation", "responsibility", "repentance", "repair", "forgiveness")
"""The components of an apology (Lewicki, Polin & Lount 2016)."""
CHANNELS: Final = ("public_reply", "dm", "statement")
SEVERITIES: Final = ("issue", "crisis", "opportunity")

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


@cache
def load(language: str = "en") -> Pack:
    """The pack of a language; English where there is none. Raises PackError for a pack that can't be used."""
    here = files("drills.tone")
    source = here.joinpath(f"{language}.yaml")
    if not _CODE.fullmatch(language) or not source.is_file():
        source = here.joinpath("en.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return build(yaml.load(source.read_text("utf-8"), Loader=loader))


def build(data: Mapping[str, Any]) -> Pack:
    """A pack from its YAML values. Raises PackError with the rule's id."""
    fragments: dict[str, str] = {}
    for name, fragment in data.get("fragments", {}).items():
        fragments[name] = _filled(str(fragment), fragments, f"fragment {name}")
    rules = tuple(_rule(entry, fragments) for entry in data.get("rules", ()))
    doubled = sorted({rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1})
    if doubled:
        raise PackError(f"two rules are called {', '.join(doubled)}")
    return Pack(
        language=str(data.get("language", "")),
        rules=rules,
        marks={str(entry["id"]): _mark(entry) for entry in data.get("marks", ())},
        words={name: frozenset(str(words).split()) for name, words in data.get("words", {}).items()},
        patterns={
            name: _compiled(source, fragments, f"pattern {name}") for name, source in data.get("patterns", {}).items()
        },
    )


def _rule(entry: Mapping[str, Any], fragments: Mapping[str, str]) -> Rule:
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
        pattern=_compiled(entry["pattern"], fragments, name),
        unless=_optional(entry.get("unless"), fragments, name),
        unless_text=_optional(entry.get("unless_text"), fragments, name),
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


def _optional(source: object, fragments: Mapping[str, str], name: str) -> re.Pattern[str] | None:
    return None if source is None else _compiled(source, fragments, name)


def _filled(source: str, fragments: Mapping[str, str], name: str) -> str:
    def fill(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise PackError(f"{name}: no fragment is called <{match[1]}>")
        return fragments[match[1]]

    return _FRAGMENT.sub(fill, source)


def _compiled(source: object, fragments: Mapping[str, str], name: str) -> re.Pattern[str]:
    filled = "|".join(_filled(alternative, fragments, name) for alternative in _texts(source))
    unbounded = _UNBOUNDED.search(_CLASS.sub("[]", filled))
    if unbounded:
        raise PackError(f"{name}: {unbounded[0]!r} has no upper bound; write a bounded repeat such as {{0,40}}")
    try:
        return re.compile(rf"(?<!\w)(?:{filled})(?!\w)", re.MULTILINE)
    except re.error as error:
        raise PackError(f"{name}: the pattern is not a regular expression: {error}") from error
