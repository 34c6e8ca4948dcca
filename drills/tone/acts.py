"""What a text does to its readers: the rows of the public's action table, with strength (public's `acts`).

A rule names its act; what rules can't see one by one is decided here: whether an apology takes responsibility,
whether a denial brings evidence, whether a joke is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drills.tone.claims import Said
from drills.tone.context import Situation
from drills.tone.promises import Timed
from drills.tone.rules import Hit, clipped
from drills.tone.text import Text
from engine.reading import ACTS, PPM

CONDITIONAL = 550_000
"""From this much non-apology on, an apology is passive whatever else it says."""
OWNS = 400_000
"""From this much ownership on, an apology is an active one."""


def acts(
    hits: Iterable[Hit],
    dimensions: Mapping[str, int | None],
    timed: tuple[Timed, ...],
    said: tuple[Said, ...],
    at: Situation,
    text: Text,
    *,
    exposes: bool,
) -> dict[str, int]:
    """Strength per act, 1 to 1,000,000, in the order of ACTS. `exposes`: it names somebody it must not."""
    hits = tuple(hits)
    force: dict[str, int] = {}
    excuses = {text.line_of(hit.start) for hit in hits if hit.rule.act == "defensive"}
    for hit in hits:
        if hit.rule.act == "explaining" and text.line_of(hit.start) in excuses:
            continue  # an excuse explains nothing
        if hit.rule.act:
            force[hit.rule.act] = force.get(hit.rule.act, 0) + hit.rule.force
    _apologies(force, hits, dimensions)
    _denials(force, hits, said, text)
    if any(item.what == "update" for item in timed):
        force["holding"] = force.get("holding", 0) + PPM // 2
    if exposes:
        force["names_person"] = PPM
    if at.private:
        for act in ("compensation", "channel_change", "asks_data", "names_person"):
            force.pop(act, None)
    if any(item.claim.verdict == "true" for item in said):
        force["explaining"] = max(force.get("explaining", 0), 6 * PPM // 10)
    return {act: clipped(force[act]) for act in ACTS if force.get(act, 0) > 0}


def _apologies(force: dict[str, int], hits: tuple[Hit, ...], dimensions: Mapping[str, int | None]) -> None:
    active, passive = force.pop("apology_active", 0), force.pop("apology_passive", 0)
    owns = dimensions["ownership"] or 0
    admits = any(hit.rule.id in ("own.wrong", "own.no-excuse") for hit in hits)
    if (dimensions["non_apology"] or 0) >= CONDITIONAL:
        force["apology_passive"] = max(active, passive)
    elif active and (owns >= OWNS or any(hit.rule.part == "responsibility" for hit in hits)):
        force["apology_active"] = active + owns // 2
    elif passive and owns >= OWNS:
        force["apology_active"] = passive + owns // 2
    elif owns >= 2 * OWNS and admits:
        # "It was wrong, there is no excuse": an apology without the word.
        force["apology_active"] = owns // 2
    elif passive and (dimensions["non_apology"] or 0) > 0:
        force["apology_passive"] = max(active, passive)
    elif active or passive:
        # "I'm so sorry, Ruth", "We are sorry.": nothing is taken back by it, and nothing owned.
        force["sympathy"] = max(force.get("sympathy", 0), active, passive)


def _denials(force: dict[str, int], hits: tuple[Hit, ...], said: tuple[Said, ...], text: Text) -> None:
    force.pop("denial_with_evidence", 0)
    denial = force.pop("denial", 0)
    if denial:
        force["denial_with_evidence" if proven(hits, said, text) else "denial"] = denial


def proven(hits: tuple[Hit, ...], said: tuple[Said, ...], text: Text) -> bool:
    """Whether what the text denies is shown to be false: by evidence, or by a fact that may be said."""
    if any(hit.rule.act == "denial_with_evidence" for hit in hits):
        return True
    lines = {text.line_of(item.start) for item in said if item.claim.verdict == "true"}
    denials = [hit for hit in hits if hit.rule.act == "denial"]
    return bool(denials) and all(text.line_of(hit.start) in lines for hit in denials)
