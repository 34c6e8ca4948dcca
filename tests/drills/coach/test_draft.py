"""What is said of a text that is being written, and which one asks for a second yes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from drills.coach.draft import gate, many, may_say, situation, spots
from drills.coach.ladder import hint
from drills.desk import FactView, PostView
from drills.tone import Context
from drills.tone.read import read
from engine.events import Event
from engine.public import reads_as_pasted
from engine.reading import Claim, Finding, Reading
from scenarios.model import Fact
from tests.tui.scripted import MINUTE, ScriptedSession, flood, post

POOR = "Sorry if anyone felt offended, our contractor did it. Please post your phone number here."


def desk(*events: Event) -> ScriptedSession:
    session = ScriptedSession(events)
    session.tick()
    return session


def test_before_the_first_word_the_frame_fits_who_is_answered() -> None:
    session = desk(post("ill", 1, "care", "My child is sick.", need="harm", theme="safe"))
    one = situation(session.desk, "", None, do="reply", target="ill")
    shown = hint(one, 3, session.desk)
    assert "blank" == one.id and shown is not None and "[what to do now, first]" in shown.text


def test_the_pointer_quotes_the_words_and_names_the_rule() -> None:
    session = desk()
    one = situation(session.desk, POOR, read(POOR, Context()), do="publish", kind="holding")
    pointed = hint(one, 2, session.desk)
    assert pointed is not None and "“post your phone”" in pointed.text and "leak.asks" == pointed.rule


def test_what_the_fact_sheet_does_not_have_is_not_called_faultless() -> None:
    session = desk()
    text = "Your soup was the one that leaked."
    one = situation(session.desk, text, Reading(claims=(Claim("leak", "unknown"),)), do="publish", kind="holding")
    pointed = hint(one, 2, session.desk)
    assert pointed is not None and "fact sheet" in pointed.text and "no fault" not in pointed.text


def test_what_was_mended_is_another_situation() -> None:
    session = desk()
    before = situation(session.desk, POOR, read(POOR, Context()), do="publish", kind="holding")
    better = "Sorry if anyone felt offended, our contractor did it."
    after = situation(session.desk, better, read(better, Context()), do="publish", kind="holding")
    assert before.about != after.about


def test_spots_are_words_of_the_text_that_do_not_overlap_the_gravest_first() -> None:
    found = spots(POOR, read(POOR, Context()).findings)
    assert "phone" in POOR[found[0].start : found[0].end] and 2 <= len(found) <= 4
    ordered = sorted(found, key=lambda one: one.start)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


def test_a_fault_of_the_whole_text_has_no_spot() -> None:
    whole = Finding("empathy", 0, len(POOR), "empathy.missing", -500_000, "no word for them", "")
    assert [] == spots(POOR, [whole])


@pytest.mark.parametrize(("do", "stopped"), [("reply", True), ("publish", True), ("hub", True), ("message", False)])
def test_personal_data_in_public_asks_for_a_second_yes(do: str, stopped: bool) -> None:
    reading = read("Please post your phone number here.", Context())
    assert stopped is gate(reading, do).startswith("It asks for personal data")


@pytest.mark.parametrize("verdict", ["unsafe", "false", "lie", "true"])
def test_only_what_could_hurt_somebody_asks_for_a_second_yes(verdict: Any) -> None:
    reading = Reading(claims=(Claim("x", verdict),))
    assert (verdict == "unsafe") is gate(reading, "message").endswith("could hurt people")


def test_a_rude_text_is_not_stopped() -> None:
    assert "" == gate(read("Calm down, you liar.", Context()), "reply")


# -- the same words to many ----------------------------------------------------------------------------------------


def views(count: int) -> list[PostView]:
    events = [post(f"p{number}", 1, f"who{number}", "Brown water.", need="complaint") for number in range(count)]
    return list(desk(*events).desk.posts.values())


def test_one_person_gets_their_own_words() -> None:
    assert "" == many(views(1), Reading(overall=0))


@pytest.mark.parametrize("overall", [300_000, 599_999, 600_000, 900_000])
@pytest.mark.parametrize("count", [2, 3, 4, 12])
def test_what_is_said_of_many_is_what_the_public_will_do(count: int, overall: int) -> None:
    reading = Reading(overall=overall)
    told = many(views(count), reading)
    assert told.startswith(f"{count} people get the same words")
    assert reads_as_pasted(reading, count) is ("pasted" in told)


def test_a_copy_of_an_earlier_reply_is_named_with_what_it_costs() -> None:
    assert "25%" in many(views(2), Reading(overall=900_000, sameness=500_000))


def test_posts_of_one_person_are_not_people() -> None:
    posts = list(desk(*flood(5)).desk.posts.values())
    assert many(posts, None) == "5 posts by one person get the same words."


# -- facts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sayable", "released", "words"),
    [
        (0, True, "may be said"),
        (20 * MINUTE, False, "from T+0:20:00"),
        (None, False, "never"),
        (5 * MINUTE, False, "not released yet"),
    ],
)
def test_a_fact_may_be_said_from_some_moment_on_or_never(sayable: int | None, released: bool, words: str) -> None:
    fact = Fact.model_construct(id="lab", text="Iron.", known=0, sayable=sayable, why="")
    assert words == may_say(FactView(fact, 0, released), 10 * MINUTE)
