"""One text, read: the order of the steps."""

from __future__ import annotations

from drills.tone import acts, claims, ladder, language, marks, promises, rules, score, signature
from drills.tone.context import Context, Situation, situation
from drills.tone.pack import PARTS, Pack, load
from drills.tone.sameness import sameness
from drills.tone.text import Text, make
from engine.reading import Finding, Reading

THIN_WORDS = 5
"""Fewer words than this are no answer to a complaint."""


def read(text: str, context: Context) -> Reading:
    """What a text says, judged by rules alone: the same text and context always give the same reading."""
    pack = load(context.lang)
    brand = (context.scenario.brand.name,) if context.scenario is not None else ()
    signed = signature.find(text, pack, brand)
    body = make(text, break_at=signed.start)
    at = situation(context, pack)
    hits = rules.apply(pack, body, context)
    timed = promises.find(body, context)
    said = claims.find(body, context.scenario, context.now_ms)
    same = sameness(text, context.history)
    spoken = language.detect(text)
    expected = language.detect(context.post) or context.lang
    fits = spoken in ("", expected)
    seen = marks.Seen(pack, body, context, at, hits, timed, signed, same)
    marked = marks.find(seen)
    values = score.dimensions(hits, marked, context, at, same, fits=fits, proven=acts.proven(hits, said, body))
    done = acts.acts(hits, values, timed, said, at, body)
    gates = _gates(seen, done) if fits else ("wrong_language",)
    found = [rules.finding(hit, body) for hit in hits] + [item.finding(body) for item in marked]
    found += [_gate(name, pack, body) for name in gates]
    return Reading(
        dimensions=values,
        acts=done,
        ladder=ladder.rung(hits, values, done),
        overall=score.overall(values, hits, said, context, at, gates) if body.plain else 0,
        claims=tuple(item.claim for item in said),
        promises=promises.promises(timed),
        components=tuple(part for part in PARTS if any(hit.rule.part == part for hit in hits)),
        themes=_themes(body, at),
        signed=signed.name,
        language=spoken or expected,
        sameness=same or 0,
        findings=_sorted(found),
    )


def _gates(seen: marks.Seen, done: dict[str, int]) -> tuple[str, ...]:
    """Names of the caps (weights.yaml) that the text as a whole runs into."""
    if not seen.text.plain:
        return ()
    scenario = seen.context.scenario
    instructs = scenario is not None and scenario.expected.instructs and seen.context.level >= 4 and seen.at.statement
    held = []
    if marks.off_topic(seen):
        held.append("off_topic")
    if marks.stuffed(seen):
        held.append("stuffed")
    if (seen.at.pleads or instructs) and "instructing" not in done:
        held.append("no_instruction")
    if seen.at.need in ("complaint", "harm") and len(seen.text.plain.split()) < THIN_WORDS:
        held.append("thin")
    return tuple(held)


_GATE_MARKS = {
    "off_topic": "gate.off-topic",
    "stuffed": "gate.stuffed",
    "no_instruction": "gate.no-instruction",
    "wrong_language": "language.wrong",
}


def _gate(name: str, pack: Pack, text: Text) -> Finding | None:
    mark = pack.marks.get(_GATE_MARKS.get(name, ""))
    if mark is None:
        return None
    return marks.Marked(mark, mark.weight, 0, len(text.plain)).finding(text)


def _themes(text: Text, at: Situation) -> tuple[str, ...]:
    return tuple(theme.id for theme in at.themes if marks.first_of(text, text.plain, theme.terms) is not None)


def _sorted(found: list[Finding | None]) -> tuple[Finding, ...]:
    """The worst first, praise last, the strongest praise at the very end's beginning: by value, then place."""
    kept = {item for item in found if item is not None}
    return tuple(sorted(kept, key=lambda item: (item.value, item.start, item.end, item.rule)))
