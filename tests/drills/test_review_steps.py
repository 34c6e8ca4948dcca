"""A run step by step: what was seen, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drills.past import PastRun
from drills.review_steps import Step, Steps
from drills.session import Session
from engine.events import Acted, InjectFired, Posted, TruthChanged
from scenarios.moments import MINUTE
from tests.drills.sessions import Clock, let, started

WORDS = "I am sorry that we wrote this. We look into it and write again at ten. Ana"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Classified at minute 3, a reply at 5, a statement at 9, then silence to the end."""
    clock = Clock()
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("classify", level=2, confidence="medium")
    let(session, clock, 2)
    session.act("reply", target="ruth-asks", text=WORDS)
    let(session, clock, 4)
    session.act("publish", kind="holding", channels=("flit",), text=WORDS)
    session.skip_to(session.ends_ms)
    session.close()
    yield session


@pytest.fixture
def steps(session: Session) -> Steps:
    return Steps(session.log(), session.desk)


def at(steps: Steps, key: str) -> Step:
    return next(step for step in steps.all if step.key == key)


def test_every_scripted_event_action_and_change_of_the_truth_is_a_step(steps: Steps, session: Session) -> None:
    log = session.log()
    expected = sum(isinstance(event, Acted | InjectFired | TruthChanged) for event in log)
    assert expected == sum(step.kind in ("did", "came", "truth") for step in steps.all)
    assert [step.at_ms for step in steps.all] == sorted(step.at_ms for step in steps.all)


def test_what_was_seen_is_the_desk_of_that_moment(steps: Steps, session: Session) -> None:
    """The same as folding the log by hand up to just before the action."""
    for step in steps.all:
        if step.kind != "did":
            continue
        desk = session.desk.anew()
        for event in session.log():
            if isinstance(event, Acted) and event.action.id == step.key:
                break
            desk.apply(event)
        desk.now_ms = step.at_ms
        assert (len(desk.queue()), desk.late(), desk.anger, desk.level) == (
            step.seen.waiting, step.seen.late, step.seen.anger, step.seen.level,
        )  # fmt: skip


def test_the_team_s_level_and_the_true_one_are_told_apart(steps: Steps, session: Session) -> None:
    assert (None, 3) == (at(steps, "a1").seen.level, at(steps, "a1").seen.truth)
    assert (2, 3) == (at(steps, "a2").seen.level, at(steps, "a2").seen.truth)
    told = [step.words[:9] for step in steps.all if step.kind == "truth"]
    assert [f"it was L{level}" for _, level in session.truth()] == told


def test_an_action_is_told_with_names_and_in_the_past(steps: Steps) -> None:
    assert "said this was L2, medium confidence" == at(steps, "a1").words
    assert at(steps, "a2").words.startswith("answered @ruth")
    assert at(steps, "ruth-asks").words == "Ruth Ash: “Was that meant for us?”"
    assert at(steps, "own").words.startswith("your own post: “Eat it")
    assert at(steps, "press").words.startswith("press query from Mara Quill: ")


def test_what_came_of_a_step_is_what_leads_back_to_it(steps: Steps, session: Session) -> None:
    outcome = steps.outcome(at(steps, "own"))
    direct = [one for one in session.log() if isinstance(one, Posted) and one.cause == "own" and one.key != "own"]
    assert direct and outcome.posts >= len(direct)
    assert outcome.next and all(not view.ours for view in outcome.next)
    assert [view.event.at_ms for view in outcome.next] == sorted(view.event.at_ms for view in outcome.next)
    assert all(view.event.at_ms >= at(steps, "own").at_ms for view in outcome.next)


def test_what_we_answer_is_not_charged_with_what_our_answer_brought(steps: Steps, session: Session) -> None:
    """Our reply hangs below a post, but its cause is our action."""
    asked, answered = steps.outcome(at(steps, "ruth-asks")), steps.outcome(at(steps, "a2"))
    ours = {view.key for view in answered.next if view.event.quotes}
    assert not ours & {view.key for view in asked.next}


def test_the_mood_after_a_step_is_that_of_ten_minutes_later_or_of_the_end(steps: Steps, session: Session) -> None:
    outcome = steps.outcome(at(steps, "a3"))
    assert 10 * MINUTE == outcome.later_ms
    assert steps.anger_at(19 * MINUTE) == outcome.anger
    end = steps.outcome(steps.all[-1])
    assert steps.all[-1].at_ms + end.later_ms <= session.ends_ms


def test_what_came_says_when_it_was_answered(steps: Steps) -> None:
    found = steps.answered(at(steps, "ruth-asks"))
    assert found is not None and 5 * MINUTE == found[0]
    assert steps.answered(at(steps, "press")) is None


def test_the_log_between_two_steps_repeats_no_step(steps: Steps, session: Session) -> None:
    told = [line for number in range(len(steps.all)) for line in steps.meanwhile(number)]
    assert any("now known: The soup was cold." in line.what for line in told)
    assert not any("said this is" in line.what or "says this is" in line.what for line in told)
    first = steps.all[0].at_ms
    missed = [line for line in session.desk.log if line.at_ms < first]
    assert [] == missed


def test_a_stored_run_gives_the_same_steps(steps: Steps, session: Session) -> None:
    past = PastRun(session.path)
    assert [(one.at_ms, one.words, one.seen) for one in steps.all] == [
        (one.at_ms, one.words, one.seen) for one in Steps(past.log(), past.desk).all
    ]
