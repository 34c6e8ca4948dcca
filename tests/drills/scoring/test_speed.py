"""Sp1 to Sp6, and the time spent waiting for approvals."""

from dataclasses import replace
from typing import Any

import pytest

from drills.run import Run
from drills.scoring import first_word, speed
from drills.scoring.card import Line
from engine.events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    Escalated,
    Event,
    InjectFired,
    Reached,
    Void,
)
from scenarios.moments import MINUTE
from tests.drills.scoring.runs import (
    CRISIS,
    DECOY,
    acted,
    by_hand,
    post,
    reading,
    record,
    said,
    scenario,
    truth,
)

START = InjectFired(0, "own", "time")


def lines(one: Run, **overrides: float) -> dict[str, Line]:
    return {line.id: line for line in speed.lines(record(one, **overrides))}


def score(one: Run, id_: str, **overrides: float) -> float | None:
    return lines(one, **overrides)[id_].score


# Sp1, Sp2


@pytest.mark.parametrize(("minute", "expected"), [(3, 1), (7.5, 0.75), (10, 0.5), (15, 0.25), (25, 0)])
def test_noticing_is_the_first_thing_done_after_the_first_inject(minute: float, expected: float) -> None:
    run = by_hand(START, acted(1, "note", text="we sit down"), acted(minute, "flag", target="x", kind="priority"))
    assert expected == pytest.approx(score(run, "Sp1"))


def test_nobody_is_late_to_notice_before_anything_has_happened() -> None:
    assert score(by_hand(), "Sp1") is None


def test_every_change_of_level_wants_its_word() -> None:
    run = by_hand(*truth((0, 3), (60, 2)), acted(10, "classify", level=3), acted(80, "classify", level=2))
    assert score(run, "Sp2") == pytest.approx((1 + 0.5) / 2)


def test_one_level_too_high_is_adequate_unless_the_team_is_sure() -> None:
    unsure, sure = (
        by_hand(*truth((0, 2)), acted(5, "classify", level=3, confidence=confidence)) for confidence in ("low", "high")
    )
    assert (score(unsure, "Sp2"), score(sure, "Sp2")) == (1, 0)


def test_a_level_that_was_right_before_the_truth_caught_up_is_in_time() -> None:
    run = by_hand(*truth((0, 1), (30, 3)), acted(20, "classify", level=3, confidence="low"))
    assert score(run, "Sp2") == pytest.approx((0 + 1) / 2)


def test_a_level_that_passed_before_anybody_had_to_name_it_is_not_asked_for() -> None:
    assert len(lines(by_hand(*truth((0, 2), (8, 3)), acted(12, "classify", level=3)))["Sp2"].evidence) == 1


def test_usual_work_needs_no_word_on_its_level() -> None:
    assert score(by_hand(*truth((0, 1))), "Sp2") is None


# Sp3


@pytest.mark.parametrize(("minute", "expected"), [(14, 1), (22.5, 0.75), (30, 0.5), (58, 1 / 30), (61, 0)])
def test_a_crisis_wants_a_statement_where_it_started_within_fifteen_minutes(minute: float, expected: float) -> None:
    assert expected == pytest.approx(score(by_hand(START, *truth((0, 3)), *said(minute)), "Sp3"))


def test_neither_a_reply_nor_another_channel_acknowledges_a_crisis() -> None:
    reply = by_hand(START, *truth((0, 3)), post(1, "x"), *said(5, "reply", targets=("x",)))
    elsewhere = by_hand(START, *truth((0, 3)), *said(5, channels=("plaza",)))
    assert (score(reply, "Sp3"), score(elsewhere, "Sp3")) == (0, 0)


def test_up_to_l1_a_person_is_answered_by_a_person_and_not_by_a_statement() -> None:
    soup = scenario(DECOY)
    review = post(1, "review", channel="rateo")
    reply = by_hand(*truth((0, 1)), review, *said(10, "reply", targets=("review",)), base=soup, end=60)
    formal = by_hand(*truth((0, 1)), review, *said(10, channels=("rateo",)), base=soup, end=60)
    assert (score(reply, "Sp3"), score(formal, "Sp3")) == (1, 0)


