"""The charts of a report, as SVG that stands in the page: every axis has its numbers, and all start at nothing.

Two things in one chart differ by more than their colour: line against surface, dots against a mark, hatched against
plain. So a black-and-white print says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from markupsafe import Markup

from drills.report.model import Report, Series
from drills.report.summary import span
from drills.report.svg import LEFT, RIGHT, WIDTH, Canvas, nice, shortened
from scenarios.moments import MINUTE, show_moment
from scenarios.terms import LEVEL_WORDS

_NAMES = {"harm": "hurt or in danger", "question": "questions", "complaint": "complaints", "praise": "praise"}


def charts(report: Report) -> list[tuple[str, str, Markup]]:
    """Name, caption and picture of each chart that this run has something for."""
    series = report.series
    drawn: list[tuple[Callable[[Series], Markup | None], str, str]] = [
        (levels, "What it was, and what the team said it was",
         "Where the line leaves the grey surface, the team and the truth differ."),
        (volume, "How much was said, and how angry people were",
         "Above: posts and shares in each stretch. Below: the anger of the angriest theme, 0 calm to 100 furious."),
        (themes, "What people spoke about", "Posts on each theme in each stretch, all on one scale."),
        (answers, "How long people waited for an answer",
         "A dot is one person; the bar is the time that is expected; the upright stroke is the median."),
        (drafts, "What waited for approval", "From when somebody was asked to when they decided."),
    ]  # fmt: skip
    return [(title, caption, svg) for draw, title, caption in drawn if (svg := draw(series)) is not None]


def levels(series: Series) -> Markup:
    """The true level as a surface, the team's as a line."""
    top, low = 14, 144
    canvas = Canvas("levels", "True level and the team's level over time", _levels_words(series), 180, series.until_ms)

    def y(level: int) -> float:
        return low - (low - top) * level / 4

    corners = _stairs(series.truth, series.until_ms)
    canvas.area(
        [(canvas.x(0), low), *((canvas.x(at), y(level)) for at, level in corners), (canvas.x(series.until_ms), low)],
        "truth",
    )
    canvas.minutes(low, top)
    canvas.values([(y(level), f"L{level}") for level in range(5)])
    canvas.path([(canvas.x(at), y(level)) for at, level in corners], "truth-edge")
    said = _stairs(series.team, series.until_ms)
    canvas.path([(canvas.x(at), y(level)) for at, level in said], "team")
    for at, level in series.team:
        canvas.dot(canvas.x(at), y(level), "team-dot", 3.5)
    _key(canvas, 173, [("truth", "what it was"), ("team", "what the team said")])
    return canvas.drawn()


def _levels_words(series: Series) -> str:
    def told(steps: tuple[tuple[int, int], ...]) -> str:
        return ", ".join(f"L{level} {LEVEL_WORDS[level]} from {show_moment(at)}" for at, level in steps) or "never said"

    return f"Truth: {told(series.truth)}. Team: {told(series.team)}."


def _stairs(steps: tuple[tuple[int, int], ...], until_ms: int) -> list[tuple[int, int]]:
    """The corners of a step function up to the end."""
    corners: list[tuple[int, int]] = []
    for at, level in steps:
        if corners:
            corners.append((at, corners[-1][1]))
        corners.append((at, level))
    return [*corners, (until_ms, corners[-1][1])] if corners else []


def volume(series: Series) -> Markup:
    """Posts and shares as columns, anger as a line under them."""
    top, middle, high, low = 12, 104, 126, 214
    most = nice(max(series.volume, default=1) or 1)
    peak = max(series.volume, default=0)
    angriest = max(series.anger, key=lambda point: (point[1], -point[0]), default=(0, 0))
    stretch = span(series.step_ms)
    about = (
        f"{sum(series.volume):,} posts and shares; most in {stretch}: {peak:,}, "
        f"at {show_moment(series.volume.index(peak) * series.step_ms) if series.volume else 'no time'}. "
        f"Anger highest at {show_moment(angriest[0])}: {angriest[1]} of 100."
    )
    canvas = Canvas("volume", "Posts, shares and anger over time", about, 250, series.until_ms)
    canvas.minutes(low, top)
    _columns(canvas, series, series.volume, middle, middle - top, most, "volume")
    canvas.line(LEFT, middle, WIDTH - RIGHT, middle, "axis")
    canvas.values([(middle, "0"), (top, f"{most:,}")])
    canvas.text(LEFT + 4, top + 4, f"posts and shares in {stretch}", "note")
    height = low - high
    canvas.values([(low, "0"), (low - height / 2, "50"), (high, "100")])
    canvas.text(LEFT + 4, high + 4, "anger", "note")
    points = [(canvas.x(at), low - height * value / 100) for at, value in series.anger]
    if points:
        canvas.path([*points, (canvas.x(series.until_ms), points[-1][1])], "anger")
    return canvas.drawn()


