"""From hits and marks to dimensions, and from dimensions to the quality of one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from drills.tone.claims import Said
from drills.tone.context import Context, Situation
from drills.tone.pack import PERCENT
from drills.tone.rules import Hit, clipped, totals
from drills.tone.seen import Marked
from engine.reading import DIMENSIONS, PPM
from scenarios.packaged import packaged

NEUTRAL = {"politeness": 500_000}
"""Where a dimension stands before anything is said; 0 for the others."""

GRAVE_ACTS = frozenset(("humour", "promotion"))
GRAVE = frozenset(("register.emoji", "humour.wink"))
"""What is wholly wrong where somebody is hurt: jokes, sales, cheerful signs."""

LIGHT_TOUCH = {"never": 100, "light": 30, "fine": 0}
"""How much of a joke counts as a fault, in per cent."""


@cache
def weights() -> Mapping[str, Any]:
    """The numbers of weights.yaml."""
    loaded: Mapping[str, Any] = packaged("drills.tone", "weights.yaml")
    return loaded


def dimensions(
    hits: tuple[Hit, ...],
    marked: tuple[Marked, ...],
    context: Context,
    at: Situation,
    sameness: int | None,
    *,
    fits: bool,
    proven: bool,
) -> dict[str, int | None]:
    """The value of every dimension, 0 to 1,000,000, or None where it does not apply.

    `fits`: the language is right. `proven`: what the text denies is shown to be false.
    """
    sums = totals(hits)
    for item in marked:
        if item.mark.dimension not in ("sameness", "language_match"):
            sums[item.mark.dimension] = sums.get(item.mark.dimension, 0) + item.amount
    _lighten(sums, hits, at)
    if at.harm and any(hit.rule.act in GRAVE_ACTS or hit.rule.id in GRAVE for hit in hits):
        sums["unprofessional"] = max(sums.get("unprofessional", 0), PPM)
    told = any(item.mark.id == "action.timed" for item in marked)
    if at.unknown and told and any(hit.rule.id == "action.known-unknown" for hit in hits):
        # "We don't know yet, next update at 16:00" is all that can be done while the cause is unknown.
        sums["concrete_action"] = max(sums.get("concrete_action", 0), PPM)
    if proven:
        denied = sum(hit.rule.weight for hit in hits if hit.rule.act == "denial")
        sums["defensiveness"] = sums.get("defensiveness", 0) - denied
    # Office language can't sound human, however it is signed.
    sums["human_voice"] = sums.get("human_voice", 0) - clipped(sums.get("jargon_boilerplate", 0)) // 3
    # Whoever waves a complaint away has not acknowledged it.
    against = sum(clipped(sums.get(name, 0)) * share // 100 for name, share in weights()["unheard"].items())
    sums["acknowledgement"] = sums.get("acknowledgement", 0) - against
    values: dict[str, int | None] = {name: clipped(NEUTRAL.get(name, 0) + sums.get(name, 0)) for name in DIMENSIONS}
    values["language_match"] = PPM if fits else 0
    values["sameness"] = sameness
    if context.channel_kind == "dm":
        values["private_channel"] = None
        values["personal_data_leak"] = 0
    return values


def _lighten(sums: dict[str, int], hits: tuple[Hit, ...], at: Situation) -> None:
    """A light touch is no fault where the moment allows it; there it sounds human."""
    share = LIGHT_TOUCH[at.humour]
    for hit in hits:
        if hit.rule.act == "humour" and share < 100:
            sums["unprofessional"] = sums.get("unprofessional", 0) - hit.rule.weight * (100 - share) // 100
            sums["human_voice"] = sums.get("human_voice", 0) + 20 * PERCENT


def contexts(context: Context, at: Situation) -> tuple[str, ...]:
    """The names in weights.yaml of what is special here."""
    small = context.severity != "crisis" and context.level <= 1 and not at.harm
    return tuple(
        name
        for name, holds in (
            ("issue", small),
            ("statement", at.statement),
            ("furious", at.furious),
            ("dignity", at.dignity),
            ("loss", at.loss),
            ("unknown", at.unknown),
            ("harm", at.harm),
            ("dm", at.private),
            (at.cluster, bool(at.cluster)),
        )
        if holds
    )


def overall(
    values: Mapping[str, int | None],
    hits: Iterable[Hit],
    said: Iterable[Said],
    context: Context,
    at: Situation,
    gates: Iterable[str],
) -> int:
    """The quality of one message, 0 to 1,000,000. `gates` are names of caps that hold."""
    table = weights()
    here = contexts(context, at)
    earns = _changed(table["earns"][at.wants if at.wants in table["earns"] else at.need], table["changes"], here)
    costs = _changed(table["costs"], table["changed_costs"], here)
    total = sum(earns.values())
    missed = PPM - sum(weight * (values[name] or 0) for name, weight in earns.items()) // total
    earned = PPM - missed * missed // PPM
    base = table["base"] * PERCENT
    value = base + earned * (100 - table["base"]) // 100
    for name, weight in costs.items():
        value = value * (PPM - min(PPM, weight * (values[name] or 0) // 10_000)) // PPM
    held = {*gates, *_gates(values, hits, said), *_missing(values, context, at)}
    cap = min((table["caps"][name] for name in held), default=100)
    return clipped(min(value, cap * PERCENT))


def _changed(
    base: Mapping[str, int], changes: Mapping[str, Mapping[str, int]], here: tuple[str, ...]
) -> dict[str, int]:
    """Weights in hundredths of a per cent, each changed by what is special here."""
    changed = {name: weight * 100 for name, weight in base.items()}
    for special in here:
        for name, share in changes.get(special, {}).items():
            if name in changed:
                changed[name] = changed[name] * share // 100
    return changed


OFFERS = ("sincere_apology", "ownership", "concrete_action", "empathy")
"""What an answer to a complaint can offer."""


def _missing(values: Mapping[str, int | None], context: Context, at: Situation) -> set[str]:
    """Names of caps for what an answer here can't do without."""
    held: set[str] = set()
    named = values["acknowledgement"] or 0
    acted = values["concrete_action"] or 0
    if at.wants in ("fun", "troll"):
        return held
    if at.need in ("complaint", "harm", "none") and context.severity != "opportunity":
        offered = sum(values[name] or 0 for name in OFFERS) + (values["private_channel"] or 0) // 2
        if offered < 300_000 and named < 900_000:
            held.add("offers_nothing")
        if named < 500_000 and acted < 450_000 and (values["ownership"] or 0) < 500_000:
            held.add("formula")
    if at.need == "question" and named + acted < 500_000:
        held.add("no_answer")
    if context.severity == "crisis" and at.need != "praise" and acted < 200_000 and named < 800_000:
        held.add("no_action")
    return held


def _gates(values: Mapping[str, int | None], hits: Iterable[Hit], said: Iterable[Said]) -> set[str]:
    held = {str(item.claim.verdict) for item in said if item.claim.verdict in ("unsafe", "lie", "false")}
    if not values["language_match"]:
        held.add("wrong_language")
    if (values["sameness"] or 0) >= 450_000:
        held.add("canned")
    if (values["personal_data_leak"] or 0) >= 900_000:
        held.add("leak")
    if (values["non_apology"] or 0) >= 900_000:
        held.add("pseudo_apology")
    if any(hit.rule.id in ("attack.insult", "attack.threat", "unprof.profanity") for hit in hits):
        held.add("insult")
    return held
