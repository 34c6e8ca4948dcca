"""At a high pace the real-time floors make all deadlines alike: then whoever may be hurt goes first."""

from __future__ import annotations

import pytest

from drills.deadlines import due_after, harm_first
from drills.desk import Desk
from drills.scoring import rubric
from tests.tui.scripted import COLLEAGUES, NAMES, SCENARIO, post

COMPLAINT = post("rude", 1, "mum", "Nobody answers.", need="complaint", theme="safe")
HARM = post("ill", 3, "care", "My child is sick from it.", need="harm", theme="safe", form="scripted")


def queue(pace: float) -> list[str]:
    """Who waits, in the desk's order, at a pace."""
    within = rubric.answer_within(rubric.load())
    floor = rubric.load()["floors.reply"]
    first = harm_first(within, floor, pace)
    desk = Desk(SCENARIO, COLLEAGUES, NAMES, lambda _: "", due_after(within, floor, pace), first)
    for event in (COMPLAINT, HARM):
        desk.apply(event)
    assert [row.key for row in desk.anew().queue()] == []
    return [row.need for row in desk.queue()]


@pytest.mark.parametrize("pace", [1, 10, 12, 20, 30, 60])
def test_a_sick_child_is_before_an_older_complaint_at_any_pace(pace: float) -> None:
    assert ["harm", "complaint"] == queue(pace)


def test_where_no_floor_decides_time_left_does() -> None:
    within = {"harm": 600_000, "complaint": 600_000}
    assert not harm_first(within, 60, 10) and harm_first(within, 60, 10.1)
    desk = Desk(SCENARIO, COLLEAGUES, NAMES, lambda _: "", within, harm_first(within, 60, 10))
    for event in (COMPLAINT, HARM):
        desk.apply(event)
    assert ["complaint", "harm"] == [row.need for row in desk.queue()]


def test_a_desk_made_anew_keeps_the_order() -> None:
    within = {"harm": 3_600_000, "complaint": 3_600_000}
    desk = Desk(SCENARIO, COLLEAGUES, NAMES, lambda _: "", within, True).anew()
    for event in (COMPLAINT, HARM):
        desk.apply(event)
    assert ["harm", "complaint"] == [row.need for row in desk.queue()]
