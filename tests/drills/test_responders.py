"""Scripted teams: they play as people do, through the session, and the same again under the same luck."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from drills import joining
from drills.drill import Drill
from drills.responders import LOOK_MS, RESPONDERS, boilerplate, defensive, over_reactor, play, steps, team
from drills.responders import team as at_desk
from drills.responders.character import character
from drills.run import ANGRY, angry_posts
from drills.scoring import score
from drills.session import Session
from engine.events import Published, Void
from tests.drills.sessions import drill
from tests.engine.worlds import STORY

MINUTE = 60_000
CRISES = ("brightpan-debate-night", "stackfold-is-down", "tarn-and-tide")
DECOY = "cafe-lumo"
ORDER = ("textbook", "slow", "boilerplate", "defensive", "silent")
"""From the best team in a crisis to the worst; the last two in any order."""


@pytest.fixture
def mini(tmp_path: Path) -> Drill:
    """The small story."""
    return drill(tmp_path)


@pytest.fixture(scope="module", autouse=True)
def spared() -> Iterator[None]:
    """A run makes much and drops little: looking for garbage less often halves its time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    yield
    gc.set_threshold(*usual)


def played(mini: Drill, responder: str, seed: int = 1) -> Session:
    """A rehearsal that a scripted team has played to its end."""
    session = Session.rehearse(mini, seed=seed)
    play(session, responder)
    return session


def of_kind(kind: str, folder: Path) -> Drill:
    """The small story as a crisis, an issue or an opportunity."""
    path = folder / f"{kind}.yaml"
    path.write_text(STORY.replace("id: mini", f"id: mini\nkind: {kind}"), "utf-8")
    return joining.from_path(path)


@cache
def shipped(name: str) -> Drill:
    """The shipped drill of that name."""
    return joining.find(name)


@cache
def outcome(name: str, responder: str, seed: int) -> tuple[float, int]:
    """What a team scores in a shipped drill, and how large the storm becomes."""
    run = played(shipped(name), responder, seed).run()
    return score(run).total, angry_posts(run)


def done(session: Session) -> list[str]:
    """What was done, in order."""
    return [action.do for action in session.desk.actions]


def share_answered(session: Session) -> float:
    """Of those who wanted an answer in public, how many got one within half an hour."""
    wanted = [view for view in session.desk.posts.values() if view.due_ms >= 0]
    return sum(1 for view in wanted if 0 <= view.answered_ms <= view.event.at_ms + 30 * MINUTE) / len(wanted)


def test_the_teams_that_a_trainer_needs_are_there() -> None:
    assert {*ORDER, "over-reactor"} == set(RESPONDERS)


# -- what every team keeps to ------------------------------------------------------------------------------------


@pytest.mark.parametrize("responder", RESPONDERS, ids="the-{}".format)
def test_a_team_plays_to_the_end_and_the_same_again(responder: str, mini: Drill) -> None:
    one, two = played(mini, responder, 5), played(mini, responder, 5)
    assert one.ended and one.world.fingerprint() == two.world.fingerprint()


@pytest.mark.parametrize("responder", RESPONDERS, ids="the-{}".format)
@pytest.mark.parametrize("kind", ["crisis", "issue", "opportunity"])
def test_everything_that_a_team_tries_is_taken(kind: str, responder: str, tmp_path: Path) -> None:
    """Nothing is refused, nothing is void, and no slot of a text is left open."""
    session = Session.rehearse(of_kind(kind, tmp_path), seed=1)
    assert () == play(session, responder)
    assert [] == [event for event in session.world.log if isinstance(event, Void)]
    assert not [action.text for action in session.desk.actions if "{" in action.text or "}" in action.text]


@pytest.mark.parametrize("responder", RESPONDERS, ids="the-{}".format)
@pytest.mark.parametrize("name", [*CRISES, DECOY])
def test_nothing_is_refused_in_a_shipped_drill(name: str, responder: str) -> None:
    assert () == play(Session.rehearse(shipped(name), seed=7), responder)


@pytest.mark.parametrize("responder", RESPONDERS, ids="the-{}".format)
def test_a_team_has_two_hands(responder: str, mini: Drill) -> None:
    """It looks at most every ten seconds, and does one thing at a time."""
    session = played(mini, responder)
    moments = [action.at_ms for action in session.desk.actions]
    assert all(moment % LOOK_MS == 0 for moment in moments)
    assert len(set(moments)) == len(moments)


@pytest.mark.parametrize("responder", sorted(set(RESPONDERS) - {"silent"}), ids="the-{}".format)
def test_a_team_has_words_of_its_own_for_every_kind_of_scenario(responder: str) -> None:
    """Only what is said inside the house is the same everywhere."""
    crisis, issue, opportunity = (character(responder).words(kind) for kind in ("crisis", "issue", "opportunity"))
    inside = {"sitrep", "boundary", "returned"}
    assert set(crisis) - inside == set(issue) - inside == set(opportunity) - inside
    for use in set(crisis) - inside:
        assert 3 == len({crisis[use], issue[use], opportunity[use]}), use


@pytest.mark.parametrize("module", [steps, at_desk, boilerplate, defensive, over_reactor])
def test_only_the_book_knows_what_this_really_is(module: object) -> None:
    """The rest is read off the desk: neither the truth nor what is expected nor the model answers."""
    source = inspect.getsource(module)  # type: ignore[arg-type]
    assert [] == [word for word in ("truth", "expected", "scenario.models", "beats", "contingency") if word in source]


