"""A card exercise: a few cards about one skill, each a thing to look at and a question, with feedback at once.

These frozen models are the only definition of the authored format (docs/practice.md). The pass marks of practice
drills are defined in `marks_model`; both are given from here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from drills.practice.marks_model import LadderId, PassMark, Practice
from engine.reading import DIMENSIONS
from scenarios.terms import Authored, Id, Level, Need

__all__ = ["Card", "CardsFile", "Choice", "LadderId", "Pass", "PassMark", "Practice", "Shows", "TextMark", "Writes"]

RuleId = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]{0,3}-?[A-Z0-9]{0,8}(-[A-Z0-9]{1,8})?$", examples=["S1-21"])]
"""The rule that feedback rests on, as in docs/sources.md and docs/scoring.md: `S1-21`, `W72`, `Tn6`, `G-PII`."""

TEXT_MARKS = (*DIMENSIONS, "overall", "apology")
"""What a written answer can be held against: the dimensions of a reading, its overall quality, and how complete an
apology is (Lewicki et al. 2016, as in Tn6)."""


class Shows(Authored):
    """What a card lays on the table."""

    kind: Literal["post", "mail", "draft", "situation"] = "post"
    text: str = Field(min_length=1, max_length=1200)
    who: str = Field("", max_length=80, description="Who wrote it, or whom it is about.")
    where: str = Field("", max_length=80, description="The channel, the place, the hour.")
    numbers: dict[str, str] = Field({}, description="What the desk shows beside it: `posts in 15 minutes: 34`.")


class Choice(Authored):
    """One answer to choose, and what is said to whoever chooses it."""

    id: Id
    text: str = Field(min_length=1, max_length=200)
    right: bool = False
    safety: bool = Field(False, description="Whoever chooses it leaves somebody in danger: a safety miss.")
    feedback: str = Field(min_length=1, max_length=500, description="Why so, and what would happen next.")
    rules: tuple[RuleId, ...] = Field((), max_length=4, description="The rules that the feedback rests on.")


class TextMark(Authored):
    """One thing that a written answer must show, 0 to 1."""

    dimension: Literal[
        "acknowledgement", "empathy", "sincere_apology", "non_apology", "ownership", "defensiveness",
        "concrete_action", "thanks", "private_channel", "politeness", "unprofessional", "jargon_boilerplate",
        "overpromise_speculation", "personal_data_leak", "language_match", "human_voice", "sameness",
        "overall", "apology",
    ]  # fmt: skip
    at_least: float | None = Field(None, ge=0, le=1)
    at_most: float | None = Field(None, ge=0, le=1)
    feedback: str = Field("", max_length=300, description="Said when it is missed; left out, the judge's own tip.")
    rules: tuple[RuleId, ...] = Field((), max_length=4)

    @model_validator(mode="after")
    def _has_a_bound(self) -> TextMark:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a mark needs at_least or at_most, from 0 to 1")
        return self


class Writes(Authored):
    """A text that the person writes, and the situation it is judged in."""

    asks: str = Field("Write it.", max_length=300)
    channel: Literal["public_reply", "dm", "statement"] = "public_reply"
    severity: Literal["issue", "crisis", "opportunity"] = "issue"
    level: Level = Field(1, description="What the team has declared.")
    post: str = Field("", max_length=1200, description="What it answers; left out, the post or mail the card shows.")
    need: Need | None = Field(None, description="What that post wants; left out, judged by its words.")
    about: str = Field("", max_length=600, description="What is going on, in words, for the judge.")
    author: str = Field("", max_length=80, description="Who is answered, for the judge of human voice.")
    longest: int = Field(600, ge=40, le=2000, description="Characters.")
    passes: tuple[TextMark, ...] = Field(min_length=1, max_length=6)
    model: str = Field(min_length=1, max_length=2000, description="A text that passes, shown after the attempt.")
    rules: tuple[RuleId, ...] = Field((), max_length=4)


class Card(Authored):
    """One card: look, choose, say why, or write. What it has of these is asked in that order."""

    id: Id
    shows: Shows
    asks: str = Field("", max_length=200, description="The question that the choices answer.")
    choices: tuple[Choice, ...] = Field((), max_length=6)
    why: str = Field("Why?", max_length=200, description="The question that the reasons answer.")
    reasons: tuple[Choice, ...] = Field((), max_length=6, description="Asked after the choice; part of the card.")
    writes: Writes | None = None
    pair: Id | None = Field(None, description="Look-alikes of one name are drawn together.")


class Pass(Authored):
    """What passes an exercise. A card is right when everything it asked was answered rightly."""

    right: int | None = Field(None, ge=1, description="So many cards.")
    share: float | None = Field(None, gt=0, le=1, description="Such a share of the cards, 0 to 1.")
    no_safety_miss: bool = True

    @model_validator(mode="after")
    def _one_measure(self) -> Pass:
        if (self.right is None) == (self.share is None):
            raise ValueError("give how many cards must be right, or which share of them: right or share")
        return self


class CardsFile(Authored):
    """The authored exercise."""

    id: Id
    title: str = Field(min_length=1, max_length=80)
    skill: Id = Field(description="The skill it trains; another exercise of the same skill is its other surface.")
    ladder: LadderId | None = Field(None, description="Its step on the ladder for new people.")
    about: str = Field("", max_length=300, description="One or two sentences for the lobby.")
    minutes: int = Field(4, ge=1, le=30, description="How long it takes about, in real minutes.")
    notes: tuple[str, ...] = Field((), max_length=4, description="Content notes: death, discrimination, ill children.")
    draws: int | None = Field(None, ge=1, description="How many cards are drawn each time; left out, all.")
    pass_: Pass = Field(alias="pass")
    cards: tuple[Card, ...] = Field(min_length=1, max_length=60)
