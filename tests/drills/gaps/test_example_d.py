"""Example D of docs/scoring.md, from the run to the patched plan and back: the plan was slow, not the people."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from drills.gaps.analysis import analyse
from drills.gaps.model import Analysis, PlanGap
from drills.plan.edits import diff
from drills.run import Run
from drills.scoring import ratings, score
from drills.scoring.first_word import acknowledgement, waited
from drills.scoring.record import Record
from drills.scoring.rubric import load
from scenarios.moments import MINUTE
from tests.drills.gaps.patching import patched
from tests.drills.gaps.runs import example_d, played


@cache
def run() -> Run:
    return played(example_d())


@cache
def analysis() -> Analysis:
    return analyse(run(), score(run()))


def slow(found: Analysis) -> list[PlanGap]:
    return [gap for gap in found.gaps if gap.id == "PG-01" and gap.seen != "file"]


def test_the_draft_is_ready_at_nine_and_out_near_an_hour_after_three_validators_in_a_row() -> None:
    waits = [wait for wait in analysis().waits if wait.what == "approval of the holding statement"]
    assert [wait.who for wait in waits] == ["Ben Oke", "Cy Falk", "Di Moe"]
    assert waits[0].at_ms == 9 * MINUTE
    assert [wait.at_ms for wait in waits[1:]] == [wait.until_ms for wait in waits[:-1]]
    assert [(wait.until_ms - wait.at_ms) / MINUTE for wait in waits] == pytest.approx([12, 20, 15], abs=0.5)
    assert analysis().waited_ms == pytest.approx(47 * MINUTE, abs=MINUTE)


def test_speed_as_run_and_controllable_stand_side_by_side() -> None:
    card, record = score(run()), Record(run(), load())
    assert card.speed == pytest.approx(57.4, abs=0.5)
    sooner = acknowledgement(record, waited(record))
    assert sooner is not None
    lines = [replace(line, score=sooner.score) if line.id == "Sp3" else line for line in card.lines]
    assert ratings.dimension(lines, "speed") == pytest.approx(91.2, abs=0.5)
    assert analysis().controllable is not None
    assert analysis().controllable == pytest.approx(analysis().as_run + 0.3 * (91.25 - 57.4), abs=0.3)


def test_the_finding_is_the_plan_and_shows_the_waiting() -> None:
    (gap,) = slow(analysis())
    assert (gap.seen, gap.confidence) == ("both", "high")
    assert "47m of that it waited for Ben Oke, Cy Falk and Di Moe" in gap.finding
    assert [one.at_ms // MINUTE for one in gap.evidence][:2] == [9, 9]
    assert run().drill.texts["plan"].splitlines()[gap.line - 1].strip().startswith("- {task: holding-statement")


def test_nobody_is_charged_for_the_late_word() -> None:
    (why,) = [one for one in analysis().attributions if one.task == "CT5"]
    assert (why.rating, why.label, why.gaps) == ("U", "structural plan gap", ("PG-01",))
    assert "IP-CT5" not in [one.id for one in analysis().improvements]


@pytest.mark.parametrize("whole", [False, True], ids=["its own diff", "all diffs together"])
def test_with_the_proposed_diff_the_same_course_of_action_shows_no_slow_approval(whole: bool) -> None:
    change = analysis().diff if whole else slow(analysis())[0].diff
    mended = example_d(patched(run().drill.texts["plan"], change))
    again = played(mended)
    found = analyse(again, score(again))
    assert [] == [gap for gap in found.gaps if gap.id == "PG-01"]
    assert ("P", "strength") == next((one.rating, one.label) for one in found.attributions if one.task == "CT5")
    assert (score(again).speed or 0) > 85
    assert found.waited_ms == 0


def test_the_joined_diff_is_one_file_and_more_than_any_of_its_parts() -> None:
    text = run().drill.texts["plan"]
    assert analysis().diff.count("--- a/slow-approval-plan.yaml") == 1
    assert patched(text, analysis().diff) != patched(text, slow(analysis())[0].diff)
    assert diff(text, text, "slow-approval-plan.yaml") == ""
