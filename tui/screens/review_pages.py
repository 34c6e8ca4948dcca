"""What each pane of the review says, laid out for a width. What is said is decided in `drills.review_text`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from drills.desk import Desk
from drills.review_chart import charts
from drills.review_text import (
    RATINGS,
    Reviewed,
    capped,
    ended,
    points,
    summary_lines,
    waiting,
)
from drills.scoring.card import DIMENSIONS, Evidence, Line, Scorecard, Task
from scenarios.moments import show_moment
from scenarios.terms import LEVEL_WORDS
from tui.safe import content, line
from tui.widgets.chart import chart
from tui.widgets.folds import Fold
from tui.widgets.prose import EMPTY, Lines, fitted, gauge, hang, heading, joined, spread, styled

RATING_STYLES = {"P": "$success", "S": "$success", "M": "$warning", "U": "$error", "-": "$muted"}
_MOST_EVIDENCE = 8
Head = Callable[[int], Content]
Body = Callable[[int], Lines]


# -- the head ----------------------------------------------------------------------------------------------------


def head(session: Reviewed, card: Scorecard, width: int) -> Content:
    """The watermark, which run this is, what it was worth, and the four dimensions."""
    told = f"{ended(session.desk)} " if width >= 70 else ""
    if width >= 100:
        told = f"{told}· seed {session.seed} "
    title = Content.assemble((" EXERCISE ", "bold reverse"), "  Review  ", (line(session.drill.title), "bold"))
    first = spread(title, styled(told, "$muted"), width)
    style = f"bold {RATING_STYLES.get(card.rating, '')}"
    words = RATINGS.get(card.rating, "")
    if not card.complete:
        words += ", so far"
    second = Content.assemble(
        " ", (f" {points(card.total)} ", f"{style} reverse"), (f" {line(card.rating)}  ", style), (words, style)
    )
    notes = []
    if capped(card):
        notes.append(f"{points(card.raw)} before {', '.join(line(gate.id) for gate in card.gates)}")
    if card.controllable is not None:
        notes.append(f"{points(card.controllable)} without waiting" if width < 110 else waiting(card))
    third = _dimensions(card, width)
    return joined([first, spread(second, styled(" · ".join(notes) + " ", "$warning"), width), *third])


def _dimensions(card: Scorecard, width: int) -> Lines:
    scores = {"speed": card.speed, "tone": card.tone, "escalation": card.escalation, "conduct": card.conduct}
    across = 4 if width >= 140 else 2
    each = (width - 2) // across
    cells = []
    for name in DIMENSIONS:
        score = scores[name]
        cells.append(
            Content.assemble(
                (f"{name.capitalize():<11}", "$muted"),
                gauge(None if score is None else score / 100, each - 18, score_style(score)),
                (f"{points(score):>4}", "bold"),
                "   ",
            )
        )
    return [Content(" ") + EMPTY.join(cells[start : start + across]) for start in range(0, 4, across)]


def score_style(score: float | None) -> str:
    """The colour of a score of 0 to 100."""
    if score is None:
        return "$muted"
    return "$success" if score >= 66 else "$warning" if score >= 50 else "$error"


# -- 1 summary ---------------------------------------------------------------------------------------------------


def summary(card: Scorecard, width: int) -> Content:
    """What went well, what to work on, what was capped, what the team brought about."""
    strengths, areas = summary_lines(card)
    lines: Lines = []
    if card.gates:
        lines += heading("Capped", "bold $error")
        for gate in card.gates:
            title = styled(f"{line(gate.id)} {line(gate.title)}", "bold $error")
            why = Content(f", at most {points(gate.cap)}. ") + content(gate.why)
            lines += hang(styled(" ! ", "bold $error"), title + why, width)
            lines += evidence(gate.evidence, width, "   ")
    lines += heading("Went well")
    for one in strengths:
        lines += hang(styled(" + ", "bold $success"), _said(one), width) + _own_words(card, one, width)
    if not strengths:
        lines += hang("   ", styled("Nothing stands out yet. The lines under 2 say why.", "$muted"), width)
    lines += heading("Work on")
    for one in areas:
        lines += hang(styled(" − ", "bold $warning"), _said(one), width) + _own_words(card, one, width)
        if one.better:
            lines += hang(styled("   → ", "$primary"), content(one.better), width)
    if not areas:
        lines += hang("   ", styled("Nothing that cost points.", "$muted"), width)
    if card.branches:
        lines += heading("What you brought about")
        lines += evidence(card.branches, width, " ")
    return joined(lines[1:])


def _said(one: Line) -> Content:
    times = ", ".join(show_moment(found.at_ms) for found in one.evidence[:3])
    return Content.assemble(
        (line(one.title), "bold"), ". ", content(one.why), (f"  {times}" if times else "", "$muted")
    )


def _own_words(card: Scorecard, one: Line, width: int) -> Lines:
    """What the person wrote, where a line is about a text of theirs: in two lines at most, the whole is under 3."""
    if one.dimension != "tone":
        return []
    moments = {found.at_ms for found in one.evidence}
    for text in card.texts:
        if text.at_ms in moments:
            words = hang("   ", styled(f"You wrote: “{line(text.text)}”", "italic"), width)
            return words if len(words) < 3 else [words[0], fitted(words[1] + Content(" …"), width)]
    return []


def evidence(found: Sequence[Evidence], width: int, indent: str = "") -> Lines:
    """Evidence with its times; a long list is cut, with how much there is more."""
    lines: Lines = []
    for one in found[:_MOST_EVIDENCE]:
        lines += hang(styled(f"{indent}{show_moment(one.at_ms)}  ", "$muted"), content(one.text), width)
    if len(found) > _MOST_EVIDENCE:
        lines.append(styled(f"{indent}and {len(found) - _MOST_EVIDENCE} more; x exports them all", "$muted"))
    return lines


# -- 2 score lines -----------------------------------------------------------------------------------------------


def score_folds(card: Scorecard) -> list[Fold]:
    """Every line of the score, under its dimension."""
    folds = []
    scores = {"speed": card.speed, "tone": card.tone, "escalation": card.escalation, "conduct": card.conduct}
    for name in DIMENSIONS:
        lines = [one for one in card.lines if one.dimension == name]
        if lines:
            folds.append(Fold(name, _group(name, scores[name])))
            folds += [Fold(one.id, _line_head(one), _line_body(one)) for one in lines]
    return folds


def _group(name: str, score: float | None) -> Head:
    left, right = styled(name.capitalize(), "bold $primary"), styled(points(score), "bold $primary")
    return lambda width: spread(left, right, width)


def _line_head(one: Line) -> Head:
    score = None if one.score is None else one.score * 100
    bar = gauge(one.score, 10, score_style(score))
    right = bar + styled(f"{points(score):>4}" if score is not None else "   –", "bold")
    left = Content.assemble((f"{line(one.id):<4} ", "$muted"), line(one.title))
    return lambda width: spread(left, right, width)


def _line_body(one: Line) -> Body:
    def body(width: int) -> Lines:
        lines = hang("     ", content(one.why), width) + evidence(one.evidence, width, "     ")
        if one.better:
            lines += hang(styled("     → ", "$primary"), content(one.better), width)
        tail = f"weight {one.weight:g}" if one.weight else "shown, not counted"
        tail += f" · {line(one.source)}" if one.source else ""
        return [*lines, *hang("     ", styled(tail, "$muted"), width), EMPTY]

    return body


# -- 4 timeline --------------------------------------------------------------------------------------------------


def timeline(session: Reviewed, width: int) -> Content:
    """The charts, then the log."""
    lines: Lines = []
    truth, team = session.truth(), session.levels()
    for name, rows in charts(session.desk, truth, team, min(width, 130)):
        lines += chart(name, rows)
    lines.append(EMPTY)
    for who, levels in (("truth", truth), ("team", team)):
        said = ", ".join(f"{show_moment(at_ms)} L{level} {LEVEL_WORDS[level]}" for at_ms, level in levels)
        lines += hang(styled(f" {who:<6}", "$muted"), Content(said or "said no level"), width)
    lines += heading("Log")
    lines += _log(session.desk, width)
    return joined(lines)


def _log(desk: Desk, width: int) -> Lines:
    lines: Lines = []
    for entry in desk.log:
        who = f"{line(entry.who, 14):<14} "
        marker = Content.assemble((f" {show_moment(entry.at_ms)}  ", "$muted"), (who, "bold"))
        lines += hang(marker, content(entry.what), width)
    return lines or [styled(" Nothing happened.", "$muted")]


# -- 5 tasks -----------------------------------------------------------------------------------------------------


def task_folds(card: Scorecard) -> list[Fold]:
    """The critical tasks with their ratings."""
    return [Fold(task.id, _task_head(task), _task_body(task)) for task in card.tasks]


def _task_head(task: Task) -> Head:
    style = RATING_STYLES.get(task.rating, "")
    left = Content.assemble((f"{line(task.id):<5}", "$muted"), line(task.title))
    letter = styled(f" {line(task.rating)} ", f"bold {style} reverse" if task.rating != "-" else style)
    words = styled(f"{RATINGS.get(task.rating, '')} ", "$muted")
    room = left.cell_length + words.cell_length + letter.cell_length + 2
    return lambda width: spread(left, words + letter if width >= room else letter, width)


def _task_body(task: Task) -> Body:
    def body(width: int) -> Lines:
        words = RATINGS.get(task.rating, "")
        style = RATING_STYLES.get(task.rating, "")
        lines = hang("     ", Content.assemble((f"{words}. ", style), content(task.why)), width)
        return [*lines, *evidence(task.evidence, width, "     "), EMPTY]

    return body
