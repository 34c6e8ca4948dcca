"""What each pane of the review says, laid out for a width. What is said is decided in `drills.review_text`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from drills.bands import Bands
from drills.origin import Origin
from drills.overrides import change_words, item_words
from drills.review_score import changed, coverage, luck, luck_note, other_luck, retried, scored
from drills.review_text import (
    RATINGS,
    Reviewed,
    capped,
    counting,
    ended,
    given,
    letter_words,
    points,
    spoken_of,
    summary_lines,
    waiting,
)
from drills.scoring.card import DIMENSIONS, Evidence, Line, Scorecard, Task, TextScore
from scenarios.moments import show_moment
from tui.safe import content, line
from tui.widgets.folds import Fold
from tui.widgets.prose import EMPTY, Lines, fitted, gauge, hang, heading, joined, spread, styled

RATING_STYLES = {"P": "$success", "S": "$success", "M": "$warning", "U": "$error", "-": "$muted"}
_MOST_EVIDENCE = 8
WIDEST = 100
"""Cells of a row with its value at the end: farther apart the eye loses the line."""
PAD = "   "
"""Before what a row opens to."""
Head = Callable[[int], Content]
Body = Callable[[int], Lines]


# -- the head ----------------------------------------------------------------------------------------------------


def head(session: Reviewed, card: Scorecard, width: int, bands: Bands | None = None) -> Content:
    """The watermark, which run this is, what it was worth, how much of that is luck, and the four dimensions."""
    told = f"{ended(session.desk)} " if width >= 70 else ""
    if width >= 100:
        told = f"{told}· seed {session.seed} "
    if width >= 100 and session.origin is not None:
        told = f"from {show_moment(session.origin.at_ms)} · {told}"
    what = "Tried again" if session.origin is not None else "Review"
    title = Content.assemble((" EXERCISE ", "bold reverse"), f"  {what}  ", (line(session.drill.title), "bold"))
    first = spread(title, styled(told, "$muted"), width)
    style = f"bold {RATING_STYLES.get(card.rating, '')}"
    notes = []
    if card.before is not None:
        notes.append(f"{points(card.before.total)} as scored")
    if capped(card):
        notes.append(f"{points(card.raw)} uncapped")
    if card.controllable is not None:
        short = width < 110 or (bands is not None and width < 150)
        notes.append(f"{points(card.controllable)} without waiting" if short else waiting(card))
    right = styled(" · ".join(notes) + " ", "$warning")
    second = Content.assemble(" ", (f" {points(card.total)} ", f"{style} reverse"), (f" {line(card.rating)}  ", style))
    room = width - second.cell_length - right.cell_length - 2
    words = letter_words(card)
    second += styled(words if len(words) <= room else words.partition(";")[0], style)
    if bands is not None:
        band = styled(f"  ({other_luck(card, bands)})", "$muted")
        if (second + band).cell_length + right.cell_length + 2 <= width:
            second += band
    third = _dimensions(card, width)
    return joined([first, spread(second, right, width), *third])


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


def summary(
    card: Scorecard, width: int, bands: Bands | None = None, origin: Origin | None = None, helped: str = ""
) -> Content:
    """What went well, what to work on, what was capped, what the team brought about, and how firm all of it is.
    `helped`: how many hints were taken, where the drill counts them."""
    strengths, areas = summary_lines(card)
    quoted: set[str] = set()
    lines: Lines = []
    if card.gates:
        lines += heading("Capped", "bold $error")
        for gate in card.gates:
            title = styled(line(gate.title), "bold $error")
            why = Content(f", at most {points(gate.cap)}. ") + content(gate.why)
            lines += hang(styled(" ! ", "bold $error"), title + why, width)
            lines += _changed(card, gate.id, width)
        lines += evidence(gate.evidence, width, "   ")
    lines += heading("Went well")
    for one in strengths:
        lines += hang(styled(" + ", "bold $success"), _said(one), width)
        lines += _changed(card, one.id, width)
        lines += _own_words(spoken_of(card, one, best=True), quoted, width)
    quoted.clear()
    if not strengths:
        lines += hang("   ", styled("Nothing stands out yet. The lines under 2 say why.", "$muted"), width)
    lines += heading("Work on")
    for one in areas:
        lines += hang(styled(" − ", "bold $warning"), _said(one), width)
        lines += _changed(card, one.id, width)
        lines += _own_words(spoken_of(card, one, best=False), quoted, width)
        if one.better:
            lines += hang(styled("   → ", "$primary"), content(one.better), width)
    if not areas:
        lines += hang("   ", styled("Nothing that cost points.", "$muted"), width)
    if card.branches:
        lines += heading("What you brought about")
        lines += evidence(card.branches, width, " ")
    lines += _firm(card, width, bands, origin)
    if helped:
        lines += hang(styled(" ? ", "bold $accent"), content(helped), width)
    return joined(lines[1:])


def _firm(card: Scorecard, width: int, bands: Bands | None, origin: Origin | None) -> Lines:
    """Whether it was tried again, what an evaluator changed, what was luck, what was assessed at all."""
    lines = heading("How firm this is")
    if origin is not None:
        lines += hang(styled(" ← ", "bold $warning"), content(retried(origin)), width)
    if card.before is not None:
        lines += hang(styled(" ✎ ", "bold $warning"), content(f"{scored(card)}:"), width)
        for change in card.changes:
            words = content(f"{item_words(card, change.item)}: {change_words(change)}")
            lines += hang("   ", words, width)
    if bands is not None:
        own = Content.assemble((line(luck(card, bands)), "bold"), ". ", content(luck_note(bands)))
        lines += hang(styled(" ~ ", "bold $primary"), own, width)
    return lines + hang("   ", styled(line(coverage(card)), "$muted"), width)


def _said(one: Line) -> Content:
    moments = () if one.text else dict.fromkeys(show_moment(found.at_ms) for found in one.evidence[:3])
    times = ", ".join(moment for moment in moments if moment not in one.why)
    return Content.assemble(
        (line(one.title), "bold"), ". ", content(one.why), (f"  {times}" if times else "", "$muted")
    )


def _own_words(text: TextScore | None, quoted: set[str], width: int) -> Lines:
    """What the person wrote, where a line is about a text of theirs that was not `quoted` yet: in two lines at most,
    the whole is under 3."""
    if text is None or text.action in quoted:
        return []
    quoted.add(text.action)
    words = hang("   ", styled(f"You wrote: “{line(text.text)}”", "italic"), width)
    return words if len(words) < 3 else [words[0], fitted(words[1] + Content(" …"), width)]


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
            folds += [Fold(one.id, _line_head(one, card), _line_body(one, card)) for one in lines]
    return folds


def _group(name: str, score: float | None) -> Head:
    left, right = styled(name.capitalize(), "bold $primary"), styled(points(score), "bold $primary")
    return lambda width: spread(left, right, min(width, WIDEST + 2))  # it has no sign before it, as its lines have


def _line_head(one: Line, card: Scorecard) -> Head:
    score = None if one.score is None else one.score * 100
    mark = " ✎" if card.change(one.id) else ""
    if score is not None and not one.counts:
        right = styled(f"not counted  {points(score):>4}", "$muted")
        left = Content.assemble((line(one.title), "$muted"), (mark, "bold $warning"))
        return lambda width: spread(left, right, min(width, WIDEST))
    told = f" {given(one.points)}  " if one.points is not None else ""
    right = styled(told, "$muted") + gauge(one.score, 10, score_style(score))
    right += styled(f"{points(score):>4}" if score is not None else "   –", "bold")
    left = Content.assemble(line(one.title), (mark, "bold $warning"))
    return lambda width: spread(left, right, min(width, WIDEST))


def _line_body(one: Line, card: Scorecard) -> Body:
    def body(width: int) -> Lines:
        width = min(width, WIDEST)
        lines = _changed(card, one.id, width) + hang(PAD, content(one.why), width)
        lines += evidence(one.evidence, width, PAD)
        if one.better:
            lines += hang(styled(f"{PAD}→ ", "$primary"), content(one.better), width)
        if one.rule:
            lines += hang(styled(f"{PAD}= ", "$muted"), styled(line(one.rule), "$muted"), width)
        tail = f"{counting(one)} · {line(one.id)}" + (f", by {line(one.source)}" if one.source else "")
        return [*lines, *hang(PAD, styled(tail, "$muted"), width), EMPTY]

    return body


def _changed(card: Scorecard, item: str, width: int) -> Lines:
    """What an evaluator's mark did to an item."""
    words = changed(card, item)
    return hang(styled(" ✎ ", "bold $warning"), content(words), width) if words else []


