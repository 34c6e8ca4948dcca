"""Write docs/validation.md and its plots from runs: `python -m tests.validation.page` (half an hour on two cores).

Needs matplotlib for the plots: `pip install matplotlib`. `--quick` simulates a tenth, to look at the page.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

from drills.coefficients import every, text
from drills.joining import find
from drills.simulate import rehearse
from engine.events import Mood
from scenarios.moments import HOUR, MINUTE
from tests.bench import paired_luck
from tests.validation import measures, storms
from tests.validation.judge_page import MARK
from tests.validation.measures import Check, Result

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEAMS = {"silence": "C3", "defensive": "C1", "information": "C0", "full": "C2"}
WORDS = {
    "V": "read in a source",
    "C": "in published code",
    "M": "measured on public data",
    "R": "recalled, not checked",
    "D": "a design choice",
}

OPENING = """# How lifelike the public is

*Written by `python -m tests.validation.page` from runs of the engine; nothing on this page was typed in.*

The simulated public was built from published numbers where there are any, and by design where there are none. This page
holds it against both. "Independent" says whether a target was used to set the numbers that it tests: where it was, a
hit says that the arithmetic is right, not that the world is like that.

**What a trainer may believe:** that posts come with delays as real ones do, that ordinary traffic is as uneven as real
brands', that patience runs out as surveys say, that blame and a fitting answer move reputation as much as meta-analyses
found, and that every effect has the sign that its source gives. **What nobody can promise:** the sizes. How much one
apology prevents is a design choice, made large enough to teach (`contrast` in a scenario halves it), and a severe storm
is hotter than the average real one.
"""


def table(result: Result) -> list[str]:
    """A validation as Markdown."""
    mark = "holds" if result.holds else "**does not hold**"
    lines = [f"## {result.id}: {result.title}", "", f"Independent: {result.independent}. It {mark}.", ""]
    lines += ["| figure | measured | tolerance | |", "|---|---:|---:|---|"]
    lines += [f"| {check.what} | {number(check.value)} | {span(check)} | {verdict(check)} |" for check in result.checks]
    return [*lines, "", *([result.note, ""] if result.note else [])]


def number(value: float) -> str:
    """A figure, to three digits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def span(check: Check) -> str:
    """The tolerance in words."""
    if check.most >= 99:
        return f"{number(check.least)} or more"
    return f"{number(check.least)} to {number(check.most)}"


def verdict(check: Check) -> str:
    """Whether it holds, or by how much not."""
    if check.holds:
        return "yes"
    by = check.least - check.value if check.value < check.least else check.value - check.most
    return f"**misses by {number(by)}**"


def curves(seeds: int) -> str:
    """Draw the volume and the anger of a storm under four courses of action."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"svg.hashsalt": "stormdrill", "svg.fonttype": "none", "font.size": 9})
    figure, (volumes, angers) = plt.subplots(1, 2, figsize=(9.5, 3.4), constrained_layout=True)
    for name, colour in TEAMS.items():
        runs = [storms.played(storms.setup(seed), name) for seed in range(seeds)]
        hours = [storms.hourly(world) for world in runs]
        middle = [median(each[hour] for each in hours) for hour in range(25)]
        tenths = [quantiles([each[hour] for each in hours], n=10) for hour in range(25)]
        volumes.plot(range(25), middle, colour, label=name)
        volumes.fill_between(range(25), [t[0] for t in tenths], [t[-1] for t in tenths], color=colour, alpha=0.12, lw=0)
        angers.plot(
            range(1, 25), [median(anger_at(world, hour * HOUR) for world in runs) for hour in range(1, 25)], colour
        )
    volumes.set(title="Posts and shares in an hour (median, 10 to 90 %)", xlabel="hours", ylim=(0, None))
    volumes.legend(frameon=False)
    angers.set(title="Anger (median)", xlabel="hours", ylim=(0, 1))
    return save(figure, "validation-storm.svg")


def anger_at(world: storms.World, at_ms: int) -> float:
    """The storm's anger at a moment, 0 to 1."""
    told = [event.anger for event in world.log if isinstance(event, Mood) and event.at_ms <= at_ms]
    return (told[-1] if told else 150_000) / 1e6


def shapes(seeds: int) -> str:
    """Draw when reactions come, beside the real ones, and what an answer's lateness costs."""
    import matplotlib.pyplot as plt

    figure, (delays, lates) = plt.subplots(1, 2, figsize=(9.5, 3.2), constrained_layout=True)
    real = ((1.1, 5), (1.7, 10), (5.0, 25), (27.4, 50), (134, 75), (480, 90), (906, 95))
    spans = [10 ** (x / 20) for x in range(-4, 70)]
    whole = measures._kernel(24 * 60)
    delays.plot(spans, [100 * min(1, measures._kernel(x) / whole) for x in spans], "C0", label="the model")
    delays.plot([x for x, _ in real], [y for _, y in real], "k.", label="12,189 real retweets")
    delays.set(xscale="log", xlabel="minutes since the post", title="Direct reactions that have come, %")
    delays.legend(frameon=False)
    afters = (15, 60, 240, 720)
    bars = [[storms.volume(storms.played(storms.setup(n), f"both-after-{m}")) for n in range(seeds)] for m in afters]
    lates.boxplot(bars, tick_labels=[f"{m} min" for m in afters], whis=(10, 90), showfliers=False)
    lates.set(title="Posts in a day by when apology and action come", ylim=(0, None))
    return save(figure, "validation-shapes.svg")


