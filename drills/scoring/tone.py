"""Tone: how the team's own texts read, from the readings made where they were typed (Tn1 to Tn10).

Rules
1. Every text is judged on the parts that apply to it; a part that does not apply counts neither way.
2. Texts weigh by reach and level: the power of ten of those who could read it, times the true level (at least 1).
3. The worst statement of a crisis (L3 and above) counts double.
4. Up to L1 a statement to everybody is over-apology: whatever it owns beyond rung 6, how whole its apology is, and
   its solemn register count against it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from drills.scoring import arousal, listening
from drills.scoring.card import Evidence, Line
from drills.scoring.lines import clamp, count, line, percent, weighted
from drills.scoring.record import Record
from drills.scoring.spoken import ANSWERS, Text
from drills.tone.verdict import words
from engine.reading import PPM
from scenarios.moments import show_moment

JUDGED = ("statement", "hub", "reply", "message", "press")
HURT = ("harm", "complaint")
SHORT = ("responsibility", "repair", "regret")
"""What a personal apology can be asked for; a statement is asked for all five parts."""

BETTER = {
    "Tn1": "Name who is affected and what happened to them, in the first two sentences.",
    "Tn2": "Own what is known to be ours: not less, and not more.",
    "Tn3": "Leave out excuses, conditions and blame; say what you did.",
    "Tn4": "Write to this person about this thing, sign with a name, and don't paste.",
    "Tn5": "Say what you do now, and when and where they hear more.",
    "Tn6": "Own it, repair it, regret it, explain it, and say what changes.",
    "Tn7": "No slogan, joke or advertisement while people are upset.",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with its parts and what it weighs."""

    text: Text
    parts: dict[str, float]
    score: float
    weight: float


def judge(record: Record, marked: Mapping[tuple[str, str], float | None] | None = None) -> list[Judged]:
    """Every text of the team that can be judged, in order.

    `marked`: (action, part) to what an evaluator puts in the part's place, None for a part that does not apply.
    """
    found: list[Judged] = []
    for text in record.texts:
        if text.form in JUDGED and text.action is not None and text.action.reading is not None:
            own = {id_: value for (action, id_), value in (marked or {}).items() if action == text.event.action}
            merged = {**_parts(record, text), **own}
            parts = {id_: value for id_ in _PARTS if (value := merged.get(id_)) is not None}
            score = weighted((record.rubric[f"tone.{id_}"], value) for id_, value in parts.items())
            if score is not None:
                found.append(Judged(text, parts, score, _weight(text)))
    crisis = [one for one in found if one.text.form == "statement" and one.text.level >= 3]
    if len(crisis) > 1:
        worst = min(crisis, key=lambda one: one.score)
        at = found.index(worst)
        found[at] = Judged(worst.text, worst.parts, worst.score, 2 * worst.weight)
    return found


def lines(record: Record, texts: list[Judged]) -> list[Line]:
    """The lines of Tone."""
    return [
        *(_line(record, id_, texts) for id_ in _PARTS),
        listening.ratio(record),
        listening.themes(record),
        arousal.adapting(record),
    ]


def points(record: Record, one: Line) -> float | None:
    """Points of Tone that a line gives or takes: for talking more than listening (Tn8), and for how the angry were
    answered (Tn10). None for the other lines, and where it was not assessed."""
    if one.id == "Tn8" and one.score is not None:
        return -record.rubric["listening.penalty"] * (1.0 - one.score)
    return arousal.bonus(record, one.score) if one.id == "Tn10" and one.score is not None else None


def _weight(text: Text) -> float:
    return math.log10(10 + text.reach) * max(1, text.level)


# -- the parts of one text ---------------------------------------------------------------------------------------


def _parts(record: Record, text: Text) -> dict[str, float]:
    values = {id_: part(record, text) for id_, part in _PARTS.items()}
    return {id_: clamp(value) for id_, value in values.items() if value is not None}


