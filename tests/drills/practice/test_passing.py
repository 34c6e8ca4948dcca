"""What a run must show to be passed: each mark, held and missed, with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter

from drills.practice.marks_model import PassMark
from drills.practice.passing import MarkResult, passed, passed_all
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Gate, Scorecard
from tests.drills.scoring.runs import BAD, DECOY, acted, by_hand, post, reading, said, scenario, truth

MARK: TypeAdapter[PassMark] = TypeAdapter(PassMark)


def result(run: Run, card: Scorecard | None = None, **mark: Any) -> MarkResult:
    """What a run shows of one mark."""
    (found,) = passed(run, card or score(run), (MARK.validate_python(mark),))
    return found


def kind_day(at: float = 3, judged: Any = None, **given: Any) -> Run:
    """One complaint after a minute, one answer."""
    answer = said(at, "reply", targets=("x",), **({"judged": judged} if judged else {}))
    return by_hand(*truth((0, 1)), post(1, "x"), *answer, base=scenario(DECOY), end=60, **given)


QUIET = by_hand(*truth((0, 1)), base=scenario(DECOY), end=60)


def test_a_line_is_held_against_its_share() -> None:
    run = kind_day()
    card = score(run)
    found = next(line.score for line in card.lines if line.id == "Sp4")
    assert found is not None
    assert result(run, line="Sp4", at_least=found).held
    low = replace(card, lines=tuple(replace(one, score=0.5) for one in card.lines))
    missed = result(run, low, line="Sp4", at_least=0.8)
    assert (False, "First answer to each message: at least 80 %") == (missed.held, missed.title)
    assert missed.why.startswith("It was 50 %. ")


def test_what_was_not_assessed_is_not_passed() -> None:
    missed = result(QUIET, line="Cd6", at_least=0.1)
    assert not missed.held
    assert missed.why.startswith("This run showed nothing of it. Not assessed")
    assert not missed.why.endswith("not counted."), "to the total, which no mark asks about"
    card = replace(score(QUIET), tone=None, tasks=())
    assert not result(QUIET, card, dimension="tone", at_least=0).held
    assert not result(QUIET, card, task="CT4", at_least="M").held


def test_a_dimension_is_held_against_its_points() -> None:
    card = replace(score(QUIET), tone=69.96)
    assert not result(QUIET, card, dimension="tone", at_least=70).held
    assert result(QUIET, replace(card, tone=70.0), dimension="tone", at_least=70).held


@pytest.mark.parametrize(("rating", "held"), [("P", True), ("S", True), ("M", False), ("U", False), ("-", False)])
def test_a_task_is_held_against_its_letter(rating: str, held: bool) -> None:
    card = score(QUIET)
    tasks = tuple(replace(task, rating=rating) if task.id == "CT4" else task for task in card.tasks)
    assert held == result(QUIET, replace(card, tasks=tasks), task="CT4", at_least="S").held


def test_a_shut_gate_is_named() -> None:
    assert result(kind_day(), no_gate=True).held
    card = replace(score(QUIET), gates=(Gate("G-PII", "Personal data in public", 50, "A phone number was asked for."),))
    missed = result(QUIET, card, no_gate=True)
    assert (False, "Personal data in public: A phone number was asked for.") == (missed.held, missed.why)


def called(*levels: tuple[float, int]) -> Run:
    """A run in which these levels were declared."""
    events = [acted(at, "classify", level=level) for at, level in levels]
    return by_hand(*truth((0, 1)), *events, base=scenario(DECOY), end=60)


def test_the_first_level_that_was_too_high_is_told() -> None:
    assert result(QUIET, level_never_above="L1").held
    assert result(called((2, 1)), level_never_above="L1").held
    missed = result(called((2, 1), (9, 3), (12, 1)), level_never_above="L1")
    assert (False, "It was called L3 at T+0:09:00.") == (missed.held, missed.why)


@pytest.mark.parametrize(("at", "pace", "held"), [(7, 2, True), (7.5, 2, False), (7.5, 4, True), (1.2, 2, True)])
def test_a_first_answer_is_timed_in_real_minutes(at: float, pace: float, held: bool) -> None:
    """From the first post that wanted one, at the pace that was played."""
    assert held == result(kind_day(at, pace=pace), first_reply_within="3m").held


def test_an_answer_before_anybody_asked_is_none() -> None:
    early = by_hand(*said(0.5, "reply", targets=("y",)), post(1, "x"), base=scenario(DECOY), end=60)
    assert "Nobody was answered." == result(early, first_reply_within="3m").why
    assert not result(QUIET, first_reply_within="3m").held
    statement = by_hand(post(1, "x"), *said(2), base=scenario(DECOY), end=60)
    assert not result(statement, first_reply_within="3m").held, "a statement to everybody is no answer"
    private = by_hand(post(1, "x"), *said(2, "message", targets=("x",)), base=scenario(DECOY), end=60)
    assert result(private, first_reply_within="3m").held


@pytest.mark.parametrize("verdict", ["too_early", "unknown", "false", "unsafe", "lie"])
def test_a_text_that_could_not_be_said_is_named(verdict: str) -> None:
    missed = result(kind_day(judged=reading(claims=[("hacked", verdict)])), said_nothing_unsayable=True)
    assert not missed.held
    assert "T+0:03:00" in missed.why
    assert "(hacked)" in missed.why


def test_to_say_nothing_at_all_is_no_skill() -> None:
    assert result(kind_day(), said_nothing_unsayable=True).held
    assert not result(kind_day(judged=BAD), said_nothing_unsayable=True).held
    assert not result(QUIET, said_nothing_unsayable=True).held


def test_a_run_that_was_left_is_not_passed() -> None:
    left = by_hand(*truth((0, 1)), post(1, "x"), *said(3, "reply", targets=("x",)), base=scenario(DECOY), end=9,
                   why="stopped")  # fmt: skip
    found = passed(left, score(left), (MARK.validate_python({"no_gate": True}),))
    assert [("Played to the end", False), ("Nothing that must never happen", True)] == [
        (o.title, o.held) for o in found
    ]
    assert not passed_all(found)


def test_all_marks_must_hold_and_none_passes_nobody() -> None:
    yes, no = MarkResult("a", True, ""), MarkResult("b", False, "")
    assert passed_all((yes, yes))
    assert not passed_all((yes, no))
    assert not passed_all(())
