"""A card exercise on the table: which card lies open, what was answered, and what it all comes to.

An answer is on disk before anybody is told what it was worth, so a crash loses at most the card that lies open; what
was typed on that card is kept as it is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from drills.drafts import Drafts
from drills.errors import DrillError
from drills.practice import sittings
from drills.practice.dealing import Answer, Dealt, Hand, Result, Told, assess, deal, tell
from drills.practice.history import history
from drills.practice.library import find_cards
from drills.practice.model import CardsFile
from drills.practice.skills import Skill, skills
from scenarios.source import Source

DRAFTS = "cards-drafts.json"
"""What is being written on an open card, in the home of the runs."""


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Ended:
    """What a whole sitting came to."""

    result: Result
    skill: Skill | None
    """The skill as it stands now; None where the history can't be read."""


class CardTable:
    """One sitting. Raises DrillError where it can't be kept."""

    def __init__(
        self, source: Source[CardsFile], hand: Hand, home: Path, *, sitting: sittings.Sitting | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:  # fmt: skip
        self.source, self.hand, self._home, self._now = source, hand, home, now
        self._id = sitting.id if sitting is not None else ""
        self.answers = {answer.card: answer for answer in sitting.answers} if sitting is not None else {}
        self.resumed = bool(self.answers)
        self._drafts = Drafts(home / DRAFTS)

    @classmethod
    def of(cls, name: str, home: Path, *, now: Callable[[], datetime] = _now) -> CardTable:
        """The exercise of that name or path, from where it was left, else from its beginning.

        Raises SourceError or DrillError where there is none that can be played.
        """
        source = find_cards(name)
        known = history(home)
        if left := known.unfinished(source):
            return cls(source, left[0], home, sitting=left[1], now=now)
        return cls(source, deal(source, known.next_seed(source.value.id)), home, now=now)

    def again(self) -> CardTable:
        """Another sitting of the same exercise, with luck of its own."""
        seed = history(self._home).next_seed(self.hand.file.id)
        return CardTable(self.source, deal(self.source, seed), self._home, now=self._now)

    @property
    def open(self) -> Dealt | None:
        """The card that lies open; None when all are answered."""
        return next((one for one in self.hand.cards if one.card.id not in self.answers), None)

    @property
    def told(self) -> list[tuple[Dealt, Told]]:
        """Every answered card with what the answer was worth, in the order they were dealt."""
        return [(one, tell(one, self.answers[one.card.id])) for one in self.hand.cards if one.card.id in self.answers]

    def answer(self, answer: Answer) -> Told:
        """Keep the answer to the open card, and say what it is worth."""
        dealt = self.open
        assert dealt is not None and dealt.card.id == answer.card
        if not self._id:
            self._id = sittings.begin(self._home, self.hand, self._at())
        sittings.keep(self._home, self._id, answer)
        self.answers[answer.card] = answer
        with suppress(DrillError):
            self.draft(dealt, "")
        return tell(dealt, answer)

    def end(self) -> Ended:
        """What the sitting came to; it is kept."""
        result = assess(self.hand, self.answers)
        sittings.end(self._home, self._id, result, self._at())
        try:
            known = skills(history(self._home).attempts, self._now().date())
        except DrillError:
            return Ended(result, None)
        return Ended(result, next((one for one in known if one.skill == self.hand.file.skill), None))

    def drafted(self, dealt: Dealt) -> str:
        """What was typed on this card and not handed in, or ''."""
        return self._drafts.of(self._slot(dealt))

    def draft(self, dealt: Dealt, text: str) -> None:
        """Keep what is being typed."""
        with suppress(OSError):  # writing the file says what is wrong with the folder
            self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._drafts.save(self._slot(dealt), text)

    def _slot(self, dealt: Dealt) -> str:
        return f"{self.hand.file.id} {self.hand.edition} {dealt.card.id}"

    def _at(self) -> str:
        return self._now().isoformat(timespec="seconds")
