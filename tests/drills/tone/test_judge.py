"""One line of `tone --jsonl`."""

import json
from typing import Any

import pytest

from drills.tone.judge import judge_line
from drills.tone.score import weights
from drills.tone.verdict import words
from engine.reading import ACTS, DIMENSIONS


def test_a_line_comes_back_judged() -> None:
    judged = judge_line(
        {
            "id": "m-1",
            "text": "We are sorry if anyone was offended.",
            "channel": "dm",
            "post": "You called my mother a cheapskate.",
            "context": "A coffee chain insulted pensioners",
            "severity": "issue",
            "level": "L1",
            "lang": "en",
            "history": ["Hello."],
        }
    )
    assert judged["id"] == "m-1"
    assert 0 <= judged["overall"] <= 1
    assert tuple(judged["dimensions"]) == DIMENSIONS
    assert judged["dimensions"]["private_channel"] is None
    assert judged["evidence"][0] == {
        "dimension": "non_apology",
        "span": [7, 15],
        "rule": "non.if",
        "why": "apologises on condition",
        "tip": 'Say what you did: “our post was hurtful”.',
    }
    assert json.loads(json.dumps(judged)) == judged


def test_only_the_text_is_needed() -> None:
    bare = judge_line({"text": "Thanks!"})
    assert bare["id"] is None
    nothing = dict.fromkeys(("id", "channel", "post", "context", "severity", "level", "lang", "history"))
    assert judge_line({"text": "Thanks!", **nothing}) == bare
    usual = {"channel": "public_reply", "severity": "crisis", "level": 3, "lang": "en", "history": []}
    assert judge_line({"text": "Thanks!", **usual}) == bare


def test_what_does_not_apply_is_null() -> None:
    public, private = (judge_line({"text": "Thanks!", "channel": name})["dimensions"] for name in ("statement", "dm"))
    assert [None, None] == [private["private_channel"], public["sameness"]]
    assert judge_line({"text": "Thanks!", "history": ["Thanks!"]})["dimensions"]["sameness"] == 1


def test_a_text_with_nothing_to_answer_is_judged_in_its_own_language() -> None:
    text = "Leider ist das bei uns so, und wir können es heute nicht mehr ändern."
    assert judge_line({"text": text})["dimensions"]["language_match"] == 1
    assert judge_line({"text": text, "lang": "en-GB"})["dimensions"]["language_match"] == 0


def test_a_span_counts_the_characters_of_the_text_as_given() -> None:
    text = "\t\U0001f468\u200d\U0001f469 \u202eRuth,\r\n\x1b[2Jwe are  sorry if anyone was offended."
    spans = {item["rule"]: text[slice(*item["span"])] for item in judge_line({"text": text})["evidence"]}
    assert spans["non.if"].startswith("sorry if")


def test_every_name_has_words() -> None:
    assert set(DIMENSIONS) == set(words()["dimensions"])
    assert set(ACTS) == set(words()["acts"])
    assert 9 == len(words()["ladder"])
    for need, earns in weights()["earns"].items():
        assert all(words()["dimensions"][name]["lacks"] for name in earns), need


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "`text` is missing"),
        ({"text": 3}, "`text`: expected a text, got a number"),
        ({"text": None}, "`text`: expected a text, got null"),
        ({"text": "a" * 20_001}, "at most 20,000 characters"),
        ({"text": "a", "channel": "fax"}, '`channel`: expected one of public_reply, dm, statement, got "fax"'),
        ({"text": "a", "severity": "bad"}, "`severity`: expected one of issue, crisis, opportunity"),
        ({"text": "a", "level": 5}, "`level`: expected a number from 0 to 4"),
        ({"text": "a", "level": True}, "`level`: expected a number from 0 to 4"),
        ({"text": "a", "level": "L9"}, "`level`: expected a number from 0 to 4"),
        ({"text": "a", "post": []}, "`post`: expected a text, got a list"),
        ({"text": "a", "history": "b"}, "`history`: expected a list of texts"),
        ({"text": "a", "lang": "english"}, '`lang`: expected two letters such as en, got "english"'),
        ({"text": "a", "id": {}}, "`id`: expected a text or a number, got an object"),
        ({"text": "a", "id": float("inf")}, "`id`: expected a text or a number"),
        ({"text": "a", "history": ["a" * 20_001]}, "`history`: expected at most 20,000 characters in each text"),
        ({"text": "a", "history": [1]}, "`history`: expected a list of texts"),
        ([], "expected an object with a `text`, got a list"),
    ],
)
def test_a_bad_line_is_refused_in_a_sentence(data: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r"expected|missing") as caught:
        judge_line(data)
    assert said in str(caught.value)
