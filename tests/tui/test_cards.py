"""Card exercises: look, choose, say why, write; feedback at once; kept as one goes; passed or not at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from drills.practice import sittings
from drills.practice.dealing import deal
from tests.tui.desk_pilot import impatient, screen_text
from tests.tui.fakes_cards import TODAY, source, two_cards
from tests.tui.stage import Stage
from tui.screens.cards import CardsScreen
from tui.screens.cards_table import CardTable
from tui.widgets.composer import Text

SORRY = "I am sorry that your soup was cold and that you waited an hour. That was our fault."


@asynccontextmanager
async def at(home: Path, of: CardTable | None = None, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Any]:
    app = Stage(lambda: CardsScreen(of or two_cards(home), today=TODAY.date))
    with impatient():
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()

            async def press(*keys: str) -> str:
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                await pilot.pause(0.08)
                return screen_text(app)

            app.press, app.pilot = press, pilot  # type: ignore[attr-defined]
            yield app


async def write(app: Any, text: str) -> None:
    app.screen.query_one(Text).insert(text)
    await app.pilot.pause()


async def test_a_number_takes_an_answer_and_the_reason_is_asked_next(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        assert "card 1 of 2" in screen_text(app)
        assert "My soup was cold. [b]Twice[/b]." in screen_text(app), "outside text is data"
        shown = await app.press("1")
        assert "You say: A small thing" in shown
        assert "What told you?" in shown
        assert "One cold soup is one cold soup" not in shown, "what it is worth is told when all is answered"


async def test_feedback_comes_at_once_with_what_would_have_been_right(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        shown = await app.press("2", "1")
        for words in (
            "✗ A crisis",
            "Somebody is left in danger",
            "→ A small thing",
            "✓ One person and a soup",
        ):
            assert words in shown
        assert "By rule S0-19." in shown[shown.index("That is all there is.") :], "codes come after all that is told"


async def test_one_enter_too_many_takes_no_answer(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        shown = await app.press("enter", "enter")
        assert "What is this?" in shown and "You say" not in shown
        assert "▸" not in shown and "enter Choose" not in shown
        assert "j k Move  1 … 2 Choose at once" in shown


async def test_a_pointer_shows_which_answer_enter_takes(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        assert "▸ 1  A small thing" in await app.press("j")
        shown = await app.press("j")
        assert "▸ 2  A crisis" in shown and "▸ 1" not in shown
        assert "j k Move  enter Choose" in shown
        assert "bold" in str(app.screen.query_one("#options").get_option_at_index(1).prompt.spans)
        assert "You say: A crisis" in await app.press("enter")


async def test_the_reason_is_not_chosen_by_the_enter_that_took_the_answer(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        shown = await app.press("j", "enter", "enter")
        assert "What told you?" in shown and "✓" not in shown


@pytest.mark.parametrize("width", [80, 120])
async def test_the_answers_of_every_card_have_the_whole_width(tmp_path: Path, width: int) -> None:
    made = CardTable.of("md-02-three-or-three-hundred", tmp_path)
    texts = [choice.text for choice in made.hand.cards[1].choices]
    async with at(tmp_path, made, (width, 40)) as app:
        shown = await app.press("1", "1", "enter")
        assert "card 2 of 8" in shown
        assert [True] * len(texts) == [text in shown for text in texts]


async def test_the_page_keys_scroll_a_long_card_whatever_has_the_keyboard(tmp_path: Path) -> None:
    async with at(tmp_path, size=(60, 12)) as app:
        shown = await app.press("1", "1")
        assert "PgDn" in shown
        assert app.screen.query_one("#table").scroll_y > 0
        await app.press("pageup", "pageup")
        assert 0 == app.screen.query_one("#table").scroll_y
        await app.press("pagedown", "enter")
        await app.press("pageup", "pageup")
        assert 0 == app.screen.query_one("#table").scroll_y and "write" == app.screen._phase
        await app.press("pagedown")
        assert app.screen.query_one("#table").scroll_y > 0


async def test_an_answer_below_the_screen_comes_into_sight_with_the_pointer(tmp_path: Path) -> None:
    async with at(tmp_path, size=(60, 12)) as app:
        assert "A crisis" not in screen_text(app)
        assert "▸ 2  A crisis" in await app.press("j", "j")


async def test_a_click_takes_an_answer_as_well(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.pilot.click("#options", offset=(8, 0))
        await app.pilot.pause()
        assert "You say: A small thing" in screen_text(app)


async def test_an_answer_is_on_disk_when_it_is_told(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.press("1")
        assert [] == list(sittings.read(tmp_path).sittings)
        await app.press("1")
        [kept] = sittings.read(tmp_path).sittings
        assert [("soup", "small", "one")] == [(one.card, one.choice, one.reason) for one in kept.answers]
        assert not kept.ended


async def test_whoever_leaves_goes_on_with_the_next_card_and_finds_the_text_again(tmp_path: Path) -> None:
    first = two_cards(tmp_path)
    async with at(tmp_path, first) as app:
        await app.press("1", "1", "enter")
        await write(app, "I am so")
        await app.press("escape")
    [kept] = sittings.read(tmp_path).sittings
    again = CardTable(source(), deal(source(), kept.seed), tmp_path, sitting=kept, now=lambda: TODAY)
    assert again.resumed
    async with at(tmp_path, again) as app:
        assert "card 2 of 2" in screen_text(app)
        assert "I am so" == app.screen.query_one(Text).text


async def test_passed_says_so_and_when_to_come_back(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.press("1", "1", "enter")
        await write(app, SORRY)
        shown = await app.press("ctrl+s")
        assert "That can go out." in shown
        assert "One that passes" in shown
        shown = await app.press("enter")
        for words in ("PASSED", "2 of 2 cards were right; 2 are needed.", "Come back tomorrow"):
            assert words in shown
        assert "Look at" not in shown
        [kept] = sittings.read(tmp_path).sittings
        assert (True, 2, 2) == (kept.passed, kept.right, kept.of)
        await app.press("enter")
        assert [None] == app.answer


async def test_not_passed_says_what_to_look_at_again_and_a_plays_it_once_more(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.press("2", "2", "enter")
        await write(app, "Soup is soup.")
        shown = await app.press("ctrl+s")
        assert "Say sorry for the soup." in shown
        shown = await app.press("enter")
        for words in ("NOT YET", "0 of 2 cards", "left somebody in danger", "Look at these again", "→ A small thing"):
            assert words in shown
        shown = await app.press("a")
        assert "card 1 of 2" in shown


async def test_nothing_and_too_much_are_not_handed_in(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.press("1", "1", "enter")
        assert "There is nothing to hand in yet." in await app.press("ctrl+s")
        await write(app, "sorry " * 25)
        assert "Too long by 29 characters." in await app.press("ctrl+s")


async def test_the_checks_speak_while_one_writes(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.press("1", "1", "enter")
        await write(app, "We are sorry if you feel that way.")
        await app.pilot.pause(0.5)
        assert "!" in str(app.screen.query_one("#checks", Static).content)
        assert "86 characters left" in screen_text(app)


async def test_letters_are_letters_while_one_writes(tmp_path: Path) -> None:
    async with at(tmp_path) as app:
        await app.press("1", "1", "enter", *"1ajq")
        assert "1ajq" == app.screen.query_one(Text).text


async def test_a_folder_that_cannot_be_written_is_told_and_the_card_stays_open(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file")
    async with at(home) as app:
        await app.press("1", "1")
        assert any("can't be kept" in note.message for note in app._notifications)
        assert "card 1 of 2" in screen_text(app)
