"""The person's own texts in the review: what was found in them is marked, explained, and set beside a better one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from drills.review_text import PARTS, points, quoted, sound
from drills.scoring.card import TextScore
from engine.actions import VERBS
from engine.reading import Finding
from scenarios.moments import show_moment
from tui.safe import content, line
from tui.screens.review_pages import score_style
from tui.widgets.prose import EMPTY, Lines, beside, fitted, gauge, hang, heading, joined, spread, styled, wrapped

_NUMBERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def text_head(text: TextScore, width: int) -> Content:
    """One of our texts as a row: when, what, how it was judged, its first words."""
    verb = VERBS[text.do].title if text.do in VERBS else text.do
    left = Content.assemble(
        (f"{show_moment(text.at_ms)}  ", "$muted"), (f"{verb}  ", "bold"), (line(text.text), "$muted")
    )
    return spread(left, styled(f"{points(text.score * 100):>4}", f"bold {score_style(text.score * 100)}"), width)


def text_page(
    text: TextScore, number: int, count: int, width: int, whom: str = "", marks: Mapping[str, str] | None = None
) -> Content:
    """One text, written to `whom`: its Tone, its words with the findings marked, why, what to do instead, a model.

    `marks`: what an evaluator changed, by part.
    """
    verb = VERBS[text.do].title if text.do in VERBS else text.do
    target = f" to {line(whom or text.target, 24)}" if whom or text.target else ""
    top = spread(
        Content.assemble(
            (f"{number} of {count}  ", "$muted"),
            (f"{show_moment(text.at_ms)}  ", "$muted"),
            (f"{line(text.seat)} · {verb}{target}", "bold"),
        ),
        Content.assemble(("Tone ", "$muted"), (points(text.score * 100), f"bold {score_style(text.score * 100)}")),
        width,
    )
    faults, praise = _sorted(text)
    own = [styled("What you wrote", "bold $primary"), *wrapped(marked(text), _column(width, text))]
    if text.model:
        model = [styled("What would do better", "bold $primary"), *wrapped(content(text.model), _column(width, text))]
        side = _column(width, text) < width
        words = beside([own, model], [_column(width, text)] * 2) if side else [*own, EMPTY, *model]
    else:
        words = own
    lines = [top, EMPTY, *words]
    if faults or praise:
        lines += heading("What we saw")
        for index, finding in enumerate(faults):
            lines += _fault(text, finding, index, width)
        if praise:
            lines += hang(styled(" + ", "bold $success"), _praise(text, praise), width)
    if text.parts:
        lines += heading("Tone, part by part")
        for name, share in text.parts:
            label = PARTS.get(name, line(name))
            row = Content.assemble(
                (f"{label:<21}", "$muted"), gauge(share, 12, score_style(share * 100)), f" {points(share * 100):>3}"
            )
            lines.append(fitted(row, width))
    for name, said in (marks or {}).items():
        lines += hang(styled(" ✎ ", "bold $warning"), content(f"{PARTS.get(name, name)}: {said}"), width)
    return joined(lines)


def _column(width: int, text: TextScore) -> int:
    return (width - 3) // 2 if text.model and width >= 96 else width


def _sorted(text: TextScore) -> tuple[list[Finding], list[Finding]]:
    """Faults and praise, in the order of the text; what is missing in it comes last."""
    found = sorted(text.reading.findings, key=lambda one: (not quoted(text, one), one.start, one.end))
    return [one for one in found if one.value <= 0], [one for one in found if one.value > 0]


def marked(text: TextScore) -> Content:
    """The text with what was found in it underlined: praise plainly, faults with their numbers in the list below."""
    whole = content(text.text)
    if not sound(text) or whole.plain != text.text:
        return whole
    faults, praise = _sorted(text)
    for one in praise:
        if quoted(text, one):
            whole = whole.stylize("underline $success", one.start, one.end)
    ends: dict[int, list[str]] = {}
    for index, one in enumerate(faults):
        if quoted(text, one):
            whole = whole.stylize("underline bold $error", one.start, one.end)
            ends.setdefault(one.end, []).append(_number(index))
    for end in sorted(ends, reverse=True):
        whole = whole[:end] + styled("·".join(ends[end]), "bold $error") + whole[end:]
    return whole


def _fault(text: TextScore, one: Finding, index: int, width: int) -> Lines:
    words = quoted(text, one)
    said = styled(f"“{line(words)}”{_number(index)}  ", "bold $error") if words else EMPTY
    lines = hang(styled(" − ", "bold $error"), said + content(one.why), width)
    return lines + (hang(styled("   → ", "$primary"), content(one.tip), width) if one.tip else [])


def _praise(text: TextScore, praise: Sequence[Finding]) -> Content:
    """All praise in one paragraph: it is to be seen, not to be worked through."""
    said = []
    for one in praise:
        words = quoted(text, one)
        said.append(Content.assemble((f"“{line(words)}” ", "$success") if words else "", line(one.why).rstrip(".")))
    return Content("; ").join(said) + Content(".")


def _number(index: int) -> str:
    return "".join(_NUMBERS[int(digit)] for digit in str(index + 1))
