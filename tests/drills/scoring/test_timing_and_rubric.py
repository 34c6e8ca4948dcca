"""The time function, floors, what is fair to judge; and the rubric's names and overrides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.scoring import rubric
from drills.scoring.rubric import Thresholds
from drills.scoring.timing import f, floored, judged
from scenarios.moments import MINUTE, SECOND

T = Thresholds(15, 30, 60)


@pytest.mark.parametrize(
    ("minutes", "score"), [(-5, 1), (0, 1), (15, 1), (22.5, 0.75), (30, 0.5), (45, 0.25), (60, 0), (999, 0)]
)
def test_full_credit_to_the_target_half_at_the_limit_none_from_the_fail(minutes: float, score: float) -> None:
    assert score == pytest.approx(f(minutes, T))


@pytest.mark.parametrize("at", [Thresholds(5, 5, 5), Thresholds(0, 0, 0), Thresholds(5, 5, 9), Thresholds(1, 9, 9)])
@given(elapsed=st.floats(-1e6, 1e6))
def test_thresholds_that_coincide_divide_nothing_by_zero(at: Thresholds, elapsed: float) -> None:
    assert 0 <= f(elapsed, at) <= 1


@given(early=st.floats(0, 100), late=st.floats(0, 100))
def test_later_is_never_better(early: float, late: float) -> None:
    early, late = sorted((early, late))
    assert f(early, T) >= f(late, T)


def test_a_floor_moves_all_three_thresholds_by_what_the_target_lacks() -> None:
    at = Thresholds(5 * MINUTE, 10 * MINUTE, 20 * MINUTE)
    assert at == floored(at, 20, pace=2)
    assert Thresholds(20 * MINUTE, 25 * MINUTE, 35 * MINUTE) == floored(at, 20, pace=60)


def test_what_was_not_due_yet_is_not_judged() -> None:
    assert judged(None, 0, 15, T) is None


def test_what_was_due_and_is_missing_counts_nothing() -> None:
    assert judged(None, 0, 16, T) == 0


def test_what_came_after_the_end_has_not_come() -> None:
    assert judged(40, 0, 30, T) == 0


def test_the_rubric_has_a_weight_for_every_dimension_and_they_make_a_hundred() -> None:
    given_ = rubric.load()
    for group in ("weights", "speed", "tone", "escalation", "conduct"):
        assert sum(given_.group(group).values()) == 100, group


def test_every_leaf_can_be_overridden_by_its_name() -> None:
    assert "times.public_L3.limit" in rubric.names()
    assert "intensity_bands.L1.high" in rubric.names()
    changed = rubric.load({"weights.speed": 40, "times.public_L3.limit": 20})
    assert (changed["weights.speed"], changed.thresholds("public_L3").limit) == (40, 20 * MINUTE)
    assert rubric.load()["weights.speed"] == 30


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"weights.sped": 40}, "did you mean 'weights.speed'"),
        ({"weights.speed": -1}, "weights.speed is -1, expected a number from 0"),
        ({"weights.speed": float("nan")}, "expected a number from 0"),
        ({"times.detect.limit": 1}, "times.detect must rise, got target 5, limit 1, fail 20"),
        ({"intensity_bands.L1.low": 3}, "intensity_bands.L1 must rise"),
    ],
)
def test_a_wrong_override_is_an_error_that_says_what_to_write(overrides: dict[str, float], message: str) -> None:
    with pytest.raises(DrillError, match=message.replace("'", ".")):
        rubric.load(overrides)


def test_the_desk_gets_its_deadlines_from_the_rubric() -> None:
    assert rubric.answer_within(rubric.load())["harm"] == 600 * SECOND
