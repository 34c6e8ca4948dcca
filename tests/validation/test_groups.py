"""Known groups: the order that the scripted teams were made for is the order of their totals."""

from __future__ import annotations

import json

import pytest

from drills.joining import find
from drills.responders import RESPONDERS
from tests.validation import groups
from tests.validation.groups import ORDERS, compared, effect, measured

SHIPPED = ("cafe-lumo", "brightpan-debate-night", "stackfold-is-down", "tarn-and-tide")
LEAST = 0.95
"""The share of seeds in which the order must hold."""


def test_the_orders_are_of_teams_that_there_are() -> None:
    assert {name for order in ORDERS.values() for rank in order for name in rank} == set(RESPONDERS)


def test_the_effect_is_the_gap_in_pooled_deviations() -> None:
    assert effect([4, 6], [1, 3]) == pytest.approx(3 / 2**0.5)
    assert effect([5, 5], [3, 3]) is None and effect([5], [3]) is None


def test_an_order_is_broken_where_one_pair_is_and_those_of_one_rank_come_as_they_like() -> None:
    totals = {"good": [9.0, 9, 2, 5], "one": [5.0, 1, 1, 5], "two": [1.0, 5, 1, 1]}
    found = compared("d", (("good",), ("one", "two")), totals, 7)
    assert (found.held, found.broken) == (0.75, (10,))
    assert [(pair.better, pair.worse, pair.held) for pair in found.neighbours] == [
        ("good", "one", 0.75),
        ("good", "two", 1.0),
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_better_team_scores_more(name: str) -> None:
    found = measured(find(name), runs=2)
    assert found.held == 1, groups.lines(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_the_better_team_scores_more_in_nineteen_seeds_of_twenty(name: str) -> None:
    found = measured(find(name), runs=100)
    assert found.held >= LEAST, groups.lines(found)


def test_the_command_prints_the_share_and_the_effect(capsys: pytest.CaptureFixture[str]) -> None:
    groups.main(["--runs", "2", "cafe-lumo"])
    told = capsys.readouterr().out
    assert told.startswith("cafe-lumo, 2 seeds: the order holds in 100 %") and "silent > over-reactor: 100 %" in told
    groups.main(["--runs", "2", "--json", "cafe-lumo"])
    (data,) = json.loads(capsys.readouterr().out)
    assert (data["held"], data["broken"], data["seeds"]) == (1, [], 2)
