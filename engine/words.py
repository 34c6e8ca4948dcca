"""Words: what a crowd post says, made from its key when someone looks.

The language has two marks. `#symbol#` expands one of the symbol's alternatives; `{name}` is looked up in a flat table
of strings; all else is literal. Attribute access, indexing, format specs and loops do not exist, so a scenario from a
stranger cannot reach anything. Choices are the digits of the post's own luck: the text is a pure function of the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.events import Posted
from engine.luck import Luck
from scenarios.grammar import faults, parse

_MOST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of a post may refer to."""

    brand: str
    handle: str
    who: str = ""
    quote: str = ""
    wait: str = ""
    channel: str = ""
    hashtag: str = ""


class Grammar:
    """The words of one scenario: its own before the stock."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], stock: Mapping[str, tuple[str, ...]]) -> None:
        """Raises GrammarError with the first fault."""
        for fault in faults(words, stock):
            raise fault
        self._rules = {
            symbol: tuple(parse(alternative) for alternative in alternatives)
            for symbol, alternatives in {**stock, **words}.items()
        }

    def text_of(self, post: Posted, voice: str, told: Told, luck: Luck) -> str:
        """What a crowd post says. Same post, voice, told and luck: the same text."""
        symbol = next((name for name in starts(post, voice) if name in self._rules), "")
        if not symbol:
            return "…"
        numbers = luck.of(f"words/{post.key}")
        digits = 0
        for number in numbers:
            digits = digits << 64 | number
        parts: list[str] = []
        self._expand(symbol, digits, told, parts)
        return tidy("".join(parts))

    def _expand(self, symbol: str, digits: int, told: Told, out: list[str]) -> int:
        alternatives = self._rules[symbol]
        digits, choice = divmod(digits, len(alternatives))
        for kind, value in alternatives[choice]:
            if kind == "symbol":
                digits = self._expand(value, digits, told, out)
            else:
                out.append(value if kind == "text" else str(getattr(told, value)))
        return digits


def starts(post: Posted, voice: str) -> list[str]:
    """The symbols a post may start from, the most special first."""
    theme, need, mood = post.theme, post.need, post.mood
    if post.form == "chatter":
        names = ["chatter"]
    elif post.form == "original" and need != "none":
        names = [f"{need}.{mood}", need]
    elif post.form == "original":
        return [f"{theme}.{voice}", f"{theme}.none.{mood}", f"{theme}.none", voice, "none"]
    elif post.form == "reaction":
        names = [f"reaction.{mood}", "reaction"]
    else:
        names = [post.form]
    return [f"{theme}.{name}" for name in names] + names


def tidy(text: str) -> str:
    """One space between words, none before a stop; no text longer than 600 characters."""
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    return text[:_MOST_CHARACTERS]
