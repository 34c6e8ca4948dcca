"""The 25 places where a plan fails (PG-01 to PG-25), as data: their names, why they matter, what they touch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from scenarios.packaged import packaged


@dataclass(frozen=True, slots=True)
class GapRule:
    """One kind of gap."""

    id: str
    """PG-01 to PG-25."""
    title: str
    reason: str
    """Why it matters, one sentence that ends with its source."""
    source: str
    """The ids in that sentence's brackets: `S1-22, S2-12`."""
    element: Literal["planning", "organisation", "equipment", "training", "exercise"]
    """Which capability element its corrective action belongs to (HSEEP)."""
    tasks: tuple[str, ...]
    """The critical tasks it touches: CT1 to CT12."""
    static: bool
    """Reading the plan can show it."""
    dynamic: bool
    """A run can show it."""


@cache
def gap_rules() -> dict[str, GapRule]:
    """Every rule by its id, in order."""
    return {
        id_: GapRule(
            id=id_,
            source=row["reason"].rpartition("(")[2].rstrip(").").strip(),
            tasks=tuple(row["tasks"]),
            **{name: row[name] for name in ("title", "reason", "element", "static", "dynamic")},
        )
        for id_, row in packaged("drills.plan", "gaps.yaml").items()
    }
