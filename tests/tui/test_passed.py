"""The first lines of a practice drill's review: passed or not, with each mark and what the run showed of it."""

from __future__ import annotations

import pytest

from drills.joining import find
from drills.origin import Origin
from drills.practice.passing import MarkResult
from drills.session import Session
from tui.screens.passed import first_lines, told
from tui.widgets.prose import joined

HELD = MarkResult("First answer within 3m", True, "The first answer came after 2m of real time.")
MISSED = MarkResult("Never called more than L1", False, "It was called L3 at T+0:04:00. [b]")


def test_passed_says_so_with_every_mark() -> None:
    shown = joined(told([HELD, HELD], 80)).plain
    assert shown.startswith(" PASSED   2 of 2 marks\n ✓ First answer within 3m. The first answer came after 2m")


def test_one_mark_that_was_missed_is_not_passed_yet() -> None:
    shown = joined(told([HELD, MISSED], 80)).plain
    assert shown.startswith(" NOT YET   1 of 2 marks")
    assert " ✗ Never called more than L1. It was called L3 at T+0:04:00. [b]" in shown


def test_no_line_is_wider_than_it_may_be() -> None:
    assert all(line.cell_length <= 30 for line in told([HELD, MISSED], 30))


def test_a_practice_drill_that_has_ended_is_told_by_its_own_marks() -> None:
    session = Session.rehearse(find("md-01-one-cup-of-soup"))
    session.skip_to(session.ends_ms)
    shown = joined(first_lines(session, session.scorecard(), 100)).plain
    assert "NOT YET" in shown
    assert "Nobody was answered." in shown


def test_a_drill_without_marks_has_no_such_lines() -> None:
    session = Session.rehearse(find("cafe-lumo"))
    session.skip_to(session.ends_ms)
    assert [] == first_lines(session, session.scorecard(), 100)


def test_a_retry_that_passed_says_beside_it_that_it_does_not_count_and_what_would() -> None:
    shown = joined(told([HELD, HELD], 80, retry=True)).plain
    assert shown.startswith(" PASSED   2 of 2 marks  in a retry: practice, not counted\n")
    assert "To have it counted, play the exercise from its start." in shown
    assert "not counted" not in joined(told([HELD, HELD], 80)).plain
    assert all(line.cell_length <= 30 for line in told([HELD, MISSED], 30, retry=True))


def test_the_review_of_a_retry_knows_that_it_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session.rehearse(find("md-01-one-cup-of-soup"))
    session.skip_to(session.ends_ms)
    card = session.scorecard()
    assert "a retry" not in joined(first_lines(session, card, 100)).plain
    monkeypatch.setattr(Session, "origin", property(lambda _: Origin("before", 60_000, "")))
    assert "in a retry: practice, not counted" in joined(first_lines(session, card, 100)).plain
