"""Texts that try to please the rules: none is worth more than 2 of 4."""

import pytest

from tests.validation.gaming import BAR, FERRY, MODELS, STRINGS, THEATRE, Try, judged


@pytest.mark.parametrize("kind", STRINGS)
def test_what_only_tries_to_please_is_worth_little(kind: str) -> None:
    assert len(STRINGS[kind]) >= 3
    worths = {item.text: judged(item) for item in STRINGS[kind]}
    assert {text: worth for text, worth in worths.items() if worth.overall > BAR} == {}


def test_the_model_answer_is_worth_much_where_it_belongs() -> None:
    assert judged(Try(MODELS[0], *THEATRE, severity="issue")).overall >= 0.8


def test_the_right_name_is_no_wrong_person() -> None:
    text = (
        "Dear Dorothea, I am so sorry that the ferry drifted for three hours. That's on us. Your fare is refunded. Nils"
    )
    assert judged(Try(text, *FERRY, author="Dorothea Lind")).overall > BAR
    assert "gate.wrong-person" in judged(Try(text, *FERRY, author="Marcus Lind")).caps


def test_taking_up_the_words_and_acting_is_no_echo() -> None:
    text = (
        "Your kids were sick on a drifting ferry and the crew told you nothing: our fault. Your fare is refunded today."
    )
    assert "gate.echo" not in judged(Try(text, *FERRY)).caps
