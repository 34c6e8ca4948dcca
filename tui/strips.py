"""What has been drawn is gone as soon as it is drawn anew, without a collection.

A strip of Textual keeps what was cut from it, so that it need not be cut again. What is cut to its own length is the
strip itself: it then keeps itself, and a ring is left behind for each line of each repaint. Only the collector takes
rings apart, it stops the screen meanwhile, and those that were on the screen when it last ran it leaves for hours.

And a widget's lines are remembered, with the whole widget's cache, by a cache of two colours (Textual 8.2.8): what a
closed dialogue has drawn, most of a megabyte, would stay until a thousand other widgets had come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.style import Style as Visual

_divide: Callable[[Strip, Iterable[int]], Sequence[Strip]] = Strip.divide
_crop_extend: Callable[[Strip, int, int, Style | None], Strip] = Strip.crop_extend


def divide(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """As Textual does it; a strip that is left whole is not kept by itself."""
    places = list(cuts)
    return [strip] if places == [strip.cell_length] else _divide(strip, places)


def crop_extend(strip: Strip, start: int, end: int, style: Style | None) -> Strip:
    """As Textual does it; a strip that is left whole is not kept by itself."""
    return strip if start == 0 and end == strip.cell_length else _crop_extend(strip, start, end, style)


@lru_cache(1024)
def _inner_outer(base: Color, background: Color) -> tuple[Visual, Visual]:
    return Visual(background=base + background), Visual(background=base)


def inner_outer(_cache: object, base: Color, background: Color) -> tuple[Visual, Visual]:
    """The styles inside and outside of a border, as Textual makes them; whose they are is not remembered."""
    return _inner_outer(base, background)


def keep_no_rings() -> None:
    """Have all strips cut so, from now on."""
    Strip.divide = divide  # type: ignore[assignment, method-assign]
    Strip.crop_extend = crop_extend  # type: ignore[assignment, method-assign]
    with suppress(ImportError):  # Textual's own affair: another Textual may have it elsewhere, and need no help
        from textual._styles_cache import StylesCache

        StylesCache.get_inner_outer = inner_outer  # type: ignore[assignment, method-assign]
