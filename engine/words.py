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
from scenarios.grammar import parse

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
    hour: str = ""
    """An hour of the clock within a few hours of the post, 1 to 12."""
    hourword: str = ""
    """The same in a word."""


class Grammar:
    """The words of one scenario: its own before the stock."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], stock: Mapping[str, tuple[str, ...]]) -> None:
        """Both must be free of `scenarios.grammar.faults`; a symbol is cut into its parts when it is first used."""
        self._words, self._stock = words, stock

    def text_of(self, post: Posted, answers: Posted | None, told: Told, luck: Luck) -> str:
        """What a crowd post says, `answers` being the post it stands under. Same posts, told and luck: same text."""
        symbol = next((name for name in starts(post, answers) if name in self._words or name in self._stock), "")
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
        alternatives = self._words.get(symbol) or self._stock[symbol]
        digits, choice = divmod(digits, len(alternatives))
        for kind, value in parse(alternatives[choice]):
            if kind == "symbol":
                digits = self._expand(value, digits, told, out)
            else:
                out.append(value if kind == "text" else str(getattr(told, value)))
        return digits


def starts(post: Posted, answers: Posted | None = None) -> list[str]:
    """The symbols a post may start from, the most special first."""
    theme, need, mood, voice, form = post.theme, post.need, post.mood, post.voice, post.form
    if form == "original" and need != "none":
        names = [f"{need}.{mood}", need]
    elif form == "original" and mood == "calm" and voice in _ANYBODY:
        return [f"{theme}.none.calm", "bystander", f"{theme}.none", "none"]
    elif form == "original":
        return [
            f"{theme}.{voice}", f"{theme}.none.{mood}", f"{theme}.none", f"{voice}.{mood}", voice, "none",
        ] if voice not in _ANYBODY else [
            f"{theme}.none.{mood}", f"{theme}.none", f"{voice}.{mood}", voice, "none",
        ]  # fmt: skip
    elif form == "reaction":
        to = _answered(answers)
        names = [f"reaction.{mood}", "reaction"]
        if to:
            return [
                f"{theme}.reaction.to-{to}", *(f"{theme}.{name}" for name in names), f"reaction.to-{to}", *names
            ] if mood != "calm" else [f"{theme}.reaction.calm", f"reaction.to-{to}", *names]  # fmt: skip
        if mood == "calm":  # nobody who is calm takes from the words of the angry
            return [f"{theme}.reaction.calm", *names]
    elif form == "grumble":
        names = ["grumble", "chatter"]
    elif form == "defence" and not post.quotes:  # we have said nothing yet that one could defend
        names = ["defence.brave", "defence"]
    else:
        names = [form]
    return [f"{theme}.{name}" for name in names] + names


_ANYBODY = ("customer", "bystander")
"""Voices that say what the theme's people say, where the scenario gives them no words of their own."""


def _answered(answers: Posted | None) -> str:
    """What kind of post a reaction stands under, or ''."""
    if answers is None:
        return ""
    if answers.need in ("harm", "question", "complaint"):
        return answers.need
    return {"fan": "fan", "joker": "joke", "rumour_spreader": "rumour"}.get(answers.voice, "")


_A = re.compile(r"\b([Aa]) (?=[aeio]|u[gmlnpst](?!i)|8|11\b|18\b)(?!one?\b|once\b|eu|use|ut)")
_AN = re.compile(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwxyz]|one\b|once\b|eu|uni|use)")


def tidy(text: str) -> str:
    """One space between words, none before a stop; a or an as the next word wants; at most 600 characters."""
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    return _AN.sub(r"\1 ", _A.sub(r"\1n ", text))[:_MOST_CHARACTERS]