def save(figure: object, name: str) -> str:
    """Save a figure beside the other pictures, the same for the same data."""
    figure.savefig(DOCS / "pictures" / name, metadata={"Date": None})  # type: ignore[attr-defined]
    return name


def answered() -> list[str]:
    """How fast the scripted teams answer, beside real brands."""
    lines = ["| team | complaints answered within 15 minutes | within 60 | never |", "|---|---:|---:|---:|"]
    for team in ("textbook", "slow", "boilerplate"):
        run, _ = rehearse(find("stackfold-is-down"), seed=1, responder=team)
        asked = [view for view in run.desk.posts.values() if view.event.need in ("harm", "question", "complaint")]
        waits = [view.answered_ms - view.event.at_ms for view in asked if view.answered_ms >= 0]
        total = max(1, len(asked))
        shares = [sum(wait <= limit * MINUTE for wait in waits) / total for limit in (15, 60)]
        lines.append(f"| {team} | {shares[0]:.0%} | {shares[1]:.0%} | {1 - len(waits) / total:.0%} |")
    lines.append("| real brands | 55 % (of those answered, TWCS) | 77 % (TWCS) | 47 % (Einwiller and Steilen 2015) |")
    return lines


def evidence() -> list[str]:
    """How many of the public's numbers rest on what."""
    tags = Counter(each.tag for each in every(text()) if "." not in each.name)
    signs = Counter(each.tag for each in every(text()) if each.name.endswith(".m"))
    lines = ["| evidence | coefficients | signs of acts |", "|---|---:|---:|"]
    return lines + [f"| {WORDS[tag]} ({tag}) | {tags[tag]} | {signs[tag]} |" for tag in WORDS]


def speed(posts: int) -> list[str]:
    """What the large run prints, in a process of its own: this one has grown already."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.million", str(posts)], capture_output=True, text=True, check=True
    )
    return ["## Size and speed", "", "`python -m tests.bench.million`:", "", *_quoted(told.stdout), ""]


def _quoted(text: str) -> list[str]:
    return [f"- {line}" for line in text.strip().splitlines()]


def main() -> None:
    """Simulate everything and write the page."""
    quick = "--quick" in sys.argv
    size = 0.15 if quick else 1
    results = []
    for each in measures.ALL:
        results.append(each(size))
        print(results[-1].id, "holds" if results[-1].holds else "DOES NOT HOLD", flush=True)
    seeds = 8 if quick else 40
    pictures = curves(seeds), shapes(seeds)
    paired = paired_luck.lines("stackfold-is-down", 8 if quick else 60)
    failing = [result.id for result in results if not result.holds]
    verb = "does" if len(failing) == 1 else "do"
    page = [
        OPENING,
        "",
        (
            f"Of V1 to V15, {len(results) - len(failing)} hold; {', '.join(failing)} {verb} not."
            if failing
            else "V1 to V15 hold."
        ),
    ]
    page += ["", f"![Volume and anger of the test storm under four courses of action](pictures/{pictures[0]})", ""]
    page += [
        f"![Delays of reactions beside real ones; volume by how late the answer comes](pictures/{pictures[1]})",
        "",
    ]
    for result in results:
        page += table(result)
    page += [
        "## Keyed luck",
        "",
        "Two teams that play the same seeds differ only by what they do, since every draw is keyed",
        "by what it is for (Buffalo, Pearson and Klein 2026). How many fewer runs a comparison needs because of it",
        "(`python -m tests.bench.paired_luck`):",
        "",
        *[f"- {line.strip()}" for line in paired],
        "",
        "Every post of the smaller storm happens in the larger one too; pairing takes away the luck that they share,",
        "and not that of the posts which only the larger one has. So two teams that differ by less than the storm",
        "itself gain most (they are those for whom many runs are needed); teams that are far apart gain little.",
        "",
    ]
    page += speed(100_000 if quick else 1_000_000)
    page += ["## How fast the scripted teams answer", "", "`stackfold-is-down`, seed 1.", "", *answered(), ""]
    page += ["## What the numbers rest on", "", "`stormdrill public` shows each with its source.", "", *evidence(), ""]
    file = DOCS / "validation.md"
    _, mark, judge = file.read_text("utf-8").partition(MARK)  # that part is written by another command
    file.write_text("\n".join([*page, mark + judge] if mark else page), "utf-8")


if __name__ == "__main__":
    main()
