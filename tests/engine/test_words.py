"""The language of the crowd's words: two marks and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Posted
from engine.luck import Luck
from engine.words import Grammar, Told
from scenarios.grammar import faults

TOLD = Told(brand="Mini", handle="@mini", who="@ruth")


def post(key: str, form: str = "original", need: str = "complaint") -> Posted:
    return Posted(0, key, "p1", "flit", "soup", need, "", "own", form, "angry", "", "", 10)


def words(**symbols: list[str]) -> dict[str, tuple[str, ...]]:
    return {name.replace("_", "."): tuple(lines) for name, lines in symbols.items()}


def test_the_most_special_words_win() -> None:
    grammar = Grammar(words(complaint=["stock"], soup_complaint=["own"], soup_complaint_angry=["own, angry"]), {})
    assert grammar.text_of(post("a"), None, TOLD, Luck(1)) == "own, angry"


def test_a_scenarios_words_come_before_the_stock() -> None:
    grammar = Grammar(words(complaint=["ours"]), words(complaint=["stock"]))
    assert grammar.text_of(post("a"), None, TOLD, Luck(1)) == "ours"


def test_the_same_key_says_the_same_and_other_keys_something_else() -> None:
    grammar = Grammar(words(complaint=["#n# #n# #n#"], n=[str(n) for n in range(50)]), {})
    texts = [grammar.text_of(post(f"k{n}"), None, TOLD, Luck(1)) for n in range(100)]
    assert texts == [grammar.text_of(post(f"k{n}"), None, TOLD, Luck(1)) for n in range(100)]
    assert len(set(texts)) > 95


@pytest.mark.parametrize(
    "line",
    [
        "{brand.__class__}",
        "{0}",
        "{brand!r}",
        "{brand:>300000000}",
        "{{brand}}",
        "{% for x in y %}",
        "{__class__}",
        "#",
    ],
)
def test_nothing_but_the_two_marks_means_anything(line: str) -> None:
    text = Grammar(words(complaint=[line]), {}).text_of(post("a"), None, TOLD, Luck(1))
    assert text == line.replace("{brand}", "Mini")


@pytest.mark.parametrize(
    ("symbols", "sentence"),
    [
        (words(a=["#b#"]), "unknown symbol #b#"),
        (words(a=["{nobody}"]), "unknown variable {nobody}"),
        (words(a=["#a# again"]), "without end"),
        (words(a=["#b#"], b=["#c#"], c=["#a#"]), "without end"),
        (words(a=[]), "no alternatives"),
    ],
)
def test_bad_words_are_told_with_their_place(symbols: dict[str, tuple[str, ...]], sentence: str) -> None:
    found = list(faults(symbols, {}))
    assert sentence in str(found[0])
    assert found[0].symbol == "a"


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.text("ab#{}. dcrn", max_size=12), max_size=3), max_size=4))
def test_any_words_are_refused_or_end(symbols: dict[str, list[str]]) -> None:
    table = {name: tuple(lines) for name, lines in symbols.items()}
    table["complaint"] = ("#a#" if "a" in table else "x",)
    if list(faults(table, {})):
        return
    assert len(Grammar(table, {}).text_of(post("k"), None, TOLD, Luck(1))) <= 600
