"""Try again from here: what the new run shares with the old one, and that the old one is never touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills import shelf
from drills.coach.ladder import next_rung
from drills.coach.model import Hint, Situation
from drills.errors import DrillError
from drills.gaps.keeping import KEPT
from drills.journal import RECORD
from drills.origin import Origin
from drills.past import PastRun
from drills.record import load_run, verify
from drills.retry import retry
from drills.session import Session
from engine.events import Acted, to_data
from scenarios.moments import MINUTE
from tests.commands import said
from tests.drills.sessions import Clock, let, started


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def old(tmp_path: Path, clock: Clock) -> Iterator[Path]:
    """A run to its end: four things done at minutes 3, 5 and 9."""
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.set_pace(30)
    session.act("classify", level=3)
    session.act("sweep")
    let(session, clock, 4)
    session.act("publish", kind="holding", channels=("flit",), text="We are looking into it. Ana")
    let(session, clock, 8)
    session.act("note", text="the phones are down")
    session.set_pace(600)
    let(session, clock, 60)
    assert session.ended
    session.close()
    yield session.path


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def done(session: Session) -> list[str]:
    return [action.id for action in session.desk.actions]


def finish(path: Path, clock: Clock, *, speak: bool = True) -> Session:
    """The retry, played on to its end."""
    session = Session.resume(path, clock=clock)
    session.unpause()
    if speak:
        session.act("publish", kind="holding", channels=("flit",), text="I am sorry. We will write again at ten. Ana")
    session.set_pace(600)
    let(session, clock, 60)
    session.close()
    return session


def test_a_retry_stands_paused_just_before_the_action_that_is_to_be_done_otherwise(
    old: Path, tmp_path: Path, clock: Clock
) -> None:
    new = retry(old, tmp_path / "runs", action="a3")
    session = Session.resume(new, clock=clock)
    assert session.paused
    assert ["a1", "a2"] == done(session)
    moment = next(action.at_ms for action in PastRun(old).run.actions() if action.id == "a3")
    assert moment == session.now_ms
    assert 30 == session.pace, "the pace is the one it had then"
    session.unpause()
    assert "a3" == session.act("note", text="otherwise").id
    session.close()


def test_not_a_millisecond_passes_while_a_run_is_opened(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticking = iter(range(1000))
    session = Session.resume(retry(old, tmp_path / "runs", at_ms=6 * MINUTE), clock=lambda: next(ticking) / 100)
    session.tick()
    assert 6 * MINUTE == session.now_ms
    session.close()


def test_a_moment_keeps_what_was_done_up_to_it(old: Path, tmp_path: Path, clock: Clock) -> None:
    new = retry(old, tmp_path / "runs", at_ms=6 * MINUTE)
    session = Session.resume(new, clock=clock)
    assert ["a1", "a2", "a3"] == done(session)
    assert 6 * MINUTE == session.now_ms
    session.close()


@pytest.fixture
def helped(tmp_path: Path, clock: Clock) -> Path:
    """A run with hints: two before its second action, one at the same moment after it, one at the end."""
    session = started(tmp_path, clock, coach="ask")
    let(session, clock, 3)
    session.act("sweep")
    for rung in (1, 2):
        session.took(Hint("unnamed", "", rung, "What is this?"))
    session.act("classify", level=3)
    session.took(Hint("level", "", 1, "What speaks for more?"))
    let(session, clock, 4)
    session.took(Hint("level", "", 2, "Look at the press."))
    session.close()
    return session.path


def test_hints_from_before_the_decision_count_and_later_ones_do_not(
    helped: Path, tmp_path: Path, clock: Clock
) -> None:
    new = retry(helped, tmp_path / "runs", action="a2")
    assert [("unnamed", 1), ("unnamed", 2)] == [(one.situation, one.rung) for one in load_run(new).hints]
    assert [] == verify(new)
    session = Session.resume(new, clock=clock)
    assert 3 == next_rung(Situation("unnamed"), session.hints) and 1 == next_rung(Situation("level"), session.hints)
    session.took(Hint("unnamed", "", 3, "L[0 to 4], because ..."))
    session.close()
    assert 3 == len(load_run(new).hints) and 4 == len(load_run(helped).hints)


def test_hints_up_to_a_moment_count_and_later_ones_do_not(helped: Path, tmp_path: Path) -> None:
    moment = load_run(helped).hints[2].at_ms
    assert 3 == len(load_run(retry(helped, tmp_path / "runs", at_ms=moment)).hints)
    assert [] == list(load_run(retry(helped, tmp_path / "runs", at_ms=moment - 1)).hints)


def test_the_world_up_to_the_moment_is_the_same_to_the_byte(old: Path, tmp_path: Path, clock: Clock) -> None:
    session = Session.resume(retry(old, tmp_path / "runs", action="a4"), clock=clock)
    now = session.now_ms
    was = [to_data(one) for one in session.world.log]
    session.close()
    before = Session.resume(old, clock=clock)
    log = [to_data(one) for one in before.world.log]
    before.close()
    assert log[: len(was)] == was
    assert all(event["at_ms"] >= now for event in log[len(was) :])


def test_doing_the_same_again_gives_the_same_fingerprint(old: Path, tmp_path: Path, clock: Clock) -> None:
    first, second = (finish(retry(old, tmp_path / "runs", action="a3"), clock) for _ in range(2))
    assert first.path != second.path
    assert first.world.fingerprint() == second.world.fingerprint()
    assert first.world.fingerprint() != PastRun(old).run.fingerprint


def test_doing_what_was_done_leads_to_the_old_run(old: Path, tmp_path: Path, clock: Clock) -> None:
    session = Session.resume(retry(old, tmp_path / "runs", action="a3"), clock=clock)
    session.unpause()
    for event in PastRun(old).log():
        if isinstance(event, Acted) and event.action.id in ("a3", "a4"):
            session.skip_to(event.at_ms)
            given = {"text": event.action.text}
            if event.action.do == "publish":
                session.act("publish", kind="holding", channels=("flit",), **given)
            else:
                session.act("note", **given)
    session.skip_to(session.ends_ms)
    session.close()
    assert PastRun(old).run.fingerprint == session.world.fingerprint()


def test_the_old_run_is_never_touched(old: Path, tmp_path: Path, clock: Clock) -> None:
    before = bytes_of(old)
    finish(retry(old, tmp_path / "runs", at_ms=5 * MINUTE), clock)
    assert before == bytes_of(old)


def test_a_retry_is_an_ordinary_run_that_says_what_it_was_made_of(old: Path, tmp_path: Path, clock: Clock) -> None:
    new = retry(old, tmp_path / "runs", action="a3")
    assert "unfinished" == next(info.state for info in shelf.runs(tmp_path / "runs") if info.path == new)
    finish(new, clock)
    assert [] == verify(new)
    found = next(info for info in shelf.runs(tmp_path / "runs") if info.path == new)
    assert ("ended", old.name, 1) == (found.state, found.retry_of, found.seed)
    origin = PastRun(new).origin
    assert origin is not None
    assert (old.name, "a3") == (origin.run, origin.before)
    assert PastRun(old).origin is None
    told = [json.loads((path / RECORD).read_text("utf-8").splitlines()[0]) for path in (old, new)]
    for header in told:
        for name in ("started", "from", "#"):
            header.pop(name, None)
    assert told[0] == told[1], "the same luck, cast, plan and numbers"


def test_a_retry_of_a_retry_names_the_one_before(old: Path, tmp_path: Path, clock: Clock) -> None:
    once = retry(old, tmp_path / "runs", action="a4")
    twice = retry(once, tmp_path / "runs", action="a2")
    session = Session.resume(twice, clock=clock)
    assert ["a1"] == done(session)
    assert session.origin is not None and once.name == session.origin.run
    session.close()


def test_an_unfinished_run_can_be_tried_again_while_it_is_being_played(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("sweep")
    new = retry(session.path, tmp_path / "runs", action="a1")
    session.act("note", text="it goes on")
    session.close()
    again = Session.resume(new, clock=clock)
    assert [] == done(again)
    again.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"action": "a9"}, "has no action 'a9'"),
        ({"action": "a33"}, "it has a1 to a4"),
        ({"at_ms": 99 * 60 * MINUTE}, r"no moment T\+99:00:00.*it ended at"),
        ({"at_ms": -1}, "no moment"),
    ],
)
def test_a_moment_that_the_run_does_not_have_is_told(
    old: Path, tmp_path: Path, given: dict[str, object], words: str
) -> None:
    before = sorted((tmp_path / "runs").iterdir())
    with pytest.raises(DrillError, match=words):
        retry(old, tmp_path / "runs", **given)  # type: ignore[arg-type]
    assert before == sorted((tmp_path / "runs").iterdir()), "nothing new lies on the shelf"


def test_a_retry_that_cannot_be_written_leaves_nothing(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.write", lambda *_: 0)
    with pytest.raises(DrillError, match="disk is full"):
        retry(old, tmp_path / "runs", action="a2")
    assert [old] == list((tmp_path / "runs").iterdir())


@pytest.mark.parametrize("said_", [None, "run", {}, {"run": "a"}, {"run": 1, "at": 2, "before": ""}, ["a", 1, ""]])
def test_a_header_that_says_nothing_sensible_of_its_origin_is_an_ordinary_run(said_: object) -> None:
    assert Origin.of({"from": said_}) is None


def test_runs_of_another_luck_are_refused(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drills.record.DRAWS", -1)
    with pytest.raises(DrillError, match="of the draws"):
        retry(old, tmp_path / "runs", action="a2")


# -- the command -------------------------------------------------------------------------------------------------


def test_the_command_makes_the_run_and_says_how_to_play_it(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    told = said("retry", old.name, "--action", "a3")
    assert 0 == told.code, told.err
    new = shelf.find_run(None)
    assert f"made {new.name}; play it with: stormdrill resume {new.name}\n" == told.out
    assert 0 == said("verify", new.name).code
    assert 0 == said("retry", old.name, "--at", "T+5m").code


def test_a_retry_is_told_as_one_and_is_no_mark(
    old: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    new = retry(old, tmp_path / "runs", action="a3")
    finish(new, clock)
    rows = {row["run"]: row for row in said("runs", "--json").json()}
    assert (old.name, "") == (rows[new.name]["retry_of"], rows[new.name]["trend"])
    assert "" == rows[old.name]["retry_of"]
    assert f"retry of {old.name}" in said("runs").out
    told = said("report", new.name, "--no-luck").out
    assert "A retry of " in told and "It is practice, and no measure of the team or the plan." in told
    assert "A retry of " not in said("report", old.name, "--no-luck").out
    session = started(tmp_path, clock)
    session.skip_to(session.ends_ms)
    session.close()
    PastRun(session.path).analysis()
    kept = [run.name for run in (old, new) if (run / KEPT).is_file()]
    assert [old.name] == kept, "a later run is held against what the old one asked for, not the retry"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "give one of --at"),
        (("--at", "T+5m", "--action", "a1"), "give one of --at"),
        (("--at", "5:00"), "a colon could mean"),
        (("--action", "b1"), "has no action 'b1'"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], words: str
) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    told = said("retry", old.name, *options)
    assert 1 == told.code
    assert words in told.err and "Traceback" not in told.err
