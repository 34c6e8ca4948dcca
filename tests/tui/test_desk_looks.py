"""Pictures of the desk, its dialogues and its help at two sizes; recorded with `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.scripted import ScriptedSession, story
from tests.tui.stage import SIZES, picture
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen
from tui.theme import LIGHT

ANSWER = "We know this is frightening. The lab found iron from old pipes, and no chemicals. More here at 15:00."
SCREENS: dict[str, tuple[str, ...]] = {
    "queue": ("j", "j"),
    "feed": ("2", "k"),
    "inbox": ("3",),
    "team": ("4",),
    "facts": ("5",),
    "content": ("6",),
    "filter": ("slash", "m", "u", "m", "enter"),
    "themes": ("b", "b"),
    "expanded": ("x",),
    "jump": ("apostrophe",),
    "author": ("j", "j", "j", "at"),
    "conversation": ("4", "enter"),
    "thread": ("j", "j", "j", "j", "enter"),
    "classify": ("c", "3"),
    "escalate": ("e", "space"),
    "verbs": ("v",),
    "stop": ("X",),
    "help": ("question_mark",),
}


def desk(*keys: str, write: str = "", theme: str = "") -> tuple[StormdrillApp, Callable[[Pilot[None]], Any]]:
    """An app, and what is done with it before the picture is taken."""
    app = StormdrillApp(session=ScriptedSession(story()))

    async def before(pilot: Pilot[None]) -> None:
        if theme:
            app.theme = theme
        assert isinstance(app.screen, DeskScreen)
        screen = app.screen
        screen.tick()
        screen.paint()
        await pilot.pause()
        await pilot.press(*keys)
        if write:
            screen.composer.area.insert(write)
            await pilot.pause(0.45)  # until the checks have spoken
            screen._second = -1  # and a second has passed: the row says that a draft was begun
            screen.paint()
        await pilot.pause(0.1)

    return app, before


DIALOGUES = ("classify", "escalate", "verbs", "stop", "help")
"""As wide on every screen: they are looked at on the small one only."""
LOOKS = [
    pytest.param(name, size, id=f"{name}-{size[0]}x{size[1]}")
    for name in SCREENS
    for size in (SIZES[:1] if name in DIALOGUES else SIZES)
]


@picture
@pytest.mark.parametrize(("name", "size"), LOOKS)
def test_looks(snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    app, before = desk(*SCREENS[name])
    assert snap_compare(app, terminal_size=size, run_before=before)


@picture
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x45"])
@pytest.mark.parametrize("keys", [("j", "j", "j", "j", "r"), ("w",)], ids=["reply", "statement"])
def test_looks_while_one_writes(snap_compare: Any, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    app, before = desk(*keys, write=ANSWER)
    assert snap_compare(app, terminal_size=size, run_before=before)


@picture
def test_looks_in_light(snap_compare: Any) -> None:
    app, before = desk("j", theme=LIGHT.name)
    assert snap_compare(app, terminal_size=(120, 34), run_before=before)


@picture
def test_looks_without_colour(snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app, before = desk("j")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


@picture
def test_looks_when_it_is_too_small(snap_compare: Any) -> None:
    app, before = desk()
    assert snap_compare(app, terminal_size=(50, 14), run_before=before)
