"""Whether a screen is sound: lines as wide as it, boxes closed, every word to be read, in ASCII too."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.style import Style

from tests.tui.state import Shown
from tui.ascii import in_ascii

TEXT = 4.5
"""WCAG 2.2, 1.4.3 (AA): text against what is behind it."""
SIGNS = 3.0
"""WCAG 2.2, 1.4.11: what carries meaning without being text."""
DRAWN = set("─│┌┐└┘├┤┬┴┼╌╎╭╮╯╰╸━┃┏┓┗┛█░▁▂▃▄▅▆▇▌▐▔· 🔎")
"""Lines, bars and edges: they part and repeat what words say (1.4.11 asks nothing of decoration)."""
CORNERS = {"╭": "╮", "┏": "┓", "┌": "┐", "╰": "╯", "┗": "┛", "└": "┘"}
OUTSIDE = ("lobby-odd", "wide", "wide-feed", "hostile")
"""Screens with letters and pictures of others, which stay."""


def broken(lines: list[str], width: int) -> list[str]:
    """What is wrong with the lines of a screen: a line that is not as wide as the screen, a box that is not closed."""
    found = [f"{cell_len(line)} cells: {line}" for line in lines if cell_len(line) != width]
    for line in lines:
        for left, right in CORNERS.items():
            edge = line[line.index(left) :] if left in line else ""
            if edge and right not in edge and not {"╯", "╮", "┘", "┐", "▶"} & set(edge):
                found.append(f"{left} without {right}: {line}")
    return found


def misplaced(shown: Shown) -> list[str]:
    """What of a desk's head and foot is not where it belongs, and lines that are not whole."""
    screen, lines, front = shown.app.screen, shown.lines(), shown.front()
    found = [f"{cell_len(line)} cells: {line}" for line in lines if cell_len(line) != screen.size.width]
    found += broken(
        [strip.crop(front.x, front.right).text for strip in shown.strips()[front.y : front.bottom]], front.width
    )
    if len(lines) != screen.size.height:
        found.append(f"{len(lines)} lines")
    for widget in screen.query("#header, #tabs, #marker, #foot"):
        if not screen.region.contains_region(widget.region):
            found.append(f"{widget!r} is off the screen")
    for foot in screen.query("#foot"):
        if foot.size.height != 1 or not lines[foot.region.y].rstrip().endswith("Help"):
            found.append(f"the foot has {foot.size.height} lines and ends with {lines[foot.region.y].rstrip()[-12:]!r}")
    return found


def foreign(lines: list[str]) -> set[str]:
    """Signs that a terminal without box lines could not show; letters are its own affair."""
    left = {sign for line in lines for sign in in_ascii(line) if not sign.isascii() and not sign.isalpha()}
    return left - {"🔎"}  # the picture in the stock palette is Textual's


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in colour)
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def pair(style: Style) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    """Foreground and background as they are painted; None where the terminal chooses one of them."""
    if style.color is None or style.bgcolor is None or style.color.is_default or style.bgcolor.is_default:
        return None
    front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    return (back, front) if style.reverse else (front, back)  # type: ignore[return-value]


def painted(shown: Shown) -> dict[Any, str]:
    """Every pair of colours on a screen, with some text that has it; what lies dimmed behind a dialogue is left out."""
    found: dict[Any, str] = {}
    front = shown.front()
    for strip in shown.strips()[front.y : front.bottom]:
        for text, style, _ in strip.crop(front.x, front.right):
            if style is not None and set(text) - DRAWN and (colours := pair(style)):
                found.setdefault(colours, text.strip())
    return found


def weak(shown: Shown) -> dict[str, float]:
    """What can't be read well on a screen as it is painted now, with its contrast."""
    return {
        text: round(contrast(*colours), 2)
        for colours, text in painted(shown).items()
        if contrast(*colours) < (TEXT if any(sign.isalnum() for sign in text) else SIGNS)
    }
