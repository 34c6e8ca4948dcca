"""What is said of a text before it goes out is what the score says of it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from drills import joining
from drills.scoring import approvals, rubric
from drills.scoring.record import Record
from drills.session import Session
from drills.signoff import EMERGENCY, Outgoing, SignOff, sign_off

MINUTE = 60_000
TEXT = "We recall batch 22 of the oat drink. Please do not drink it, and bring it back to any shop."
STOCK = "The plan has approved these words beforehand."


@pytest.fixture
def session() -> Session:
    """Five minutes into a drill whose plan lets nobody approve their own text."""
    found = Session.rehearse(joining.find("tarn-and-tide"), seed=1)
    found.skip_to(5 * MINUTE)
    return found


def said(session: Session, kind: str = "official", *, do: str = "publish", approval: str = "", text: str = TEXT
         ) -> SignOff | None:  # fmt: skip
    return sign_off(session.drill.plan, session.desk, Outgoing(do, kind, text, approval, session.seat))


def sent(session: Session, **given: Any) -> bool:
    """Whether the score says that it went the plan's way, once it is out."""
    session.act("publish", text=TEXT, channels=("flit",), **given)
    session.skip_to(session.now_ms + MINUTE)
    (found,) = approvals.checked(Record(session.run(), rubric.load()))
    return found.ok


def wait(session: Session, minutes: float) -> None:
    session.skip_to(session.now_ms + round(minutes * MINUTE))


def test_whose_word_is_missing_is_said_with_what_the_emergency_rule_asks(session: Session) -> None:
    session.act("classify", level=3)
    found = said(session)
    assert found is not None and found.missing
    assert found.says == (
        "Without Per Sand's and Lise Holm's word it counts against you. "
        "Emergency rule: only 10m after asking."
    )
    assert not sent(session, kind="official")


def test_the_emergency_rule_is_said_to_hold_when_the_score_lets_it_hold(session: Session) -> None:
    session.act("classify", level=3)
    found = said(session, approval=EMERGENCY)
    assert found is not None and found.missing and "does not hold: only 10m after asking" in found.says
    session.act("request_approval", kind="official", to=["legal-ext"], text=TEXT)
    wait(session, 4)
    found = said(session, approval=EMERGENCY)
    assert found is not None and found.missing and "does not hold: only in 6m. It counts" in found.says
    wait(session, 6)
    found = said(session, approval=EMERGENCY)
    assert found == SignOff(
        "The emergency rule holds now. Write it into the log. Owning the fault takes Per Sand's word.",
        missing=False,
    )
    assert sent(session, kind="official", approval=EMERGENCY)


def test_an_emergency_before_its_time_is_said_to_count_and_counts(session: Session) -> None:
    session.act("classify", level=3)
    assert (found := said(session, approval=EMERGENCY)) is not None and found.missing
    assert not sent(session, kind="official", approval=EMERGENCY)


def test_at_a_level_of_no_emergency_that_is_said(session: Session) -> None:
    session.act("classify", level=2)
    found = said(session, "holding")
    assert found is not None and found.missing
    assert found.says == "Without Ingrid Voll's word it counts against you. Emergency rule: only at L3 and L4."


def test_the_plans_own_words_need_nobody(session: Session) -> None:
    session.act("classify", level=3)
    plan = session.drill.plan
    assert plan is not None
    assert said(session, "holding", text=plan.holding[0].text) == SignOff(STOCK, missing=False)


def test_a_crisis_page_without_a_word_is_said_to_be_without_it(session: Session) -> None:
    session.act("classify", level=3)
    found = said(session, "open", do="hub")
    assert found is not None and found.missing and "Without Ingrid Voll's word" in found.says


def test_whose_word_is_there_is_named(session: Session) -> None:
    session.act("classify", level=3)
    asked = session.act("request_approval", kind="official", to=["legal", "quality-head"], text=TEXT)
    for person in ("legal", "quality-head"):
        session.steer("decide", target=f"{asked.id}/{person}", kind="approve")
    wait(session, 1)
    assert said(session) == SignOff("The word that the plan wants is there: Per Sand and Lise Holm.", missing=False)
    assert (other := said(session, text="Nothing is wrong.")) is not None and other.missing
    assert sent(session, kind="official", approval=asked.id)


def test_where_the_plan_wants_nobodys_word_nothing_is_said(session: Session) -> None:
    assert said(session, "holding") is None
    session.act("classify", level=3)
    assert said(session, "", do="note") is None
    assert said(session, "", do="reply") is None, "the plan's lines are approved once, then used"
    assert sign_off(None, session.desk, Outgoing("publish", "official", TEXT, "", "SML")) is None


def test_whoever_may_not_approve_their_own_text_is_told_who_may(session: Session) -> None:
    session.act("classify", level=3)
    found = sign_off(session.drill.plan, session.desk, Outgoing("hub", "open", TEXT, "", "COM"), {"SML"})
    assert found is not None and found.missing
    assert found.says.startswith("Nobody approves their own text: without Jonas Lyng's word it counts against you.")
