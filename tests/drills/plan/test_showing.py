"""The plan in words and as a way of steps: what it says and nothing else, and its silence where it is silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills import shelf
from drills.plan import Plan, deadlines
from drills.plan.flow import Step, kind_for, steps
from drills.plan.showing import (
    SILENT,
    calls,
    duties,
    emergency,
    kind_page,
    level_page,
    levels,
    listed,
    named,
    signal,
    speakers,
    word,
)
from drills.plan.showing_rules import rule_page, text_page
from drills.plan.terms import FLAGS, MEASURES, parse_trigger
from scenarios.moments import HOUR, MINUTE
from scenarios.text import is_clean
from tests.hostile import CORPUS

DRILLS = {drill.id: drill for drill in shelf.drills()}
TARN = DRILLS["tarn-and-tide"]
assert TARN.plan is not None
PLAN, SCENARIO = TARN.plan, TARN.scenario
PLANS = [drill.plan for drill in DRILLS.values() if drill.plan is not None]
BARE = Plan.model_validate({"id": "bare", "company": {"name": "Bare"}, "people": [{"id": "ana", "role": "COM"}]})


def step(plan: Plan, level: int, id_: str, kind: str = "") -> Step:
    return next(one for one in steps(plan, level, kind) if one.id == id_)


def test_calls_name_everybody_of_the_table_the_soonest_first() -> None:
    found = calls(PLAN, SCENARIO, 4, "SML")
    assert {one.id: one.within_ms for one in found} == deadlines(PLAN, 4)
    assert sorted(one.within_ms for one in found) == [one.within_ms for one in found]
    ceo = next(one for one in found if one.id == "ceo")
    assert ("Ada Strand", "ext-001", "24x7", True, "Nils Berg ext-002", 15 * MINUTE) == (
        ceo.name, ceo.phone, ceo.hours, ceo.on_duty, ceo.deputy, ceo.within_ms
    )  # fmt: skip


def test_the_seat_one_plays_is_nobody_to_call() -> None:
    assert ["social-lead"] == [one.id for one in calls(PLAN, SCENARIO, 3, "SML") if one.own]
    assert ["com-head"] == [one.id for one in calls(PLAN, SCENARIO, 3, "COM") if one.own]


def test_duty_is_that_of_the_moment() -> None:
    late = SCENARIO.model_copy(update={"starts": "17:30"})
    legal = [next(one for one in calls(PLAN, late, 3, "SML", at) if one.id == "legal") for at in (0, HOUR)]
    assert [True, False] == [one.on_duty for one in legal]


def test_the_dashboard_is_told_in_names() -> None:
    holding = next(one for one in duties(PLAN, 4) if one.task == "holding statement")
    assert ("Ingrid Voll", "Lise Holm", "Ada Strand", "15m") == (
        holding.does, holding.says, holding.validates, holding.limit
    )  # fmt: skip
    assert "pre-approved" in holding.note
    assert "pause content: posts, ads and mails" in [one.task for one in duties(PLAN, 2)]
    assert "pause content: posts, ads and mails" not in [one.task for one in duties(PLAN, 1)]


def test_validators_who_come_in_turn_are_told_in_turn() -> None:
    task = PLAN.dashboard[8].model_copy(update={"in_order": True})
    plan = PLAN.model_copy(update={"dashboard": (task,)})
    assert "Per Sand, then Lise Holm" == duties(plan, 3)[0].validates


def test_the_emergency_rule_is_one_sentence_at_every_level() -> None:
    assert emergency(PLAN, 3).startswith("After 10m without an answer Jonas Lyng may publish")
    assert "The emergency rule holds at L3 and L4 only." == emergency(PLAN, 2)
    assert "no emergency rule" in emergency(BARE, 3)


def test_who_speaks_depends_on_the_level_and_on_who_is_accused() -> None:
    assert ["Jonas Lyng", "If Ada Strand is accused:"] == [item.head for item in speakers(PLAN, 2).items]
    assert "Eva Storm" in speakers(PLAN, 4).items[-1].text


@pytest.mark.parametrize(
    ("authored", "shown"),
    [
        ("media_published", FLAGS["media_published"]),
        ("volume_per_15m >= 1000", f"{MEASURES['volume_per_15m']}: at least 1,000"),
        ("level <= L2 for 12h", f"{MEASURES['level']}: at most L2, for 12h"),
        ("negative_share < 0.45", f"{MEASURES['negative_share']}: under 0.45"),
    ],
)
def test_a_signal_reads_as_a_sentence(authored: str, shown: str) -> None:
    assert shown == signal(parse_trigger(authored))


@pytest.mark.parametrize(
    ("which", "shown"), [([2], "L2"), ([3, 2], "L2 and L3"), ([2, 3, 4], "L2 to L4"), ([0, 2, 4], "L0, L2 and L4")]
)
def test_levels_read_as_people_say_them(which: list[int], shown: str) -> None:
    assert shown == levels(which)
    assert "" == listed([])


def test_the_pages_say_what_the_plan_says() -> None:
    told = {section.title: section.items for section in level_page(PLAN, 2)}
    assert len(PLAN.severity.L2.triggers) == len(told["What makes it L2: any one of"])
    assert "pin note" in told["What L2 permits"][0].text
    book = next(one for one in PLAN.playbooks if one.type == "faulty-batch")
    words = " ".join(item.head + item.text for item in kind_page([book])[0].items)
    for part in ("instruct, then authority, then hub", "recall: “bring back or bin”", "the crisis page is needed"):
        assert part in words
    ready = text_page(PLAN, "layoffs")[0]
    assert "layoffs" in ready.title and "[n] colleagues learned today" in ready.items[0].text
    over = rule_page(PLAN, SCENARIO)[-1]
    assert len(PLAN.stand_down.all_of) + 3 == len(over.items)


def test_a_plan_that_says_next_to_nothing_is_silent_everywhere() -> None:
    assert () == calls(BARE, SCENARIO, 4, "SML") and () == duties(BARE, 4)
    found = level_page(BARE, 4) + text_page(BARE) + [speakers(BARE, 4)]
    assert [] == [section.title for section in found if section.items]
    way = steps(BARE, 4)
    assert {False} == {one.said for one in way}
    assert {(SILENT,)} == {one.lines for one in way}


# -- the way -----------------------------------------------------------------------------------------------------


def test_the_way_of_a_crisis_goes_from_the_trigger_to_the_end() -> None:
    assert ["trigger", "level", "first", "stop", "tell", "holding", "instruction", "answer", "hub", "official",
            "update", "over"] == [one.id for one in steps(PLAN, 4, "faulty-batch")]  # fmt: skip
    assert ["trigger", "level", "tell", "answer", "over"] == [one.id for one in steps(PLAN, 1)]


def test_every_step_has_its_names_and_its_limit() -> None:
    holding = step(PLAN, 4, "holding", "faulty-batch")
    assert "in 15m" == holding.limit
    assert {"does it: Ingrid Voll", "signs: Lise Holm", "approves: Ada Strand"} <= set(holding.lines)
    assert any(line.startswith("words are ready (Texts), approved by") for line in holding.lines)
    assert "Food authority duty desk in 30m" in step(PLAN, 4, "tell").lines
    assert "needed for faulty batch" in step(PLAN, 4, "hub", "faulty-batch").lines
    assert "1. instruct" == step(PLAN, 4, "first", "faulty-batch").lines[0]


def test_the_way_forks_where_the_plan_forks() -> None:
    tell = {fork.when: fork.then for fork in step(PLAN, 3, "tell").branches}
    assert "Sand & Co desk for Per Sand" in tell["no answer: the deputy"]
    assert ("Eva Storm decides, ext-009",) == tell["Ada Strand is accused"]
    assert "Kari Dahl" in tell["the cabinet meets"][0]
    assert "the cabinet meets" not in {fork.when for fork in step(PLAN, 2, "tell").branches}
    assert "emergency rule" in {fork.when for fork in step(PLAN, 3, "holding").branches}
    assert "emergency rule" not in {fork.when for fork in step(PLAN, 2, "holding").branches}


def test_what_a_level_forbids_is_said_where_it_would_be_done() -> None:
    assert "! L2 does not permit it" in step(PLAN, 2, "hub").lines
    assert "! L3 does not permit it" not in step(PLAN, 3, "hub").lines


def test_a_kind_that_is_graver_than_the_level_says_so() -> None:
    fork = step(PLAN, 2, "level", "discrimination-allegation").branches
    assert ("is at least L3",) == fork[0].then
    assert () == step(PLAN, 3, "level", "discrimination-allegation").branches


@pytest.mark.parametrize(
    ("cause", "kind"), [("product", "faulty-batch"), ("rumour", "rumour"), ("employee", "discrimination-allegation"),
                        ("unknown", ""), ("", "")]
)  # fmt: skip
def test_the_cause_that_the_team_named_chooses_the_playbook(cause: str, kind: str) -> None:
    assert kind == kind_for(PLAN, cause)


@given(st.sampled_from(PLANS), st.integers(0, 4), st.integers(0, 30))
def test_the_way_says_nothing_that_is_not_in_the_plan(plan: Plan, level: int, at: int) -> None:
    kinds = ["", *[book.type for book in plan.playbooks]]
    people = {named(plan, one) for one in plan.callable_ids}
    known = plan.model_dump_json()
    for one in steps(plan, level, kinds[at % len(kinds)]):
        assert one.said is (one.lines != (SILENT,))
        for line in one.lines:
            if line.startswith("does it: "):
                assert line.removeprefix("does it: ") in people
            if line.startswith("words ready: "):
                assert line.removeprefix("words ready: ").partition(",")[0].replace(" ", "-") in known


@pytest.mark.parametrize("name", CORPUS)
def test_hostile_words_of_a_plan_are_cleaned(name: str) -> None:
    text = CORPUS[name]
    short = text[:60] or "x"
    plan = PLAN.model_copy(
        update={
            "people": tuple(one.model_copy(update={"name": short}) for one in PLAN.people),
            "partners": tuple(one.model_copy(update={"name": short, "contact": text}) for one in PLAN.partners),
            "principles": (text,),
            "private_path": PLAN.private_path.model_copy(update={"data_rule": text}),
            "approval": PLAN.approval.model_copy(update={"one_voice": text}),
        }
    )
    told = [
        word(text) and named(plan, "ceo"), emergency(plan, 3),
        *[line for one in steps(plan, 4) for line in one.lines],
        *[one.name + one.phone + one.deputy for one in calls(plan, SCENARIO, 4, "SML")],
        *[item.head + item.text + item.note for section in [*rule_page(plan, SCENARIO), *text_page(plan)]
          for item in section.items],
    ]  # fmt: skip
    assert all(is_clean(words) for words in told)
