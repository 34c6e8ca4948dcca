"""Answers to the angry: more explanation for them, not one recipe for all, no money waved in public (Tn10).

Whoever is furious wants to hear why, and a recipe that is repeated stops working (W62 to W64; Herhausen 2023). It is a
bonus or a loss of a few points of Tone, because rules see anger only as the crowd shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from drills.run import ANGRY
from drills.scoring.card import Evidence, Line
from drills.scoring.lines import count, line, mean, percent
from drills.scoring.record import Record
from drills.scoring.spoken import Text
from engine.reading import PPM

_FORMS = ("reply", "message")
_FEW = 3
"""Fewer answers than this can't show whether a recipe is repeated."""


def adapting(record: Record) -> Line:
    """Tn10: 0.5 is neither gained nor lost; 1 gains all of the bonus, 0 loses as much."""
    rubric = record.rubric
    texts = list(_to_the_angry(record))
    if not texts:
        return line(rubric, "Tn10", None, "Not assessed: nobody who was angry got an answer.")
    explained = [_explains(text) for text in texts]
    parts = [mean(explained) or 0.0]
    told = [f"explained to in {percent(parts[0])} of {count(len(texts), 'answer')} to the angry"]
    if len(texts) >= _FEW:
        same = round(rubric["duplicates.same"] * PPM)
        parts.append(sum(1 for text in texts if text.reading.sameness < same) / len(texts))
        told.append(f"{percent(parts[-1])} in words of their own")
    paid = [text for text in texts if text.public and text.does("compensation") >= rubric["strong"]]
    if paid:
        parts.append(0.0)
        told.append(f"money offered in public {len(paid)} times" if len(paid) > 1 else "money offered in public")
    score = mean(parts) or 0.0
    why = f"{'; '.join(told).capitalize()}: {bonus(record, score):+.1f} points of Tone."
    weak = paid or [text for text, share in zip(texts, explained, strict=True) if share < 1]
    evidence: list[Evidence] = [text.evidence() for text in weak[:3]]
    better = "Tell the angry why it happened, in words of their own; talk about money in private."
    return line(rubric, "Tn10", score, why, evidence, better)


def bonus(record: Record, score: float) -> float:
    """Points of Tone gained (lost, if negative) at a score of Tn10."""
    return (2 * score - 1) * record.rubric["arousal.bonus"]


def _to_the_angry(record: Record) -> Iterator[Text]:
    """Answers to at least one post that was written in anger."""
    for text in record.texts:
        posts = (record.posts[key] for key in text.event.targets if key in record.posts)
        if text.form in _FORMS and any(post.mood in ANGRY or _shouts(post.text) for post in posts):
            yield text


def _shouts(text: str) -> bool:
    """Whether somebody writes in capitals: three words or more of three letters or more."""
    return sum(1 for word in text.split() if len(word) > 2 and word.isupper() and word.isalpha()) >= 3


def _explains(text: Text) -> float:
    """1 where it says why or how it happened; 0.5 where it at least says what is done now; else 0."""
    if text.does("explaining") > 0 or "explanation" in text.reading.components or text.reading.claims:
        return 1.0
    return 0.5 if (text.is_("concrete_action") or 0.0) >= 0.5 else 0.0
