"""Undo first: flags, assignments and holds are taken back at once, and done again."""

from __future__ import annotations

from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, story


async def test_undo_and_redo_walk_back_and_forth() -> None:
    async with playing(ScriptedSession(story())) as played:
        posts = played.session.desk.posts
        await played.press("j", "j", "d")
        await played.press("f", "p")
        flagged = {key for key, view in posts.items() if "priority" in view.flags}
        assert flagged and posts["care1"].flags == ("dismissed",)
        await played.press("u", "u")
        assert not any(view.flags for view in posts.values())
        await played.press("ctrl+r")
        assert posts["care1"].flags == ("dismissed",) and "Done again: dismissed" in played.text
        await played.press("ctrl+r")
        assert flagged == {key for key, view in posts.items() if "priority" in view.flags}
        await played.press("ctrl+r")
        assert "Nothing was taken back" in played.text


async def test_something_new_forgets_what_was_taken_back() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "d", "u", "j", "d", "ctrl+r")
        assert "Nothing was taken back" in played.text
        assert played.session.desk.posts["care1"].flags == ()


async def test_a_hold_is_undone_by_letting_go() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("6", "z", "u")
        assert played.did == ["pause", "resume"]
        await played.press("ctrl+r")
        assert played.did == ["pause", "resume", "pause"]


async def test_an_assignment_goes_back_to_whom_it_was_given_before() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "a", "j", "enter", "a", "enter")
        first, second = played.session.acted[0].to, played.session.acted[1].to
        assert first != second
        await played.press("u")
        assert played.session.acted[-1].to == first
        await played.press("u")
        assert played.session.acted[-1].to == ()


async def test_what_was_refused_is_nothing_to_take_back() -> None:
    async with playing(ScriptedSession(story())) as played:
        played.session.refuse = "the drill is paused"
        await played.press("j", "j", "d", "u")
        assert "Nothing to take back" in played.text
