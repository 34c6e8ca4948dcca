"""An answer goes to whom one means: the composer, the last look and the outbox name them, and no row slips in."""

from __future__ import annotations

from engine.events import Published, Withdrawn
from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, post, story
from tests.tui.states_room import NOW, ScriptedRoom, asked_for

CARE = ("j", "j")


async def test_a_private_message_says_to_whom_and_what_it_answers_until_it_has_gone() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*CARE, "m")
        assert "Private message to @oakfield_care · “We are a care home" in played.text
        await played.type("We bring bottles by noon.")
        await played.press("ctrl+s")
        assert "y send to @oakfield_care, in private" in played.text
        await played.press("y")
        assert "Sending in 5 s to @oakfield_care, in private · u takes it back: We bring" in played.text
        await played.outbox()
        assert played.session.acted[-1].target == "care1" and played.did == ["message"]


async def test_a_public_reply_says_so_and_to_how_many() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("R")
        await played.type("Boil it, please.")
        await played.press("ctrl+s")
        assert "y send to 36 posts, in public" in played.text


async def test_a_row_that_goes_away_under_the_cursor_gives_its_key_to_no_other() -> None:
    async with playing(ScriptedRoom([*story(), *asked_for()], seat="SML")) as played:
        await played.press("3")
        inbox = played.desk._last
        assert inbox is not None
        inbox.cursor = inbox.index_of("a9/lea")
        await played.settle()
        played.stop_clock()
        await played.happen(Withdrawn(NOW, "a9/lea", "LEG"))
        slipped = inbox.current_key
        assert slipped not in ("", "a9/lea")
        await played.press("r")
        assert "That row has gone: this is another one. Press again if you mean it." in played.text
        assert not played.desk.composer.open and played.app.screen is played.desk
        await played.press("f")
        assert "Flag as" in played.text


async def test_a_feed_that_follows_gives_the_key_for_one_post_to_no_newer_one() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("2")
        played.stop_clock()
        await played.happen(post("fresh", 12.6, "mum_of_two", "my kids drank it"))
        await played.press("m")
        assert "The feed has moved on, and stays now." in played.text and not played.desk.composer.open
        await played.happen(post("fresher", 12.65, "mum_of_two", "is it safe?"))
        await played.press("m")
        job = played.desk.composer.job
        assert job is not None and job.target == "fresh"


async def test_who_has_seen_the_other_row_for_a_while_is_not_asked_twice() -> None:
    async with playing(ScriptedRoom([*story(), *asked_for()], seat="SML")) as played:
        await played.press("3")
        inbox = played.desk._last
        assert inbox is not None
        inbox.cursor = inbox.index_of("a9/lea")
        played.stop_clock()
        await played.happen(Withdrawn(NOW, "a9/lea", "LEG"))
        later = played.desk.clock() + 2
        played.desk.clock = lambda: later
        await played.press("f")
        assert "Flag as" in played.text


async def test_a_post_that_a_team_mate_answers_meanwhile_stays_the_one_that_is_answered() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*CARE)
        await played.happen(Published(NOW, "our1", "o1", "reply", "", ("flit",), ("care1",), "", "We are on our way."))
        await played.press("r")
        job = played.desk.composer.job
        assert job is not None and job.target == "care1" and "@oakfield_care" in job.title


async def test_a_question_about_a_row_is_answered_for_that_row_whatever_has_moved() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*CARE, "f")
        await played.happen(Published(NOW, "our1", "o1", "reply", "", ("flit",), ("care1",), "", "We are on our way."))
        played.desk.queue.release()
        assert played.desk.queue.current_key != "care1"
        await played.press("p")
        assert [("flag", "care1")] == [(one.do, one.target) for one in played.session.acted]
