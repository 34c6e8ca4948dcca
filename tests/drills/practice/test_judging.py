"""Written answers: read by the judge of the desk, held against the card's marks."""

from __future__ import annotations

import pytest

from drills.practice.judging import completeness, context_of, judge, value
from engine.reading import PPM, Reading
from tests.drills.practice.exercises import SOUP, card

BAD = "We are sorry if anyone was offended."
REPLY = (
    SOUP[: SOUP.index("- id: sorry")]
    + """\
- id: reply
  shows: {kind: post, who: Konrad Weiss, text: My soup was cold and I waited an hour.}
  writes:
    passes: [{dimension: unprofessional, at_most: 0.1}]
    model: Konrad, I am sorry about the cold soup. Come by and the next one is on us. Nadia
"""
)


def test_what_is_missed_is_told_with_its_place_and_what_to_do() -> None:
    missed = {one.mark.dimension: one for one in judge(card("sorry").card, BAD).missed}
    assert {"apology", "non_apology"} == set(missed)
    assert "Own it, repair it, and say what changes." == missed["apology"].feedback, "the author's own words"
    wrong = missed["non_apology"]
    assert "sorry if" == BAD[wrong.start : wrong.end]
    assert wrong.feedback, "the judge's tip where the author gave none"


def test_a_mark_on_the_edge_is_reached() -> None:
    reading = Reading(dimensions={"empathy": 600_000}, components=("responsibility", "regret"))
    assert 0.6 == value("empathy", reading)
    assert 0.0 == value("ownership", reading), "what does not apply counts as nothing"


@pytest.mark.parametrize(
    ("components", "share"),
    [((), 0), (("responsibility",), 0.3), (("responsibility", "repair", "regret", "explanation", "repentance"), 1)],
)
def test_an_apology_is_as_whole_as_its_parts(components: tuple[str, ...], share: float) -> None:
    assert share == pytest.approx(completeness(Reading(components=components)))


def test_the_overall_quality_can_be_asked_for() -> None:
    assert 0.25 == value("overall", Reading(overall=PPM // 4))


def test_a_post_that_is_shown_is_what_the_text_answers() -> None:
    one = card("reply", text=REPLY).card
    assert one.writes is not None
    context = context_of(one, one.writes)
    assert ("My soup was cold and I waited an hour.", "Konrad Weiss") == (context.post, context.author_name)


def test_a_draft_that_is_shown_is_not_answered() -> None:
    one = card("sorry").card
    assert one.writes is not None
    assert "" == context_of(one, one.writes).post


def test_a_card_without_a_text_judges_none() -> None:
    with pytest.raises(ValueError, match="asks for no text"):
        judge(card("soup").card, "Hello")
