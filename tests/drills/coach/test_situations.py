"""When the coach has something to say, and that it says no more than what can be seen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from drills.coach.ladder import hint, next_rung
from drills.coach.model import RUNGS, Situation, Taken, texts
from drills.coach.situations import found
from drills.plan.rules import Escalation
from engine.actions import Action
from engine.events import (
    Acted,
    ApprovalAsked,
    ApprovalTimedOut,
    Event,
    Mood,
    Posted,
    Published,
    Received,
)
from engine.reading import Promise, Reading
from scenarios.model import Model
from scenarios.packaged import packaged
from tests.tui.scripted import MINUTE, PLAN, SCENARIO, ScriptedSession, post

WORDS = packaged("drills.coach", "hints.yaml")


def desk(*events: Event, now: float = 12) -> ScriptedSession:
    """A desk that saw these and nothing else, at this minute."""
    session = ScriptedSession(events, now_ms=round(now * MINUTE))
    session.tick()
    return session


def at(session: ScriptedSession, pace: float = 2.0) -> dict[str, Situation]:
    """What one could want help with, in its order."""
    return {one.id: one for one in found(session.desk, plan=PLAN, seat="SML", pace=pace)}


def did(minute: float, do: Any, **given: Any) -> Acted:
    """Something that the team did."""
    at_ms = round(minute * MINUTE)
    return Acted(at_ms, Action(f"a{at_ms}", at_ms, "SML", do, **given))


def said(minute: float, form: str = "statement", **given: Any) -> list[Event]:
    """A text of the team, out."""
    act = did(minute, given.pop("do", "publish"), reading=given.pop("reading", None))
    values = {"kind": "holding", "channels": ("plaza",), "targets": (), "signed_by": "", "text": "A word.", **given}
    return [act, Published(act.at_ms, f"our-{act.action.id}", act.action.id, form, **values)]


HARM = post("ill", 1, "care", "My child is sick from it.", need="harm", theme="safe", form="scripted")
COMPLAINT = post("dirty", 1, "mum", "Brown water.", need="complaint", theme="safe")
PRESS = Received(1 * MINUTE, "press1", "press", "radio", "On air", "Is it safe?", True, 40 * MINUTE, "", "p1", "")


def angry(minute: float, anger: int) -> Mood:
    """How the public feels from this minute on, 0 to 100."""
    return Mood(round(minute * MINUTE), "safe", anger * 10_000, 500_000, 0, 1_000_000, 5)


# -- triggers ------------------------------------------------------------------------------------------------------


def test_an_empty_desk_wants_no_help() -> None:
    assert {} == at(desk(now=0))


def test_harm_is_spoken_of_at_once_and_before_the_level() -> None:
    assert ["priority", "unnamed", "row"] == list(at(desk(HARM, now=1)))


def test_the_press_is_spoken_of_after_a_minute_in_which_nobody_did_anything() -> None:
    assert "priority" not in at(desk(PRESS, now=2.9), pace=2)  # a real minute is two at this pace
    assert "press1" == at(desk(PRESS, now=3), pace=2)["priority"].about
    assert "priority" not in at(desk(PRESS, did(2, "sweep"), now=3), pace=2)


def test_what_somebody_marked_as_priority_is_one() -> None:
    assert "priority" not in at(desk(COMPLAINT, now=8))
    assert "dirty" == at(desk(COMPLAINT, did(2, "flag", target="dirty", kind="priority"), now=8))["priority"].about


@pytest.mark.parametrize(("minute", "level", "spoken"), [(17, 2, True), (16, 2, False), (17, 1, False)])
def test_what_is_scheduled_is_spoken_of_three_minutes_before_it_goes(minute: float, level: int, spoken: bool) -> None:
    session = desk(did(1, "classify", level=level), now=minute)
    assert spoken is ("content" in at(session))


@pytest.mark.parametrize(("minute", "spoken"), [(5.9, False), (6, True), (20, True)])
def test_whom_the_plan_wants_told_is_spoken_of_five_minutes_before_until_somebody_calls(
    minute: float, spoken: bool
) -> None:
    notice = Escalation.model_validate({"L3": [{"to": "lea", "within": "10m"}]})
    plan = PLAN.model_copy(update={"escalation": notice})
    named = did(1, "classify", level=3)

    def untold(*events: Event) -> list[str]:
        seen = found(desk(named, *events, now=minute).desk, plan=plan, seat="SML", pace=2)
        return [one.about for one in seen if one.id == "untold"]

    assert (["lea"] if spoken else []) == untold()
    assert [] == untold(did(2, "inform", to=("lea",)))


def test_the_first_word_belongs_where_people_first_spoke_of_it() -> None:
    serious = (COMPLAINT, did(2, "classify", level=2))
    assert "first-word" not in at(desk(*serious, now=9))
    assert "Flit" == at(desk(*serious, now=11))["first-word"].words["channel"]
    assert "first-word" in at(desk(*serious, *said(3, channels=("plaza",)), now=11)), "elsewhere is not there"
    assert "first-word" not in at(desk(*serious, *said(3, channels=("flit",)), now=11))
    assert "first-word" not in at(desk(*serious, *said(3, "reply", targets=("dirty",), channels=()), now=11))


@pytest.mark.parametrize(("minute", "due"), [(24, False), (25, True), (31, True), (33, False)])
def test_a_promise_is_spoken_of_from_five_minutes_before_it_is_due(minute: float, due: bool) -> None:
    promised = Reading(promises=(Promise("update", 30 * MINUTE),))
    assert due is ("promise" in at(desk(*said(5, reading=promised), now=minute)))


def test_a_promise_that_was_kept_is_not_spoken_of() -> None:
    promised = Reading(promises=(Promise("update", 30 * MINUTE),))
    assert "promise" not in at(desk(*said(5, reading=promised), *said(26, kind="update"), now=28))


def test_a_draft_that_waits_longer_than_the_plan_gives_is_spoken_of() -> None:
    asked = did(1, "request_approval", to=("ana",), kind="holding")
    waiting = (asked, ApprovalAsked(1 * MINUTE, asked.action.id, "ana", 0))
    timeout = PLAN.approval.timeout // MINUTE
    assert "approval" not in at(desk(*waiting, now=1 + timeout))
    assert "Ana Ruiz" == at(desk(*waiting, now=2 + timeout))["approval"].words["who"]
    late = ApprovalTimedOut((1 + timeout) * MINUTE, asked.action.id, "ana")
    assert "approval" in at(desk(*waiting, late, now=2 + timeout))
    assert "approval" not in at(desk(*waiting, did(2 + timeout, "request_approval", to=("ben",)), now=3 + timeout))


def test_more_words_to_everybody_than_answers_is_spoken_of_while_somebody_waits() -> None:
    assert "talk" in at(desk(COMPLAINT, *said(2), now=4))
    answered = said(3, "reply", targets=("other",), channels=())
    other = replace(COMPLAINT, key="other", theme="praise")
    assert "talk" not in at(desk(COMPLAINT, other, *said(2), *answered, now=4))
    assert "talk" not in at(desk(*said(2), now=4)), "nobody waits"


# -- the level -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "events", "named"),
    [
        (1, (angry(2, 70),), "anger at 70 of 100"),
        (1, (HARM,), "1 call for help"),
        (1, (PRESS,), "1 query of the press"),
        (3, (angry(2, 20),), "anger at 20 of 100"),
    ],
)
def test_a_level_that_does_not_go_with_what_is_seen_is_asked_about_after_a_while(
    level: int, events: tuple[Event, ...], named: str
) -> None:
    named_level = did(1, "classify", level=level)
    assert "level" not in at(desk(named_level, *events, now=5.9))
    assert named in at(desk(named_level, *events, now=20))["level"].words["signs"]


def test_a_level_that_goes_with_what_is_seen_is_left_alone() -> None:
    assert "level" not in at(desk(did(1, "classify", level=2), HARM, angry(2, 70), now=14))


@pytest.mark.parametrize("truth", ["L0", "L1", "L4"])
@pytest.mark.parametrize("level", [1, 3])
def test_what_it_truly_is_changes_no_word_of_the_coach(truth: str, level: int) -> None:
    session = desk(did(1, "classify", level=level), HARM, angry(2, 70), now=25)
    before = [hint(one, rung, session.desk) for one in at(session).values() for rung in (1, 2, 3)]
    step = SCENARIO.truth[0].model_copy(update={"level": int(truth[1])})
    session.desk.scenario = SCENARIO.model_copy(update={"truth": (step,)})
    assert before == [hint(one, rung, session.desk) for one in at(session).values() for rung in (1, 2, 3)]


def test_a_hint_on_the_level_names_both_directions_and_none() -> None:
    for level in (1, 3):
        session = desk(did(1, "classify", level=level), HARM if level == 1 else angry(2, 20), now=25)
        asked = hint(at(session)["level"], 1, session.desk)
        assert asked is not None and asked.text.index("more") < asked.text.index("less")
        pointed = hint(at(session)["level"], 2, session.desk)
        assert pointed is not None and not re.search(r"higher|lower|too|raise|more|less", pointed.text)


# -- rungs ---------------------------------------------------------------------------------------------------------


def test_help_comes_in_rungs_one_at_a_time() -> None:
    session = desk(HARM)
    one = at(session)["priority"]
    assert 1 == next_rung(one, ())
    assert 3 == next_rung(one, [Taken(0, "priority", "ill", 2), Taken(0, "priority", "other", 3)])
    asked, pointed, framed = [hint(one, rung, session.desk) for rung in (1, 2, 3)]
    assert asked is not None and asked.text.endswith("?") and "" == asked.rule == asked.does
    assert pointed is not None and ("Cd1", "reply") == (pointed.rule, pointed.does) and "@oakfield_care" in pointed.text
    assert framed is not None and "[" in framed.text and not framed.more


def test_a_model_text_comes_after_a_try_only() -> None:
    model = Model(use="reply", to="ill", text="Stop drinking it now, Oakfield.")
    session = desk(HARM)
    session.desk.scenario = SCENARIO.model_copy(update={"models": (model,)})
    one = at(session)["priority"]
    assert hint(one, 4, session.desk) is None
    session.happen(*said(12, "reply", do="reply", targets=("ill",), channels=()))
    session.tick()
    shown = hint(one, 4, session.desk)
    assert shown is not None and model.text == shown.text


def test_the_model_of_another_post_is_not_shown() -> None:
    model = Model(use="reply", to="other", text="Something else.")
    session = desk(HARM, *said(3, "reply", do="reply", targets=("ill",), channels=()))
    session.desk.scenario = SCENARIO.model_copy(update={"models": (model,)})
    assert hint(Situation("row", "ill", {"who": "x", "use": "reply"}, ("reply",), "safe"), 4, session.desk) is None


def test_every_situation_has_a_question_a_pointer_with_its_rule_and_a_pattern() -> None:
    sources = r"S[0-4]-\d\d|[A-Z][a-z]\d|\{rule\}"
    for name in WORDS["situations"]:
        row = texts(name)
        assert row["question"].endswith("?"), name
        assert re.fullmatch(sources, row["rule"]), name
        assert all(row[rung] for rung in RUNGS[:3]), name


def test_hostile_words_in_a_name_are_data() -> None:
    nasty = "{desk} [bold]%s{0}"
    session = desk(Posted(MINUTE, "x", nasty, "flit", "safe", "harm", "", "", "scripted", "", "", nasty, 3))
    shown = hint(at(session)["priority"], 2, session.desk)
    assert shown is not None and nasty in shown.text
