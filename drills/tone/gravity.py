"""Which finding matters most: the same order in the composer and in `stormdrill tone`."""

from __future__ import annotations

from collections.abc import Iterable

from drills.tone.score import weights
from engine.reading import Finding


def gravity(finding: Finding) -> int:
    """How much of a message's quality a finding moves, up or down, in parts per million.

    A fault weighs what it costs, or what the cap that it stands for takes away if that is more; praise weighs what it
    earns in answer to a complaint.
    """
    table = weights()
    share = table["costs"].get(finding.dimension) or table["earns"]["complaint"].get(finding.dimension, 0)
    moved = abs(finding.value) * int(share) // 100
    cap = table["caps"].get(_cap(finding.rule)) if finding.value < 0 else None
    return moved if cap is None else max(moved, (100 - int(cap)) * 10_000)


def faults(findings: Iterable[Finding]) -> list[Finding]:
    """What takes away, the worst first."""
    wrong = [one for one in findings if one.value < 0]
    return sorted(wrong, key=lambda one: (-gravity(one), one.value, one.start, one.end, one.rule))


def praise(findings: Iterable[Finding]) -> list[Finding]:
    """What earns, the best first."""
    right = [one for one in findings if one.value > 0]
    return sorted(right, key=lambda one: (-gravity(one), -one.value, one.start, one.end, one.rule))


def _cap(rule: str) -> str:
    """The cap in weights.yaml whose evidence a rule is: `gate.off-topic` is that of off_topic."""
    head, _, tail = rule.partition(".")
    if head == "gate":
        return tail.replace("-", "_")
    return {"language.wrong": "wrong_language", "sameness.canned": "canned"}.get(rule, "")
