"""A crisis to judge texts in: an offensive post from a kitchen brand's account."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.model import Scenario

BRIGHTPAN: dict[str, Any] = {
    "id": "brightpan",
    "title": "Brightpan on debate night",
    "lasts": "2h",
    "starts": "21:00",
    "weekday": "Wed",
    "premise": "A cruel post about the premier's late grandmother went out from the kitchen brand's account.",
    "brand": {"name": "Brightpan"},
    "channels": [{"id": "flit", "name": "Flit"}],
    "truth": [{"at": "T+0m", "level": "L3"}],
    "stance": {"cluster": "preventable"},
    "themes": [
        {
            "id": "cruelty",
            "title": "The cruel post",
            "terms": ["post", "grandmother", "cruel"],
            "harmed": ["premier", "her family", "lost somebody"],
        },
        {"id": "hack", "title": "Was it hacked?", "terms": ["hacked", "intruder"], "at": "T+30m"},
    ],
    "cast": [
        {"id": "ruth", "name": "Ruth Amsel", "voice": "hurt_customer"},
        {"id": "sender", "name": "Piet Lorch", "voice": "employee"},
    ],
    "facts": [
        {
            "id": "f-sender",
            "text": "The sender is one of our own staff.",
            "known": "T+8m",
            "sayable": "T+20m",
            "said_as": ["one of us", "own staff", "a colleague * wrong account"],
        },
        {"id": "f-not-hacked", "text": "The account was not hacked.", "known": "T+8m", "said_as": ["not hacked"]},
        {"id": "f-name", "text": "Piet Lorch sent it.", "known": "T+8m", "sayable": "never", "said_as": ["Piet Lorch"]},
        {"id": "f-line", "text": "The care line is open.", "insert": "Our care line answers day and night."},
    ],
    "falsehoods": [
        {"id": "x-hacked", "text": "We were hacked.", "said_as": ["hacked", "an intruder"], "lie": True},
        {"id": "x-safe", "text": "The pans are safe.", "said_as": ["pans are safe", "not a recall"], "safety": True},
        {"id": "x-agency", "text": "An agency did it.", "said_as": ["our agency"]},
    ],
    "beats": [{"id": "b1", "at": "T+2m", "text": "I lost my mum in May.", "by": "ruth"}],
}  # fmt: skip


@pytest.fixture
def brightpan() -> Scenario:
    return Scenario.model_validate(BRIGHTPAN)
