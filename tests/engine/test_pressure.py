"""Executives whom nobody tells, journalists whom nobody answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.actions import Action
from engine.events import Mood, Received
from engine.setup import Colleague, Wanted
from engine.world import World
from tests.engine.worlds import COLLEAGUES, MINUTE, action, played, statement

WORDS = {
    "colleague.uninformed": ("Why not from you?",),
    "colleague.controls": ("Nothing without me.",),
    "colleague.bypassed": ("You published without me.",),
    "colleague.interview": ("{who} of {brand} talks.",),
    "press.unanswered": ("{who}: {brand} did not answer by {time}.",),
}
QUIET = {"beats": [{"id": "own", "at": "T+0m", "kind": "own_post", "channel": "flit", "text": "Eat", "theme": "soup"}]}
"""A story in which nobody scripts a journalist or an executive."""


def world(*actions: Action, within: int = 10, sitrep: int = 0, seed: int = 1, **changes) -> World:  # type: ignore[no-untyped-def]
    """Three hours of the small story, at L3 throughout; the boss wants to hear of that within so many minutes."""
    fields = {
        "words": WORDS, "wanted": (Wanted("boss", 3, within * MINUTE),), "sitrep_ms": sitrep * MINUTE,
        "lasts": "3h", "truth": [{"level": "L3"}], "branches": [], **QUIET, **changes,
    }  # fmt: skip
    return played(seed, actions, **fields)


def heard(of: World, *media: str) -> list[tuple[int, str, str]]:
    """What came from above or was in the news: minute, medium, text."""
    wanted = media or ("executive", "news", "mail")
    return [
        (event.at_ms // MINUTE, event.medium, event.text)
        for event in of.log
        if isinstance(event, Received) and event.medium in wanted
    ]


def tell(at: float, who: str = "boss", **fields) -> Action:  # type: ignore[no-untyped-def]
    return action(at, "inform", to=(who,), text="Where we stand.", **fields)


def test_an_executive_whom_nobody_tells_asks_then_controls_then_talks() -> None:
    assert heard(world()) == [
        (16, "executive", "Why not from you?"),  # the first look is at one minute; 15 minutes are half again of 10
        (46, "executive", "Nothing without me."),
        (76, "news", "Ada of Mini talks."),
    ]


def test_what_they_tell_a_journalist_makes_people_angrier() -> None:
    told = [event for event in world().log if isinstance(event, Mood) and "executive_alone" in str(event.terms)]
    assert [event.at_ms // MINUTE for event in told] == [76]


def test_the_plan_says_how_long_they_wait_between_steps() -> None:
    assert [minute for minute, _, _ in heard(world(sitrep=20))] == [16, 36, 56]


def test_once_they_want_to_see_everything_a_statement_without_them_is_answered() -> None:
    assert heard(world(statement(30)), "mail") == []
    assert heard(world(statement(50.5)), "mail") == [(51, "mail", "You published without me.")]


def test_a_statement_that_they_have_approved_is_not() -> None:
    asked = action(48, "request_approval", to=("boss",), kind="official", channels=("flit",), text="Sorry.")
    out = statement(170, kind="official", approval=asked.id)
    quick = replace(COLLEAGUES[2], p50_ms=MINUTE, p90_ms=MINUTE, review_ms=MINUTE)
    assert heard(world(asked, out, colleagues=(*COLLEAGUES[:2], quick)), "mail") == []


@pytest.mark.parametrize("at", [0, 9, 15])
def test_whoever_has_been_told_in_time_says_nothing(at: int) -> None:
    assert heard(world(tell(at))) == []


@given(within=st.integers(1, 40), sitrep=st.integers(5, 60), share=st.floats(0.2, 1), seed=st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_a_team_that_keeps_to_the_plan_never_hears_from_above(
    within: int, sitrep: int, share: float, seed: int
) -> None:
    """Told within the plan's time, and again as often as it says, or sooner."""
    first = within * share
    reports = [tell(first + number * sitrep * share, id=f"r{number}") for number in range(400)]
    told = [report for report in reports if report.at_ms < 180 * MINUTE]
    assert heard(world(*told, within=within, sitrep=sitrep, seed=seed)) == []


