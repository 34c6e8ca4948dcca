"""The real emergency: X and F10 stop the drill from anywhere, F1 and F9 work there too."""

from __future__ import annotations

import pytest

from tests.tui.desk_pilot import Played, playing, screen_text
from tests.tui.scripted import ScriptedSession, story
from tui.screens.endex import NoDuffScreen
from tui.screens.help import HelpScreen
from tui.theme import LIGHT

CARE = ("j", "j")
OVER_THE_DESK: dict[str, tuple[str, ...]] = {
    "verbs": ("v",),
    "flag": (*CARE, "f"),
    "classify": ("c",),
    "assign": (*CARE, "a"),
    "escalate": ("e",),
    "hide": (*CARE, "B"),
    "delete": ("D",),
    "close an account": ("K",),
    "leave": ("ctrl+q",),
    "jump": ("apostrophe",),
    "plan": ("l",),
    "help": ("question_mark",),
}
TYPED: dict[str, tuple[str, ...]] = {
    "palette": ("ctrl+p",),
    "note": (*CARE, "s"),
    "filter": ("slash",),
    "composer": (*CARE, "r"),
    "fact": (*CARE, "r", "f3"),
}


async def stopped(played: Played) -> bool:
    """Whether the question is there, and yes stops everything."""
    if "STOP the exercise?" not in screen_text(played.app):
        return False
    await played.press("up", "enter")
    await played.pilot.pause()
    return played.session.ended and isinstance(played.app.screen, NoDuffScreen)


@pytest.mark.parametrize("where", OVER_THE_DESK)
@pytest.mark.parametrize("key", ["X", "f10"])
async def test_it_stops_from_every_dialogue(where: str, key: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*OVER_THE_DESK[where])
        await played.press(key)
        assert await stopped(played)
        text = screen_text(played.app)
        assert "NO DUFF: exercise stopped" in text and "tap water" not in text
        assert played.did == []


@pytest.mark.parametrize("where", TYPED)
async def test_f10_stops_where_letters_are_typed(where: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*TYPED[where])
        await played.press("f10")
        assert await stopped(played)


@pytest.mark.parametrize("where", ["note", "filter", "composer", "palette"])
async def test_a_capital_x_is_a_letter_where_letters_are_typed(where: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*TYPED[where], "X")
        assert "STOP the exercise?" not in screen_text(played.app)


async def test_a_sentence_that_was_meant_for_a_text_stops_nothing() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*"EXE: why is nobody thanking you, yes, n", "enter")
        await played.pilot.pause()
        assert not played.session.ended


async def test_it_is_asked_once_however_often_the_key_is_pressed() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("X", "X", "f10")
        assert len(played.app.screen_stack) == 3, "the first screen, the desk and one question"
        await played.press("escape", "X")
        assert "STOP the exercise?" in screen_text(played.app), "it can be asked again"


@pytest.mark.parametrize("where", ["classify", "verbs", "plan", "jump"])
async def test_help_and_colours_work_in_dialogues(where: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press(*OVER_THE_DESK[where], "f9")
        assert played.app.theme == LIGHT.name
        await played.press("f1")
        assert isinstance(played.app.screen, HelpScreen)
        await played.press("f1")
        assert not isinstance(played.app.screen, HelpScreen)
