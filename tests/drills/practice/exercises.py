"""A small card exercise with one of everything, for the tests of practice."""

from __future__ import annotations

from typing import Any

from drills.practice.dealing import Answer, Dealt, Hand, deal
from drills.practice.model import CardsFile
from scenarios.source import Source, loads

SOUP = """\
id: cold-soup
title: Cold soup, hot plug
skill: classify
ladder: MD-02
minutes: 3
pass: {right: 2}
cards:
- id: soup
  pair: heat
  shows: {who: "@konrad", where: "Flit, 13:05", text: My soup was cold., numbers: {followers: 40}}
  asks: What is this?
  choices:
  - {id: routine, text: One complaint, right: true, feedback: One good answer and no more., rules: [S0-16]}
  - {id: crisis, text: A crisis, feedback: Nobody else would have heard of the soup.}
- id: plug
  pair: heat
  shows: {who: "@anna", where: "Flit, 20:14", text: My toaster melted its plug.}
  asks: What is this?
  choices:
  - {id: watch, text: Something to watch, right: true, feedback: Look for a second one.}
  - {id: routine, text: One complaint, safety: true, feedback: The second plug melts tonight., rules: [S2-16, G-SAFE]}
  why: What told you?
  reasons:
  - {id: harm, text: Somebody could be hurt, right: true, feedback: Harm goes before volume.}
  - {id: volume, text: It is loud, feedback: It is one post.}
- id: sorry
  shows: {kind: draft, who: Tarn & Tide, text: We are sorry if anyone was offended.}
  writes:
    asks: Say it properly.
    channel: statement
    level: L2
    about: A company joked about a storm that flooded homes.
    passes:
    - {dimension: apology, at_least: 0.75, feedback: "Own it, repair it, and say what changes.", rules: [W72]}
    - {dimension: non_apology, at_most: 0.2}
    model: >-
      We made this mistake and we are sorry. We posted a joke about the storm because nobody checked the news. We have
      deleted it, and we are paying 4,000 to the flood fund today. From now on two people read every post before it
      goes out. Ida Moe, Tarn & Tide
"""
RIGHT = {"soup": Answer("soup", "routine"), "plug": Answer("plug", "watch", "harm")}


def soup(text: str = SOUP) -> Source[CardsFile]:
    """The exercise, or another of its text."""
    return loads(text, "soup.yaml", CardsFile)


def changed(old: str, new: str) -> Source[CardsFile]:
    """The exercise with a stretch of its text replaced."""
    assert old in SOUP
    return soup(SOUP.replace(old, new, 1))


def hand(text: str = SOUP, seed: int = 1) -> Hand:
    """A hand of it."""
    return deal(soup(text), seed)


def card(name: str, **given: Any) -> Dealt:
    """One of its cards on the table."""
    return next(one for one in hand(**given).cards if one.card.id == name)


def many(count: int, pairs: int = 0, draws: int | None = None) -> Source[CardsFile]:
    """An exercise of so many single cards, `c0` and on, and of so many pairs, `p0a`, `p0b` and on."""
    names = [(f"c{n}", "") for n in range(count)]
    names += [(f"p{n}{half}", f"pair: p{n}") for n in range(pairs) for half in "ab"]
    cards = "".join(
        f"- id: {name}\n  shows: {{text: Look}}\n  asks: What?\n  {pair}\n  choices:\n"
        + "".join(f"  - {{id: o{n}, text: O, feedback: So., right: {str(n == 0).lower()}}}\n" for n in range(4))
        for name, pair in names
    )
    drawn = f"draws: {draws}\n" if draws is not None else ""
    return soup(f"id: many\ntitle: Many\nskill: classify\n{drawn}pass: {{share: 0.75}}\ncards:\n{cards}")
