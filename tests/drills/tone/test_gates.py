"""What outweighs everything else: stock phrases strung together, another topic, canned text, another language."""

import pytest

from drills.tone import Context, read
from drills.tone.judge import judge_line
from scenarios.model import Scenario

OUTAGE = {
    "post": "6 hours no signal @NordTel. I'm self-employed, I lost two jobs today. Who pays for that?",
    "context": "Mobile operator: nationwide network outage on a working day",
}
STRUNG = [
    "We are sorry. We take full responsibility. You are right. We will fix it today by 5 pm. DM us. Anna",
    "sorry apology responsibility our fault refund today DM thank you understand fix 5 pm Anna",
    "sorry sorry sorry our fault our fault refund refund refund DM us DM us thank you by 5 pm",
    "apologise unreservedly own responsibility wrong repaired refunded replaced promise 17:00 thank you",
    "Sorry, our fault. No excuse. It was wrong. We have stopped it. Refund. Next update 16:00. DM us. Kit",
    "You are right. We are sorry. It is our mistake. We will make it right. Please DM us. Thank you. Anna",
]
ASTRAY = [
    "We refund all cats today. That is on us, sorry for the pineapple incident. Anna",
    "We are sorry about the pineapple incident. We take full responsibility and refund all cats by 5 pm. Anna",
]


@pytest.mark.parametrize("severity", ["crisis", "issue"])
@pytest.mark.parametrize("text", STRUNG)
def test_stock_phrases_strung_together_are_worth_little(text: str, severity: str) -> None:
    for place in ({}, OUTAGE):
        judged = judge_line({"text": text, "severity": severity, **place})
        assert judged["overall"] <= 0.5
        assert "gate.stuffed" in {item["rule"] for item in judged["evidence"]}


@pytest.mark.parametrize("text", ASTRAY)
def test_an_answer_to_something_else_is_worth_little(text: str) -> None:
    judged = judge_line({"text": text, **OUTAGE})
    assert judged["overall"] <= 0.5
    assert "gate.off-topic" in {item["rule"] for item in judged["evidence"]}


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ("Are you open on Monday then or not?", "Closed Monday, back Tuesday at 9, with spellcheck."),
        ("Are you open on Monday then or not?", "No. Back on Tuesday at 10."),
        ("do resale tickets open today?", "Yes, at 6 pm, max two per person."),
        ("did the bear get home???", "He did. Landed at 8:40, had a window seat."),
        ("Where. Is. My. Order. #4471902", "In Leipzig since last night, out for delivery on Thursday."),
    ],
)
def test_a_short_right_answer_is_a_good_one(post: str, text: str) -> None:
    judged = judge_line({"post": post, "text": text, "severity": "issue"})
    assert judged["overall"] >= 0.5
    assert not any(item["rule"].startswith("gate.") for item in judged["evidence"])


def test_the_same_text_to_everybody_is_noticed() -> None:
    text = "Hi, sorry for the delay! Please DM us your order number and we will look into it for you."
    near = "Hi, sorry about the delay! Please DM us your order number and we will look into it."
    fresh = read(text, Context())
    again = read(text, Context(history=("Something else entirely, said to somebody else today.", near)))
    assert fresh.sameness == 0
    assert again.sameness >= 450_000
    assert again.overall < fresh.overall
    assert again.findings[0].rule == "sameness.canned"


def test_the_same_intent_in_other_words_is_not_the_same() -> None:
    mine = "Two in a month is too many, Owen. A new kettle leaves today."
    theirs = "Sorry about the leak, Ada! Your replacement is on its way this afternoon."
    assert read(mine, Context(history=(theirs,))).sameness < 450_000


def test_another_language_than_the_posts_is_wrong() -> None:
    text = "Wir bitten um Entschuldigung, das war unser Fehler und wir kümmern uns um die Sache."
    post = "Why is the app down and what are you going to do about it?"
    reading = read(text, Context(post=post))
    assert reading.language == "de"
    assert reading.dimensions["language_match"] == 0
    assert reading.overall <= 150_000
    assert [item.rule for item in reading.findings if item.value < 0] == ["language.wrong"]


def test_the_language_of_the_post_is_right_even_without_rules_for_it() -> None:
    text = "Onze excuses, dat was onze fout en wij lossen het vandaag voor jullie op."
    reading = read(text, Context(post="Waarom is de app er niet en wat gaan jullie daar aan doen?", lang="nl"))
    assert reading.dimensions["language_match"] == 1_000_000
    assert reading.dimensions["empathy"] is None
    assert reading.overall == 500_000


def test_somebody_in_danger_is_told_what_to_do() -> None:
    post = "is it dangerous to keep using it? kids in the house"
    good = read("Please unplug it and don't use it: water can get to the base plate. Sorry!", Context(post=post))
    kind = read(
        "We are so sorry, that must be frightening. It is our fault and we refund you today.", Context(post=post)
    )
    assert kind.overall <= 500_000 < good.overall


def test_a_statement_that_must_instruct_does(brightpan: Scenario) -> None:
    danger = brightpan.model_copy(update={"expected": brightpan.expected.model_copy(update={"instructs": True})})
    context = Context(scenario=danger, channel_kind="statement", level=4)
    text = "A cruel post went out. It was our mistake and we are sorry. Next update 22:00. — Jo Calder"
    assert read(text, context).overall <= 500_000
    assert read(f"Stop using the pans now. {text}", context).overall > 500_000


def test_an_answer_that_offers_nothing_is_worth_little() -> None:
    post = "Paid in March, sent away at 11 pm with two suitcases."
    assert read("You arrived very late, so the room was given away.", Context(post=post)).overall <= 250_000


def test_an_empty_text_is_worth_nothing() -> None:
    reading = read(" \n ", Context(post="Hello?"))
    assert reading.overall == 0
    assert reading.findings == ()
