"""Who signs."""

import pytest

from drills.tone.pack import load
from drills.tone.signature import find

EN = load("en")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This is mine. — Jo Calder, head of Brightpan", "Jo Calder"),
        ("Lab news by 16:00. — Dr Lise Holm, head of quality", "Dr Lise Holm"),
        ("Please look at the photo. ^JR", "JR"),
        ("Please tell us more /FC", "FC"),
        ("Follow the link *MS", "MS"),
        ("We're on it! ~Mikayla", "Mikayla"),
        ("Thank you. -Rene", "Rene"),
        ("Come back any time.\nNadia, Café Lumo", "Nadia"),
        ("We'll make it right. Gus", "Gus"),
        ("my direct messages are open. Carla Mendes, head of stores", "Carla Mendes"),
        ("Judge us by that. Anna Holt, CEO", "Anna Holt"),
        ("Ben here. The taxi is paid.", "Ben"),
        ("All the best, Tom", "Tom"),
        ("It will be back by noon. Anne-Marie O’Neill", "Anne-Marie O’Neill"),
    ],
)
def test_a_name_signs(text: str, name: str) -> None:
    assert find(text, EN, ["Brightpan"]).name == name


@pytest.mark.parametrize(
    "text",
    [
        "It was a day late, sorry. Enjoy!",
        "We are sorry. Thanks",
        "We will be back. The Harbor Bean team",
        "It is deleted. Brightpan",
        "Next update on Friday",
        "We hear you",
        "Anna",
        "",
        "We open at nine. Sorry",
    ],
)
def test_nobody_signs(text: str) -> None:
    assert find(text, EN, ["Brightpan"]).name == ""


def test_the_signature_is_shown_where_it_stands() -> None:
    text = "This is mine. — Jo Calder, head of Brightpan  "
    signature = find(text, EN)
    assert text[signature.start : signature.end] == "— Jo Calder, head of Brightpan"
