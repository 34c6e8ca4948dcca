"""Painting what a plan says, section by section."""

from __future__ import annotations

import re

from textual.content import Content

from drills.plan.showing import SILENT, Section
from tui.safe import line, lines
from tui.widgets.prose import EMPTY, Lines, hang, styled, wrapped

_SLOT = re.compile(r"\{[a-z_]+\}")


def painted(section: Section, width: int) -> Lines:
    """A heading and what stands under it."""
    rows = [EMPTY, *wrapped(styled(line(section.title), "bold $primary"), width)]
    for number, item in enumerate(section.items, 1):
        parts = [styled(line(item.head), "bold")] if item.head else []
        parts += [_slots(lines(item.text))] if item.text else []
        parts += [styled(line(item.note), "$muted")] if item.note else []
        mark = f"{number}. " if section.ordered else "· " if item.head or item.text else "  "
        rows += hang(mark, Content(" ").join(parts), width)
    return rows if section.items else [*rows, styled(f"╌ {SILENT}", "italic $muted")]


def _slots(text: str) -> Content:
    out = Content(text)
    for slot in _SLOT.finditer(text):
        out = out.stylize("bold $accent", slot.start(), slot.end())
    return out
