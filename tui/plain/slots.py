"""From the words after a command to the fields of an action. What can't be understood is told with how to write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from drills.desk import Desk
from drills.desk.people_fold import FACILITATOR
from drills.room.rights import SEATS
from scenarios.source import suggest
from scenarios.terms import LEVEL_NAMES
from tui.plain.numbers import Numbers
from tui.plain.table import Command

MANY = ("people", "channels")
_WORD = re.compile(r"\s*(\S+)")
_LISTS = ("accounts", "themes", "channels")


class LineError(Exception):
    """A line that says nothing we know; its text says what was expected."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A word, the command it was given to, and where its meaning is looked up."""

    command: Command
    word: str
    desk: Desk
    numbers: Numbers
    seats: tuple[str, ...] = ()
    """Those of a room where somebody sits."""


class Words:
    """What stands on the line after the command's name, taken word by word."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        self.over = False
        """Whether a colon has ended the list of words: the rest is text."""

    def peek(self) -> str:
        """The next word without its colon, or '' when no more words come before the text."""
        match = None if self.over else _WORD.match(self.rest)
        return match[1].removesuffix(":") if match else ""

    def take(self) -> str:
        """The next word, which is then gone."""
        match = _WORD.match(self.rest)
        if match is None or self.over:
            return ""
        self.rest, self.over = self.rest[match.end() :], match[1].endswith(":")
        return match[1].removesuffix(":")


def fields(
    command: Command, words: Words, desk: Desk, numbers: Numbers, seats: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The fields that a command's words fill. `seats`: those of a room that are taken. Raises LineError."""
    out: dict[str, Any] = {"kind": command.fixed} if command.fixed else {}
    for slot in command.takes:
        name = slot.removesuffix("?")
        read = _SLOTS[name]
        if name in MANY:
            found = []
            while words.peek() and not _option(command, words, desk, out):
                found += [one for one in words.take().split(",") if one]
            if not found:
                raise LineError(f"{command.name} needs {_NAMES[name]}: {command.example}")
            out |= read(Ask(command, ",".join(found), desk, numbers, seats))
        elif words.peek():
            try:
                out |= read(Ask(command, words.peek(), desk, numbers, seats))
            except LineError:
                if slot.endswith("?") and command.text:
                    continue  # the word belongs to the text
                raise
            words.take()
        elif slot == "draft?":
            out |= _draft(Ask(command, "", desk, numbers))
        elif not slot.endswith("?"):
            raise LineError(f"{command.name} needs {_NAMES[name]}: {command.example}")
    while words.peek() and _option(command, words, desk, out):
        pass
    words.rest = words.rest.strip().removeprefix(":").strip()
    if words.rest and not command.text:
        raise LineError(f"{command.name} takes nothing more, got “{words.rest[:40]}”: {command.example}")
    return out


def _option(command: Command, words: Words, desk: Desk, out: dict[str, Any]) -> bool:
    """Take the next word if it is one of the command's options."""
    name, equals, value = words.peek().partition("=")
    field = command.options.get(name) if equals else None
    if field is None:
        return False
    words.take()
    if field in _LISTS:
        known = [theme.id for theme in desk.scenario.themes] if field == "themes" else _channels(desk)
        out[field] = tuple(_one_of(known, each, name) for each in value.split(",") if each)
    elif field in ("root_cause", "confidence"):
        from tui.screens.classify import CAUSES

        out[field] = _one_of(CAUSES if field == "root_cause" else ("low", "medium", "high"), value, name)
    elif field == "approval":
        out[field] = _one_of(("emergency", *desk.approvals), value, "approval")
    else:
        out[field] = value.replace("_", " ")
    return True


def _one_of(known: Iterable[str], word: str, what: str) -> str:
    choices = tuple(known)
    if word not in choices:
        raise LineError(f"there is no {what} {word!r}{suggest(word, choices)}; take one of {', '.join(choices)}")
    return word


def _channels(desk: Desk) -> list[str]:
    return [channel.id for channel in desk.scenario.channels]


def _kind(ask: Ask) -> dict[str, Any]:
    return {"kind": _one_of(ask.command.kinds, ask.word, f"{ask.command.name}")}


def _level(ask: Ask) -> dict[str, Any]:
    name = ask.word.upper() if ask.word.upper().startswith("L") else f"L{ask.word}"
    return {"level": LEVEL_NAMES.index(_one_of(LEVEL_NAMES, name, "level"))}