def _empathy(_: Record, text: Text) -> float | None:
    """Empathy and naming the matter, in equal parts; where nobody is hurt, naming the matter alone."""
    if text.need == "praise":
        return text.is_("thanks")
    named, felt = text.is_("acknowledgement"), text.is_("empathy")
    hurt = text.need in HURT or (not text.need and text.level >= 2 and not _routine(text))
    return weighted([(1, named), (1, felt)]) if hurt else named


def _responsibility(record: Record, text: Text) -> float | None:
    reading = text.reading
    if any(claim.verdict == "lie" for claim in reading.claims):
        return 0.0
    owed = text.need in HURT or (text.form == "statement" and not _routine(text))
    if not owed and reading.ladder >= 4:
        return None
    low, high = band(record, text)
    outside = max(low - reading.ladder, reading.ladder - high, 0)
    return 1.0 - record.rubric["ladder.step"] * outside


def band(record: Record, text: Text) -> tuple[float, float]:
    """The rungs of the responsibility ladder that are right for this text."""
    scenario, rubric = record.scenario, record.rubric
    if text.level <= 1 and text.broadcast:
        return rubric.band("ladder.too_small")
    given = [one for one in scenario.stance.ladder if one.at <= text.at_ms]
    if given:
        return given[-1].lowest, given[-1].highest
    if text.level <= 1:
        return rubric.band("ladder.complaint")
    cluster: str = scenario.stance.cluster
    cause = scenario.root_cause
    if cluster == "preventable" and cause is not None and text.at_ms < cause.known:
        cluster = "preventable_before"
    return rubric.band(f"ladder.{cluster}")


def _undefensive(_: Record, text: Text) -> float | None:
    faults = [value for name in ("defensiveness", "non_apology") if (value := text.is_(name)) is not None]
    return 1.0 - min(1.0, sum(faults)) if faults else None


def _human(record: Record, text: Text) -> float | None:
    voice = text.is_("human_voice")
    if voice is None:
        return None
    score = voice - 0.5 * (text.is_("jargon_boilerplate") or 0.0)
    if text.form in ANSWERS and pasted(record, text):
        score = min(score, 0.25)
    return clamp(score)


def empty_copy(record: Record, text: Text) -> bool:
    """Whether an answer is a pasted one that neither names the matter nor does anything about it (W59, S3-26)."""
    strong = record.rubric["strong"]
    content = max(text.is_("acknowledgement") or 0.0, text.is_("concrete_action") or 0.0)
    return content < strong and not text.reading.claims and pasted(record, text)


def pasted(record: Record, text: Text) -> bool:
    """Whether more than three in ten of the last ten answers, this one among them, are copies of one another."""
    rubric = record.rubric
    same = round(rubric["duplicates.same"] * PPM)
    answers = [one for one in record.texts if one.form in ANSWERS and one.at_ms <= text.at_ms]
    last = answers[-max(1, round(rubric["duplicates.last"])) :]
    copies = sum(1 for one in last if one.reading.sameness >= same)
    return text.reading.sameness >= same and copies > rubric["duplicates.share"] * len(last)


def _action(record: Record, text: Text) -> float | None:
    concrete = text.is_("concrete_action")
    if text.need == "praise" or concrete is None:
        return None
    if text.level >= 4 and text.form == "statement" and record.scenario.expected.instructs:
        return 0.5 * concrete + 0.5 * min(1.0, 2 * text.does("instructing"))
    return concrete


def _apology(record: Record, text: Text) -> float | None:
    sorry = max(text.does("apology_active"), text.does("apology_passive"), text.is_("sincere_apology") or 0.0)
    if sorry < record.rubric["strong"] or _routine(text):
        return None
    if text.level <= 1:  # one person's soup asks for a sorry, not for a treatise
        return 0.0 if text.broadcast else None
    weights = record.rubric.group("apology")
    asked = {name: weight for name, weight in weights.items() if text.form == "statement" or name in SHORT}
    total = sum(asked.values())
    return sum(weight for name, weight in asked.items() if name in text.reading.components) / total if total else None