def test_a_report_begins_it_anew_and_one_that_stops_does_not_last() -> None:
    assert heard(world(tell(20))) == [(16, "executive", "Why not from you?")]
    minutes = [minute for minute, _, _ in heard(world(tell(20), sitrep=30))]
    assert minutes == [16, 65, 95, 125]  # 45 minutes after the report, then every 30


def test_an_answer_to_what_they_asked_is_a_report() -> None:
    (asked,) = (event for event in world(tell(20)).log if isinstance(event, Received) and event.medium == "executive")
    assert asked.needs_answer and asked.due_ms == asked.at_ms + 15 * MINUTE
    for do in ("inform", "message"):
        reply = action(18, do, target=asked.key, to=("com",), text="It is this.")
        assert [minute for minute, _, _ in heard(world(reply))] == [16]


def test_the_cabinet_speaks_for_its_seats() -> None:
    cabinet = Colleague("cabinet", "Cabinet", "CAB", "management", MINUTE, MINUTE, "", True, 0, (), seats=("boss",))
    assert heard(world(tell(12, "cabinet"), colleagues=(*COLLEAGUES, cabinet))) == []


def test_a_higher_level_must_be_told_again() -> None:
    rising = [{"level": "L3"}, {"at": "T+60m", "level": "L4"}]
    wanted = (Wanted("boss", 3, 10 * MINUTE), Wanted("boss", 4, 10 * MINUTE))
    assert [minute for minute, _, _ in heard(world(tell(5), wanted=wanted, truth=rising))] == [75, 105, 135]
    early = action(55, "classify", level=4)
    assert heard(world(tell(5), early, tell(56), wanted=wanted, truth=rising)) == []


def test_what_comes_back_must_be_told_again_and_only_then() -> None:
    again = [{"level": "L3"}, {"at": "T+60m", "level": "L1"}, {"at": "T+120m", "level": "L3"}]
    first = (tell(5), tell(35))
    assert heard(world(*first, tell(125), tell(155), sitrep=30, truth=again)) == []
    assert [minute for minute, _, _ in heard(world(*first, sitrep=30, truth=again))] == [135, 165]


def test_nobody_goes_further_when_it_is_over() -> None:
    assert [minute for minute, _, _ in heard(world(truth=[{"level": "L3"}, {"at": "T+30m", "level": "L1"}]))] == [16]


def test_nobody_steps_in_below_the_level_at_which_they_want_to_be_told() -> None:
    assert heard(world(truth=[{"level": "L2"}])) == []


def test_an_executive_who_sits_at_the_desk_needs_no_call() -> None:
    note = Action("n1", 2 * MINUTE, "EXE", "note", text="I am here.")
    assert heard(world(note)) == []


def test_a_scenario_that_scripts_an_executive_speaks_for_all_of_them() -> None:
    scripted = {"beats": [*QUIET["beats"], {"id": "boss-asks", "at": "T+100m", "kind": "executive", "text": "Well?"}]}
    assert heard(world(**scripted)) == [(100, "executive", "Well?")]


# Journalists


def test_a_journalist_who_is_not_answered_in_time_writes_that() -> None:
    silent = played(words=WORDS)
    (news,) = heard(silent, "news")
    assert news == (29, "news", "Mara Quill: Mini did not answer by 09:29.")
    moods = [event for event in silent.log if isinstance(event, Mood)]
    assert any(why == "press_unanswered press-unanswered" for event in moods for why, _ in event.terms)


def test_a_journalist_who_is_answered_writes_no_such_thing() -> None:
    reply = action(28, "answer_press", target="press", text="We look into it.")
    assert heard(played(actions=[reply], words=WORDS), "news") == []


@pytest.mark.parametrize(
    "when",
    [
        {"unanswered": {"inject": "press", "for": "30m"}},
        {"all_of": [{"after": "T+20m"}, {"none_of": [{"acted": {"do": "answer_press", "target": "press"}}]}]},
    ],
)
def test_a_story_that_goes_on_from_the_silence_itself_is_left_alone(when: dict[str, object]) -> None:
    branches = [{"id": "printed", "when": when, "then": {"heat": 1.2}}]
    assert heard(played(words=WORDS, branches=branches), "news") == []
