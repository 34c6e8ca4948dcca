"""A moving picture from a recording: the screens of a cast as one SVG that plays by itself, without a script.

Understood is what Textual writes: text, colours, moves of the cursor, clearing. A row that is the same in several
screens is drawn once and used in all of them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from html import escape

from rich.cells import cell_len

SHORTEST_S = 0.22
"""Screens that stand for less are left out."""
LAST_S = 2.5
CELL, LINE, FONT = 8.4, 19, 14
TOKEN = re.compile(
    r"\x1b\[(?P<given>[0-9;:<=>?]*)(?P<final>[@-~])|\x1b[\]P_^].*?(?:\x07|\x1b\\)|\x1b."
    r"|(?P<text>[^\x00-\x1f\x7f]+)|[\x00-\x1f]",
    re.DOTALL,
)

UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<=>?]*|[\]P_^][^\x07\x1b]*)?$")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is painted."""

    ink: str = "#e6e6e6"
    paper: str = "#101418"
    bold: bool = False
    underlined: bool = False
    reverse: bool = False


PLAIN = Look()
Row = tuple[tuple[str, Look], ...]


class Screen:
    """A terminal that understands what Textual writes. A wide letter has an empty cell after it."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._x = self._y = 0
        self._look = PLAIN
        self._rest = ""
        self._cells = [[(" ", PLAIN)] * width for _ in range(height)]

    def feed(self, text: str) -> None:
        """Take what was written; what is cut off at its end is kept for the next time."""
        text = self._rest + text
        cut = UNFINISHED.search(text)
        text, self._rest = (text[: cut.start()], cut[0]) if cut else (text, "")
        for token in TOKEN.finditer(text):
            if token["text"]:
                self._put(token["text"])
            elif token["final"] == "H":
                row, _, column = token["given"].partition(";")
                self._y, self._x = int(row or 1) - 1, int(column or 1) - 1
            elif token["final"] == "m" and not token["given"].startswith((">", "?")):
                self._colour([int(part) for part in token["given"].split(";") if part] or [0])
            elif token["final"] == "J":
                self._cells = [[(" ", PLAIN)] * self.width for _ in range(self.height)]
            elif token[0] == "\r":
                self._x = 0
            elif token[0] == "\n":
                self._y += 1

    def rows(self) -> tuple[Row, ...]:
        """What stands on it now."""
        return tuple([tuple(row) for row in self._cells])

    def _put(self, text: str) -> None:
        for letter in text:
            wide = cell_len(letter)
            if 0 <= self._y < self.height and self._x + wide <= self.width:
                if wide:
                    self._cells[self._y][self._x] = (letter, self._look)
                    for at in range(self._x + 1, self._x + wide):
                        self._cells[self._y][at] = ("", self._look)
                elif self._x:
                    before, look = self._cells[self._y][self._x - 1]
                    self._cells[self._y][self._x - 1] = (before + letter, look)
            self._x += wide

    def _colour(self, codes: list[int]) -> None:
        while codes:
            code = codes.pop(0)
            if code == 0:
                self._look = PLAIN
            elif code in (38, 48) and codes[:1] == [2]:
                colour = "#" + "".join([f"{part:02x}" for part in codes[1:4]])
                self._look = replace(self._look, **{"ink" if code == 38 else "paper": colour})
                del codes[:4]
            elif code in (1, 22):
                self._look = replace(self._look, bold=code == 1)
            elif code in (4, 24):
                self._look = replace(self._look, underlined=code == 4)
            elif code in (7, 27):
                self._look = replace(self._look, reverse=code == 7)
            elif code == 39:
                self._look = replace(self._look, ink=PLAIN.ink)
            elif code == 49:
                self._look = replace(self._look, paper=PLAIN.paper)


def screens(cast: str) -> tuple[tuple[int, int], list[tuple[float, tuple[Row, ...]]]]:
    """The size, and from when on which screen stood."""
    header, *lines = [json.loads(line) for line in cast.splitlines()]
    screen = Screen(header["width"], header["height"])
    found: list[tuple[float, tuple[Row, ...]]] = []
    for at, _, text in lines:
        screen.feed(text)
        rows = screen.rows()
        if found and found[-1][1] == rows:
            continue
        if found and at - found[-1][0] < SHORTEST_S:
            found[-1] = (found[-1][0], rows)
        else:
            found.append((at, rows))
    return (header["width"], header["height"]), found


def thinned(cast: str) -> str:
    """The same recording with only those screens that stand for a while, and of them only the rows that are new."""
    _, found = screens(cast)
    before: tuple[Row, ...] = ()
    out = [cast.splitlines()[0], json.dumps([0.0, "o", "\x1b[?25l\x1b[2J"])]
    for at, rows in found:
        new = [y for y, row in enumerate(rows) if not before or row != before[y]]
        text = "".join([f"\x1b[{y + 1};1H{_written(rows[y])}" for y in new])
        out.append(json.dumps([round(at, 2), "o", text], ensure_ascii=False))
        before = rows
    return "\n".join(out) + "\n"


def _written(row: Row) -> str:
    out, before = [], None
    for letter, look in row:
        if look != before:
            codes = ["0", *(["1"] if look.bold else []), *(["4"] if look.underlined else [])]
            codes += ["7"] if look.reverse else []
            out.append(f"\x1b[{';'.join([*codes, _rgb(38, look.ink), _rgb(48, look.paper)])}m")
            before = look
        out.append(letter)
    return "".join(out)


def _rgb(what: int, colour: str) -> str:
    return f"{what};2;" + ";".join([str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)])


def drawn(row: Row) -> str:
    """One row: its grounds, then its words."""
    grounds, words = [], []
    at = 0
    while at < len(row):
        look, start = row[at][1], at
        while at < len(row) and row[at][1] == look:
            at += 1
        text = "".join([letter for letter, _ in row[start:at]])
        ink, paper = (look.paper, look.ink) if look.reverse else (look.ink, look.paper)
        x, wide = start * CELL, (at - start) * CELL
        if paper != PLAIN.paper:
            grounds.append(f'<rect x="{x:.1f}" width="{wide:.1f}" height="{LINE}" fill="{paper}"/>')
        stripped = text.lstrip(" ")
        x += (len(text) - len(stripped)) * CELL
        stripped = stripped.rstrip(" ")
        if stripped:
            style = (' font-weight="bold"' if look.bold else "") + (
                ' text-decoration="underline"' if look.underlined else ""
            )
            length = cell_len(stripped) * CELL
            words.append(
                f'<text x="{x:.1f}" y="{FONT}" fill="{ink}" textLength="{length:.1f}"{style}>{escape(stripped)}</text>'
            )
    return "".join([*grounds, *words])


def svg(cast: str) -> str:
    """The picture."""
    (columns, lines), found = screens(cast)
    width, height = round(columns * CELL), lines * LINE
    lasts = found[-1][0] + LAST_S
    names: dict[Row, str] = {}
    shown = []
    for number, (_, rows) in enumerate(found):
        uses = []
        for y, row in enumerate(rows):
            name = names.setdefault(row, f"r{len(names)}")
            uses.append(f'<use href="#{name}" y="{y * LINE}"/>')
        shown.append(f'<g transform="translate(0 {number * height})">{"".join(uses)}</g>')
    steps = "".join(
        [
            f"{at / lasts * 100:.3f}%{{transform:translateY({-number * height}px)}}"
            for number, (at, _) in enumerate(found)
        ]
    )
    rows_ = "".join([f'<g id="{name}">{drawn(row)}</g>' for row, name in names.items()])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>A first drill at the desk, EXERCISE</title><style>text{{font:{FONT}px ui-monospace,Menlo,Consolas,"
        f"'DejaVu Sans Mono',monospace;white-space:pre}}#film{{animation:play {lasts:.1f}s step-end infinite}}"
        f'@keyframes play{{{steps}}}</style><defs>{rows_}</defs><rect width="{width}" height="{height}" '
        f'fill="{PLAIN.paper}"/><g id="film">{"".join(shown)}</g></svg>\n'
    )
