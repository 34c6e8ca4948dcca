"""Scripted teams: they play as people do, through the session, and the same again under the same luck."""

from __future__ import annotations

from pathlib import Path

import pytest

from drills.drill import Drill
from drills.responders import LOOK_MS, RESPONDERS, play
from drills.scoring import score
from drills.session import Session
from engine.events import Published, Void
from tests.drills.sessions import drill

MINUTE = 60_000


@pytest.fixture
def mini(tmp_path: Path) -> Drill:
    """The small story."""
    return drill(tmp_path)


def played(mini: Drill, responder: str, seed: int = 1) -> Session:
    """A rehearsal that a scripted team has played to its end."""
    session = Session.rehearse(mini, seed=seed)
    play(session, responder)
    return session


def done(session: Session) -> list[str]:
    """What was done, in order."""
    return [action.do for action in session.desk.actions]


def test_the_three_that_every_trainer_needs_are_there() -> None:
    assert {"textbook", "silent", "defensive"} <= set(RESPONDERS)


@pytest.mark.parametrize("responder", RESPONDERS)
def test_a_team_plays_to_the_end_and_the_same_again(responder: str, mini: Drill) -> None:
    one, two = played(mini, responder, 5), played(mini, responder, 5)
    assert one.ended and one.world.fingerprint() == two.world.fingerprint()


@pytest.mark.parametrize("responder", RESPONDERS)
def test_no_team_does_what_cannot_be_done(responder: str, mini: Drill) -> None:
    session = played(mini, responder)
    assert [] == [event for event in session.world.log if isinstance(event, Void)]


@pytest.mark.parametrize("responder", RESPONDERS)
def test_a_team_has_two_hands(responder: str, mini: Drill) -> None:
    """It looks every ten seconds, does one thing at a time, and leaves no slot of a text unfilled."""
    session = played(mini, responder)
    moments = [action.at_ms for action in session.desk.actions]
    assert all(moment % LOOK_MS == 0 for moment in moments)
    assert len(set(moments)) >= len(moments) - 1
    assert not [action.text for action in session.desk.actions if "{" in action.text or "}" in action.text]


def test_silence_is_silence(mini: Drill) -> None:
    session = played(mini, "silent")
    assert [] == done(session)
    assert not [event for event in session.world.log if isinstance(event, Published)]


def test_the_book_begins_with_a_look_round_and_what_hurts_comes_down(mini: Drill) -> None:
    session = played(mini, "textbook")
    assert ["sweep", "delete"] == done(session)[:2]
    (deleted,) = (action for action in session.desk.actions if action.do == "delete")
    assert ("own", "said") == (deleted.target, deleted.kind)
    assert 3 == session.desk.levels[0][1]


def test_the_book_answers_who_asks_and_holds_what_clashes(mini: Drill) -> None:
    session = played(mini, "textbook")
    assert session.desk.posts["ruth-asks"].answered_ms > 0
    assert 0 < session.desk.inbox["press"].answered_ms <= session.desk.inbox["press"].due_ms
    assert "paused" == session.desk.contents["advert"].state
    (decided,) = (action for action in session.desk.actions if action.do == "decide")
    assert "return" == decided.kind


def test_the_book_stands_down_when_it_may(mini: Drill) -> None:
    session = played(mini, "textbook")
    assert session.desk.stood_down_ms >= 45 * MINUTE
    assert session.desk.ended is not None and "stood down" == session.desk.ended.why


def test_the_defensive_deny_delete_without_a_word_and_leave_the_advertisement_in(mini: Drill) -> None:
    session = played(mini, "defensive")
    (deleted,) = (action for action in session.desk.actions if action.do == "delete")
    assert "silent" == deleted.kind
    assert 1 == session.desk.level
    assert "fired" == session.desk.contents["advert"].state
    first = next(action for action in session.desk.actions if action.do == "publish")
    assert first.reading is not None and first.reading.acts.get("defensive", 0) > 0


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_book_beats_silence_and_defence_under_every_luck(seed: int, mini: Drill) -> None:
    totals = {responder: score(played(mini, responder, seed).run()).total for responder in RESPONDERS}
    assert totals["textbook"] > max(totals["silent"], totals["defensive"]), totals


def test_a_team_can_play_a_run_that_is_kept(mini: Drill, tmp_path: Path) -> None:
    from drills.record import verify
    from tests.drills.sessions import Clock

    session = Session.start(mini, tmp_path / "runs", seed=1, clock=Clock())
    play(session, "textbook")
    assert session.ended and [] == verify(session.path)
    assert played(mini, "textbook").world.fingerprint() == session.world.fingerprint()


def test_times_of_day_are_those_of_the_story(mini: Drill) -> None:
    session = Session.rehearse(mini)
    team = RESPONDERS["textbook"](session)
    assert "09:00" == team.clock(0)  # type: ignore[union-attr]
    assert ["09:05", "10:00", "00:00"] == [
        team.clock(minutes * MINUTE)
        for minutes in (1, 60, 15 * 60)  # type: ignore[union-attr]
    ]
