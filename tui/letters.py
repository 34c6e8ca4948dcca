"""Letters where nothing takes them: somebody types a sentence at the desk, and every letter of it would be a command.

Rules
1. What counts is what came within `SPAN_S`: letters, but for those that move the cursor, and spaces. Digits, arrows and
   a key that is pressed again and again are nobody's sentence.
2. It is a sentence where one of three different letters meant nothing here or was refused, or where three letters end
   in a space. Letters that all are commands never are one, however fast they come.
3. Then the rest is swallowed, with the enter and the backspace among it, until `SILENCE_S` pass without a key. The key
   of a real emergency never is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

SPAN_S = 0.9
"""Who writes slowly needs so long for four letters (40 words a minute)."""
SILENCE_S = 0.6
LEAST = 3
_ENDS = ("enter", "backspace")


@dataclass(frozen=True, slots=True)
class Press:
    """A key that writes something, when it came in seconds, and whether nothing came of it here."""

    sign: str
    at_s: float
    refused: bool = False


def typed(presses: Sequence[Press], moves: Collection[str]) -> bool:
    """Whether the last of these keys are a sentence. `moves`: the letters that move the cursor."""
    if not presses:
        return False
    late = [one for one in presses if presses[-1].at_s - one.at_s <= SPAN_S and _counts(one.sign, moves)]
    letters = [one for one in late if one.sign != " "]
    if len({one.sign for one in letters}) < LEAST:
        return False
    word = 0
    for one in late:
        if one.sign == " " and word >= LEAST:
            return True
        word = 0 if one.sign == " " else word + 1
    return any(one.refused for one in letters)


def _counts(sign: str, moves: Collection[str]) -> bool:
    return (sign.isalpha() and sign not in moves) or sign == " "


class Heard(Enum):
    """What becomes of a key."""

    GOES_ON = auto()
    BEGINS = auto()
    """It is swallowed, the first of a sentence: now it has to be said."""
    SWALLOWED = auto()


class Letters:
    """Remembers the last keys, and tells which are swallowed."""

    def __init__(self, moves: Collection[str], never: Collection[str] = ()) -> None:
        """`never`: signs that are never swallowed."""
        self._moves, self._never = frozenset(moves), frozenset(never)
        self._presses: list[Press] = []
        self._sentence_s: float | None = None
        """When the last key of the sentence came that is being swallowed."""

    def comes(self, key: str, sign: str | None, at_s: float) -> Heard:
        """A key comes where nothing takes text. `sign`: what it writes, or None."""
        if self._sentence_s is not None and at_s - self._sentence_s > SILENCE_S:
            self.forget()
        if sign in self._never or ((sign is None or not sign.isprintable()) and key not in _ENDS):
            self.forget()
            return Heard.GOES_ON
        if self._sentence_s is not None:
            self._sentence_s = at_s
            return Heard.SWALLOWED
        if key in _ENDS:
            self.forget()
            return Heard.GOES_ON
        self._presses = [*[one for one in self._presses if at_s - one.at_s <= SPAN_S], Press(sign or "", at_s)]
        if typed(self._presses, self._moves):
            self._sentence_s = at_s
            return Heard.BEGINS
        return Heard.GOES_ON

    def refused(self) -> None:
        """Nothing came of the last key: it means nothing here, or this seat may not."""
        if self._presses:
            self._presses[-1] = replace(self._presses[-1], refused=True)

    def forget(self) -> None:
        """What comes from now on is looked at afresh: somebody has a text field, or uses other keys."""
        self._presses, self._sentence_s = [], None
