"""The briefing: everything one may know before STARTEX, and two ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drills.drill import Drill
from tests.tui import fakes_review as fakes
from tests.tui.stage import SIZES, Stage, picture, text_of
from tui.keys import table
from tui.screens.briefing import BriefingScreen
from tui.screens.briefing_text import CONTRACT, SEVEN, briefing


def stage(drill: Drill = fakes.DRILL) -> Stage:
    return Stage(lambda: BriefingScreen(drill))


async def test_enter_is_startex() -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "space", "enter")
        await pilot.pause()
    assert [True] == app.answer


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_one_can_step_back(key: str) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert [False] == app.answer


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 34), (160, 45)])
async def test_watermark_and_stop_words_are_always_in_sight(size: tuple[int, int]) -> None:
    app = stage()
    async with app.run_test(size=size) as pilot:
        await pilot.press("G")
        await pilot.pause()
        shown = text_of(app)
        assert "EXERCISE EXERCISE EXERCISE" in shown.splitlines()[0]
        assert "NO DUFF" in "\n".join(shown.splitlines()[-3:])
        assert "STARTEX" in shown


@pytest.mark.parametrize("width", [60, 100, 150])
def test_everything_is_told(width: int) -> None:
    told = " ".join(briefing(fakes.DRILL, width).plain.split())
    for word in (
        "Four cafés and a bakery",  # brand
        "one star",  # premise
        "Nobody asks why",  # the offer to step out
        "social-media lead",
        "Mia Berg",
        "Never: delete criticism",
        "Keep a small thing small",
        "Ida Holt",
        "customer-service manager 4 min",
        "Per Sand and Ada",  # who must approve an official statement
        "@cafelumo",
        "280 characters",
        "5 real minutes",
        "NO DUFF",
        "TIME OUT",
    ):
        assert word in told or width != 60  # columns tear sentences apart, words stay
        assert all(part in told for part in word.split())
    assert all(key.shown in told for key in table() if key.id in SEVEN)
    assert 3 == len(CONTRACT)


def test_no_line_is_wider_than_told() -> None:
    for width in (40, 76, 96, 139, 140, 156):
        assert all(line.cell_length <= width for line in briefing(fakes.DRILL, width).split("\n"))


def test_without_a_plan_one_has_a_plain_team() -> None:
    told = briefing(replace(fakes.DRILL, plan=None), 76).plain
    assert "The plan knows you" not in told
    assert "asks for no approval" in told
    assert "Head of communications" in told


def test_without_content_notes_nothing_is_said_of_them() -> None:
    scenario = fakes.SCENARIO.model_copy(update={"content_notes": ()})
    assert "hard to read" not in briefing(replace(fakes.DRILL, scenario=scenario), 76).plain


@picture
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x45"])
def test_looks(snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(), terminal_size=size)
