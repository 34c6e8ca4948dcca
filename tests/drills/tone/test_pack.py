"""The English rule pack: each rule finds its example, leaves its counter-example, and can't run away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from time import process_time
from typing import Any

import pytest
import yaml

from drills.tone.context import Context
from drills.tone.pack import Pack, PackError, Rule, build, load
from drills.tone.rules import apply
from drills.tone.text import make
from engine.reading import ACTS, DIMENSIONS

EN = load("en")
RAW: dict[str, Any] = yaml.safe_load(files("drills.tone").joinpath("en.yaml").read_text("utf-8"))


def fired(rule: Rule, text: str) -> bool:
    context = Context(channel_kind=min(rule.channels), severity=min(rule.severities))  # type: ignore[arg-type]
    return any(hit.rule.id == rule.id for hit in apply(EN, make(text), context))


@pytest.mark.parametrize("rule", EN.rules, ids=lambda rule: rule.id)
def test_a_rule_finds_its_example_and_leaves_its_counter_example(rule: Rule) -> None:
    assert [text for text in rule.examples if not fired(rule, text)] == []
    assert [text for text in rule.counters if fired(rule, text)] == []


@pytest.mark.parametrize("rule", EN.rules, ids=lambda rule: rule.id)
def test_a_pattern_takes_time_in_proportion_to_the_text(rule: Rule) -> None:
    words = " ".join(rule.examples).lower()
    for text in (f"{words} " * (20_000 // len(words)), f"{words.split()[0]} " * 4_000, f"{words[:-1]}, " * 500):
        began = process_time()
        for pattern in filter(None, (rule.pattern, rule.unless, rule.unless_text)):
            assert len(pattern.findall(text[:20_000])) <= 20_000
        assert process_time() - began < 0.25


def test_every_act_but_those_decided_by_code_has_a_rule() -> None:
    assert {rule.act for rule in EN.rules if rule.act} == set(ACTS)


def test_every_dimension_has_a_rule_or_a_mark() -> None:
    named = {rule.dimension for rule in EN.rules} | {mark.dimension for mark in EN.marks.values()}
    assert set(DIMENSIONS) <= named


def test_every_fault_says_what_to_do_instead() -> None:
    faults = [rule for rule in EN.rules if rule.dimension.startswith(("non_", "def", "unpro", "jarg", "over", "pers"))]
    assert faults
    assert [rule.id for rule in faults if not (rule.tip and rule.why and rule.source)] == []


def branches(source: str) -> list[str]:
    """The alternatives of an expression, split at its own level."""
    found, current, depth, listed, at = [], "", 0, False, 0
    while at < len(source):
        step = source[at : at + 2] if source[at] == "\\" else source[at]
        at += len(step)
        listed = (listed and step != "]") or (not listed and step == "[")
        depth += (step == "(") - (step == ")") if not listed else 0
        if step == "|" and depth == 0 and not listed:
            found.append(current)
            current = ""
        else:
            current += step
    return [*found, current]


def ending_in_blank(source: str) -> Iterator[str]:
    """Alternatives that end in a blank: since a pattern ends with its word, they could never match."""
    for branch in branches(source):
        if branch.endswith(" "):
            yield branch
        elif branch.endswith(")") and not branch.endswith("\\)"):
            opens = max(at for at in range(len(branch)) if branch[at] == "(" and balanced(branch[at:]))
            if not branch[opens:].startswith(("(?=", "(?!", "(?<")):
                yield from ending_in_blank(branch[opens + 1 : -1].removeprefix("?:"))


def balanced(source: str) -> bool:
    bare = re.sub(r"\\.|\[[^\]]*\]", "", source)
    return bare.count("(") == bare.count(")")


def test_no_alternative_ends_in_a_blank() -> None:
    lost = []
    for entry in RAW["rules"]:
        for key in ("pattern", "unless", "unless_text"):
            sources = entry.get(key) or []
            for source in sources if isinstance(sources, list) else [sources]:
                lost += [(entry["id"], key, branch) for branch in ending_in_blank(source)]
    assert lost == []


def rule(**changes: Any) -> dict[str, Any]:
    return {"id": "r", "dimension": "thanks", "weight": 10, "pattern": "ta", "why": "w", "example": "ta", **changes}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pattern": "a.*b"}, "no upper bound"),
        ({"pattern": "a+"}, "no upper bound"),
        ({"pattern": "a{2,}"}, "no upper bound"),
        ({"unless": "x*"}, "no upper bound"),
        ({"pattern": "(a"}, "not a regular expression"),
        ({"pattern": "<nowhere> a"}, "no fragment is called <nowhere>"),
        ({"dimension": "charm"}, "no dimension is called 'charm'"),
        ({"act": "dancing"}, "no act is called 'dancing'"),
        ({"channels": ["fax"]}, "no channel is called 'fax'"),
        ({"weight": 300}, "weight from -100 to 100"),
        ({"ladder": 9}, "rung from 0 to 8"),
        ({"why": ""}, "`why` is missing"),
        ({"wieght": 3}, "unknown key wieght"),
    ],
)
def test_a_bad_rule_is_refused_by_name(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(PackError, match=re.escape(said)) as caught:
        build({"language": "en", "rules": [rule(**changes)]})
    assert str(caught.value).startswith("r:")


def test_an_escaped_sign_is_no_repeat() -> None:
    pack = build({"language": "en", "rules": [rule(pattern=r"c\+\+|[*+]{2}")]})
    assert pack.rules[0].pattern.search("c++ and ** too")


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(PackError, match="two rules are called r"):
        build({"language": "en", "rules": [rule(), rule()]})


@pytest.mark.parametrize("language", ["xx", "weights", "../en", ""])
def test_a_language_without_a_pack_gets_the_english_one(language: str) -> None:
    pack: Pack = load(language)
    assert pack.language == "en"
