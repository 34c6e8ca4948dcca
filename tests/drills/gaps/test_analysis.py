"""Analyses of whole runs: whatever the run, one comes of it, the same one every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.actions_file import read_actions
from drills.drill import Drill
from drills.gaps.analysis import analyse
from drills.gaps.model import Analysis
from drills.joining import find
from drills.plan import Plan
from drills.run import Run
from drills.scoring import score
from drills.simulate import rehearse
from engine.actions import Action
from scenarios.moments import MINUTE
from scenarios.source import loads
from tests.drills.gaps.patching import patched
from tests.drills.gaps.weak import plan_text
from tests.drills.scoring.runs import run as made
from tests.drills.scoring.runs import scenario
from tests.drills.scoring.test_score import deeds
from tests.golden.record import CASES, Case

BARE = "id: bare\ncompany: {name: Brightpan}\npeople: [{id: sml, role: SML}]\n"
PLANS = (BARE, plan_text({}), plan_text({"dashboard": [], "severity": {}, "stand_down": {}, "principles": []}))


@cache
def golden(case: Case) -> Run:
    return rehearse(case.load(), seed=case.seed, actions=read_actions(case.path))[0]


def sound(run: Run, found: Analysis) -> None:
    """What must hold for any run."""
    asked = [task.id for task in score(run).tasks if task.rating != "-"]
    assert asked == [one.task for one in found.attributions]
    ids = {gap.id for gap in found.gaps}
    for one in found.attributions:
        assert one.why.endswith(".") and set(one.gaps) <= ids
        assert (one.rating in "PS") == (one.label in ("strength", "plan friction", "plan addition"))
    for gap in found.gaps:
        assert gap.title and gap.finding and gap.reason and gap.advice and gap.tasks
        assert (gap.seen == "file") <= (gap.evidence == ())
    for action in found.improvements:
        assert action.person and action.role and action.check == run.drill.id
        assert (action.due is None) == (run.started == "") and action.action.endswith(".")
    assert len({action.id for action in found.improvements}) == len(found.improvements)
    assert all(0 <= wait.at_ms < wait.until_ms <= run.ended_ms for wait in found.waits)
    assert 0 <= found.waited_ms <= run.ended_ms


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_recorded_run_is_too_much(case: Case) -> None:
    run = golden(case)
    found = analyse(run, score(run))
    sound(run, found)
    assert found == analyse(run, score(run))
    if found.diff:
        patched(run.drill.texts["plan"], found.diff)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.4])
@pytest.mark.parametrize("case", [CASES[1], CASES[4], CASES[6]], ids=str)
def test_nor_one_that_was_stopped_early(case: Case, share: float) -> None:
    whole = golden(case)
    log = whole.log[: max(1, int(len(whole.log) * share))]
    run = replace(whole, log=log)
    sound(run, analyse(run, score(run)))


def test_a_run_of_a_day_has_dates_and_one_without_has_none() -> None:
    run = golden(CASES[6])
    dated = replace(run, started="2026-11-22T09:30:00+01:00")
    found = analyse(dated, score(dated))
    sound(dated, found)
    by_id = {one.id: one for one in found.improvements}
    assert {date(2026, 11, 22)} == {one.start for one in found.improvements}
    due = {"planning": (14, 30), "organisation": (60,), "equipment": (60,), "training": (30,), "exercise": (30,)}
    for one in by_id.values():
        assert one.start is not None and one.due is not None
        assert (one.due - one.start).days in due[one.element]


def test_dates_in_the_plan_are_judged_by_the_day_that_is_given() -> None:
    run = golden(CASES[6])
    late = analyse(run, score(run), as_of=date(2028, 1, 1))
    assert "PG-14" in [gap.id for gap in late.gaps]
    assert "PG-14" not in [gap.id for gap in analyse(run, score(run)).gaps]


def test_silence_before_a_good_plan_is_charged_to_people() -> None:
    run, _ = rehearse(find("tarn-and-tide"), seed=3, responder="silent")
    labels = {one.task: one.label for one in analyse(run, score(run)).attributions}
    assert {"training gap"} == {labels[task] for task in ("CT1", "CT2", "CT3", "CT4", "CT5", "CT6", "CT7", "CT8")}


@settings(max_examples=40, deadline=None)
@given(actions=deeds(), level=st.integers(0, 4), cut=st.none() | st.integers(0, 120), text=st.sampled_from(PLANS))
def test_whatever_a_team_does_under_whatever_plan_an_analysis_comes_of_it(
    actions: list[Action], level: int, cut: int | None, text: str
) -> None:
    plan = loads(text, "plan.yaml", Plan).value
    base = scenario(truth=[{"level": f"L{level}"}, {"at": "T+40m", "level": "L2"}])
    one = made(base, actions, plan=plan, until_ms=None if cut is None else cut * MINUTE)
    one = replace(one, drill=Drill(one.drill.file, one.drill.scenario, plan, {"plan": text}))
    found = analyse(one, score(one))
    sound(one, found)
    assert found == analyse(one, score(one))
