"""The ghost: which run it is, and what it says of each moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drills.ghost import Ghost, ghost_of, then
from drills.retry import retry
from drills.session import Session
from scenarios.moments import MINUTE
from tests.drills.sessions import Clock, let, started
from tests.engine.worlds import STORY

GHOST = Ghost(
    "run",
    "2026-01-05T10:00:00+01:00",
    61.0,
    "M",
    60 * MINUTE,
    ((5 * MINUTE, 2), (20 * MINUTE, 3)),
    ((0, 15), (10 * MINUTE, 41)),
    ((9 * MINUTE, "holding"), (30 * MINUTE, "crisis page")),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def played(folder: Path, clock: Clock, *, stop: bool = False, **given: Any) -> Path:
    """A run to its end, or stopped in its third minute."""
    session = started(folder, clock, **given)
    let(session, clock, 3)
    session.act("classify", level=2)
    session.act("publish", kind="holding", channels=("flit",), text="We are looking into it. Ana")
    if stop:
        session.stop()
    session.skip_to(session.ends_ms)
    session.close()
    return session.path


@pytest.mark.parametrize(
    ("minute", "words"),
    [
        (1, "Your last run at this moment: no level yet, nothing said yet, anger 15"),
        (9.5, "Your last run at this moment: L2, holding out just now, anger 15"),
        (12, "Your last run at this moment: L2, holding out 3 min ago, anger 41"),
        (31, "Your last run at this moment: L3, crisis page out 1 min ago, anger 41"),
        (60, "Your last run was over by now"),
    ],
)
def test_it_says_where_it_stood(minute: float, words: str) -> None:
    assert words == then(GHOST, int(minute * MINUTE))


def test_hours_are_told_as_hours() -> None:
    longer = Ghost("run", "", None, "", 300 * MINUTE, (), (), ((0, "first reply"),))
    assert "first reply out 2 h 5 min ago" in then(longer, 125 * MINUTE)


def test_it_is_the_newest_finished_run_with_the_same_luck(tmp_path: Path, clock: Clock) -> None:
    first = played(tmp_path, clock)
    second = played(tmp_path, clock)
    played(tmp_path, clock, seed=2)
    played(tmp_path, clock, stop=True)
    now = started(tmp_path, clock)
    found = ghost_of(now.path)
    now.close()
    assert found is not None and second.name == found.run
    assert ((3 * MINUTE, 2),) == found.levels
    assert ((3 * MINUTE, "holding"),) == found.spoken
    assert found.anger and found.total is not None
    older = ghost_of(second)
    assert older is not None and first.name == older.run, "a run is compared with those before it"
    assert ghost_of(first) is None


def test_a_run_that_ended_on_another_story_is_no_ghost(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(tmp_path, clock)
    monkeypatch.setattr("tests.drills.sessions.STORY", STORY.replace("A small storm", "Another storm"))
    now = started(tmp_path, clock)
    assert ghost_of(now.path) is None
    now.close()


def test_a_record_that_cannot_be_read_is_passed_over(tmp_path: Path, clock: Clock) -> None:
    first, second = played(tmp_path, clock), played(tmp_path, clock)
    lines = (second / "record.jsonl").read_bytes().splitlines(keepends=True)
    (second / "record.jsonl").write_bytes(b"".join([lines[0], lines[1][:9] + b"\n", *lines[2:]]))
    now = started(tmp_path, clock)
    found = ghost_of(now.path)
    now.close()
    assert found is not None and first.name == found.run


def test_a_retry_plays_against_the_run_it_was_made_of(tmp_path: Path, clock: Clock) -> None:
    old = played(tmp_path, clock)
    again = Session.resume(retry(old, tmp_path / "runs", action="a1"), clock=clock)
    found = ghost_of(again.path)
    again.close()
    assert found is not None and old.name == found.run
