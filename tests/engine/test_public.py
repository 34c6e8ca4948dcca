"""How the crowd behaves: causes, calming, patience, answers."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest

from engine.events import Mood, Posted, Shared
from engine.world import World
from tests.engine.worlds import MINUTE, RUDE, SORRY, action, played, statement

SEEDS = range(12)


def crowd(world: World) -> list[Posted]:
    return [event for event in world.log if isinstance(event, Posted) and event.author != "brand"]


def volume(world: World) -> int:
    return sum(isinstance(event, Posted | Shared) for event in world.log)


def test_an_apology_calms_and_blaming_inflames() -> None:
    silent = median(volume(played(seed)) for seed in SEEDS)
    sorry = median(volume(played(seed, [statement(6)])) for seed in SEEDS)
    rude = median(volume(played(seed, [statement(6, RUDE)])) for seed in SEEDS)
    assert sorry < silent < rude


def test_an_early_apology_calms_more_than_a_late_one() -> None:
    early, late = (median(volume(played(seed, [statement(at)])) for seed in SEEDS) for at in (5, 40))
    assert early < late


def test_calming_only_prevents_posts() -> None:
    for seed in SEEDS:
        before = {post.key for post in crowd(played(seed)) if post.theme}
        after = {post.key for post in crowd(played(seed, [statement(6)])) if post.theme}
        new = {key for key in after - before if not key.startswith(("our-", "thanks"))}
        assert not new - {"still"}, "whoever posts after an apology would have posted without it"


def test_every_post_names_its_cause() -> None:
    world = played(2, [statement(6)])
    known = {"own", "ruth-asks", "still", "thanks", "ordinary traffic", "our-statement-1"}
    known |= {post.key for post in world.log if isinstance(post, Posted | Shared)}
    posts = {post.key for post in world.log if isinstance(post, Posted)}
    for post in crowd(world):
        assert post.cause in known, post
        assert not post.parent or post.parent in posts, "what is answered is a post that can be read"


def test_whoever_is_answered_does_not_complain_again() -> None:
    def asked_again(world: World) -> bool:
        return any(
            post.parent == "ruth-asks" and post.at_ms > 4 * MINUTE for post in crowd(world) if post.form == "again"
        )

    asked = [seed for seed in range(100) if asked_again(played(seed))]
    assert asked, "in some runs Ruth asks again"
    answer = action(4, "reply", target="ruth-asks", text="Sorry, Ruth.", reading=SORRY)
    assert not any(asked_again(played(seed, [answer])) for seed in asked)


def test_a_bad_sentence_is_quoted_back() -> None:
    rude = statement(6, RUDE, text="You have misunderstood the soup completely.")
    worlds = [played(seed, [rude]) for seed in SEEDS]
    echoes = [(world, post) for world in worlds for post in crowd(world) if post.form == "echo"]
    assert echoes
    for world, post in echoes:
        assert post.quotes == "our-statement-1"
        assert "misunderstood the soup" in world.text_of(post)


def test_mood_is_told_every_five_minutes_and_whenever_it_jumps() -> None:
    moods = [event for event in played(actions=[statement(7)]).log if isinstance(event, Mood)]
    times = [mood.at_ms // MINUTE for mood in moods]
    assert times[0] == 0, "our own post has angered people at once"
    assert {5, 7, 10, 15} <= set(times)
    assert moods[0].anger > 400_000
    assert all(0 <= mood.anger <= 1_000_000 and 0 <= mood.trust <= 1_000_000 for mood in moods)


def test_a_small_matter_made_big_becomes_big() -> None:
    soup = {"themes": [{"id": "soup", "title": "The soup", "severity": 0.1}]}
    calm = played(1, [], **soup)
    loud = played(1, [statement(6, kind="official")], **soup)
    assert calm.public.moods.feelings["soup"].severity == 100_000
    assert loud.public.moods.feelings["soup"].severity == 400_000


def test_a_silent_deletion_is_noticed_and_an_open_one_is_not() -> None:
    from engine.events import Noticed

    def noticed(kind: str) -> int:
        runs = [played(seed, [action(3, "delete", target="own", kind=kind)]) for seed in SEEDS]
        return sum(isinstance(event, Noticed) for world in runs for event in world.log)

    assert noticed("said") == 0
    assert 6 <= noticed("silent") <= 12


def test_words_come_from_the_key_and_speak_of_what_they_answer() -> None:
    world = played(2)
    texts = {post.key: world.text_of(post) for post in crowd(world)}
    assert texts == {post.key: world.text_of(post) for post in crowd(played(2))}
    assert all(text and "{" not in text and "#time#" not in text for text in texts.values())


SOUP = {"id": "soup", "title": "The soup", "severity": 0.7}
SILENT = {"id": "plaza", "share": 0}
STRANGE: dict[str, dict[str, Any]] = {
    "no theme": {"themes": [], "branches": []},
    "nobody may post": {"channels": [{"id": "flit", "visitor_posts": False}, SILENT, {"id": "hub"}]},
    "hardly anybody posts": {"channels": [{"id": "flit", "share": 0.00001}, SILENT, {"id": "hub"}]},
    "nobody needs anything": {"themes": [{**SOUP, "needs": {}}]},
    "needs of no weight": {"themes": [{**SOUP, "needs": {"question": 0}}]},
    "a group of next to nobody": {"public": {"groups": [{"voice": "fan", "share": 0.00001}]}},
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_public_plays_too(name: str) -> None:
    world = played(3, [statement(6, RUDE)], content=[], **{"branches": [], **STRANGE[name]})
    posts = [post for post in crowd(world) if post.form not in ("scripted", "chatter", "grumble", "again")]
    assert world.ended
    assert bool(posts) == (name not in ("no theme", "nobody may post"))
    if name == "nobody may post":
        assert any(isinstance(event, Shared) for event in world.log), "they still pass on what they see"
