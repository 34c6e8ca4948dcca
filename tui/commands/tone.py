"""`stormdrill tone`: judge a text."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import typer

from tui.commands.speech import leave, show

_ENDS = "ctrl+z and Enter end" if sys.platform == "win32" else "ctrl+d ends"
_MOST = 1_000_000
"""Bytes of a text that are read at all."""


def tone(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text; standard input if left out.")] = "-",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write lines of JSON.")] = False,
    post: Annotated[str | None, typer.Option(help="The post that it answers.")] = None,
    channel: Annotated[
        Literal["public_reply", "dm", "statement"] | None, typer.Option(help="Where it goes; public_reply if left out.")
    ] = None,
    severity: Annotated[
        Literal["issue", "crisis", "opportunity"] | None, typer.Option(help="How grave it is; crisis if left out.")
    ] = None,
    level: Annotated[str | None, typer.Option(metavar="L0-L4", help="The level; by severity if left out.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="The public's language: en, fr, es, de ...")] = None,
    semantic: Annotated[bool, typer.Option("--semantic", help="Add the semantic layer's advice.")] = False,
) -> None:
    """Judge a text: what it says, how good it is, and why it reads as it does.

    With --jsonl a line is {"text": ...} and, if need be, "id", "post", "context", "channel", "severity", "level",
    "lang" and "history" (a list of our earlier replies). The answer is {"id", "overall", "dimensions", "evidence"};
    numbers run from 0 to 1, null is not assessed, and a span counts the characters of the text.
    """
    given = {"post": post, "channel": channel, "severity": severity, "level": level, "lang": lang}
    with ExitStack() as stack:
        stream = _standard_input() if file == "-" else stack.enter_context(_opened(file))
        place = "standard input" if file == "-" else file
        if stream.isatty():
            what = "lines of JSON" if jsonl else "a text"
            print(f"Waiting for {what}: type or paste it; {_ENDS} it, on a line of its own.", file=sys.stderr)
        if jsonl:
            _lines(stream, place, given, semantic=semantic)
        else:
            _text(stream, place, given, semantic=semantic)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # closed by whoever started us
        return BytesIO()
    return sys.stdin.buffer


def _opened(file: str) -> BinaryIO:
    from drills.errors import DrillError

    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DrillError(f"this file can't be read ({str(why).lower()})", file, "give the path of a text") from None


def _lines(stream: BinaryIO, place: str, given: dict[str, Any], *, semantic: bool) -> None:
    from drills.tone.judge import judge_line, judge_lines
    from tui.commands.second import with_advice

    if any(value is not None for value in given.values()):
        names = ", ".join(f"--{name}" for name, value in given.items() if value is not None)
        raise typer.BadParameter(f"with --jsonl each line says this itself: leave out {names}")
    bad = False
    for line, fine in judge_lines(stream, place, with_advice() if semantic else judge_line):
        print(line, file=sys.stdout if fine else sys.stderr, flush=True)
        bad = bad or not fine
    if bad:
        leave(1)


def _text(stream: BinaryIO, place: str, given: dict[str, Any], *, semantic: bool) -> None:
    from drills.errors import DrillError
    from drills.tone.judge import LONGEST, FieldError, context_of
    from drills.tone.verdict import verdict
    from scenarios.text import clean
    from tui.commands.second import advice_rows
    from tui.commands.verdict import say

    data = stream.read(_MOST)
    try:
        text = clean(data.decode("utf-8-sig")).strip()
    except UnicodeDecodeError:
        raise DrillError("this text is not UTF-8", place, "save it as UTF-8") from None
    if not text:
        raise DrillError("there is no text to judge", place, "type one, or pipe one in")
    if len(text) > LONGEST or len(data) == _MOST:
        raise DrillError(f"that is more than {LONGEST:,} characters", place, "give less of it")
    try:
        context = context_of({**given, "text": text})
    except FieldError as error:
        what = str(error).partition("`: ")[2]
        raise typer.BadParameter(what, param_hint=f"--{error.field}") from None
    say(verdict(text, context))
    for row in advice_rows(text, context, asked=semantic):
        show(row)
