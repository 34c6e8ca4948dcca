"""How people type: a pure function of the key, hostile text untouched, quotes left as they were."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from engine.luck import Luck
from engine.thumbs import typed
from scenarios.grammar import stock

WORDS = stock()
LUCK = Luck(5)


def said(text: str, key: str = "a.1", author: str = "p7", form: str = "original", mood: str = "angry") -> str:
    return typed(
        text, key=key, author=author, form=form, voice="customer", need="none", mood=mood, handle="@ardo",
        hashtag="#ardo", luck=LUCK, words=WORDS,
    )  # fmt: skip


SENTENCE = "I have been waiting for an answer since Monday and nobody has said anything about my kettle."


def test_the_same_person_types_the_same_post_the_same_way() -> None:
    assert said(SENTENCE) == said(SENTENCE)


def test_people_type_differently() -> None:
    assert len({said(SENTENCE, f"a.{n}", f"p{n}") for n in range(60)}) > 40


@given(st.text(max_size=200), st.integers(0, 500))
def test_any_text_can_be_typed(text: str, number: int) -> None:
    said(text, f"x.{number}", f"p{number}")


@given(st.integers(0, 3000))
def test_what_is_quoted_stays_as_it_was(number: int) -> None:
    quote = "“We are looking into this and will be in touch”"
    assert quote in said(f"They say {quote} and that was it, honestly.", f"q.{number}", f"p{number}", "echo")


def test_the_rates_are_those_of_real_posts() -> None:
    posts = [said(SENTENCE, f"r.{n}", f"p{n % 600}") for n in range(2000)]

    def share(pattern: str) -> float:
        return sum(bool(re.search(pattern, post)) for post in posts) / len(posts)

    assert 0.10 < share(r"#ardo") < 0.27
    assert 0.05 < share(r"\b[A-Z]{4,}\b") < 0.14
    assert 0.50 < share(r"@ardo") < 0.70
    assert 0.10 < share(r"[\U0001F300-\U0001FAFF☀-➿❤]") < 0.25
    assert share(r"!") < 0.30
