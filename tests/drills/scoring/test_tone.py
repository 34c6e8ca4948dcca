"""Tn1 to Tn9 from readings, the weights of texts, and model texts."""

from dataclasses import replace
from typing import Any

import pytest

from drills.run import Run
from drills.scoring import texts, tone
from drills.scoring.card import Line
from tests.drills.scoring.runs import BAD, CRISIS, DECOY, GOOD, by_hand, post, reading, record, said, scenario, truth


def parts(run: Run) -> dict[str, float]:
    """The parts of the only text."""
    (one,) = tone.judge(record(run))
    return one.parts


def part(
    id_: str, minute: float = 10, *, level: int = 3, base: Any = None, form: str = "statement", **fields: Any
) -> float | None:
    judged = reading(**fields)
    run = by_hand(
        *truth((0, level)),
        post(1, "x"),
        *said(minute, form, judged=judged, targets=("x",) * (form != "statement")),
        base=base,
    )
    return parts(run).get(id_)


def lines(run: Run) -> dict[str, Line]:
    found = record(run)
    return {line.id: line for line in tone.lines(found, tone.judge(found))}


def test_a_text_that_names_and_feels_has_empathy_and_half_of_it_half() -> None:
    assert part("Tn1", dimensions={"acknowledgement": 1, "empathy": 1}) == 1
    assert part("Tn1", dimensions={"acknowledgement": 1, "empathy": 0}) == 0.5


def test_a_question_wants_its_matter_named_and_praise_wants_thanks() -> None:
    judged = reading(dimensions={"acknowledgement": 0.9, "empathy": 0, "thanks": 0.7})
    for need, expected in (("question", 0.9), ("praise", 0.7), ("complaint", 0.45)):
        run = by_hand(post(1, "x", need), *said(5, "reply", targets=("x",), judged=judged))
        assert parts(run)["Tn1"] == pytest.approx(expected), need


@pytest.mark.parametrize(("ladder", "expected"), [(8, 1), (7, 1), (6, 0.75), (4, 0.25), (2, 0), (0, 0)])
def test_a_quarter_is_lost_for_every_rung_outside_the_band(ladder: int, expected: float) -> None:
    assert expected == part("Tn2", ladder=ladder)


def test_before_the_cause_is_known_regret_is_right_and_the_scenarios_band_wins() -> None:
    assert part("Tn2", 5, ladder=5) == 1
    own: dict[str, Any] = {"ladder": [{"lowest": 5, "highest": 6}, {"at": "T+30m", "lowest": 7, "highest": 8}]}
    base = scenario({**CRISIS, "stance": own})
    assert (part("Tn2", 10, ladder=6, base=base), part("Tn2", 40, ladder=6, base=base)) == (1, 0.75)


def test_a_lie_owns_nothing() -> None:
    assert part("Tn2", ladder=7, claims=(("hacked", "lie"),)) == 0


def test_an_update_need_not_apologise_again_but_must_not_deny() -> None:
    def update(ladder: int) -> dict[str, float]:
        return parts(
            by_hand(
                *truth((0, 3)), *said(40, kind="update", judged=reading(ladder=ladder, dimensions={"politeness": 1}))
            )
        )

    assert "Tn2" not in update(4)
    assert update(1)["Tn2"] == 0


def test_defence_and_mock_apology_add_up() -> None:
    assert part("Tn3", dimensions={"defensiveness": 0.25, "non_apology": 0.5}) == 0.25
    assert part("Tn3", dimensions={"defensiveness": 0.8, "non_apology": 0.5}) == 0


def test_boilerplate_takes_from_the_human_voice() -> None:
    assert part("Tn4", dimensions={"human_voice": 0.9, "jargon_boilerplate": 0.4}) == pytest.approx(0.7)


def test_pasted_answers_are_worth_a_quarter_once_they_are_more_than_three_in_ten() -> None:
    voice = {"human_voice": 1, "jargon_boilerplate": 0}
    fresh, copy = reading(dimensions=voice), reading(dimensions=voice, sameness=950_000)
    keys = [f"x{n}" for n in range(10)]
    posts = [post(1, key) for key in keys]

    def voices(copies: int) -> list[float]:
        out = [
            said(5 + n, "reply", targets=(key,), judged=copy if n >= 10 - copies else fresh)
            for n, key in enumerate(keys)
        ]
        run = by_hand(*posts, *(event for events in out for event in events))
        return [one.parts["Tn4"] for one in tone.judge(record(run))]

    assert [1.0] * 10 == voices(3)
    assert voices(4)[-1] == 0.25


