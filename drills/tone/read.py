"""One text, read: the order of the steps."""

from __future__ import annotations

from drills.tone import acts, claims, gates, ladder, language, marks, promises, rules, score, signature
from drills.tone.context import Context, Situation, situation
from drills.tone.pack import PARTS, load
from drills.tone.sameness import sameness
from drills.tone.text import Text, make
from engine.reading import Finding, Reading

UNJUDGED = 500_000
"""The quality of a message in a language that no rule knows."""
_EVERYWHERE = ("language_match", "sameness")


def read(text: str, context: Context) -> Reading:
    """What a text says, judged by rules alone: the same text and context always give the same reading.

    In a language without a rule pack only the language, the sameness and the facts are judged.
    """
    pack = load(context.lang)
    brand = (context.scenario.brand.name,) if context.scenario is not None else ()
    signed = signature.find(text, pack, brand)
    body = make(text, break_at=signed.start)
    at = situation(context, pack)
    judged = pack.language == context.lang
    hits = rules.apply(pack, body, context) if judged else ()
    timed = promises.find(body, context, pack)
    said = claims.find(body, context.scenario, context.now_ms, pack)
    same = sameness(text, context.history)
    spoken = language.detect(text)
    expected = language.detect(context.post) or context.lang
    fits = spoken in ("", expected)
    seen = marks.Seen(pack, body, context, at, hits, timed, signed, same)
    marked = tuple(item for item in marks.find(seen) if judged or item.mark.dimension == "sameness")
    proven = acts.proven(hits, said, body)
    values = score.dimensions(hits, marked, context, at, same, fits=fits, proven=proven)
    exposes = any(item.mark.id == "leak.cast-name" for item in marked)
    done = acts.acts(hits, values, timed, said, at, body, exposes=exposes)
    held = gates.held(seen, done) if fits and judged else () if fits else ("wrong_language",)
    overall = score.overall(values, hits, said, context, at, held) if body.plain else 0
    if not judged:
        values = {name: value if name in _EVERYWHERE else None for name, value in values.items()}
        overall = UNJUDGED if fits else min(overall, UNJUDGED)
    found = [rules.finding(hit, body) for hit in hits] + [item.finding(body) for item in marked]
    found += [gates.finding(name, pack, body) for name in held]
    return Reading(
        dimensions=values,
        acts=done,
        ladder=ladder.rung(hits, values, done),
        overall=overall,
        claims=tuple(item.claim for item in said),
        promises=promises.promises(timed),
        components=tuple(part for part in PARTS if any(hit.rule.part == part for hit in hits)),
        themes=_themes(body, at),
        signed=signed.name,
        language=spoken or expected,
        sameness=same or 0,
        findings=_sorted(found),
    )


def _themes(text: Text, at: Situation) -> tuple[str, ...]:
    """The themes that the text speaks of."""
    return tuple(theme.id for theme in at.themes if marks.first_of(text.plain, theme.terms) is not None)


def _sorted(found: list[Finding | None]) -> tuple[Finding, ...]:
    """The worst first, the strongest praise last."""
    kept = {item for item in found if item is not None}
    return tuple(sorted(kept, key=lambda item: (item.value, item.start, item.end, item.rule)))
