"""What holds for any text whatever."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.tone import Context, read
from drills.tone.judge import judge_line
from engine.events import from_data, to_data
from engine.reading import ACTS, DIMENSIONS, PPM, Reading

PIECES = st.sampled_from(
    [
        "sorry", "we are", "if anyone", "our mistake", "you", "idiot", "by 5 pm", "DM us", "—", "Jo", "refund", "!!",
        ". ", ", ", "\n", "’", "😂", "\u200b", "İ", "ﬁ", "100%", "http://x", "@a", "^JR", "\x00", "\ud800",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))
CONTEXTS = st.builds(
    Context,
    channel_kind=st.sampled_from(["public_reply", "dm", "statement"]),
    post=TEXTS,
    post_need=st.sampled_from(["", "harm", "question", "complaint", "praise", "none"]),
    severity=st.sampled_from(["issue", "crisis", "opportunity"]),
    level=st.integers(0, 4),
    history=st.lists(TEXTS, max_size=3).map(tuple),
    lang=st.sampled_from(["en", "fr", "xx"]),
    author_name=st.text(max_size=20),
)
HOSTILE = {
    "one letter": "a" * 20_000,
    "blanks": " " * 20_000,
    "lines": "\n" * 20_000,
    "marks": "! " * 10_000,
    "shouts": "AB " * 6_666,
    "sorry": "sorry " * 3_333,
    "we": "we " * 6_666,
    "if": "sorry if " * 2_222,
    "intensifiers": "we are so very really truly deeply " * 571,
    "negations": "not " * 5_000,
    "times": "by 5 pm within 30 minutes at 16:00 " * 571,
    "clocks": "12:" * 6_666,
    "names": "- Jo Calder, " * 1_538,
    "data": "send give post your your " * 800,
    "addresses": "http://" * 2_857,
    "mails": "x@" * 10_000,
    "quotes": "a'" * 10_000,
    "emoji": "😂" * 20_000,
    "hidden": "\u200b" * 20_000,
    "dotted": "İ" * 20_000,
}


@given(TEXTS, CONTEXTS)
def test_any_text_is_read(text: str, context: Context) -> None:
    reading = read(text, context)
    assert tuple(reading.dimensions) == DIMENSIONS
    assert all(value is None or 0 <= value <= PPM for value in reading.dimensions.values())
    assert all(name in ACTS and 1 <= value <= PPM for name, value in reading.acts.items())
    assert 0 <= reading.overall <= PPM
    assert 0 <= reading.ladder <= 8
    assert 0 <= reading.sameness <= PPM
    places = {(item.start, item.end) for item in reading.findings} - {(0, 0)}  # (0, 0): of the whole text
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(-2 * PPM <= item.value <= 2 * PPM and item.value for item in reading.findings)
    assert all(item.dimension in DIMENSIONS and item.why for item in reading.findings)
    assert [item.value for item in reading.findings] == sorted(item.value for item in reading.findings)
    assert reading.signed in text


@given(TEXTS, CONTEXTS)
def test_the_same_text_reads_the_same(text: str, context: Context) -> None:
    assert read(text, context) == read(text, context)


@given(TEXTS, CONTEXTS)
def test_a_reading_travels_in_a_journal_line(text: str, context: Context) -> None:
    reading = read(text, context)
    assert from_data(to_data(reading)) == reading
    numbers = [*reading.dimensions.values(), *reading.acts.values(), reading.overall, reading.ladder]
    assert all(value is None or type(value) is int for value in numbers)
    assert isinstance(reading, Reading)


@given(TEXTS)
def test_any_line_is_judged(text: str) -> None:
    judged = judge_line({"text": text})
    assert all(0 <= start < end <= len(text) for start, end in (item["span"] for item in judged["evidence"]))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_an_honest_one(name: str) -> None:
    read("warm up", Context())
    text = HOSTILE[name]
    context = Context(post=text[:2_000], history=(text, text))
    began = process_time()
    reading = read(text, context)
    took = process_time() - began
    assert took < 1, f"{took:.2f} s of processor time"
    assert 0 <= reading.overall <= PPM