def test_in_a_matter_of_safety_a_statement_tells_people_what_to_do() -> None:
    base = scenario({**CRISIS, "expected": {"instructs": True}})
    concrete = {"concrete_action": 1}
    assert part("Tn5", level=4, base=base, dimensions=concrete) == 0.5
    assert part("Tn5", level=4, base=base, dimensions=concrete, acts={"instructing": 0.6}) == 1


def test_an_apology_is_weighed_by_its_parts_and_a_short_one_by_three_of_them() -> None:
    whole: dict[str, Any] = {
        "acts": {"apology_active": 0.9},
        "components": ("responsibility", "repair", "regret", "repentance"),
    }
    assert part("Tn6", **whole) == pytest.approx(0.85)
    assert part("Tn6", form="reply", **whole) == 1
    assert part("Tn6", components=("regret",)) is None


def test_a_joke_while_it_hurts_has_no_register_at_all() -> None:
    polite = {"politeness": 1, "unprofessional": 0}
    assert part("Tn7", dimensions=polite) == 1
    assert part("Tn7", dimensions=polite, acts={"promotion": 0.8}) == 0.5
    assert part("Tn7", dimensions=polite, acts={"humour": 0.8}) == 0
    assert part("Tn7", dimensions=polite, acts={"humour": 0.8}, base=scenario(humour="fine")) == 1


def test_a_formal_apology_for_a_cold_soup_is_over_apology() -> None:
    soup = scenario(DECOY)
    formal = by_hand(*truth((0, 1)), *said(9, kind="official", channels=("rateo",)), base=soup, end=60)
    personal = by_hand(*truth((0, 1)), post(1, "x"), *said(9, "reply", targets=("x",)), base=soup, end=60)
    assert {id_: parts(formal)[id_] for id_ in ("Tn2", "Tn6", "Tn7")} == {"Tn2": 0.75, "Tn6": 0, "Tn7": 0}
    assert min(parts(personal)[id_] for id_ in ("Tn2", "Tn7")) == 1
    assert "Tn6" not in parts(personal), "one person's soup asks for a sorry, not for a whole apology"


def test_texts_weigh_by_reach_and_level_and_the_worst_statement_of_a_crisis_twice() -> None:
    run = by_hand(*truth((0, 3)), *said(5), *said(10, judged=BAD), post(1, "x"), *said(12, "message", targets=("x",)))
    good, bad, message = tone.judge(record(run))
    assert bad.weight == pytest.approx(2 * good.weight)
    assert message.weight < good.weight / 4


def test_more_statements_than_answers_costs_ten_points() -> None:
    talking = by_hand(*truth((0, 3)), post(1, "x"), *said(5), *said(40, kind="update"))
    found = record(talking)
    judged = tone.lines(found, tone.judge(found))
    assert [tone.points(found, one) for one in judged if one.id == "Tn8"] == [-10]
    answering = by_hand(*truth((0, 3)), post(1, "x"), *said(5), *said(40, "reply", targets=("x",)))
    assert lines(answering)["Tn8"].score == 1


def test_a_theme_wants_its_name_within_a_quarter_of_an_hour() -> None:
    named = by_hand(post(1, "x"), *said(10))
    assert lines(named)["Tn9"].score == 1
    assert lines(by_hand(post(1, "x")))["Tn9"].score == 0


def test_a_team_that_wrote_nothing_has_no_tone() -> None:
    assert {line.score for line in lines(by_hand()).values()} == {None}


def test_the_model_text_is_the_one_for_this_very_post_then_any_but_never_anothers() -> None:
    run = by_hand(
        post(1, "ruth", "harm"), post(1, "who"), *said(5), *said(6, "reply", targets=("ruth",)),
        *said(7, "reply", targets=("who",)), *said(8, kind="update"),
    )  # fmt: skip
    found = record(run)
    shown = [one.model for one in texts.scored(found, tone.judge(found))]
    assert shown == ["A model holding text.", "A model reply to Ruth.", "A model reply.", ""]


def test_a_texts_score_is_the_mean_of_its_parts_by_weight() -> None:
    found = record(by_hand(*truth((0, 3)), *said(10, judged=GOOD)))
    (one,) = texts.scored(found, tone.judge(found))
    assert dict(one.parts) == pytest.approx({"Tn1": 1, "Tn2": 1, "Tn3": 1, "Tn4": 0.9, "Tn5": 1, "Tn6": 0.85, "Tn7": 1})
    assert one.score == pytest.approx((20 + 20 + 20 + 0.9 * 15 + 10 + 8.5 + 5) / 100)


