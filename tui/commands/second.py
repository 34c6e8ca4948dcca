"""What `stormdrill tone` says of the semantic layer: its advice where it was asked for, or that it is not there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

from drills.tone import Context, read
from drills.tone.judge import context_of, judge_line
from drills.tone.semantic import LABEL, NOT_INSTALLED, Absent, Adviser, installed, load
from tui.safe import line
from tui.widgets.wrap import wrap


def with_advice(loading: Callable[[], Adviser] = load) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Judges a line as `judge_line` does, with a field `semantic`: the advice, or null where there is none."""
    adviser = None
    try:
        adviser = loading()
    except Absent as absent:
        print(absent, file=sys.stderr)

    def judge(data: dict[str, Any]) -> dict[str, Any]:
        judged = judge_line(data)
        context = context_of(data)
        advice = adviser and adviser.advise(data["text"], context.post, read(data["text"], context))
        return {**judged, "semantic": advice.as_data() if advice else None}

    return judge


def advice_rows(text: str, context: Context, *, asked: bool, loading: Callable[[], Adviser] = load) -> Iterator[str]:
    """The advice on a text, if it was asked for; else only, and in one row, that nobody can ask."""
    if not asked:
        if not installed():
            yield from ("", NOT_INSTALLED)
        return
    yield ""
    try:
        advice = loading().advise(text, context.post, read(text, context))
    except Absent as absent:
        yield str(absent)
        return
    yield f"A second opinion ({LABEL}; no score knows of it)"
    width = max(34, min(100, shutil.get_terminal_size().columns))
    if advice is None:
        yield " ~ it does not know this language"
    elif not advice.lines:
        yield " ~ it has nothing to add"
    else:
        for said in advice.lines:
            first, *rest = wrap(line(said.replace(f" ({LABEL})", "")), width - 3)
            yield f" ~ {first}"
            yield from (f"   {row}" for row in rest)
