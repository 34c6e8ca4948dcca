"""Every terminal: without box lines, with wide and hostile names, at every size, and without anything that moves."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.hostile import CORPUS
from tests.tui.screens import SCREENS, desks
from tests.tui.scripted import ScriptedSession, post, story
from tests.tui.sound import broken, foreign, misplaced
from tui.ascii import ASCII, ascii_wanted, in_ascii
from tui.safe import AsciiFilter

HOSTILE = ("emoji_family", "emoji_parts", "chinese", "zalgo", "arabic", "hindi", "wide_no_space", "bidi_override",
           "csi_clear", "tab", "korean", "thai")  # fmt: skip
SOURCES = [
    path
    for folder in ("tui", "drills")
    for pattern in ("*.py", "keys.yaml")
    for path in (Path(__file__).parents[2] / folder).rglob(pattern)
    if "tone" not in path.parts and "plans" not in path.parts
]


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
async def test_no_screen_overflows_where_there_is_more_room_than_it_needs(name: str) -> None:
    async with SCREENS[name]((200, 60)) as shown:
        assert [] == misplaced(shown)


@pytest.mark.parametrize("name", ["queue", "console", "review-1", "palette"])
async def test_a_screen_in_ascii_says_the_same_with_other_signs(name: str) -> None:
    async with SCREENS[name]((120, 34)) as shown:
        usual = [in_ascii(line) for line in shown.lines()]
    async with SCREENS[name]((120, 34), "", AsciiFilter()) as shown:
        assert usual == shown.lines()
        assert set() == foreign(shown.lines())


async def test_a_terminal_of_another_encoding_gets_only_what_it_can_show() -> None:
    async with SCREENS["lobby"]((120, 34), "", AsciiFilter("ascii")) as shown:
        text = "\n".join(shown.lines())
        assert text.isascii()
        assert "Caf? Lumo" in text
    async with SCREENS["lobby"]((120, 34), "", AsciiFilter("latin-1")) as shown:
        assert "Café Lumo" in "\n".join(shown.lines())


@pytest.mark.parametrize("name", ["queue", "feed", "inbox", "thread"])
@pytest.mark.parametrize("text", HOSTILE)
async def test_wide_and_hostile_texts_break_no_column(text: str, name: str) -> None:
    odd = [post("odd", 12.6, "mike", CORPUS[text], need="harm"), post("odd2", 12.61, "lola", CORPUS[text])]
    async with desks(lambda: ScriptedSession([*story(), *odd]))[name]((160, 45)) as shown:
        lines = shown.lines()
        assert [] == broken(lines, 160)
        right = [line[-1] for line in lines[3:-2]]
        assert set(right) <= set("│┃╮╭╯╰┓┛┏┗ ▲█▁ "), right


def test_every_sign_is_swapped_for_one_cell_of_ascii() -> None:
    assert all(len(stand_in) == 1 and stand_in.isascii() and stand_in.isprintable() for stand_in in ASCII.values())
    assert all(cell_len(chr(code)) == 1 for code in ASCII)


def test_every_sign_of_our_own_sources_has_a_stand_in() -> None:
    signs = {sign for path in SOURCES for sign in path.read_text("utf-8") if not sign.isascii() and not sign.isalpha()}
    assert len(signs) > 20
    assert set() == {sign for sign in signs if not in_ascii(sign).isascii()}


@given(st.text())
def test_swapping_changes_no_width(text: str) -> None:
    assert cell_len(text) == cell_len(in_ascii(text))


@pytest.mark.parametrize(
    ("encoding", "environ", "wanted"),
    [
        ("utf-8", {}, False),
        ("utf-8", {"LANG": "en_GB.UTF-8"}, False),
        ("utf-8", {"STORMDRILL_ASCII": "1"}, True),
        ("ascii", {"STORMDRILL_ASCII": "0"}, False),
        ("latin-1", {}, True),
        ("cp437", {}, True),
        ("no-such-encoding", {}, True),
        (None, {}, True),
        ("utf-8", {"LANG": "C"}, True),
        ("utf-8", {"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, True),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),  # what Python itself sets under LANG=C
        ("utf-8", {"LANG": "C", "LC_ALL": "C.UTF-8"}, False),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, False),
    ],
)
def test_the_locale_decides_unless_somebody_does(
    encoding: str | None, environ: Mapping[str, str], wanted: bool
) -> None:
    assert wanted == ascii_wanted(encoding, environ)


async def test_nothing_moves_by_itself() -> None:
    async with SCREENS["queue"]((160, 45)) as shown:
        assert "none" == shown.app.animation_level
        assert not shown.app.animator._animations
        before = [list(strip) for strip in shown.strips()]
        for _ in range(10):
            await shown.app.animator.wait_for_idle()
        assert before == [list(strip) for strip in shown.strips()]


@pytest.mark.parametrize("name", ["reply", "statement", "filter"])
async def test_no_cursor_blinks_where_one_writes(name: str) -> None:
    async with SCREENS[name]((80, 24)) as shown:
        assert shown.app.focused is not None
        assert not getattr(shown.app.focused, "cursor_blink", True)


def test_a_stream_of_bytes_decides_by_its_encoding() -> None:
    assert ascii_wanted(io.TextIOWrapper(io.BytesIO(), encoding="ascii").encoding, {})
