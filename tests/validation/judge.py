"""How well the judge of texts does: `python -m tests.validation.judge [--agents PATH] [--misses]` prints every figure.

`--agents` is a JSON list of real replies of support agents (not part of the project): every red flag is listed with
its words and its rule, for a person to audit. `--misses` lists the wrong side of each line in the labelled messages.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from tests.validation import judging
from tests.validation.gaming import STRINGS, judged
from tests.validation.judging import Message, Verdict

SETS = ("tone_dev", "tone_fresh", "tone_unseen", "tone_last")


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = ArgumentParser(prog="python -m tests.validation.judge", description=__doc__)
    parser.add_argument("--agents", type=Path, help="a JSON list of texts to raise red flags on")
    parser.add_argument("--misses", action="store_true", help="list what stands on the wrong side")
    given = parser.parse_args(arguments)
    print("Agreement with our rubric (labels of one annotator), by the rules alone.")
    for name in SETS:
        labelled(name, misses=given.misses)
    gaming()
    speed()
    if given.agents:
        audit(json.loads(given.agents.read_text("utf-8")))
        sampled(given.agents)


def labelled(name: str, *, misses: bool) -> None:
    """The figures on one file of labelled messages."""
    messages = judging.messages(name)
    verdicts = judging.verdicts(messages)
    chosen = judging.pairs(messages, verdicts)
    print(f"\n{name}: {len(messages)} messages in {len({m['context_id'] for m in messages})} contexts")
    print(f"  better of a pair   {chosen.right} of {chosen.of}   {', '.join(chosen.wrong)}")
    print(f"  rho with overall   {judging.rho(messages, verdicts):.3f}")
    for what, (right, of) in (
        ("sameness", judging.sameness(messages, verdicts)),
        ("language", judging.languages(messages, verdicts)),
    ):
        if of:
            print(f"  {what:<18} {right} of {of}")
    again, other, of = judging.copies(messages)
    print(f"  copies             {again} of {of} seen, {other} of {of} others mistaken for one")
    for area in judging.areas(messages, verdicts):
        print(f"  AUC {area.dimension:<24} {area.value:.3f}   ({area.positives} with, {area.negatives} without)")
        if misses:
            _misses(area.dimension, messages, verdicts)
    if misses:
        _strays(messages, verdicts)


def _misses(dimension: str, messages: tuple[Message, ...], verdicts: list[Verdict]) -> None:
    line = judging.POSITIVE.get(dimension, 1)
    middle = 0.6 if dimension == "politeness" else 0.15
    for message, verdict in zip(messages, verdicts, strict=True):
        label, value = message["labels"].get(dimension), verdict["dimensions"][dimension]
        if label is not None and value is not None and (label >= line) != (value >= middle):
            print(f"      {message['id']} label {label}, read {value:.2f}: {message['message'][:150]}")


def _strays(messages: tuple[Message, ...], verdicts: list[Verdict]) -> None:
    for message, verdict in zip(messages, verdicts, strict=True):
        label, read = message["overall"], 4 * verdict["overall"]
        if abs(read - label) >= 1.2:
            print(f"  overall {message['id']} label {label}, read {read:.1f}: {message['message'][:150]}")


def gaming() -> None:
    """Texts that try to please the rules, and what they come to."""
    print("\nGaming, of 4 (bar 2.0)")
    for kind, tries in STRINGS.items():
        found = [judged(item) for item in tries]
        print(f"  {kind:<28} highest {max(item.overall for item in found) * 4:.2f} of {len(found)} tries")
        for item, worth in zip(tries, found, strict=True):
            caps = ", ".join(worth.caps) or "none"
            print(f"      {worth.overall * 4:.2f}  {item.severity:<7} caps {caps:<36} {item.text[:60]}")


def speed() -> None:
    """Processor time per reply and per statement."""
    every = [message for name in SETS for message in judging.messages(name)]
    statements = [message for message in every if message["channel"] == "statement"]
    replies = [message for message in every if message["channel"] != "statement"]
    print("\nProcessor time, rules alone, ms")
    for what, chosen in (("reply", replies), ("statement", statements)):
        took = judging.milliseconds(chosen)
        print(f"  {what:<12} p50 {judging.quantile(took, 0.5):.2f}   p95 {judging.quantile(took, 0.95):.2f}")


def audit(texts: list[str]) -> None:
    """Every red flag on real replies."""
    flags = judging.flags(texts)
    kinds = Counter(flag.kind for flag in flags)
    counted = ", ".join(f"{kind} {number}" for kind, number in kinds.items())
    print(f"\nRed flags on {len(texts):,} real replies: {counted or 'none'}")
    for flag in flags:
        print(f"  [{flag.kind}] {flag.number} | {' | '.join(flag.spans)} | {', '.join(flag.rules)}")
        print(f"      {flag.text!r}")


def sampled(agents: Path) -> None:
    """The AUC on the hand-labelled sample beside the agents' file, where there is one."""
    sample, labels = (agents.with_name(f"{agents.stem}_sample70{end}.json") for end in ("", "_labels"))
    if not sample.is_file() or not labels.is_file():
        return
    texts, marked = json.loads(sample.read_text("utf-8")), json.loads(labels.read_text("utf-8"))
    print(f"\n{len(texts)} real replies with labels")
    for area in judging.sample_areas(texts, marked):
        print(f"  AUC {area.dimension:<24} {area.value:.3f}   ({area.positives} with, {area.negatives} without)")


if __name__ == "__main__":
    main(sys.argv[1:])
