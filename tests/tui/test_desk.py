"""The desk as a whole: clock, panes, sizes, leaving, the end and the stop."""

from __future__ import annotations

import pytest

from engine.events import Ended, Mood, Received, Shared
from tests.tui.desk_pilot import playing, screen_text
from tests.tui.scripted import MINUTE, ScriptedSession, flood, post, story
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen
from tui.screens.endex import EndexScreen, NoDuffScreen
from tui.theme import DARK, LIGHT


async def test_the_first_word_is_exercise_and_the_clock_has_three_parts() -> None:
    async with playing(ScriptedSession(story())) as played:
        assert played.text.split()[0] == "EXERCISE"
        assert "T+0:12:40" in played.lines[0] and "45m" in played.lines[0]
        for fact in ("anger 69, angry", "in 20/min", "open 9", "late ! 1", "L? unclear", "● runs ×2"):
            assert fact in played.lines[1]


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("1", "Is the tap water safe to drink?"),
        ("2", "third day I cannot open. Any date at all?"),
        ("3", "The mayor is on the line."),
        ("4", "! no answer"),
        ("5", "why: The contractor has not been heard yet."),
        ("6", "Pure. Fresh. Yours. #spring"),
        ("7", "escalated to Ana Ruiz"),
        ("8", "35 more like it"),
    ],
)
async def test_a_digit_opens_its_pane(key: str, shown: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(key)
        assert shown in played.text


async def test_the_inbox_tells_of_what_wants_no_answer_until_it_was_looked_at() -> None:
    async with playing(ScriptedSession(story())) as played:
        assert "3 Inbox 3 " in played.text
        mail = Received(12 * MINUTE, "ring1", "mail", "sato", "Hall two", "Pumps run.", False, -1, "", "r1", "")
        await played.happen(mail)
        assert "3 Inbox 3 +1" in played.text
        await played.press("3", "1")
        assert "3 Inbox 3 " in played.text and "+1" not in played.lines[2]


async def test_enter_opens_the_thread_and_escape_goes_back() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "j", "j", "enter")
        assert "has anyone asked the lab? stop guessing" in played.text and "1 share · 2 answers" in played.text
        await played.press("escape")
        assert played.desk.focused is played.desk.queue and "1 Queue 9" in played.text


async def test_our_answer_stands_in_the_thread() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("200 bottles are on their way.")
        await played.send()
        await played.press("2", "k", "k", "enter")
        assert "our answer" in played.text and "200 bottles" in played.text


async def test_the_filter_shows_only_rows_with_these_words() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("slash", *"mayor", "enter")
        assert "Call me before you post" in played.text and "60 residents" not in played.text
        await played.press("escape")
        assert "60 residents" in played.text


async def test_the_queue_can_be_ordered_by_reach() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("o")
        assert "confirmed by a friend" in played.lines[3] + played.lines[5]


@pytest.mark.parametrize(("first", "words"), [(False, " by time left "), (True, " by harm, then time left ")])
async def test_the_queues_frame_says_what_it_is_ordered_by(first: bool, words: str) -> None:
    session = ScriptedSession(story())
    session.desk.harm_first = first
    async with playing(session, (120, 34)) as played:
        assert words in played.text
        await played.press("o")
        await played.happen()
        assert " by reach " in played.text
        await played.press("o", "o")
        assert f"Queue{words.rstrip()}." in played.text


async def test_pause_and_pace_are_shown() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("greater_than_sign")
        assert played.session.pace == 4 and "● runs ×4" in played.text
        await played.press("f8")
        assert played.session.paused and "‖ paused" in played.text and "F8 lets it run" in played.text
        await played.press("f8")
        assert not played.session.paused


@pytest.mark.parametrize("size", [(59, 24), (80, 17), (30, 8)])
async def test_a_window_that_is_too_small_shows_the_clock_and_says_so(size: tuple[int, int]) -> None:
    async with playing(ScriptedSession(story()), size) as played:
        assert "EXERCISE" in played.text and "T+0:12:40" in played.text
        assert "9 open, 1 late" in played.text and "Make the window larger" in played.text
        await played.happen(*flood(3, 13, "chemicals"))
        await played.pilot.resize_terminal(80, 24)
        await played.settle()
        assert "Make the window larger" not in played.text and "1 Queue" in played.text


@pytest.mark.parametrize("size", [(160, 45), (59, 24), (80, 12)])
async def test_a_resize_keeps_cursor_and_draft(size: tuple[int, int]) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r", "H", "i")
        await played.pilot.resize_terminal(*size)
        await played.press("exclamation_mark")
        await played.pilot.resize_terminal(80, 24)
        await played.press("exclamation_mark")
        assert played.desk.composer.text == "Hi!!"
        await played.press("escape")
        assert played.desk.queue.current_key == "care1" and played.desk.focused is played.desk.queue


async def test_a_wide_desk_shows_everything_at_once() -> None:
    async with playing(ScriptedSession(story()), (160, 45)) as played:
        for title in ("Queue", "8 Thread", "3 Inbox", "4 Team", "Mood and load", "2 Feed"):
            assert f" {title} " in played.text
        await played.press("3")
        assert played.desk.focused is not None and played.desk.focused.id == "inbox-side"


