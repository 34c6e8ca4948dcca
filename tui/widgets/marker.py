"""The lines above the keys: what the coach was asked and what the facilitator said, then a word after an action; else
what is new and what to do.

It is one line high, and higher only while a hint or the facilitator's word stands in it. Nothing is covered by it,
unlike by a toast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from drills.coach.model import Hint
from drills.scoring.lines import TITLES
from tui import keys
from tui.safe import content, fit, line, lines
from tui.widgets.steady import Steady
from tui.widgets.wrap import wrap

SAID = 5.0
"""How long a word stands, in seconds."""
SIGNS = {
    "done": ("✓ ", "bold $success"),
    "hint": ("› ", "bold $accent"),
    "warning": ("! ", "bold $warning"),
    "error": ("! ", "bold $error"),
    "news": ("● ", "bold $primary"),
}
MOST = 6
"""Rows that a hint may take."""
_WAY = re.compile(", (?!then )")
"""Between two ways."""
_LEAST = 24
"""Advice in fewer cells says nothing."""
_RUNGS = ("?", "›", "…", "✓")
"""The signs of the rungs: a question, a pointer, a pattern to fill in, a model text."""


class Marker(Steady):
    """See the module."""

    DEFAULT_CSS = "Marker { height: 1; color: $muted; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id)
        self._said = ("", "", 0.0)
        self._rows = 1
        self.hint: Hint | None = None
        """What the coach was asked, until it is closed."""
        self.nudge: tuple[str, int, str] | None = None
        """What is for oneself, how much more of that has come, and the key of the pane where it stands: '' while one
        writes and keys are letters."""

    def say(self, text: str, severity: str, now: float) -> None:
        """A word that stands for some seconds. A refusal begins as a sentence does."""
        words = text[:1].upper() + text[1:] if severity in ("warning", "error") else text
        self._said = (words, severity, now + SAID)

    def speaking(self, now: float) -> bool:
        """Whether a word stands."""
        return bool(self._said[0]) and now < self._said[2]

    def paint(self, notes: Sequence[str], advice: str, now: float, warning: str = "") -> None:
        """`notes`: what is new or held; `advice`: what to do next, or ''; `warning`: what stands while it holds."""
        words, severity, until = self._said
        width = (self.size.width or self.app.size.width) - 2
        out: list[Content] = []
        if self.hint is not None:
            out = hint_rows(self.hint, width, keys.named("what-next") if self.hint.more else "", MOST)
        if self.nudge is not None:
            out += nudge_rows(*self.nudge, width, MOST)
        if warning:
            sign, style = SIGNS["warning"]
            out.append(Content.styled(f" {sign}{line(warning, width - 2)}", style))
        if words and now < until:
            sign, style = SIGNS.get(severity, ("· ", "$muted"))
            out.append(Content.styled(f" {sign}", style) + Content.styled(line(words, width - 2), "$foreground"))
        elif not out:
            out = [self._news(notes, advice, width)]
        high = len(out) != self._rows
        if high:
            self._rows = len(out)
            self.styles.height = self._rows
        self.update(Content("\n").join(out), layout=high)

    def _news(self, notes: Sequence[str], advice: str, width: int) -> Content:
        end = content(" · ".join(notes))
        room = width - end.cell_length - 3 * bool(notes)
        if not advice or (notes and room <= _LEAST):
            return Content(" ") + end
        shown = content(f" Next: {shortened(line(advice), room - 6)}").stylize("$accent")
        return shown + Content(" " * max(1, width + 1 - shown.cell_length - end.cell_length)) + end


def shortened(advice: str, room: int) -> str:
    """An advice without its last ways, where all of it has no room: a key whose use is cut off says nothing.

    `harm from @oakfield_care: h goes there, enter reads it, r answers` is what, a colon, and ways with commas between.
    """
    what, colon, ways = advice.rpartition(": ")
    each = _WAY.split(ways)
    while each and cell_len(advice) > room:
        each.pop()
        advice = f"{what}{colon * bool(each)}{', '.join(each)}" if colon else advice
    return fit(advice, room)


def hint_rows(hint: Hint, width: int, more: str, most: int, indent: int = 1) -> list[Content]:
    """A hint as rows of the screen: its sign, its words, what it counts for and the key that does it, and at its end
    the key for more of it.

    `more`: the key that asks for the next rung, or ''. What has no room in `most` rows is cut.
    """
    way = next(iter(keys.for_verb(hint.does)), None) if hint.rung == 2 and hint.does else None
    named = [f"counts for {TITLES[hint.rule]}"] if hint.rule in TITLES else []
    named += [f"{way.shown}: {way.label.lower()}"] if way is not None else []
    words = lines(hint.text) + f" ({'; '.join(named)})" * bool(named)
    close = keys.named("back")
    end = f"{more} more · {close} closes" if more else f"{close} closes"
    return _rows(words, (f"{_RUNGS[hint.rung - 1]} ", "bold $accent"), end, width, most, indent)


def nudge_rows(text: str, more: int, pane: str, width: int, most: int) -> list[Content]:
    """What is for oneself as rows of the screen, and at its end the key that shows it (`pane`: its id) and what closes
    it. `more`: how many such words wait behind it."""
    ends = [f"{more} more"] * bool(more)
    ends += [f"{keys.named(pane)} shows it", f"{keys.named('back')} closes"] if pane else []
    return _rows(lines(text), SIGNS["news"], " · ".join(ends), width, most, 1)


def _rows(words: str, sign_: tuple[str, str], end: str, width: int, most: int, indent: int) -> list[Content]:
    """A sign, words in as many rows as they need, and `end` at the right of the last one or below it. What has no room
    in `most` rows is cut."""
    before = " " * indent
    rows = wrap(words, width - 3 - indent)
    if len(rows) > most:
        rows = [*rows[: most - 1], line(rows[most - 1], width - 5 - indent) + " …"]
    sign = Content.styled(f"{before}{sign_[0]}", sign_[1])
    blank = Content(f"{before}  ")
    out = [(sign if at == 0 else blank) + Content.styled(row, "$foreground") for at, row in enumerate(rows)]
    gap = width - out[-1].cell_length - len(end)
    if gap >= 2:
        out[-1] = out[-1] + Content.styled(" " * gap + end, "$muted")
    elif len(out) < most:
        out.append(Content.styled(" " * max(0, width - len(end)) + end, "$muted"))
    return out
