"""When to practise again, from one's own history alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.practice.ladder import Exercise, ladder
from drills.practice.skills import AGAIN, STEPS, Attempt, Skill, skills, still_needed, suggestions, surface

START = date(2026, 1, 1)


def tried(day: int, *, passed: bool = True, skill: str = "classify", exercise: str = "cards-a") -> Attempt:
    when = f"{(START + timedelta(day)).isoformat()}T12:00:00+01:00"
    return Attempt(exercise, skill, "MD-02", when, passed)


def of(history: list[Attempt], today: int, skill: str = "classify") -> Skill:
    return next(one for one in skills(history, START + timedelta(today)) if one.skill == skill)


def due_in(history: list[Attempt]) -> int:
    due = of(history, 0).due
    assert due is not None
    return (due - START).days


def exercise(id_: str, skill: str = "classify", step: str = "MD-02") -> Exercise:
    return Exercise(id_, id_.title(), "cards", skill, step, 4)


def test_somebody_new_has_ten_new_skills() -> None:
    found = skills([], START)
    assert [step.skill for step in ladder()] == [one.skill for one in found]
    assert {("never", 0, None)} == {(one.freshness, one.step, one.due) for one in found}


def test_passes_in_time_carry_a_skill_up_the_whole_schedule() -> None:
    day, history, gaps = 0, [], []
    for _ in range(8):
        history.append(tried(day))
        gaps.append(due_in(history) - day)
        day = due_in(history)
    assert [1, 4, 10, 21, 60, 120, 120, 120] == gaps


def test_six_passes_in_one_afternoon_are_one() -> None:
    assert (1, 1) == (of([tried(0)] * 6, 0).step, due_in([tried(0)] * 6))


def test_a_pass_before_it_is_due_changes_no_date() -> None:
    assert 5 == due_in([tried(0), tried(1)]) == due_in([tried(0), tried(1), tried(3)])
    assert START + timedelta(3) == of([tried(0), tried(1), tried(3)], 3).passed


def test_a_failure_goes_back_two_steps() -> None:
    history = [tried(0), tried(1), tried(5), tried(15)]
    assert 4 == of(history, 15).step
    history.append(tried(36, passed=False))
    assert (2, 40) == (of(history, 36).step, due_in(history))


@pytest.mark.parametrize("before", [[], [tried(0)], [tried(0), tried(1)]])
def test_a_failure_goes_back_no_further_than_the_first(before: list[Attempt]) -> None:
    history = [*before, tried(7, passed=False)]
    assert (1, 8) == (of(history, 7).step, due_in(history))


def test_whoever_fails_and_passes_the_same_day_comes_back_tomorrow() -> None:
    history = [tried(0, passed=False), tried(0)]
    assert (1, 1, "fresh") == (of(history, 0).step, due_in(history), of(history, 0).freshness)


@pytest.mark.parametrize(("today", "word"), [(5, "fresh"), (11, "fresh"), (12, "fading"), (14, "fading"), (15, "due")])
def test_a_skill_fades_in_the_last_third_of_its_gap(today: int, word: str) -> None:
    assert word == of([tried(0), tried(1), tried(5)], today).freshness


def test_what_was_never_passed_is_never_fresh() -> None:
    one = of([tried(0, passed=False)], 0)
    assert ("never", START, None) == (one.freshness, one.tried, one.passed)


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=20))
def test_every_history_has_a_step_and_a_day(days: list[tuple[int, bool]]) -> None:
    history = [tried(day, passed=passed) for day, passed in days]
    one = of(history, 401)
    assert (one.step in range(1, 7)) == bool(history) == (one.due is not None)
    if one.due is not None and one.tried is not None:
        assert one.due > START + timedelta(max(day for day, _ in days)) - timedelta(120)
        assert (one.due - START).days <= max(day for day, _ in days) + max(STEPS)


def test_the_order_in_which_a_history_is_given_does_not_matter() -> None:
    history = [tried(0), tried(1), tried(5, passed=False), tried(6)]
    assert of(history, 9) == of(history[::-1], 9)


# -- what next -----------------------------------------------------------------------------------------------------


def test_the_same_skill_comes_back_on_the_surface_used_least_recently() -> None:
    three = [exercise("cards-a"), exercise("cards-b"), exercise("cards-c")]
    used = [tried(0, exercise="cards-a"), tried(1, exercise="cards-b")]
    assert [three[2], three[0]] == [surface("classify", three, used), surface("classify", three[:2], used)]
    assert surface("humour", three, used) is None


def next_up(history: list[Attempt], today: int, exercises: list[Exercise]) -> list[tuple[str, str]]:
    day = START + timedelta(today)
    return [(one.exercise.id, one.why) for one in suggestions(skills(history, day), exercises, history, day)]


SOUP = exercise("soup", "warm-reply", "MD-01")
CARDS = [exercise("cards-a"), exercise("cards-b")]


def test_whoever_is_new_begins_at_the_bottom() -> None:
    assert [("soup", "MD-01 is the next step that is new to you.")] == next_up([], 0, [*CARDS, SOUP])


def test_a_step_without_an_exercise_keeps_nobody_waiting() -> None:
    assert ["cards-a"] == [name for name, _ in next_up([], 0, CARDS)]


def test_what_is_due_comes_before_what_is_new_and_says_since_when() -> None:
    first, second = next_up([tried(0)], 3, [*CARDS, SOUP])
    assert "cards-b" == first[0], "the one not seen yet"
    assert "Last passed on 1 January; it has been due since 2 January." in first[1]
    assert "a story you have not seen" in first[1]
    assert "soup" == second[0]


def test_what_is_longest_overdue_comes_first() -> None:
    history = [tried(3), tried(0, skill="warm-reply", exercise="soup")]
    assert ["soup", "cards-b"] == [name for name, _ in next_up(history, 9, [*CARDS, SOUP])]


def test_what_is_not_due_yet_comes_last_and_says_when() -> None:
    (_, why) = next_up([tried(0)], 0, [CARDS[0]])[-1]
    assert "Nothing to do before 2 January." == why


def test_what_was_just_missed_comes_first_until_something_else_is_tried_or_the_day_is_over() -> None:
    missed = tried(0, passed=False)
    assert ("cards-a", AGAIN) == next_up([missed], 0, [*CARDS, SOUP])[0]
    evening = "2026-01-01T20:00:00+01:00"
    other = replace(tried(0, skill="warm-reply", exercise="soup"), at=evening)
    for history, today in (([missed, other], 0), ([missed], 1), ([tried(0), replace(missed, at=evening)], 0)):
        assert AGAIN not in [why for _, why in next_up(history, today, [*CARDS, SOUP])]


def test_the_entry_rule_asks_for_the_first_seven() -> None:
    assert tuple(f"MD-0{number}" for number in range(1, 8)) == still_needed(skills([], START))
    assert "MD-02" not in still_needed(skills([tried(0)], START))
    assert "MD-02" in still_needed(skills([tried(0, passed=False)], START))


def retried(day: int, *, passed: bool = True, exercise: str = "cards-a") -> Attempt:
    later = f"{START + timedelta(day)}T13:00:00+01:00"
    return replace(tried(day, passed=passed, exercise=exercise), at=later, retry=True)


def with_retry(history: list[Attempt], retries: list[Attempt], today: int) -> list[tuple[str, str]]:
    day = START + timedelta(today)
    found = skills(history, day, retries)
    return [(one.exercise.id, one.why) for one in suggestions(found, [*CARDS, SOUP], history, day)]


def test_a_retry_moves_no_step_and_no_day() -> None:
    failed = skills([tried(0, passed=False)], START)
    (one,) = (skill for skill in skills([tried(0, passed=False)], START, [retried(0)]) if skill.attempts)
    (plain,) = (skill for skill in failed if skill.attempts)
    assert (plain.step, plain.due, plain.passed, plain.attempts) == (one.step, one.due, one.passed, one.attempts)
    assert [True] == [attempt.retry for attempt in one.retries]


def test_whoever_failed_and_passed_a_retry_plays_that_exercise_again_from_its_start() -> None:
    (name, why), *_ = with_retry([tried(0, passed=False)], [retried(0)], 0)
    assert "cards-a" == name, "not the surface used least recently: the one that was learnt just now"
    assert "You passed it as a retry, and a retry is not counted: play it once from its start." == why


@pytest.mark.parametrize(
    ("history", "retries"),
    [
        ([tried(0, passed=False)], [retried(0, passed=False)]),
        ([tried(0, passed=False), tried(1, passed=False)], [retried(0)]),
        ([tried(0)], [retried(0)]),
    ],
)
def test_a_retry_asks_for_nothing_that_failed_is_older_than_the_last_attempt_or_is_of_what_was_passed(
    history: list[Attempt], retries: list[Attempt]
) -> None:
    assert all("retry" not in why for _, why in with_retry(history, retries, 1))


def test_what_was_not_passed_yet_can_be_played_before_it_comes_back() -> None:
    other = replace(tried(0, skill="warm-reply", exercise="soup"), at="2026-01-01T20:00:00+01:00")
    (_, why) = next_up([tried(0, passed=False), other], 0, [CARDS[0]])[-1]
    assert "Tried and not passed yet. It comes back on 2 January; now is fine as well." == why