async def test_leaving_asks_and_keeps_the_run() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("ctrl+q")
        assert "Leave the drill?" in played.text
        await played.press("n")
        assert played.session.closed == 0
        await played.press("ctrl+q", "y")
    assert played.session.closed == 1


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_the_clock_stands_still_while_one_is_asked_whether_to_leave(key: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("ctrl+q")
        assert played.session.paused and "The clock stands still" in played.text
        await played.press(key)
        assert not played.session.paused
        await played.press("f8", "ctrl+q", key)
        assert played.session.paused, "whoever had stopped the clock finds it stopped"


async def test_a_crash_closes_the_session() -> None:
    session = ScriptedSession(story())

    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with playing(session) as played:
            played.app.call_later(broken)
            await played.pilot.pause()
    assert session.closed == 1


async def test_a_real_emergency_clears_the_screen() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("X", "up", "enter")
        await played.pilot.pause()
        assert played.session.ended and isinstance(played.app.screen, NoDuffScreen)
        text = screen_text(played.app)
        assert "NO DUFF: exercise stopped" in text and "tap water" not in text


async def test_f10_stops_while_one_writes() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("r", "H", "f10")
        assert "STOP the exercise?" in screen_text(played.app)


async def test_endex_is_said_and_leads_to_the_review(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed: list[object] = []
    monkeypatch.setattr(StormdrillApp, "open_review", lambda _app, of: reviewed.append(of))
    async with playing(ScriptedSession(story())) as played:
        await played.happen(Ended(45 * MINUTE, "time"))
        await played.pilot.pause()
        assert isinstance(played.app.screen, EndexScreen) and "ENDEX" in screen_text(played.app)
        await played.press("enter")
        assert reviewed == [played.session]


async def test_endex_names_what_was_still_in_the_outbox() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r", *"Hello", "ctrl+s", "y")
        assert [one.text for one in played.desk.outbox.waiting] == ["Hello"] and not played.did
        await played.happen(Ended(45 * MINUTE, "time"))
        await played.pilot.pause()
        assert "Still in the outbox, so it was not sent: " in screen_text(played.app) and not played.did
        assert "Hello" in played.session.drafts.values()


@pytest.mark.parametrize("keys", [("c",), ("X",), ("question_mark",)])
async def test_endex_closes_what_lies_over_the_desk(keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StormdrillApp, "open_review", lambda _app, _of: None)
    async with playing(ScriptedSession(story())) as played:
        await played.press(*keys)
        assert played.app.screen is not played.desk
        await played.happen(Ended(45 * MINUTE, "time"))
        await played.pilot.pause()
        below, top = played.app.screen_stack[-2:]
        assert isinstance(top, EndexScreen) and below is played.desk
        await played.press("enter")
        assert [played.desk] == played.app.screen_stack[-1:] and played.did == []


async def test_the_palette_finds_a_verb() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("ctrl+p", *"stand down")
        await played.pilot.pause(0.3)
        assert "Stand down" in screen_text(played.app)


async def test_help_starts_with_the_pane_it_was_asked_in() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("6", "question_mark")
        assert "What is scheduled in your name" in screen_text(played.app)


async def test_f9_changes_the_colours() -> None:
    async with playing(ScriptedSession(story())) as played:
        assert played.app.theme == DARK.name
        await played.press("f9")
        assert played.app.theme == LIGHT.name


async def test_at_most_four_paints_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    paints: list[float] = []
    paint = DeskScreen.paint

    def counted(desk: DeskScreen) -> None:
        paints.append(now[0])
        paint(desk)

    monkeypatch.setattr(DeskScreen, "paint", counted)
    session = ScriptedSession(story())
    app = StormdrillApp(session=session)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, DeskScreen)
        desk = app.screen
        desk.clock = lambda: now[0]
        desk.tick()
        await pilot.pause()
        paints.clear()
        for number in range(100):
            now[0] = 101 + number * 0.05
            session.happen(*flood(1, 13 + number / 10, f"t{number}", "none"))
            desk.tick()
        assert 15 <= len(paints) <= 26, "a second for each of five seconds, and four paints in each"


async def test_no_colour_reverses_the_row_under_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(ScriptedSession(story())) as played:
        strip = played.desk.queue.render_line(0)
        assert all(segment.style is not None and segment.style.reverse for segment in strip if segment.text.strip())
        other = played.desk.queue.render_line(2)
        assert not any(segment.style is not None and segment.style.reverse for segment in other)


async def test_likes_and_shares_stand_beside_a_post_and_grow() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("2", "g")
        await played.press(*"j" * 37)
        assert "41k · 170 likes · 1 share" in played.text
        await played.happen(Shared(13 * MINUTE, "s2", "watch1", "lola", 9_000, "watch1", 30))
        assert "50k · 205 likes · 2 shares" in played.text


async def test_a_large_desk_says_how_far_it_went_and_what_trends() -> None:
    async with playing(ScriptedSession(story()), size=(160, 45)) as played:
        assert "posts were seen 59k times" in played.text
        assert "trending #brownwater 9" in played.text
        words = "Look #aVeryLongHashtagOfOurs"
        await played.happen(*[post(f"t{n}", 12, "mum", words, theme="safe") for n in range(6)])
        assert "#aVeryLongHashtagOfOurs 6" in played.text and "#brownwater 9" in played.text


async def test_nothing_at_the_desk_says_why() -> None:
    """What moved the public is for the review."""
    session = ScriptedSession([*story(), Mood(13 * MINUTE, "safe", 600_000, 400_000, 0, 900_000, 6,
                                              (("silence", 77_700),), (("the hour", 1_313_000),))])  # fmt: skip
    async with playing(session, size=(160, 45)) as played:
        for key in "12345678":
            await played.press(key)
            assert not any(word in played.text for word in ("silence", "7.8", "1.31", "Why is this here"))


@pytest.mark.parametrize(
    ("words", "shown"),
    [("L? unclear", "Classify: what is this?"), ("runs ×2", "‖ paused"), ("20/min", "third day I cannot open.")],
)
async def test_a_click_on_a_counter_of_the_head_goes_where_it_counts(words: str, shown: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.pilot.click(offset=(played.lines[1].index(words) + 1, 1))
        await played.settle()
        assert shown in played.text
