"""The plan in the review: where it failed and where people did, who kept whom waiting, what to change, what stuck."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from drills.gaps.model import Analysis, Attribution, Improvement, PlanGap, Stuck, Wait
from drills.review_text import RATINGS
from scenarios.days import show_date
from scenarios.moments import show_moment
from tui.glyphs import short_left, some
from tui.safe import content, line
from tui.screens.review_pages import PAD, RATING_STYLES, WIDEST, evidence
from tui.widgets.folds import Fold, Folds
from tui.widgets.page import Page
from tui.widgets.prose import EMPTY, Lines, hang, spread, styled

SEEN = {"run": "this run showed it", "file": "the file says so", "both": "the file says so, and this run showed it"}
LABELS = {
    "plan gap": "$warning",
    "structural plan gap": "$warning",
    "training gap": "$error",
    "plan friction": "$warning",
    "plan addition": "$primary",
    "strength": "$success",
}
_RULES = re.compile(r" \(([A-Z]+\d+(?:-\d+)?(?:, [A-Z]+\d+(?:-\d+)?)*)\)\.?$")
"""The codes at the end of a reason."""
VERDICTS = {"held": "$success", "came back": "$error", "still there": "$warning", "not tested": "$muted"}


class PlanPane(Vertical):
    """Rows that open, once the plan has been compared with the run; until then a word of patience."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._words = "Comparing the plan with what happened…"
        self.page = Page(lambda _: styled(self._words, "$muted"))
        self.folds: Folds | None = None

    def compose(self) -> ComposeResult:
        """The word of patience."""
        yield self.page

    def show(self, analysis: Analysis) -> None:
        """What was found. A run that is at an end has one analysis, so this is called once."""
        here = self.has_focus_within
        self.folds = Folds(plan_folds(analysis))
        self.page.remove()
        self.mount(self.folds)
        if here:
            self.folds.focus()

    def fail(self, why: str) -> None:
        """Say why there is nothing to show."""
        self._words = line(why)
        self.page.repaint()

    def action_shut(self) -> None:
        """Into the rows."""
        target: Widget = self.page if self.folds is None else self.folds
        target.focus()


def plan_folds(found: Analysis) -> list[Fold]:
    """Everything that a run says of the plan under test, as rows under headings."""
    rows = [_group("gaps", "Where the plan does not hold", some(len(found.gaps), "gap"))]
    first = sorted(found.gaps, key=lambda gap: gap.seen == "file")  # what happened comes before what only might
    rows += [_gap(number, gap, shared=gap.id in found.shared) for number, gap in enumerate(first)]
    rows += [] if found.gaps else [_none("gaps-none", "Nothing was found, in the file or in the run.")]
    rows.append(_group("why", "Why each task went as it did", "people or the plan"))
    called = {gap.id: gap.title for gap in found.gaps}
    rows += [_attribution(one, called) for one in found.attributions]
    rows += [] if found.attributions else [_none("why-none", "No task can be put down to people or to the plan.")]
    waited = f"{short_left(found.waited_ms)} before your first public word" if found.waited_ms else ""
    rows.append(_group("waits", "Waiting for others", waited))
    rows += [_wait(number, one) for number, one in enumerate(found.waits)]
    rows += [] if found.waits else [_none("waits-none", "Nobody kept you waiting.")]
    rows.append(_group("change", "What to change", "who, by when"))
    rows += [_improvement(number, one) for number, one in enumerate(found.improvements)]
    rows += [] if found.improvements else [_none("change-none", "Nothing that this run shows.")]
    rows.append(_group("stuck", "Did the last fix stick?", _tally(found.stuck)))
    rows += [_stuck(number, one) for number, one in enumerate(found.stuck)]
    rows += [] if found.stuck else [_none("stuck-none", "No earlier run of this drill asked for a change.")]
    return rows


def _tally(found: Sequence[Stuck]) -> str:
    counts = ((sum(1 for one in found if one.verdict == verdict), verdict) for verdict in VERDICTS)
    return ", ".join(f"{many} {verdict}" for many, verdict in counts if many)


def _group(key: str, title: str, told: str) -> Fold:
    """A heading; with a line of air above it, but for the first."""
    air = "" if key == "gaps" else "\n"

    def head(width: int) -> Content:
        return Content(air) + spread(styled(title, "bold $primary"), styled(told, "$muted"), min(width, WIDEST + 2))

    return Fold(key, head)


def _none(key: str, words: str) -> Fold:
    return Fold(key, lambda width: spread(styled(f"  {words}", "$muted"), EMPTY, width))


