"""The key map: every verb can be reached, nothing is bound twice, and help, palette and last line agree with it."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.widgets import TextArea

from engine.actions import VERBS
from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, story
from tui import keys
from tui.screens.desk_verbs import VERB_FLOWS
from tui.screens.help import help_text


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_key_a_menu_letter_and_a_help_line(verb: str) -> None:
    found = keys.for_verb(verb)
    assert found, f"{verb} has no key"
    assert [key.menu for key in found if key.menu], f"{verb} is not in the verb menu"
    shown = help_text("queue", (), 90).plain
    assert all(key.label in shown and key.help[:30] in shown for key in found)


def test_every_verb_has_a_flow_and_no_flow_is_without_a_verb() -> None:
    assert set(VERBS) == set(VERB_FLOWS)


async def test_the_palette_has_every_verb() -> None:
    async with playing(ScriptedSession(story())) as played:
        titles = {command.title for command in played.app.get_system_commands(played.app.screen)}
        missing = [verb for verb in VERBS if not any(f"{k.group}: {k.label}" in titles for k in keys.for_verb(verb))]
        assert missing == []


@pytest.mark.parametrize("scopes", [("app", "desk", "list", "feed"), ("composer",), ("review",)])
def test_no_key_is_bound_twice(scopes: tuple[str, ...]) -> None:
    bound = Counter(one for key in keys.table() if key.scope in scopes for one in key.key.split(","))
    assert [one for one, times in bound.items() if times > 1] == []


def test_menu_letters_differ_and_do_not_move_the_cursor() -> None:
    letters = [key.menu for key in keys.menu()]
    assert len(set(letters)) == len(letters)


def test_the_composer_takes_no_key_from_the_text() -> None:
    own = {one for binding in TextArea.BINDINGS for one in binding.key.split(",")}  # type: ignore[union-attr]
    ours = {one for key in keys.table() if key.scope == "composer" for one in key.key.split(",")}
    assert ours & own == set()


@pytest.mark.parametrize("pane", ["queue", "feed", "inbox", "team", "facts", "content", "log", "thread", "composer"])
def test_the_last_line_names_at_most_seven_keys(pane: str) -> None:
    assert 1 <= len(keys.foot(pane)) <= 7


@pytest.mark.parametrize(("name", "shown"), [("ctrl+s", "^s"), ("f3", "F3"), ("question_mark", "?"), ("f", "f")])
def test_keys_are_written_as_people_write_them(name: str, shown: str) -> None:
    assert shown == keys.shown(name)
