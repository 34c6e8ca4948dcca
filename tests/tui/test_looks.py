"""What every screen looks like, at three sizes, dark, light and without colours, and whether it is sound.

After a change of a screen `python -m tests.tui.pictures FOLDER` draws the pictures. Look at them, record them with
`pytest tests/tui/test_looks.py --snapshot-update`, and read the diff.
"""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import pytest
import textual
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.screen import Screen

import tui.screens
from tests.tui.looks import SIZES, looked_at, picture, record
from tests.tui.screens import SCREENS, SMALL
from tests.tui.sound import OUTSIDE, foreign, misplaced, weak
from tests.tui.state import State
from tui.theme import LIGHT

DRAWN_BY = "8.2.8"
"""The Textual that drew the recorded pictures; another one draws them a little differently."""
ALL = [*[(name, state, size) for name, state in SCREENS.items() for size in SIZES],
       *[(name, *found) for name, found in SMALL.items()]]  # fmt: skip
ONE_OF_EACH = ("opening", "lobby", "learner", "card", "briefing", "plan", "review-1", "review-mark", "tour", "tour-end",
               "queue", "jump", "classify", "console", "console-speak", "console-note", "console-intensity",
               "console-move", "console-nudge",
               "seat", "room-leave", "room-handed", "said", "hotwash",
               "verbs", "stop", "leave", "note", "help", "palette", "endex", "no-duff")  # fmt: skip
recorded = pytest.mark.skipif(textual.__version__ != DRAWN_BY, reason=f"pictures were drawn by Textual {DRAWN_BY}")


class Text(SingleFileSnapshotExtension):
    """A record in a file of its own."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.mark.snapshot
@recorded
@pytest.mark.parametrize(
    ("state", "size"), [pytest.param(state, size, id=f"{name}-{size[0]}x{size[1]}") for name, state, size in ALL]
)
async def test_looks(state: State, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    looks, unread = {}, {}
    async with state(size) as shown:
        wrong, signs = misplaced(shown), foreign(shown.lines())
        async for name, look in looked_at(shown):
            looks[name] = look
            if name != "plain":
                unread[name] = weak(shown)
    assert snapshot(extension_class=Text) == record(looks)
    if size in SIZES:
        assert [] == wrong
        assert {"dark": {}, "light": {}} == unread
        assert set() == signs or state in [SCREENS[name] for name in OUTSIDE]


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in ("queue", "reply", "palette") else [pytest.mark.slow]) for name in SCREENS],
)
async def test_a_look_that_is_changed_to_is_the_one_that_one_starts_in(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = SIZES[1]
    async with SCREENS[name](size) as shown:
        looks = {look: seen async for look, seen in looked_at(shown)}
    async with SCREENS[name](size, LIGHT.name) as shown:
        assert picture(shown.strips()) == looks["light"]
    monkeypatch.setenv("NO_COLOR", "1")
    async with SCREENS[name](size) as shown:
        assert picture(shown.strips()) == looks["plain"]


async def test_no_screen_is_left_out() -> None:
    modules = [import_module(f"tui.screens.{module.name}") for module in pkgutil.iter_modules(tui.screens.__path__)]
    known = {
        found
        for module in modules
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Screen) and found.__module__ == module.__name__
    }
    seen: set[type] = set()
    for name in ONE_OF_EACH:
        async with SCREENS[name](SIZES[0]) as shown:
            seen |= {type(screen) for screen in shown.app.screen_stack}
    parts = {one for one in known for other in known - {one} if issubclass(other, one)}
    assert set() == known - parts - seen
