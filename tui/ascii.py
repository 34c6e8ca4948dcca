"""Doing without box lines and glyphs, for terminals that can't show them."""

from __future__ import annotations

import os
from collections.abc import Mapping

_STAND_INS = {
    "│┃║╎╏┆┇┊┋▌▐╽╿╷╵╹╻": "|",
    "─╌┄┈╴╶–—−‖▀": "-",
    "━═╍┅┉╸╺": "=",
    "↑▲△▴": "^",
    "↓▼▽▾": "v",
    "→▶▷▸▹›»↳⇒": ">",
    "←◀◁◂◃‹«⇐": "<",
    "●◉◆★•■▪": "*",
    "○◌◇☆◦□▫◎": "o",
    "✓✔√": "v",
    "✗✘×": "x",
    "·": ".",
    "…": "~",
    "“”„": '"',
    "‘’‚": "'",
    "▁": "_",
    "▂": ".",
    "▃": "-",
    "▄": "~",
    "▅": "=",
    "▆": "+",
    "▇": "*",
    "█▓": "#",
    "▒": ":",
    "░": ".",
    "✎": "/",
    "¹⁰²³⁴⁵⁶⁷⁸⁹": "1023456789",
    "µ": "u",
    "\N{NO-BREAK SPACE}": " ",
}
_WHOLE_BLOCKS = ((0x2500, 0x257F, "+"), (0x2580, 0x259F, "#"), (0x25A0, 0x25FC, "*"), (0x2800, 0x28FF, ":"))
"""Box lines, block elements, shapes of one cell and braille: what is not named above is swapped by its block."""
ASCII: Mapping[int, str] = {
    **{code: stand_in for first, last, stand_in in _WHOLE_BLOCKS for code in range(first, last + 1)},
    **{
        ord(sign): stand_in if len(stand_in) == 1 else stand_in[at]
        for signs, stand_in in _STAND_INS.items()
        for at, sign in enumerate(signs)
    },
}
"""A sign of ASCII for every box line and glyph, each one cell for one cell."""
_BOXES = "─│╭█▁●✓“…"
_SET = {"1": True, "yes": True, "0": False, "no": False}


def in_ascii(text: str) -> str:
    """The text with box lines and glyphs swapped, as wide as before; letters of any language stay."""
    return text if text.isascii() else text.translate(ASCII)


def ascii_wanted(encoding: str | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether box lines and glyphs must be swapped for what goes to a stream of this encoding.

    STORMDRILL_ASCII (1 or 0) decides. Else they are where the encoding has none, and where the locale says C or POSIX.
    """
    told = _SET.get(environ.get("STORMDRILL_ASCII", "").lower())
    if told is not None:
        return told
    try:
        _BOXES.encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return True
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG", "")
    if not environ.get("LC_ALL") and environ.get("LC_CTYPE") == "C.UTF-8" and environ.get("LANG"):
        locale = environ["LANG"]  # Python itself has set LC_CTYPE so where it found C
    return locale in ("C", "POSIX")