def test_the_level_that_the_team_was_furthest_from_counts() -> None:
    run = by_hand(*truth((0, 2), (20, 3)), post(1, "x"), *said(5, "reply", targets=("x",)), *said(50))
    assert score(run, "Sp3") == pytest.approx(0.5)
    assert "L3 at T+0:20:00" in lines(run)["Sp3"].why


def test_an_influential_voice_halves_what_is_left_of_the_deadline() -> None:
    voice = post(2, "star", form="scripted", reach=900_000, author="p9")
    assert score(by_hand(START, *truth((0, 3)), voice, *said(12)), "Sp3") == pytest.approx(1 - 0.5 * 2.5 / 7.5)
    assert score(by_hand(START, *truth((0, 3)), *said(12)), "Sp3") == 1


def test_the_scenarios_own_time_wins_over_both() -> None:
    expected: dict[str, Any] = {"public_within": "10m"}
    base = scenario({**CRISIS, "expected": expected})
    voice = post(2, "star", form="scripted", reach=900_000)
    assert score(by_hand(START, *truth((0, 3)), voice, *said(20), base=base), "Sp3") == 0.5


def test_an_official_word_before_the_assessment_takes_half_credit() -> None:
    hasty = by_hand(START, *truth((0, 3)), *said(10, kind="official"))
    assessed = acted(4, "classify", level=3, root_cause="own-post", accounts=("flit",), themes=("cruelty",))
    ready = by_hand(START, *truth((0, 3)), assessed, *said(10, kind="official"))
    assert (score(hasty, "Sp3"), score(ready, "Sp3")) == (0.5, 1)
    assert "official before" in lines(hasty)["Sp3"].why


def test_a_holding_statement_that_says_what_nobody_can_know_takes_half_credit() -> None:
    claims = reading(claims=(("safe", "unknown"),))
    assert score(by_hand(START, *truth((0, 3)), *said(10, judged=claims)), "Sp3") == 0.5


def test_a_cut_run_is_blamed_for_what_was_due_and_not_for_what_came_later() -> None:
    assert score(by_hand(START, *truth((0, 3)), end=10, why="stopped"), "Sp3") is None
    assert score(by_hand(START, *truth((0, 3)), end=20, why="stopped"), "Sp3") == 0


def test_a_level_that_passed_unnamed_costs_the_time_until_then_and_no_more() -> None:
    passed = by_hand(START, *truth((0, 3), (20, 2)), acted(25, "classify", level=2), end=60)
    assert lines(passed)["Sp2"].evidence[0].text == "truly L3; never named"
    assert score(passed, "Sp2") == pytest.approx((0.5 + 1) / 2)


# Sp4, Sp6


def test_every_message_counts_by_its_need_and_silence_counts_nothing() -> None:
    run = by_hand(
        post(1, "hurt", "harm"), post(1, "asks", "question"), post(1, "moans"), post(1, "thanks", "praise"),
        post(1, "talks", "none"),
        *said(11, "message", targets=("hurt",)), *said(61, "reply", targets=("asks", "moans")),
    )  # fmt: skip
    assert score(run, "Sp4") == pytest.approx((3 * 1 + 2 * 0.5 + 1 * 0.5 + 0.5 * 0) / 6.5)


def test_a_message_that_came_just_before_the_end_is_not_missed() -> None:
    assert score(by_hand(post(100, "late")), "Sp4") is None


def test_the_first_answer_counts_and_the_last_one_closes() -> None:
    run = by_hand(
        post(0, "hurt", "harm", form="scripted"),
        *said(10, "reply", targets=("hurt",)),
        *said(100, "message", targets=("hurt",)),
    )
    assert score(run, "Sp4") == 1
    assert score(run, "Sp6") == pytest.approx(1 - 0.5 * 10 / 90)
    assert lines(run)["Sp6"].weight == 0


# Sp5


