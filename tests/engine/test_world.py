"""The laws of the world (design, section 4)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.actions import Action
from engine.events import ContentFired, Ended, Event, Posted, Shared, Void, from_data, to_data
from engine.world import World
from tests.engine.worlds import MINUTE, RUDE, SORRY, action, played, setup, statement

END = 60 * MINUTE

deeds = st.one_of(
    st.builds(
        lambda at, bad: statement(at / MINUTE, RUDE if bad else SORRY),
        st.integers(0, END - 1),
        st.booleans(),
    ),
    st.builds(
        lambda at: action(at / MINUTE, "reply", target="ruth-asks", text="Sorry, Ruth.", reading=SORRY),
        st.integers(0, END - 1),
    ),
    st.builds(lambda at: action(at / MINUTE, "pause", target="advert"), st.integers(0, END - 1)),
    st.builds(lambda at: action(at / MINUTE, "sweep"), st.integers(0, END - 1)),
    st.builds(
        lambda at, who: action(at / MINUTE, "escalate", to=(who,), text="Look."),
        st.integers(0, END - 1),
        st.sampled_from(["com", "chef", "boss", "nobody"]),
    ),
    st.builds(
        lambda at: action(at / MINUTE, "request_approval", to=("com",), text="Sorry.", kind="holding", reading=SORRY),
        st.integers(0, END - 1),
    ),
    st.builds(
        lambda at, kind: action(at / MINUTE, "delete", target="own", kind=kind),
        st.integers(0, END - 1),
        st.sampled_from(["said", "silent"]),
    ),
)  # fmt: skip


def numbered(actions: list[Action]) -> list[Action]:
    """In the order of their moments, each with an id of its own."""
    ordered = sorted(actions, key=lambda each: each.at_ms)
    return [replace(one, id=f"a{number}") for number, one in enumerate(ordered)]


@given(st.integers(0, 2**63), st.lists(deeds, max_size=8), st.lists(st.integers(1, 7 * MINUTE), max_size=30))
def test_ticks_do_not_matter(seed: int, raw: list[Action], ticks: list[int]) -> None:
    actions = numbered(raw)
    expected = played(seed, actions).fingerprint()

    world, todo = World(setup(seed)), list(actions)
    for tick in [*ticks, END]:
        to_ms = min(world.now_ms + tick, END)
        while todo and todo[0].at_ms <= to_ms:
            world.advance(todo[0].at_ms)
            if world.ended:
                break
            world.act(todo.pop(0))
        if not world.ended:
            world.advance(to_ms)
    assert world.ended
    assert expected == world.fingerprint()


@given(st.integers(0, 2**63), st.lists(deeds, max_size=6))
def test_the_same_seed_and_actions_give_the_same_log(seed: int, raw: list[Action]) -> None:
    actions = numbered(raw)
    assert played(seed, actions).log == played(seed, actions).log


@given(st.integers(0, 2**32), st.lists(deeds, min_size=1, max_size=6), st.data())
def test_luck_has_no_memory(seed: int, raw: list[Action], data: st.DataObject) -> None:
    actions = numbered(raw)
    dropped = data.draw(st.sampled_from(actions))
    one, other = played(seed, actions), played(seed, [each for each in actions if each is not dropped])

    def before(world: World) -> list[Event]:
        return [event for event in world.log if event.at_ms < dropped.at_ms]

    assert before(one) == before(other)
    first = {post.key: post for post in one.log if isinstance(post, Posted) and of_itself(post)}
    for post in other.log:
        if isinstance(post, Posted) and post.key in first:
            same = first[post.key]
            assert (same.author, same.parent, same.at_ms) == (post.author, post.parent, post.at_ms)
            assert same.channel == post.channel
            assert same.need == post.need or "none" in (same.need, post.need), "who is not angry complains of nothing"


def of_itself(post: Posted) -> bool:
    """Whether somebody of the crowd wrote it. What is scripted on a condition comes when the condition holds."""
    return post.author != "brand" and post.form != "scripted"


@given(st.integers(0, 2**32), st.lists(deeds, min_size=1, max_size=5), st.data())
def test_a_key_means_one_moment_and_one_place(seed: int, raw: list[Action], data: st.DataObject) -> None:
    """Also where a text of ours moves to another channel: whoever reacts to it there is somebody else."""
    actions = numbered(raw)
    elsewhere = [replace(each, channels=("plaza",)) if each.channels else each for each in actions]
    one, other = played(seed, actions), played(seed, elsewhere)

    def crowd(world: World) -> dict[str, tuple[int, str]]:
        return {
            event.key: (event.at_ms, event.author)
            for event in world.log
            if isinstance(event, Shared) or (isinstance(event, Posted) and of_itself(event))
        }

    first, second = crowd(one), crowd(other)
    assert all(first[key] == second[key] for key in first.keys() & second.keys())


@given(st.lists(deeds, max_size=6))
def test_time_never_goes_back(raw: list[Action]) -> None:
    moments = [event.at_ms for event in played(3, numbered(raw)).log]
    assert sorted(moments) == moments


@given(st.lists(deeds, max_size=6))
def test_every_event_survives_json(raw: list[Action]) -> None:
    for event in played(4, numbered(raw)).log:
        assert from_data(json.loads(json.dumps(to_data(event)))) == event


def test_an_action_comes_before_everything_else_of_its_millisecond() -> None:
    """The advertisement is due at T+20m; an action of that very millisecond still stops it."""
    world = played(actions=[action(20, "pause", target="advert")])
    assert not [event for event in world.log if isinstance(event, ContentFired) and event.content == "advert"]
    assert not [event for event in world.log if isinstance(event, Void)]


def test_a_paused_advertisement_does_not_go_out() -> None:
    def fired(world: World) -> list[str]:
        return [event.content for event in world.log if isinstance(event, ContentFired)]

    assert fired(played()) == ["advert", "letter"]
    assert fired(played(actions=[action(5, "pause", target="advert")])) == ["letter"]


def test_time_cannot_go_back() -> None:
    world = World(setup())
    world.advance(5 * MINUTE)
    with pytest.raises(ValueError, match="can't go back"):
        world.advance(4 * MINUTE)


def test_an_action_must_be_of_now() -> None:
    with pytest.raises(ValueError, match="can't be taken"):
        World(setup()).act(action(1, "sweep"))


def test_an_impossible_action_is_void_and_changes_nothing_else() -> None:
    nothing = played().log
    voided = played(actions=[action(7, "reply", target="nobody", text="Hello")])
    voids = [event for event in voided.log if isinstance(event, Void)]
    assert [void.target for void in voids] == ["nobody"]
    assert [event for event in voided.log if not isinstance(event, Void)] == nothing


def test_a_listener_must_not_act() -> None:
    seen: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, Posted) and event.key == "ruth-asks":
            with pytest.raises(RuntimeError, match="listener"):
                world.act(action(2, "sweep"))
            seen.append(event.key)

    world = World(setup(), listen)
    world.advance(3 * MINUTE)
    assert seen == ["ruth-asks"]


def test_the_run_ends_once_and_takes_nothing_afterwards() -> None:
    world = played()
    assert [event.why for event in world.log if isinstance(event, Ended)] == ["time"]
    with pytest.raises(RuntimeError, match="ended"):
        world.act(action(60, "sweep"))


def test_a_rightful_stand_down_ends_the_run_and_a_hasty_one_does_not() -> None:
    rightful, hasty = played(actions=[action(46, "stand_down")]), played(actions=[action(20, "stand_down")])
    assert rightful.log[-1] == Ended(51 * MINUTE, "stood down")
    assert hasty.log[-1] == Ended(60 * MINUTE, "time")


def test_the_cap_is_kept_and_reported() -> None:
    from engine.events import Capped

    world = played(public={"baseline": 0, "coefficients": {"most_posts": 4}})
    posts = sum(isinstance(event, Posted | Shared) and event.at_ms > 0 for event in world.log)
    assert any(isinstance(event, Capped) for event in world.log)
    assert posts < 10