def _register(record: Record, text: Text) -> float | None:
    rude, polite = text.is_("unprofessional"), text.is_("politeness")
    if rude is None and polite is None:
        return None
    strong = record.rubric["strong"]
    if text.level <= 1 and text.form == "statement" and text.event.kind != "update" and not _light(record, text):
        return 0.0
    score = (1.0 - (rude or 0.0)) * (0.5 + 0.5 * (1.0 if polite is None else polite))
    if text.does("humour") >= strong and not _light(record, text):
        return 0.0
    if text.does("promotion") >= strong and text.level >= 2:
        score *= 0.5
    language = text.is_("language_match")
    return score * (1.0 if language is None else language)


def _light(record: Record, text: Text) -> bool:
    """Whether a light touch can be right here and now."""
    return record.scenario.humour == "fine" or (record.scenario.humour == "late" and text.level <= 1)


def _routine(text: Text) -> bool:
    """An update or a line on the crisis page: it need not begin with feelings and blame again."""
    return text.form == "hub" or text.event.kind == "update"


_PARTS: dict[str, Callable[[Record, Text], float | None]] = {
    "Tn1": _empathy,
    "Tn2": _responsibility,
    "Tn3": _undefensive,
    "Tn4": _human,
    "Tn5": _action,
    "Tn6": _apology,
    "Tn7": _register,
}

# -- the lines ---------------------------------------------------------------------------------------------------


def _line(record: Record, id_: str, texts: list[Judged]) -> Line:
    having = [one for one in texts if id_ in one.parts]
    score = weighted((one.weight, one.parts[id_]) for one in having)
    if score is None:
        why = "Not assessed: no text of this run calls for it." if texts else "Not assessed: the team wrote nothing."
        return line(record.rubric, id_, None, why)
    worst = min(having, key=lambda one: (one.parts[id_], -one.weight))
    why = f"{count(len(having), 'text')}, weighed by reach and level: {percent(score)}"
    if worst.parts[id_] < 0.995 and len(having) > 1:
        why += f"; the weakest {percent(worst.parts[id_])} at {show_moment(worst.text.at_ms)}"
    figures = ""
    if id_ == "Tn2" and worst.parts[id_] < 0.995:
        why += f"; {stands(record, worst.text)}"
        low, high = band(record, worst.text)
        figures = f"Here it is rung {worst.text.reading.ladder}, right is {low:g} to {high:g}."
    evidence = [_quote(id_, one) for one in sorted(having, key=lambda one: one.parts[id_])[:3]]
    about = worst.text.event.action
    return line(record.rubric, id_, score, f"{why}.", evidence, BETTER[id_], figures=figures, text=about)


def stands(record: Record, text: Text) -> str:
    """Where a text takes responsibility, and where it should, in words."""
    rungs = words()["ladder"]
    if any(claim.verdict == "lie" for claim in text.reading.claims):
        return "it says what the team could know to be untrue"
    low, high = (round(rung) for rung in band(record, text))
    right = f"from “{rungs[low]}” to “{rungs[high]}”" if low < high else f"“{rungs[low]}”"
    return f"it {rungs[text.reading.ladder]}, and right is {right}"


DIMENSIONS_OF = {
    "Tn1": ("empathy", "acknowledgement", "thanks"),
    "Tn2": ("ownership", "defensiveness"),
    "Tn3": ("defensiveness", "non_apology"),
    "Tn4": ("human_voice", "jargon_boilerplate", "sameness"),
    "Tn5": ("concrete_action",),
    "Tn6": ("sincere_apology",),
    "Tn7": ("unprofessional", "politeness", "language_match"),
}
"""The dimensions of a reading that each part looks at."""


def _quote(id_: str, one: Judged) -> Evidence:
    """The words that decided, where the reading shows them; else the text."""
    whole = one.text.evidence()
    for finding in one.text.reading.findings:
        span = one.text.event.text[finding.start : finding.end]
        fits = finding.dimension in DIMENSIONS_OF[id_] and (finding.value < 0) == (one.parts[id_] < 0.5)
        if fits and len(span.strip()) > 1:
            return Evidence(whole.at_ms, f"“{span}”: {finding.why}", whole.key)
    return whole
