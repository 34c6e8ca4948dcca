"""The person's own texts in the review: what was found in them is marked, explained, and set beside a better one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from drills.desk import Desk
from drills.review_score import changed
from drills.review_text import PARTS, points, quoted, sound
from drills.scoring.card import Scorecard, TextScore
from engine.actions import VERBS
from engine.reading import Finding
from scenarios.moments import show_moment
from tui.safe import content, line
from tui.screens.review_pages import score_style
from tui.screens.review_second import Second
from tui.widgets.folds import List
from tui.widgets.page import Page
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
    better = _better(text, faults, _column(width, text))
    if better:
        side = _column(width, text) < width
        words = beside([own, better], [_column(width, text)] * 2) if side else [*own, EMPTY, *better]
    else:
        words = own
    lines = [top, EMPTY, *words]
    if faults or praise or text.reasons:
        lines += heading("What we saw")
        for index, finding in enumerate(faults):
            lines += _fault(text, finding, index, width, tip=bool(_model(text)))
        for reason in text.reasons:
            part = styled(f"{PARTS.get(reason.part, reason.part).capitalize()}. ", "bold $error")
            lines += hang(styled(" − ", "bold $error"), part + content(reason.why), width)
            lines += hang(styled("   → ", "$primary"), content(reason.better), width)
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


def _model(text: TextScore) -> str:
    """The scenario's model for such a text, or '' where there is none, or the very same was written."""
    return "" if text.model.split() == text.text.split() else text.model


def _better(text: TextScore, faults: Sequence[Finding], width: int) -> Lines:
    """The scenario's model for such a text; where it has none, what the findings ask for, each once."""
    if model := _model(text):
        return [styled("What would do better", "bold $primary"), *wrapped(content(model), width)]
    asked = dict.fromkeys(one.tip for one in faults if one.tip)
    lines = [row for tip in asked for row in hang(styled("→ ", "$primary"), content(tip), width)]
    return [styled("What the judge asks for", "bold $primary"), *lines] if lines else []


def _column(width: int, text: TextScore) -> int:
    sides = _model(text) or any(one.tip and one.value <= 0 for one in text.reading.findings)
    return (width - 3) // 2 if sides and width >= 96 else width


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


def _fault(text: TextScore, one: Finding, index: int, width: int, *, tip: bool) -> Lines:
    words = quoted(text, one)
    said = styled(f"“{line(words)}”{_number(index)}  ", "bold $error") if words else EMPTY
    lines = hang(styled(" − ", "bold $error"), said + content(one.why), width)
    return lines + (hang(styled("   → ", "$primary"), content(one.tip), width) if one.tip and tip else [])


def _praise(text: TextScore, praise: Sequence[Finding]) -> Content:
    """All praise in one paragraph: it is to be seen, not to be worked through."""
    said = []
    for one in praise:
        words = quoted(text, one)
        said.append(Content.assemble((f"“{line(words)}” ", "$success") if words else "", line(one.why).rstrip(".")))
    return Content("; ").join(said) + Content(".")


def _number(index: int) -> str:
    return "".join(_NUMBERS[int(digit)] for digit in str(index + 1))


class Words(Vertical):
    """The team's own texts: a list, and the one under the cursor with its judgement."""

    BINDINGS = [
        Binding("n", "step(1)", "Next text", show=False),
        Binding("N,p", "step(-1)", "Text before", show=False),
        Binding("escape", "shut", "Back", key_display="esc"),
    ]

    def __init__(self, card: Scorecard, desk: Desk, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._card = card
        self._texts = texts = card.texts
        self._desk = desk
        self.list = List(*[Option("", id=str(number)) for number in range(len(texts))], markup=False)
        self.page = Page(self._paint)
        self.second = Second(self)

    def compose(self) -> ComposeResult:
        """The list above the text."""
        yield self.list
        yield self.page

    def on_mount(self) -> None:
        """Have the texts read a second time, where there is somebody to do it."""
        for number, text in enumerate(self._texts):
            post, item = self._desk.posts.get(text.target), self._desk.inbox.get(text.target)
            self.second.ask(number, text, post.text if post else item.text if item else "")

    @on(Second.Told)
    def _told(self, event: Second.Told) -> None:
        event.stop()
        self.second.keep(event)
        self.page.repaint(self._paint)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out anew, and give the list no more room than it needs."""
        del event
        width = max(20, self.scrollable_content_region.width - 2)
        for number, text in enumerate(self._texts):
            self.list.replace_option_prompt_at_index(number, text_head(text, width))
        self.list.styles.height = min(len(self._texts), max(2, self.size.height // 3))

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.page.repaint(self._paint)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.add_class("-reading")
        self.page.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is a way back where one has gone in."""
        return action != "shut" or self.has_class("-reading") or self.page.has_focus

    @property
    def text(self) -> TextScore | None:
        """The text under the cursor."""
        return self._texts[self.list.highlighted or 0] if self._texts else None

    def action_step(self, by: int) -> None:
        """The next text, or the one before."""
        if self._texts:
            self.list.highlighted = ((self.list.highlighted or 0) + by) % len(self._texts)

    def action_shut(self) -> None:
        """From the text back to the list."""
        self.remove_class("-reading")
        (self.list if self._texts else self.page).focus()

    def _paint(self, width: int) -> Content:
        if not self._texts:
            return Content.styled("You wrote nothing that the public could read.", "$muted")
        number = self.list.highlighted or 0
        text = self._texts[number]
        post, item = self._desk.posts.get(text.target), self._desk.inbox.get(text.target)
        whom = (post.handle or post.author) if post else item.author if item else ""
        page = text_page(text, number + 1, len(self._texts), width, whom, self._marks(text))
        return joined([page, *self.second.opinion(number, width)])

    def _marks(self, text: TextScore) -> dict[str, str]:
        """What an evaluator changed in this text, by the part's name; `Tone` is the whole of it."""
        found = {part: changed(self._card, f"{text.action}.{part}") for part in (*PARTS, "Tone")}
        return {part: words for part, words in found.items() if words}
