"""One's own history: runs on the shelf and sittings beside them, read without changing either."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from drills import joining
from drills.practice import history as told
from drills.practice import sittings
from drills.practice.dealing import Answer, assess, deal
from drills.practice.history import KEPT, history, marks_of
from drills.practice.ladder import exercises
from drills.practice.standing import standing
from drills.retry import retry
from drills.session import Session
from tests.commands import said
from tests.drills.practice.exercises import RIGHT, SOUP, hand, soup
from tests.drills.sessions import Clock, let
from tests.engine.worlds import STORY

KIND = "No, Ruth, it was not, and I am sorry. I have taken it down and I answer everybody tonight. Ana"
DRILL = """\
id: answer-ruth
scenario: mini
pace: 60
practice:
  id: MD-01
  skill: warm-reply
  passes:
  - {first_reply_within: 4s}
  - {level_never_above: L3}
"""
NOON = "2026-11-22T12:00:00+01:00"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "mini.yaml").write_text(STORY, "utf-8")
    (tmp_path / "answer.yaml").write_text(DRILL, "utf-8")
    return tmp_path


def played(home: Path, clock: Clock, answer: str = KIND, *, to_the_end: bool = True, name: str = "answer") -> Path:
    """A run of the drill: one scenario minute a second; Ruth asks in the second minute."""
    session = Session.start(joining.from_path(home / f"{name}.yaml"), home / "runs", clock=clock)
    let(session, clock, 3)
    if answer:
        session.act("reply", target="ruth-asks", text=answer)
    if to_the_end:
        let(session, clock, 61)
    else:
        session.stop()
    session.close()
    return session.path


def test_a_finished_run_is_an_attempt_at_its_skill(home: Path, clock: Clock) -> None:
    folder = played(home, clock)
    (one,) = history(home).attempts
    assert ("answer-ruth", "warm-reply", "MD-01", True) == (one.exercise, one.skill, one.ladder, one.passed)
    assert (folder.name, 2, 2) == (one.source, one.right, one.of)
    assert date.today() == one.day
    assert ["First answer within 4s", "Never called more than L3"] == [mark.title for mark in marks_of(folder)]


def test_silence_is_an_attempt_that_failed(home: Path, clock: Clock) -> None:
    played(home, clock, answer="")
    (one,) = history(home).attempts
    assert (False, 1, 2) == (one.passed, one.right, one.of)


def test_what_was_left_is_no_attempt_and_what_was_tried_again_is_a_retry(home: Path, clock: Clock) -> None:
    played(home, clock, to_the_end=False)
    assert () == history(home).attempts
    whole = played(home, clock)
    again = Session.resume(retry(whole, home / "runs", at_ms=60_000), clock=clock)
    again.unpause()
    let(again, clock, 61)
    again.close()
    assert [whole.name] == [one.source for one in history(home).attempts]
    (kept,) = history(home).retries
    assert (again.path.name, True, "warm-reply") == (kept.source, kept.retry, kept.skill)
    assert [1, 1] == [len(one) for one in (standing(date.today(), home=home).skills[0].attempts,
                                           standing(date.today(), home=home).skills[0].retries)]  # fmt: skip


def test_a_drill_that_trains_nothing_is_no_attempt(home: Path, clock: Clock) -> None:
    (home / "plain.yaml").write_text("id: plain\nscenario: mini\npace: 60\n", "utf-8")
    played(home, clock, name="plain")
    assert () == history(home).attempts


def test_later_edits_of_a_drill_change_no_old_run(home: Path, clock: Clock) -> None:
    played(home, clock)
    (home / "answer.yaml").write_text(DRILL.replace("4s", "1s").replace("warm-reply", "humour"), "utf-8")
    (one,) = history(home).attempts
    assert ("warm-reply", True) == (one.skill, one.passed)


def test_a_run_is_scored_once_and_again_when_an_evaluator_says_otherwise(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = played(home, clock)
    first = history(home)
    assert (folder / KEPT).is_file()
    with monkeypatch.context() as patch:
        patch.setattr(told, "marks_of", lambda _: pytest.fail("it was scored a second time"))
        assert first == history(home)
    (folder / KEPT).write_text('{"of": "another", "held": [false]}')
    assert first == history(home)
    (folder / KEPT).unlink()
    assert first == history(home), "deleting it loses nothing"


def test_a_record_that_is_damaged_is_told_and_the_rest_counts(home: Path, clock: Clock) -> None:
    played(home, clock)
    bad = played(home, clock)
    record = bad / "record.jsonl"
    lines = record.read_bytes().splitlines(keepends=True)
    record.write_bytes(b"".join([*lines[:1], lines[1].replace(b"a", b"b"), *lines[2:]]))
    found = history(home)
    assert 1 == len(found.attempts)
    assert 1 == len(found.problems)
    assert "damaged" in found.problems[0]


@pytest.mark.parametrize(
    "changed", [{"texts": 7}, {"texts": {"drill": ["practice:"]}}, {"texts": {"drill": "practice: ]"}}, {"started": ""}]
)
def test_a_foreign_record_is_no_attempt_and_no_crash(home: Path, clock: Clock, changed: dict[str, object]) -> None:
    folder = played(home, clock)
    record = folder / "record.jsonl"
    header, *rest = record.read_bytes().splitlines(keepends=True)
    record.write_bytes(b"".join([json.dumps({**json.loads(header), **changed}).encode() + b"\n", *rest]))
    assert ((), ()) == (history(home).attempts, history(home).problems)


# -- sittings ------------------------------------------------------------------------------------------------------


def sit(home: Path, answers: dict[str, Answer], *, end: bool = True, seed: int = 1) -> None:
    id_ = sittings.begin(home, hand(seed=seed), NOON)
    for answer in answers.values():
        sittings.keep(home, id_, answer)
    if end:
        sittings.end(home, id_, assess(hand(seed=seed), answers), NOON)


def test_cards_and_runs_make_one_history(home: Path, clock: Clock) -> None:
    sit(home, RIGHT)
    played(home, clock)
    assert {"cold-soup": True, "answer-ruth": True} == {one.exercise: one.passed for one in history(home).attempts}


def test_a_sitting_that_was_left_goes_on_where_it_was(home: Path) -> None:
    first = {"soup": RIGHT["soup"]}
    sit(home, first, end=False, seed=7)
    found = history(home)
    assert () == found.attempts
    unfinished = found.unfinished(soup())
    assert unfinished is not None
    old_hand, sitting = unfinished
    assert (deal(soup(), 7), [RIGHT["soup"]]) == (old_hand, sitting.answers)
    assert found.unfinished(soup(SOUP.replace("Cold soup,", "Hot soup,"))) is None, "the exercise was changed since"


def test_every_sitting_gets_a_seed_of_its_own(home: Path) -> None:
    assert 1 == history(home).next_seed("cold-soup")
    sit(home, RIGHT)
    sit(home, {}, end=False)
    assert 3 == history(home).next_seed("cold-soup")
    assert 1 == history(home).next_seed("another")


# -- the page --------------------------------------------------------------------------------------------------------


def test_what_there_is_to_practise_stands_in_the_order_of_the_ladder(home: Path) -> None:
    drills = [joining.from_path(home / "answer.yaml"), joining.find("stackfold-is-down")]
    found = exercises(drills, [soup().value])
    assert [("MD-01", "answer-ruth", "drill"), ("MD-02", "cold-soup", "cards")] == [
        (one.ladder, one.id, one.kind) for one in found
    ]
    assert 1 == found[0].minutes


def test_a_page_says_where_one_stands(home: Path) -> None:
    sit(home, RIGHT)
    found = standing(date(2026, 11, 23), home=home, drills=[joining.from_path(home / "answer.yaml")])
    assert ["classify"] == [skill.skill for skill in found.due]
    assert "MD-02" not in found.needed
    assert "answer-ruth" in [one.exercise.id for one in found.suggestions]
    skill = found.of("answer-ruth")
    assert skill is not None
    assert "never" == skill.freshness


def test_the_command_tells_a_person_and_a_program(home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(home))
    played(home, clock)
    (home / sittings.FILE).write_bytes(b"\x1b[31mnot a record\n")
    data = said("practice", "--json").json()
    assert ["MD-01", "warm-reply", "fresh"] == [data["skills"][0][key] for key in ("ladder", "skill", "freshness")]
    assert 10 == len(data["skills"])
    assert 1 == len(data["problems"])
    page = said("practice")
    assert (0, "") == (page.code, page.err)
    assert "MD-01" in page.out
    assert "fresh" in page.out
    assert "line 1: this line can't be read" in page.out
    assert "\x1b" not in page.out
    assert json.dumps(data) == json.dumps(said("practice", "--json").json()), "looking changes nothing"
