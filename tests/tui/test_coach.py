"""The coach at the desk: one rung at each press, away with esc, and unasked only for beginners who are stuck."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drills.judging import context_of
from drills.shelf import RunInfo
from drills.tone.read import read
from engine.reading import Reading
from scenarios.model import Model
from tests.tui import fakes_review
from tests.tui.desk_pilot import Played, playing
from tests.tui.scripted import MINUTE, SCENARIO, ScriptedSession, post, story
from tui.screens import desk_coach
from tui.screens.review_pages import summary

POOR = "Sorry if anyone felt offended, our contractor did it. Please post your phone number here."


class JudgedSession(ScriptedSession):
    """A scripted session whose texts are really read."""

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        return read(text, context_of(SCENARIO, self.desk, do, target, kind))


def below(played: Played) -> str:
    """What stands above the keys."""
    return "\n".join(played.lines[16:23])


def rungs(played: Played) -> list[int]:
    return [one.rung for one in played.session.hints]


# -- at the desk ---------------------------------------------------------------------------------------------------


async def test_each_press_goes_one_rung_up_and_goes_to_the_row() -> None:
    async with playing(ScriptedSession(story(), coach="ask")) as played:
        await played.press("h")
        assert "? Of those who wait: who could be hurt" in below(played)
        assert "care1" == played.desk.queue.current_key
        await played.press("h")
        assert "(counts for Coverage; r: reply)" in below(played) and "? Who" not in below(played)
        await played.press("h")
        assert "… [Name], [what to do now, first]" in below(played)
        await played.press("h")
        assert "… [Name]" in below(played), "there is no model text yet"
        assert [1, 2, 3] == rungs(played)


async def test_a_model_text_is_the_last_rung_after_a_try() -> None:
    session = ScriptedSession(story(), coach="ask")
    model = Model(use="reply", to="safe", text="Please boil it until we say more.")
    session.desk.scenario = SCENARIO.model_copy(update={"models": (model,)})
    async with playing(session) as played:
        await played.press("h", "h", "h", "h")
        assert "boil it" not in played.text
        session.act("reply", target="safe35", text="A try.")
        await played.happen()
        await played.press("h")
        assert "✓ Please boil it until we say more." in below(played) and [1, 2, 3, 4] == rungs(played)


async def test_esc_closes_the_hint_and_the_next_press_goes_on_from_there() -> None:
    async with playing(ScriptedSession(story(), coach="ask")) as played:
        high = played.desk.queue.size.height
        await played.press("h", "h")
        assert played.desk.queue.size.height < high
        await played.press("escape")
        assert "Coverage" not in played.text and played.desk.queue.size.height == high
        await played.press("h")
        assert "… [Name]" in below(played)


async def test_a_hint_goes_when_its_matter_is_over() -> None:
    async with playing(ScriptedSession(story(), coach="ask")) as played:
        await played.press("h")
        played.desk.act("reply", target="care1", text="We bring water now.")
        desk_coach.look(played.desk)
        await played.settle()
        assert "could be hurt" not in played.text


async def test_a_hint_goes_when_somebody_writes() -> None:
    async with playing(ScriptedSession(story(), coach="ask")) as played:
        await played.press("h", "r")
        desk_coach.look(played.desk)
        await played.settle()
        assert "could be hurt" not in played.text


async def test_hostile_names_in_a_hint_move_no_cell() -> None:
    nasty = replace(post("bad", 1, "[bold]\x1b[2J\u202e界{x}", "help", need="harm", form="scripted"))
    async with playing(ScriptedSession([nasty], coach="ask")) as played:
        await played.press("h", "h")
        assert "[bold]" in below(played) and not set("\x1b\u202e") & set(played.text)


# -- unasked -------------------------------------------------------------------------------------------------------


async def stuck(played: Played, seconds: float, *, finished: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody moves for so long, after so many finished drills."""
    info = RunInfo.__new__(RunInfo)
    object.__setattr__(info, "state", "ended")
    monkeypatch.setattr("drills.shelf.runs", lambda _: [info] * finished)
    now = [played.desk.clock()]
    played.desk.clock = lambda: now[0]
    desk_coach.look(played.desk)
    now[0] += seconds
    desk_coach.look(played.desk)
    await played.settle()


