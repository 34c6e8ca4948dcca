"""What rules see of a text, and the way back to the text as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.tone.text import lower, make, plain


def test_contractions_are_spelt_out() -> None:
    assert make("We're sorry, it isn't ours and won't be.").plain == "we are sorry, it is not ours and will not be."


def test_sloppy_contractions_are_spelt_out() -> None:
    assert make("im sorry, dont worry").plain == "i am sorry, do not worry"


def test_a_possessive_stays() -> None:
    assert make("your nan's blanket").plain == "your nan's blanket"


def test_a_sentence_is_a_line() -> None:
    assert make("Sorry.  We know! What now?\nMore.").plain == "sorry.\nwe know!\nwhat now?\nmore."


@pytest.mark.parametrize("text", ["Dr. Holm is here", "J. Calder wrote it", "at 5 p.m. today", "16.30 is late"])
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert "\n" not in make(text).plain


def test_typographic_quotes_and_hidden_characters_change_nothing() -> None:
    assert make("We\u2019re so\u200brry").plain == make("We're sorry").plain


def test_a_span_leads_back_to_the_words_as_typed() -> None:
    text = make("Oh no.  We’re   so sorry!")
    start = text.plain.index("are so")
    assert text.raw[slice(*text.span(start, start + 6))] == "We’re   so"


def test_a_break_can_be_asked_for() -> None:
    raw = "We are on it Anna"
    assert make(raw, break_at=raw.index("Anna")).plain == "we are on it\nanna"


def test_a_phrase_is_one_line() -> None:
    assert plain("It's wrong. Really") == "it is wrong. really"


@given(st.text(max_size=300))
def test_every_character_of_plain_knows_its_place(raw: str) -> None:
    text = make(raw)
    assert len(text.plain) == len(text.cased) == len(text.starts) == len(text.ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(text.starts, text.ends, strict=True))
    assert list(text.starts) == sorted(text.starts)
    assert all(text.plain[at - 1] == "\n" for at in text.lines[1:])


@given(st.text(max_size=100))
def test_lower_case_keeps_the_length(raw: str) -> None:
    assert len(lower(raw)) == len(raw)
