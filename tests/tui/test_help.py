"""The help: what one needs most comes first, and there is one thing to scroll."""

from __future__ import annotations

import re

import pytest

from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, story
from tui import keys
from tui.glyphs import FLAGS, LATE, NEEDS, SOON
from tui.screens.help import HelpScreen, signs
from tui.screens.help_words import SEVEN


@pytest.mark.parametrize("before", [(), ("2",), ("4",), ("r", "f1")], ids=["queue", "feed", "team", "composer"])
async def test_the_seven_keys_one_needs_most_are_on_the_first_page(before: tuple[str, ...]) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*before)
        if not isinstance(played.app.screen, HelpScreen):
            await played.press("question_mark")
        rows = played.lines
        first = next(at for at, row in enumerate(rows) if "Keys to begin with" in row)
        assert first <= 2
        known = {key.id: key for key in keys.table()}
        shown = "\n".join(rows)
        assert all(f"│  {known[one].shown} " in shown for one in SEVEN)


def test_every_sign_stands_once_with_all_that_it_means() -> None:
    rows = [row.plain for row in signs(76)]
    told = re.findall(r"(?:^ |  )(\S) [a-z]", "\n".join(rows), re.MULTILINE)
    assert len(told) == len(set(told))
    assert {one.glyph for one in (*NEEDS.values(), *FLAGS.values(), LATE, SOON)} == set(told)
    assert "! priority, late" in "  ".join(rows) and "@ private, mail" in "  ".join(rows)


async def test_there_is_one_scroll_bar_and_nothing_of_the_desk_beside_it_where_it_is_narrow() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("question_mark")
        screen = played.app.screen
        assert 1 == len([one for one in screen.walk_children() if one.show_vertical_scrollbar and one.region])
        box = screen.query_one(".box").region
        assert (0, 80) == (box.x, box.width)
