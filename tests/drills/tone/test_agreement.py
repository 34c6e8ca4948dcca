"""Agreement with our rubric: 90 messages of one author with labels of one annotator (tests/data/tone_dev.jsonl).

Never agreement with people in general. The rules were written with these messages in view, so the figures are an
upper bound; the bars are what the design asks for, or a little under what was reached.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from drills.tone.judge import judge_line
from engine.reading import DIMENSIONS
from tests.validation import judging
from tests.validation.judging import areas, messages, pairs, rho, spearman

LINES = (Path(__file__).parents[2] / "data" / "tone_dev.jsonl").read_text("utf-8").splitlines()
MESSAGES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
LEXICAL = ("sincere_apology", "non_apology", "thanks", "private_channel", "politeness", "personal_data_leak")
"""What words alone show; these must be told apart better than the rest."""


def judged(message: dict[str, Any], text: str | None = None) -> dict[str, Any]:
    keys = ("id", "channel", "post", "context", "severity", "lang", "history")
    return judge_line({"text": text or message["message"], **{key: message.get(key) for key in keys}})


@pytest.fixture(scope="module")
def verdicts() -> list[dict[str, Any]]:
    return [judged(message) for message in MESSAGES]


def pairs_right(scores: dict[str, float]) -> float:
    """The share of pairs in which the better message scores higher."""
    better = {message["pair_id"]: message["id"] for message in MESSAGES if message.get("better") is True}
    worse = {message["pair_id"]: message["id"] for message in MESSAGES if message.get("better") is False}
    assert set(better) == set(worse)
    assert len(better) == 17
    return sum(scores[better[pair]] > scores[worse[pair]] for pair in better) / len(better)


def scores(verdicts: list[dict[str, Any]]) -> dict[str, float]:
    return {verdict["id"]: verdict["overall"] for verdict in verdicts}


def test_the_overall_ranks_as_the_labels_do(verdicts: list[dict[str, Any]]) -> None:
    labels = [float(message["overall"]) for message in MESSAGES]
    assert spearman([verdict["overall"] for verdict in verdicts], labels) >= 0.84


def test_the_better_of_two_scores_higher(verdicts: list[dict[str, Any]]) -> None:
    assert pairs_right(scores(verdicts)) >= 0.94


@pytest.mark.parametrize(
    ("dimension", "bar"),
    [
        ("sincere_apology", 0.85),
        ("non_apology", 0.9),
        ("thanks", 0.9),
        ("private_channel", 0.9),
        ("jargon_boilerplate", 0.8),
        ("defensiveness", 0.8),
        ("unprofessional", 0.8),
        ("overpromise_speculation", 0.8),
        ("concrete_action", 0.8),
        ("ownership", 0.75),
        ("human_voice", 0.7),
        ("empathy", 0.7),
        ("politeness", 0.6),
        ("acknowledgement", 0.55),
    ],
)
def test_a_dimension_ranks_as_its_labels_do(dimension: str, bar: float, verdicts: list[dict[str, Any]]) -> None:
    both = [
        (verdict["dimensions"][dimension], float(message["labels"][dimension]))
        for verdict, message in zip(verdicts, MESSAGES, strict=True)
        if verdict["dimensions"][dimension] is not None and message["labels"][dimension] is not None
    ]
    assert spearman([value for value, _ in both], [label for _, label in both]) >= bar


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_dimension_tells_who_has_it_from_who_has_not(dimension: str, verdicts: list[dict[str, Any]]) -> None:
    bar = 0.9 if dimension in LEXICAL else 0.8
    for area in areas(MESSAGES, verdicts):
        if area.dimension == dimension:
            assert area.value >= bar


@pytest.mark.parametrize(
    ("name", "pairs_bar", "rho_bar"), [("tone_fresh", 0.9, 0.85), ("tone_unseen", 0.9, 0.8), ("tone_last", 0.85, 0.7)]
)
def test_texts_of_other_contexts_rank_as_their_labels_do(name: str, pairs_bar: float, rho_bar: float) -> None:
    """Labelled before they were read. The first two sets then led to better rules; no rule was changed for the last."""
    others = messages(name)
    found = judging.verdicts(others)
    chosen = pairs(others, found)
    assert chosen.right >= pairs_bar * chosen.of, chosen.wrong
    assert rho(others, found) >= rho_bar


@pytest.mark.parametrize(
    ("dimension", "label", "raised", "precision", "recall"),
    [
        ("unprofessional", 1, 0.3, 0.9, 1),
        ("personal_data_leak", 1, 0.3, 1, 1),
        ("non_apology", 2, 0.7, 1, 1),
    ],
)
def test_red_flags_are_raised_where_they_belong(
    dimension: str, label: int, raised: float, precision: float, recall: float, verdicts: list[dict[str, Any]]
) -> None:
    flagged = {verdict["id"] for verdict in verdicts if (verdict["dimensions"][dimension] or 0) >= raised}
    meant = {message["id"] for message in MESSAGES if (message["labels"][dimension] or 0) >= label}
    right = len(flagged & meant)
    assert right / len(flagged) >= precision, sorted(flagged - meant)
    assert right / len(meant) >= recall, sorted(meant - flagged)


@pytest.mark.parametrize(
    ("what", "least"),
    [("lower", 0.94), ("expanded", 0.94), ("typographic", 1.0), ("swapped", 0.85)],
)
def test_how_a_message_is_typed_changes_little(what: str, least: float) -> None:
    change = {
        "lower": str.lower,
        "expanded": lambda text: text.replace("'re ", " are ").replace("'ve ", " have ").replace("n't ", " not "),
        "typographic": lambda text: text.replace("'", "’"),
        "swapped": swapped,
    }[what]
    changed = {message["id"]: judged(message, change(message["message"]))["overall"] for message in MESSAGES}
    assert pairs_right(changed) >= least


def swapped(text: str) -> str:
    """Every sixteenth character changes place with the next: about six letters in a hundred are wrong."""
    letters = list(text)
    for at in range(7, len(letters) - 1, 16):
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
