"""Colours: every pair that a screen paints can be read, in both themes; without colour nothing is lost; the choice is
remembered."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.tui.looks import wear
from tests.tui.screens import SCREENS
from tests.tui.scripted import ScriptedSession, story
from tests.tui.sound import TEXT, contrast, painted, rgb
from tui.app import StormdrillApp
from tui.settings import Settings
from tui.theme import DARK, LIGHT, THEMES


@pytest.mark.parametrize("name", ["lobby", "lobby-runs", "learner", "review-2", "review-3", "review-5", "review-8-open",
                                  "palette"])  # fmt: skip
async def test_without_colour_the_row_under_the_cursor_can_be_read(name: str) -> None:
    async with SCREENS[name]((80, 24)) as shown:
        await wear(shown, "plain")
        weak = {text: pair for pair, text in painted(shown).items() if contrast(*pair) < TEXT and text.isprintable()}
        assert {} == {text: pair for text, pair in weak.items() if any(sign.isalnum() for sign in text)}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", ["foreground", "muted", "accent", "error", "warning", "success"])
@pytest.mark.parametrize("behind", ["background", "boost", "cursor", "cursor-blur"])
def test_each_colour_of_a_word_can_be_read_on_each_ground(theme: Any, name: str, behind: str) -> None:
    colours = {**theme.variables, **{part: getattr(theme, part) for part in
               ("foreground", "accent", "error", "warning", "success", "background", "boost")}}  # fmt: skip
    assert contrast(rgb(colours[name]), rgb(colours[behind])) >= TEXT


def test_the_contrasts_are_those_that_were_chosen() -> None:
    measured = {
        theme.name: [round(contrast(rgb(str(getattr(theme, name))), rgb(str(theme.background))), 1)
                     for name in ("foreground", "accent", "error", "warning", "success")]
        for theme in THEMES
    }  # fmt: skip
    assert {"stormdrill-dark": [13.4, 8.5, 7.1, 14.1, 8.0], "stormdrill-light": [14.3, 5.8, 8.8, 5.5, 6.2]} == measured


async def test_without_colour_the_row_under_the_cursor_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with SCREENS["queue"]((80, 24), "") as shown:
        lines = shown.strips()
        reversed_ = [at for at, strip in enumerate(lines) if any(s.style and s.style.reverse for s in strip)]
        queue = shown.app.screen.query_one("#queue").region
        assert [at for at in reversed_ if queue.y <= at < queue.bottom]
        colours = {
            tuple(colour.get_truecolor())
            for strip in lines
            for _, style, _ in strip
            if style is not None
            for colour in (style.color, style.bgcolor)
            if colour is not None and not colour.is_default
        }
        assert [] == [colour for colour in colours if len(set(colour)) > 1]


async def test_the_choice_of_colours_is_remembered(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for before, after in ((DARK.name, LIGHT.name), (LIGHT.name, DARK.name)):
        app = StormdrillApp(session=ScriptedSession(story()), settings=settings)
        async with app.run_test() as pilot:
            assert before == app.theme
            await pilot.press("f9")
            assert after == app.theme
        assert after == Settings(tmp_path / "settings.json").get("theme")


async def test_colours_that_are_not_there_any_more_are_passed_over(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.put("theme", "no-such-theme")
    app = StormdrillApp(session=ScriptedSession(story()), settings=settings)
    async with app.run_test():
        assert DARK.name == app.theme


async def test_without_settings_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    app = StormdrillApp(session=ScriptedSession(story()))
    async with app.run_test() as pilot:
        await pilot.press("f9")
    assert [] == list(tmp_path.iterdir())


def test_settings_are_written_whole_and_for_their_owner_alone(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new" / "settings.json")
    assert settings.put("theme", "one") and settings.put("other", "two")
    assert {"theme": "one", "other": "two"} == json.loads(settings.path.read_bytes())
    assert ["settings.json"] == [path.name for path in settings.path.parent.iterdir()]
    assert 0 == stat.S_IMODE(settings.path.stat().st_mode) & 0o077


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff\xfe", b'{"theme": 1}', b"[" * 50_000])
def test_a_damaged_file_of_settings_counts_as_empty_and_is_mended(tmp_path: Path, data: bytes) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.path.write_bytes(data)
    assert "" == settings.get("theme")
    assert settings.put("theme", "one")
    assert "one" == settings.get("theme")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.put("theme", "one")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not settings.put("theme", "two")
    assert "one" == settings.get("theme")
    assert ["settings.json"] == [path.name for path in tmp_path.iterdir()]
