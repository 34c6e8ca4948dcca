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
from drills.scoring.harm import harmful_actions
from drills.scoring.record import Record
from drills.scoring.spoken import Text
from engine.events import Escalated

SCALE = ("nothing", "a personal answer", "a pinned note", "a holding statement", "an official statement", "a film")
"""The scale of rule 1 in words, from 0 on."""


@dataclass(frozen=True, slots=True)
class Loud:
    """Something the team did, and how loud it was."""

    at_ms: int
    intensity: float
    high: float
    """The most that was right."""
    public: bool
    evidence: Evidence
    named: str
    """What it was, in a few words."""

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
    figures: str
    """The steps that it comes from, or ''."""
    tested: bool
    """Whether the team was ever as loud as the matter asked for at its highest, without doing harm: else there is
    nothing to praise."""


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
        loud = intensity(record, text)
        found.append(Loud(text.at_ms, loud, high, True, text.evidence(), _named(record, text, loud)))
    alarms = record.rubric.group("alarms")
    chosen = {action.id: action for action in record.actions}
    for event in record.of(Escalated):
        action = chosen.get(event.action)
        if event.purpose == "escalate" and event.role in alarms and action is not None and event.to in action.to:
            high = band(record, event.at_ms, peak=True)[1]
            evidence = _called(record, event)
            found.append(Loud(event.at_ms, alarms[event.role], high, False, evidence, evidence.text))
    return sorted(found, key=lambda one: one.at_ms)


def _named(record: Record, text: Text, loud: float) -> str:
    if text.form == "hub":
        return "a crisis page"
    if text.form == "statement" and text.event.kind != "official" and _signed_by_executive(record, text):
        return "a statement in an executive's name"
    if text.event.kind == "update" and SCALE[round(loud)] == "a holding statement":
        return "an update to everybody"
    return SCALE[round(loud)]


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
    parts: list[str] = []
    steps: list[str] = []
    harm = harmful_actions(record)
    most = max((one.intensity for one in heard if one.public and one.evidence.key not in harm), default=0.0)
    tested = most >= band(record, record.end_ms, peak=True)[0]
    if over:
        worst = max(over, key=lambda one: one.excess)
        parts.append(
            f"too loud: {worst.named} where at most {SCALE[round(worst.high)]} was right"
            if worst.public else f"too much alarm inside: {worst.named}"
        )  # fmt: skip
        steps.append(f"{worst.excess:g} too loud at worst ({worst.intensity:g}, right is at most {worst.high:g})")
    if under:
        parts.append("too quiet for too long")
        steps.append(f"{under:g} too quiet")
    said = " and ".join(parts) if parts else "as loud as it had to be, and no louder" if tested else "not too loud"
    why = f"{said[0].upper()}{said[1:]}."
    figures = f"Here: {' and '.join(steps)}." if steps else ""
    return Proportion(tuple(over), under, under_ms, max(0.0, 1.0 - lost), why, figures, tested)


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
