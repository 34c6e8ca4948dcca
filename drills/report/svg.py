"""Drawing in SVG: a canvas with a time axis and one value axis. Whatever is written on it is escaped here.

Colours are classes that report.css fills, so that one picture serves light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from scenarios.moments import MINUTE

WIDTH = 760
LEFT, RIGHT = 64, 16
_TICKS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960, 1440)
_ROOM = 46
"""Units between two ticks at least."""


@dataclass
class Canvas:
    """A picture that grows by what is drawn on it. Units are CSS pixels at the page's full width."""

    name: str
    title: str
    about: str
    """What there is to see, in words, for whoever can't see it."""
    height: int
    until_ms: int
    left: int = LEFT
    parts: list[str] = field(default_factory=list)

    def x(self, at_ms: float) -> float:
        """Where a moment lies."""
        share = min(1.0, max(0.0, at_ms / max(1, self.until_ms)))
        return round(self.left + share * (WIDTH - RIGHT - self.left), 1)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A straight line."""
        self.parts.append(f'<line class="{kind}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>')

    def bar(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A box."""
        self.parts.append(f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{max(0, height):g}"/>')

    def path(self, points: Iterable[tuple[float, float]], kind: str) -> None:
        """A line through points."""
        self.parts.append(f'<polyline class="{kind}" points="{" ".join(f"{x:g},{y:g}" for x, y in points)}"/>')

    def area(self, points: Iterable[tuple[float, float]], kind: str) -> None:
        """The surface that points enclose."""
        self.parts.append(f'<polygon class="{kind}" points="{" ".join(f"{x:g},{y:g}" for x, y in points)}"/>')

    def dot(self, x: float, y: float, kind: str, radius: float = 3) -> None:
        """A small circle."""
        self.parts.append(f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>')

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> None:
        """Words."""
        self.parts.append(
            f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'
        )  # fmt: skip

    def minutes(self, y: float, top: float, name: str = "minutes since the start") -> None:
        """The time axis at a height, with thin lines up to `top`."""
        width = WIDTH - RIGHT - self.left
        whole = self.until_ms / MINUTE
        step = next((tick for tick in _TICKS if tick * width / whole >= _ROOM), _TICKS[-1])
        for minute in range(0, int(whole) + 1, step):
            x = self.x(minute * MINUTE)
            self.line(x, top, x, y, "grid")
            self.text(x, y + 15, f"{minute}", "tick", "middle")
        self.line(self.left, y, WIDTH - RIGHT, y, "axis")
        self.text(WIDTH - RIGHT, y + 29, name, "tick", "end")

    def values(self, marks: Sequence[tuple[float, str]]) -> None:
        """The labels of the value axis: (height, words)."""
        for y, words in marks:
            self.line(self.left - 4, y, self.left, y, "axis")
            self.text(self.left - 8, y + 4, words, "tick", "end")

    def drawn(self) -> Markup:
        """The picture."""
        title, about = f"{self.name}-title", f"{self.name}-about"
        return Markup(  # every text in it was escaped above
            f'<svg class="chart" id="{self.name}" viewBox="0 0 {WIDTH} {self.height}" role="img" '
            f'aria-labelledby="{title} {about}"><title id="{title}">{escape(self.title)}</title>'
            f'<desc id="{about}">{escape(self.about)}</desc>{"".join(self.parts)}</svg>'
        )


def shortened(words: str, most: int) -> str:
    """Words that fit beside a chart."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def nice(most: int) -> int:
    """The end of an axis that holds this value: 1, 2, 5, 10, 20, 50 ..."""
    top = 1
    while top < most:
        for factor in (2, 5, 10):
            if top * factor >= most:
                return top * factor
        top *= 10
    return top
