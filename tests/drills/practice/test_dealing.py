"""Cards on the table: which, in which order, and what an answer is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.practice.dealing import Answer, assess, deal, tell
from drills.practice.model import CardsFile
from scenarios.source import Source
from tests.drills.practice.exercises import RIGHT, SOUP, card, hand, many, soup


def dealt(source: Source[CardsFile], seed: int) -> list[str]:
    return [one.card.id for one in deal(source, seed).cards]


def test_a_seed_deals_the_same_hand_again() -> None:
    assert deal(many(9), 4) == deal(many(9), 4)


def test_another_seed_deals_another_order_of_cards_and_of_choices() -> None:
    hands = [deal(many(9), seed) for seed in range(1, 6)]
    assert 5 == len({tuple(one.card.id for one in hand.cards) for hand in hands})
    firsts = {tuple(choice.id for one in hand.cards for choice in one.choices if one.card.id == "c0") for hand in hands}
    assert len(firsts) > 1


def test_a_new_card_does_not_reshuffle_the_others() -> None:
    assert dealt(many(8), 3) == [name for name in dealt(many(9), 3) if name != "c8"]


@given(st.integers(0, 6), st.integers(0, 5), st.integers(1, 16), st.integers(0, 50))
def test_as_many_cards_are_drawn_as_asked_and_pairs_stay_whole(count: int, pairs: int, draws: int, seed: int) -> None:
    if count + pairs == 0:
        return
    names = dealt(many(count, pairs, draws), seed)
    assert min(draws, count + 2 * pairs) == len(names) == len(set(names))
    halves = [name[:-1] for name in names if name.startswith("p")]
    torn = [name for name in set(halves) if halves.count(name) == 1]
    odd = draws % 2 == 1 or count > 0
    assert len(torn) <= odd, "only an odd place is filled with half a pair"


@pytest.mark.parametrize(
    ("name", "answer", "right", "unsafe"),
    [
        ("soup", Answer("soup", "routine"), True, False),
        ("soup", Answer("soup", "crisis"), False, False),
        ("soup", Answer("soup", "no such"), False, False),
        ("plug", Answer("plug", "watch", "harm"), True, False),
        ("plug", Answer("plug", "watch", "volume"), False, False),
        ("plug", Answer("plug", "watch"), False, False),
        ("plug", Answer("plug", "routine", "harm"), False, True),
        ("sorry", Answer("sorry", text="We are sorry if anyone was offended."), False, False),
        ("sorry", Answer("sorry", text="  "), False, False),
    ],
)
def test_a_card_is_right_when_all_that_it_asked_is(name: str, answer: Answer, right: bool, unsafe: bool) -> None:
    told = tell(card(name), answer)
    assert (right, unsafe) == (told.right, told.safety_miss)


def test_a_model_text_is_right_and_one_that_is_too_long_is_not() -> None:
    one = card("sorry")
    assert one.card.writes is not None
    assert tell(one, Answer("sorry", text=one.card.writes.model)).right
    assert not tell(one, Answer("sorry", text=one.card.writes.model + " Sincerely." * 60)).right


def test_an_answer_is_told_with_its_feedback() -> None:
    told = tell(card("plug"), Answer("plug", "routine", "volume"))
    assert told.choice is not None
    assert told.reason is not None
    assert ("The second plug melts tonight.", ("S2-16", "G-SAFE")) == (told.choice.feedback, told.choice.rules)
    assert "It is one post." == told.reason.feedback


def test_enough_right_cards_pass() -> None:
    result = assess(hand(), RIGHT)
    assert (True, 2, 3, 2) == (result.passed, result.right, result.of, result.needed)
    assert ("sorry",) == result.again
    assert "2 of 3 cards were right; 2 are needed." == result.why


def test_one_safety_miss_outweighs_the_count() -> None:
    model = card("sorry").card.writes
    assert model is not None
    answers = [RIGHT["soup"], Answer("plug", "routine", "harm"), Answer("sorry", text=model.model)]
    result = assess(hand(), answers)
    assert (False, 2, ("plug",)) == (result.passed, result.right, result.safety_misses)
    assert "danger" in result.why
    lenient = SOUP.replace("{right: 2}", "{right: 2, no_safety_miss: false}")
    assert assess(hand(lenient), answers).passed


def test_the_last_answer_to_a_card_counts() -> None:
    assert 1 == assess(hand(), [Answer("soup", "crisis"), RIGHT["soup"]]).right


@pytest.mark.parametrize(("cards", "needed"), [(1, 1), (3, 3), (4, 3), (5, 4), (8, 6)])
def test_a_share_is_rounded_up(cards: int, needed: int) -> None:
    assert needed == deal(many(cards), 1).needed


def test_a_hand_knows_the_edition_it_was_dealt_from() -> None:
    assert deal(soup(), 1).edition != deal(soup(SOUP.replace("Cold soup,", "Hot soup,")), 1).edition
