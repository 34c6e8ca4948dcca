"""What stands behind a report: every text that was sent, the score sheet, the fact sheet."""

from __future__ import annotations

from drills.overrides import value_words
from drills.report.model import FactLine, ScoreLine, Sent
from drills.report.timeline import channel
from drills.review_text import PARTS, points, quoted
from drills.scoring.card import Scorecard, TextScore
from drills.scoring.record import Record
from drills.scoring.spoken import Text


def texts(record: Record, card: Scorecard) -> tuple[Sent, ...]:
    """Every text of the team that went out, in order, with its judgement in a line."""
    scores = {one.action: one for one in card.texts}
    return tuple(_sent(record, text, scores.get(text.event.action)) for text in record.texts)


def _sent(record: Record, text: Text, score: TextScore | None) -> Sent:
    findings = [
        f"{'+' if one.value > 0 else '−'} {f'“{place}”: ' if (place := quoted(score, one)) else ''}{one.why}"
        f"{f' → {one.tip}' if one.tip else ''}"
        for one in score.reading.findings
    ] if score else []  # fmt: skip
    findings += [
        f"− {PARTS.get(one.part, one.part).capitalize()}: {one.why} → {one.better}"
        for one in (score.reasons if score else ())
    ]
    return Sent(
        at_ms=text.at_ms,
        seat=text.action.seat if text.action else "",
        form=_form(record, text),
        signed_by=record.run.desk.name_of(text.event.signed_by) if text.event.signed_by else "",
        text=text.event.text,
        tone=100 * score.score if score else None,
        reading=_reading(score) if score else "not judged: it is not a text to the public",
        findings=tuple(findings),
        better=score.model if score and score.model != text.event.text else "",
    )


def _form(record: Record, text: Text) -> str:
    where = ", ".join(channel(record, one) for one in text.channels)
    on = f" on {where}" if where else ""
    many = len(text.event.targets)
    match text.form:
        case "statement":
            return f"{text.event.kind or 'statement'}{on}"
        case "hub":
            return "crisis page"
        case "press":
            return "to the press"
        case "message":
            return "private message"
        case "fake":
            return f"praise under another name{on}"
    return f"reply{on}" + (f" to {many} posts" if many > 1 else "")


def _reading(score: TextScore) -> str:
    """The parts, best and worst said first by their words."""
    if not score.parts:
        return "nothing to judge in it"
    ranked = sorted(score.parts, key=lambda part: (-part[1], part[0]))
    return ", ".join(f"{PARTS.get(name, name)} {points(100 * value)}" for name, value in ranked)


def scores(card: Scorecard) -> tuple[ScoreLine, ...]:
    """The score sheet, with what an evaluator changed."""
    found = []
    for line in card.lines:
        change = card.change(line.id)
        mark = change.mark if change else None
        found.append(
            ScoreLine(
                id=line.id,
                dimension=line.dimension,
                title=line.title,
                weight=line.weight,
                score=None if line.score is None else 100 * line.score,
                why=line.why,
                better=line.better,
                rule=line.rule,
                source=line.source,
                before=value_words(change.before) if change else "",
                after=value_words(change.after) if change else "",
                reason=mark.reason if mark else "follows from another mark" if change else "",
                by=mark.by if mark else "",
                points=line.points,
            )
        )
    return tuple(found)


def facts(record: Record) -> tuple[FactLine, ...]:
    """What was true, from when it could be known and said, and when it was; then what was untrue and said."""
    learnt = {id_: view.learnt_ms for id_, view in record.run.desk.facts.items()}
    said = _said(record)
    found = [
        FactLine(
            text=fact.text,
            true=True,
            known_ms=fact.known,
            sayable_ms=-1 if fact.sayable is None else fact.sayable,
            learnt_ms=learnt.get(fact.id, -1),
            said_ms=said.get(fact.id, -1),
            why=fact.why,
        )
        for fact in record.scenario.facts
    ]
    found += [
        FactLine(one.text, False, -1, -1, -1, said.get(one.id, -1), one.why) for one in record.scenario.falsehoods
    ]
    return tuple(found)


def _said(record: Record) -> dict[str, int]:
    """Fact or falsehood to when the team first said it to anybody outside."""
    found: dict[str, int] = {}
    for text in record.texts:
        for claim in text.reading.claims:
            found.setdefault(claim.id, text.at_ms)
    return found
