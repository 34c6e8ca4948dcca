"""The action table, row by row where a row has a case of its own; and that every change of mood says why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import Mood, Posted
from engine.reading import PPM, Claim, Reading
from engine.world import World
from tests.engine.worlds import MINUTE, RUDE, SORRY, action, played, statement

VICTIM = {"stance": {"cluster": "victim"}}
LONG = {"lasts": "12h", "expected": {}}


def feeling(world: World) -> Any:
    return world.public.moods.feelings["soup"]


def said(*acts: str, **fields: Any) -> Reading:
    return Reading(acts=dict.fromkeys(acts, PPM), overall=700_000, **fields)


def jump(world: World, needle: str) -> int:
    """By how much the terms with this word in their name have moved anger."""
    moods = [event for event in world.log if isinstance(event, Mood)]
    return sum(much for mood in moods for name, much in mood.terms if needle in name)


@given(
    st.integers(0, 2**32),
    st.lists(
        st.tuples(
            st.integers(1, 55), st.sampled_from([SORRY, RUDE, said("instructing"), said("humour"), said("corrective")])
        ),
        max_size=5,
    ),
)
@settings(max_examples=40)
def test_the_terms_sum_to_every_change_of_anger(seed: int, raw: list[tuple[int, Reading]]) -> None:
    actions = [statement(at, reading, id=f"a{n}") for n, (at, reading) in enumerate(raw)]
    world = played(seed, actions)
    anger = 150_000
    for mood in (event for event in world.log if isinstance(event, Mood)):
        assert mood.anger - anger == sum(much for _, much in mood.terms), mood
        anger = mood.anger


def test_the_factors_multiply_to_how_infectious_it_is() -> None:
    world = played(2, [statement(6)])
    for mood in [event for event in world.log if isinstance(event, Mood)]:
        rho = 1.0
        for _, factor in mood.factors:
            rho *= factor / PPM
        breeds = (world.public.c["breeding_calm"] + 0.7 * world.public.c["breeding_severity"]) / PPM
        assert mood.infectious / PPM == pytest.approx(rho * breeds, abs=0.001)


def test_every_act_of_ours_is_named_in_what_it_moved() -> None:
    world = played(1, [statement(6)])
    assert jump(world, "apology_active our-statement-1") < 0
    assert jump(world, "inject own") == 300_000
    assert jump(played(1), "silence") > 0


def test_an_apology_after_a_defence_is_worth_less() -> None:
    plain = jump(played(1, [statement(12)]), "apology_active")
    soured = jump(played(1, [statement(9, RUDE), statement(12)]), "apology_active")
    assert plain < soured < 0
    assert soured == pytest.approx(0.6 * plain, abs=3)


def test_an_apology_that_nobody_asked_for_takes_on_blame() -> None:
    world = played(1, [statement(6)], **VICTIM)
    assert feeling(world).blame == 200_000 + 0.9 * 120_000, "as strongly as it was said"
    assert feeling(played(1, [statement(6)])).blame == 800_000


def test_a_denial_with_evidence_is_believed_only_where_blame_is_low() -> None:
    denial = [statement(6, said("denial_with_evidence"))]
    assert jump(played(1, denial, **VICTIM), "denial_with_evidence") < 0
    assert jump(played(1, denial), "denial_with_evidence") > 0


def test_telling_people_to_write_privately_appeases_nobody_by_itself() -> None:
    alone = feeling(played(1, [statement(6, said("channel_change"))], until_ms=7 * MINUTE)).quality
    beside = feeling(played(1, [statement(6, said("channel_change", "corrective"))], until_ms=7 * MINUTE)).quality
    assert alone == pytest.approx(-60_000 + 40_000 * 0.5, abs=1_000), "the statement counts as a weak holding too"
    assert beside > 150_000


def test_compensation_alone_is_passed_on_more_and_after_an_explanation_less() -> None:
    def multiplier(*readings: Reading) -> int:
        actions = [statement(4 + n, each, id=f"a{n}") for n, each in enumerate(readings)]
        world = played(1, actions, until_ms=8 * MINUTE)
        return next(e.m for e in feeling(world).effects if e.name == "compensation")

    assert multiplier(said("compensation")) > PPM
    assert multiplier(said("explaining"), said("compensation")) < PPM


def test_explanation_helps_more_when_people_are_furious() -> None:
    def multiplier(heat: float) -> int:
        own = {"id": "own", "at": "T+0m", "kind": "own_post", "channel": "flit", "text": "Eat it.", "theme": "soup",
               "heat": heat}  # fmt: skip
        world = played(1, [statement(4, said("instructing"))], until_ms=5 * MINUTE, beats=[own], branches=[])
        return next(e.m for e in feeling(world).effects if e.name == "instructing")

    assert multiplier(0.6) < multiplier(0.1)


def test_a_defensive_answer_gets_worse_overnight() -> None:
    rude = [statement(6, RUDE)]
    later = feeling(played(1, rude, **LONG)).quality
    before = feeling(played(1, rude, until_ms=7 * 60 * MINUTE, **LONG)).quality
    assert later == before - 50_000


def test_a_deletion_that_is_explained_soon_hurts_half_as_much() -> None:
    def deleted(seed: int, *more: Any) -> World:
        return played(seed, [action(3, "delete", target="own", kind="silent"), *more], until_ms=25 * MINUTE)

    seed = next(n for n in range(20) if jump(deleted(n), "deletion_noticed") > 0)
    quiet = deleted(seed)
    amends = deleted(seed, statement(12, said("explaining")))
    assert jump(amends, "the deletion explained") == pytest.approx(-60_000, abs=2)
    worst = next(e.m for e in feeling(quiet).effects if e.name == "deletion_noticed")
    assert next(e.m for e in feeling(amends).effects if e.name == "deletion_noticed") - PPM == (worst - PPM) // 2


def test_telling_it_first_takes_the_edge_off() -> None:
    later = {
        "themes": [
            {"id": "soup", "title": "The soup", "severity": 0.7},
            {"id": "mice", "title": "Mice in the kitchen", "at": "T+30m", "severity": 0.6},
        ]
    }
    told = played(1, [statement(6, said("explaining", themes=("soup", "mice")))], **later)
    assert told.public.moods.feelings["mice"].severity == 480_000
    assert told.public.moods.feelings["mice"].quality > 0
    held = played(1, [statement(6, said("holding", themes=("soup", "mice")))], **later)
    assert held.public.moods.feelings["mice"].severity == 600_000, "a holding statement discloses nothing"


def test_the_chief_executive_on_film_counts_and_where_blame_is_low_hardly() -> None:
    boss = statement(6, said("explaining"), signed_by="Ada")
    assert jump(played(1, [boss]), "executive") < jump(played(1, [boss], **VICTIM), "executive") < 0


def test_a_rumour_breeds_until_it_is_corrected() -> None:
    rumour = {"themes": [{"id": "soup", "title": "Mice in the soup", "severity": 0.7, "rumour": ["f1"]}]}
    plain = played(1)
    wild = played(1, **rumour)
    corrected = played(1, [statement(12, said("explaining", claims=(Claim("f1", "true"),)))], **rumour)
    breeding = [world.public.moods.breeding(feeling(world)) for world in (plain, wild, corrected)]
    assert breeding[1] == pytest.approx(1.7 * breeding[0], rel=0.001)
    assert breeding[2] == pytest.approx(1.7 * 0.7 * breeding[0], rel=0.001)
    early = statement(6, said("explaining", claims=(Claim("f1", "too_early"),)))
    assert not feeling(played(1, [early], **rumour)).corrected, "what may not be said yet corrects nothing"


def test_a_friend_with_a_name_calms() -> None:
    friend = {"id": "pal", "at": "T+6m", "by": "quill", "text": "I was there, it was warm.", "theme": "soup"}
    own = {"id": "own", "at": "T+0m", "kind": "own_post", "channel": "flit", "text": "Eat it.", "theme": "soup",
           "stirs": 30, "heat": 0.3}  # fmt: skip
    plain = played(1, beats=[own, friend], branches=[])
    calm = played(1, beats=[own, {**friend, "friendly": True}], branches=[])
    assert jump(calm, "friend pal") < 0 == jump(plain, "friend pal")


def test_pasting_the_same_sentence_stops_working() -> None:
    fresh = jump(played(1, [statement(6, said("corrective"))]), "corrective")
    pasted = jump(played(1, [statement(6, said("corrective", sameness=900_000))]), "corrective")
    assert fresh < pasted <= 0
    assert abs(pasted) < abs(fresh) // 5


def test_a_private_message_helps_one_person_only() -> None:
    answer = {"target": "ruth-asks", "text": "Sorry, Ruth. We cook it again for you.", "reading": SORRY}
    public = played(1, [action(4, "reply", **answer)], until_ms=6 * MINUTE)
    private = played(1, [action(4, "message", **answer)], until_ms=6 * MINUTE)
    untouched = played(1, until_ms=6 * MINUTE)
    assert "ruth-asks" in private.public.answered
    assert feeling(private).anger == feeling(untouched).anger
    assert feeling(public).anger < feeling(untouched).anger


def test_a_statement_counts_where_people_are() -> None:
    here = played(1, [statement(20)], until_ms=21 * MINUTE)
    elsewhere = played(1, [statement(20, channels=("plaza",))], until_ms=21 * MINUTE)
    assert jump(here, "apology_active") < jump(elsewhere, "apology_active") < 0


def test_half_the_contrast_is_half_the_effect() -> None:
    def half(world: World) -> int:
        return jump(world, "apology_active")

    full = half(played(1, [statement(6)]))
    assert half(played(1, [statement(6)], public={"baseline": 6, "contrast": 0.5})) == pytest.approx(full / 2, abs=2)


def test_hostility_caps_how_people_write() -> None:
    def moods(hostility: float) -> set[str]:
        public = {"baseline": 0, "hostility": hostility, "coefficients": {"anger_before": 0.6}}
        worlds = [played(seed, [statement(4, RUDE)], public=public) for seed in range(4)]
        return {event.mood for world in worlds for event in world.log if isinstance(event, Posted)}

    assert "furious" in moods(0.6)
    assert "furious" not in moods(0.2)
    assert not {"furious", "angry"} & moods(0.05)


def test_an_overridden_number_is_used() -> None:
    mild = played(1, [statement(6)], public={"baseline": 6, "coefficients": {"apology_active.anger": -0.01}})
    assert jump(mild, "apology_active") > jump(played(1, [statement(6)]), "apology_active")


def test_only_a_holding_statement_fades_and_a_follow_up_keeps_it() -> None:
    def acknowledged(*actions: Any) -> int:
        return int(feeling(played(1, actions, until_ms=140 * MINUTE, content=[], branches=[], **LONG)).alpha)

    held = statement(5, said("holding"))
    assert acknowledged(held) == 200_000
    assert acknowledged(held, statement(100, said("holding"), id="b", kind="update")) == 600_000
    assert acknowledged(statement(5, said("corrective"))) == 1_000_000


def test_telling_it_first_counts_once_and_also_before_anything_was_posted() -> None:
    own = {"id": "own", "at": "T+6m", "kind": "own_post", "channel": "flit", "text": "Eat it.", "theme": "soup"}
    told = said("explaining", "apology_active", themes=("soup",))
    once = feeling(played(1, [statement(1, told)], beats=[own], branches=[]))
    twice = feeling(played(1, [statement(1, told), statement(2, told, id="b")], beats=[own], branches=[]))
    assert once.severity == twice.severity == 560_000
    assert once.quality > 200_000


def test_only_good_public_answers_reassure_those_who_read_along() -> None:
    rude = action(4, "reply", target="ruth-asks", text="Read the menu.", reading=RUDE)
    private = action(4, "message", target="ruth-asks", text="Sorry, Ruth.", reading=SORRY)
    assert feeling(played(2, [rude])).answered == feeling(played(2, [private])).answered == 0
    good = action(4, "reply", target="ruth-asks", text="Sorry, Ruth.", reading=SORRY)
    assert feeling(played(2, [good])).answered == 1


def test_a_rude_answer_silences_nobody() -> None:
    def complained(world: World) -> bool:
        return any(p.parent == "ruth-asks" and p.form in ("again", "answer-poor") for p in world.log
                   if isinstance(p, Posted) and p.key.endswith(".again"))  # fmt: skip

    rude = action(4, "message", target="ruth-asks", text="Read the menu.", reading=RUDE)
    seeds = [seed for seed in range(100) if complained(played(seed))]
    assert seeds and all(complained(played(seed, [rude])) for seed in seeds)


def test_the_brand_does_not_thank_itself() -> None:
    for seed in range(12):
        reply = action(4, "reply", target="ruth-asks", also=("own",), text="Sorry.", reading=SORRY)
        world = played(seed, [reply])
        ours = [event for event in world.log if isinstance(event, Posted) and event.author == "brand"]
        assert all(event.form == "scripted" for event in ours)


def test_several_rude_replies_sink_in_once() -> None:
    def worse(count: int) -> int:
        rude = [action(4 + n, "reply", target="ruth-asks", text="No.", reading=RUDE, id=f"r{n}") for n in range(count)]
        early, late = (played(1, rude, until_ms=at * 60 * MINUTE, **LONG) for at in (7, 9))
        return int(feeling(early).quality - feeling(late).quality)

    assert worse(1) == worse(4) > 0


def test_a_crisis_page_that_stands_before_a_rumour_slows_it_too() -> None:
    later = {
        "themes": [
            {"id": "soup", "title": "The soup", "severity": 0.7},
            {"id": "mice", "title": "Mice", "at": "T+30m", "severity": 0.6, "rumour": ["f1"]},
        ]
    }
    world = played(1, [action(5, "hub", kind="open", text="What we know.", reading=said("explaining"))], **later)
    assert world.public.moods.feelings["mice"].hub