def _thing(ask: Ask) -> dict[str, Any]:
    keys = ask.numbers.keys(ask.word, ask.desk)
    if not keys:
        raise LineError(f"nothing is called {ask.word!r}: queue, inbox and feed give the numbers")
    return {"target": keys[-1]}


def _all(ask: Ask) -> dict[str, Any]:
    target = _thing(ask)["target"]
    return {"target": target, "also": tuple(key for key in ask.numbers.keys(ask.word, ask.desk) if key != target)}


def _draft(ask: Ask) -> dict[str, Any]:
    if ask.word:
        return _thing(ask)
    drafts = [item.key for item in ask.desk.inbox.values() if item.medium == "approval" and item.answered_ms < 0]
    if len(drafts) == 1:
        return {"target": drafts[0]}
    if not drafts:
        raise LineError("nobody waits for your approval")
    raise LineError(f"which draft? {', '.join([str(ask.numbers.of(key)) for key in drafts])}: {ask.command.example}")


def _content(ask: Ask) -> dict[str, Any]:
    return {"target": _one_of(ask.desk.contents, ask.word, "scheduled item") if ask.desk.contents else ask.word}


def _statement(ask: Ask) -> dict[str, Any]:
    if ask.word in ask.desk.published:
        return {"target": ask.word}
    by_number = {str(ask.numbers.of(key)): key for key in ask.desk.published}
    if ask.word not in by_number:
        raise LineError(f"no statement of yours is called {ask.word!r}: said gives the numbers")
    return {"target": by_number[ask.word]}


def _people(ask: Ask) -> dict[str, Any]:
    if not ask.desk.contacts:
        raise LineError("nobody else is in this drill")
    return {"to": tuple(_one_of(ask.desk.contacts, one, "colleague") for one in ask.word.split(","))}


def _person(ask: Ask) -> dict[str, Any]:
    """A colleague, or a seat that somebody plays."""
    word = ask.word.upper()
    return {"to": (word,)} if word in ask.seats else _people(ask)


def _channel(ask: Ask) -> dict[str, Any]:
    return {"target": _one_of(_channels(ask.desk), ask.word, "channel")}


def _many_channels(ask: Ask) -> dict[str, Any]:
    return {"channels": tuple(_one_of(_channels(ask.desk), one, "channel") for one in ask.word.split(","))}


def _plain_word(ask: Ask) -> dict[str, Any]:
    return {"word": ask.word}


_SLOTS: dict[str, Callable[[Ask], dict[str, Any]]] = {
    "thing": _thing,
    "all": _all,
    "draft": _draft,
    "content": _content,
    "statement": _statement,
    "people": _people,
    "person": _person,
    "channel": _channel,
    "channels": _many_channels,
    "kind": _kind,
    "level": _level,
    "span": _plain_word,
    "word": _plain_word,
}
_NAMES = {
    "thing": "a number",
    "all": "a number",
    "draft": "a number",
    "content": "the name of a scheduled item",
    "statement": "the number of a statement",
    "people": "somebody",
    "person": "somebody",
    "channel": "a channel",
    "channels": "a channel",
    "kind": "a kind",
    "level": "a level",
    "span": "a time",
    "word": "a word",
}


def reply_verb(desk: Desk, key: str) -> dict[str, Any]:
    """How `reply` answers what reached us directly: the press, a colleague or a person; {} for a post."""
    item = desk.inbox.get(key)
    if item is None:
        return {}
    if item.medium == "approval":
        raise LineError("that is a draft: write approve, or return with what has to change")
    if item.sender in SEATS:
        role = (one for one, view in desk.contacts.items() if view.colleague.role == item.sender)
        if person := next(role, ""):
            return {"do": "inform", "to": (person,)}
        raise LineError(f"the {item.author} is nobody of the plan: note tells all")
    if item.sender == FACILITATOR:
        raise LineError("the facilitator's word wants no answer")
    journalists = {member.name for member in desk.scenario.cast if member.voice == "journalist"}
    if item.medium == "press" or (item.medium == "call" and item.author in journalists):
        return {"do": "answer_press"}
    colleague = next((one for one, view in desk.contacts.items() if view.colleague.name == item.author), "")
    return {"do": "inform", "to": (colleague,)} if colleague else {"do": "message"}
