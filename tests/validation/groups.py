"""Known groups: whether teams that are better by construction score more, and by how much.

The scripted teams were made to differ in one respect each, so their order is known before anything is scored. In a
crisis: textbook, slow, boilerplate, then defensive and silent in any order. In a decoy or an opportunity: textbook
(a light touch), silent, over-reactor. The figures are agreement with our rubric, not with anybody's judgement.

    python -m tests.validation.groups [--runs N] [--seed N] [--jobs N] [--json] [DRILL ...]
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, variance
from typing import Any

from drills.drill import Drill
from drills.joining import find
from drills.shelf import drills
from drills.simulate import simulate

ORDERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "crisis": (("textbook",), ("slow",), ("boilerplate",), ("defensive", "silent")),
    "issue": (("textbook",), ("silent",), ("over-reactor",)),
    "opportunity": (("textbook",), ("silent",), ("over-reactor",)),
}
"""Kind of scenario to its teams, the best first; those of one rank come in any order."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two teams that stand beside one another in the order."""

    better: str
    worse: str
    held: float
    """The share of seeds in which the better one scored more."""
    gap: float
    """How many points of the total lie between their means."""
    effect: float | None
    """Cohen's d: the gap in pooled standard deviations; None where neither varied."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What the teams scored in one drill over many seeds."""

    drill: str
    seeds: int
    means: dict[str, float]
    lowest: dict[str, float]
    highest: dict[str, float]
    held: float
    """The share of seeds in which the whole order held."""
    broken: tuple[int, ...]
    """The seeds in which it did not."""
    neighbours: tuple[Neighbours, ...]


def effect(better: Sequence[float], worse: Sequence[float]) -> float | None:
    """Cohen's d of two samples of the same size; None where neither varied, or there is but one of each."""
    if min(len(better), len(worse)) < 2:
        return None
    pooled = math.sqrt((variance(better) + variance(worse)) / 2)
    return (fmean(better) - fmean(worse)) / pooled if pooled > 1e-9 else None


def compared(drill: str, order: Sequence[Sequence[str]], totals: Mapping[str, Sequence[float]], first: int) -> Groups:
    """The figures of one drill from each team's totals, seed by seed from `first` on."""
    pairs = [(one, other) for better, worse in itertools.pairwise(order) for one in better for other in worse]
    seeds = len(next(iter(totals.values())))
    broken = tuple(
        first + at for at in range(seeds) if not all(totals[one][at] > totals[other][at] for one, other in pairs)
    )
    return Groups(
        drill,
        seeds,
        {name: fmean(found) for name, found in totals.items()},
        {name: min(found) for name, found in totals.items()},
        {name: max(found) for name, found in totals.items()},
        1 - len(broken) / seeds,
        broken,
        tuple(
            Neighbours(
                one,
                other,
                fmean(float(a > b) for a, b in zip(totals[one], totals[other], strict=True)),
                fmean(totals[one]) - fmean(totals[other]),
                effect(totals[one], totals[other]),
            )
            for one, other in pairs
        ),
    )


def measured(drill: Drill, *, runs: int, seed: int = 1, jobs: int = 1) -> Groups:
    """Play a drill with every team of its order over many seeds."""
    order = ORDERS[drill.scenario.kind]
    totals = {
        name: [
            float(row["scores"]["total"])
            for row in simulate(drill, responder=name, actions=None, seed=seed, runs=runs, jobs=jobs)
        ]
        for rank in order
        for name in rank
    }
    return compared(drill.id, order, totals, seed)


def lines(found: Groups) -> list[str]:
    """The figures for people."""
    told = [f"{found.drill}, {found.seeds} seeds: the order holds in {100 * found.held:.0f} %"]
    for name, mean in found.means.items():
        told.append(f"  {name:13} {mean:5.1f}  ({found.lowest[name]:.1f} to {found.highest[name]:.1f})")
    for pair in found.neighbours:
        size = "neither varies" if pair.effect is None else f"d = {pair.effect:.1f}"
        told.append(f"  {pair.better} > {pair.worse}: {100 * pair.held:.0f} %, {pair.gap:+.1f} points, {size}")
    if found.broken:
        told.append(f"  broken in seeds {', '.join(map(str, found.broken[:20]))}")
    return told


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.validation.groups", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("drills", nargs="*", metavar="DRILL", help="a shipped drill; all if left out")
    parser.add_argument("--runs", type=int, default=20, help="how many seeds")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(given)
    chosen = [find(name) for name in options.drills] or drills()
    data: list[dict[str, Any]] = []
    for drill in chosen:
        found = measured(drill, runs=options.runs, seed=options.seed, jobs=options.jobs)
        data.append(asdict(found))
        if not options.json:
            print("\n".join(lines(found)), flush=True)
    if options.json:
        print(json.dumps(data, indent=2))


if __name__ == "__main__":
    main()
