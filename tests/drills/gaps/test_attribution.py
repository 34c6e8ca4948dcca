"""Why a task went as it did: the table of docs/plan-gaps.md, row by row, from runs."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.gaps.analysis import analyse
from drills.gaps.attribution import label_of
from drills.gaps.model import Attribution, Label
from drills.run import Run
from drills.scoring import score
from engine.events import ContentFired
from tests.drills.gaps.weak import approved, called, ms, run, void
from tests.drills.scoring.runs import BAD, acted, by_hand, post, said, truth


def why(one: Run, task: str) -> Attribution:
    return next(each for each in analyse(one, score(one)).attributions if each.task == task)


def labelled(one: Run, task: str) -> tuple[str, str]:
    found = why(one, task)
    return found.rating, found.label


NO_STEP = {"dashboard": [{"task": "pause-content", "does": "sml"}]}
SOON, LATE = tuple(said(10)), tuple(said(58))
HELD = (acted(5, "pause", target="late"), acted(6, "pause", target="ad"))
OUT = (ContentFired(ms(35), "ad", "flit"), ContentFired(ms(50), "late", "plaza"))


def test_a_step_that_was_followed_and_worked_is_a_strength() -> None:
    assert labelled(run(approved(5, 7, 8), {}, {}), "CT5") == ("P", "strength")


def test_a_step_that_was_not_followed_and_failed_is_training() -> None:
    found = why(run(LATE, {}, {}), "CT5")
    assert (found.rating, found.label, found.gaps) == ("U", "training gap", ())
    assert "At L3: Sml puts out a holding statement within 15m" in found.step
    assert "T+0:58:00, due at T+0:15:00" in found.why


def test_a_step_that_was_not_followed_and_went_well_all_the_same_is_friction() -> None:
    assert labelled(run((acted(1, "classify", level=3), *SOON), {}, {}), "CT5") == ("P", "plan friction")


def test_what_went_well_without_a_step_is_an_addition() -> None:
    assert labelled(run(SOON, NO_STEP, {}), "CT5") == ("P", "plan addition")


def test_what_failed_without_a_step_is_the_plans() -> None:
    found = why(run(LATE, NO_STEP, {}), "CT5")
    assert (found.rating, found.label, found.step) == ("U", "plan gap", "")


def test_a_step_that_was_followed_and_failed_is_the_plans() -> None:
    slow = {"dashboard.0.limit": "60m", "dashboard.0.validates": []}
    assert labelled(run(LATE, slow, {}), "CT5") == ("U", "plan gap")


def test_an_approval_longer_than_its_limit_is_charged_to_nobody() -> None:
    found = why(run(approved(9, 56, 58), {}, {}), "CT5")
    assert (found.rating, found.label, found.gaps) == ("U", "structural plan gap", ("PG-01",))


def test_who_began_too_late_is_not_excused_by_a_slow_approval() -> None:
    assert labelled(run(approved(40, 87, 88), {}, {}), "CT5") == ("U", "training gap")


def test_a_lock_out_is_charged_to_nobody() -> None:
    shut = [void("pause", one, "rep holds the keys", "lock-out") for one in ("late", "ad")]
    found = why(run((*shut, *OUT), {}, {}), "CT4")
    assert (found.rating, found.label, found.gaps) == ("U", "structural plan gap", ("PG-07",))


def test_a_lock_out_that_a_call_would_have_ended_is_training() -> None:
    shut = [void("pause", one, "rep holds the keys", "lock-out") for one in ("late", "ad")]
    one = run((*shut, *OUT), {}, {})
    held = replace(one, setup=replace(one.setup, keys={"ad": "rep", "late": "rep"}))
    assert labelled(held, "CT4") == ("U", "training gap")
    called_ = called("rep", "REP")
    tried = run((*called_, *shut, *OUT), {}, {})
    assert labelled(replace(tried, setup=held.setup), "CT4") == ("U", "structural plan gap")


@pytest.mark.parametrize("target", ["plaza", "p1"], ids=["a channel", "a post of ours"])
def test_a_lock_out_names_the_account_and_its_own_change(target: str) -> None:
    do = "publish" if target == "plaza" else "delete"
    ours = post(2, "p1", "none", channel="plaza", author="brand")
    one = run((ours, void(do, target, "rep holds the keys", "lock-out")), {}, {})
    held = replace(one, setup=replace(one.setup, keys={"plaza": "rep"}))
    gap = next(gap for gap in analyse(held, score(held)).gaps if gap.id == "PG-07" and gap.seen != "file")
    assert f"{do} on plaza: " in gap.finding or f"{do} {target}: " in gap.finding
    assert "keys to plaza" in gap.advice
    assert "-  credentials: rep\n+  credentials: vault\n" in gap.diff
    (wait,) = (wait for wait in analyse(held, score(held)).waits if "keys" in wait.what)
    assert wait.who == held.desk.name_of("rep")


def test_without_a_lock_out_the_same_is_training() -> None:
    assert labelled(run(OUT, {}, {}), "CT4") == ("U", "training gap")
    assert labelled(run(HELD, {}, {}), "CT4") == ("P", "strength")


def test_harm_that_the_teams_own_words_did_is_never_the_plans() -> None:
    found = why(run(tuple(said(10, judged=BAD)), {"dashboard.0.validates": []}, {}), "CT5")
    assert (found.rating, found.label) == ("M", "training gap")
    assert "the team's own" in found.why


def test_a_plan_that_asks_for_nothing_where_nothing_is_needed_needs_no_addition() -> None:
    quiet = by_hand(*truth((0, 1)), *said(10), plan=run((), NO_STEP, {}).drill.plan)
    assert labelled(quiet, "CT3")[1] in ("strength", "plan gap")
    assert "plan addition" != labelled(quiet, "CT3")[1]


@pytest.mark.parametrize(("events", "label"), [(SOON, "strength"), (LATE, "training gap")])
def test_without_a_plan_only_people_are_left(events: tuple[object, ...], label: str) -> None:
    one = by_hand(*truth((0, 3)), *events)  # type: ignore[arg-type]  # a parameter is any object to the checker
    found = analyse(one, score(one))
    assert (found.gaps, found.diff) == ((), "")
    assert label == why(one, "CT5").label
    assert {each.label for each in found.attributions} <= {"strength", "training gap"}


@given(step=st.booleans(), followed=st.booleans(), good=st.booleans())
def test_every_task_has_exactly_one_label_and_its_side_is_the_outcomes(step: bool, followed: bool, good: bool) -> None:
    label = label_of(step=step, followed=followed, good=good)
    assert label in get_args(Label)
    assert good == (label in ("strength", "plan friction", "plan addition"))
    assert step or label in ("plan addition", "plan gap")
