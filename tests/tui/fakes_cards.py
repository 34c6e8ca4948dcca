"""A card exercise of two cards, made by hand: one to choose on and one to write on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from drills.practice.dealing import deal
from drills.practice.model import CardsFile
from scenarios.source import loads
from tui.screens.cards_table import CardTable

TODAY = datetime(2026, 3, 2, 9, 0).astimezone()
EXERCISE = """
id: two-cards
title: Soup or storm
skill: warm-reply
ladder: MD-01
minutes: 2
pass: {right: 2}
cards:
  - id: soup
    shows: {who: "@kim", where: Flit, text: "My soup was cold. [b]Twice[/b].", numbers: {usual: "2"}}
    asks: What is this?
    choices:
      - {id: small, text: A small thing, right: true, feedback: One cold soup is one cold soup., rules: [S0-19]}
      - {id: crisis, text: A crisis, safety: true, feedback: Nobody had heard of it until you said so.}
    why: What told you?
    reasons:
      - {id: one, text: One person and a soup, right: true, feedback: That is all there is.}
      - {id: loud, text: She writes twice, feedback: Twice is not many.}
  - id: sorry
    shows: {kind: situation, text: A guest waited an hour for cold soup.}
    writes:
      asks: Answer the guest.
      post: "I waited an hour for cold soup."
      passes: [{dimension: sincere_apology, at_least: 0.5, feedback: Say sorry for the soup.}]
      model: I am sorry that your soup was cold and that you waited an hour. That was our fault.
      longest: 120
"""


def source() -> Any:
    return loads(EXERCISE, "two-cards.yaml", CardsFile)


def two_cards(home: Path, seed: int = 1) -> CardTable:
    """A sitting in which the soup comes first and its right answer is the first one."""
    found = source()
    while True:
        hand = deal(found, seed)
        if [one.card.id for one in hand.cards] == ["soup", "sorry"]:
            soup = hand.cards[0]
            if soup.choices[0].right and soup.reasons[0].right:
                return CardTable(found, hand, home, now=lambda: TODAY)
        seed += 1
