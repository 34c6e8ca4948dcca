"""What each action does, and why some cannot be done."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from engine.actions import VERBS
from engine.events import (
    Branched,
    ContentChanged,
    ContentFired,
    Deleted,
    InjectFired,
    Posted,
    Published,
    TruthChanged,
    Void,
)
from engine.world import World
from scenarios.terms import Do
from tests.engine.worlds import MINUTE, RUDE, SORRY, action, played, statement


def of(world: World, kind: type) -> list:  # type: ignore[type-arg]
    return [event for event in world.log if isinstance(event, kind)]


def why(*actions) -> str:  # type: ignore[no-untyped-def]
    """Why the last of these actions could not be done."""
    return str(of(played(actions=actions), Void)[-1].why)


def test_every_verb_is_described() -> None:
    assert set(VERBS) == set(get_args(Do))


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_says_what_it_lacks(verb: str) -> None:
    lacking = VERBS[verb].needs
    if lacking:
        assert why(action(15, verb)) == f"it needs {lacking[0].replace('_', ' ')}"


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (action(5, "reply", target="own", text="x"), "there is no post own to answer"),
        (action(5, "reply", target="ruth-asks", text="x" * 281), "281 characters; flit takes 280"),
        (action(5, "message", target="nobody", text="x"), "there is nobody to write to at nobody"),
        (action(5, "message", target="own", text="x"), "there is nobody to write to at own"),
        (action(5, "flag", target="nobody", kind="priority"), "there is nothing called nobody to mark"),
        (action(5, "assign", target="own", to=("nobody",)), "there is nobody called nobody"),
        (action(5, "classify", level=7), "a level is L0 to L4, not 7"),
        (
            action(5, "publish", text="x", kind="novel", channels=("flit",)),
            "a statement is holding, official or update",
        ),
        (action(5, "publish", text="x", kind="holding", channels=("radio",)), "we have no channel radio"),
        (action(5, "publish", text="x", kind="holding", channels=("flit",), approval="a9"), "has not been given"),
        (action(5, "hub", text="x", kind="update"), "the crisis page is not open yet"),
        (action(30, "pause", target="advert"), "it has gone out already"),
        (action(5, "pause", target="nothing"), "nothing scheduled is called nothing"),
        (action(5, "resume", target="advert"), "nothing that is held is called advert"),
        (action(5, "delete", target="ruth-asks"), "ruth-asks is no post of ours"),
        (action(5, "hide", target="own"), "there is no post own to hide"),
        (action(5, "escalate", to=("nobody",), text="x"), "there is nobody called nobody"),
        (action(5, "decide", target="draft", kind="approve"), "nobody has sent us a draft draft"),
        (action(5, "answer_press", target="press", text="x"), "there is no press query press"),
        (action(5, "close_account", target="radio"), "we have no account radio"),
        (action(5, "pin", target="ruth-asks"), "ruth-asks is no statement of ours"),
    ],
)
def test_what_cannot_be_done_says_why(deed, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert sentence in why(deed)


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (action(15, "decide", target="draft", kind="approve"), "that draft has been decided on"),
        (action(15, "hide", target="ruth-asks"), "it is gone already"),
        (action(15, "delete", target="own", kind="said"), "it is gone already"),
        (action(15, "close_account", target="hub"), "it is closed already"),
    ],
)
def test_nothing_final_is_done_twice(deed, sentence: str) -> None:  # type: ignore[no-untyped-def]
    world = played(actions=[deed, replace(deed, id="again", at_ms=16 * MINUTE)])
    assert [(void.action, void.why) for void in of(world, Void)] == [("again", sentence)]


def test_a_closed_crisis_page_takes_nothing_more() -> None:
    assert "is closed" in why(action(5, "close_account", target="hub"), action(6, "hub", text="x", kind="open"))


def test_a_channel_without_private_messages_takes_none_from_a_scripted_post_either() -> None:
    world = played(
        actions=[action(5, "message", target="ruth-asks", text="x")], channels=[{"id": "flit", "dm": "none"}]
    )
    assert of(world, Void)[-1].why == "flit has no private messages"


def test_a_reply_appears_under_the_post_it_answers() -> None:
    world = played(actions=[action(5, "reply", target="ruth-asks", text="Sorry, Ruth.", reading=SORRY)])
    (out,) = of(world, Published)
    assert (out.form, out.targets) == ("reply", ("ruth-asks",))
    ours = [post for post in of(world, Posted) if post.key == out.key]
    assert [(post.author, post.parent, post.text) for post in ours] == [("brand", "ruth-asks", "Sorry, Ruth.")]


def test_a_private_message_is_seen_by_nobody_else() -> None:
    world = played(actions=[action(5, "message", target="ruth-asks", text="Hello Ruth", reading=SORRY)])
    assert [out.form for out in of(world, Published)] == ["message"]
    assert not [post for post in of(world, Posted) if "Hello Ruth" in post.text]


def test_a_statement_appears_on_each_of_its_channels() -> None:
    world = played(actions=[statement(5, channels=("flit", "plaza"))])
    assert {p.channel for p in of(world, Posted) if p.key.startswith("our-statement-1") and p.author == "brand"} == {
        "flit", "plaza",
    }  # fmt: skip


def test_the_crisis_page_takes_its_time_and_then_takes_answers() -> None:
    opened = action(5, "hub", kind="open", text="What we know.", reading=SORRY)
    answer = action(20, "hub", kind="answer", text="Yes, all soups.", reading=SORRY)
    assert [out.at_ms // MINUTE for out in of(played(actions=[opened, answer]), Published)] == [17, 20]


def test_a_statement_waits_for_a_crisis_page_that_is_not_open_and_for_no_other() -> None:
    opened = action(5, "hub", kind="open", text="What we know.", reading=SORRY)
    early, late = statement(6, channels=("flit", "hub")), statement(30, channels=("flit", "hub"))
    out = [one.at_ms // MINUTE for one in of(played(actions=[opened, early, late]), Published) if one.form != "hub"]
    assert out == [18, 30]


def test_a_held_item_that_is_let_go_late_goes_out_at_once() -> None:
    world = played(actions=[action(5, "pause", target="advert"), action(30, "resume", target="advert")])
    fired = [(event.content, event.at_ms // MINUTE) for event in of(world, ContentFired)]
    assert ("advert", 30) in fired


def test_an_edited_item_goes_out_with_its_new_words() -> None:
    world = played(actions=[action(5, "edit", target="advert", text="Soup, and sorry.", reading=SORRY)])
    assert [post.text for post in of(world, Posted) if post.key == "advert"] == ["Soup, and sorry."]


def test_a_held_item_stays_held_when_its_words_are_changed() -> None:
    held = [action(5, "pause", target="advert"), action(6, "edit", target="advert", text="Sorry.", id="e")]
    assert [event.content for event in of(played(actions=held), ContentFired)] == ["letter"]
    let_go = played(actions=[*held, action(30, "resume", target="advert")])
    assert [post.text for post in of(let_go, Posted) if post.key == "advert"] == ["Sorry."]


def test_a_reply_to_a_group_answers_only_those_who_wrote() -> None:
    (out,) = of(
        played(actions=[action(3, "reply", target="ruth-asks", also=("ruth-asks", "nobody"), text="Sorry.")]), Published
    )
    assert out.targets == ("ruth-asks",)


def test_telling_somebody_about_a_mail_answers_it() -> None:
    """As the desk shows it: a condition on what waits must not say otherwise."""
    beats = [
        {"id": "order", "at": "T+2m", "kind": "executive", "text": "What is this?", "needs": "question"},
        {"id": "angry", "when": {"unanswered": {"inject": "order", "for": "10m"}}, "text": "Hello?"},
    ]
    told = action(4, "inform", target="order", to=("boss",), text="A cold soup; we are on it.")
    assert "angry" in {event.inject for event in of(played(beats=beats), InjectFired)}
    assert "angry" not in {event.inject for event in of(played(actions=[told], beats=beats), InjectFired)}


def test_a_sweep_finds_what_is_on_no_list() -> None:
    found = of(played(actions=[action(5, "sweep")]), ContentChanged)
    assert [(event.content, event.state) for event in found] == [("letter", "found")]


def test_an_approved_draft_of_a_colleague_goes_out_in_our_name() -> None:
    approved = played(actions=[action(15, "decide", target="draft", kind="approve", reading=RUDE)])
    assert "It was your own fault." in [post.text for post in of(approved, Posted)]
    returned = played(actions=[action(15, "decide", target="draft", kind="return", text="No.", reading=RUDE)])
    assert "It was your own fault." not in [post.text for post in of(returned, Posted)]


def test_a_deleted_post_is_gone_and_a_closed_account_is_closed() -> None:
    world = played(actions=[action(3, "delete", target="own", kind="said"), action(9, "close_account", target="flit")])
    assert [(event.post, event.how) for event in of(world, Deleted)] == [("own", "said"), ("flit", "closed")]
    assert "closed" in why(action(9, "close_account", target="flit"), statement(11))


def test_an_inject_on_a_condition_comes_only_when_it_holds() -> None:
    def fired(world: World) -> dict[str, str]:
        return {event.inject: event.by for event in of(world, InjectFired)}

    assert fired(played())["still"] == "condition"
    assert "still" not in fired(played(actions=[statement(5)]))


def test_a_branch_fires_its_inject_and_changes_the_truth() -> None:
    calmed = played(actions=[statement(5)])
    assert of(calmed, Branched)[0].branch == "forgiven"
    assert "thanks" in [event.inject for event in of(calmed, InjectFired)]
    advert_out = played()
    worse = [(event.at_ms // MINUTE, event.level) for event in of(advert_out, TruthChanged)]
    assert (22, 4) in worse
    assert worse[-1][1] == 4, "what a branch made worse stays so until ENDEX"


def test_planted_praise_is_found_out() -> None:
    world = played(actions=[action(5, "review_fake", target="flit", text="Best soup ever", reading=SORRY)])
    effects = world.public.moods.feelings["soup"].effects
    assert any(effect.name == "planted_praise" and effect.m == 1_600_000 for effect in effects)
