"""Cd1 to Cd7, and the steps that a scenario asks for."""

from typing import Any

import pytest

from drills.run import Run
from drills.scoring import conduct
from drills.scoring.card import Line
from drills.scoring.proportion import proportion
from drills.scoring.steps import steps
from engine.events import ContentFired, Deleted, Escalated, InjectFired, Received
from scenarios.moments import MINUTE
from tests.drills.scoring.runs import (
    CRISIS,
    DECOY,
    act,
    acted,
    by_hand,
    post,
    reading,
    record,
    run,
    said,
    scenario,
    truth,
)


def lines(one: Run) -> dict[str, Line]:
    found = record(one)
    return {line.id: line for line in conduct.lines(found, proportion(found), steps(found))}


def score(one: Run, id_: str) -> float | None:
    return lines(one)[id_].score


# Cd1


def test_coverage_is_measured_against_a_tier_for_every_need() -> None:
    posts = [post(1, f"q{n}", "question") for n in range(10)] + [post(1, f"c{n}") for n in range(10)]
    answered = tuple(f"q{n}" for n in range(9)) + tuple(f"c{n}" for n in range(4))
    run_ = by_hand(*posts, *said(10, "reply", targets=answered))
    assert score(run_, "Cd1") == pytest.approx((0.8 * (2 * 1 + 1 * 0.5) / 3 + 0.1) / 0.9)


def test_private_answers_only_lose_the_public_tenth() -> None:
    only = by_hand(post(1, "hurt", "harm"), *said(10, "message", targets=("hurt",)))
    assert score(only, "Cd1") == pytest.approx(0.8 / 0.9)


def test_a_crisis_page_linked_in_the_thread_covers_its_questions() -> None:
    thread = [
        post(1, "root", "question"),
        post(2, "same", "question", parent="root"),
        post(2, "hurt", "harm", parent="root"),
    ]
    linked = by_hand(*thread, *said(10, "reply", targets=("root",), judged=reading(acts={"hub_link": 0.8})))
    plain = by_hand(*thread, *said(10, "reply", targets=("root",)))
    assert "question 100 %" in lines(linked)["Cd1"].why
    assert "question 50 %" in lines(plain)["Cd1"].why
    assert "harm 0 %" in lines(linked)["Cd1"].why


def test_a_priority_mark_left_open_costs_a_tenth() -> None:
    mark = acted(2, "flag", target="a", also=("b",), kind="priority")
    open_ = by_hand(post(1, "a"), post(1, "b"), mark, *said(5, "reply", targets=("a",)))
    assert "1 priority mark left open" in lines(open_)["Cd1"].why


# Cd2


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("true", 1), ("too_early", 0.3), ("unknown", 0.5), ("false", 0), ("unsafe", 0), ("lie", 0)],
)
def test_a_claim_is_worth_what_was_known(verdict: str, expected: float) -> None:
    assert expected == score(by_hand(*said(5, judged=reading(claims=(("f1", verdict),)))), "Cd2")


def test_a_correction_within_ten_minutes_recovers_half() -> None:
    wrong = said(5, judged=reading(claims=(("safe", "false"),)))
    right = reading(claims=(("f1", "true"),), acts={"corrective": 0.8})
    soon, late = (by_hand(*wrong, *said(minute, kind="update", judged=right)) for minute in (15, 16))
    assert score(soon, "Cd2") == pytest.approx((0.5 + 1) / 2)
    assert score(late, "Cd2") == pytest.approx((0 + 1) / 2)
    taken_down = by_hand(*wrong, Deleted(9 * MINUTE, "our-statement-5", "a", "said"))
    assert score(taken_down, "Cd2") == 0.5


def test_the_same_claim_again_is_one_claim() -> None:
    one = reading(claims=(("f1", "true"),))
    other = reading(claims=(("safe", "false"),))
    run_ = by_hand(*said(5, judged=one), *said(6, kind="update", judged=one), *said(7, kind="update", judged=other))
    assert score(run_, "Cd2") == 0.5


def test_texts_that_claim_nothing_are_not_assessed() -> None:
    assert score(by_hand(*said(5, judged=reading())), "Cd2") is None


# Cd3


