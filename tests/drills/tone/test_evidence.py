"""What is shown as evidence makes sense to who wrote it: whole words, and the words that are meant."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from drills import shelf
from drills.tone import read
from drills.tone.context import Context
from engine.reading import Finding

TIE = Context(post="LID CAME OFF. Lentil soup on shirt and tie, job interview at 9", level=1, severity="issue")


def found(text: str, context: Context = TIE) -> dict[str, str]:
    """The rule of every finding to the words that it shows."""
    return {one.rule: text[one.start : one.end] for one in read(text, context).findings}


@cache
def models() -> tuple[Any, ...]:
    """Every model text of the library with its scenario."""
    return tuple((drill.scenario, model.text) for drill in shelf.drills() for model in drill.scenario.models)


def whole(text: str, one: Finding) -> bool:
    """Whether a finding begins and ends where words do, and shows more than one letter."""
    words = text[one.start : one.end]
    begins = one.start == 0 or not (text[one.start - 1].isalnum() and words[0].isalnum())
    ends = one.end == len(text) or not (words[-1].isalnum() and text[one.end].isalnum())
    return begins and ends and len(words.strip()) > 1


def test_every_finding_in_every_model_text_shows_whole_words_or_none() -> None:
    odd = [
        (one.rule, text[one.start : one.end])
        for scenario, text in models()
        for one in read(text, Context(level=2, scenario=scenario)).findings
        if one.start < one.end and not whole(text, one)
    ]
    assert [] == odd and models()


def test_what_sounds_spoken_is_the_contraction_and_not_the_first_letter() -> None:
    assert "it's" == found("Morning! Lentil until noon, so at this hour it's lentil.")["voice.contractions"]


def test_particulars_are_of_the_whole_text_and_no_odd_word_stands_for_them() -> None:
    assert "" == found("Lentil until noon, goulash after that, open until seven on platform three.")["ack.concrete"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The hatch is open until 19:00 if it has to be goulash.", "empathy.specific"),
        ("Learn to hold a cup. Stop crying to the minister about a tie.", "empathy.specific"),
        ("The new lids from the second box don't close.", "action.remedy"),
    ],
)
def test_words_that_only_look_like_it_are_not_taken_for_it(text: str, rule: str) -> None:
    assert rule not in found(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("That must have been awful, an hour before an interview.", "empathy.specific"),
        ("That has to hurt, an hour before an interview.", "empathy.specific"),
        ("You were left crying on platform 3.", "empathy.specific"),
        ("A new tie from us goes out today.", "action.remedy"),
        ("Your new folder is ready today.", "action.remedy"),
    ],
)
def test_words_that_mean_it_still_count(text: str, rule: str) -> None:
    assert rule in found(text)
