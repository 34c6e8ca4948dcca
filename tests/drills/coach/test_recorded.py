"""Hints go on the record and change nothing but that; whoever wants to know can count them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drills.coach.counted import hinted
from drills.coach.model import Hint, Taken
from drills.drill import DrillFile
from drills.errors import DrillError
from drills.joining import from_texts
from drills.journal import RECORD, Journal
from drills.past import PastRun
from drills.record import load_run, verify
from drills.report.content import report_of
from drills.session import Session
from tests.drills.sessions import Clock, drill, let, started

HINT = Hint("priority", "p1", 2, "Safety first.", "Cd1", "reply")


def played(folder: Path, *, hints: int) -> Session:
    """Some minutes of the story, with so many hints among them."""
    folder.mkdir(exist_ok=True)
    clock = Clock()
    session = started(folder, clock, coach="ask")
    let(session, clock, 3)
    for _ in range(hints):
        session.took(HINT)
    let(session, clock, 3)
    return session


def test_a_hint_is_on_the_record_with_its_moment_and_rung(tmp_path: Path) -> None:
    session = played(tmp_path, hints=1)
    session.close()
    (one,) = load_run(session.path).hints
    assert ("priority", "p1", 2) == (one.situation, one.about, one.rung) and 0 < one.at_ms < session.now_ms


def test_hints_leave_the_run_as_it_is(tmp_path: Path) -> None:
    with_hints, without = played(tmp_path / "a", hints=3), played(tmp_path / "b", hints=0)
    assert with_hints.run().fingerprint == without.run().fingerprint
    assert with_hints.scorecard() == without.scorecard()
    with_hints.close()
    assert [] == verify(with_hints.path)


def test_what_was_taken_is_remembered_when_a_run_goes_on(tmp_path: Path) -> None:
    session = played(tmp_path, hints=2)
    session.close()
    again = Session.resume(session.path, clock=Clock())
    assert session.hints == again.hints and 2 == len(again.hints)
    again.close()


def test_a_finished_run_still_knows_its_hints(tmp_path: Path) -> None:
    session = played(tmp_path, hints=1)
    session.skip_to(session.ends_ms)
    assert 1 == len(PastRun(session.path).hints)
    with pytest.raises(DrillError, match="ended"):
        session.took(HINT)


def test_in_an_assessment_nothing_is_taken(tmp_path: Path) -> None:
    session = started(tmp_path, Clock(), coach="off")
    with pytest.raises(DrillError, match="without hints"):
        session.took(HINT)
    assert () == session.hints


def test_a_hint_that_says_nothing_is_refused_in_a_sentence(tmp_path: Path) -> None:
    session = played(tmp_path, hints=0)
    session.close()
    with Journal.open(session.path / RECORD) as journal:
        journal.append({"kind": "hint", "at": session.now_ms}, sync=True)
    for attempt in (lambda: load_run(session.path), lambda: Session.resume(session.path, clock=Clock())):
        with pytest.raises(DrillError):
            attempt()


def test_the_report_tells_it_on_its_first_page(tmp_path: Path) -> None:
    plain = drill(tmp_path)
    texts = {**plain.texts, "drill": "id: mini\nscenario: mini\nhints: counted\n"}
    session = Session.start(from_texts(texts), tmp_path / "runs", coach="ask", clock=Clock())
    session.took(HINT)
    session.skip_to(session.ends_ms)
    past = PastRun(session.path)
    firm = report_of(past.run, past.scorecard(), past.analysis()).summary.firm
    assert any("With 1 hint in 1 situation: 1 pointer." in one for one in firm)


def test_hints_are_told_where_the_drill_counts_them(tmp_path: Path) -> None:
    plain = drill(tmp_path)
    counting = replace(plain, file=DrillFile(id="mini", scenario="mini", hints="counted"))
    taken = [Taken(1, "priority", "p1", 1), Taken(2, "priority", "p1", 2), Taken(3, "level", "", 1)]
    assert "" == hinted(plain, taken)
    assert "Played without a hint." == hinted(counting, [])
    assert hinted(counting, taken).startswith("With 3 hints in 2 situations: 2 questions, 1 pointer.")
