"""Pace is arithmetic: proved with a clock moved by hand, without a single sleep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.pace import Pace


def test_one_second_is_one_scenario_minute_at_sixty() -> None:
    assert Pace(0, 10.0, 10.0, 60).at(11.0) == 60_000


def test_a_pause_stands_still_and_goes_on_from_there() -> None:
    paused = Pace(0, 0.0, 0.0, 60).anchored(5.0, paused=True)
    assert paused.at(100.0) == 300_000
    assert paused.anchored(100.0, paused=False).at(101.0) == 360_000


def test_a_change_of_pace_does_not_rewrite_the_past() -> None:
    faster = Pace(0, 0.0, 0.0, 1).anchored(60.0, pace=10)
    assert faster.at(60.0) == 60_000
    assert faster.at(66.0) == 120_000


def test_a_long_gap_is_away_and_what_came_after_is_not_played() -> None:
    pace = Pace(0, 0.0, 0.0, 60).seen(10.0)
    assert pace.gap(11.9) == 0
    assert pace.gap(40.0) == 30.0
    assert pace.away().at(40.0) == 600_000


@pytest.mark.parametrize("pace", [0, -1, float("nan")])
def test_a_pace_must_be_above_nothing(pace: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Pace(0, 0.0, 0.0, 1).anchored(1.0, pace=pace)


steps = st.lists(
    st.tuples(st.floats(0, 100), st.sampled_from(["look", "pause", "run", "pace"]), st.floats(0.1, 60)), max_size=30
)


@given(steps)
def test_time_never_goes_back(script: list[tuple[float, str, float]]) -> None:
    pace, wall, last = Pace(0, 0.0, 0.0, 2), 0.0, 0
    for after, what, value in script:
        wall += after
        if what == "pace":
            pace = pace.anchored(wall, pace=value)
        elif what != "look":
            pace = pace.anchored(wall, paused=what == "pause")
        assert pace.at(wall) >= last
        last = pace.at(wall)
