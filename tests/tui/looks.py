"""What a screen looks like, as text that can be read in a diff: its letters once, and how they are painted.

A record has three parts: the screen's rows; the same rows again with a letter for each cell that says how it is
painted; and what each letter means in the three looks. A dot is the commonest way; blanks and dots at the end of a row
are left out.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from zlib import crc32

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.filter import Monochrome
from textual.screen import SystemModalScreen
from textual.strip import Strip
from textual.widgets import OptionList

from tests.tui.state import Shown
from tui.theme import DARK, LIGHT

SIZES = ((80, 24), (120, 34), (160, 45))
LOOKS = {"dark": (DARK.name, False), "plain": (DARK.name, True), "light": (LIGHT.name, False)}
"""By name, the theme and whether NO_COLOR is set."""
LETTERS = string.ascii_letters + string.digits + "#$%&*+<=>?@^~"
COMMON = "."
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike", "blink")


@dataclass(frozen=True)
class Picture:
    """A screen in one look: its rows, and for each row how each of its cells is painted."""

    rows: tuple[str, ...]
    styles: tuple[tuple[str, ...], ...]


async def looked_at(shown: Shown) -> AsyncIterator[tuple[str, Picture]]:
    """The screen in every look, one after the other; it wears the one that was given last."""
    for name in LOOKS:
        await wear(shown, name)
        yield name, picture(shown.strips())


async def wear(shown: Shown, name: str) -> None:
    """Change to one of LOOKS, as if the application had been started so."""
    app = shown.app
    theme, plain = LOOKS[name]
    changed = plain != app.no_color
    if changed:
        app.no_color = plain
        app._filters = [one for one in app._filters if not isinstance(one, Monochrome)] + [Monochrome()] * plain
        if theme == app.theme:
            app._watch_theme(theme)
    app.theme = theme
    await shown.settle()
    if changed:  # words keep the colours that they were painted in, as long as their widget's own stay as they are
        for screen in app.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.notify_style_update()
                if isinstance(widget, OptionList):  # it keeps its rows as they were drawn
                    widget._clear_caches()
                widget.refresh()
        await shown.settle()
    if isinstance(app.screen, SystemModalScreen):  # Textual leaves the palette as it is while it is open
        app.stylesheet.update(app.screen)
        await shown.settle()


def picture(strips: list[Strip]) -> Picture:
    """What is painted."""
    rows = tuple("".join([segment.text for segment in strip]) for strip in strips)
    styles = tuple(
        tuple(word for text, style, _ in strip for word in [painted(style)] * cell_len(text)) for strip in strips
    )
    return Picture(rows, styles)


def painted(style: Style | None) -> str:
    """A style in words: its attributes, its colour, the ground."""
    if style is None:
        return "as the terminal"
    attributes = [name for name in _ATTRIBUTES if getattr(style, name)]
    return " ".join([*attributes, _colour(style.color), "on", _colour(style.bgcolor)])


def _colour(colour: Color | None) -> str:
    return "default" if colour is None or colour.is_default else colour.get_truecolor().hex


def record(looks: dict[str, Picture]) -> str:
    """The looks of one screen as text. Their rows must be the same."""
    first, *others = looks.values()
    for other in others:
        assert first.rows == other.rows, "a look changes what is said"
    cells = [tuple(zip(*rows, strict=True)) for rows in zip(*[one.styles for one in looks.values()], strict=True)]
    letters = _letters([cell for row in cells for cell in row])
    meaning = {
        letter: ", ".join([f"{name} {style[at]}" for at, name in enumerate(looks)]) for style, letter in letters.items()
    }
    return "\n".join(
        [
            *[row.rstrip() for row in first.rows],
            "",
            *["".join([letters[cell] for cell in row]).rstrip(COMMON) for row in cells],
            "",
            *[f"{letter}  {meaning[letter]}" for letter in sorted(meaning)],
            "",
        ]
    )


def _letters(cells: list[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """A letter for each style. It follows from the style itself, so that one more changes no other's."""
    many = Counter(cells)
    common = max(many, key=lambda style: (many[style], style))
    out, free = {common: COMMON}, dict.fromkeys(LETTERS)
    for style in sorted(set(many) - {common}):
        at = crc32(repr(style).encode()) % len(LETTERS)
        letter = next(one for one in LETTERS[at:] + LETTERS[:at] if one in free)
        del free[letter]
        out[style] = letter
    return out
