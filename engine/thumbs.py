"""How people type: what their thumbs do to a well-formed sentence.

Everybody has habits (lower case, no apostrophes, abbreviations, emoji), which come from the author's own luck, so the
same person types the same way in every post; what happens in one post comes from the post's luck. How often each thing
happens was set to what real complaints show (rates of docs/validation.md, V13).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.luck import ONE, Eight, Luck
from engine.reading import PPM

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
QUOTE = "\ue002\ue003"
"""What stands around words of ours that somebody quotes, until they are typed."""
_QUOTED = re.compile(r"\ue002[^\ue003]*\ue003|“[^”]*”|\"[^\"]*\"")
_ENDS = re.compile(r"(?<=[a-z0-9’'\")\ue001])([.!])(?=$)")
_NEIGHBOURS = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "k": "l", "l": "k",
    "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "d", "t": "r", "u": "y", "v": "b", "y": "u",
}  # fmt: skip
_KIND_FORMS = ("defence", "echo-kind", "answer-good", "burst")
_FUN_VOICES = ("joker", "troll")
Words = Mapping[str, tuple[str, ...]]


class Dice:
    """A post's own numbers, one after the other."""

    def __init__(self, numbers: Eight) -> None:
        self._digits = 0
        for number in numbers:
            self._digits = self._digits << 64 | number

    def below(self, ppm: int) -> bool:
        """Whether something of this chance happens."""
        self._digits, part = divmod(self._digits, PPM)
        return part < ppm

    def pick(self, count: int) -> int:
        """One of so many."""
        self._digits, part = divmod(self._digits, count)
        return part


def typed(
    text: str, *, key: str, author: str, form: str, voice: str, need: str, mood: str, handle: str, hashtag: str,
    luck: Luck, words: Words,
) -> str:  # fmt: skip
    """The text as its author types it: a pure function of what is given. `handle` and `hashtag` with their marks."""
    quoted: list[str] = []

    def keep(match: re.Match[str]) -> str:
        quoted.append(match[0].strip(QUOTE))
        return f"\ue000{len(quoted) - 1}\ue001"

    text = _QUOTED.sub(keep, text)  # what somebody quotes they copy: no thumb touches it
    habits = luck.of(f"habits/{author}")
    dice = Dice(luck.of(f"thumbs/{key}"))
    hot = mood in ("angry", "furious")

    def habit(number: int, share: int) -> bool:
        return habits[number] < share * ONE // PPM

    if form in ("original", "again") and "@" not in text and voice != "bot":
        text = _said_to(text, handle, dice)
    if form != "again" and need != "harm" and voice != "hurt_customer" and dice.below(240_000):
        text = _filled(text, words, dice)
    if habit(0, 300_000):
        text = _swapped(text, words, dice, 700_000)
    elif dice.below(250_000):
        text = _swapped(text, words, dice, 300_000)
    if habit(1, 220_000) and dice.below(700_000):
        text = text[:1].lower() + text[1:] if text[:2] not in ("I ", "I'") else text
        text = re.sub(r"([.!?] )([A-Z])", lambda m: m[1] + m[2].lower(), text)
    if dice.below(330_000 if habit(2, 200_000) else 60_000):
        text = _mistyped(text, dice)
    if dice.below(110_000 if hot else 50_000):
        text = _shouted(text, dice)
    text = _ended(text, dice, hot, habit(3, 250_000))
    if dice.below(165_000) and "#" not in text and voice != "bot":
        text = f"{text} {hashtag}"
    if dice.below(450_000 if habit(4, 250_000) else 60_000):
        kind = "kind" if form.startswith(_KIND_FORMS) or voice == "fan" else "fun" if voice in _FUN_VOICES else mood
        emoji = words.get(f"typing.emoji.{kind}", ())
        text = f"{text} {emoji[dice.pick(len(emoji))]}" if emoji else text
    return re.sub("\ue000(\\d+)\ue001", lambda match: quoted[int(match[1])], text)


def _said_to(text: str, handle: str, dice: Dice) -> str:
    """Complaints are said to somebody: six in ten name the account."""
    if not dice.below(600_000):
        return text
    return f"{handle} {text}" if dice.below(550_000) else f"{text} {handle}"


def _filled(text: str, words: Words, dice: Dice) -> str:
    """A filler at the start, after a comma, or at the end."""
    starts, fillers = words.get("typing.start", ()), words.get("typing.filler", ())
    if not starts or not fillers:
        return text
    where = dice.pick(3)
    filler = fillers[dice.pick(len(fillers))]
    if where == 0 and not text.startswith("@"):
        start = starts[dice.pick(len(starts))]
        lowered = text if re.match(r"I\b|[A-Z]{2}|[A-Z]\w* [A-Z]", text) else text[:1].lower() + text[1:]
        return f"{start[:1].upper()}{start[1:]}{', ' if dice.below(600_000) else ' '}{lowered}"
    if where == 1 and ", " in text:
        return text.replace(", ", f", {filler}, ", 1)
    ends = re.search(r"[.!?]*$", text)
    assert ends is not None
    return f"{text[: ends.start()]} {filler}{ends[0]}" if len(text) > 20 and "@" not in text[-20:] else text


def _swapped(text: str, words: Words, dice: Dice, share: int) -> str:
    """Words typed the short way."""

    def swap(match: re.Match[str]) -> str:
        word = match[0]
        ways = words.get(f"type.{word.lower().replace('’', chr(39))}")
        if ways is None or (match.start() and text[match.start() - 1] in "@#") or not dice.below(share):
            return word
        way = ways[dice.pick(len(ways))]
        return way[:1].upper() + way[1:] if word[0].isupper() and way[:1].islower() and len(way) > 1 else way

    return _WORD.sub(swap, text)


def _plain_words(text: str, least: int) -> list[re.Match[str]]:
    """The words of at least so many letters that are no names: all lower case, no @name, no hashtag."""
    return [
        match
        for match in _WORD.finditer(text)
        if len(match[0]) >= least
        and match[0].islower()
        and text[:match.start()][-1:] not in ("@", "#", ".")
    ]


def _mistyped(text: str, dice: Dice) -> str:
    """One slip of the thumb: two letters swapped, one lost, doubled, or its neighbour hit."""
    found = _plain_words(text, 5)
    if not found:
        return text
    match = found[dice.pick(len(found))]
    word = match[0]
    at = 1 + dice.pick(len(word) - 2)
    kind = dice.pick(4)
    match kind:
        case 0:
            slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            slip = word[:at] + word[at + 1 :]
        case 2:
            slip = word[:at] + word[at] + word[at:]
        case _:
            slip = word[:at] + _NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]
    return text[: match.start()] + slip + text[match.end() :]


def _shouted(text: str, dice: Dice) -> str:
    """One word in capitals."""
    found = _plain_words(text, 4)
    if not found:
        return text
    match = found[dice.pick(len(found))]
    return text[: match.start()] + match[0].upper() + text[match.end() :]


def _ended(text: str, dice: Dice, hot: bool, drops: bool) -> str:
    """How it ends: with an exclamation mark, with dots, without its stop, or as it was."""
    if dice.below(240_000 if hot else 150_000):
        return _ENDS.sub("!!" if dice.below(200_000) else "!", text)
    if dice.below(70_000):
        return _ENDS.sub("...", text)
    return _ENDS.sub("", text) if drops else text
