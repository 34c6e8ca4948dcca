"""Every gap is seen in a run that has it and in none beside it, and what is proposed for it is a plan that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drills.drill import Drill
from drills.gaps.analysis import analyse
from drills.gaps.dynamic import RULES
from drills.gaps.earlier import EarlierRun
from drills.gaps.model import Analysis, PlanGap
from drills.plan import Plan
from drills.plan.gap_rules import gap_rules
from drills.run import Run
from drills.scoring import score
from scenarios.source import loads
from tests.drills.gaps.patching import patched
from tests.drills.gaps.weak import CASES, approved, run
from tests.drills.scoring.runs import acted, post, said, truth

NO_DIFF = {"PG-13", "PG-14"}
"""Who is missing and what the right number is, only a person knows."""


def analysed(one: Run) -> Analysis:
    return analyse(one, score(one))


def shown(one: Run) -> dict[str, PlanGap]:
    return {gap.id: gap for gap in reversed(analysed(one).gaps) if gap.seen != "file"}


def test_there_is_a_rule_and_a_case_for_every_gap() -> None:
    assert list(gap_rules()) == list(RULES) == list(CASES)


@pytest.mark.parametrize("id_", CASES)
def test_a_run_shows_the_gap_that_its_plan_has(id_: str) -> None:
    gap = shown(CASES[id_].run(weak=True))[id_]
    assert gap.evidence or id_ == "PG-12"
    assert gap.finding.endswith(".") and gap.advice.endswith(".")
    assert gap.confidence in ("medium", "high")


@pytest.mark.parametrize("id_", CASES)
def test_a_run_without_it_shows_nothing(id_: str) -> None:
    assert id_ not in shown(CASES[id_].run(weak=False))


@pytest.mark.parametrize("id_", [id_ for id_ in CASES if id_ not in NO_DIFF])
def test_what_is_proposed_applies_and_closes_it(id_: str) -> None:
    case = CASES[id_]
    one = case.run(weak=True)
    gap = shown(one)[id_]
    assert gap.diff, "no change of the plan's file is proposed"
    assert patched(one.drill.texts["plan"], gap.diff) != one.drill.texts["plan"]


FIXED = ("PG-01", "PG-02", "PG-06", "PG-07", "PG-09", "PG-10", "PG-11", "PG-13", "PG-14", "PG-15", "PG-20")
"""These happened: the log has the call, the wait or the lock-out, whatever the plan says now. Only a new run tells."""


@pytest.mark.parametrize("id_", [id_ for id_ in CASES if id_ not in FIXED])
def test_the_same_log_under_the_mended_plan_shows_it_no_more(id_: str) -> None:
    case = CASES[id_]
    one = case.run(weak=True)
    mended = patched(one.drill.texts["plan"], shown(one)[id_].diff)
    assert id_ not in shown(with_plan(one, mended))


def with_plan(one: Run, text: str) -> Run:
    plan = loads(text, "brightpan.yaml", Plan).value
    return replace(one, drill=Drill(one.drill.file, one.drill.scenario, plan, {"plan": text}))


def test_a_level_that_rests_on_what_no_log_shows_is_only_a_hint() -> None:
    case = CASES["PG-04"]
    gap = shown(run(case.events, {"severity.L3.triggers": ["same_topic_per_15m >= 900", "death"]}, {}))["PG-04"]
    assert gap.confidence == "low"
    assert "death" in gap.finding


SAID = tuple(acted(minute, "classify", level=level) for minute, level in ((1, 2), (5, 0), (9, 2), (15, 0), (20, 2)))
BUSY = (*truth((0, 0)), *SAID, *(post(minute, f"q{minute}") for minute in range(1, 60, 2)))


@pytest.mark.parametrize(
    ("trigger", "advice", "edit"),
    [
        ("volume_per_15m >= 1", "Raise volume_per_15m >= 1 to 9,", "+    - volume_per_15m >= 9"),
        ("level >= L1", "Say more exactly when level means L2", ""),  # it is what the team itself has said
    ],
)
def test_what_a_trigger_should_be_raised_to_is_a_figure_that_it_can_have(trigger: str, advice: str, edit: str) -> None:
    triggers = {"severity": {"L2": {"triggers": [trigger]}, "L3": {"triggers": [trigger]}}}
    gap = next(gap for gap in analysed(run(BUSY, triggers, {}, end=60)).gaps if gap.id == "PG-05")
    assert gap.advice.startswith(advice)
    assert edit in gap.diff and bool(edit) == bool(gap.diff)


def test_what_did_not_last_as_long_as_the_trigger_says_was_no_false_alarm() -> None:
    triggers = {"severity": {"L2": {"triggers": ["level >= L2 for 30m"]}, "L3": {"triggers": ["level >= L2 for 4m"]}}}
    found = [gap for gap in analysed(run(BUSY, triggers, {}, end=60)).gaps if gap.id == "PG-05"]
    assert [gap.finding.partition(" while")[0] for gap in found] == [
        "level >= L2 for 30m (L2) fired 1 times", "level >= L2 for 4m (L3) fired 2 times"
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "sure"), [("PG-04", "high"), ("PG-09", "medium")])
def test_a_gap_that_an_earlier_run_showed_is_one_step_surer(before: str, sure: str) -> None:
    one = CASES["PG-04"].run(weak=True)
    found = analyse(one, score(one), earlier=[EarlierRun("a", (), (before,))])
    assert sure == next(gap.confidence for gap in found.gaps if gap.id == "PG-04" and gap.seen == "run")
    assert found.shared == (("PG-04",) if before == "PG-04" else ())


def test_a_false_alarm_an_hour_is_none() -> None:
    case = CASES["PG-05"]
    assert "PG-05" not in shown(run(case.events[:3], case.weak, {}, 60))


def test_a_long_wait_that_made_nothing_late_is_no_gap() -> None:
    assert "PG-01" not in shown(run(approved(2, 11, 12), {}, {}))


@pytest.mark.parametrize(
    "words", ["{x}: - # [a, b]", "yes", "\u202egnp.exe \x1b[2J", "'\"\\ %TAG !", "- a\n- b: {c", "1.0"]
)
def test_hostile_words_of_a_team_become_a_plain_text_of_the_plan(words: str) -> None:
    one = run(said(10, text=words), {"holding": []}, {})
    after = patched(one.drill.texts["plan"], shown(one)["PG-03"].diff)
    (text,) = loads(after, "brightpan.yaml", Plan).value.holding
    assert text.types == ("own-post",)
    assert not set("{}\n\x1b\u202e") & set(text.text)


def test_who_wrote_own_words_though_the_plan_had_some_shows_no_gap_of_the_plan() -> None:
    assert "PG-03" not in shown(run(said(10, text="Something of our own."), {}, {}))