# -- 5 tasks -----------------------------------------------------------------------------------------------------


def task_folds(card: Scorecard) -> list[Fold]:
    """The critical tasks with their ratings."""
    return [Fold(task.id, _task_head(task, card), _task_body(task, card)) for task in card.tasks]


def _task_head(task: Task, card: Scorecard) -> Head:
    style = RATING_STYLES.get(task.rating, "")
    left = Content.assemble(line(task.title), (" ✎" if card.change(task.id) else "", "bold $warning"))
    letter = styled(f" {line(task.rating)} ", f"bold {style} reverse" if task.rating != "-" else style)
    words = styled(f"{RATINGS.get(task.rating, '')} ", "$muted")
    room = left.cell_length + words.cell_length + letter.cell_length + 2
    return lambda width: spread(left, words + letter if width >= room else letter, min(width, WIDEST))


def _task_body(task: Task, card: Scorecard) -> Body:
    def body(width: int) -> Lines:
        words = RATINGS.get(task.rating, "")
        style = RATING_STYLES.get(task.rating, "")
        width = min(width, WIDEST)
        lines = _changed(card, task.id, width)
        lines += hang(PAD, Content.assemble((f"{words[:1].upper()}{words[1:]}. ", style), content(task.why)), width)
        lines += evidence(task.evidence, width, PAD)
        code = styled(f"  {line(task.id)}", "$muted")
        if lines[-1].cell_length + code.cell_length <= width:
            lines[-1] += code
        return [*lines, EMPTY]

    return body
