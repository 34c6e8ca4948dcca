"""What the shipped plan of Tarn & Tide is told after a run, as whoever leads that drill would read it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from drills import joining
from drills.actions_file import read_actions
from drills.gaps.analysis import analyse
from drills.gaps.earlier import EarlierRun, stuck
from drills.gaps.model import Analysis, Improvement, PlanGap
from drills.gaps.scene import Scene
from drills.plan import Plan
from drills.plan.lint import lint
from drills.scoring import rubric, score
from drills.scoring.record import Record
from drills.simulate import rehearse
from scenarios.moments import MINUTE
from scenarios.source import loads
from tests.drills.gaps.weak import CASES, run
from tests.drills.scoring.runs import acted, post

GOLDEN = Path(__file__).parents[2] / "golden"


def told(plan: str = "", *, responder: str = "textbook") -> Analysis:
    drill = joining.find("tarn-and-tide")
    if plan:
        drill = joining.from_texts({**drill.texts, "plan": plan})
    actions = None if responder else read_actions(GOLDEN / "tarn-and-tide.jsonl")
    run, _ = rehearse(drill, seed=70, responder=responder, actions=actions)
    return analyse(run, score(run))


@pytest.fixture(scope="module")
def good() -> Analysis:
    return told()


def of(analysis: Analysis, id_: str) -> list[PlanGap]:
    return [gap for gap in analysis.gaps if gap.id == id_ and gap.seen != "file"]


def test_a_slow_approval_of_ready_words_asks_for_their_approval_beforehand(good: Analysis) -> None:
    (gap,) = of(good, "PG-01")
    assert "Have Ada Strand approve h-product and the other ready words beforehand" in gap.advice
    assert "[legal, quality-head, ceo]" in gap.diff


def test_the_joined_change_ends_it_and_brings_no_gap_of_its_own(good: Analysis, tmp_path: Path) -> None:
    before = joining.find("tarn-and-tide").texts["plan"]
    file = tmp_path / "tarn-and-tide.yaml"
    file.write_text(before, "utf-8")
    subprocess.run(["patch", "-p1"], input=good.diff, text=True, cwd=tmp_path, check=True, capture_output=True)
    after = file.read_text("utf-8")
    gaps = [{(one.gap, one.loc) for one in lint(loads(text, "p", Plan).value)} for text in (before, after)]
    assert gaps[1] < gaps[0]
    assert not any("holding-statement at L4" in one.message for one in lint(loads(after, "p", Plan).value))
    assert not of(told(after), "PG-01"), "the same team writes words of its own again: that is its choice now"


def test_two_who_stand_in_for_each_other_are_one_gap(good: Analysis) -> None:
    (gap,) = of(good, "PG-02")
    assert "Nils Berg did not answer, nor did Ada Strand" in gap.finding


def test_only_somebody_of_the_same_trade_is_proposed_as_a_deputy() -> None:
    found, _ = rehearse(joining.find("tarn-and-tide"), seed=70, responder="silent")
    plan = found.drill.plan
    assert plan is not None
    scene = Scene(Record(found, rubric.load()), score(found), plan)
    people = {one.id: one for one in plan.people}
    for person in plan.people:
        if deputy := scene.stand_in(person, 60 * MINUTE):
            other = people[deputy]
            assert other.dept == person.dept or (other.role == person.role != "FUN"), (person.id, deputy)
    assert "" == scene.stand_in(people["lab-duty"], 60 * MINUTE, {"quality-head"}), "nobody else is of Quality"
    assert "coo" == scene.stand_in(people["board-chair"], 60 * MINUTE, {"ceo"})


def test_a_step_that_was_done_in_part_and_went_well_is_no_friction(good: Analysis) -> None:
    part = next(one for one in good.attributions if one.task == "CT4")
    assert (part.rating, part.label) == ("S", "strength")
    assert "not all of the plan's step was done in time. Not held in time: two-for-one" in part.why


def test_keys_that_an_agency_holds_are_asked_back_and_not_those_of_the_account() -> None:
    (gap,) = of(told(responder=""), "PG-07")
    assert gap.advice.startswith("Take the keys to the advertisements back from Brygge Media into the company's vault")


def test_an_action_on_what_only_the_file_says_begins_with_what_is_wrong(good: Analysis) -> None:
    action = next(one.action for one in good.improvements if one.id == "IP-PG-07")
    assert action.startswith("The keys to mail lie with agency, who is there 09-17. Keep them in a vault")


def test_a_gap_that_nobody_mended_is_still_there_and_did_not_come_back(good: Analysis) -> None:
    asked = Improvement("IP-PG-25", "", "planning", "Mend.", "plan", "COM", "Ada", None, None, "d")
    (one,) = stuck([EarlierRun("a", (asked,))], good.gaps, good.attributions)
    assert (one.verdict, one.why[:25]) == ("still there", "The plan still has it; th")


def test_who_took_up_no_post_at_all_only_hints_at_what_the_plan_does_not_listen_for() -> None:
    silent = CASES["PG-08"].run(weak=True)
    looking = replace(silent, log=(*silent.log, *run((post(5, "x"), acted(6, "flag", target="x")), {}, {}).log))
    one, other = (
        next(gap for gap in analyse(each, score(each)).gaps if gap.id == "PG-08") for each in (silent, looking)
    )
    assert (one.confidence, other.confidence) == ("medium", "high"), "the file shows it too"