def test_a_promise_is_kept_within_its_grace_and_a_broken_one_costs() -> None:
    def talk(second: float) -> Run:
        return by_hand(*truth((0, 3), (50, 1)), *said(10, judged=reading(updates=(40,))), *said(second, kind="update"))

    assert score(talk(42), "Sp5") == 1
    assert score(talk(43), "Sp5") == 0


def test_the_longest_silence_is_measured_against_the_rhythm() -> None:
    run = by_hand(*truth((0, 3)), *said(0), *said(45, kind="update"), *said(75, kind="update"), end=100)
    assert score(run, "Sp5") == pytest.approx(0.75)


def test_silence_until_an_announced_time_is_no_silence() -> None:
    announced = by_hand(*truth((0, 3)), *said(0, judged=reading(updates=(60,))), *said(60, kind="update"), end=80)
    silent = by_hand(*truth((0, 3)), *said(0), *said(60, kind="update"), end=80)
    assert (score(announced, "Sp5"), score(silent, "Sp5")) == (1, 0.5)


def test_a_promise_that_was_not_due_before_the_end_is_not_broken() -> None:
    assert score(by_hand(*truth((0, 1)), *said(10, judged=reading(updates=(130,)))), "Sp5") is None


def test_a_crisis_in_which_nobody_spoke_kept_no_rhythm() -> None:
    assert score(by_hand(*truth((0, 3))), "Sp5") == 0


# Waiting for others


def slow_plan() -> Run:
    """A draft is ready at 9 and waits 12, 20 and 15 minutes for three validators, one after another."""
    events: list[Event] = []
    for begin, end, person in ((9, 21, "com"), (22, 42, "leg"), (43, 58, "exe")):
        ask = acted(begin, "request_approval", kind="holding", text="x", to=(person,))
        events += [
            ask,
            ApprovalAsked(begin * MINUTE, ask.action.id, person, 0),
            ApprovalTimedOut((begin + 10) * MINUTE, ask.action.id, person),
            ApprovalDecided(end * MINUTE, ask.action.id, person, "approved", ""),
        ]
    return by_hand(START, *truth((0, 3)), *events, *said(58))


def test_waiting_for_validators_is_taken_out_of_the_controllable_time() -> None:
    found = record(slow_plan())
    assert first_word.waited(found) == (12 + 20 + 15) * MINUTE
    late, sooner = first_word.acknowledgement(found), first_word.acknowledgement(found, first_word.waited(found))
    assert late is not None and late.score == pytest.approx(1 / 30)
    assert sooner is not None and sooner.score == 1


def locked(*calls: Event) -> Run:
    """The head of communications, on duty, holds the keys to flit: refused there at 5, out elsewhere at 58."""
    refused = Void(5 * MINUTE, "a", "publish", "flit", "locked", "lock-out")
    one = by_hand(START, *truth((0, 3)), refused, *calls, *said(58))
    return replace(one, setup=replace(one.setup, keys={"flit": "com"}))


def test_keys_are_waited_for_only_while_their_holder_is_being_called() -> None:
    ring, answer = Escalated(20 * MINUTE, "b", "com", "COM", "inform"), Reached(24 * MINUTE, "b", "com", "COM")
    assert first_word.waited(record(locked())) == 0
    assert first_word.waited(record(locked(ring))) == (58 - 20) * MINUTE
    assert first_word.waited(record(locked(ring, answer))) == 4 * MINUTE


def test_keys_of_somebody_off_duty_are_waited_for_from_the_refusal_on() -> None:
    one = locked()
    people = tuple(replace(each, on_duty=each.id != "com") for each in one.setup.colleagues)
    asleep = replace(one, setup=replace(one.setup, colleagues=people))
    assert first_word.waited(record(asleep)) == (58 - 5) * MINUTE


def test_two_validators_at_once_are_waited_for_once() -> None:
    found = record(slow_plan())
    drafts = {action.id for action in found.actions if action.do == "request_approval"}
    spans = first_word.waiting_spans(found, drafts, 10 * MINUTE, 25 * MINUTE)
    assert spans == [(10 * MINUTE, 21 * MINUTE), (22 * MINUTE, 25 * MINUTE)]
    assert first_word.waiting_spans(found, (), 0, 100 * MINUTE) == []
