"""How many fewer runs keyed luck needs to tell two teams apart: `python -m tests.bench.paired_luck [DRILL] [RUNS]`.

Two teams play the same seeds. The difference of their volumes varies less than that of runs with different seeds,
because the same key draws the same luck in both; the confidence interval of a mean is as wide as the root of variance
over runs, so the ratio of variances is the ratio of runs (Buffalo, Pearson and Klein 2026).

Every post of the smaller of two storms happens in the larger one too, so pairing takes away the luck that they share
and leaves that of the posts which only the larger one has: at most 1 + 2 var(shared) / var(its own) times fewer. Two
teams that differ by little gain most, and they are those for whom one needs it.
"""

from __future__ import annotations

import sys
from statistics import fmean, variance

from joblib import Parallel, delayed

from drills.joining import find, from_texts
from drills.simulate import rehearse

PAIRS = (
    ("slow", "textbook"), ("boilerplate", "slow"), ("silent", "boilerplate"), ("silent", "slow"),
    ("defensive", "silent"),
)  # fmt: skip


def volumes(texts: dict[str, str], responder: str, seed: int) -> int:
    """Posts and comments of one run."""
    run, _ = rehearse(from_texts(texts), seed=seed, responder=responder)
    return len(run.posts())


def fewer(a: list[int], b: list[int]) -> float:
    """How many times fewer runs paired seeds need than unpaired ones."""
    paired = variance([x - y for x, y in zip(a, b, strict=True)])
    return (variance(a) + variance(b)) / paired if paired else float("inf")


def lines(name: str, runs: int) -> list[str]:
    """The figures for a drill, one line for each pair of teams."""
    texts = dict(find(name).texts)
    teams = sorted({team for pair in PAIRS for team in pair})
    done = Parallel(n_jobs=2)(delayed(volumes)(texts, team, seed) for team in teams for seed in range(runs))
    found = {team: done[n * runs : (n + 1) * runs] for n, team in enumerate(teams)}
    out = [f"{name}, {runs} seeds"]
    for one, other in PAIRS:
        a, b = found[one], found[other]
        difference = fmean(x - y for x, y in zip(a, b, strict=True))
        out.append(f"  {one} against {other}: {difference:+,.0f} posts; {fewer(a, b):.1f} times fewer runs")
    return out


def main() -> None:
    """Measure and print."""
    name = sys.argv[1] if len(sys.argv) > 1 else "stackfold-is-down"
    print(*lines(name, int(sys.argv[2]) if len(sys.argv) > 2 else 60), sep="\n")


if __name__ == "__main__":
    main()
