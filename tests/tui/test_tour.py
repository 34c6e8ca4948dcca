"""The tour: a real desk on a quiet morning; every step waits for the key it teaches; nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from drills import shelf
from drills.joining import check
from tests.tui.desk_pilot import come, impatient, screen_text
from tui import keys
from tui.app import StormdrillApp
from tui.screens import tour_steps
from tui.screens.briefing import BriefingScreen
from tui.screens.lobby import LobbyScreen
from tui.screens.tour import TourScreen
from tui.screens.tour_end import TourEnd
from tui.screens.tour_steps import WAITS, steps
from tui.settings import Settings

HELLO = " Hello Mara, see you on Sunday. Ida"


class Toured:
    """The application, with the tour open."""

    def __init__(self, app: StormdrillApp, pilot: Any) -> None:
        self.app, self.pilot = app, pilot

    @property
    def desk(self) -> TourScreen:
        assert isinstance(self.app.screen, TourScreen)
        return self.app.screen

    @property
    def waits_for(self) -> str:
        """What the step on screen waits for."""
        return steps()[self.desk.at].waits_for

    async def press(self, *pressed: str) -> None:
        """Press keys, and let the desk see what came of it."""
        for key in pressed:
            await self.pilot.press(key)
            await self.pilot.pause()
            if isinstance(self.app.screen, TourScreen):
                self.app.screen.tick()
            await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type a text at once."""
        self.desk.composer.area.insert(text)
        await self.pilot.pause()
        self.desk.tick()


@asynccontextmanager
async def touring(home: Path) -> AsyncIterator[Toured]:
    app = StormdrillApp(home=home, settings=Settings(home / "settings.json"))
    with impatient():
        async with app.run_test(size=(80, 24)) as pilot:
            await come(pilot, LobbyScreen)
            await pilot.press("t")
            await pilot.pause()
            yield Toured(app, pilot)


async def answered(tour: Toured) -> None:
    """The whole way to the second part."""
    await tour.press("j", "enter", "r", "f3", "enter")
    await tour.write(HELLO)
    await tour.press("ctrl+s", "y", "u", "ctrl+s", "y")


async def test_every_step_waits_for_its_key(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        seen = []
        for key in ("", "j", "enter", "r", "f3 enter", HELLO, "ctrl+s", "y", "u", "ctrl+s y", "e space enter"):
            await (tour.write(key) if key == HELLO else tour.press(*key.split()))
            seen.append(tour.waits_for)
        assert [step.waits_for for step in steps()] == seen


async def test_it_ends_by_offering_the_first_exercise(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        await answered(tour)
        await tour.press("e", "space", "enter")
        await tour.write("Smoke under our door in Mill Lane.")
        await tour.press("ctrl+s", "y")
        await tour.pilot.pause()
        assert isinstance(tour.app.screen, TourEnd)
        assert "the first exercise" in screen_text(tour.app)
        await tour.press("enter")
        assert isinstance(tour.app.screen, BriefingScreen)
        assert "One cup of soup" in screen_text(tour.app)


async def test_it_leaves_nothing_behind_but_that_it_was_taken(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        folder = tour.desk.session.path
        assert folder.is_dir()
        assert tmp_path not in folder.parents
        tour.app.tour_over(done=True)
        await tour.pilot.pause()
        assert not folder.exists()
        assert [] == shelf.runs(tmp_path / "runs")
        assert tour.app.settings is not None
        assert "done" == tour.app.settings.get("tour")


@pytest.mark.parametrize("leaves", ["escape", "ctrl+q"])
async def test_one_key_leaves_it_without_a_question(tmp_path: Path, leaves: str) -> None:
    async with touring(tmp_path) as tour:
        assert "esc leaves the tour" in screen_text(tour.app)
        await tour.press(leaves)
        await tour.pilot.pause()
        assert isinstance(tour.app.screen, LobbyScreen)
        assert "First time here?" in screen_text(tour.app)
        assert tour.app.session is None


async def test_esc_goes_back_before_it_leaves(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        await tour.press("j", "enter", "r")
        assert "esc keeps the draft" in screen_text(tour.app)
        await tour.press("escape")
        assert tour.desk.queue.has_focus


async def test_a_step_taken_early_takes_those_before_it_along(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        await tour.press("r")
        assert "fact" == tour.waits_for


async def test_what_belongs_to_a_later_part_does_not_skip_this_one(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        await tour.press("e", "space", "enter")
        assert "moved" == tour.waits_for


async def test_the_countdown_stands_still_until_one_has_recalled(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        await tour.press("j", "enter", "r", "f3", "enter")
        await tour.write(HELLO)
        await tour.press("ctrl+s", "y")
        tour.desk._ticked -= 60  # a minute goes by
        tour.desk.tick()
        assert 1 == len(tour.desk.outbox.waiting)
        await tour.press("u")
        assert HELLO in tour.desk.composer.text


async def test_a_real_emergency_stops_it_too(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        await tour.press("X", "up", "enter")
        await tour.pilot.pause()
        assert "NO DUFF: exercise stopped" in screen_text(tour.app)


async def test_the_palette_of_the_lobby_has_it(tmp_path: Path) -> None:
    async with touring(tmp_path) as tour:
        assert "Tour" not in {one.title for one in tour.app.get_system_commands(tour.app.screen)}
        await tour.press("escape")
        await tour.pilot.pause()
        commands = {one.title: one for one in tour.app.get_system_commands(tour.app.screen)}
        commands["Tour"].callback()
        await tour.pilot.pause()
        assert isinstance(tour.app.screen, TourScreen)


def test_every_step_waits_for_something_known_and_names_keys_that_exist() -> None:
    known = {key.id for key in keys.packed()}
    assert list(WAITS) == [step.waits_for for step in steps()]
    assert set().union(*[re.findall(r"\{([a-z-]+)\}", step.text) for step in steps()]) <= known


def test_it_names_keys_of_ones_own() -> None:
    keys.rebind({"reply": "ctrl+y"})
    try:
        assert "Answer her: ^y." == steps()[2].said().plain
    finally:
        keys.rebind({})


def test_its_scenario_and_its_drill_are_sound() -> None:
    folder = Path(tour_steps.__file__).parent
    assert [] == check(folder / "tour_scenario.yaml")
    assert "tour" not in {drill.id for drill in shelf.drills()}
