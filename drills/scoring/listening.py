"""Listening: whether people were answered as well as told, and whether what they speak of was named (Tn8, Tn9)."""

from __future__ import annotations

from drills.scoring.card import Evidence, Line
from drills.scoring.lines import count, line, weighted
from drills.scoring.record import BRAND, Record
from drills.scoring.spoken import ANSWERS
from drills.scoring.timing import after, judged
from engine.events import Posted


def ratio(record: Record) -> Line:
    """Own words to everybody against answers to somebody (S4-13)."""
    talked = len(record.broadcasts)
    answers = sum(len(text.event.targets) for text in record.texts if text.form in ANSWERS)
    target = record.timed("answer", "reply").target
    waited = any(one.answered_ms is not None or record.end_ms - one.at_ms > target for one in record.waiters)
    if not talked or not waited:
        return line(record.rubric, "Tn8", None, "Not assessed: there was nothing to weigh words against answers.")
    why = f"{count(talked, 'statement')} to everybody, {count(answers, 'direct answer')}; "
    if answers < talked:
        lost = record.rubric["listening.penalty"]
        why += f"talking more than listening costs {lost:g} points of Tone."
        better = "Answer at least as many people as you make statements."
        return line(record.rubric, "Tn8", 0.0, why, [text.evidence() for text in record.broadcasts], better)
    return line(record.rubric, "Tn8", 1.0, why + "people were answered as well as told.")


def themes(record: Record) -> Line:
    """Whether what the public speaks of is named, and how soon."""
    at = record.timed("theme", "holding")
    first: dict[str, Posted] = {}
    for post in record.posts.values():
        if post.theme and post.author != BRAND:
            first.setdefault(post.theme, post)
    titles = {theme.id: theme.title for theme in record.scenario.themes}
    pairs: list[tuple[float, float | None]] = []
    evidence: list[Evidence] = []
    for theme, post in first.items():
        named = [text.at_ms for text in record.texts if theme in text.reading.themes and text.at_ms >= post.at_ms]
        score = judged(min(named, default=None), post.at_ms, record.end_ms, at)
        pairs.append((1.0, score))
        if score is not None:
            said = f"named {after(min(named) - post.at_ms)} later" if named else "never named"
            evidence.append(Evidence(post.at_ms, f"{titles.get(theme, theme)}: {said}", post.key))
    score = weighted(pairs)
    if score is None:
        return line(record.rubric, "Tn9", None, "Not assessed: no theme had been out there long enough.")
    why = f"{count(len(evidence), 'theme')} in public; target {after(at.target)} to name each. Shown, not counted."
    return line(record.rubric, "Tn9", score, why, evidence, "Say what people are upset about, in their words.")
