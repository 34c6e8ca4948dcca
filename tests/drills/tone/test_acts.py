"""What a text does to its readers, and where it stands on the responsibility ladder."""

import pytest

from drills.tone import Context, read
from scenarios.model import Scenario

COMPLAINT = Context(post="I lost my mum in May. That was cruel.", post_need="complaint")

TABLE = [
    ("We know about the post and are finding out what happened. Next update 22:00.", {"holding"}, 4),
    ("We don't know yet if the lock was the cause.", {"holding"}, 4),
    ("Please unplug it now and don't use it.", {"instructing"}, 4),
    ("If someone who drank it feels unwell, call a doctor.", {"instructing"}, 4),
    ("A failed router took two others with it.", {"explaining"}, 4),
    ("We apologise to everyone who read it. It was wrong and it is on us.", {"apology_active"}, 7),
    ("We failed you and we are sorry.", {"apology_active"}, 7),
    ("We are sorry for the delay.", {"sympathy"}, 5),
    ("Sorry if anyone was offended.", {"apology_passive"}, 4),
    ("We apologise for any inconvenience.", {"apology_passive"}, 5),
    ("We have deleted it and paused all promotions.", {"corrective"}, 4),
    ("Everyone gets a 20 euro voucher.", {"compensation"}, 4),
    ("How frightening. Our thoughts are with you.", {"sympathy"}, 4),
    ("Send us a DM, please.", {"channel_change"}, 4),
    ("Questions and answers are on the hub: hub/debate", {"hub_link"}, 4),
    ("Thank you for telling us.", {"thanks"}, 4),
    ("It was posted by an intern.", {"defensive"}, 2),
    ("The outage was caused by our supplier.", {"defensive"}, 2),
    ("It was never our intention to hurt anyone.", {"defensive"}, 3),
    ("There is no recall.", {"denial"}, 1),
    ("There is no recall. Here is the lab report.", {"denial_with_evidence"}, 4),
    ("Haha, oops ;)", {"humour"}, 4),
    ("Try our new range, 20% off this week!", {"promotion"}, 4),
    ("You are an idiot.", {"attack"}, 0),
    ("You will hear from our lawyers.", {"attack"}, 0),
    ("Our waiter Tim Brown was there.", {"names_person"}, 4),
    ("Please reply with your full name and phone number.", {"asks_data"}, 4),
    ("Comments like these will be deleted.", {"hides", "defensive"}, 2),
    ("We should have told you sooner.", set(), 6),
    ("It was our mistake.", set(), 7),
    ("It was our mistake and everybody gets the fare back today.", {"corrective"}, 8),
    ("We failed you, but in fairness it was only up for 40 minutes.", {"defensive"}, 6),
    ("Our office is on Elm Street.", set(), 4),
]


@pytest.mark.parametrize(("text", "acts", "rung"), TABLE, ids=[row[0] for row in TABLE])
def test_what_a_sentence_does(text: str, acts: set[str], rung: int) -> None:
    reading = read(text, COMPLAINT)
    assert set(reading.acts) - {"explaining"} == acts - {"explaining"}
    assert ("explaining" in acts) <= ("explaining" in reading.acts)
    assert reading.ladder == rung


def test_an_excuse_is_no_explanation() -> None:
    assert "explaining" not in read("The outage was caused by our supplier.", COMPLAINT).acts


def test_a_condition_makes_any_apology_passive() -> None:
    text = "It was our mistake and we take full responsibility. We apologise if anyone was hurt by it."
    assert "apology_active" not in read(text, COMPLAINT).acts


def test_in_private_there_is_nothing_to_leak_or_to_move() -> None:
    text = "Send me your phone number by DM, you get a voucher."
    assert set(read(text, COMPLAINT).acts) == {"channel_change", "compensation"}
    assert read(text, Context(channel_kind="dm")).acts == {}


def test_an_employee_of_the_cast_may_not_be_named_but_may_sign(brightpan: Scenario) -> None:
    context = Context(scenario=brightpan, channel_kind="statement")
    assert "names_person" in read("Piet Lorch wrote it.", context).acts
    assert "names_person" not in read("I wrote it, and it was wrong. — Piet Lorch", context).acts


def test_the_parts_of_an_apology_are_named() -> None:
    text = (
        "We are sorry. A failed router took two others with it. It was our mistake. We refund everybody today. "
        "From tomorrow a second person will check each change. Please forgive us."
    )
    parts = ("regret", "explanation", "responsibility", "repentance", "repair", "forgiveness")
    assert read(text, COMPLAINT).components == parts


def test_a_theme_is_named_from_the_moment_it_exists(brightpan: Scenario) -> None:
    text = "The cruel post is gone. We were not hacked."
    assert read(text, Context(scenario=brightpan)).themes == ("cruelty",)
    assert read(text, Context(scenario=brightpan, now_ms=30 * 60_000)).themes == ("cruelty", "hack")
