"""Colleagues: reached or not, in their own time; validators: one draft after the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

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
from engine.reading import Claim, Finding, Reading
from engine.setup import Colleague
from engine.world import World
from tests.engine.worlds import COLLEAGUES, MINUTE, SORRY, action, played

COM, CHEF, BOSS = COLLEAGUES


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


# Who answers, and how soon


def call(at: float, who: str = "com", **fields):  # type: ignore[no-untyped-def]
    return action(at, "inform", to=(who,), text="Look.", **fields)


def answered(world: World) -> list[int]:
    return [event.at_ms for event in of(world, Reached)]


def late_com(**changes):  # type: ignore[no-untyped-def]
    """Colleagues of whom com has nobody to stand in and these changes."""
    return (replace(COM, deputy="", **changes), CHEF, BOSS)


def test_duty_is_judged_when_the_phone_rings() -> None:
    times = {"p50_ms": 2 * MINUTE, "p90_ms": 3 * MINUTE}
    for seed in range(10):
        calls = [call(3), call(40)]
        on = answered(played(seed, calls, colleagues=late_com(**times)))
        world = played(seed, calls, colleagues=late_com(**times, duty=((0, 30 * MINUTE),)))
        off, waited = answered(world), 4 * (on[1] - 40 * MINUTE)
        assert off[0] == on[0]
        if waited <= 12 * MINUTE:
            assert off[1] == 40 * MINUTE + waited
        else:
            (missed,) = of(world, Unreachable)
            assert (missed.at_ms, missed.why, missed.deputy) == (52 * MINUTE, "off duty", "")


@given(st.lists(st.integers(3, 40), min_size=2, max_size=5))
@settings(max_examples=25, deadline=None)
def test_a_call_is_answered_when_the_one_before_it_is_over(minutes: list[int]) -> None:
    calls = [call(at, id=f"c{number}") for number, at in enumerate(minutes)]
    moments = answered(played(actions=calls, colleagues=late_com()))
    assert all(after - before >= 2 * MINUTE for before, after in pairwise(moments))


def test_somebody_with_drafts_on_the_table_answers_later() -> None:
    drafts = [replace(ask(3), id=f"draft-{number}") for number in range(3)]
    for seed in range(10):
        free, busy = (answered(played(seed, [*before, call(3.1)], colleagues=late_com())) for before in ([], drafts))
        assert not busy or free[0] < busy[0]


def test_the_cabinet_keeps_its_members_busy_and_they_are_with_us() -> None:
    cabinet = Colleague("cabinet", "Cabinet", "CAB", "management", MINUTE, MINUTE, "", True, 0, (), seats=("com",))
    people = (*late_com(p50_ms=4 * MINUTE, p90_ms=5 * MINUTE), cabinet)
    free, busy = (
        played(actions=[*convened, call(9)], colleagues=people) for convened in ([], [call(3, "cabinet")])
    )
    (alone,) = answered(free)
    _, in_session = answered(busy)
    assert (in_session - 9 * MINUTE) == (alone - 9 * MINUTE) * 3 // 2
    assert "com" in busy.organisation.with_us and busy.organisation.told["com"] == 9 * MINUTE


def test_two_deputies_of_each_other_are_each_tried_once() -> None:
    pair = (replace(COM, p50_ms=60 * MINUTE, deputy="boss"), CHEF, BOSS)
    world = played(actions=[call(3)], colleagues=pair)
    assert [(event.to, event.deputy) for event in of(world, Unreachable)] == [("com", "boss"), ("boss", "")]
    assert [event.to for event in of(world, Escalated)] == ["com", "boss"]


def test_a_deputy_whom_nobody_knows_is_none() -> None:
    world = played(actions=[call(3)], colleagues=(replace(COM, p50_ms=60 * MINUTE, deputy="gone"), CHEF, BOSS))
    assert [(event.to, event.deputy, event.why) for event in of(world, Unreachable)] == [("com", "", "")]


def test_a_dead_number_ends_the_call_at_once_and_the_deputy_is_tried() -> None:
    world = played(actions=[call(3)], colleagues=(replace(COM, dead_number=1_000_000), CHEF, BOSS))
    (missed,) = of(world, Unreachable)
    assert (missed.at_ms, missed.why, missed.deputy) == (3 * MINUTE, "number", "chef")
    assert [event.to for event in of(world, Reached)] == ["chef"]


def test_a_number_is_dead_for_the_whole_run_and_as_often_as_its_chance_says() -> None:
    people = late_com(dead_number=300_000)
    dead = 0
    for seed in range(60):
        world = played(seed, [call(3), call(30)], until_ms=45 * MINUTE, colleagues=people)
        numbers = [event.why for event in of(world, Unreachable)].count("number")
        assert numbers in (0, 2)
        dead += numbers // 2
    assert 9 <= dead <= 28  # 18 expected; 99 in 100 such samples


# Turns


def chain(*reviews: int) -> tuple[Colleague, ...]:
    """Validators who each need a moment to get to a draft, and about so many minutes to read it."""
    return tuple(
        Colleague(f"v{number}", f"V{number}", "LEG", "legal", 2, 2, "", True, minutes * MINUTE, ("official",))
        for number, minutes in enumerate(reviews)
    )


def asked(people: tuple[Colleague, ...], turns: dict[str, dict[str, int]], seed: int = 1, reading: Reading = SORRY):  # type: ignore[no-untyped-def]
    to = tuple(one.id for one in people)
    draft = action(9, "request_approval", to=to, text="Sorry.", kind="official", channels=("flit",), reading=reading)
    changes = {"colleagues": people, "turns": turns, "lasts": "6h"}
    return played(seed, [action(1, "classify", level=4), draft], **changes), draft


@given(st.lists(st.integers(1, 20), min_size=2, max_size=4), st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_in_turns_each_reads_after_the_one_before_and_at_once_takes_no_longer(reviews: list[int], seed: int) -> None:
    people = chain(*reviews)
    turns = {"official/4": {one.id: number for number, one in enumerate(people)}}
    world, _ = asked(people, turns, seed)
    begun = {event.to: event.at_ms for event in of(world, ApprovalAsked)}
    ended = {event.to: event.at_ms for event in of(world, ApprovalDecided)}
    assert list(begun) == [one.id for one in people]
    assert [begun[one.id] for one in people[1:]] == [ended[one.id] for one in people[:-1]]
    together, _ = asked(people, {}, seed)
    last = max(event.at_ms for event in of(together, ApprovalDecided))
    assert last <= max(ended.values())
    assert max(ended.values()) - 9 * MINUTE == sum(ended[one.id] - begun[one.id] for one in people)


def test_three_validators_in_turn_make_an_hour_of_a_quarter() -> None:
    """Ready at nine minutes, read for 12, 20 and 15 minutes at the median: in turns it is out after about an hour."""
    people = chain(12, 20, 15)
    turns = {"official/4": {"v0": 0, "v1": 1, "v2": 2}}
    out = {True: [], False: []}  # type: dict[bool, list[int]]
    for seed in range(25):
        for serial in (True, False):
            world, _ = asked(people, turns if serial else {}, seed)
            out[serial].append(max(event.at_ms for event in of(world, ApprovalDecided)))
    assert 9 + 47 <= sorted(out[True])[12] / MINUTE <= 75
    assert sorted(out[False])[12] / MINUTE <= 45


def test_a_validator_who_is_named_twice_reads_once() -> None:
    people = chain(3)
    draft = action(9, "request_approval", to=("v0", "v0"), text="Sorry.", kind="official", reading=SORRY)
    world = played(1, [draft], colleagues=people, turns={})
    assert [event.to for event in of(world, ApprovalAsked)] == ["v0"]
    assert len(of(world, ApprovalDecided)) == 1


def test_whoever_returns_a_draft_ends_its_way() -> None:
    people = chain(3, 3)
    lie = Reading(claims=(Claim("hacked", "lie"),))
    world, draft = asked(people, {"official/4": {"v0": 0, "v1": 1}}, reading=lie)
    assert [event.to for event in of(world, ApprovalAsked)] == ["v0"]
    assert not world.organisation.approved(draft.id)


def test_a_chain_is_not_through_before_its_last_validator() -> None:
    people = chain(3, 3)
    world, draft = asked(people, {"official/4": {"v0": 0, "v1": 1}})
    first, last = (event.at_ms for event in of(world, ApprovalDecided))
    for at_ms, through in ((first + 1, False), (last + 1, True)):
        again = played(
            1, [action(1, "classify", level=4), draft], at_ms,
            colleagues=people, turns={"official/4": {"v0": 0, "v1": 1}}, lasts="6h",
        )  # fmt: skip
        assert again.organisation.approved(draft.id) is through


def test_a_returned_draft_says_which_words_are_wrong_and_what_would_be_better() -> None:
    fault = Finding("defensiveness", 0, 6, "rules", -700_000, "answers with the rules", "Say what you will do.")
    stiff = Reading(dimensions={"defensiveness": 800_000}, findings=(fault,))
    (decided,) = of(played(actions=[ask(3, stiff)]), ApprovalDecided)
    assert decided.why == "“Sorry.”: answers with the rules. Say what you will do."


def test_what_may_not_be_said_yet_is_named_with_the_reason_of_its_fact() -> None:
    early = Reading(claims=(Claim("f1", "too_early"),))
    facts = [{"id": "f1", "text": "The soup was cold.", "known": "T+0m", "sayable": "T+50m", "why": "the cook first"}]
    (decided,) = of(played(actions=[ask(3, early)], facts=facts, branches=[]), ApprovalDecided)
    assert decided.why == "we can't say this yet (The soup was cold.): the cook first"
