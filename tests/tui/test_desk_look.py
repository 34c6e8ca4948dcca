"""Looking for things at the desk: filter and search, themes and channels, an author, more of a row, jump, copy."""

from __future__ import annotations

import pytest
from textual import events
from textual.geometry import Offset
from textual.selection import Selection

from engine.events import Received
from tests.tui.desk_pilot import Played, playing
from tests.tui.scripted import MINUTE, ScriptedSession, post, story
from tui.widgets.feed import Feed
from tui.widgets.virtual import VirtualList

ANSWER = Received(12 * MINUTE, "ans1", "colleague", "ana", "", "Hold until the lab confirms.", False, -1, "", "", "")


def rows(played: Played) -> list[str]:
    """The keys of the list that is meant."""
    return [played.desk.list_.key_of(item) for item in played.desk.list_.items]


async def look(played: Played, words: str) -> None:
    await played.press("slash", *words.replace(":", "_").replace(" ", "_"))
    box = played.desk.query_one("#filter")
    box.value = words  # type: ignore[attr-defined]
    await played.press("enter")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bottled", ["care1"]),
        ("theme:chemicals", ["mum1", "watch1"]),
        ("channel:plaza", ["lola1"]),
        ("author:oldmike", ["flit/praise/praise"]),
        ("need:harm", ["care1"]),
        ("late", ["flit/safe/question"]),
        ("mood:tense bottled", ["care1"]),
        ("mood:furious", []),
        ('"number 35"', ["flit/safe/question"]),
    ],
)
async def test_the_queue_shows_only_what_the_filter_finds(words: str, found: list[str]) -> None:
    async with playing(ScriptedSession(story())) as played:
        await look(played, words)
        shown = [key.split(" ")[0] for key in rows(played)]
        if words == "theme:chemicals":
            assert len(shown) == len(found)
        else:
            assert shown == found
        assert f"{len(found)} of 9" in played.text
        await played.press("escape")
        assert len(rows(played)) == 9 and "of 9" not in played.text


@pytest.mark.parametrize(
    ("pane", "words", "here"),
    [("2", "gossip poison", 0), ("2", "poison", 1), ("3", "mayor", 1), ("4", "sato", 1), ("5", "valve", 1),
     ("6", "prices", 1), ("7", "escalated", 1)],
)  # fmt: skip
async def test_each_pane_has_a_filter_of_its_own(pane: str, words: str, here: int) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(pane)
        await look(played, words)
        assert len(rows(played)) == here
        await played.press("1")
        assert len(rows(played)) == 9
        await played.press(pane)
        assert len(rows(played)) == here


async def test_what_comes_later_is_filtered_too() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("2")
        await look(played, "poison")
        await played.happen(post("late1", 13, "kev", "nothing"), post("late2", 13, "kev", "rat poison, surely"))
        assert rows(played) == ["mum1", "late2"]


async def test_found_words_stand_out() -> None:
    async with playing(ScriptedSession(story())) as played:
        await look(played, "bottled")
        strip = played.desk.queue.render_line(0)
        hit = [segment for segment in strip if segment.text.casefold() == "bottled"]
        assert hit and all(segment.style is not None and segment.style.underline for segment in hit)
        assert not any(segment.style and segment.style.underline for segment in strip if segment not in hit)


async def test_n_goes_from_match_to_match_in_the_thread_where_all_stays_in_sight() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "j", "j", "enter")
        before = rows(played)
        await look(played, "lab")
        assert rows(played) == before
        await played.press("g", "n")
        first = played.desk.thread.current_key
        await played.press("n")
        assert first == "kev1" and played.desk.thread.current_key == "fact iron" and "Match 2 of 3" in played.text
        await played.press("N")
        assert played.desk.thread.current_key == first


async def test_without_a_search_n_says_what_to_do() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("n")
        assert "/ asks for the words" in played.text and played.desk.queue.cursor == 0


async def test_letters_in_one_burst_all_reach_the_filter() -> None:
    async with playing(ScriptedSession(story())) as played:
        for key in ("slash", *"mayor", "space", "X", "question_mark"):
            character = {"slash": "/", "space": " ", "question_mark": "?"}.get(key, key)
            played.app.post_message(events.Key(key, character))
        await played.settle()
        assert played.desk.query_one("#filter").value == "mayor X?"  # type: ignore[attr-defined]
        assert played.did == [] and not played.desk.composer.open
        assert played.app.screen is played.desk


