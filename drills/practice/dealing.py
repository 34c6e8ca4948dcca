"""A card exercise being played: which cards are drawn, what was answered, and whether that passes.

Rules
1. Everything is a value: a `Hand` never changes, and `tell` and `assess` are functions of it. So a screen, a test and
   the file on disk always mean the same exercise.
2. Which cards, and in which order they and their options lie, follows from the seed alone, by name and not by turn:
   a card that an author adds does not reshuffle the others.
3. Look-alikes of one pair are drawn together, since telling them apart is the exercise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from drills.practice.judging import Judged, judge
from drills.practice.model import Card, CardsFile, Choice
from engine.luck import Luck
from scenarios.source import Source


@dataclass(frozen=True, slots=True)
class Dealt:
    """A card on the table, its options in the order in which they lie."""

    card: Card
    choices: tuple[Choice, ...]
    reasons: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """The cards of one sitting."""

    file: CardsFile
    seed: int
    edition: str
    """Eight hexadecimal digits of the exercise's text: a sitting goes on only with the text it began with."""
    cards: tuple[Dealt, ...]

    @property
    def needed(self) -> int:
        """How many cards must be right."""
        rule = self.file.pass_
        if rule.right is not None:
            return min(rule.right, len(self.cards))
        share = len(self.cards) * (rule.share or 0.0)
        return max(1, -int(-(share - 1e-9) // 1))


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to one card. What the card did not ask is ''."""

    card: str
    choice: str = ""
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer was worth, with everything there is to say about it."""

    right: bool
    """Everything that the card asked was answered rightly."""
    safety_miss: bool
    choice: Choice | None = None
    reason: Choice | None = None
    judged: Judged | None = None
    """The text that was written, read; None where the card asks for none."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a whole sitting was worth."""

    passed: bool
    right: int
    of: int
    needed: int
    safety_misses: tuple[str, ...]
    """The cards on which somebody was left in danger."""
    again: tuple[str, ...]
    """The cards to look at again, in the order they were dealt."""
    why: str
    """One sentence that a person reads."""


def deal(source: Source[CardsFile], seed: int) -> Hand:
    """The cards of a sitting with this seed."""
    file, luck = source.value, Luck(seed)
    edition = blake2b(source.text.encode(), digest_size=4).hexdigest()
    cards = sorted(_drawn(file, luck), key=lambda card: _turn(luck, f"order/{card.id}"))
    return Hand(file, seed, edition, tuple(_dealt(card, luck) for card in cards))


def tell(dealt: Dealt, answer: Answer) -> Told:
    """What an answer is worth. An option that the card does not have counts as none.

    A text that is empty, or longer than the card allows, is not right whatever it reads like.
    """
    choice = next((one for one in dealt.choices if one.id == answer.choice), None)
    reason = next((one for one in dealt.reasons if one.id == answer.reason), None)
    judged = judge(dealt.card, answer.text) if dealt.card.writes is not None else None
    right = (
        (not dealt.choices or (choice is not None and choice.right))
        and (not dealt.reasons or (reason is not None and reason.right))
        and (judged is None or (judged.passed and _fits(dealt.card, answer.text)))
    )
    return Told(right, any(one is not None and one.safety for one in (choice, reason)), choice, reason, judged)


def assess(hand: Hand, answers: Sequence[Answer] | Mapping[str, Answer]) -> Result:
    """What a sitting is worth; a card without an answer is not right, the last answer to a card counts."""
    given = answers if isinstance(answers, Mapping) else {answer.card: answer for answer in answers}
    told = {one.card.id: tell(one, given[one.card.id]) for one in hand.cards if one.card.id in given}
    right = [name for name, one in told.items() if one.right]
    missed = tuple(name for name, one in told.items() if one.safety_miss)
    again = tuple(one.card.id for one in hand.cards if one.card.id not in right)
    unsafe = bool(missed) and hand.file.pass_.no_safety_miss
    enough = len(right) >= hand.needed
    why = f"{len(right)} of {len(hand.cards)} cards were right; {hand.needed} are needed."
    if unsafe:
        why += " An answer left somebody in danger" + (", and that outweighs the count." if enough else ", too.")
    return Result(enough and not unsafe, len(right), len(hand.cards), hand.needed, missed, again, why)


def _fits(card: Card, text: str) -> bool:
    return card.writes is not None and 0 < len(text.strip()) <= card.writes.longest


def _drawn(file: CardsFile, luck: Luck) -> list[Card]:
    """As many cards as are drawn: whole pairs first come, first served, then single cards to fill up."""
    wanted = len(file.cards) if file.draws is None else min(file.draws, len(file.cards))
    groups: dict[str, list[Card]] = {}
    for card in file.cards:
        groups.setdefault(f"pair/{card.pair}" if card.pair else f"card/{card.id}", []).append(card)
    drawn: list[Card] = []
    left_out: list[list[Card]] = []
    for name in sorted(groups, key=lambda name: _turn(luck, f"draw/{name}")):
        if len(drawn) + len(groups[name]) <= wanted:
            drawn += groups[name]
        else:
            left_out.append(groups[name])
    # An odd place that only halves of pairs could fill is filled by one, rather than left empty.
    spare = [card for group in left_out for card in group]
    return drawn + spare[: wanted - len(drawn)]


def _dealt(card: Card, luck: Luck) -> Dealt:
    return Dealt(card, _mixed(card.choices, luck, f"choice/{card.id}"), _mixed(card.reasons, luck, f"reason/{card.id}"))


def _mixed(options: tuple[Choice, ...], luck: Luck, name: str) -> tuple[Choice, ...]:
    return tuple(sorted(options, key=lambda one: _turn(luck, f"{name}/{one.id}")))


def _turn(luck: Luck, name: str) -> int:
    return luck.of(f"practice/{name}")[0]