def _gap(number: int, gap: PlanGap, *, shared: bool) -> Fold:
    title = styled(line(_begun(gap.title)), "bold" if gap.seen != "file" else "")
    again = " · again" if shared else ""
    right = styled(f"seen in {gap.seen if gap.seen != 'both' else 'file and run'}{again}", "$muted")
    reason, rules = _reason(gap.reason)

    def head(width: int) -> Content:
        return spread(title + styled(f"  {line(gap.finding)}", "$muted"), right, min(width, WIDEST))

    def opened(width: int) -> Content:
        return spread(title, right, min(width, WIDEST))

    def body(width: int) -> Lines:
        width = min(width, WIDEST)
        lines = hang(PAD, content(gap.finding), width) + hang(PAD, styled(line(reason), "$muted"), width)
        lines += evidence(gap.evidence, width, PAD)
        lines += hang(styled(f"{PAD}→ ", "$primary"), content(gap.advice), width)
        diff = [row for row in gap.diff.splitlines() if row.startswith(("+", "-")) and row[:3] not in ("+++", "---")]
        lines += hang(PAD, styled("In the plan's file:", "$muted"), width) if diff else []
        for row in diff:
            lines += hang(PAD, content(row).stylize("$success" if row.startswith("+") else "$error"), width)
        where = f"line {gap.line} of the plan · " if gap.line else ""
        tail = f"{line(gap.id)} · {where}{SEEN[gap.seen]} · {gap.confidence} confidence"
        tail += " · an earlier run showed it too" if shared else ""
        tail += f" · by {rules}" if rules else ""
        return [*lines, *hang(PAD, styled(tail, "$muted"), width), EMPTY]

    return Fold(f"gap-{number}", head, body, opened)


def _begun(title: str) -> str:
    """A title with a capital at its head."""
    return f"{title[:1].upper()}{title[1:]}"


def _reason(said: str) -> tuple[str, str]:
    """A reason without the codes of its rules at its end, and those codes."""
    found = _RULES.search(said)
    return (f"{said[: found.start()]}.", line(found[1])) if found else (said, "")


def _attribution(one: Attribution, called: Mapping[str, str]) -> Fold:
    """`called`: the gaps' names, by their ids."""

    def head(width: int) -> Content:
        style = RATING_STYLES.get(one.rating, "")
        letter = styled(f" {line(one.rating)} ", f"bold {style} reverse")
        told = styled(f"{one.label}  ", LABELS.get(one.label, "$muted"))
        return spread(Content(line(one.title)), told + letter, min(width, WIDEST))

    def body(width: int) -> Lines:
        width = min(width, WIDEST)
        told = f"{_begun(RATINGS.get(one.rating, ''))}. {one.why}"
        lines = hang(PAD, content(told), width)
        if one.step:
            lines += hang(styled(f"{PAD}plan  ", "$muted"), content(one.step), width)
        lines += evidence(one.evidence, width, PAD)
        if one.gaps:
            behind = ", ".join(called.get(gap, gap) for gap in one.gaps)
            lines += hang(PAD, styled(f"behind it: {line(behind)}", "$muted"), width)
        return [*lines, styled(f"{PAD}{line(one.task)}", "$muted"), EMPTY]

    return Fold(f"why-{one.task}", head, body)


def _wait(number: int, one: Wait) -> Fold:
    def head(width: int) -> Content:
        left = Content.assemble((f"  {show_moment(one.at_ms)}  ", "$muted"), line(f"{one.who}: {one.what}"))
        return spread(left, styled(short_left(one.until_ms - one.at_ms), "bold"), min(width, WIDEST + 2))

    return Fold(f"wait-{number}", head)


def _improvement(number: int, one: Improvement) -> Fold:
    def head(width: int) -> Content:
        due = f", by {show_date(one.due)}" if one.due else ""
        left = Content(line(_begun(one.area)))
        return spread(left, styled(f"{line(one.person)}{due}", "$muted"), min(width, WIDEST))

    def body(width: int) -> Lines:
        width = min(width, WIDEST)
        lines = hang(PAD, content(one.action), width)
        tail = f"{one.id} · {one.element} · {one.role} · checked by playing {one.check} again"
        return [*lines, *hang(PAD, styled(line(tail), "$muted"), width), EMPTY]

    return Fold(f"change-{number}", head, body)


def _stuck(number: int, one: Stuck) -> Fold:
    def head(width: int) -> Content:
        left = Content(line(_begun(one.improvement.area)))
        told = styled(one.verdict, f"bold {VERDICTS.get(one.verdict, '$muted')}")
        return spread(left, told, min(width, WIDEST))

    def body(width: int) -> Lines:
        width = min(width, WIDEST)
        lines = hang(PAD, content(one.why), width)
        lines += hang(PAD, styled(line(f"asked for: {one.improvement.action}"), "$muted"), width)
        return [*lines, *hang(PAD, styled(line(f"{one.improvement.id} · since {one.since}"), "$muted"), width), EMPTY]

    return Fold(f"stuck-{number}", head, body)
