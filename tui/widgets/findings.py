"""What the checks say about a draft, in a few lines: at most three findings, then one praise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from drills.tone.gravity import faults, praise
from engine.reading import Claim, Reading
from tui.safe import fit, line
from tui.widgets.wrap import wrap

MOST = 3

_VERDICTS = {
    "too_early": "true, but not to be said yet",
    "unknown": "states as certain what the fact sheet does not have yet: leave it out, or ask whoever may know",
    "false": "that is not true",
    "unsafe": "that is not true, and could hurt somebody",
    "lie": "we know that this is untrue",
}
_GRAVITY = {"unsafe": 5, "lie": 4, "false": 3, "unknown": 2, "too_early": 1}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the checks."""

    good: bool
    text: str
    tip: str = ""
    """What to do about it, which `text` ends in; '' where there is nothing to add."""

    @property
    def glyph(self) -> str:
        return "✓" if self.good else "!"


def said(reading: Reading, sayable: Mapping[str, str] | None = None) -> list[Said]:
    """Claims that must not be made first, then the gravest finding of each kind, then the best of what is good.

    At most three of the first two together, and one of the last; the review has all of them. Words that are a part of
    a fault are not praised: “sorry” is none in “sorry if you felt”. `sayable`: fact to
    whether it may be said, in words, for what is said too early.
    """
    wrong = sorted([claim for claim in reading.claims if claim.verdict in _VERDICTS], key=_gravity)
    out = [Said(False, f"{_VERDICTS[claim.verdict]}{_named(claim, sayable or {})}") for claim in wrong]
    seen: set[str] = set()
    for finding in faults(reading.findings):
        if finding.dimension not in seen:
            seen.add(finding.dimension)
            out.append(Said(False, line(_joined(finding.why.rstrip("."), finding.tip)), line(finding.tip)))
    out = out[:MOST]
    spans = [(one.start, one.end) for one in faults(reading.findings)]
    good = [
        one
        for one in praise(reading.findings)
        if one.end <= one.start or not any(start <= one.start and one.end <= end for start, end in spans)
    ]
    if best := good[:1]:
        out.append(Said(True, line(best[0].why)))
    elif any(claim.verdict == "true" for claim in reading.claims):
        out.append(Said(True, "cites a fact that may be said"))
    return out


def painted(rows: Sequence[Said], width: int, most: int) -> Content:
    """The lines in colour, each cut to `most` rows of the screen."""
    out = []
    for one in rows:
        texts = wrap(one.text, width - 2)
        if len(texts) > most:
            texts = [*texts[: most - 1], fit(f"{texts[most - 1]} {texts[most]}", width - 2)]
        colour = "bold $success" if one.good else "bold $warning"
        out.append(Content.assemble((f"{one.glyph} ", colour), "\n  ".join(texts)))
    return Content("\n").join(out)


def filled(rows: Sequence[Said], width: int, room: int) -> Content:
    """The lines in colour, in so many rows of the screen: each has one, and the worst as many as they want of the
    rest. What no longer fits is left out from the end, praise first."""
    wants = [len(wrap(one.text, width - 2)) for one in rows]
    rows = rows[:room]
    left, out = room - len(rows), []
    for one, wanted in zip(rows, wants, strict=False):
        more = min(left, wanted - 1)
        left -= more
        out.append(painted([one], width, 1 + more))
    return Content("\n").join(out)


def _joined(why: str, tip: str) -> str:
    """What is wrong and what to do about it: two sentences where the second is one, else one with one colon."""
    if not tip or not (tip[0].isupper() or ": " in tip):
        return f"{why}: {tip}" if tip else why
    return f"{why[:1].upper()}{why[1:]}. {tip[0].upper()}{tip[1:]}"


def told_above(rows: Sequence[Said], above: str) -> list[Said]:
    """The lines, where something above has said already what is wrong: of that one, only what to do about it."""
    out = []
    for one in rows:
        wrong = one.text.removesuffix(one.tip).rstrip(".: ").casefold()
        out.append(Said(one.good, one.tip) if one.tip and wrong and wrong in above.casefold() else one)
    return out


def _named(claim: Claim, sayable: Mapping[str, str]) -> str:
    """Which fact it is; of one that is not known yet not even its name is told."""
    if claim.verdict == "unknown":
        return ""
    when = sayable.get(claim.id, "") if claim.verdict == "too_early" else ""
    return f" ({line(claim.id, 30)}{': ' * bool(when)}{when})"


def _gravity(claim: Claim) -> int:
    return -_GRAVITY.get(claim.verdict, 0)
