"""No pattern of any language's pack can be made to run away by a text: the worst that we can build takes 50 ms.

Every pattern reads hostile texts of 2,000 characters in a process of its own, which is ended if it hangs; the slowest
of each pack then read the full 20,000.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest

from drills.tone.pack import Pack, load

LENGTH = 20_000
SHORT = LENGTH // 10
LIMIT_MS = 50.0
AT_LENGTH = 12
"""So many of a pack's slowest tries are made again with texts of full length."""
PATIENCE = 25
"""Seconds before a pack that hangs is ended."""

SAMPLES = 12
"""So many near-matches are built of each pattern."""
REPEATS = 6
"""A part that may be repeated stands so often in them, where so many are allowed."""

_parser = import_module("re._parser")


def languages() -> list[str]:
    here = files("drills.tone")
    return sorted(
        path.name.removesuffix(".yaml") for path in here.iterdir() if re.fullmatch(r"[a-z]{2}\.yaml", path.name)
    )


def patterns(pack: Pack) -> Iterator[tuple[str, re.Pattern[str], tuple[str, ...]]]:
    """Every pattern with its name and the examples of its rule."""
    for rule in pack.rules:
        for key in ("pattern", "unless", "unless_text"):
            compiled = getattr(rule, key)
            if compiled is not None:
                yield f"{rule.id}.{key}", compiled, (*rule.examples, *rule.counters)
    for name, compiled in pack.patterns.items():
        yield f"patterns.{name}", compiled, ()


def sample(parsed: Any, chance: Random) -> str:
    """A text that a parsed pattern would find, of alternatives chosen by chance."""
    made = ""
    for kind, value in parsed:
        match str(kind):
            case "LITERAL":
                made += chr(value)
            case "IN":
                made += one_of(value)
            case "ANY" | "NOT_LITERAL":
                made += "a"
            case "BRANCH":
                made += sample(chance.choice(value[1]), chance)
            case "SUBPATTERN":
                made += sample(value[-1], chance)
            case "MAX_REPEAT" | "MIN_REPEAT":
                made += "".join(sample(value[2], chance) for _ in range(min(int(value[1]), REPEATS)))
    return made


def one_of(listed: Any) -> str:
    """A letter that a class of them holds."""
    kind, value = listed[0]
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(value[0])
    return "1" if str(value) == "CATEGORY_DIGIT" else " " if str(value) == "CATEGORY_SPACE" else "a"


def hostile(pattern: re.Pattern[str], examples: tuple[str, ...]) -> Iterator[str]:
    """Pieces that, repeated, lead a pattern on and let it down at the last."""
    yield from ("a", " ", "a ", "1", "-. ", "我")
    parsed, chance = _parser.parse(pattern.pattern), Random(1)
    for _ in range(SAMPLES):
        near = sample(parsed, chance)
        yield near[:-1] + " "
        yield f"{near[: 2 * len(near) // 3]} {'aa ' * REPEATS}"
        yield (near.split() or ["a"])[0] + " "
    for example in examples[:1]:
        yield example.lower()[:-1] + " "
        yield example.lower() + ", "


def spent(pattern: re.Pattern[str], text: str) -> float:
    """Milliseconds of processor time for all that a pattern finds in a text."""
    began = process_time()
    for _ in pattern.finditer(text):
        pass
    return (process_time() - began) * 1000


def repeated(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def main(language: str) -> None:
    """Writes the name of what is tried, and at last each pattern that took too long."""
    tries: list[tuple[float, str, re.Pattern[str], str]] = []
    for name, pattern, examples in patterns(load(language)):
        print("trying", name, flush=True)
        for piece in hostile(pattern, examples):
            tries.append((spent(pattern, repeated(piece, SHORT)), name, pattern, piece))
    tries.sort(key=lambda item: item[0], reverse=True)
    slow = []
    for short, name, pattern, piece in tries[:AT_LENGTH]:
        print("trying", name, flush=True)
        text = repeated(piece, LENGTH)
        # The least of three: others may be using the processor's caches.
        took = min(spent(pattern, text) for _ in range(3 if short * 10 > LIMIT_MS / 2 else 1))
        if took >= LIMIT_MS:
            slow.append(f"slow {name} {took:.0f} ms on {piece[:40]!r}")
    print("\n".join(slow) if slow else "done")


@pytest.mark.parametrize("language", languages())
def test_no_text_makes_a_pattern_run_away(language: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, str(Path(__file__)), language]
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, env=environment, encoding="utf-8", check=True
        )
    except subprocess.TimeoutExpired as hung:
        said = hung.stdout.decode("utf-8") if isinstance(hung.stdout, bytes) else str(hung.stdout)
        pytest.fail(f"{language}: hangs while {said.splitlines()[-1]}")
    lines = ran.stdout.splitlines()
    assert [line for line in lines if line.startswith("slow")] == []
    assert lines[-1] == "done"


def test_a_pattern_that_runs_away_would_be_seen() -> None:
    runaway = re.compile(r"sorry (?:[\w ]{0,90}){2}, but")
    assert max(spent(runaway, repeated(piece, SHORT)) for piece in hostile(runaway, ())) * 10 > LIMIT_MS


if __name__ == "__main__":
    main(sys.argv[1])