async def test_a_slash_is_a_letter_where_one_writes() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r", "slash", "a")
        assert played.desk.composer.text == "/a"
        await played.press("escape", "slash", "slash")
        assert played.desk.query_one("#filter").value == "/"  # type: ignore[attr-defined]


async def test_b_goes_through_the_themes_with_their_counts_and_back_to_all() -> None:
    async with playing(ScriptedSession(story()), (120, 34)) as played:
        await played.press("b")
        assert "all 9" in played.text and "Is the tap water safe to" in played.text
        assert len(rows(played)) == 2
        await played.press("b", "b")
        assert rows(played) == ["flit/praise/praise"]
        await played.press("b")
        assert len(rows(played)) == 9 and "all 9" not in played.text


async def test_a_click_on_a_theme_looks_at_it() -> None:
    async with playing(ScriptedSession(story()), (120, 34)) as played:
        await played.press("b")
        line = next(row for row, text in enumerate(played.lines) if "all 9" in text)
        await played.pilot.click(offset=(played.lines[line].index("Thanks for"), line))
        await played.settle()
        assert rows(played) == ["flit/praise/praise"]


async def test_the_feed_can_be_read_channel_by_channel() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("2", "C", "C")
        assert rows(played) == ["lola1"] and "Plaza 1" in played.text


async def test_where_there_are_no_themes_b_says_so() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("5", "b")
        assert "can be looked at by theme" in played.text


async def test_x_opens_a_group_in_place_and_shuts_it() -> None:
    async with playing(ScriptedSession(story())) as played:
        before = played.lines[4:8]
        await played.press("x")
        assert "Number 34" in played.text and "23 more" in played.text
        await played.press("x")
        assert played.lines[4:8] == before


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("2", "g", *"j" * 37), "has anyone asked the lab"),
        (("3", "g"), "│ We send 200 bottles"),
        (("4",), "Brown water since 08:00."),
    ],
)
async def test_x_shows_all_that_a_row_has(keys: tuple[str, ...], shown: str) -> None:
    async with playing(ScriptedSession(story()), (80, 24)) as played:
        await played.press(*keys)
        before = played.text.count(shown)
        await played.press("x")
        assert played.text.count(shown) > before or (before and "you escalated" in played.text)


async def test_an_authors_posts_and_our_answers_stand_together() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "j", "r")
        await played.type("It is iron, from old pipes.")
        await played.send()
        await played.press("2", "k", "k", "k", "at")
        assert "@mum_of_two · Mia Hart" in played.text and "37 posts, 1 answered by us" in played.text
        assert "It is iron, from old pipes." in played.text
        await played.press("escape")
        assert played.desk.focused is played.desk.pane("feed")


async def test_a_click_on_a_name_opens_its_authors_posts() -> None:
    async with playing(ScriptedSession([*story(), post("kev2", 12, "kev", "ask @mum_of_two")]), (120, 34)) as played:
        await played.press("2")
        line = next(row for row, text in enumerate(played.lines) if "ask @mum_of_two" in text)
        await played.pilot.click(offset=(played.lines[line].index("@mum_of_two") + 3, line))
        await played.settle()
        assert "37 posts, 0 answered by us" in played.text


async def test_where_a_post_names_others_one_chooses_whose_posts() -> None:
    async with playing(ScriptedSession([*story(), post("kev2", 12, "kev", "ask @mum_of_two")])) as played:
        await played.press("2", "G", "at")
        assert "Whose posts?" in played.text and "Kevin Doyle" in played.text
        await played.press("j", "enter")
        assert "37 posts, 0 answered by us" in played.text


