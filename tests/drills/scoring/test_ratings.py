"""From lines to figures, with the five worked examples of docs/scoring.md; and the letters of tasks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drills.scoring import gates, ratings, tasks
from drills.scoring.card import Gate, Line
from drills.scoring.lines import TITLES, line
from drills.scoring.rubric import load
from tests.drills.scoring.runs import by_hand, record

RUBRIC = load()
DOCS = Path(__file__).parents[3] / "docs" / "scoring.md"

EXAMPLES: dict[str, dict[str, float]] = {
    # A good run: 60 % answered at once, 25 % after 45 minutes, 15 % never; explanation missing from the apology.
    "A": {
        "Sp1": 1, "Sp2": 1, "Sp3": 1, "Sp4": 0.6 + 0.25 * 0.75, "Sp5": 1,
        "Tn1": 1, "Tn2": 1, "Tn3": 0.9, "Tn4": 0.8, "Tn5": 1, "Tn6": 0.85, "Tn7": 1,
        "Es1": 0.6 * (1 - 12 / 360) + 0.4 * (1 - 0.8 / 3), "Es2": 0.95, "Es3": 5 / 6, "Es4": 1, "Es5": 0.8, "Es6": 0.7,
        "Cd1": 0.85, "Cd2": 1, "Cd3": 0.95, "Cd4": 1, "Cd5": 0.9,
    },
    # Over-reaction: everything fast and the guest answered too; L3 until 22, four people woken, a formal apology.
    "B": {
        "Sp1": 1, "Sp2": 0.4, "Sp3": 1, "Sp4": 1,
        "Tn1": 1, "Tn2": 0.75, "Tn3": 1, "Tn4": 0.6, "Tn5": 1, "Tn6": 0, "Tn7": 0,
        "Es1": 0.6 * (1 - 27.2 / 120) + 0.4 * (1 - 1.6 / 3), "Es2": 0.7 + 0.3 * 0.25, "Es3": 1, "Es5": 2 / 7,
        "Cd1": 1, "Cd2": 1, "Cd3": 1 - 0.8 * (2 / 5 + 2 / 5), "Cd4": 1,
    },
    # Fast and wrong: "the product is safe" at 10, put right only at 42.
    "C": {
        "Sp1": 1, "Sp2": 1, "Sp3": 0.5, "Sp4": 0.69, "Sp5": 1,
        "Tn1": 0.2, "Tn2": 0.25, "Tn3": 0.35, "Tn4": 0.6, "Tn5": 0.5, "Tn7": 1,
        "Es1": 0.47, "Es2": 0.8, "Es3": 0.5, "Es4": 0.5, "Es5": 0.5,
        "Cd1": 0.7, "Cd2": 0.2, "Cd3": 0.7, "Cd4": 1, "Cd5": 0.25,
    },
    # A slow plan: the draft was ready at 9, three validators in a row, published at 58.
    "D": {"Sp1": 1, "Sp2": 1, "Sp3": 1 / 30, "Sp4": 0.65, "Sp5": 1},
    # Under-reaction: a crisis from 10 of 120, said to be L1 until 100; polite replies, no word to everybody.
    "E": {
        "Sp1": 1, "Sp2": 0, "Sp3": 0, "Sp4": 0.6, "Sp5": 0,
        "Tn1": 0.8, "Tn2": 0.75, "Tn3": 1, "Tn4": 0.8, "Tn5": 0.6, "Tn6": 0.8, "Tn7": 1,
        "Es1": 0.6 * (1 - 170 / 240) + 0.4 * (1 - 2 / 3), "Es2": 0.3, "Es3": 0, "Es4": 1,
        "Cd1": 0.6, "Cd2": 0.5, "Cd3": 1 - 2 / 5, "Cd4": 2 / 3, "Cd5": 0.1,
    },
}  # fmt: skip

GATES = {"B": ("G-OVER",), "C": ("G-SAFE",), "E": ("G-UNDER-FAIL",)}
EXPECTED = {
    "A": (94.7, 93.5, 88.4, 94.5, 92.8, 92.8, "P"),
    "B": (90.0, 74.0, 72.3, 78.7, 79.3, 65.0, "M"),
    "C": (74.8, 38.9, 55.4, 57.5, 57.5, 49.0, "U"),
    "E": (30.0, 82.0, 35.6, 53.5, 49.1, 49.1, "U"),
}


def lines_of(name: str) -> list[Line]:
    return [line(RUBRIC, id_, score, "") for id_, score in EXAMPLES[name].items()]


def figures(name: str) -> tuple[float | str, ...]:
    scores = {one: ratings.dimension(lines_of(name), one) for one in ("speed", "tone", "escalation", "conduct")}
    raw = ratings.raw(RUBRIC, scores)
    shut = [Gate("G", "", RUBRIC[f"caps.{gate}"], "") for gate in GATES.get(name, ())]
    total = ratings.capped(raw, shut)
    return (*(round(value or 0, 1) for value in (*scores.values(), raw, total)), ratings.rating(RUBRIC, total))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_worked_examples(name: str) -> None:
    assert figures(name) == EXPECTED[name]


def test_example_d_is_slow_as_run_and_fast_without_the_waiting() -> None:
    lines = lines_of("D")
    assert ratings.dimension(lines, "speed") == pytest.approx(57.4, abs=0.05)
    sooner = [line(RUBRIC, one.id, 1 if one.id == "Sp3" else one.score, "") for one in lines]
    assert ratings.dimension(sooner, "speed") == pytest.approx(91.2, abs=0.1)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_documentation_shows_the_same_figures(name: str) -> None:
    row = re.search(rf"^\| \*\*{name}\*\* .*$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert row is not None
    shown = [cell.strip() for cell in row.group().split("|")[2:-1]]
    assert [f"{value:.1f}" if isinstance(value, float) else value for value in EXPECTED[name]] == shown[-7:]


def test_the_documentation_names_every_criterion_gate_and_task() -> None:
    text = DOCS.read_text("utf-8")
    wanted = [*TITLES, *gates.TITLES, *tasks.TITLES]
    assert [id_ for id_ in wanted if id_ not in text] == []


def test_what_was_not_assessed_counts_neither_way() -> None:
    lines = [line(RUBRIC, "Sp1", 1, ""), line(RUBRIC, "Sp3", None, ""), line(RUBRIC, "Sp4", 0.5, "")]
    assert ratings.dimension(lines, "speed") == pytest.approx(100 * (15 + 12.5) / 40)
    assert ratings.dimension(lines, "tone") is None
    assert ratings.raw(RUBRIC, {"speed": 80, "tone": None}) == 80
    assert ratings.raw(RUBRIC, {}) == 0


def test_a_penalty_never_makes_a_dimension_negative() -> None:
    assert ratings.dimension([line(RUBRIC, "Tn1", 0.05, "")], "tone", 10) == 0


@pytest.mark.parametrize(
    ("total", "letter"),
    [(100, "P"), (80, "P"), (79.999, "S"), (66, "S"), (65.9, "M"), (50, "M"), (49.99, "U"), (0, "U")],
)
def test_letters_are_for_the_unrounded_total(total: float, letter: str) -> None:
    assert letter == ratings.rating(RUBRIC, total)


def test_the_lowest_cap_holds() -> None:
    shut = [Gate("a", "", 65, ""), Gate("b", "", 49, "")]
    assert (ratings.capped(90, shut), ratings.capped(40, shut), ratings.capped(90, [])) == (49, 40, 90)


# Tasks


@pytest.mark.parametrize(
    ("scores", "harm", "letter"),
    [
        ([1], False, "P"),
        ([0.75], False, "S"),
        ([0.25], False, "M"),
        ([0], False, "U"),
        ([1], True, "M"),
        ([0], True, "U"),
        ([], False, "-"),
        ([1, 0.5], False, "S"),
    ],
)
def test_a_task_is_rated_by_what_the_letters_mean(scores: list[float], harm: bool, letter: str) -> None:
    assert letter == tasks.rate(record(by_hand()), scores, harm=harm)
