"""Pictures of the coach: its rungs above the keys, and the last look; recorded with `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.scripted import story
from tests.tui.stage import picture
from tests.tui.test_coach import POOR, JudgedSession
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen
from tui.theme import LIGHT

CARE = ("j", "j", "r")
LOOKS = {
    "question": (("h",), "", (), (80, 24), ""),
    "pattern": (("h", "h", "h"), "", (), (120, 34), LIGHT.name),
    "draft": (CARE, POOR, ("f2", "f2"), (80, 24), ""),
    "draft-large": (CARE, POOR, ("f2", "f2"), (160, 45), ""),
    "group": (("R",), "We are looking into it.", (), (80, 24), ""),
    "last-look": (CARE, POOR, ("ctrl+s", "y"), (80, 24), ""),
    "last-look-light": (("w",), POOR, ("ctrl+s",), (120, 34), LIGHT.name),
    "facts": (CARE, "", ("f3",), (80, 24), ""),
}


def desk(
    keys: tuple[str, ...], text: str, then: tuple[str, ...], theme: str
) -> tuple[StormdrillApp, Callable[[Pilot[None]], Any]]:
    """An app, and what is done with it before the picture is taken."""
    app = StormdrillApp(session=JudgedSession(story()))

    async def before(pilot: Pilot[None]) -> None:
        if theme:
            app.theme = theme
        assert isinstance(app.screen, DeskScreen)
        screen = app.screen
        screen.tick()
        screen.paint()
        await pilot.pause()
        await pilot.press(*keys)
        if text:
            screen.composer.area.insert(text)
            screen.composer.show_checks()
            await pilot.pause(0.45)
        await pilot.press(*then)
        screen._second = -1
        screen.paint()
        await pilot.pause(0.1)

    return app, before


@picture
@pytest.mark.parametrize("name", LOOKS)
def test_looks(snap_compare: Any, name: str) -> None:
    keys, text, then, size, theme = LOOKS[name]
    app, before = desk(keys, text, then, theme)
    assert snap_compare(app, terminal_size=size, run_before=before)
