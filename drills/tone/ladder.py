"""The responsibility ladder (Tn2, SCCT): 0 attack the critic, 1 deny, 2 excuse, 3 justify, 4 neutral, 5 regret,
6 own the handling, 7 own the fault, 8 own the fault and repair it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drills.tone.rules import Hit

ATTACK, DENY, EXCUSE, JUSTIFY, NEUTRAL, REGRET, HANDLING, FAULT, REPAIR = range(9)


def rung(hits: Iterable[Hit], dimensions: Mapping[str, int | None], acts: Mapping[str, int]) -> int:
    """Where the text stands. What takes back wins over what concedes, unless the fault is plainly owned."""
    hits = tuple(hits)
    owned = {hit.rule.ladder for hit in hits if hit.rule.part == "responsibility"}
    regrets = any(hit.rule.part == "regret" or hit.rule.id == "non.inconvenience" for hit in hits)
    against = [
        hit.rule.ladder
        for hit in hits
        if hit.rule.ladder is not None
        and hit.rule.ladder < NEUTRAL
        and not (hit.rule.ladder == DENY and hit.rule.act == "denial" and "denial" not in acts)
    ]
    lowest = min(against, default=NEUTRAL)
    if lowest == ATTACK:
        return ATTACK
    if FAULT in owned:
        repairs = "corrective" in acts or "compensation" in acts
        # Own fault and an excuse beside it: the handling is what is left of it.
        return (REPAIR if repairs else FAULT) if lowest >= NEUTRAL else HANDLING
    if lowest < NEUTRAL and not (lowest == JUSTIFY and HANDLING in owned):
        return lowest
    if HANDLING in owned:
        return HANDLING
    if regrets:
        return NEUTRAL if (dimensions["non_apology"] or 0) >= 700_000 else REGRET
    return NEUTRAL
