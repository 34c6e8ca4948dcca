"""Colleagues: reached or not, in their own time; validators: one draft after the other."""

from __future__ import annotations

from dataclasses import replace

from engine.events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    Escalated,
    FactLearnt,
    Reached,
    Received,
    Unreachable,
    Void,
)
from engine.reading import Claim, Reading
from engine.world import World
from tests.engine.worlds import MINUTE, SORRY, action, played


def of(world: World, kind: type) -> list:  # type: ignore[type-arg]
    return [event for event in world.log if isinstance(event, kind)]


def ask(at: float, reading: Reading = SORRY):  # type: ignore[no-untyped-def]
    return action(
        at, "request_approval", to=("com",), text="Sorry.", kind="holding", channels=("flit",), reading=reading
    )


def test_somebody_who_is_called_answers_in_their_own_time() -> None:
    world = played(actions=[action(3, "escalate", to=("com",), text="Look at this.")])
    (reached,) = of(world, Reached)
    assert 0.9 * MINUTE <= reached.at_ms - 3 * MINUTE <= 12 * MINUTE
    assert [event.text for event in of(world, Received) if event.medium == "colleague"] == ["Yes?"]


def test_a_deputy_is_tried_when_somebody_does_not_answer() -> None:
    world = played(actions=[action(3, "escalate", to=("boss",), text="Look.")])
    (missed,) = of(world, Unreachable)
    assert (missed.to, missed.deputy, missed.at_ms) == ("boss", "com", 15 * MINUTE)
    assert [event.to for event in of(world, Escalated)] == ["boss", "com"]
    assert [event.to for event in of(world, Reached)] == ["com"]


def test_a_fact_that_somebody_holds_comes_only_when_they_are_asked() -> None:
    assert {event.fact for event in of(played(), FactLearnt)} == {"f1"}
    asked = played(actions=[action(3, "ask", to=("chef",), text="What happened?")])
    learnt = {event.fact: event for event in of(asked, FactLearnt)}
    assert set(learnt) == {"f1", "f2"}
    assert learnt["f2"].source == "Bo"
    assert any("The cook was ill." in event.text for event in of(asked, Received))


def test_a_draft_is_approved_or_returned_for_a_reason() -> None:
    good = of(played(actions=[ask(3)]), ApprovalDecided)
    assert [(event.verdict, event.why) for event in good] == [("approved", "")]
    lie = Reading(claims=(Claim("hacked", "lie"),))
    bad = of(played(actions=[ask(3, lie)]), ApprovalDecided)
    assert [(event.verdict, event.why) for event in bad] == [("returned", "this is not true, we can't say it (hacked)")]


def test_a_draft_is_approved_when_everybody_who_was_asked_has_approved_it() -> None:
    both = replace(ask(3), to=("com", "boss"))
    world = played(actions=[both])
    first, last = sorted(event.at_ms for event in of(world, ApprovalDecided))
    for at_ms, refused in (((first + last) // 2, True), (last + 1, False)):
        out = action(0, "publish", kind="holding", channels=("flit",), text="Sorry.", approval=both.id)
        tried = played(actions=[both, replace(out, at_ms=at_ms)])
        assert refused == ("has not been given" in "".join(event.why for event in of(tried, Void)))


def test_a_validator_does_not_tell_what_nobody_can_know() -> None:
    """Whether a guess is right must not be found out by asking for its approval."""
    (decided,) = of(played(actions=[ask(3, Reading(claims=(Claim("f1", "unknown"),)))]), ApprovalDecided)
    assert (decided.verdict, decided.why) == ("returned", "nobody here knows this")


def test_drafts_wait_for_each_other() -> None:
    world = played(actions=[ask(3), replace(ask(3), id="second")])
    assert [event.position for event in of(world, ApprovalAsked)] == [0, 1]
    first, second = of(world, ApprovalDecided)
    assert first.at_ms < second.at_ms


def test_an_approval_that_takes_too_long_is_told() -> None:
    late = [seed for seed in range(20) if of(played(seed, [ask(3)]), ApprovalTimedOut)]
    for seed in late:
        world = played(seed, [ask(3)])
        assert of(world, ApprovalTimedOut)[0].at_ms == 13 * MINUTE
    assert len(late) < 20
