"""Text from outside, made safe."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.text import FORBIDDEN, MARKS_PER_LETTER, clean, describe, is_clean
from tests.hostile import CORPUS, UNUSUAL

NEVER = {
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F,
    0x200B, 0x2060, 0xFEFF, 0x2028, 0x2029, *range(0xE0000, 0xE0080),
}  # fmt: skip

pieces = st.sampled_from(
    [
        "\x1b", "[", "]", "31m", "\x9b", "\x9d", "\x07", "\x9c", "\\", "52;c;", "P", "\x18", "\r", "\n", "\t",
        "a", "\u0301", "\u20e3", "\ufe0f", "\u200d", "\u200c", "\u200b", "\u202e", "\ud800", "\U000e0041",
        "\U0001f468", "\u2764", "क", "\u094d", "م", "界", *CORPUS.values(),
    ]
)  # fmt: skip
anything = st.text(st.characters(exclude_categories=()))
texts = st.lists(pieces | anything).map("".join)


def most_marks(text: str) -> int:
    """The longest run of marks on one letter; joiners do not end it."""
    most = now = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            now += 1
        elif character not in "\u200c\u200d":
            now = 0
        most = max(most, now)
    return most


@given(texts, st.booleans(), st.none() | st.integers(0, 40))
def test_cleaning_twice_changes_nothing_more(text: str, multiline: bool, limit: int | None) -> None:
    once = clean(text, limit=limit, multiline=multiline)
    assert clean(once, limit=limit, multiline=multiline) == once
    assert is_clean(once)


@given(texts)
def test_nothing_is_left_that_a_terminal_obeys_or_an_eye_misses(text: str) -> None:
    cleaned = clean(text)
    for character in cleaned:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")
        assert ord(character) not in NEVER
        assert not FORBIDDEN.match(character)
    assert most_marks(cleaned) <= MARKS_PER_LETTER
    cleaned.encode()


@given(texts, st.integers(0, 40))
def test_no_more_than_the_limit_is_kept(text: str, limit: int) -> None:
    cleaned = clean(text, limit=limit)
    assert len(cleaned) <= limit
    assert clean(text).startswith(cleaned)


@given(texts)
def test_one_line_holds_no_line_break(text: str) -> None:
    assert len(clean(text, multiline=False).splitlines()) <= 1


@given(st.text(st.characters(codec="ascii", min_codepoint=32, exclude_characters="\x7f")))
def test_ordinary_text_is_returned_as_it_is(text: str) -> None:
    assert clean(text) is text


@pytest.mark.parametrize("name", UNUSUAL)
def test_other_writing_is_left_alone(name: str) -> None:
    assert clean(CORPUS[name]) == CORPUS[name]
    assert is_clean(CORPUS[name])


@pytest.mark.parametrize(
    "name", [name for name in CORPUS if name.startswith(("markup", "jinja", "format", "html"))]
)
def test_markup_is_left_for_the_widget_to_show(name: str) -> None:
    assert clean(CORPUS[name]) == CORPUS[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csi_colour", "red"),
        ("csi_clear", "beforeafter"),
        ("csi_unfinished", "before"),
        ("csi_in_pieces", "[31mred"),
        ("c1_csi", "beforeafter"),
        ("osc_title", "after"),
        ("osc_link", "click"),
        ("osc_clipboard", "beforeafter"),
        ("osc_unfinished", "first line\nsecond line"),
        ("c1_osc", "beforeafter"),
        ("dcs", "beforeafter"),
        ("apc_and_pm", "beforeafter"),
        ("reset", "beforeafter"),
        ("charset", "beforeafter"),
        ("bell", "dingdong"),
        ("carriage_return", "We are sorry\nWe are glad"),
        ("crlf", "first\nsecond"),
        ("nul", "cutshort"),
        ("delete", "abcxyz"),
        ("backspace", "guiltyinnocent"),
        ("next_line", "firstsecond"),
        ("line_separator", "first\nsecond\nthird"),
        ("tab", "a b"),
        ("bidi_override", "safegnp.exe"),
        ("zero_width", "recalled"),
        ("tags", "hello"),
        ("lone_surrogates", "abc"),
        ("zalgo", "a" + "\u0301" * 4 + "b"),
        ("joiners_in_latin", "sorry"),
        ("joiners_many", "\U0001f468\u200d\U0001f469"),
    ],
)
def test_a_hostile_text_loses_what_is_hostile(name: str, expected: str) -> None:
    assert clean(CORPUS[name]) == expected


def test_a_payload_of_several_lines_goes_with_its_sequence() -> None:
    assert clean("a\x1b]52;c;AAAA\nBBBB\x07b") == "ab"


def test_a_run_of_line_breaks_becomes_one_space_on_one_line() -> None:
    assert clean("a\r\n\r\nb\u2028c", multiline=False) == "a b c"


def test_a_cut_emoji_keeps_no_dangling_joiner() -> None:
    assert clean(CORPUS["emoji_family"], limit=2) == "\U0001f468"


def test_millions_of_hostile_characters_take_no_time() -> None:
    for piece in ("\x1b]", "\x9d\n", "\x1b[1;", "a\u0301\u200d", "\u200d", "\U0001f468\u200d", "\x1b "):
        assert is_clean(clean(piece * (200_000 // len(piece))))


def test_a_character_that_cannot_be_shown_is_named() -> None:
    assert describe("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert describe("\x1b") == "U+001B ESCAPE"
    assert describe("\x01") == "U+0001 (control character)"
    assert describe("\ud800") == "U+D800 (half of a character)"
