"""Outside text in Markdown: it is shown as it is, and makes no heading, link, table or list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.text import clean

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_LEADING = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))")


def plain(text: str) -> str:
    """The text as one line."""
    escaped = _SPECIAL.sub(r"\\\1", clean(text, multiline=False)).replace("\n", " ")
    found = _LEADING.match(escaped)
    if found is None:
        return escaped
    # Before a sign, but after a number: a backslash means nothing before a digit.
    at = found.end(2) if found[2].isdigit() else found.start(2)
    return f"{escaped[:at]}\\{escaped[at:]}"


def quote(text: str) -> Iterator[str]:
    """The text as the lines of a quotation."""
    for line in clean(text).split("\n"):
        yield f"> {plain(line)}  " if line else ">"  # two spaces keep the line break
