"""Other languages: the packs that exist find their examples and choose the better of two replies, and say how far they
go; and which language a text is in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from drills.tone.context import Context
from drills.tone.judge import judge_line
from drills.tone.language import detect, respell
from drills.tone.pack import MATURITY, Rule, build, caveat, load
from drills.tone.read import read
from drills.tone.rules import apply
from drills.tone.text import make
from engine.reading import DIMENSIONS

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).parents[2].joinpath("data", "tone_languages.jsonl").read_text("utf-8").splitlines()
]
LANGUAGES = sorted({row["lang"] for row in ROWS})
PACKED = [name for name in LANGUAGES if files("drills.tone").joinpath(f"{name}.yaml").is_file()]
"""The languages that have a pack."""
RULES = [(name, rule) for name in PACKED for rule in load(name).rules]
NO_DIMENSION = ("language_match", "sameness")
"""What is told without rules."""


def fired(rule: Rule, text: str, lang: str) -> bool:
    context = Context(channel_kind=min(rule.channels), severity=min(rule.severities))  # type: ignore[arg-type]
    return any(hit.rule.id == rule.id for hit in apply(load(lang), make(respell(text, lang)), context))


def judged(row: dict[str, Any]) -> dict[str, Any]:
    given = ("lang", "post", "severity", "channel", "context")
    return judge_line({"text": row["message"], **{key: row[key] for key in given}})


def pairs(lang: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for better in ROWS:
        if better["lang"] == lang and better["better"]:
            yield better, next(row for row in ROWS if row["pair_id"] == better["pair_id"] and not row["better"])


def first_words(text: str, count: int, lang: str) -> str:
    """So many words; in a script without spaces two signs stand for one."""
    return text[: 2 * count] if lang == "zh" else " ".join(text.split()[:count])


@pytest.mark.parametrize(("lang", "rule"), RULES, ids=[f"{lang}-{rule.id}" for lang, rule in RULES])
def test_a_rule_finds_its_example_and_leaves_its_counter_example(lang: str, rule: Rule) -> None:
    assert [text for text in rule.examples if not fired(rule, text, lang)] == []
    assert [text for text in rule.counters if fired(rule, text, lang)] == []


@pytest.mark.parametrize("lang", PACKED)
def test_the_better_reply_of_a_pair_is_chosen(lang: str) -> None:
    chosen = [judged(better)["overall"] > judged(worse)["overall"] for better, worse in pairs(lang)]
    assert len(chosen) >= 12
    assert sum(chosen) * 10 >= 9 * len(chosen)


@pytest.mark.parametrize("lang", PACKED)
def test_every_row_is_read_in_its_own_language(lang: str) -> None:
    rows = [row for row in ROWS if row["lang"] == lang]
    wrong = [row["id"] for row in rows if judged(row)["dimensions"]["language_match"] != 1]
    assert wrong == []


@pytest.mark.parametrize(("words", "least"), [(4, 85), (6, 92), (10, 97)])
def test_the_language_of_a_few_words(words: int, least: int) -> None:
    samples = [
        (row["lang"], first_words(text, words, row["lang"])) for row in ROWS for text in (row["message"], row["post"])
    ]
    long_enough = [(lang, text) for lang, text in samples if lang == "zh" or len(text.split()) == words]
    right = sum(detect(text) == lang for lang, text in long_enough)
    assert len(long_enough) > 100
    assert right * 100 >= least * len(long_enough)


@pytest.mark.parametrize("words", [4, 6, 10])
def test_another_language_is_hardly_ever_claimed(words: int) -> None:
    """Where it can't tell, it says nothing: a wrong word would flag a right reply."""
    claimed = [(row["lang"], detect(first_words(row["message"], words, row["lang"]))) for row in ROWS]
    assert sum(found not in ("", lang) for lang, found in claimed) * 100 <= 3 * len(claimed)


@pytest.mark.parametrize("lang", PACKED)
def test_a_pack_that_no_native_speaker_checked_says_so(lang: str) -> None:
    pack = load(lang)
    assert pack.language == lang
    assert pack.maturity in MATURITY
    assert pack.maturity != "complete"
    assert caveat(lang) == f"read with a {pack.maturity} pack: {lang}"


def test_english_needs_no_caveat_and_a_language_without_a_pack_says_so() -> None:
    assert caveat("en") == ""
    assert caveat("nl") == "no rules for this language: nl"


@pytest.mark.parametrize("lang", PACKED)
def test_a_dimension_is_assessed_where_a_rule_speaks_of_it_and_only_there(lang: str) -> None:
    row = next(row for row in ROWS if row["lang"] == lang)
    values = judged(row)["dimensions"]
    silent = {name for name in DIMENSIONS if values[name] is None} - {"sameness"}
    assert silent == set(DIMENSIONS) - load(lang).assessed - set(NO_DIMENSION)


def test_a_dimension_without_a_rule_is_not_assessed(monkeypatch: pytest.MonkeyPatch) -> None:
    english = yaml.safe_load(files("drills.tone").joinpath("en.yaml").read_text("utf-8"))
    rule = {"id": "a", "dimension": "thanks", "weight": 50, "pattern": "merci", "why": "thanks", "example": "Merci"}
    bare = build(
        {
            "language": "fr",
            "maturity": "draft",
            "marks": english["marks"],
            "words": dict.fromkeys(english["words"], ""),
            "patterns": dict.fromkeys(english["patterns"], "(?!)"),
            "rules": [rule],
        }
    )
    # The package has a function of the module's name.
    monkeypatch.setattr(import_module("drills.tone.read"), "load", lambda _: bare)
    values = read("Merci beaucoup pour votre message et pour la photo", Context(lang="fr")).dimensions
    assert values["thanks"] == 500_000
    assert values["sincere_apology"] is None
    assert values["ownership"] is None
    assert values["language_match"] == 1_000_000


def test_a_language_without_a_pack_is_judged_by_its_language_alone() -> None:
    reading = read("Het spijt ons heel erg en we betalen alles vandaag nog terug", Context(lang="nl"))
    assert reading.overall == 500_000
    assert {name for name, value in reading.dimensions.items() if value is not None} == {"language_match"}


@pytest.mark.parametrize(("typed", "lang"), [("Nous sommes desoles et navres", "fr"), ("Perdon por la averia", "es")])
def test_accents_may_be_left_out(typed: str, lang: str) -> None:
    rule = next(rule for rule in load(lang).rules if rule.id == "apology.plain")
    assert fired(rule, typed, lang)
