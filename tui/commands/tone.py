"""`stormdrill tone`: judge a text."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tui.commands.speech import leave, show


def tone(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write lines of JSON.")] = False,
) -> None:
    """Judge a text from standard input: what it says, and why it reads as it does."""
    from drills.showing import judge_lines, judge_text

    stream = sys.stdin.buffer
    if jsonl:
        bad = 0
        for line, fine in judge_lines(stream):
            print(line, file=sys.stdout if fine else sys.stderr, flush=True)
            bad += not fine
        if bad:
            leave(1)
        return
    if sys.stdin.isatty():
        print("Type the text, then Ctrl+D.", file=sys.stderr)
    for line in judge_text(stream.read()):
        show(line)
