"""Every verb, from its keys to the session: what the person presses, and what the session is asked to do."""

from __future__ import annotations

from typing import Any

import pytest

from engine.actions import VERBS
from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, story
from tui.widgets.choices import Choices

# The queue of the story, from the top: 36 questions, the radio, the care home, a question on the rumour, the rumour,
# the executive, a question about dates, thanks, a draft to approve.
CARE, RUMOUR, DRAFT = ("j", "j"), ("j", "j", "j", "j"), ("G",)

WALK: dict[str, tuple[tuple[str, ...], str, dict[str, Any]]] = {
    "flag": ((*CARE, "f", "p"), "", {"target": "care1", "kind": "priority"}),
    "assign": ((*CARE, "a", "j", "enter"), "", {"target": "care1", "to": ("ben",)}),
    "sweep": (("S",), "", {}),
    "classify": (("c", "3", "enter"), "", {"level": 3, "confidence": "medium"}),
    "note": ((*CARE, "s", "o", "k", "enter"), "", {"text": "ok", "target": "care1"}),
    "reply": ((*RUMOUR, "r"), "The lab found no chemicals.", {"target": "watch1"}),
    "message": ((*CARE, "m"), "We call you now.", {"target": "care1"}),
    "publish": (("w",), "We test the water.", {"kind": "holding", "channels": ("flit",)}),
    "pin": (("P", "enter"), "", {"target": "our-t0"}),
    "hub": (("H",), "What we know.", {"kind": "open"}),
    "answer_press": (("t", "enter"), "Ana speaks at noon.", {"target": "press1"}),
    "pause": (("6", "z"), "", {"target": "spring"}),
    "edit": (("6", "E"), " Sorry.", {"target": "spring", "text": "Pure. Fresh. Yours. #spring Sorry."}),
    "resume": (("6", "Z"), "", {"target": "spring"}),
    "delete": (("D", "enter", "s"), "", {"target": "own1", "kind": "said"}),
    "hide": ((*CARE, "B", "y"), "", {"target": "care1"}),
    "close_account": (("K", "enter", "y"), "", {"target": "flit"}),
    "escalate": (("e", "space", "enter"), "Brown water since 8.", {"to": ("ana",)}),
    "ask": (("q", "G", "k", "enter"), "When is the result.", {"to": ("sato",)}),
    "request_approval": (("A",), "The text.", {"kind": "official", "to": ("ana", "lea")}),
    "decide": ((*DRAFT, "y", "a"), "", {"target": "draft1", "kind": "approve"}),
    "inform": (("i", "j", "enter"), "You know now.", {"to": ("sato",)}),
    "stand_down": (("O", "y"), "", {}),
    "review_fake": (("F", "y"), "Best water ever.", {"target": "flit"}),
}


def test_the_walk_leaves_no_verb_out() -> None:
    assert set(WALK) == set(VERBS)


@pytest.mark.parametrize("verb", WALK)
async def test_a_verb_reaches_the_session_by_its_keys(verb: str) -> None:
    pressed, text, expected = WALK[verb]
    async with playing(ScriptedSession(story())) as played:
        if verb == "pin":
            played.desk.act("publish", kind="holding", channels=("flit",), text="We know.")
        await played.press(*pressed)
        if text:
            assert played.desk.composer.open
            await played.type(text)
            await played.send()
        assert played.did[-1:] == [verb]
        action = played.session.acted[-1]
        if text and "text" not in expected:
            expected = {**expected, "text": text}
        assert expected == {name: getattr(action, name) for name in expected}


async def test_the_verb_menu_leads_there_too() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("v", "O", "y")
        assert played.did == ["stand_down"]


async def test_a_press_query_is_answered_as_press_with_r() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "r")
        await played.type("Ana at noon.")
        await played.send()
        assert [(action.do, action.target) for action in played.session.acted] == [("answer_press", "press1")]


async def test_an_executive_is_informed_with_r() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("3", "j", "r")
        await played.type("We test.")
        await played.send()
        action = played.session.acted[-1]
        assert ("inform", "boss1", ("ana",)) == (action.do, action.target, action.to)


async def test_reply_all_answers_the_whole_group() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("R")
        assert "36 posts" in played.text
        await played.type("Boil it.")
        await played.send()
        action = played.session.acted[-1]
        assert len(action.also) == 35 and action.target not in action.also


async def test_marked_rows_are_flagged_together() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "space", "space", "d")
        action = played.session.acted[-1]
        assert ("flag", "dismissed") == (action.do, action.kind)
        assert {"care1", "mum1"} == {action.target, *action.also}


async def test_undo_takes_the_last_flag_back() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "d")
        assert played.session.desk.posts["care1"].flags == ("dismissed",)
        await played.press("u")
        assert played.session.desk.posts["care1"].flags == ()


async def test_a_refusal_is_said_and_nothing_else_happens() -> None:
    async with playing(ScriptedSession(story())) as played:
        played.session.refuse = "the drill is paused"
        await played.press("S")
        await played.pilot.pause(0.1)
        assert played.did == []
        assert "The drill is paused" in played.text


@pytest.mark.parametrize(
    "keys",
    [("K", "enter", "n"), ("F", "escape"), ("O", "n"), ("X", "escape"), ("j", "j", "B", "escape"), ("D", "escape")],
)
async def test_the_tempting_ones_ask_first(keys: tuple[str, ...]) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*keys)
        assert played.did == [] and not played.session.ended


# -- nobody calls themselves: the seat is SML, and Ben Holm has that role


@pytest.mark.parametrize("verb", ["e", "q", "i"])
async def test_nobody_is_offered_themselves_to_call(verb: str) -> None:
    async with playing(ScriptedSession(story()), (160, 45)) as played:
        await played.press(verb)
        offered = played.app.screen.query_one(Choices)
        assert "ben" in played.session.desk.contacts
        assert ["ana", "sato", "lea"] == [one.id for one in offered.items] and not offered.marked


async def test_oneself_is_not_in_the_team_and_does_not_approve() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("4")
        assert "Ana Ruiz" in played.text and "Ben Holm" not in played.text
        await played.press("A")
        assert "Ben Holm" not in played.text


async def test_a_chosen_author_who_is_oneself_is_not_called() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*DRAFT, "at", "e")
        assert not played.app.screen.query_one(Choices).marked


async def test_where_nobody_has_the_seats_role_nobody_is_left_out() -> None:
    session = ScriptedSession(story())
    session.seat = "REP"
    async with playing(session) as played:
        await played.press("e")
        assert 4 == len(played.app.screen.query_one(Choices).items)
