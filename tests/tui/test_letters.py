"""A sentence typed at the desk with no text box open is swallowed; quick commands never are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, story
from tui.letters import SILENCE_S, SPAN_S, Heard, Letters, Press, typed
from tui.screens.dialogs import ChoiceDialog

MOVES = frozenset("jkgG")
KNOWN = "abcdefhilmnoqrstuvwxyzACDEFHKMOPQRSYZ"
GAPS = st.floats(0, 0.5)


def row(signs: str, gap_s: float, refused: str = "") -> list[Press]:
    return [Press(sign, at * gap_s, sign in refused) for at, sign in enumerate(signs)]


@given(st.text(KNOWN + "jkgG0123456789+-/", max_size=12), GAPS)
def test_letters_that_all_mean_something_are_commands_however_fast_they_come(signs: str, gap_s: float) -> None:
    assert not typed(row(signs, gap_s), MOVES)


@given(st.sampled_from(KNOWN + "jk "), st.integers(1, 30), GAPS)
def test_a_key_that_is_pressed_again_and_again_is_no_sentence(sign: str, times: int, gap_s: float) -> None:
    assert not typed(row(sign * times, gap_s, sign), MOVES)


@given(st.text("jkgG 0123456789p", max_size=12), GAPS)
def test_moving_marking_and_one_wrong_key_are_no_sentence(signs: str, gap_s: float) -> None:
    assert not typed(row(signs, gap_s, "p"), MOVES)


@given(st.text(KNOWN, min_size=3, max_size=9), st.floats(SPAN_S, 3))
def test_keys_that_come_one_by_one_are_no_sentence(signs: str, gap_s: float) -> None:
    assert not typed(row(signs, gap_s * 1.01, signs), MOVES)


@given(st.text(KNOWN, min_size=3, max_size=6).filter(lambda word: len(set(word)) >= 3), st.floats(0, 0.14))
def test_a_word_and_a_space_are_a_sentence_and_so_is_a_word_with_a_letter_that_means_nothing(
    word: str, gap_s: float
) -> None:
    assert typed(row(f"{word} ", gap_s), MOVES)
    assert typed(row(word, gap_s, word[0]), MOVES)


def test_a_sentence_is_swallowed_with_its_enter_until_there_is_silence() -> None:
    letters = Letters(MOVES, ("X",))
    for at, sign in enumerate("we "):
        assert letters.comes(sign, sign, at / 10) is Heard.GOES_ON
        letters.refused()
    heard = [letters.comes(sign, sign, 0.3 + at / 10) for at, sign in enumerate("are")]
    assert heard == [Heard.BEGINS, Heard.SWALLOWED, Heard.SWALLOWED]
    assert letters.comes("enter", "\r", 0.7) is Heard.SWALLOWED
    assert letters.comes("r", "r", 0.7 + SILENCE_S + 0.01) is Heard.GOES_ON


def test_the_key_of_a_real_emergency_and_the_arrows_are_never_swallowed() -> None:
    for key, sign in (("X", "X"), ("down", None), ("f10", None), ("escape", "\x1b")):
        letters = Letters(MOVES, ("X",))
        for at, one in enumerate("the "):
            letters.comes(one, one, at / 10)
        assert letters.comes("m", "m", 0.5) is Heard.SWALLOWED
        assert letters.comes(key, sign, 0.6) is Heard.GOES_ON


# -- at the desk -------------------------------------------------------------------------------------------------


async def test_a_sentence_typed_at_the_desk_does_nothing_more_and_says_where_to_type() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("p", "L", "o", *"d we pause all ads", "enter")
        assert "Nothing was typed: no text box is open. s writes into the log." in played.text
        assert played.did == [] and played.app.screen is played.desk and not played.desk.composer.open


async def test_a_sentence_whose_first_letter_opens_a_question_does_not_answer_it() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("e", *"verybody stop", "enter")
        assert isinstance(played.app.screen, ChoiceDialog) and played.did == []
        assert "Nothing was typed" in played.text.replace("\n", " ")


async def test_quick_commands_do_what_they_do() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "d", "j", "d", "u", "o")
        assert played.did == ["flag", "flag", "flag"] and "Queue by reach" in played.text