async def test_a_feed_keeps_nothing_until_it_is_shown_and_has_all_then() -> None:
    async with playing(ScriptedSession(story()), (80, 24)) as played:
        feed = played.desk.query_one("#feed", Feed)
        assert not feed.items
        await played.press("2")
        assert list(feed.items) == list(played.session.desk.posts.values())
        await played.press("1")
        await played.happen(post("late1", 12.7, "mike", "Is anybody there?"))
        assert len(feed.items) < len(played.session.desk.feed)
        await played.press("2")
        assert list(feed.items) == list(played.session.desk.posts.values()) and "Is anybody there?" in played.text


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_keys_of_the_feed_mean_the_one_in_sight(size: tuple[int, int]) -> None:
    async with playing(ScriptedSession(story()), size) as played:
        await played.press("2")
        feed = played.desk.feed
        assert feed.region and feed.has_focus and feed.following
        await played.press("k")
        assert not feed.following and "Follow" in played.lines[-1]
        await played.press("ctrl+p", *"follow")
        await played.pilot.pause(0.3)
        await played.press("enter")
        assert feed.following and "Stay" in played.lines[-1]


async def test_a_colleagues_row_opens_what_was_said() -> None:
    async with playing(ScriptedSession([*story(), ANSWER])) as played:
        await played.press("4", "enter")
        for words in ("you escalated", "Brown water since 08:00.", "is with us", "Hold until the lab confirms."):
            assert words in played.text
        await played.press("q")
        await played.type("When is that?")
        await played.send()
        action = played.session.acted[-1]
        assert ("ask", ("ana",)) == (action.do, action.to)
        await played.press("4", "enter")
        assert "When is that?" in played.text


async def test_nobody_under_the_cursor_is_said() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("5", "at")
        assert "Nobody who has posted is under the cursor" in played.text


async def test_a_letter_jumps_to_its_row_and_a_digit_to_its_pane() -> None:
    async with playing(ScriptedSession(story()), (160, 45)) as played:
        await played.press("apostrophe")
        team = played.desk.query_one("#team-side", VirtualList)
        letter = team.letters["sato"] if "sato" in team.letters else team.letters["ben"]
        key = next(key for key, one in team.letters.items() if one == letter)
        await played.press(letter)
        assert played.desk.focused is team and team.current_key == key and not team.letters
        await played.press("apostrophe", "6")
        assert played.desk.focused is played.desk.pane("content")
        await played.press("apostrophe", "escape")
        assert played.app.screen is played.desk and played.did == []


async def test_a_copy_begins_and_ends_with_exercise() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "space", "j", "space", "Y")
        copied = played.app.clipboard.split("\n")
        assert copied[0] == copied[-1] == "EXERCISE EXERCISE EXERCISE"
        assert "60 residents" in played.app.clipboard and "@oakfield_care Oakfield Care on Flit" in played.app.clipboard


@pytest.mark.parametrize("pane", ["1", "2", "3", "4", "5", "6", "7", "8"])
async def test_every_pane_has_something_to_copy(pane: str) -> None:
    async with playing(ScriptedSession([*story(), ANSWER])) as played:
        await played.press(pane, "Y")
        assert len(played.app.clipboard.split("\n")) >= 3


async def test_the_mouse_selects_words_and_they_are_copied_with_exercise() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("2", "g")
        feed = played.desk.pane("feed")
        line = next(row for row in range(10) if "Number 0" in feed.render_line(row).text)
        start = feed.render_line(line).text.index("Number")
        await played.pilot.mouse_down("#feed", offset=(start, line))
        await played.pilot.hover("#feed", offset=(start + 8, line))
        await played.pilot.mouse_up("#feed", offset=(start + 8, line))
        await played.pilot.pause()
        assert played.desk.get_selected_text() == ("EXERCISE EXERCISE EXERCISE\nNumber 0:\nEXERCISE EXERCISE EXERCISE")
        await played.press("ctrl+c")
        assert "Number 0" in played.app.clipboard


async def test_a_selection_over_several_rows_leaves_the_signs_at_the_edge_out() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("2", "g")
        feed = played.desk.pane("feed")
        found = feed.get_selection(Selection(Offset(0, 0), Offset(30, 3)))
        assert found is not None
        lines = found[0].split("\n")
        assert len(lines) == 4 and not any(line.startswith("▸") for line in lines)


async def test_a_click_meets_the_row_that_it_is_on_in_a_pane_with_a_border_too() -> None:
    async with playing(ScriptedSession(story()), (120, 34)) as played:
        line = next(row for row, text in enumerate(played.lines) if "We are a care home" in text)
        await played.pilot.click(offset=(30, line))
        await played.settle()
        assert played.desk.queue.current_key == "care1"
