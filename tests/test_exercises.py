"""The exercises that come with stormdrill: the marks of each can be reached, and are not reached by doing nothing."""

from __future__ import annotations

from functools import cache

import pytest

from drills import joining, library
from drills.drill import Drill
from drills.practice.dealing import Answer, assess, deal
from drills.practice.model import CardsFile
from drills.practice.passing import passed
from drills.scoring import score
from drills.simulate import rehearse
from scenarios.source import load as load_source

QUICK, ALL = range(1, 3), range(3, 11)


@cache
def load(name: str) -> Drill:
    """The shipped drill of that name."""
    return joining.find(name)


def _trains(name: str) -> bool:
    return load(name).file.practice is not None


EXERCISES = tuple(filter(_trains, library.names("drills")))
CARDS = tuple(library.names("cards"))


def missed(name: str, seed: int, responder: str) -> list[str]:
    """The marks that a scripted team did not reach."""
    practice = load(name).file.practice
    assert practice is not None
    run, _ = rehearse(load(name), seed=seed, responder=responder)
    return [mark.title for mark in passed(run, score(run), practice.passes) if not mark.held]


@pytest.mark.parametrize("seed", QUICK)
@pytest.mark.parametrize("name", EXERCISES)
def test_a_team_that_does_it_by_the_book_passes(name: str, seed: int) -> None:
    assert [] == missed(name, seed, "textbook")


@pytest.mark.slow
@pytest.mark.parametrize("seed", ALL)
@pytest.mark.parametrize("name", EXERCISES)
def test_a_team_that_does_it_by_the_book_passes_in_every_seed(name: str, seed: int) -> None:
    assert [] == missed(name, seed, "textbook")


@pytest.mark.parametrize("responder", ["silent", "defensive"])
@pytest.mark.parametrize("name", EXERCISES)
def test_nobody_passes_by_silence_or_by_defending(name: str, responder: str) -> None:
    assert missed(name, QUICK[0], responder)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_short_exercise_is_short(name: str) -> None:
    """Three to five minutes alone, twelve to fifteen in pairs, at its own pace."""
    drill = load(name)
    shortest, longest = (3, 6) if drill.file.length == "micro" else (12, 15)
    assert shortest <= drill.real_minutes <= longest


@pytest.mark.parametrize("name", CARDS)
def test_a_hand_of_cards_is_passed_by_the_right_answers_and_by_no_others(name: str) -> None:
    source = load_source(library.path("cards", name), CardsFile)
    hand = deal(source, seed=1)
    right, wrong = {}, {}
    for dealt in hand.cards:
        card = dealt.card
        text = card.writes.model if card.writes else ""
        right[card.id] = Answer(
            card.id,
            choice=next((one.id for one in dealt.choices if one.right), ""),
            reason=next((one.id for one in dealt.reasons if one.right), ""),
            text=text,
        )
        wrong[card.id] = Answer(card.id, choice=next((one.id for one in dealt.choices if not one.right), ""), text=text)
    assert assess(hand, right).passed
    assert not assess(hand, wrong).passed


def test_hints_are_counted_in_the_last_step_and_in_the_two_largest_crises() -> None:
    counting = {name for name in library.names("drills") if load(name).file.hints == "counted"}
    assert {"md-10-ten-questions-at-once", "stackfold-is-down", "tarn-and-tide"} == counting
    assert {"ask"} == {load(name).file.coach for name in counting}, "what nobody asked for must not be counted"
