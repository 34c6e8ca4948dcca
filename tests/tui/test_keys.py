"""The key map: every verb can be reached, nothing is bound twice, and help, palette and last line agree with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from textual.command import CommandList
from textual.widgets import TextArea

from engine.actions import VERBS
from tests.tui.desk_pilot import Played, playing, screen_text
from tests.tui.scripted import ScriptedSession, story
from tui import keys
from tui.screens.desk_verbs import VERB_FLOWS
from tui.screens.help import help_text
from tui.theme import LIGHT
from tui.widgets.feed import Feed
from tui.widgets.virtual import VirtualList


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_key_a_menu_letter_and_a_help_line(verb: str) -> None:
    found = keys.for_verb(verb)
    assert found, f"{verb} has no key"
    assert [key.menu for key in found if key.menu], f"{verb} is not in the verb menu"
    shown = help_text("queue", (), 90).plain
    assert all(key.label in shown and key.help[:30] in shown for key in found)


def test_every_verb_has_a_flow_and_no_flow_is_without_a_verb() -> None:
    assert set(VERBS) == set(VERB_FLOWS)


def test_a_verb_is_called_what_its_key_is_called() -> None:
    other = ("dismiss", "claim", "reply-all", "mend")
    named = {verb: [key.label for key in keys.for_verb(verb) if key.id not in other] for verb in VERBS}
    assert {verb: [VERBS[verb].title] for verb in VERBS} == named


async def test_the_palette_has_every_verb() -> None:
    async with playing(ScriptedSession(story())) as played:
        titles = {command.title for command in played.app.get_system_commands(played.app.screen)}
        missing = [verb for verb in VERBS if not any(f"{k.group}: {k.label}" in titles for k in keys.for_verb(verb))]
        assert missing == []


async def test_the_palette_begins_with_nothing_that_does_harm() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("ctrl+p")
        await played.pilot.pause(0.3)
        first = played.app.screen.query_one(CommandList).get_option_at_index(0)
        assert str(first.prompt).startswith("Everywhere: Help") and "enter does it" in screen_text(played.app)


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


# -- every key is pressed: what holds after it, and did not hold before

Holds = Callable[[Played], bool]


def shows(words: str) -> Holds:
    """These words are on the screen."""
    return lambda played: words in played.text


def at(pane: str) -> Holds:
    """This list has the keyboard."""
    return lambda played: played.desk.focused is not None and played.desk.focused.id == pane


def writes(title: str) -> Holds:
    """The composer is open with this title."""
    return lambda played: played.desk.composer.open and title in str(played.desk.composer.job and
                                                                     played.desk.composer.job.title)  # fmt: skip


def does(verb: str) -> Holds:
    """This verb has reached the session."""
    return lambda played: verb in played.did


LONG = ("a", "enter") * 20
"""A text that is longer than the last look at it is high."""


def looks_from(row: int) -> Holds:
    """The last look at a text begins at this row of it."""
    return lambda played: played.desk.composer.query_one("LastLook").scroll_offset.y == row


def on(row: int) -> Holds:
    """The cursor of the list that has the keyboard is on this row; from the end where it is negative."""

    def holds(played: Played) -> bool:
        pane = played.desk.focused
        return isinstance(pane, VirtualList) and pane.cursor == (row if row >= 0 else len(pane.items) + row)

    return holds


CARE = ("j", "j")
KEYS: dict[str, tuple[tuple[str, ...], Holds]] = {
    "help": ((), shows("Posts that need the same answer are one row")),
    "commands": ((), shows("Search for commands")),
    "light": ((), lambda played: played.app.theme == LIGHT.name),
    "leave": ((), shows("Leave the drill?")),
    "no-duff": ((), shows("STOP the exercise?")),
    "pause-drill": ((), lambda played: played.session.paused),
    "slower": ((), lambda played: played.session.pace == 1),
    "faster": ((), lambda played: played.session.pace == 4),
    "pane-queue": (("2",), at("queue")),
    "pane-feed": ((), at("feed")),
    "pane-inbox": ((), at("inbox")),
    "pane-team": ((), at("team")),
    "pane-facts": ((), at("facts")),
    "pane-content": ((), at("content")),
    "pane-log": ((), at("log")),
    "pane-thread": ((), at("thread")),
    "plan": ((), shows("The plan of North Water")),
    "ghost": ((), shows("You have not finished this drill with this luck before")),
    "next-pane": ((), at("thread")),
    "previous-pane": (("8",), at("queue")),
    "bigger": ((), lambda played: played.desk.has_class("-big")),
    "down": ((), on(1)),
    "up": (("j", "j"), on(1)),
    "half-down": ((), lambda played: played.desk.queue.cursor > 2),
    "half-up": (("G",), lambda played: played.desk.queue.cursor < 7),
    "page-down": ((), lambda played: played.desk.queue.cursor > 5),
    "page-up": (("G",), lambda played: played.desk.queue.cursor < 4),
    "first": (("G",), on(0)),
    "last": ((), on(-1)),
    "open": ((), at("thread")),
    "mark": ((), lambda played: len(played.desk.queue.marked) == 1),
    "follow": (("2",), lambda played: not played.desk.query_one("#feed", Feed).following),
    "filter": ((), at("filter")),
    "match": (("slash", "m", "u", "m", "enter"), shows("Match 2 of 2")),
    "match-before": (("slash", "m", "u", "m", "enter", "n", "n"), shows("Match 2 of 2")),
    "by-theme": ((), shows("b theme")),
    "by-channel": ((), shows("C channel")),
    "expand": ((), shows("Number 34")),
    "author": ((*CARE, "j", "j"), shows("1 post, 0 answered by us")),
    "copy": (CARE, lambda played: "60 residents" in played.app.clipboard),
    "jump": ((), shows("Press a letter to go there")),
    "what-next": (("7",), at("queue")),
    "order": ((), shows("Queue by reach.")),
    "back": (("8",), at("queue")),
    "classify": ((), shows("Classify: what is this?")),
    "flag": (CARE, shows("Flag as")),
    "dismiss": (CARE, does("flag")),
    "assign": (CARE, shows("Give it to")),
    "claim": (CARE, shows("Nobody else plays here")),
    "note": (CARE, shows("A line for the log")),
    "sweep": ((), does("sweep")),
    "undo": ((*CARE, "d"), shows("Took back: dismissed")),
    "redo": ((*CARE, "d", "u"), shows("Done again: dismissed")),
    "verbs": ((), shows("What do you do?")),
    "reply": (CARE, writes("in public to")),
    "reply-all": ((), writes("to 36 posts")),
    "message": (CARE, writes("Private message")),
    "publish": ((), lambda played: played.desk.composer.job is not None and played.desk.composer.job.do == "publish"),
    "said": ((), shows("Nothing is out in your name yet")),
    "hub": ((), lambda played: played.desk.composer.job is not None and played.desk.composer.job.do == "hub"),
    "answer-press": ((), shows("Which query?")),
    "pin": ((), shows("You have not published anything yet")),
    "escalate": ((), shows("Escalate to")),
    "ask": ((), shows("Ask whoever owns the fact")),
    "inform": ((), shows("nothing is asked of them")),
    "mend": ((), shows("None of your drafts has been returned.")),
    "request-approval": ((), writes("Draft for approval")),
    "decide": (("G",), shows("Draft by Ben Holm")),
    "pause": (("6",), does("pause")),
    "edit": (("6",), writes("Edit the scheduled")),
    "resume": (("6",), does("resume")),
    "delete": ((), shows("Take down which of our posts?")),
    "hide": (CARE, shows("Hide this post?")),
    "close-account": ((), shows("Close which of our accounts?")),
    "plant-praise": ((), shows("Plant praise?")),
    "stand-down": ((), shows("Stand down?")),
    "review": ((*CARE, "r", "H", "i"), lambda played: played.desk.composer.has_class("-review")),
    "fact": ((*CARE, "r"), shows("Insert a fact")),
    "approval": ((*CARE, "r", "H", "i"), writes("Draft for approval")),
    "check": ((*CARE, "r", "H", "i"), lambda played: set(played.session.checked) == {"Hi"}),
    "templates": ((*CARE, "r"), shows("Templates: what the plan has ready")),
    "next-field": (("w",), at("kind")),
    "previous-field": (("w", "tab"), lambda played: played.desk.focused is played.desk.composer.area),
    "keep": ((*CARE, "r", "H", "i"), shows("The draft is kept")),
    "send": ((*CARE, "r", "H", "i", "ctrl+s"), shows("Sending in 5 s")),
    "edit-again": ((*CARE, "r", "H", "i", "ctrl+s"),
                   lambda played: played.desk.composer.open and not played.desk.composer.has_class("-review")),
    "look-down": ((*CARE, "r", *LONG, "ctrl+s"), looks_from(1)),
    "look-up": ((*CARE, "r", *LONG, "ctrl+s", "down", "down"), looks_from(1)),
    "keep-reviewed": ((*CARE, "r", "H", "i", "ctrl+s"), shows("The draft is kept")),
}  # fmt: skip
WIDE = ("next-pane", "previous-pane")
"""These need more than one list on the screen."""
PRESSES = [(key.id, one.strip()) for key in keys.packed() if key.scope in keys.DESK for one in key.key.split(",")]


def test_no_key_is_left_out_of_the_table() -> None:
    assert {key.id for key in keys.packed() if key.scope in keys.DESK} == set(KEYS)


@pytest.mark.parametrize(("name", "key"), PRESSES, ids=[f"{name}-{key}" for name, key in PRESSES])
async def test_every_key_does_what_it_is_for(name: str, key: str) -> None:
    before, holds = KEYS[name]
    async with playing(ScriptedSession(story()), (160, 45) if name in WIDE else (80, 24)) as played:
        await played.press(*before)
        assert not holds(played), "it would hold without the key"
        await played.press(key)
        await played.settle()
        assert holds(played)
