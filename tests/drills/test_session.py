"""A drill being played: the clock, acting, drafts, leaving and coming back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from drills.errors import DrillError
from drills.journal import EVENTS, RECORD
from drills.record import load_run, verify
from drills.session import Refused, Session
from drills.shelf import runs
from engine.events import Ended
from tests.drills.sessions import Clock, drill, let, started
from tests.hostile import CORPUS

MINUTE = 60_000


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_time_passes_at_the_pace(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 5)
    assert session.now_ms == 5 * MINUTE
    session.set_pace(120)
    let(session, clock, 5)
    assert session.now_ms == 15 * MINUTE


def test_the_desk_shows_what_the_world_says(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    assert session.desk.posts["ruth-asks"].text == "Was that meant for us?"
    assert [row.key for row in session.desk.queue() if row.key == "ruth-asks"] == ["ruth-asks"]


def test_while_paused_nothing_happens_and_nobody_acts(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.pause()
    let(session, clock, 30)
    assert session.now_ms == 3 * MINUTE
    with pytest.raises(Refused, match="clock stands still"):
        session.act("sweep")
    session.save_draft("ruth-asks", "Dear Ruth")
    session.unpause()
    session.act("sweep")
    assert session.draft("ruth-asks") == "Dear Ruth"


def test_a_closed_lid_is_not_played(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    clock.now += 180
    session.tick()
    assert (session.now_ms, session.paused, session.why_paused) == (3 * MINUTE, True, "away for 3 min")


@pytest.mark.parametrize("first", ["act", "pause", "unpause", "set_pace"])
def test_a_closed_lid_is_not_played_whoever_notices_it(first: str, tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    clock.now += 180
    if first == "act":
        with pytest.raises(Refused, match="clock stands still"):
            session.act("sweep")
    elif first == "set_pace":
        session.set_pace(10)
    else:
        getattr(session, first)()
    clock.now += 0.001
    session.tick()
    assert session.now_ms < 3.1 * MINUTE
    assert session.paused == (first != "unpause")


def test_a_run_goes_on_at_the_pace_it_was_left_at(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.set_pace(30)
    session.close()
    assert Session.resume(session.path, clock=clock).pace == 30


def test_a_failed_write_takes_nothing_and_leaves_no_gap(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda *_: 0)
        with pytest.raises(DrillError, match="disk is full"):
            session.act("sweep")
        full.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(DrillError, match="can't be written"):
            session.save_draft("reply", "Dear Ruth")
    first = session.act("classify", level=3)
    session.close()
    again = Session.resume(session.path, clock=clock)
    again.unpause()
    assert [first.id, again.act("sweep").id] == ["a1", "a2"]
    assert again.desk.swept_ms >= 0


def test_what_is_named_twice_is_done_once(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("publish", kind="holding", channels=("flit", "flit"), text="We are sorry. — Ana")
    ours = [view for view in session.desk.posts.values() if view.text == "We are sorry. — Ana"]
    assert [view.event.channel for view in ours] == ["flit"]


def test_what_it_really_was_is_told_after_endex_only(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    with pytest.raises(DrillError, match="after ENDEX"):
        session.truth()
    let(session, clock, 1)
    session.stop()
    assert session.truth() == [(0, 3)]


@pytest.mark.parametrize("killed", ["before the log", "in the log", "after the log"])
def test_a_crash_at_endex_loses_nothing(killed: str, tmp_path: Path, clock: Clock) -> None:
    """The log is stored before the `end` is recorded: whatever of it a crash left, the run goes on from its record."""
    session = started(tmp_path, clock)
    let(session, clock, 59)
    session.close()
    record = (session.path / RECORD).read_bytes()
    session = Session.resume(session.path, clock=clock)
    session.unpause()
    let(session, clock, 2)
    session.close()
    (session.path / RECORD).write_bytes(record)
    log = (session.path / EVENTS).read_bytes()
    kept = {"before the log": b"", "in the log": log[: len(log) // 2], "after the log": log}[killed]
    (session.path / EVENTS).write_bytes(kept)

    assert not load_run(session.path).complete and verify(session.path) == []
    again = Session.resume(session.path, clock=clock)
    again.unpause()
    again.act("note", text="a last word")
    let(again, clock, 2)
    assert again.ended and verify(again.path) == []
    assert any(line.what == "a last word" for line in load_run(again.path).desk.log)


def test_a_crash_between_a_stop_and_its_end_is_mended(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 4)
    session.stop()
    lines = (session.path / RECORD).read_bytes().splitlines(keepends=True)
    session.close()
    (session.path / RECORD).write_bytes(b"".join(lines[:-1]))
    again = Session.resume(session.path, clock=clock)
    again.tick()
    again.close()
    assert [info.state for info in runs(tmp_path / "runs")] == ["stopped"] and verify(session.path) == []


def test_an_action_is_on_disk_before_it_is_shown(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 3)
    action = session.act("reply", target="ruth-asks", text="No, Ruth, it was not. I am sorry. — Ana")
    lines = [json.loads(line) for line in (session.path / RECORD).read_text().splitlines()]
    assert lines[-1]["action"]["id"] == action.id
    assert session.desk.posts["ruth-asks"].answered_ms == 3 * MINUTE
    assert action.reading is not None and action.reading.overall > 0


def test_what_cannot_be_done_is_refused_and_leaves_no_trace(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    before = (session.path / RECORD).read_bytes()
    with pytest.raises(Refused, match="there is no post nobody to answer"):
        session.act("reply", target="nobody", text="Hello")
    with pytest.raises(Refused, match="it needs target"):
        session.act("pause")
    with pytest.raises(Refused, match="there is no action 'dance'"):
        session.act("dance")
    assert (session.path / RECORD).read_bytes() == before


def test_a_run_goes_on_where_it_was_left(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 6)
    session.act("classify", level=3, confidence="high")
    session.save_draft("statement", "We are sor")
    left, fingerprint = session.now_ms, session.world.fingerprint()
    session.close()

    again = Session.resume(session.path, clock=clock)
    assert (again.now_ms, again.world.fingerprint()) == (left, fingerprint)
    assert (again.paused, again.why_paused) == (True, "resumed")
    assert again.draft("statement") == "We are sor"
    assert again.desk.level == 3
    again.unpause()
    let(again, clock, 60)
    assert again.ended
    assert verify(again.path) == []


def test_two_cannot_play_the_same_run(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    with pytest.raises(DrillError):
        Session.resume(session.path, clock=clock)


def test_live_in_pieces_and_replayed_are_the_same_run(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 4, step=0.07)
    session.act("delete", target="own", kind="said")
    let(session, clock, 7, step=0.31)
    session.act("publish", kind="holding", channels=("flit",), text="That was wrong. We are sorry. — Ana")
    let(session, clock, 60, step=1.9)
    assert session.ended
    assert verify(session.path) == []
    stored = load_run(session.path)
    assert list(stored.log)[-1] == Ended(60 * MINUTE, "time")
    assert stored.fingerprint == session.world.fingerprint()
    assert {key: view.text for key, view in stored.desk.posts.items()} == {
        key: view.text for key, view in session.desk.posts.items()
    }


def test_a_record_that_was_changed_is_found_out(tmp_path: Path, clock: Clock) -> None:
    from drills.journal import Journal, read

    session = started(tmp_path, clock)
    let(session, clock, 4)
    session.act("sweep")
    let(session, clock, 60)
    header, *lines = read(session.path / RECORD).records
    forged = tmp_path / "forged" / RECORD
    with Journal.create(forged, header) as journal:
        for line in lines:
            changed = {**line, "action": {**line["action"], "at_ms": 5 * MINUTE}} if line["kind"] == "action" else line
            journal.append(changed, sync=False)
    assert any("fingerprint" in difference for difference in verify(forged.parent))


def test_a_stopped_run_says_so(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 4)
    session.stop("stopped")
    assert session.ended
    (info,) = runs(tmp_path / "runs")
    assert (info.state, info.reached_ms) == ("stopped", 4 * MINUTE)
    assert verify(session.path) == []


def test_the_list_of_runs_tells_unfinished_from_ended(tmp_path: Path, clock: Clock) -> None:
    first = started(tmp_path, clock)
    let(first, clock, 4)
    first.close()
    second = started(tmp_path, clock)
    let(second, clock, 61)
    found = {info.state: info for info in runs(tmp_path / "runs")}
    assert found["unfinished"].reached_ms == 4 * MINUTE
    assert found["ended"].total is not None and found["ended"].rating in "PSMU"


def test_the_record_is_private(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    session.save_draft("x", "secret")
    let(session, clock, 61)
    for path in session.path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
    assert session.path.stat().st_mode & 0o077 == 0


def test_a_draft_survives_a_crash_in_the_middle_of_writing(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    session.save_draft("reply", "Dear Ruth, I am")
    session.close()
    (session.path / "drafts.new").write_text('{"reply": "Dear Ru')
    assert Session.resume(session.path, clock=clock).draft("reply") == "Dear Ruth, I am"


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_hostile_words_of_the_team_are_made_harmless(name: str, tmp_path: Path, clock: Clock) -> None:
    from scenarios.text import is_clean

    session = started(tmp_path, clock)
    let(session, clock, 3)
    action = session.act("note", text=f"x{CORPUS[name][:500]}")
    assert is_clean(action.text)
    session.close()
    assert Session.resume(session.path, clock=clock).desk.log[-1].what == action.text


def test_another_version_of_luck_is_told_plainly(tmp_path: Path, clock: Clock) -> None:
    from drills.journal import Journal, read

    session = started(tmp_path, clock)
    session.close()
    (header,) = read(session.path / RECORD).records[:1]
    old = tmp_path / "old" / RECORD
    Journal.create(old, {**header, "draws": 0}).close()
    for opening in (Session.resume, verify, load_run):
        with pytest.raises(DrillError, match="version 0 of the draws"):
            opening(old.parent)


def test_editing_the_scenario_changes_no_old_run(tmp_path: Path, clock: Clock) -> None:
    session = started(tmp_path, clock)
    let(session, clock, 4)
    session.close()
    (tmp_path / "mini.yaml").write_text("id: changed\n")
    again = Session.resume(session.path, clock=clock)
    assert again.drill.title == "A small storm"


def test_floors_give_people_time_to_type(tmp_path: Path, clock: Clock) -> None:
    """At sixty scenario minutes a minute, ten minutes would be ten seconds: the desk gives a real minute."""
    session = started(tmp_path, clock)
    let(session, clock, 3)
    row = next(row for row in session.desk.queue() if row.key == "ruth-asks")
    assert row.due_ms == 2 * MINUTE + 60 * MINUTE
    assert drill(tmp_path).real_minutes == 30


def test_editing_the_files_that_come_with_us_changes_no_old_run(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drills.plan import people
    from scenarios.channels import KNOWN

    session = started(tmp_path, clock)
    let(session, clock, 4)
    session.act("escalate", to=("com",), text="Look at this.")
    let(session, clock, 60)
    monkeypatch.setitem(KNOWN, "flit", {**KNOWN["flit"], "share": 0.1, "char_limit": 20})
    monkeypatch.setitem(people.HABITS, "COM", (1, 2, 3))
    assert verify(session.path) == []
    assert load_run(session.path).drill.scenario.channels[0].char_limit == 280
