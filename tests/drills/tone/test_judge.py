"""One line of `tone --jsonl`."""

import json
from typing import Any

import pytest

from drills.tone.judge import judge_line
from engine.reading import DIMENSIONS


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
        "tip": 'Say what you did: "our post was hurtful".',
    }
    assert json.loads(json.dumps(judged)) == judged


def test_only_the_text_is_needed() -> None:
    assert judge_line({"text": "Thanks!"})["id"] is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "`text` is missing"),
        ({"text": 3}, "`text`: expected a text, got int"),
        ({"text": None}, "`text`: expected a text, got NoneType"),
        ({"text": "a" * 20_001}, "at most 20,000 characters"),
        ({"text": "a", "channel": "fax"}, "`channel`: expected one of public_reply, dm, statement, got 'fax'"),
        ({"text": "a", "severity": "bad"}, "`severity`: expected one of issue, crisis, opportunity"),
        ({"text": "a", "level": 5}, "`level`: expected a number from 0 to 4"),
        ({"text": "a", "level": True}, "`level`: expected a number from 0 to 4"),
        ({"text": "a", "level": "L9"}, "`level`: expected a number from 0 to 4"),
        ({"text": "a", "post": []}, "`post`: expected a text, got list"),
        ({"text": "a", "history": "b"}, "`history`: expected a list of texts"),
        ({"text": "a", "history": [1]}, "`history`: expected a list of texts"),
        ([], "expected an object with a `text`, got list"),
    ],
)
def test_a_bad_line_is_refused_in_a_sentence(data: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r"expected|missing") as caught:
        judge_line(data)
    assert said in str(caught.value)
