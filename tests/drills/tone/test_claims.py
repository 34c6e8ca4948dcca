"""Facts and falsehoods in a text."""

import pytest

from drills.tone import Context, read
from scenarios.model import Scenario
from scenarios.moments import MINUTE


def claims(text: str, scenario: Scenario, minute: int = 25) -> list[tuple[str, str]]:
    reading = read(text, Context(scenario=scenario, now_ms=minute * MINUTE))
    return [(claim.id, claim.verdict) for claim in reading.claims]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We were not hacked.", [("f-not-hacked", "true")]),
        ("We weren’t hacked.", [("f-not-hacked", "true")]),
        ("Our account was HACKED", [("x-hacked", "lie")]),
        ("No, we were hacked.", [("x-hacked", "lie")]),
        ("It wasn't an intruder.", []),
        ("Were we hacked? We are checking.", []),
        ("We don't know whether we were hacked.", []),
        ("The rumour that we were hacked is false.", []),
        ("If we were hacked, we will say so.", []),
        ("The pans are safe.", [("x-safe", "unsafe")]),
        ("The pans aren't safe.", []),
        ("This isn't a recall.", [("x-safe", "unsafe")]),
        ("This is a recall.", []),
        ("We can't comment, our agency did it.", [("x-agency", "false")]),
        ("It was not our agency.", []),
        ("A colleague used the wrong account.", [("f-sender", "true")]),
        ("A colleague who was very tired indeed used the wrong account.", []),
        ("Our care line answers day and night.", [("f-line", "true")]),
    ],
)
def test_what_a_sentence_claims(text: str, said: list[tuple[str, str]], brightpan: Scenario) -> None:
    assert claims(text, brightpan) == said


@pytest.mark.parametrize(("minute", "verdict"), [(5, "unknown"), (10, "too_early"), (30, "true")])
def test_a_fact_is_known_first_and_sayable_later(minute: int, verdict: str, brightpan: Scenario) -> None:
    assert claims("It was one of us.", brightpan, minute) == [("f-sender", verdict)]


def test_what_may_never_be_said_is_always_too_early(brightpan: Scenario) -> None:
    assert ("f-name", "too_early") in claims("Piet Lorch wrote it.", brightpan, minute=119)


def test_each_is_claimed_once(brightpan: Scenario) -> None:
    assert claims("We were hacked. Hacked! By an intruder.", brightpan) == [("x-hacked", "lie")]


def test_a_lie_caps_the_quality(brightpan: Scenario) -> None:
    told = "I'm sorry, this is on us: we failed you. An intruder posted it, it is deleted, more at 22:00. Jo"
    assert read(told, Context(scenario=brightpan)).overall <= 100_000


def test_a_denial_that_the_fact_sheet_bears_out_is_no_defence(brightpan: Scenario) -> None:
    context = Context(scenario=brightpan, now_ms=10 * MINUTE)
    assert "denial_with_evidence" in read("The account was not hacked.", context).acts
    assert "denial" in read("The account was not hacked.", Context()).acts


def test_without_a_scenario_nothing_is_claimed() -> None:
    assert read("We were hacked.", Context()).claims == ()
