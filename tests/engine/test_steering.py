"""The facilitator's hand: each verb changes what it names and nothing else; a steered run is always the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.actions import Action
from engine.events import (
    ApprovalDecided,
    Called,
    ContentFired,
    Event,
    FactLearnt,
    InjectFired,
    Laid,
    Nudged,
    Posted,
    Reached,
    Received,
    Steered,
    TruthChanged,
    Unreachable,
    Withdrawn,
    from_data,
    to_data,
)
from engine.reading import PPM
from engine.setup import Persona, Wanted
from engine.steering import STEERS, SWITCHES, Steering
from engine.world import World
from tests.engine.worlds import MINUTE, SORRY, action, played, setup


def steer(at_min: float, do: str, **given_: Any) -> Steering:
    at_ms = round(at_min * MINUTE)
    return Steering(f"{do}-{at_ms}", at_ms, do, **given_)


def steered(*things: Action | Steering, seed: int = 1, until_ms: int | None = None, **changes: Any) -> World:
    """A world in which these were done, in the order of their moments."""
    world = World(setup(seed, **changes))
    for one in sorted(things, key=lambda each: each.at_ms):
        world.advance(one.at_ms)
        world.steer(one) if isinstance(one, Steering) else world.act(one)
    world.advance(world.ends_ms if until_ms is None else until_ms)
    return world


def of(world: World, kind: type) -> list[Any]:
    return [event for event in world.log if isinstance(event, kind)]


def fired(world: World) -> dict[str, tuple[float, str]]:
    return {event.inject: (event.at_ms / MINUTE, event.by) for event in of(world, InjectFired)}


def but_steered(log: Iterable[Event]) -> list[Event]:
    return [event for event in log if not isinstance(event, Steered)]


def test_an_inject_that_is_fired_comes_at_once_and_only_once() -> None:
    assert fired(steered(steer(3, "fire", target="press")))["press"] == (3, "facilitator")
    assert fired(steered(steer(3, "fire", target="thanks")))["thanks"] == (3, "facilitator")
    assert len(of(steered(steer(3, "fire", target="press")), InjectFired)) == len(of(played(), InjectFired))


def test_an_inject_that_is_held_waits_for_its_release() -> None:
    assert "press" not in fired(steered(steer(3, "hold", target="press")))
    assert fired(steered(steer(3, "hold", target="press"), steer(5, "release", target="press")))["press"] == (9, "time")
    late = steered(steer(3, "hold", target="press"), steer(20, "release", target="press"))
    assert fired(late)["press"] == (20, "time")
    on_condition = steered(steer(3, "hold", target="still"), steer(30, "release", target="still"))
    assert fired(on_condition)["still"] == (30, "condition")


def test_what_is_left_out_does_not_come_and_can_still_be_fired() -> None:
    assert "press" not in fired(steered(steer(3, "skip", target="press")))
    both = steered(steer(3, "skip", target="press"), steer(12, "fire", target="press"))
    assert fired(both)["press"] == (12, "facilitator")


def test_what_is_to_come_is_shifted_and_what_has_been_is_not() -> None:
    plain, later = steered(until_ms=45 * MINUTE), steered(steer(3, "shift", number=10 * MINUTE))
    assert fired(plain)["press"][0] == 9 and fired(later)["press"][0] == 19
    assert fired(later)["own"][0] == 0 and fired(later)["ruth-asks"][0] == 2
    assert [event.at_ms // MINUTE for event in of(later, ContentFired)] == [30, 35]
    assert [event.at_ms // MINUTE for event in of(later, TruthChanged)][:1] == [0]
    assert {event.fact: event.at_ms // MINUTE for event in of(later, FactLearnt)} == {"f1": 15}


def test_a_shift_to_before_now_brings_it_now_and_one_past_the_end_never() -> None:
    assert fired(steered(steer(3, "shift", number=-30 * MINUTE)))["press"][0] == 3
    assert "press" not in fired(steered(steer(3, "shift", number=55 * MINUTE)))
    back = steered(steer(3, "shift", number=55 * MINUTE), steer(4, "shift", number=-55 * MINUTE))
    assert fired(back)["press"][0] == 9


def test_what_is_to_come_is_stretched_from_now_on() -> None:
    assert fired(steered(steer(3, "stretch", number=2 * PPM)))["press"][0] == 15
    assert fired(steered(steer(3, "stretch", number=PPM // 2)))["press"][0] == 6


def test_the_volume_turns_the_crowd_up_and_down() -> None:
    quiet, plain, loud = [
        len(of(steered(steer(0, "volume", number=share)), Posted)) for share in (PPM // 10, PPM, 3 * PPM)
    ]
    assert quiet < plain < loud
    assert len(of(played(), Posted)) == plain


BOTS = tuple(Persona(f"b{number}", f"Bot {number}", f"@bot{number}") for number in range(9))


def voices(*things: Steering, **changes: Any) -> set[str]:
    """As whom the crowd spoke after the third minute, at three times the volume."""
    world = steered(steer(0, "volume", number=3 * PPM), *things, **changes)
    return {post.voice for post in of(world, Posted) if post.at_ms > 3 * MINUTE}


def test_bots_and_competitors_are_silent_from_the_moment_they_are_switched_off() -> None:
    assert {"bot", "competitor", "troll"} <= voices(bots=BOTS)
    off = steer(3, "switch", target="bots", kind="off")
    assert "bot" not in voices(off, bots=BOTS) and "competitor" in voices(off, bots=BOTS)
    off = steer(3, "switch", target="competitors", kind="off")
    assert "competitor" not in voices(off, bots=BOTS) and "bot" in voices(off, bots=BOTS)
    on = steer(3.1, "switch", target="bots", kind="on")
    assert "bot" in voices(steer(3, "switch", target="bots", kind="off"), on, bots=BOTS)


def test_without_the_quiet_of_the_night_as_many_post_at_three_as_by_day() -> None:
    asleep, awake = [
        len(of(steered(*things, starts="03:00"), Posted))
        for things in ((), (steer(0, "switch", target="night", kind="off"),))
    ]
    assert asleep < awake
    noon = [steered(*things, starts="12:00") for things in ((), (steer(0, "switch", target="night", kind="off"),))]
    assert but_steered(noon[0].log) == but_steered(noon[1].log), "by day it changes nothing"


def test_hostility_caps_how_harsh_people_are() -> None:
    def harsh(share: int) -> set[str]:
        return {post.mood for post in of(steered(steer(0, "hostility", number=share)), Posted)}

    assert not harsh(50_000) & {"angry", "furious"} and harsh(PPM) & {"angry", "furious"}


def test_who_is_away_does_not_answer_and_is_back_when_brought_back() -> None:
    call = action(3, "escalate", to=("com",), text="Look.")
    assert [event.to for event in of(steered(steer(1, "away", target="com"), call), Unreachable)][:1] == ["com"]
    assert not of(steered(steer(1, "away", target="com"), steer(2, "back", target="com"), call), Unreachable)


def test_who_is_away_decides_on_no_draft_until_they_are_back() -> None:
    ask = action(2, "request_approval", to=("com",), text="Sorry.", kind="holding", reading=SORRY)
    gone = steered(ask, steer(3, "away", target="com"))
    back = steered(ask, steer(3, "away", target="com"), steer(30, "back", target="com"))
    assert not of(gone, ApprovalDecided) and of(back, ApprovalDecided)[0].at_ms >= 30 * MINUTE


def test_anybody_of_the_cast_can_be_played() -> None:
    world = steered(
        steer(4, "speak", target="ruth", kind="post", channel="plaza", text="I am at the door.", theme="soup",
              needs="question", number=40),
        steer(5, "speak", target="quill", kind="press", text="And now?", subject="Soup"),
        action(8, "answer_press", target=f"live-speak-{5 * MINUTE}", text="We look into it.", reading=SORRY),
    )  # fmt: skip
    (post,) = [one for one in of(world, Posted) if one.text == "I am at the door."]
    assert (post.author, post.channel, post.need) == ("ruth", "plaza", "question")
    assert [one for one in of(world, Posted) if one.cause == post.key]
    (asked,) = [one for one in of(world, Received) if one.text == "And now?"]
    assert (asked.author, asked.medium, asked.subject) == ("quill", "press", "Soup")
    assert not [event for event in world.log if type(event).__name__ == "Void"]


def test_an_executive_who_plays_or_is_away_does_not_press() -> None:
    wanted = (Wanted("boss", 3, 5 * MINUTE),)

    def pressed(*things: Steering) -> bool:
        world = steered(*things, wanted=wanted)
        return any(event.author == "boss" for event in of(world, Received))

    assert pressed()
    assert not pressed(steer(0, "seat", target="EXE", kind="taken"))
    assert not pressed(steer(0, "away", target="boss"))


def test_a_fact_is_revealed_early_or_withheld() -> None:
    early = steered(steer(1, "reveal", target="f1"))
    assert [(event.fact, event.at_ms, event.source) for event in of(early, FactLearnt)] == [
        ("f1", MINUTE, "facilitator")
    ]
    assert not of(steered(steer(1, "withhold", target="f1")), FactLearnt)
    late = steered(steer(1, "withhold", target="f1"), steer(30, "reveal", target="f1"))
    assert [event.at_ms // MINUTE for event in of(late, FactLearnt)] == [30]


def test_a_player_hears_a_call_at_once_in_the_callers_words() -> None:
    world = steered(
        steer(1, "seat", target="COM", kind="taken"), action(3, "escalate", to=("com",), text="The soup is cold.")
    )
    (reached,), (called,) = of(world, Reached), of(world, Called)
    assert reached.at_ms == called.at_ms == 3 * MINUTE
    assert (called.role, called.caller, called.text) == ("COM", "SML", "The soup is cold.")
    assert not [one for one in of(world, Received) if one.medium == "colleague"]


def ask(at_min: float) -> Action:
    return action(at_min, "request_approval", to=("com",), text="Sorry.", kind="holding", reading=SORRY)


def verdict(at_min: float, kind: str = "approve", seat: str = "COM", text: str = "") -> Action:
    from dataclasses import replace

    decided = action(at_min, "decide", target=f"request_approval-{2 * MINUTE}/com", kind=kind, text=text)
    return replace(decided, seat=seat)


def test_a_player_decides_on_the_drafts_of_their_role() -> None:
    taken = steer(1, "seat", target="COM", kind="taken")
    world = steered(taken, ask(2), verdict(4, "return", text="Too vague."))
    (laid,), (decided,) = of(world, Laid), of(world, ApprovalDecided)
    assert (laid.role, laid.writer, laid.text, laid.at_ms) == ("COM", "SML", "Sorry.", 2 * MINUTE)
    assert (decided.verdict, decided.why, decided.at_ms) == ("returned", "Too vague.", 4 * MINUTE)
    assert not of(steered(taken, ask(2)), ApprovalDecided)


def test_nobody_else_decides_in_a_players_place() -> None:
    world = steered(steer(1, "seat", target="COM", kind="taken"), ask(2), until_ms=4 * MINUTE)
    assert world.deeds.refusal(verdict(4, seat="SML")) == "this draft lies with Ina"
    assert world.deeds.refusal(verdict(4, kind="perhaps")) and not world.deeds.refusal(verdict(4))


def test_who_sits_down_gets_the_drafts_that_wait_and_who_leaves_leaves_them_to_the_simulation() -> None:
    down, up = (steer(2.1, "seat", target="COM", kind="taken"), steer(20, "seat", target="COM", kind="left"))
    assert [event.at_ms for event in of(steered(ask(2), down), Laid)] == [round(2.1 * MINUTE)]
    left = steered(ask(2), down, up)
    assert [event.at_ms for event in of(left, Withdrawn)] == [20 * MINUTE]
    assert [event.verdict for event in of(left, ApprovalDecided)] == ["approved"]
    assert of(left, ApprovalDecided)[0].at_ms > 20 * MINUTE


def test_the_facilitator_decides_in_a_colleagues_place() -> None:
    done = steer(2.2, "decide", target=f"request_approval-{2 * MINUTE}/com", kind="return", text="Not so.")
    (decided,) = of(steered(ask(2), done), ApprovalDecided)
    assert (decided.verdict, decided.why, decided.at_ms) == ("returned", "Not so.", round(2.2 * MINUTE))


def test_a_nudge_goes_to_one_seat_and_a_note_to_nobody() -> None:
    world = steered(steer(3, "nudge", target="SML", text="Look at the press."), steer(4, "observe", text="Calm."))
    assert [(event.to, event.text) for event in of(world, Nudged)] == [("SML", "Look at the press.")]
    plain = played()
    assert [event for event in but_steered(world.log) if not isinstance(event, Nudged)] == plain.log


REFUSED = [
    ({"do": "dance"}, "no way to dance"),
    ({"do": "fire"}, "it needs target"),
    ({"do": "fire", "target": "nothing"}, "no inject called nothing"),
    ({"do": "hold", "target": "own"}, "happened already"),
    ({"do": "release", "target": "press"}, "not held"),
    ({"do": "stretch", "number": 1}, "a tenth"),
    ({"do": "volume", "number": -1}, "0 to 500 %"),
    ({"do": "hostility", "number": 2 * PPM}, "0 to 100 %"),
    ({"do": "switch", "target": "rain", "kind": "off"}, "no switch called rain"),
    ({"do": "switch", "target": "bots", "kind": "maybe"}, "on or off"),
    ({"do": "away", "target": "ghost"}, "no colleague called ghost"),
    ({"do": "speak", "target": "ruth", "kind": "approval", "text": "x"}, "can speak by"),
    ({"do": "speak", "target": "com", "kind": "post", "text": "x"}, "not of the cast"),
    ({"do": "speak", "target": "ruth", "kind": "post", "text": "x", "channel": "moon"}, "no channel moon"),
    ({"do": "speak", "target": "ruth", "kind": "post", "text": "x", "theme": "moon"}, "no theme moon"),
    ({"do": "speak", "target": "ruth", "kind": "post", "text": "x", "number": 9_999}, "may react"),
    ({"do": "decide", "target": "a1/com", "kind": "approve"}, "no draft waits"),
    ({"do": "reveal", "target": "f9"}, "no fact called f9"),
    ({"do": "seat", "target": "KING", "kind": "taken"}, "no seat KING"),
    ({"do": "seat", "target": "COM", "kind": "stolen"}, "taken or left"),
    ({"do": "nudge", "target": "COM"}, "it needs text"),
]


@pytest.mark.parametrize(("given_", "why"), REFUSED)
def test_what_can_t_be_done_is_refused_with_a_reason(given_: dict[str, Any], why: str) -> None:
    world = played(until_ms=MINUTE)
    steering = Steering("s1", world.now_ms, **given_)
    assert why in world.controls.refusal(steering)
    before = world.fingerprint()
    with pytest.raises(ValueError, match=r".+"):
        world.steer(steering)
    assert world.fingerprint() == before


_ANY = st.one_of(
    st.builds(
        lambda at, do, target: steer(at, do, target=target),
        st.integers(1, 55), st.sampled_from(["fire", "hold", "release", "skip"]),
        st.sampled_from(["own", "ruth-asks", "press", "still", "thanks"]),
    ),
    st.builds(lambda at, by: steer(at, "shift", number=by * MINUTE), st.integers(1, 55), st.integers(-20, 20)),
    st.builds(lambda at, by: steer(at, "stretch", number=by * PPM // 10), st.integers(1, 55), st.integers(1, 40)),
    st.builds(lambda at, by: steer(at, "volume", number=by * PPM // 4), st.integers(1, 55), st.integers(0, 12)),
    st.builds(
        lambda at, target, kind: steer(at, "switch", target=target, kind=kind),
        st.integers(1, 55), st.sampled_from([*SWITCHES]), st.sampled_from(["on", "off"]),
    ),
    st.builds(
        lambda at, kind: steer(at, "seat", target="COM", kind=kind),
        st.integers(1, 55), st.sampled_from(["taken", "left"]),
    ),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(_ANY, max_size=8), st.integers(0, 3))
def test_whatever_is_steered_the_run_is_the_same_again_and_nothing_happens_twice(
    steerings: list[Steering], seed: int
) -> None:
    def run() -> World:
        world = World(setup(seed))
        acts = [ask(2), action(3, "escalate", to=("com",), text="Look.")]
        for one in sorted([*steerings, *acts], key=lambda each: each.at_ms):
            world.advance(one.at_ms)
            if isinstance(one, Action):
                world.act(one)
            elif not world.controls.refusal(one):
                world.steer(one)
        world.advance(world.ends_ms)
        return world

    first, second = run(), run()
    assert first.fingerprint() == second.fingerprint()
    names = [event.inject for event in of(first, InjectFired)]
    assert len(names) == len(set(names))
    assert [from_data(to_data(event)) for event in first.log] == first.log
    assert [event.at_ms for event in first.log] == sorted(event.at_ms for event in first.log)


def test_every_verb_says_what_it_is() -> None:
    assert all(one.title and one.about for one in STEERS.values())