def themes(series: Series) -> Markup | None:
    """A row of columns for each theme, all on one scale."""
    if not series.themes:
        return None
    row, gap, top = 44, 22, 22
    most = nice(max(max(theme.counts) for theme in series.themes))
    whole = max(1, sum(sum(theme.counts) for theme in series.themes))
    low = top + len(series.themes) * (row + gap) - gap
    told = [
        f"{theme.title} · {sum(theme.counts):,} posts, {_share(sum(theme.counts), whole)}" for theme in series.themes
    ]
    canvas = Canvas("themes", "Posts by theme over time", "; ".join(told) + ".", low + 36, series.until_ms)
    canvas.minutes(low, top)
    for number, (theme, words) in enumerate(zip(series.themes, told, strict=True)):
        base = top + number * (row + gap) + row
        _columns(canvas, series, theme.counts, base, row, most, "theme-even" if number % 2 else "theme-odd")
        canvas.line(LEFT, base, WIDTH - RIGHT, base, "axis")
        canvas.values([(base, "0"), (base - row, f"{most}")])
        canvas.text(LEFT + 4, base - row - 5, shortened(words, 100), "note")
    return canvas.drawn()


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} % of all"


def _columns(
    canvas: Canvas, series: Series, values: tuple[int, ...], base: float, height: float, most: int, kind: str
) -> None:
    for number, value in enumerate(values):
        if value:
            left = canvas.x(number * series.step_ms)
            right = canvas.x(min(series.until_ms, (number + 1) * series.step_ms))
            tall = height * value / most
            canvas.bar(left + 0.5, round(base - tall, 1), max(1.0, round(right - left - 1, 1)), round(tall, 1), kind)


def answers(series: Series) -> Markup | None:
    """A row of dots for each need, against the time that is expected."""
    if not series.answers:
        return None
    left, row, top = 150, 46, 16
    longest = max([MINUTE, *(max((one.target_ms, *one.took_ms)) for one in series.answers)])
    low = top + row * len(series.answers)
    told = []
    canvas = Canvas("answers", "Time to the first answer, by what people needed", "", low + 36, longest, left)
    canvas.minutes(low, top, "minutes until the answer")
    for number, one in enumerate(series.answers):
        middle = top + row * number + row / 2
        if one.target_ms >= 0:
            canvas.bar(left, middle - 9, canvas.x(one.target_ms) - left, 18, "expected")
            canvas.line(canvas.x(one.target_ms), middle - 12, canvas.x(one.target_ms), middle + 12, "target")
        for place, took in enumerate(one.took_ms):
            canvas.dot(canvas.x(took), round(middle + (place % 3 - 1) * 5, 1), "answer", 2.6)
        if one.took_ms:
            at = canvas.x(median(one.took_ms))
            canvas.line(at, middle - 15, at, middle + 15, "median")
        name = _NAMES.get(one.need, one.need)
        asked = len(one.took_ms) + one.never
        canvas.text(left - 10, middle - 2, name, "name", "end")
        canvas.text(left - 10, middle + 12, f"{len(one.took_ms)} of {asked} answered", "tick", "end")
        target = f", expected within {span(one.target_ms)}" if one.target_ms >= 0 else ""
        middling = f", median {span(int(median(one.took_ms)))}" if one.took_ms else ""
        told.append(f"{name}: {len(one.took_ms)} of {asked} answered{middling}{target}, {one.late} late")
    canvas.about = "; ".join(told) + "."
    return canvas.drawn()


def drafts(series: Series) -> Markup | None:
    """A bar for every draft and validator, from asked to decided."""
    if not series.drafts:
        return None
    left, row, top = 230, 22, 10
    low = top + row * len(series.drafts)
    told = [f"{one.what}, {one.who}: {one.verdict} after {span(one.until_ms - one.at_ms)}" for one in series.drafts]
    canvas = Canvas("drafts", "Drafts waiting for approval", "; ".join(told) + ".", low + 36, series.until_ms, left)
    canvas.minutes(low, top)
    for number, one in enumerate(series.drafts):
        y = top + number * row
        start, end = canvas.x(one.at_ms), canvas.x(one.until_ms)
        kind = "wait" if one.verdict == "approved" else "waste"
        canvas.bar(start, y + 4, max(2, round(end - start, 1)), row - 8, kind)
        canvas.text(left - 8, y + row - 7, shortened(f"{one.what}, {one.who}", 36), "tick", "end")
        words = f"{one.verdict}, {span(one.until_ms - one.at_ms)}"
        beyond = end + 6 + 6 * len(words) > WIDTH
        canvas.text(start - 6 if beyond else end + 6, y + row - 7, words, "tick", "end" if beyond else "start")
    return canvas.drawn()


def _key(canvas: Canvas, y: float, entries: list[tuple[str, str]]) -> None:
    x: float = LEFT
    for kind, words in entries:
        if kind == "truth":
            canvas.bar(x, y - 9, 22, 10, kind)
        else:
            canvas.line(x, y - 4, x + 22, y - 4, kind)
        canvas.text(x + 28, y, words, "tick")
        x += 44 + 7 * len(words)