def test_the_proportion_of_the_worked_example_b() -> None:
    call = acted(6, "escalate", to=("exe",), text="Help")
    run_ = by_hand(
        *truth((0, 1)), call, Escalated(6 * MINUTE, call.action.id, "exe", "EXE", "escalate"),
        *said(9, kind="official", channels=("rateo",)), *said(20, kind="official", channels=("rateo",)),
        base=scenario(DECOY), end=60,
    )  # fmt: skip
    assert score(run_, "Cd3") == pytest.approx(1 - 0.8 * (2 + 2) / 5)


def test_silence_is_measured_once_where_it_was_worst_and_counts_more_where_safety_is_at_stake() -> None:
    assert score(by_hand(*truth((0, 3), (60, 2))), "Cd3") == pytest.approx(1 - 3 / 5)
    safety = scenario({**CRISIS, "expected": {"instructs": True}})
    assert score(by_hand(*truth((0, 3), (60, 2)), base=safety), "Cd3") == pytest.approx(1 - 1.5 * 3 / 5)


def test_a_holding_statement_in_time_is_in_the_band_and_an_official_end_too() -> None:
    run_ = by_hand(*truth((0, 3), (60, 1)), *said(10), *said(70, kind="official"))
    assert score(run_, "Cd3") == 1


def test_a_good_turn_may_be_answered_lightly_but_not_with_a_press_office() -> None:
    base = scenario({**DECOY, "kind": "opportunity", "truth": [{"level": "L0"}]})
    light = by_hand(*truth((0, 0)), post(1, "x", "praise"), *said(5, "reply", targets=("x",)), base=base, end=60)
    loud = by_hand(*truth((0, 0)), *said(5, kind="official", channels=("rateo",)), base=base, end=60)
    assert (score(light, "Cd3"), score(loud, "Cd3")) == (1, pytest.approx(1 - 0.8 * 2 / 5))


# Cd4


def test_the_first_word_belongs_where_it_started_and_others_must_hear_it_too() -> None:
    fired = InjectFired(0, "own", "time")
    both = by_hand(fired, *truth((0, 3)), *said(10, channels=("flit", "plaza")))
    wrong = by_hand(fired, *truth((0, 3)), *said(10, channels=("plaza",)))
    assert (score(both, "Cd4"), score(wrong, "Cd4")) == (1, pytest.approx((0.3 + 0.5) / 2))


def test_asking_for_data_in_public_is_the_wrong_channel() -> None:
    asks = reading(acts={"asks_data": 0.9})
    run_ = by_hand(*truth((0, 1)), post(1, "x", channel="flit"), *said(5, "reply", targets=("x",), judged=asks))
    assert score(run_, "Cd4") == 0.5


# Cd5


def test_a_step_counts_in_full_in_time_half_within_twice_the_time_and_not_after() -> None:
    def deleted(minute: float) -> float | None:
        return score(by_hand(acted(minute, "delete", target="own", kind="said")), "Cd5")

    assert [deleted(minute) for minute in (9, 15, 25)] == [1, 0.5, 0]


def test_what_an_inject_asks_for_is_counted_from_when_it_came() -> None:
    press = Received(9 * MINUTE, "press", "press", "mara", "", "Hacked?", True, 34 * MINUTE, "", "press", "")
    arrived = [InjectFired(9 * MINUTE, "press", "time"), press]
    done = acted(9, "delete", target="own")
    late = by_hand(*arrived, done, *said(40, "press", targets=("press",)))
    assert score(late, "Cd5") == pytest.approx((1 + 0.5) / 2)
    never = lines(by_hand(*arrived, done))["Cd5"]
    assert never.score == 0.5 and never.evidence[0].at_ms == 34 * MINUTE


def test_a_deviation_that_is_explained_is_no_fault() -> None:
    why = "We leave the post up for now because people are already answering each other kindly below it"
    assert score(by_hand(acted(8, "note", text=why)), "Cd5") is None
    assert score(by_hand(acted(8, "note", text="because")), "Cd5") == 0


