"""What the desk's lists, lines and dialogues say: whole words, names in place of codes, keys that do something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content

from drills.desk import Desk
from drills.judging import context_of
from drills.tone.read import read
from engine.reading import Reading
from tests.tui.desk_pilot import Played, playing, screen_text
from tests.tui.looks import picture, wear
from tests.tui.screens import SCREENS
from tests.tui.scripted import COLLEAGUES, DUE, NAMES, SCENARIO, ScriptedSession, post, story
from tests.tui.states_desk import CARE, POOR, flooded
from tui.screens.endex import EndexScreen
from tui.widgets.feed import Feed
from tui.widgets.findings import Said, told_above
from tui.widgets.foot import Tabs
from tui.widgets.job import Job
from tui.widgets.marker import shortened
from tui.widgets.row import clause, right


class JudgedSession(ScriptedSession):
    """A scripted session whose texts are really read."""

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        return read(text, context_of(SCENARIO, self.desk, do, target, kind))


def told() -> ScriptedSession:
    return ScriptedSession(story())


def foot(played: Played) -> str:
    return played.lines[-1]


# -- lists ---------------------------------------------------------------------------------------------------------


async def test_the_bar_of_a_list_that_opens_at_its_end_stands_at_its_end() -> None:
    async with playing(told()) as played:
        await played.press("2")
        feed = played.desk.query_one("#feed", Feed)
        assert 0 < feed.scroll_offset.y == feed.vertical_scrollbar.position


async def test_a_cell_stays_free_between_the_words_and_the_bar() -> None:
    async with playing(flooded()) as played:
        for pane in ("2", "1"):
            await played.press(pane)
            shown = played.app.focused
            assert shown is not None and shown.show_vertical_scrollbar
            column = shown.scrollable_content_region.right - 1
            rows = played.lines[shown.content_region.y : shown.content_region.bottom]
            assert {" "} == {row[column] for row in rows}, rows


async def test_a_row_of_which_a_line_is_cut_off_counts_as_below() -> None:
    async with playing(flooded()) as played:
        queue = played.desk.queue
        assert 1 == queue.size.height % 2, "the last row on the screen shows one of its two lines"
        await played.press("j")
        hidden = len(queue.items) - queue.size.height // 2
        assert 1 <= hidden == queue.below and f"{hidden} more below" in played.text


async def test_the_end_of_a_list_has_nothing_below() -> None:
    async with playing(flooded()) as played:
        await played.press("j", "G")
        assert 0 == played.desk.queue.below and "more below" not in played.text


async def test_it_is_said_how_many_rows_are_marked() -> None:
    async with playing(told()) as played:
        await played.press("j", "space", "space")
        assert "2 marked" in played.lines[-2]
        await played.press("escape", "j")
        assert "marked" not in played.lines[-2]


async def test_channels_are_called_by_their_names() -> None:
    async with playing(told()) as played:
        assert "· Flit" in played.text and "· flit" not in played.text
        await played.press("2")
        assert "Flit · T+" in played.text and " flit " not in played.text
        await played.press("1", "D")
        assert "Works on the main" in played.text and "Flit" in next(row for row in played.lines if "Works" in row)


async def test_the_log_names_people_and_posts() -> None:
    async with playing(told()) as played:
        await played.press(*CARE, "f", "p", "7")
        assert "marked @oakfield_care priority" in played.text
        assert "escalated to Ana Ruiz" in played.text and "care1" not in played.text


def test_what_has_no_room_leaves_no_ellipsis_behind() -> None:
    shown = right((("harm · Flit", ""), ("  ", ""), ("words", "")), (), 13)
    assert "harm · Flit" == "".join([text for text, _ in shown]).rstrip()


async def test_what_a_filter_hides_is_meant_by_no_key() -> None:
    async with playing(told(), (120, 34)) as played:
        await played.press("slash", *"zzz", "enter")
        assert "The thread of the row" in played.text
        await played.press("r")
        assert not played.desk.composer.open
        await played.press("escape")
        assert "my kids drank it" in played.text and "The thread of the row" not in played.text


async def test_a_scheduled_item_says_that_it_has_no_thread() -> None:
    async with playing(told(), (120, 34)) as played:
        await played.press("6")
        assert "A scheduled post has no thread." in played.text and "The thread of the row" not in played.text


async def test_the_pane_beside_the_list_is_called_what_it_shows() -> None:
    async with playing(told(), (120, 34)) as played:
        await played.press("j", "j", "j", "at")
        assert "8 Author" in played.text
        await played.press("escape", "4", "enter")
        assert "8 Conversation" in played.text
        await played.press("1", "j")
        assert "8 Thread" in played.text


async def test_the_tab_of_the_list_with_the_keyboard_is_lit() -> None:
    async with playing(told(), (160, 45)) as played:
        for key, name in (("3", " 3 Inbox 3 "), ("4", " 4 Team "), ("2", " 2 Feed "), ("1", " 1 Queue 9 ")):
            await played.press(key)
            played.desk.tick()
            await played.settle()
            tabs = played.desk.query_one(Tabs).content
            assert isinstance(tabs, Content)
            assert [name] == [tabs.plain[one.start : one.end] for one in tabs.spans if one.style == "bold reverse"]
        assert "1 Queue ━" in played.text


async def test_a_narrow_team_pane_shows_whole_names_and_no_name_twice() -> None:
    plain = replace(COLLEAGUES[0], id="legal", name="Head of communications", role="COM", dept="")
    session = told()
    session.desk = Desk(SCENARIO, [*COLLEAGUES, plain], NAMES, lambda event: event.key, DUE)
    async with playing(session, (160, 45)) as played:
        await played.press("4", "G")
        end = played.lines.index(next(row for row in played.lines if "Mood and load" in row)) - 1
        team = [row[-38:].strip("│┃▇▆▅▄▃▂▁ ▸") for row in played.lines[end - 4 : end]]
        assert ["Dr Sato", "laboratory   answers in about 5m", "Head of communications"] == team[:3]
        assert "answers in about 2m" == team[3]


async def test_themes_are_named_in_full_where_they_have_room() -> None:
    async with playing(told(), (160, 45)) as played:
        await played.press("b")
        assert "Is the tap water safe to drink? 2" in played.lines[3]
    async with playing(told()) as played:
        await played.press("b")
        assert "Is the tap… 2" in played.lines[3]


async def test_without_colours_late_is_as_bright_as_any_word() -> None:
    async with SCREENS["queue"]((80, 24)) as shown:
        await wear(shown, "plain")
        painted = picture(shown.strips())
        row = next(at for at, text in enumerate(painted.rows) if "! late 28s" in text)
        plain = painted.styles[0][painted.rows[0].index("Brown")]
        assert painted.styles[row][painted.rows[row].index("late")] == plain
        head = painted.styles[1][painted.rows[1].index("! 1")]
        assert head.startswith("bold #dddddd")


# -- the last line -------------------------------------------------------------------------------------------------


async def test_the_filter_names_its_own_keys() -> None:
    async with playing(told()) as played:
        await played.press("slash")
        assert ["enter", "Filter", "esc", "Cancel", "F1", "Help"] == foot(played).split()


async def test_an_empty_list_names_no_key_for_a_row() -> None:
    async with playing(ScriptedSession(now_ms=5_000)) as played:
        assert "Reply" not in foot(played) and "Dismiss" not in foot(played) and "Classify" in foot(played)
        await played.happen(post("p1", 1, "kev", "Is it safe?", need="question"))
        assert "r Reply" in foot(played) and "d Dismiss" in foot(played)
        await played.press("slash", *"zzz", "enter")
        assert "Reply" not in foot(played) and "n next" not in played.text and "0 of 1" in played.text
        await played.press("escape")
        assert "r Reply" in foot(played)


async def test_a_jump_names_no_keys_of_the_list() -> None:
    async with playing(told()) as played:
        await played.press("apostrophe")
        assert "letter Go there" in foot(played) and "Dismiss" not in foot(played)
        await played.press("d")
        assert "Dismiss" in foot(played) and not played.did


async def test_a_text_for_colleagues_names_no_approval() -> None:
    async with playing(told()) as played:
        await played.press("e", "space", "enter")
        assert "Situation report" in played.text and "Approval" not in foot(played)
        await played.press("escape", "w")
        assert "F4 Approval" in foot(played)


async def test_a_draft_for_approval_says_what_it_is_when_approval_is_asked_for_again() -> None:
    async with playing(told()) as played:
        await played.press("A")
        assert "Approval" not in foot(played)
        await played.press("f4")
        assert "This asks for approval already" in played.text


async def test_a_conversation_names_its_keys_in_the_last_line_alone() -> None:
    async with playing(told()) as played:
        await played.press("4", "enter")
        assert "q Ask  i Inform  e Escalate" in foot(played)
        assert all("keys" != part.key for part in played.desk.thread.items)


async def test_the_second_y_is_called_the_same_in_the_box_and_in_the_last_line() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press(*CARE, "r")
        await played.type(POOR)
        await played.press("ctrl+s")
        assert "y Send  " in foot(played)
        await played.press("y")
        assert "y send all the same" in played.text and "y Send all the same" in foot(played)
        await played.press("e", "ctrl+s")
        assert "y Send  " in foot(played)


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (80, "late: harm from @a: h goes there, enter reads it, r answers"),
        (50, "late: harm from @a: h goes there, enter reads it"),
        (40, "late: harm from @a: h goes there"),
        (30, "late: harm from @a"),
        (10, "late: har…"),
    ],
)
def test_an_advice_is_shortened_by_whole_ways(room: int, shown: str) -> None:
    assert shown == shortened("late: harm from @a: h goes there, enter reads it, r answers", room)


@pytest.mark.parametrize(("room", "shown"), [(48, "6, then z holds it"), (47, "")])
def test_two_keys_that_make_one_way_are_not_parted(room: int, shown: str) -> None:
    what = "a scheduled post goes out in 7m"
    assert f"{what}: {shown}" if shown else what == shortened(f"{what}: 6, then z holds it", room)


async def test_the_smallest_desk_cuts_no_name_and_no_figure() -> None:
    async with playing(told(), (60, 18)) as played:
        assert "open 9  late ! 1  L? unclear" in played.lines[1]
        assert "/min" not in played.lines[1]
        assert played.lines[2].rstrip().endswith("5 Facts 3  6 …  7 …")
        await played.press("7")
        assert "7 Log" in played.lines[2] and len(played.lines[2].rstrip()) < 60
        await played.pilot.click(Tabs, offset=(2, 0))
        assert played.desk.pane_name == "queue"


# -- dialogues -----------------------------------------------------------------------------------------------------


async def test_a_mark_is_made_once() -> None:
    async with playing(told()) as played:
        await played.press("e", "space")
        assert "[x] Ana Ruiz" in played.text and "•" not in played.text


async def test_every_action_is_explained_in_whole_clauses() -> None:
    async with playing(told()) as played:
        await played.press("v")
        assert "What do you do?" in played.text and "…" not in "\n".join(played.lines[2:21])


@pytest.mark.parametrize(
    ("room", "shown"),
    [(60, "say what this is: level, cause; how sure"), (35, "say what this is: level, cause"), (20, "say what this is"),
     (10, "say what…")],
)  # fmt: skip
def test_a_clause_is_left_out_as_a_whole(room: int, shown: str) -> None:
    assert shown == clause("say what this is: level, cause; how sure", room)


async def test_a_fact_to_insert_is_read_to_its_end() -> None:
    async with playing(told()) as played:
        await played.press(*CARE, "r", "f3")
        assert "chemicals found." in played.text and "…" not in "\n".join(played.lines[7:16])


async def test_causes_are_words() -> None:
    async with playing(told()) as played:
        await played.press("c")
        assert "( ) own post" in played.text and "own-post" not in played.text


async def test_a_signature_has_a_label_like_every_line_of_the_form() -> None:
    async with playing(told()) as played:
        await played.press("w")
        rows = [row for row in played.lines if "Signed" in row or "Kind " in row]
        assert rows[0].index("(") == rows[1].index("a name")
        await played.press("shift+tab", *"Ana", "tab")
        await played.type("We know, and are on our way.")
        await played.send()
        assert "Ana" == played.session.acted[-1].signed_by


# -- checks --------------------------------------------------------------------------------------------------------


async def test_what_a_hint_says_is_not_said_again_below_it() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press(*CARE, "r")
        await played.type(POOR)
        played.desk.composer.show_checks()
        await played.settle()
        assert 1 == played.text.count("sks for personal data")
        await played.press("f2", "f2")
        assert 1 == played.text.count("sks for personal data") and "! Ask for it in a private" in played.text


def test_a_line_without_a_tip_stays_whatever_stands_above() -> None:
    rows = [Said(False, "that is not true"), Said(True, "says sorry")]
    assert rows == told_above(rows, "that is not true")


async def test_a_check_has_one_colon() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press(*CARE, "r")
        await played.type(POOR)
        played.desk.composer.show_checks()
        await played.settle()
        assert "Apologises on condition. Say what you did: “our post was hurtful”." in played.text


def test_what_was_begun_for_one_colleague_is_not_found_under_anothers_name() -> None:
    verbs, people = ("inform", "ask", "escalate"), ("ana", "lea")
    assert len({Job(do, "", target="mail", to=(who,)).slot for do in verbs for who in people}) == 6
    assert Job("reply", "", target="p1").slot == "reply p1"


async def test_an_empty_box_that_is_closed_keeps_nothing_and_does_not_say_so() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "r", "escape")
        assert not played.desk.composer.open and "draft is kept" not in played.text
        await played.press("r")
        await played.type("We are on our way.")
        await played.press("escape")
        assert "The draft is kept" in played.text


async def test_nobody_writes_to_themselves() -> None:
    ours = post("ours1", 12.6, "brand", "We are on our way.")
    async with playing(ScriptedSession([*story(), ours])) as played:
        await played.press("2", "G", "m")
        assert not played.desk.composer.open and "our own post" in played.text


@pytest.mark.parametrize("keys", [("c",), ("v",), ("e",)])
async def test_the_clock_can_be_stopped_from_a_dialogue(keys: tuple[str, ...]) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*keys)
        over = played.app.screen
        assert over is not played.desk and not played.session.paused
        await played.press("f8")
        assert played.session.paused and played.app.screen is over
        await played.press("f8")
        assert not played.session.paused


async def test_who_types_over_endex_loses_no_screen_and_begins_no_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed: list[object] = []
    async with playing(ScriptedSession(story())) as played:
        monkeypatch.setattr(played.app, "open_review", reviewed.append)
        await played.press("j", "r")
        await played.type("Please hold")
        played.session.stop("time")
        played.desk.tick()
        await played.pilot.pause()
        assert isinstance(played.app.screen, EndexScreen)
        await played.press(*"the letter, your apology is ready", "enter", "escape", "ctrl+s", "y")
        assert isinstance(played.app.screen, EndexScreen) and not reviewed
        assert "enter goes to the review" in screen_text(played.app)
        played.app.screen._deaf_until = 0.0
        await played.pilot.press("enter", "enter", "enter")
        await played.pilot.pause()
        assert 1 == len(reviewed) and played.app.screen is played.desk


async def test_a_screen_that_was_left_takes_no_other_with_it() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("question_mark")
        help_ = played.app.screen
        help_.dismiss(None)
        help_.dismiss(None)
        help_.dismiss(None)
        await played.settle()
        assert played.app.screen is played.desk
