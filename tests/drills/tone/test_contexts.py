"""What a post wants and where a text stands: the same words are right in one place and wrong in another."""

from __future__ import annotations

from typing import Any

import pytest

from drills.tone import Context, read
from drills.tone.context import situation
from drills.tone.pack import load
from scenarios.model import Scenario


def wants(post: str, **context: Any) -> str:
    return situation(Context(post=post, **context), load("en")).wants


@pytest.mark.parametrize(
    ("post", "what"),
    [
        ("Your lift has been broken for a week and nobody answers the phone", "complaint"),
        ("Which floor is the repair desk on?", "question"),
        ("Is it safe to use the lift? My mum is alone up there", "safety"),
        ("The new lift is great, thanks to your crew", "thanks"),
        ("Your lift just wished me a good nigth 😂", "fun"),
        ("you are pathetic losers", "troll"),
    ],
)
def test_what_a_post_wants_is_told_by_its_words(post: str, what: str) -> None:
    assert wants(post, severity="issue", level=1) == what


def test_nothing_is_fun_in_a_crisis() -> None:
    assert wants("Your lift just wished me a good nigth 😂", severity="crisis") != "fun"


def test_a_light_touch_is_worth_more_than_a_solemn_one_on_a_harmless_slip() -> None:
    place: dict[str, Any] = {"post": "Your lift just wished me a good nigth 😂", "severity": "issue", "level": 1}
    light = "It has been up and down all day, poor thing. Spelling lessons start on Monday! Uma"
    solemn = "We apologise unreservedly for this unacceptable failure. Corrective measures have been initiated."
    assert read(light, Context(**place)).overall > 600_000 > read(solemn, Context(**place)).overall


def test_a_joke_where_somebody_is_hurt_is_wholly_wrong() -> None:
    joke = "Oh no! Looks like somebody needs stairs now 😉"
    hurt = read(joke, Context(post="The lift fell and my dad is in hospital"))
    assert hurt.dimensions["unprofessional"] == 1_000_000


def test_not_knowing_yet_with_a_time_is_full_action_while_the_cause_is_unknown() -> None:
    text = "We don't know yet why it stopped. Next update at 16:00."
    post = "Why did it stop?"
    unknown = read(text, Context(post=post, about="A lift stopped with people in it; cause not yet known"))
    known = read(text, Context(post=post, about="A lift stopped with people in it; a cable was worn"))
    assert unknown.dimensions["concrete_action"] == 1_000_000
    assert known.dimensions["concrete_action"] <= unknown.dimensions["concrete_action"]


def test_a_guess_costs_more_while_the_cause_is_unknown() -> None:
    text = "We think the cable was probably old. I'm sorry, we have closed the lift."
    post = "The lift stopped with my kids in it"
    unknown = read(text, Context(post=post, about="A lift stopped; cause not yet known"))
    known = read(text, Context(post=post, about="A lift stopped; a cable was worn"))
    assert unknown.overall < known.overall


def test_a_statement_that_tells_all_four_is_marked_for_it() -> None:
    text = (
        "The lift in the north tower stopped because a cable was worn. We don't know yet how long it was. "
        "We are replacing both cables now. Next update 16:00."
    )
    rules = {finding.rule for finding in read(text, Context(channel_kind="statement")).findings}
    assert "action.complete" in rules
    rules = {finding.rule for finding in read(text, Context(post="Why?")).findings}
    assert "action.complete" not in rules


def test_at_the_highest_level_the_instruction_comes_first(brightpan: Scenario) -> None:
    danger = brightpan.model_copy(update={"expected": brightpan.expected.model_copy(update={"instructs": True})})
    context = Context(scenario=danger, channel_kind="statement", level=4)
    told = "A cruel post went out tonight. It hurt the premier and her family. We are sorry for it."
    first = read(f"Stop using the pans now. {told}", context)
    last = read(f"{told} It was our mistake. Stop using the pans now.", context)
    assert "gate.late-instruction" in {finding.rule for finding in last.findings}
    assert "gate.late-instruction" not in {finding.rule for finding in first.findings}
    assert last.overall <= 600_000


def test_a_safety_question_is_answered_by_taking_the_danger_away() -> None:
    post = "Is it safe to use the lift tomorrow?"
    assert (
        read(
            "The lift is closed until the inspector has passed it, and the answer goes up here.", Context(post=post)
        ).overall
        > 500_000
    )
    assert (
        read(
            "We care so much about all of you and we are so sorry for the worry about the lift.", Context(post=post)
        ).overall
        <= 500_000
    )


def test_a_question_wants_its_answer() -> None:
    context = Context(post="Is the repair desk on the first floor or in the annex?", severity="issue", level=1)
    assert read("In the annex, beside the stairs.", context).overall > 500_000
    assert (
        read("Sorry about that! Please DM us and we will look into it for you right away.", context).overall <= 500_000
    )


def test_an_answer_that_concedes_nothing_is_defensive() -> None:
    post = "I was stuck in your lift for two hours"
    cold = read("Lifts are machines and machines stop.", Context(post=post))
    assert "def.concedes-nothing" in {finding.rule for finding in cold.findings}
    warm = read("Two hours in a lift: I'm sorry. We have called the fitter.", Context(post=post))
    assert "def.concedes-nothing" not in {finding.rule for finding in warm.findings}


def test_a_campaign_hashtag_has_no_place_in_a_crisis() -> None:
    text = "We are sorry and we have closed the lift. #UpWithUs"
    assert "register.hashtag" in {finding.rule for finding in read(text, Context(post="The lift fell")).findings}


def test_capitals_that_quote_a_button_are_no_shouting() -> None:
    text = (
        "Open the help page, choose the lift that you use, then tap I STILL NEED HELP at the bottom, and somebody from "
        "the north tower rings you within the hour, day or night, at the number you leave there."
    )
    assert read(text, Context()).dimensions["unprofessional"] == 0
    assert read("READ THE SIGN IN THE LIFT.", Context()).dimensions["unprofessional"] >= 500_000