def test_something_that_must_not_happen_is_asked_for_when_its_time_is_up() -> None:
    quiet: dict[str, Any] = {
        "id": "no-ads",
        "text": "Send no advertisement",
        "does": {"none_of": [{"content_fired": "ad"}]},
    }
    base = scenario({**CRISIS, "expected": {"steps": [quiet]}})
    assert score(by_hand(base=base), "Cd5") == 1
    assert score(by_hand(ContentFired(35 * MINUTE, "ad", "flit"), base=base), "Cd5") == 0


def test_conditions_mean_the_same_here_as_in_the_world() -> None:
    """A branch and a step with the same condition, in a real world: both or neither."""
    condition: dict[str, Any] = {
        "all_of": [
            {"published": {"kind": "holding", "channel": "flit"}},
            {"level": {"at_least": "L2"}},
            {"unanswered": {"inject": "who"}},
        ]
    }
    base = scenario(
        {
            **CRISIS,
            "expected": {"steps": [{"id": "s", "text": "s", "does": condition}]},
            "branches": [{"id": "b", "when": condition, "then": {}}],
        }
    )
    ready = [act(10, "publish", kind="holding", channels=("flit",), text="sorry"), act(12, "classify", level=3)]
    answered = [act(6, "reply", target="who", text="a colleague"), *ready]
    for actions, expected in ((ready, 1), (answered, 0)):
        one = run(base, actions)
        assert expected == len([event for event in one.log if type(event).__name__ == "Branched"])
        found = record(one)
        assert [step.score for step in steps(found) if step.id == "s"] == [expected]


# Cd6, Cd7


def test_content_that_clashes_is_stopped_or_goes_out() -> None:
    run_ = by_hand(*truth((0, 3)), ContentFired(35 * MINUTE, "ad", "flit"), end=60)
    assert (score(run_, "Cd6"), lines(run_)["Cd6"].weight) == (0.5, 0)


def test_the_assessment_is_compared_with_the_truth() -> None:
    said_ = acted(30, "classify", level=3, root_cause="own-post", accounts=("flit",), themes=("cruelty", "money"))
    run_ = by_hand(post(1, "x"), said_)
    assert score(run_, "Cd7") == pytest.approx((1 + 1 / 2 + 1 / 2) / 3)


# What an answer is worth, one voice, and the medium


def test_an_empty_copy_covers_a_quarter_of_somebody() -> None:
    empty = reading(dimensions={"acknowledgement": 0.1, "concrete_action": 0}, sameness=950_000)
    posts = [post(1, f"x{n}") for n in range(4)]
    out = [event for n in range(4) for event in said(5 + n, "reply", targets=(f"x{n}",), judged=empty)]
    assert score(by_hand(*posts, *out), "Cd1") == pytest.approx((0.8 * 0.25 / 0.8 + 0.1) / 0.9)


def test_the_house_speaks_with_one_voice() -> None:
    owns, denies = reading(ladder=7, claims=(("f1", "true"),)), reading(ladder=1)
    two = by_hand(post(1, "x"), *said(5, judged=owns), *said(9, "reply", targets=("x",), judged=denies))
    assert score(two, "Cd2") == 0.5
    assert "1 text took back what another of us had owned" in lines(two)["Cd2"].why
    mended = by_hand(post(1, "x"), *said(5, "reply", targets=("x",), judged=denies), *said(9, judged=owns))
    assert score(mended, "Cd2") == 1


def test_a_film_is_answered_by_a_film_and_words_not_by_a_film_alone() -> None:
    film: dict[str, Any] = {**CRISIS, "channels": [{"id": "vidra", "followers": 900}, *CRISIS["channels"]]}
    filmed = scenario({**film, "expected": {"origin": "vidra"}})

    def medium(base: Any, *channels: str) -> float | None:
        return score(by_hand(*truth((0, 3)), *said(10, channels=channels), base=base, end=24), "Cd4")

    assert (medium(filmed, "vidra"), medium(filmed, "flit")) == (1, pytest.approx((0.3 + 0.5) / 2))
    words = scenario({**film, "expected": {"origin": "flit"}})
    assert (medium(words, "flit"), medium(words, "flit", "vidra")) == (1, 1)
    assert medium(words, "vidra") == pytest.approx((0.3 + 0.5) / 2)
