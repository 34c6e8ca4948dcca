"""A written answer to a card, read by the judge that reads every text at the desk and held against its marks."""

from __future__ import annotations

from dataclasses import dataclass

from drills import tone
from drills.practice.model import Card, TextMark, Writes
from drills.scoring import rubric
from engine.reading import PPM, Reading

_LIKE_POSTS = ("post", "mail")
"""What a card shows that can be answered; a draft or a situation is not a post."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A mark that a text did not reach."""

    mark: TextMark
    value: float
    """0 to 1, as it was read."""
    feedback: str
    """What to do about it: the author's words, else the judge's tip."""
    start: int = 0
    """Where in the text, as far as one place can be named; `end` is 0 where none can."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A written answer with what it was worth."""

    reading: Reading
    missed: tuple[Missed, ...]

    @property
    def passed(self) -> bool:
        return not self.missed


def judge(card: Card, text: str) -> Judged:
    """A text written to this card. Raises ValueError where the card asks for none.

    A dimension that does not apply to the text counts as 0.
    """
    if card.writes is None:
        raise ValueError(f"the card {card.id} asks for no text")
    reading = tone.read(text, context_of(card, card.writes))
    return Judged(reading, tuple(missed for mark in card.writes.passes if (missed := _missed(mark, reading))))


def context_of(card: Card, writes: Writes) -> tone.Context:
    """What the judge is told about a card's text, for a screen that judges while somebody types."""
    shown = card.shows
    post = writes.post or (shown.text if shown.kind in _LIKE_POSTS else "")
    about = writes.about or (shown.text if shown.kind == "situation" else "")
    return tone.Context(
        channel_kind=writes.channel,
        post=post,
        post_need=writes.need or "",
        severity=writes.severity,
        level=writes.level,
        author_name=writes.author or (shown.who if post and not writes.post else ""),
        about=about,
    )


def value(name: str, reading: Reading) -> float:
    """What a reading shows of a dimension, of `overall` or of `apology`, 0 to 1."""
    if name == "overall":
        return reading.overall / PPM
    if name == "apology":
        return completeness(reading)
    return (reading.dimensions.get(name) or 0) / PPM


def completeness(reading: Reading) -> float:
    """How much of a whole apology a text has, 0 to 1, by the weights of Tn6 (Lewicki et al. 2016)."""
    weights = rubric.load().group("apology")
    total = sum(weights.values())
    return sum(weight for name, weight in weights.items() if name in reading.components) / total


def _missed(mark: TextMark, reading: Reading) -> Missed | None:
    found = value(mark.dimension, reading)
    low = mark.at_least is not None and found < mark.at_least - 1e-9
    high = mark.at_most is not None and found > mark.at_most + 1e-9
    if not (low or high):
        return None
    worst = next((one for one in reading.findings if one.dimension == _name(mark) and one.value < 0), None)
    feedback = mark.feedback or (worst.tip if worst is not None else "") or _plain(mark, found)
    return Missed(mark, found, feedback, worst.start if worst else 0, worst.end if worst else 0)


def _name(mark: TextMark) -> str:
    return "sincere_apology" if mark.dimension == "apology" else mark.dimension


def _plain(mark: TextMark, found: float) -> str:
    """What is said where neither the author nor the judge has a word for it."""
    wanted = f"at least {mark.at_least:.0%}" if mark.at_least is not None and found < mark.at_least else ""
    wanted = wanted or f"at most {mark.at_most or 0:.0%}"
    return f"{mark.dimension.replace('_', ' ')}: {found:.0%} where this card asks for {wanted}."
