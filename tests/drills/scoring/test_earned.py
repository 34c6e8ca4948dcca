"""Strengths are earned: nobody is praised for an insult, for few answers among many, for what was not tested."""

from __future__ import annotations

from drills.joining import find
from drills.review_text import summary_lines
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Line
from drills.session import Session
from engine.events import InjectFired
from tests.drills.scoring.runs import DECOY, GOOD, acted, by_hand, post, reading, said, scenario, truth

START = InjectFired(0, "own", "time")
INSULT = reading(dimensions={**{name: (value or 0) / 1_000_000 for name, value in GOOD.dimensions.items()},
                             "unprofessional": 1}, acts={"attack": 0.9})  # fmt: skip


def line(run: Run, id_: str) -> Line:
    return next(one for one in score(run).lines if one.id == id_)


def soup(*events: object, end: float = 60, **fields: object) -> Run:
    return by_hand(START, *truth((0, 1)), *events, base=scenario(DECOY), end=end, **fields)  # type: ignore[arg-type]


def test_an_insult_in_time_scores_for_its_time_and_is_no_strength() -> None:
    run = soup(post(1, "x", channel="rateo"), *said(4, "reply", targets=("x",), judged=INSULT))
    for id_ in ("Sp3", "Sp4", "Cd1", "Cd3", "Cd4"):
        assert (line(run, id_).score or 0) >= 0.8, id_
        assert not line(run, id_).earned, id_
    kind = soup(post(1, "x", channel="rateo"), *said(4, "reply", targets=("x",)))
    assert all(line(kind, id_).earned for id_ in ("Sp3", "Sp4", "Cd1", "Cd3", "Cd4"))


def test_a_word_after_its_target_may_score_well_and_is_no_strength() -> None:
    found = {
        minute: line(soup(post(1, "x", channel="rateo"), *said(minute, "reply", targets=("x",))), "Sp3")
        for minute in range(3, 59)
    }
    late = [one for one in found.values() if one.score is not None and 0.8 <= one.score < 1]
    assert late and not any(one.earned for one in late)
    assert all(one.earned for one in found.values() if one.score == 1)


def test_one_answer_among_many_that_wait_is_no_strength_and_says_how_many_wait() -> None:
    run = soup(post(1, "x"), *(post(5, f"y{n}") for n in range(4)), *said(6, "reply", targets=("x",)), end=20)
    found = line(run, "Sp4")
    assert 1 == found.score and not found.earned
    assert found.why.startswith("1 of 5 messages answered, 1 within 30m; 4 had waited less than that at the end")


def test_who_was_never_put_to_the_test_is_not_praised() -> None:
    run = soup(acted(3, "classify", level=3))
    people = line(run, "Es2")
    assert 1 == people.score and not people.earned
    quiet = soup()
    assert 1 == line(quiet, "Es1").score and not line(quiet, "Es1").earned


def test_being_too_quiet_for_now_is_no_proportion() -> None:
    run = by_hand(START, *truth((0, 3)), post(1, "x"), *said(5, "reply", targets=("x",)), end=12, why="stopped")
    assert not line(run, "Cd3").earned


def test_a_failed_exercise_is_praised_for_nothing_that_did_harm() -> None:
    session = Session.rehearse(find("md-01-one-cup-of-soup"))
    session.skip_to(138_000)
    session.act("reply", target="tie-review", text="Learn to hold a cup, mate. Stop crying to the minister.")
    session.skip_to(225_000)
    session.act("classify", level=3)
    session.skip_to(session.ends_ms)
    strengths, areas = summary_lines(score(session.run()))
    assert () == strengths
    assert 3 == len(areas)


def test_a_word_to_one_person_is_no_word_to_everybody_once_that_is_due() -> None:
    early = by_hand(START, *truth((0, 3)), post(1, "x"), *said(5, "reply", targets=("x",)), end=12, why="stopped")
    assert 1 == line(early, "Cd4").score, "a word to everybody may still come"
    late = by_hand(START, *truth((0, 3)), post(1, "x"), *said(5, "reply", targets=("x",)), end=20, why="stopped")
    assert line(late, "Cd4").score == 0 and line(late, "Cd4").why.startswith("No word to everybody")
