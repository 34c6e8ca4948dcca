"""How loud the team was, on a scale of 0 to 5, against the band that the truth allowed (Cd3, G-OVER).

Rules
1. 0 watch, 1 a personal answer, 2 a pinned note, 3 a holding statement or an update, 4 an official statement, the
   crisis page or an executive's name, 5 a film or a stop of business. A call for help is loud too, inside.
2. Too loud is measured against the highest level that there had truly been by then: closing a crisis officially is
   right, even when it has become small again.
3. Each episode counts once: the loudest public and the loudest internal thing within one stretch of truth, and the
   one stretch in which the team stayed furthest below the band.
"""

from __future__ import annotations

from dataclasses import dataclass

from drills.scoring.card import Evidence
from drills.scoring.record import Record
from drills.scoring.spoken import Text
from engine.events import Escalated


@dataclass(frozen=True, slots=True)
class Loud:
    """Something the team did, and how loud it was."""

    at_ms: int
    intensity: float
    high: float
    """The most that was right."""
    public: bool
    evidence: Evidence

    @property
    def excess(self) -> float:
        """Steps above the band."""
        return max(0.0, self.intensity - self.high)


@dataclass(frozen=True, slots=True)
class Proportion:
    """What Cd3 is made of."""

    over: tuple[Loud, ...]
    """The loudest of each episode, where it was above the band."""
    under: float
    """Steps below the band, in the stretch where that was most."""
    under_ms: int
    score: float
    why: str


def intensity(record: Record, text: Text) -> float:
    """How loud one of our texts is."""
    rubric = record.rubric
    if text.form == "hub":
        return rubric["intensities.hub"]
    if text.form != "statement":
        return rubric["intensities.reply"]
    level = rubric.get(f"intensities.{text.event.kind}", rubric["intensities.holding"])
    if _signed_by_executive(record, text):
        level = max(level, rubric["intensities.executive"])
    return max(level, rubric["intensities.film"]) if record.films & set(text.channels) else level


def _signed_by_executive(record: Record, text: Text) -> bool:
    by = text.event.signed_by.casefold()
    if not by:
        return False
    return any(
        one.role == "EXE" and (one.id == by or one.name.casefold() in by or by in one.name.casefold())
        for one in record.people.values()
    )


def band(record: Record, at_ms: int, *, peak: bool) -> tuple[float, float]:
    """What is right at a moment: by the truth of that moment, or by the highest until then (`peak`)."""
    level = record.peak_until(at_ms) if peak else record.truth_at(at_ms)
    name = "O" if level == 0 and record.scenario.kind == "opportunity" else f"L{level}"
    return record.rubric.band(f"intensity_bands.{name}")


def louds(record: Record) -> list[Loud]:
    """Everything loud that the team did, in order."""
    found: list[Loud] = []
    for text in record.texts:
        high = band(record, text.at_ms, peak=True)[1]
        found.append(Loud(text.at_ms, intensity(record, text), high, True, text.evidence()))
    alarms = record.rubric.group("alarms")
    chosen = {action.id: action for action in record.actions}
    for event in record.of(Escalated):
        action = chosen.get(event.action)
        if event.purpose == "escalate" and event.role in alarms and action is not None and event.to in action.to:
            high = band(record, event.at_ms, peak=True)[1]
            found.append(Loud(event.at_ms, alarms[event.role], high, False, _called(record, event)))
    return sorted(found, key=lambda one: one.at_ms)


def _called(record: Record, event: Escalated) -> Evidence:
    name = record.people[event.to].name if event.to in record.people else event.to
    return Evidence(event.at_ms, f"called {name}", event.action)


def proportion(record: Record) -> Proportion | None:
    """Cd3; None while nothing was done and nothing was due."""
    rubric = record.rubric
    heard = louds(record)
    over: list[Loud] = []
    for start, end, _ in record.segments():
        for public in (True, False):
            here = [one for one in heard if one.public == public and start <= one.at_ms < max(end, start + 1)]
            loudest = max(here, key=lambda one: (one.excess, -one.at_ms), default=None)
            if loudest is not None and loudest.excess > 0:
                over.append(loudest)
    under, under_ms, due = _under(record, heard)
    if not heard and not due:
        return None
    k = rubric["proportion.under_safety" if record.scenario.expected.instructs else "proportion.under"]
    lost = rubric["proportion.over"] * sum(one.excess for one in over) / 5 + k * under / 5
    parts = []
    if over:
        worst = max(over, key=lambda one: one.excess)
        parts.append(f"too loud by {worst.excess:g} at worst ({worst.intensity:g}, right is at most {worst.high:g})")
    if under:
        parts.append(f"too quiet by {under:g} for too long")
    why = f"Loudness on a scale of 0 to 5: {' and '.join(parts) if parts else 'within the band throughout'}."
    return Proportion(tuple(over), under, under_ms, max(0.0, 1.0 - lost), why)


def _under(record: Record, heard: list[Loud]) -> tuple[float, int, bool]:
    """The most steps below the band when a stretch's limit had passed, where; and whether any limit had."""
    most, where, due = 0.0, 0, False
    public = [one for one in heard if one.public]
    for start, end, level in record.segments():
        if level == 0:
            continue
        at = record.public_times(level)
        since = max(start, record.trigger_ms or 0)
        by = since + round(at.limit)
        if record.complete and since + at.target < record.end_ms:
            by = min(by, record.end_ms)
        if min(end, record.end_ms) < by:
            continue
        due = True
        low = band(record, start, peak=False)[0]
        loudest = max((one.intensity for one in public if one.at_ms <= by), default=0.0)
        if low - loudest > most:
            most, where = low - loudest, by
    return most, where, due
