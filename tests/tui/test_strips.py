"""What the desk has drawn is gone when it is drawn anew: the collector has nothing to do, and memory does not grow."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.desk_pilot import playing
from tests.tui.scripted import MINUTE, ScriptedSession, flood, post, story
from tui.strips import crop_extend, divide

WORDS = [Segment("brown ", Style(bold=True)), Segment("water in 水道 ", None), Segment("now", Style(italic=True))]


def strip() -> Strip:
    """Twenty-three cells, four of them in wide letters."""
    return Strip(WORDS)


@contextmanager
def rings() -> Iterator[list[object]]:
    """What meanwhile became a ring or was held by one; it is there at the end."""
    found: list[object] = []
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield found
        gc.collect()
        found += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.mark.parametrize(
    ("cuts", "parts"),
    [
        ([23], ["brown water in 水道 now"]),
        ([10, 23], ["brown wate", "r in 水道 now"]),
        ([5, 12, 23], ["brown", " water ", "in 水道 now"]),
        ([10, 23, 30], ["brown wate", "r in 水道 now"]),
        ([], []),
    ],
)
def test_a_strip_is_divided_at_its_cells(cuts: list[int], parts: list[str]) -> None:
    assert [part.text for part in divide(strip(), cuts)] == parts


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (0, 23, "brown water in 水道 now"),
        (0, 25, "brown water in 水道 now  "),
        (0, 10, "brown wate"),
        (6, 23, "water in 水道 now"),
        (6, 25, "water in 水道 now  "),
        (23, 23, ""),
        (0, 0, ""),
    ],
)
def test_a_strip_is_cut_or_filled_up(start: int, end: int, text: str) -> None:
    assert crop_extend(strip(), start, end, None).text == text


def test_a_strip_that_is_left_whole_does_not_keep_itself() -> None:
    with rings() as found:
        one = strip()
        assert divide(one, [one.cell_length]) == [one]
        assert crop_extend(one, 0, one.cell_length, None) is one
        del one

    assert not found


async def test_repaints_leave_nothing_to_the_collector() -> None:
    session = ScriptedSession([*story(), *flood(30, theme="chemicals")])
    async with playing(session, (160, 45)) as played:
        await played.press("j", "j", "2", "k", "1")
        with rings() as found:
            for number in range(3):
                await played.press("j" if number % 2 else "k")
                await played.happen(
                    post(f"new{number}", 13 + number, "kev", f"Number {number}: when is it over?", need="question")
                )
                session.now_ms += MINUTE

        assert not [one for one in found if isinstance(one, Strip)]


async def test_another_row_of_the_queue_does_not_lay_out_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(ScriptedSession(story()), (160, 28)) as played:
        await played.press("j")
        laid_out: list[object] = []
        lay_out = played.desk._refresh_layout
        monkeypatch.setattr(played.desk, "_refresh_layout", lambda **how: (laid_out.append(how), lay_out(**how)))
        seen = set()
        for key in "jjjkkk":
            await played.press(key)
            seen.add(played.desk.thread.virtual_size.height > played.desk.thread.size.height)

        assert seen == {True, False}  # threads that need a bar, and some that do not
        assert not laid_out


async def test_a_closed_dialogue_is_forgotten() -> None:
    async with playing(ScriptedSession(story()), (160, 45)) as played:
        await played.press("question_mark")
        drawn = [weakref.ref(widget._styles_cache) for widget in played.app.screen.walk_children(Widget)]
        assert drawn
        await played.press("escape", "j", "k")
        for _ in range(100):  # its widgets leave one after the other
            gc.collect()
            if not any(one() for one in drawn):
                break
            await played.pilot.pause(0.05)
        assert not [one for one in drawn if one() is not None]
