"""The contingency plan: what authors may write, what they are told when it is wrong, and what it says about people."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.plan import (
    Plan,
    approval_timeout_ms,
    check_plan,
    colleagues,
    deadlines,
    emergency_rule,
    on_duty,
    parse_trigger,
    plain_plan,
    preapproved,
    says,
    validators,
    who,
)
from drills.plan.terms import DAYS, FLAGS, MEASURES
from engine.setup import Colleague
from scenarios.model import Scenario
from scenarios.moments import HOUR, MINUTE
from scenarios.source import Source, SourceError, load, loads

LIBRARY = files("drills").joinpath("library", "plans")
SHIPPED = sorted(file.name.removesuffix(".yaml") for file in LIBRARY.iterdir())

SMALLEST = """\
# EXERCISE EXERCISE EXERCISE - fictional company
id: corner-shop
company:
  name: Corner Shop
people:
  - {id: ana, role: REP}
  - {id: ben, role: COM}
  - {id: eva-lund, role: EXE}
"""


def shipped(name: str) -> Source[Plan]:
    return load(LIBRARY.joinpath(f"{name}.yaml"), Plan)


def plan(text: str) -> Plan:
    return loads(SMALLEST + text, "plan.yaml", Plan).value


def refused(text: str) -> str:
    """What the author of the smallest plan is told who adds this to it."""
    with pytest.raises(SourceError) as caught:
        loads(SMALLEST + text, "plan.yaml", Plan)
    return str(caught.value)


def problems(text: str) -> list[str]:
    """What the check finds in the smallest plan with this added."""
    return [str(problem) for problem in check_plan(loads(SMALLEST + text, "plan.yaml", Plan))]


def scenario(**more: Any) -> Scenario:
    return Scenario.model_validate(
        {
            "id": "spill",
            "title": "Spill",
            "lasts": "1h",
            "brand": {"name": "Corner Shop"},
            "channels": [{"id": "flit"}],
            "truth": [{"level": "L2"}],
            "beats": [{"id": "first", "at": "T+0s", "text": "Look at this"}],
            **more,
        }
    )


def by_id(found: tuple[Colleague, ...]) -> dict[str, Colleague]:
    return {colleague.id: colleague for colleague in found}


# The format


def test_the_smallest_plan_fits_on_ten_lines_and_is_clean() -> None:
    assert len(SMALLEST.splitlines()) <= 10
    assert problems("") == []
    assert [person.name for person in plan("").people] == ["Ana", "Ben", "Eva Lund"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_plan_loads_without_a_problem(name: str) -> None:
    source = shipped(name)
    assert check_plan(source) == []
    assert source.value.id == name
    assert source.text.startswith("# EXERCISE EXERCISE EXERCISE - fictional company\n")


def test_each_of_the_four_companies_has_its_plan() -> None:
    assert {"brightpan", "cafe-lumo", "stackfold", "tarn-and-tide"} <= set(SHIPPED)


def test_editors_get_a_schema_in_which_only_the_smallest_plan_is_required() -> None:
    schema = json.loads(json.dumps(Plan.model_json_schema()))
    assert schema["required"] == ["id", "company", "people"]
    assert schema["$defs"]["Person"]["required"] == ["id", "role"]


def test_a_level_keeps_its_usual_name_when_only_its_triggers_are_given() -> None:
    rule = plan("severity: {L3: {triggers: [death]}}\n").severity.at(3)
    assert (rule.label, rule.binary, [str(trigger) for trigger in rule.triggers]) == (
        "crisis",
        "crisis",
        ["death"],
    )


def test_a_plan_cannot_be_changed_once_it_is_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        plan("").id = "other"  # type: ignore[misc]


def test_the_slots_of_a_holding_statement_are_found_in_order_and_once() -> None:
    text = "holding: [{id: h, types: [outage], text: '{what} since {since}. More at {time}. {what}!'}]\n"
    assert plan(text).holding[0].slots == ("what", "since", "time")


# The format, refused


def test_a_bad_trigger_is_refused_with_the_signal_that_was_meant() -> None:
    said = refused("severity: {L3: {triggers: [media_publishd]}}\n")
    assert said == "plan.yaml:9:28: unknown signal 'media_publishd'; did you mean 'media_published'?"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("volume_per_15m", "volume_per_15m needs a number, as in volume_per_15m >= 3"),
        ("death >= 2", "death is there or not: write it without >= 2"),
        ("volume_per_15m >= many", "expected a plain number after volume_per_15m, got 'many'"),
        ("level <= 2", "expected a level from L0 to L4 after level, got '2'"),
        ("death and media_published", "there are no other expressions"),
        ("hub_current for 1:20", "write 1h20m or 1m20s"),
    ],
)
def test_a_trigger_that_says_nothing_clear_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_trigger(written)
    assert sentence in str(caught.value)


def test_wrong_hours_are_refused_with_the_right_spelling() -> None:
    text = SMALLEST.replace("{id: ana, role: REP}", "{id: ana, role: REP, hours: 8-17 mon-fri}")
    with pytest.raises(SourceError) as caught:
        loads(text, "plan.yaml", Plan)
    assert "got '8-17 mon-fri'; did you mean 08-17 Mon-Fri?" in str(caught.value)


@pytest.mark.parametrize(
    "hours", ["always", "24-08", "08-25", "09-09", "08-17 Mon-Someday", "24x7 Mon-Fri", ""]
)
def test_hours_that_nobody_can_read_are_refused(hours: str) -> None:
    with pytest.raises(ValueError, match=r"hours"):
        on_duty(hours, "Mon", 600)


def test_nine_to_five_gets_no_hint_because_it_would_become_a_night_shift() -> None:
    with pytest.raises(ValueError, match=r"got '9-5'$"):
        on_duty("9-5", "Mon", 600)


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        ("meta: {approved_on: 2026-02-30}\n", "the calendar has no 2026-02-30"),
        ("meta: {approved_on: 1.3.2026}\n", "expected a date such as 2026-11-22"),
        ("approval: {timeout: 10}\n", "did you mean 10m?"),
        ("escalation: {L5: []}\n", "unknown key 'L5'"),
        ("permitted: {L1: [replly]}\n", "did you mean 'reply'?"),
        ("holding: [{id: h, types: [a], text: 'at {Time'}]\n", "expected slots such as {time}"),
        ("cabinet: {seats: {}}\n", "this may not be empty"),
    ],
)
def test_what_the_format_does_not_know_is_refused_with_a_sentence(added: str, sentence: str) -> None:
    assert sentence in refused(added)


def test_nine_calls_in_ten_cannot_be_answered_sooner_than_half_of_them() -> None:
    text = SMALLEST.replace("role: REP}", "role: REP, reach: {p50: 9m, p90: 5m}}")
    with pytest.raises(SourceError, match="p90 is shorter than p50"):
        loads(text, "plan.yaml", Plan)


# Names that stand for nothing


def test_a_dangling_deputy_is_found_in_its_place_with_the_person_that_was_meant() -> None:
    source = loads(SMALLEST.replace("role: COM}", "role: COM, deputy: annaa}"), "plan.yaml", Plan)
    assert [str(problem) for problem in check_plan(source)] == [
        "plan.yaml:7:34: nobody in people is called 'annaa'; did you mean 'ana'?"
    ]


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        ("meta: {owner: anna}\n", "nobody in people is called 'anna'; did you mean 'ana'?"),
        (
            "committee: {known_weaknesses: [{id: w1, text: x, owner: bem}]}\n",
            "called 'bem'; did you mean 'ben'?",
        ),
        ("cabinet: {seats: {management: evaa}}\n", "nobody in people is called 'evaa'"),
        ("spokespeople: [{person: zoe, levels: [L2]}]\n", "nobody in people is called 'zoe'"),
        ("bypass: {if_implicated: eva-lund, then: zoe}\n", "nobody in people is called 'zoe'"),
        ("approval: {emergency: {levels: [L3], by: zoe}}\n", "nobody in people is called 'zoe'"),
        ("approval: {forbidden_without: {medical_claim: zoe}}\n", "nobody in people is called 'zoe'"),
        ("dashboard: [{task: press-reply, validates: [ben, zoe]}]\n", "nobody in people is called 'zoe'"),
        ("dashboard: [{task: press-reply, says: zoe}]\n", "nobody in people is called 'zoe'"),
        ("dashboard: [{task: press-reply, does: zoe}]\n", "nobody in people or partners is called 'zoe'"),
        ("dashboard: [{task: press-reply, informs: zoe}]\n", "nobody to call is called 'zoe'"),
        ("escalation: {L3: [{to: cabinet, within: 5m}]}\n", "give the plan a cabinet with seats"),
        ("channels: [{id: flit, owner: zoe}]\n", "nobody in people or partners is called 'zoe'"),
        ("channels: [{id: flit, credentials: drawer}]\n", "no holder of credentials is called 'drawer'"),
        ("monitoring: {otherwise: zoe}\n", "nobody in people is called 'zoe'"),
        ("content: [{id: c, channel: flit, kind: post}]\n", "no channel of this plan is called 'flit'"),
        ("private_path: {channels: {flit: {via: dm}}}\n", "no channel of this plan is called 'flit'"),
        ("holding: [{id: h, types: [a], text: x, approved_by: zoe}]\n", "nobody in people is called 'zoe'"),
        ("playbooks: [{type: rumour, holding: h-none}]\n", "no holding statement is called 'h-none'"),
        ("capacity: {surge: {who: zoe, within: 30m}}\n", "nobody in people or partners is called 'zoe'"),
    ],
)
def test_a_name_that_stands_for_nothing_is_found(added: str, sentence: str) -> None:
    (said,) = problems(added)
    assert said.startswith("plan.yaml:9:")
    assert sentence in said


@pytest.mark.parametrize(
    "added",
    [
        "partners: [{id: ana, name: Agency}]\n",
        "channels: [{id: flit}, {id: flit}]\n",
        "playbooks: [{type: rumour}, {type: rumour}]\n",
        "holding: [{id: h, types: [a], text: x}, {id: h, types: [a], text: y}]\n",
    ],
)
def test_a_name_given_twice_is_found(added: str) -> None:
    (said,) = problems(added)
    assert "is already" in said


def test_nobody_is_their_own_deputy() -> None:
    source = loads(SMALLEST.replace("role: COM}", "role: COM, deputy: ben}"), "plan.yaml", Plan)
    (problem,) = check_plan(source)
    assert problem.message == "'ben' can't stand in for themselves"


def test_a_misspelt_task_is_a_warning_because_a_plan_may_have_tasks_of_its_own() -> None:
    (said,) = problems("dashboard: [{task: holding-statment}, {task: feed-the-cat}]\n")
    assert said.endswith(
        "warning: the drill knows no task 'holding-statment'; did you mean 'holding-statement'?"
    )


def test_people_who_deputise_each_other_are_no_problem_of_the_file_but_a_gap_for_the_lint() -> None:
    ceo, coo = (shipped("tarn-and-tide").value.person(id_) for id_ in ("ceo", "coo"))
    assert ceo is not None and coo is not None
    assert (ceo.deputy, coo.deputy) == ("coo", "ceo")


# Hours and triggers


@pytest.mark.parametrize(
    ("hours", "weekday", "hour", "expected"),
    [
        ("24x7", "Sun", 3, True),
        ("24x7 on-call", "Sun", 3, True),
        ("08-17", "Sun", 8, True),
        ("08-17", "Sun", 17, False),
        ("08-17 Mon-Fri", "Fri", 16, True),
        ("08-17 Mon-Fri", "Sat", 10, False),
        ("08-17 Sat", "Sat", 10, True),
        ("10-18 Fri-Mon", "Sun", 12, True),
        ("10-18 Fri-Mon", "Tue", 12, False),
        ("22-06", "Wed", 23, True),
        ("22-06", "Wed", 12, False),
        ("22-06 Fri", "Sat", 2, True),
        ("22-06 Fri", "Fri", 2, False),
        ("16-24 Mon-Fri", "Fri", 23, True),
    ],
)
def test_somebody_is_on_duty_within_their_hours_only(
    hours: str, weekday: str, hour: int, expected: bool
) -> None:
    assert on_duty(hours, weekday, hour * 60) is expected


@given(st.integers(0, 23), st.integers(1, 23), st.sampled_from(DAYS))
def test_a_shift_lasts_as_long_every_week_whether_or_not_it_passes_midnight(
    start: int, length: int, day: str
) -> None:
    hours = f"{start:02}-{(start + length) % 24:02} {day}"
    assert sum(on_duty(hours, weekday, hour * 60) for weekday in DAYS for hour in range(24)) == length


@given(
    st.one_of(st.sampled_from(sorted(FLAGS)), st.sampled_from(sorted(set(MEASURES) - {"level"}))), st.data()
)
def test_a_trigger_is_shown_as_it_may_be_written(signal: str, data: st.DataObject) -> None:
    text = signal
    if signal in MEASURES:
        text += f" {data.draw(st.sampled_from(['<', '<=', '==', '>=', '>']))} {data.draw(st.integers(0, 10**9 - 1))}"
    text += data.draw(st.sampled_from(["", " for 30m", " for 2h"]))
    assert str(parse_trigger(text)) == text


def test_a_trigger_survives_being_dumped_and_read_again() -> None:
    dumped = shipped("tarn-and-tide").value.severity.at(3).model_dump(mode="json")["triggers"]
    assert dumped[:3] == ["same_topic_per_15m >= 100", "velocity_x >= 8", "media_published"]


# Who can be called


def test_whoever_has_no_numbers_gets_the_habits_of_their_role() -> None:
    ana, ben, eva = colleagues(plan(""), scenario())
    assert (ana.p50_ms, ana.p90_ms) == (2 * MINUTE, 6 * MINUTE)
    assert ben.dept == "communication"
    assert eva.p90_ms > ben.p90_ms > ana.p90_ms
    assert ana.on_duty and ben.on_duty and eva.on_duty


def test_one_number_is_enough_and_the_role_gives_the_proportion() -> None:
    text = SMALLEST.replace("role: COM}", "role: COM, reach: {p50: 8m}}")
    ben = by_id(colleagues(loads(text, "plan.yaml", Plan).value, scenario()))["ben"]
    assert (ben.p50_ms, ben.p90_ms) == (8 * MINUTE, 20 * MINUTE)


def test_duty_is_judged_at_the_hour_and_the_day_of_startex() -> None:
    tarn = shipped("tarn-and-tide").value
    working = by_id(colleagues(tarn, scenario(starts="09:00", weekday="Wed")))
    weekend = by_id(colleagues(tarn, scenario(starts="09:00", weekday="Sat")))
    assert working["lab-duty"].on_duty and not weekend["lab-duty"].on_duty
    assert weekend["quality-head"].on_duty


def test_partners_can_be_called_within_their_hours_by_their_kind() -> None:
    evening = by_id(colleagues(shipped("tarn-and-tide").value, scenario(starts="21:00")))
    assert evening["agency"].plays("PTN/agency")
    assert not evening["agency"].on_duty
    assert evening["authority"].on_duty


def test_calling_the_cabinet_takes_as_long_as_its_slowest_seat() -> None:
    cabinet = by_id(colleagues(shipped("tarn-and-tide").value, scenario(starts="10:00")))["cabinet"]
    assert cabinet.plays("CAB")
    assert (cabinet.p50_ms, cabinet.p90_ms) == (12 * MINUTE, 40 * MINUTE)


def test_at_night_the_cabinet_meets_with_those_who_are_on_call() -> None:
    cabinet = by_id(colleagues(shipped("brightpan").value, scenario(starts="21:12")))["cabinet"]
    assert cabinet.on_duty
    assert cabinet.p90_ms == 30 * MINUTE


def test_a_plan_without_a_cabinet_has_none_to_call() -> None:
    assert "cabinet" not in by_id(colleagues(plan(""), scenario()))
    assert who(plan(""), "CAB") == ()


def test_the_owner_of_a_small_firm_answers_to_all_of_their_roles() -> None:
    lumo = shipped("cafe-lumo").value
    owner = by_id(colleagues(lumo, scenario()))["owner"]
    assert all(owner.plays(recipient) for recipient in ("EXE", "COM", "SML", "FUN", "FUN/marketing"))
    assert not owner.plays("LEG") and not owner.plays("FUN/kitchen")
    assert who(lumo, "COM") == ("owner",)
    assert who(lumo, "FUN/kitchen") == ("nadia",)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_plan_and_its_colleagues_agree_on_who_has_which_role(name: str) -> None:
    value = shipped(name).value
    called = colleagues(value, scenario())
    for recipient in ("REP", "CSM", "SML", "COM", "SPK", "EXE", "CAB", "FUN/hr", "FUN/quality", "PTN/agency"):
        assert who(value, recipient) == tuple(one.id for one in called if one.plays(recipient))


def test_whoever_validates_by_the_dashboard_may_approve_that_kind_and_so_may_the_deputy() -> None:
    called = by_id(colleagues(shipped("tarn-and-tide").value, scenario()))
    assert called["legal"].validates == ("official", "press")
    assert called["legal-ext"].validates == ("official", "press")
    assert called["ceo"].validates == ("holding", "official")
    assert called["sales-head"].validates == ()


# Who signs, approves and is told


def test_an_official_statement_needs_every_validator_and_names_who_may_stand_in() -> None:
    tarn = shipped("tarn-and-tide").value
    assert validators(tarn, "official", 3) == (("legal", "legal-ext"), ("quality-head", "lab-duty"))
    assert validators(tarn, "official", 4)[-1] == ("ceo", "coo")


def test_no_approval_is_needed_where_the_plan_asks_for_none() -> None:
    tarn = shipped("tarn-and-tide").value
    assert validators(tarn, "reply", 1) == ()
    assert validators(tarn, "holding", 1) == ()
    assert validators(plan(""), "official", 4) == ()
    assert validators(tarn, "poem", 4) == ()


def test_words_approved_beforehand_go_out_without_asking() -> None:
    tarn = shipped("tarn-and-tide").value
    assert preapproved(tarn, "holding", 4)
    assert preapproved(tarn, "reply", 3)
    assert not preapproved(tarn, "official", 3)


def test_the_dashboard_says_who_signs_and_else_the_level_has_its_spokespeople() -> None:
    tarn = shipped("tarn-and-tide").value
    assert says(tarn, "holding", 4) == ("quality-head",)
    assert says(tarn, "update", 3) == ("com-head", "quality-head")
    assert says(plan(""), "update", 3) == ()


def test_time_out_and_emergency_rule_come_from_the_plan_or_suit() -> None:
    assert approval_timeout_ms(shipped("brightpan").value) == 5 * MINUTE
    assert approval_timeout_ms(plan("")) == 10 * MINUTE
    tarn = shipped("tarn-and-tide").value
    assert [emergency_rule(tarn, level) for level in range(5)] == [False, False, False, True, True]
    assert not emergency_rule(plan(""), 4)


def test_the_escalation_table_gives_deadlines_by_person() -> None:
    tarn = shipped("tarn-and-tide").value
    assert deadlines(tarn, 0) == {}
    assert deadlines(tarn, 1) == {"cs-manager": 4 * HOUR}
    assert deadlines(tarn, 3)["cabinet"] == 30 * MINUTE
    assert deadlines(tarn, 4)["authority"] == 30 * MINUTE


def test_whoever_is_named_twice_is_told_by_the_earlier_time() -> None:
    twice = plan("escalation: {L2: [{to: ben, within: 20m}, {to: ben, within: 5m}, {to: ben, within: 9m}]}\n")
    assert deadlines(twice, 2) == {"ben": 5 * MINUTE}


def test_a_drill_without_a_plan_has_somebody_for_every_role_the_scenario_asks_for() -> None:
    asking = scenario(
        expected={
            "recipients": [{"to": to, "within": "5m"} for to in ("COM", "FUN/quality", "CAB", "PTN/agency")]
        },
        facts=[{"id": "f1", "text": "It is mould", "ask": "FUN/lab"}],
    )
    called = colleagues(plain_plan(asking), asking)
    for recipient in ("REP", "COM", "LEG", "EXE", "FUN/quality", "FUN/lab", "CAB", "PTN/agency"):
        assert sum(one.plays(recipient) for one in called) == 1, recipient


# The gaps that shipped plans have on purpose


def test_the_hub_of_stackfold_stands_on_the_machines_it_reports_on() -> None:
    (hub,) = (account for account in shipped("stackfold").value.channels if account.id == "hub")
    assert hub.hosted_separately is False


def test_tarn_and_tide_has_the_gaps_that_its_lint_must_find() -> None:
    tarn = shipped("tarn-and-tide").value
    ceo, manager, mail = tarn.person("ceo"), tarn.person("cs-manager"), tarn.channels[7]
    (pause,) = (task for task in tarn.dashboard if task.task == "pause-content")
    (slow,) = (task for task in tarn.dashboard if task.task == "holding-statement" and 4 in task.levels)
    (joined,) = (task for task in tarn.dashboard if task.task == "holding-statement" and 3 in task.levels)
    (rumour,) = (book for book in tarn.playbooks if book.type == "rumour")
    assert ceo is not None and manager is not None and slow.limit is not None
    assert ceo.reach.times("EXE")[1] > slow.limit and slow.validates == ("ceo",)
    assert (mail.id, mail.credentials, pause.limit) == ("mail", "agency", 10 * MINUTE)
    assert manager.deputy == "rep-b"
    assert joined.says == joined.validates and joined.preapproved
    assert tarn.capacity.agents is not None and tarn.capacity.agents.night == 0
    assert rumour.holding == "h-allege"
    assert tarn.company.lookalikes and not any(book.type == "lookalike" for book in tarn.playbooks)