@pytest.mark.parametrize(
    ("coach", "seconds", "finished", "speaks"),
    [("on", 21, 0, True), ("on", 21, 2, True), ("on", 21, 3, False), ("on", 19, 0, False), ("ask", 21, 0, False),
     ("off", 60, 0, False)],
)  # fmt: skip
async def test_a_beginner_who_is_stuck_is_asked_a_question(
    coach: str, seconds: float, finished: int, speaks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(ScriptedSession(story(), coach=coach)) as played:
        await stuck(played, seconds, finished=finished, monkeypatch=monkeypatch)
        assert speaks is ("? Of those who wait: who could be hurt" in below(played))
        assert ([1] if speaks else []) == rungs(played), "and it is on the record"


async def test_the_same_question_is_not_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(ScriptedSession(story())) as played:
        await stuck(played, 21, finished=0, monkeypatch=monkeypatch)
        await played.press("escape")
        await stuck(played, 42, finished=0, monkeypatch=monkeypatch)
        assert [1] == rungs(played)


# -- in the composer -----------------------------------------------------------------------------------------------


async def test_f2_helps_with_the_draft_rung_by_rung_and_esc_closes_the_hint_first() -> None:
    async with playing(JudgedSession(story(), coach="ask")) as played:
        await played.press("j", "j", "r", "f2")
        assert "? Who reads this" in played.text
        await played.press("f2", "f2")
        assert "… [Name], [what to do now, first]" in played.text and [1, 2, 3] == rungs(played)
        await played.press("escape")
        assert played.desk.composer.open and "… [Name]" not in played.text
        await played.press("escape")
        assert not played.desk.composer.open


async def test_the_hint_on_a_draft_names_the_words_and_goes_when_they_are_mended() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type(POOR)
        await played.press("f2", "f2")
        assert "› “post your phone”" in played.text and "leak.asks" not in played.text
        played.desk.composer.area.load_text("We bring water to you now, Oakfield.")
        played.desk.composer.show_checks()
        await played.settle()
        assert "“post your phone”" not in played.text


async def test_the_last_look_marks_what_a_reader_trips_over_and_stops_nobody() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("Sorry if anyone felt offended, our contractor did it.")
        await played.press("ctrl+s")
        assert "Sorry if¹ anyone" in played.text and "² “our contractor did” blames somebody else" in played.text
        await played.press("y")
        await played.outbox()
        assert ["reply"] == played.did
        assert played.session.acted[0].text == "Sorry if anyone felt offended, our contractor did it."


async def test_a_coach_that_was_not_asked_marks_nothing_until_f2() -> None:
    async with playing(JudgedSession(story(), coach="ask")) as played:
        await played.press("j", "j", "r")
        await played.type("Our contractor did it.")
        await played.press("ctrl+s")
        assert "blames" not in played.text
        await played.press("f2")
        assert "blames somebody else" in played.text


@pytest.mark.parametrize(("coach", "presses"), [("on", 2), ("ask", 2), ("off", 1)])
async def test_personal_data_in_public_takes_a_second_y_in_training(coach: str, presses: int) -> None:
    async with playing(JudgedSession(story(), coach=coach)) as played:
        await played.press("j", "j", "r")
        await played.type(POOR)
        await played.press("ctrl+s", "y")
        assert (presses == 2) is ("everybody can read it" in played.text)
        assert (presses == 2) is ("send all the same" in played.text)
        if presses == 2:
            await played.press("y")
        await played.outbox()
        assert ["reply"] == played.did


async def test_whoever_edits_after_the_warning_is_warned_again() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type(POOR)
        await played.press("ctrl+s", "y", "e", "ctrl+s", "y")
        await played.outbox()
        assert [] == played.did and "everybody can read it" in played.text


async def test_many_get_the_same_words_and_the_composer_says_what_that_does() -> None:
    crowd = [post(f"p{number}", 1, f"who{number}", "Brown water!", need="complaint", theme="safe")
             for number in range(12)]  # fmt: skip
    async with playing(JudgedSession(crowd, now_ms=5 * MINUTE)) as played:
        await played.press("R")
        await played.type("We are looking into it.")
        played.desk.composer.show_checks()
        await played.settle()
        assert "× 12 people get the same words. The text is worth" in played.text and "reads as" in played.text


async def test_more_than_one_whole_tip_has_room_on_a_small_screen() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type(POOR)
        played.desk.composer.show_checks()
        await played.settle()
        shown = " ".join("".join(line.strip("│ ") + " " for line in played.lines).split())
        assert "Ask for it in a private message: “DM us your number”." in shown
        assert "They acted for you: say what you answer for." in shown


@pytest.mark.parametrize("keys", [("r",), ("w",), ("e", "enter")])
async def test_the_keys_to_send_are_in_sight_however_long_the_text_is(keys: tuple[str, ...]) -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press("j", "j", *keys)
        if keys == ("w",):
            await played.press("tab", "tab", "tab", "tab")
        played.desk.composer.area.load_text("We are sorry. " * (19 if keys != ("e", "enter") else 200))
        await played.press("ctrl+s")
        to = {("r",): " to @oakfield_care, in public", ("w",): " on Flit"}.get(keys, "")
        assert f"y send{to}   e edit" in played.text
        if keys == ("e", "enter"):
            look = played.desk.composer.query_one("LastLook")
            await played.press("down", "j")
            assert 2 == look.scroll_offset.y




async def test_a_statement_that_was_begun_is_nobodys_draft() -> None:
    async with playing(JudgedSession(story())) as played:
        await played.press("w")
        await played.type("We know.")
        await played.press("escape")
        await played.happen()
        assert "✎ draft" not in played.text and played.session.kept


@pytest.mark.parametrize("helped", ["", "With 3 hints in 2 situations: 3 questions."])
def test_the_review_tells_how_much_help_there_was_where_it_counts(helped: str) -> None:
    page = summary(fakes_review.CARD, 100, helped=helped).plain
    assert ("With 3 hints" in page) is bool(helped)