# Tn10: answers to the angry


def angry(*answers: Any, form: str = "reply", mood: str = "furious") -> Line:
    posts = [post(1, f"x{n}", mood=mood) for n in range(len(answers))]
    out = [event for n, judged in enumerate(answers) for event in said(5 + n, form, targets=(f"x{n}",), judged=judged)]
    return lines(by_hand(*truth((0, 3)), *posts, *out))["Tn10"]


EXPLAINS = reading(acts={"explaining": 0.6})
EMPTY = reading(dimensions={"concrete_action": 0})


def test_the_angry_want_to_hear_why() -> None:
    assert (angry(EXPLAINS).score, angry(EMPTY).score) == (1, 0)
    assert angry(reading(dimensions={"concrete_action": 0.8})).score == 0.5
    assert angry(reading(components=("explanation",))).score == 1
    assert angry(EXPLAINS, mood="tense").score is None, "the calm need no more than an answer"


def test_capitals_are_anger_too() -> None:
    run = by_hand(post(1, "x", text="WHERE ARE OUR REFUNDS now"), *said(5, "reply", targets=("x",), judged=EXPLAINS))
    assert lines(run)["Tn10"].score == 1


def test_one_recipe_for_all_who_are_angry_stops_working() -> None:
    copy = reading(acts={"explaining": 0.6}, sameness=950_000)
    assert angry(EXPLAINS, copy, copy, copy).score == pytest.approx((1 + 1 / 4) / 2)
    assert angry(EXPLAINS, copy).score == 1, "two answers are no recipe yet"


def test_money_is_not_waved_in_public() -> None:
    paid = reading(acts={"explaining": 0.6, "compensation": 0.8})
    assert (angry(paid).score, angry(paid, form="message").score) == (0.5, 1)


@pytest.mark.parametrize(("judged", "points"), [(EXPLAINS, 5), (EMPTY, -5)])
def test_adapting_is_worth_five_points_of_tone_and_not_adapting_costs_them(judged: Any, points: float) -> None:
    found = record(
        by_hand(*truth((0, 1)), post(1, "x", mood="angry"), *said(5, "reply", targets=("x",), judged=judged))
    )
    judged = tone.lines(found, tone.judge(found))
    assert [tone.points(found, one) for one in judged if one.id == "Tn10"] == [points]
    assert all(tone.points(found, one) is None for one in judged if one.id not in ("Tn8", "Tn10"))


# An answer without content


def hollow(content: float, sameness: int = 950_000) -> list[bool]:
    judged = reading(dimensions={"acknowledgement": content, "concrete_action": 0}, sameness=sameness)
    posts = [post(1, f"x{n}") for n in range(4)]
    out = [event for n in range(4) for event in said(5 + n, "reply", targets=(f"x{n}",), judged=judged)]
    found = record(by_hand(*posts, *out))
    return [tone.empty_copy(found, text) for text in found.texts]


def test_a_pasted_answer_that_says_nothing_is_none() -> None:
    assert [True] * 4 == hollow(0.2)
    assert [False] * 4 == hollow(0.7), "the same true sentence for many who ask the same is an answer"
    assert [False] * 4 == hollow(0.2, sameness=100_000), "short and dry is no paste"


def test_a_line_names_the_very_text_that_it_calls_the_weakest() -> None:
    weak = replace(GOOD, dimensions={**GOOD.dimensions, "human_voice": 150_000})
    run = by_hand(
        *truth((0, 1)), post(1, "x"), post(1, "y"), post(1, "z"), *said(5, "reply", targets=("x",)),
        *said(6, "reply", targets=("y",), judged=weak), *said(7, "reply", targets=("z",)), base=scenario(DECOY),
    )  # fmt: skip
    line = lines(run)["Tn4"]
    assert "the weakest 15 % at T+0:06:00" in line.why
    assert "a-reply-6-y" == line.text


def test_where_responsibility_stands_is_said_in_words() -> None:
    run = by_hand(*truth((0, 3)), *said(20, judged=replace(GOOD, ladder=0)))
    line = lines(run)["Tn2"]
    assert "it attacks the critic, and right is from “owns the fault” to “owns the fault and repairs it”." in line.why
    assert "rung" not in line.why and "Here it is rung 0, right is 7 to 8." in line.rule
