"""Why a part of a text's Tone is low: no low figure stands without a reason."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drills.joining import find
from drills.scoring import score, tone
from drills.scoring.reasons import LOW, reasons
from drills.session import Session
from drills.tone import read
from drills.tone.context import Context
from engine.reading import Finding, Reading
from tests.drills.scoring.runs import BAD, DECOY, GOOD, by_hand, post, record, said, scenario, truth

SOUP = "One cup of soup"
LENTIL = (
    "Morning Mo! Lentil until noon, goulash after that, so at this hour it's lentil. The hatch is open until 19:00 if "
    "it has to be goulash."
)


def told(reading: Reading, need: str = "complaint", level: int = 1) -> dict[str, str]:
    """The reasons of a reply with that reading, by part."""
    run = by_hand(
        *truth((0, level)), post(1, "x", need), *said(5, "reply", targets=("x",), judged=reading), base=scenario(DECOY)
    )
    found = record(run)
    (one,) = tone.judge(found)
    return {reason.part: reason.why for reason in reasons(found, one)}


def test_a_low_part_without_a_fault_says_what_was_looked_for_in_vain() -> None:
    cold = replace(GOOD, dimensions={**GOOD.dimensions, "human_voice": 150_000})
    assert {"Tn4": "Nothing was found of this: their name, your name at the end, “I” or “me”, words as one speaks them."
            } == told(cold)  # fmt: skip


def test_what_was_found_is_not_asked_for() -> None:
    name = Finding("human_voice", 0, 2, "voice.name", 300_000, "calls the person by name", "")
    cold = replace(GOOD, dimensions={**GOOD.dimensions, "human_voice": 300_000}, findings=(name,))
    assert "their name" not in told(cold)["Tn4"] and "your name at the end" in told(cold)["Tn4"]


def test_a_fault_that_was_found_is_reason_enough() -> None:
    fault = Finding("human_voice", 0, 2, "gate.stuffed", -600_000, "right phrases strung together", "")
    cold = replace(GOOD, dimensions={**GOOD.dimensions, "human_voice": 0}, findings=(fault,))
    assert "Tn4" not in told(cold)


def test_a_question_is_not_asked_for_feelings() -> None:
    cold = replace(GOOD, dimensions={**GOOD.dimensions, "empathy": 0, "acknowledgement": 0})
    assert "Nothing was found of this: what this person wrote about." == told(cold, "question")["Tn1"]
    assert "what it did to them" in told(cold, "complaint")["Tn1"]


@given(
    st.dictionaries(st.sampled_from(sorted(GOOD.dimensions)), st.integers(0, 1_000_000)),
    st.sampled_from(("harm", "question", "complaint", "praise")),
    st.integers(0, 4),
    st.booleans(),
)
def test_every_low_part_has_a_reason(dimensions: dict[str, int], need: str, level: int, good: bool) -> None:
    base = GOOD if good else BAD
    reading = replace(base, dimensions={**base.dimensions, **dimensions})
    run = by_hand(*truth((0, level)), post(1, "x", need), *said(5, "reply", targets=("x",), judged=reading))
    found = record(run)
    (one,) = tone.judge(found)
    told = {reason.part for reason in reasons(found, one)}
    assert {part for part, share in one.parts.items() if share < LOW} == told
    assert all(reason.why.endswith(".") and reason.better for reason in reasons(found, one))


def test_a_decent_answer_that_lacks_a_name_is_told_so_in_its_review() -> None:
    session = Session.rehearse(find("md-01-one-cup-of-soup"))
    session.skip_to(4 * 60_000 + 30_000)
    session.act("reply", target="goulash-when", text=LENTIL)
    session.skip_to(session.ends_ms)
    (text,) = score(session.run()).texts
    assert dict(text.parts)["Tn4"] < LOW
    (reason,) = (one for one in text.reasons if one.part == "Tn4")
    assert "Nothing was found of this: your name at the end, “I” or “me”." == reason.why
    assert "sign with a name" in reason.better


def test_a_name_of_two_letters_is_a_name() -> None:
    asked = Context(post="goulash today or lentil?", author_name="Mo Hartley", level=1, severity="issue")
    assert any(one.rule == "voice.name" for one in read(LENTIL, asked).findings)
    hidden = replace(asked, author_name="An Nguyen")
    assert all(one.rule != "voice.name" for one in read("An hour, no more, and it is lentil.", hidden).findings)
