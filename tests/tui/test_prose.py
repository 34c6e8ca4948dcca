"""Laying out what is read: where lines end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.widgets.prose import wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("an answer within 12 minutes", 19, ["an answer within", "12 minutes"]),
        ("at least 80 %. 100 % was", 12, ["at least", "80 %. 100 %", "was"]),
        ("passed 1 of 1", 8, ["passed", "1 of 1"]),
        ("L2 watch and 3 Levels", 14, ["L2 watch and 3", "Levels"]),
    ],
)
def test_a_number_stays_with_what_is_counted(text: str, width: int, lines: list[str]) -> None:
    assert lines == [line.plain.rstrip() for line in wrapped(Content(text), width)]


def test_styles_stay_where_they_were() -> None:
    text = Content("an answer within 12 minutes").stylize("bold", 17)
    last = wrapped(text, 19)[-1]
    assert [(0, 10, "bold")] == [(span.start, span.end, str(span.style)) for span in last.spans]


@given(st.text(st.sampled_from("ab1 2%of")), st.integers(1, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(Content(text), width)
    assert "".join(text.split()) == "".join("".join(line.plain for line in lines).split())
    assert all(line.cell_length <= width for line in lines)
