"""Repeating what somebody told us is listening; saying what caused it, or that it was us, is a claim."""

from __future__ import annotations

import pytest

from drills import joining
from drills.tone import Context, read
from scenarios.model import Scenario
from scenarios.moments import MINUTE

COLD = "★ COLD soup. On a day like this. Waited 20 min, by the window, and then it was cold. Worst place in town!"
HURT = "My daughter ate it and now my child is ill! Your tureen was off all morning, the whole street knows it."


def claims(scenario: Scenario, text: str, post: str, minute: float = 1, **given: object) -> list[tuple[str, str]]:
    context = Context(scenario=scenario, post=post, now_ms=round(minute * MINUTE), **given)  # type: ignore[arg-type]
    return [(claim.id, claim.verdict) for claim in read(text, context).claims]


@pytest.fixture
def lumo() -> Scenario:
    return joining.find("cafe-lumo").scenario


@pytest.mark.parametrize(
    "text",
    [
        "Konrad, I'm so sorry that your soup was cold. I'll look into it now. Nadia",
        "Your soup was cold and you waited twenty minutes for it: that isn't how lunch should be.",
        "You sat in the draught, and then it was cold too. I'm sorry, Konrad.",
        "I read that your soup was cold. What did you have?",
    ],
)
def test_giving_a_guest_his_own_words_back_claims_nothing(text: str, lumo: Scenario) -> None:
    assert claims(lumo, text, COLD) == []


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Our soup was cold, sorry.", COLD),
        ("We know that your soup was cold.", COLD),
        ("You are right, it was cold.", COLD),
        ("Your soup was cold because the heating failed.", COLD),
        ("I'm sorry the tureen was off.", COLD),
        ("You're right, the tureen was off.", HURT),
        ("I'm sorry: our tureen was off.", HURT),
        ("Your soup was cold.", "Is the soup always like this?"),
        ("Your soup was cold.", "My soup was not cold, thank you."),
        ("Your soup was cold.", ""),
    ],
)
def test_what_goes_beyond_the_guests_experience_stays_a_claim(text: str, post: str, lumo: Scenario) -> None:
    assert claims(lumo, text, post) == [("tureen-unplugged", "unknown")]


def test_a_statement_repeats_nobody(lumo: Scenario) -> None:
    said = claims(lumo, "We are sorry that your soup was cold.", COLD, channel_kind="statement")
    assert said == [("tureen-unplugged", "unknown")]


def test_what_stood_above_in_the_thread_was_told_too(lumo: Scenario) -> None:
    text = "I'm sorry your soup was cold, Konrad."
    assert claims(lumo, text, "Hello? Anybody there?") == [("tureen-unplugged", "unknown")]
    assert claims(lumo, text, "Hello? Anybody there?", above=(COLD,)) == []


def test_once_it_is_known_it_counts_as_the_fact_that_it_is(lumo: Scenario) -> None:
    assert claims(lumo, "I'm sorry your soup was cold.", COLD, minute=4) == [("tureen-unplugged", "true")]


def test_the_lid_of_the_first_exercise_can_be_spoken_of_before_anybody_knows_of_the_box() -> None:
    cup = joining.find("md-01-one-cup-of-soup").scenario
    post = next(beat.text for beat in cup.beats if beat.id == "tie-review")
    assert claims(cup, "I'm so sorry the lid came off, this morning of all mornings.", post) == []
    assert claims(cup, "The lid came off your soup and the tie paid for it. I'm sorry.", post) == []
    assert claims(cup, "The lid came off because of a box of new lids.", post) == [("bad-lids", "unknown")]


HARM = {
    "id": "soup", "title": "Soup", "lasts": "1h", "premise": "Soup.", "brand": {"name": "Soup House"},
    "channels": [{"id": "flit", "name": "Flit"}], "truth": [{"at": "T+0m", "level": "L1"}],
    "themes": [{"id": "soup", "title": "Soup"}],
    "facts": [
        {"id": "hurt", "text": "A child was scalded by our soup.", "known": "T+30m",
         "said_as": ["child was hurt", "child was scalded"]},
        {"id": "ward", "text": "The child is on the ward.", "known": "T+30m", "sayable": "never",
         "said_as": ["on the ward"]},
    ],
    "falsehoods": [{"id": "cursed", "text": "The soup is cursed.", "said_as": ["soup is cursed"], "lie": True}],
    "beats": [{"id": "b1", "at": "T+1m", "text": "Hello."}],
}  # fmt: skip
ALLEGED = "My child was hurt, she was scalded by your soup. She is on the ward now. Your soup is cursed."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I'm so sorry that your child was hurt. How is she now?", []),
        ("Your child was hurt by our soup, and we are sorry.", [("hurt", "unknown")]),
        ("Your child was hurt by the soup.", [("hurt", "unknown")]),
        ("We are sorry that our soup is why your child was hurt.", [("hurt", "unknown")]),
        ("I'm sorry your daughter is on the ward.", [("ward", "unknown")]),
        ("I'm sorry that your soup is cursed.", [("cursed", "lie")]),
    ],
)
def test_harm_is_heard_without_owning_its_cause_and_secrets_and_lies_stay_claims(
    text: str, said: list[tuple[str, str]]
) -> None:
    assert claims(Scenario.model_validate(HARM), text, ALLEGED) == said
