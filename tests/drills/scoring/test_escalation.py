"""Es1 to Es6."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from drills.plan import Plan
from drills.run import Run
from drills.scoring import escalation, sitreps
from drills.scoring.card import Line
from drills.scoring.curve import curve
from engine.events import Acted, ApprovalAsked, ApprovalDecided, ApprovalTimedOut, Escalated, Event
from scenarios.moments import MINUTE
from tests.drills.scoring.runs import CRISIS, DECOY, acted, by_hand, record, said, scenario, truth

FULL = (
    "Since 21:12 a cruel post on flit, about 40 replies; confirmed by screenshots. We have deleted it. "
    "Please approve the holding text by 21:20. Next report 21:30."
)
PLAN = Plan.model_validate(
    {
        "id": "plan",
        "company": {"name": "Brightpan"},
        "people": [
            {"id": "sml", "role": "SML"},
            {"id": "com", "role": "COM", "deputy": "rep"},
            {"id": "rep", "role": "REP"},
            {"id": "leg", "role": "LEG"},
        ],
        "dashboard": [
            {"task": "holding-statement", "levels": ["L3"], "validates": ["com"], "preapproved": True},
            {"task": "official-statement", "levels": ["L3"], "validates": ["com", "leg"]},
        ],
        "approval": {"separate": True, "emergency": {"levels": ["L3"], "by": "sml"}},
        "holding": [
            {
                "id": "h",
                "types": ["any"],
                "text": "Tonight's post was wrong. We took it down at {time}. More by {next}.",
            }
        ],
    }
)


def lines(run: Run, **overrides: float) -> dict[str, Line]:
    return {line.id: line for line in escalation.lines(record(run, **overrides))}


def score(run: Run, id_: str) -> float | None:
    return lines(run)[id_].score


def called(minute: float, person: str, role: str, do: Any = "escalate", text: str = FULL) -> list[Event]:
    action = acted(minute, do, to=(person,), text=text)
    return [action, Escalated(action.at_ms, action.action.id, person, role, do)]


# Es1


def test_the_curve_of_the_worked_example_a() -> None:
    run = by_hand(
        *truth((0, 1), (4, 3), (100, 2)), acted(7, "classify", level=3), acted(130, "classify", level=2), end=180
    )
    found = curve(record(run))
    assert found is not None
    assert (found.area, found.peak) == pytest.approx((1 - 0.8 * 15 / 360, 1 - 0.8 / 3))
    assert found.score == pytest.approx(0.8733, abs=1e-4)


def test_the_curve_of_the_worked_example_b() -> None:
    run = by_hand(
        *truth((0, 1)), acted(5, "classify", level=3), acted(22, "classify", level=1), end=60, base=scenario(DECOY)
    )
    assert score(run, "Es1") == pytest.approx(0.6507, abs=1e-4)


def test_too_low_in_a_major_crisis_counts_half_as_much_again() -> None:
    found = curve(record(by_hand(*truth((0, 4)), acted(0, "classify", level=3), end=65), curve__grace_up=0))
    assert found is not None and found.worst == 1.5


def test_after_a_change_every_level_between_is_right_for_a_while() -> None:
    up = by_hand(*truth((0, 1), (30, 3)), acted(0, "classify", level=1), acted(35, "classify", level=3))
    down = by_hand(*truth((0, 3), (60, 1)), acted(0, "classify", level=3), acted(75, "classify", level=1))
    assert (score(up, "Es1"), score(down, "Es1")) == (1, 1)


def test_a_team_that_has_said_nothing_is_at_its_usual_work() -> None:
    assert score(by_hand(*truth((0, 1)), base=scenario(DECOY)), "Es1") == 1
    silent = curve(record(by_hand(*truth((0, 3)), end=65)))
    assert silent is not None and silent.worst == 2
    assert sum(end - begin for begin, end, _ in silent.pieces) == 60 * MINUTE


# Es2, Es3


def test_everybody_who_had_to_be_told_and_nobody_else() -> None:
    run = by_hand(*truth((0, 3)), *called(5, "com", "COM"), *called(40, "exe", "EXE"))
    assert (score(run, "Es2"), score(run, "Es3")) == (1, (1 + 0.5) / 2)


def test_a_needless_call_costs_precision_and_a_missing_one_recall() -> None:
    expected: dict[str, Any] = {"recipients": [{"to": "SPK", "within": "10m", "of": "L1"}]}
    base = scenario({**DECOY, "expected": expected})
    both = by_hand(*truth((0, 1)), *called(5, "spk", "SPK"), *called(6, "exe", "EXE"), base=base, end=60)
    wrong = by_hand(*truth((0, 1)), *called(6, "exe", "EXE"), base=base, end=60)
    assert score(both, "Es2") == pytest.approx(0.7 + 0.3 * 0.5)
    assert score(wrong, "Es2") == 0


def test_in_a_decoy_nobody_need_be_called_and_the_chief_least_of_all() -> None:
    soup = scenario(DECOY)
    assert score(by_hand(*truth((0, 1)), base=soup, end=60), "Es2") == 1
    assert score(by_hand(*truth((0, 1)), *called(6, "exe", "EXE"), base=soup, end=60), "Es2") == 0


def test_the_level_names_the_people_where_the_scenario_does_not() -> None:
    base = scenario({**CRISIS, "expected": {}})
    wanted = {
        one.recipient: one.within_ms // MINUTE
        for one in escalation.required(record(by_hand(*truth((0, 3)), base=base)))
    }
    assert wanted == {"COM": 10, "LEG": 15, "FUN": 15, "EXE": 30, "CAB": 30}


def test_nobody_has_to_call_a_seat_that_is_played() -> None:
    com = by_hand(*truth((0, 3)), seat="COM")
    assert [one.recipient for one in escalation.required(record(com))] == ["EXE"]


def test_a_call_that_was_not_due_when_the_run_was_cut_is_not_missed() -> None:
    cut = by_hand(*truth((0, 3)), end=20, why="stopped")
    assert lines(cut)["Es3"].why == "0 of 1 person told in time."


# Es4


def published(minute: float = 20, **fields: Any) -> Run:
    return by_hand(*truth((0, 3)), acted(1, "classify", level=3), *said(minute, **fields), plan=PLAN)


def test_without_a_plan_nobody_has_to_approve() -> None:
    assert score(by_hand(*truth((0, 3)), *said(10)), "Es4") is None


def test_words_approved_beforehand_may_go_out_with_their_slots_filled() -> None:
    assert score(published(text="Tonight's post was wrong. We took it down at 21:14. More by 21:40."), "Es4") == 1
    assert score(published(text="Something else entirely, written in a hurry and signed by nobody."), "Es4") == 0


@pytest.mark.parametrize(("minute", "expected"), [(14, 0), (15, 1), (20, 1)])
def test_the_emergency_rule_opens_a_path_once_its_time_has_passed_without_an_answer(minute: int, expected: int) -> None:
    ask = acted(5, "request_approval", kind="holding", text="Own words.", to=("com",))
    asked = ApprovalAsked(5 * MINUTE, ask.action.id, "com", 0)
    out = said(minute, kind="holding", text="Own words, in a hurry, and signed.", approval="emergency")
    assert expected == score(_with(ask, [asked], out), "Es4")


def test_the_emergency_rule_covers_nothing_that_nobody_was_asked_for() -> None:
    lines_ = lines(published(text="Own words, in a hurry, and signed.", approval="emergency"))
    assert lines_["Es4"].score == 0
    assert "asks to wait 10m for an answer first" in str(lines_["Es4"].evidence)


def test_the_emergency_rule_is_for_whom_the_plan_names() -> None:
    ask = acted(5, "request_approval", kind="holding", text="Own words.", to=("com",))
    asked = ApprovalAsked(5 * MINUTE, ask.action.id, "com", 0)
    sent, *rest = said(20, kind="holding", text="Own words.", approval="emergency")
    assert isinstance(sent, Acted)
    for seat, expected in (("SML", 1), ("REP", 0)):
        by = Acted(sent.at_ms, replace(sent.action, seat=seat))
        assert expected == score(_with(ask, [asked], [by, *rest]), "Es4")


@pytest.mark.parametrize(("approvers", "expected"), [(("com", "leg"), 1), (("rep", "leg"), 1), (("com",), 0), ((), 0)])
def test_every_validator_or_their_deputy_must_have_approved(approvers: tuple[str, ...], expected: float) -> None:
    ask = acted(5, "request_approval", kind="official", text="We did wrong.", to=("com", "leg"))
    decided = [ApprovalDecided(15 * MINUTE, ask.action.id, person, "approved", "") for person in approvers]
    out = said(20, kind="official", text="We did wrong.", approval=ask.action.id)
    assert expected == score(_with(ask, decided, out), "Es4")


def test_an_approval_holds_for_its_own_words_only() -> None:
    ask = acted(5, "request_approval", kind="official", text="We did wrong.", to=("com", "leg"))
    decided = [ApprovalDecided(15 * MINUTE, ask.action.id, person, "approved", "") for person in ("com", "leg")]
    out = said(20, kind="official", text="Nobody is to blame here, as far as anybody can tell.", approval=ask.action.id)
    assert score(_with(ask, decided, out), "Es4") == 0


@pytest.mark.parametrize(
    ("laid", "silent", "decided_at", "spared"),
    [
        (("com", "rep", "leg"), ("com", "rep", "leg"), 60, 1),  # whoever decides after it is out was silent till then
        (("com", "rep", "leg"), ("com", "rep", "leg"), 25, 0),
        (("com", "rep"), ("com", "rep"), 60, 1),  # in turns: legal never got the draft, which lay with the others
        (("com", "rep"), (), 60, 0),
    ],
)
def test_who_was_asked_in_vain_is_judged_at_the_moment_of_sending(
    laid: tuple[str, ...], silent: tuple[str, ...], decided_at: int, spared: float
) -> None:
    ask = acted(5, "request_approval", kind="official", text="We did wrong.", to=("com", "rep", "leg"))
    id_ = ask.action.id
    events: list[Event] = [ApprovalAsked(5 * MINUTE, id_, person, 0) for person in laid]
    events += [ApprovalTimedOut(15 * MINUTE, id_, person) for person in silent]
    events += [ApprovalDecided(decided_at * MINUTE, id_, person, "returned", "no") for person in laid]
    run = _with(ask, events, said(30, kind="official", text="We did wrong.", approval=id_))
    assert score(run, "Es4") == 0
    assert escalation.spared_path(record(run)) == spared


def _with(ask: Any, decided: Sequence[Event], out: list[Event]) -> Run:
    run = by_hand(*truth((0, 3)), acted(1, "classify", level=3), ask, *out, plan=PLAN)
    log = sorted([*run.log[:-1], *decided], key=lambda event: event.at_ms)
    return Run(run.drill, run.setup, run.pace, run.seat, (*log, run.log[-1]), "", run.desk)


# Es5, Es6


def test_a_whole_report_has_seven_items() -> None:
    assert sitreps.items(FULL) == sitreps.NAMES
    assert sitreps.items("Please call me, it is bad") == ("what",)
    assert sitreps.items("") == ()


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("since", "it started at noon"),
        ("scope", "dozens of posts"),
        ("source", "two customers reported it"),
        ("done", "we have paused the ads"),
        ("decision", "please decide within ten minutes"),
        ("next", "I report again at nine"),
    ],
)
def test_each_item_is_found_by_its_phrase(item: str, text: str) -> None:
    assert item in sitreps.items(text)


def test_the_same_report_to_three_people_is_one_report() -> None:
    run = by_hand(*called(5, "com", "COM"), *called(6, "exe", "EXE", text="Bad."), *called(7, "leg", "LEG"))
    assert score(run, "Es5") == pytest.approx(0.5)


def test_passing_a_case_on_and_on_costs_a_fifth_each_time() -> None:
    passes = [acted(10 + n, "assign", target="x", to=("rep",)) for n in range(4)]
    assert score(by_hand(*called(5, "com", "COM"), *passes), "Es5") == pytest.approx(0.6)


@pytest.mark.parametrize(("minute", "expected"), [(90, 0), (101, 1), (130, 1), (150, 0.5), (170, 0)])
def test_a_stand_down_is_neither_early_nor_late(minute: float, expected: float) -> None:
    assert expected == score(by_hand(acted(minute, "stand_down"), end=180), "Es6")


def test_a_stand_down_that_was_not_due_is_not_asked_for() -> None:
    assert score(by_hand(end=120), "Es6") is None
    assert score(by_hand(end=140), "Es6") == 0
