"""Passed or not: what a practice drill asked for and what the run showed, for the first lines of its review."""

from __future__ import annotations

from collections.abc import Sequence

from drills.practice.passing import MarkResult, passed, passed_all
from drills.review_score import NOT_COUNTED
from drills.review_text import Reviewed
from drills.run import Run
from drills.scoring.card import Scorecard
from tui.safe import content
from tui.widgets.prose import EMPTY, Lines, hang, styled, wrapped

ONCE_MORE = "Once more from its start: q, and enter in the lobby. From one moment on, as practice: y."


def first_lines(reviewed: Reviewed, card: Scorecard, width: int) -> Lines:
    """Passed or not yet, then every mark with what the run showed of it; nothing for a drill without marks.

    `reviewed`: a session that has ended, or a run from the shelf. `card`: with the evaluator's marks where there are
    any, as the history counts it.
    """
    practice, run = reviewed.drill.file.practice, getattr(reviewed, "run", None)
    if callable(run):  # a session makes its run when it is asked
        run = run()
    if practice is None or not isinstance(run, Run):
        return []
    return told(passed(run, card, practice.passes), width, retry=reviewed.origin is not None, card=card)


def _why(result: MarkResult, card: Scorecard | None) -> str:
    """What the run showed; of what caps the total its name, where the review says below why."""
    return next((f"{one.title}." for one in card.gates if one.id == result.key), result.why) if card else result.why


def told(results: Sequence[MarkResult], width: int, *, retry: bool = False, card: Scorecard | None = None) -> Lines:
    """The same for marks that have been judged already. `retry`: of a run that was tried again from the middle of
    another, which counts for nothing; `card`: the one that the review shows below."""
    if not results:
        return []
    held = sum(1 for result in results if result.held)
    count = styled(f"  {held} of {len(results)} marks", "$muted")
    if retry:
        count += styled("  in a retry: practice, not counted", "$warning")
    if passed_all(results):
        top = styled(" PASSED ", "bold reverse $success") + count
    else:
        top = styled(" NOT YET ", "bold reverse $warning") + count
    lines = [top] if top.cell_length <= width else wrapped(top, width)
    if retry:
        lines += hang(styled(" ← ", "bold $warning"), content(NOT_COUNTED), width)
    for result in results:
        sign = styled(" ✓ ", "bold $success") if result.held else styled(" ✗ ", "bold $warning")
        lines += hang(sign, content(f"{result.title}. ").stylize("bold") + content(_why(result, card)), width)
    if not passed_all(results) and not retry:
        lines += hang(styled(" → ", "$muted"), styled(ONCE_MORE, "$muted"), width)
    return [*lines, EMPTY]
