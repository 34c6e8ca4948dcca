"""One text, read: the order of the steps."""

from __future__ import annotations

from dataclasses import replace

from drills.tone import acts, claims, gates, ladder, language, marks, promises, rules, score, signature
from drills.tone.context import Context, Situation, situation
from drills.tone.pack import PARTS, load
from drills.tone.sameness import sameness
from drills.tone.seen import Seen, first_of
from drills.tone.text import Text, make
from engine.reading import Finding, Reading

UNJUDGED = 500_000
"""The quality of a message in a language that no rule knows."""
_EVERYWHERE = ("language_match", "sameness")


def read(text: str, context: Context) -> Reading:
    """What a text says, judged by rules alone: the same text and context always give the same reading.

    A text is read by the pack of its own language, and what it answers by the pack of that one's. In a language
    without a rule pack only the language, the sameness and the facts are judged; a dimension for which a pack has no
    rule is not judged either.
    """
    expected = language.detect(context.post) or context.lang
    spoken = language.detect(text)
    tongue = spoken or expected
    pack = load(tongue)
    judged = pack.language == tongue
    brand = (context.scenario.brand.name,) if context.scenario is not None else ()
    signed = signature.find(text, pack, brand)
    if not language.signs(signed.name):
        signed = signature.NONE
    body = make(language.respell(text, tongue), break_at=signed.start)
    context = replace(context, post=language.respell(context.post, expected))
    at = situation(context, load(expected))
    hits = rules.apply(pack, body, context) if judged else ()
    timed = promises.find(body, context, pack)
    said = claims.find(body, context, pack)
    same = sameness(text, context.history)
    fits = spoken in ("", expected)
    seen = Seen(pack, body, context, at, hits, timed, signed, same)
    marked = tuple(item for item in marks.find(seen) if judged or item.mark.dimension == "sameness")
    proven = acts.proven(hits, said, body)
    values = score.dimensions(hits, marked, context, at, same, fits=fits, proven=proven)
    exposes = any(item.mark.id == "leak.cast-name" for item in marked)
    done = acts.acts(hits, values, timed, said, at, body, exposes=exposes)
    held = gates.held(seen, done) if fits and judged else () if fits else ("wrong_language",)
    held = tuple(name for name in held if name not in pack.blind)
    overall = score.overall(values, hits, said, context, at, held) if body.plain else 0
    if not judged:
        values = {name: value if name in _EVERYWHERE else None for name, value in values.items()}
        overall = UNJUDGED if fits else min(overall, UNJUDGED)
    elif pack.language != "en":
        known = pack.assessed.union(_EVERYWHERE)
        values = {name: value if name in known else None for name, value in values.items()}
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
        language=tongue,
        sameness=same or 0,
        findings=_sorted(found),
    )


def _themes(text: Text, at: Situation) -> tuple[str, ...]:
    """The themes that the text speaks of."""
    return tuple(theme.id for theme in at.themes if first_of(text.plain, theme.terms) is not None)


def _sorted(found: list[Finding | None]) -> tuple[Finding, ...]:
    """The worst first, the strongest praise last."""
    kept = {item for item in found if item is not None}
    return tuple(sorted(kept, key=lambda item: (item.value, item.start, item.end, item.rule)))