def test_a_team_can_play_a_run_that_is_kept(mini: Drill, tmp_path: Path) -> None:
    from drills.record import verify
    from tests.drills.sessions import Clock

    session = Session.start(mini, tmp_path / "runs", seed=1, clock=Clock())
    play(session, "textbook")
    assert session.ended and [] == verify(session.path)
    assert played(mini, "textbook").world.fingerprint() == session.world.fingerprint()


def test_times_of_day_are_those_of_the_story(mini: Drill) -> None:
    players = team(Session.rehearse(mini), "textbook")
    assert "09:00" == players.clock(0)
    assert ["09:05", "10:00", "00:00"] == [players.clock(minutes * MINUTE) for minutes in (1, 60, 15 * 60)]


# -- what each team is like --------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("name", CRISES)
def test_the_slow_say_their_first_public_word_after_three_quarters_of_an_hour(name: str) -> None:
    session = played(shipped(name), "slow")
    public = [out.at_ms for out in session.desk.published.values() if out.form in ("statement", "reply", "hub")]
    assert 45 * MINUTE <= public[0] <= 60 * MINUTE
    assert share_answered(session) < share_answered(played(shipped(name), "textbook"))


def test_boilerplate_is_two_sentences_under_everything() -> None:
    session = played(shipped(CRISES[0]), "boilerplate")
    replies = [action for action in session.desk.actions if action.do == "reply"]
    assert 2 == len({action.text for action in replies}) < len(replies)
    assert session.desk.levels[0][0] <= 5 * MINUTE
    said = [action.reading for action in session.desk.actions if action.do in ("reply", "publish")]
    assert not any(reading is None or "apology_active" in reading.acts or reading.claims for reading in said)


def test_the_defensive_deny_delete_without_a_word_and_leave_the_advertisement_in(mini: Drill) -> None:
    session = played(mini, "defensive")
    (deleted,) = (action for action in session.desk.actions if action.do == "delete")
    assert "silent" == deleted.kind
    assert 1 == session.desk.level
    assert "fired" == session.desk.contents["advert"].state
    first = next(action for action in session.desk.actions if action.do == "publish")
    assert first.reading is not None and first.reading.acts.get("defensive", 0) > 0


def test_the_over_reactor_wakes_everybody_and_pays_for_everything() -> None:
    session = played(shipped(DECOY), "over-reactor")
    assert [4] == [level for _, level in session.desk.levels] and session.desk.levels[0][0] <= MINUTE
    assert not [one for one in session.desk.contacts.values() if one.state == "idle" and one.colleague.on_duty]
    statement = next(action for action in session.desk.actions if action.do == "publish")
    assert ("official", "Ines Marold") == (statement.kind, statement.signed_by)
    assert {"flit", "grano", "rateo"} <= set(statement.channels)
    assert {"apology_active", "compensation"} <= set(statement.reading.acts if statement.reading else ())
    assert len([action for action in session.desk.actions if action.kind == "update"]) >= 2


# -- what that is worth ------------------------------------------------------------------------------------------


def test_ordinary_traffic_and_our_own_posts_are_no_storm(mini: Drill) -> None:
    run = played(mini, "defensive").run()
    assert 0 < angry_posts(run) < len(run.posts())
    storm = [post for post in run.posts() if post.mood in ANGRY]
    assert angry_posts(run) == len([post for post in storm if post.form != "chatter"])
    assert "brand" not in {post.author for post in storm}


def in_order(scores: list[float], storms: list[float]) -> bool:
    """Better teams score more and leave less anger; whether nobody was angry twice is not compared."""
    *best, defensive_score, silent_score = scores
    *calm, defensive_storm, silent_storm = storms
    higher = all(a > b for a, b in zip(best, [*best[1:], max(defensive_score, silent_score)], strict=True))
    calmer = all(
        a < b or a == b == 0 for a, b in zip(calm, [*calm[1:], min(defensive_storm, silent_storm)], strict=True)
    )
    return higher and calmer


@pytest.mark.parametrize("name", CRISES)
def test_in_a_crisis_the_better_team_scores_more_and_leaves_less_anger(name: str) -> None:
    """On average over a few seeds; seed by seed it is a slow test."""
    results = [[outcome(name, who, seed) for seed in range(1, 4)] for who in ORDER]
    scores = [mean(total for total, _ in result) for result in results]
    storms = [mean(storm for _, storm in result) for result in results]
    assert in_order(scores, storms), (scores, storms)


@pytest.mark.slow
@pytest.mark.parametrize("name", CRISES)
def test_in_a_crisis_the_order_holds_in_nineteen_seeds_of_twenty(name: str) -> None:
    wrong = {}
    for seed in range(1, 101):
        results = [outcome(name, who, seed) for who in ORDER]
        if not in_order([total for total, _ in results], [float(storm) for _, storm in results]):
            wrong[seed] = dict(zip(ORDER, results, strict=True))
    assert len(wrong) <= 5, wrong


@pytest.mark.parametrize("seed", range(1, 4))
def test_in_the_decoy_the_over_reaction_is_what_makes_the_story(seed: int) -> None:
    book, silent, too_much = (outcome(DECOY, who, seed) for who in ("textbook", "silent", "over-reactor"))
    assert book[0] > max(silent[0], too_much[0])
    assert too_much[1] > 10 + max(book[1], silent[1])
