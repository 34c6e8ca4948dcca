"""One step of a run in words: what was seen then, what was done, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from drills.desk import PostView
from drills.review_chart import CAME, TRUTH, mark
from drills.review_steps import Outcome, Step, Steps
from drills.review_text import points
from drills.scoring.card import Line, Scorecard
from scenarios.moments import show_moment
from scenarios.terms import LEVEL_WORDS
from tui.glyphs import mood_word, need, short_left, some, spread_words
from tui.safe import content, fit, line
from tui.screens.review_pages import score_style
from tui.screens.review_words import text_page
from tui.widgets.prose import Lines, hang, heading, joined, styled

SIGNS = {"came": (CAME, "$warning"), "did": ("●", "$primary"), "truth": (TRUTH, "$warning"), "content": ("■", "$error")}


def sign(step: Step) -> tuple[str, str]:
    """The sign of a step and its style: what the team did has the one that the chart has for it."""
    glyph, style = SIGNS[step.kind]
    return (glyph if step.action is None else mark(step.action)), style


def step_head(step: Step, width: int) -> Content:
    """A step in a line, cut where it does not fit."""
    glyph, style = sign(step)
    who = "you " if step.kind == "did" else ""
    head = Content.assemble((f"{show_moment(step.at_ms)} ", "$muted"), (f"{glyph} ", style))
    return head + Content(fit(line(f"{who}{step.words}", 400), max(1, width - head.cell_length)))


def step_page(steps: Steps, number: int, card: Scorecard, width: int) -> Content:
    """The step with this number; nothing where there is none."""
    if not 0 <= number < len(steps.all):
        return styled("Nothing happened.", "$muted")
    step = steps.all[number]
    glyph, style = sign(step)
    count = f"{number + 1} of {len(steps.all)}  "
    who = "you " if step.kind == "did" else ""
    mark = Content.assemble((count, "$muted"), (f"{show_moment(step.at_ms)}  ", "$muted"), (f"{glyph} ", style))
    lines: Lines = hang(mark, content(f"{who}{step.words}").stylize("bold"), width)
    lines += _seen(step, width)
    if step.kind == "came":
        lines += _asked(steps, step, width)
    text = next((one for one in card.texts if step.kind == "did" and one.action == step.key), None)
    if text is not None:
        lines += heading("Your words")
        lines += text_page(text, card.texts.index(text) + 1, len(card.texts), width).split("\n")
    lines += heading("What came of it") + _outcome(steps.outcome(step), step, width)
    lines += _scored([one for one in card.lines if text is None or one.dimension != "tone"], step, width)
    log = steps.meanwhile(number)
    if log:
        lines += heading("Until the next step")
        for entry in log:
            told = Content.assemble((f" {show_moment(entry.at_ms)}  ", "$muted"), (f"{line(entry.who, 24)} ", "bold"))
            lines += hang(told[:12], told[12:] + content(entry.what), width)
    return joined(lines)


def _seen(step: Step, width: int) -> Lines:
    seen = step.seen
    said = "you had said no level" if seen.level is None else f"you said L{seen.level}"
    was = ""
    if seen.truth is not None and seen.truth != seen.level:
        was = f", it was L{seen.truth} {LEVEL_WORDS[seen.truth]}"
    told = (
        f"{some(seen.waiting, 'message')} waiting, {seen.late} late · anger {seen.anger}, {mood_word(seen.anger)} · "
        f"{said}{was} · {some(round(seen.rate), 'post')} a minute"
    )
    lines = hang(styled(" you saw  ", "$primary"), content(told), width)
    for name, title, many in seen.first:
        sign = need(name)
        times = f" ×{many}" if many > 1 else ""
        row = f"{sign.word}{times}  {line(title, 200)}"
        lines.append(styled(f"{'':10}{sign.glyph} ", "bold") + styled(fit(row, width - 12), "$muted"))
    return lines


def _asked(steps: Steps, step: Step, width: int) -> Lines:
    """What a scripted event asked for, and when it was answered."""
    inject = steps.inject(step)
    lines: Lines = []
    if inject is not None and inject.expects is not None:
        why = f"{inject.expects.why.rstrip('.') or 'An answer'}."
        told = content(why) + styled(f" Within {short_left(inject.expects.within, coarse=True)}.", "$muted")
        lines += heading("What it asked for") + hang(" ", told, width)
    answer = steps.answered(step)
    if answer is None and (inject is None or inject.needs == "none"):
        return lines
    lines += heading("What you did about it")
    if answer is None:
        return lines + hang(styled(" ! ", "bold $error"), Content("You never answered."), width)
    at_ms, words = answer
    later = f"{short_left(at_ms - step.at_ms)} later you {words}"
    return lines + hang("   ", content(later), width)


def _outcome(found: Outcome, step: Step, width: int) -> Lines:
    moved = found.anger - step.seen.anger
    arrow = "▲ " if moved > 1 else "▼ " if moved < -1 else ""
    how = f"{arrow}{moved:+d}" if moved else "as it was"
    lines = hang(
        " ", Content.assemble(
            f"anger {step.seen.anger} → {found.anger} after {short_left(found.later_ms, coarse=True)} ",
            (f"({how})", "$error" if moved > 1 else "$success" if moved < -1 else "$muted"),
            ("" if step.kind == "truth" else f" · {_counts(found)}", "$muted"),
        ), width,
    )  # fmt: skip
    for view in found.next:
        lines += _post(view, width)
    return lines


def _counts(found: Outcome) -> str:
    if not found.posts and not found.shares:
        return "nobody posted because of it"
    return f"{some(found.posts, 'post')} and {some(found.shares, 'share')} came of it"


def _post(view: PostView, width: int) -> Lines:
    """A post of the public in two lines at most."""
    who = Content.assemble(
        (f" {show_moment(view.event.at_ms)}  ", "$muted"), (f"{line(view.handle or view.author, 20)} ", "$accent")
    )
    spread_ = spread_words(view, 1 << 60)
    body = content(view.text) + styled(f"  {' · '.join(spread_)}" if spread_ else "", "$muted")
    rows = hang(who[:12], who[12:] + body, width)
    return rows if len(rows) <= 2 else [rows[0], rows[1].truncate(width - 2) + Content(" …")]


def _scored(of: Sequence[Line], step: Step, width: int) -> Lines:
    """The lines of the score that name this moment."""
    found = [one for one in of if step.kind != "truth" and any(each.at_ms == step.at_ms for each in one.evidence)]
    lines: Lines = heading("What it scored") if found else []
    for one in found:
        score = None if one.score is None else one.score * 100
        mark = styled(f"{points(score):>4} ", f"bold {score_style(score)}")
        lines += hang(mark, Content.assemble((f"{line(one.title)}. ", "bold"), content(one.why)), width)
        if one.better and (one.score or 0) < 0.995:
            lines += hang(styled("   → ", "$primary"), content(one.better), width)
    return lines
