"""Charts that do not mislead: they begin at nothing, their numbers are those of the run, and words say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.report import charts
from drills.report.model import Answers, DraftWait, Series, ThemeCourse
from drills.report.svg import WIDTH, nice
from tests.drills.report import reports

MINUTE = 60_000


def drawn(svg: str) -> ElementTree.Element:
    """A chart as XML."""
    return ElementTree.fromstring(svg)


def bars(svg: str, kind: str) -> list[tuple[float, float]]:
    """Where each column of a kind ends below, and how tall it is."""
    found = [one for one in drawn(svg).iter("rect") if one.get("class") == kind]
    return [(float(one.get("y", "")) + float(one.get("height", "")), float(one.get("height", ""))) for one in found]


def series(**given: object) -> Series:
    """Numbers of a short run."""
    empty = Series(60 * MINUTE, MINUTE, ((0, 1),), (), (0,), (), (), (), ())
    return replace(empty, **given)  # type: ignore[arg-type]


def test_a_played_run_has_all_five() -> None:
    found = charts.charts(reports.report())
    assert ["levels", "volume", "themes", "answers", "drafts"] == [drawn(svg).get("id") for _, _, svg in found]


def test_every_chart_says_in_words_what_it_shows() -> None:
    for title, caption, svg in charts.charts(reports.report()):
        picture = drawn(svg)
        ids = str(picture.get("aria-labelledby")).split()
        names = [(one.get("id"), one.text or "") for one in picture if one.tag in ("title", "desc")]
        assert "img" == picture.get("role") and title and caption
        assert ids == [id_ for id_, _ in names] and all(len(text) > 10 for _, text in names)
        assert [one.text for one in picture.iter("text") if one.get("class") == "tick" and one.text == "0"]


def test_a_run_without_answers_drafts_or_themes_has_no_empty_chart() -> None:
    assert None is charts.answers(series()) is charts.drafts(series()) is charts.themes(series())


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_columns_stand_on_nothing_and_are_as_tall_as_their_number(counts: list[int]) -> None:
    svg = charts.volume(series(volume=tuple(counts), until_ms=len(counts) * MINUTE))
    found = bars(svg, "volume")
    shown = [value for value in counts if value]
    assert len(shown) == len(found)
    assert all(abs(low - 104) < 0.11 for low, _ in found), "one baseline"
    most = nice(max([1, *counts]))
    for value, (_, tall) in zip(shown, found, strict=True):
        assert abs(tall - 92 * value / most) < 0.06


@given(st.lists(st.lists(st.integers(0, 90), min_size=5, max_size=5), min_size=1, max_size=6))
def test_themes_share_one_scale(rows: list[list[int]]) -> None:
    themes = tuple(ThemeCourse(f"theme {number}", tuple(row)) for number, row in enumerate(rows))
    svg = charts.themes(series(themes=themes, until_ms=5 * MINUTE))
    assert svg is not None
    tall = [high for kind in ("theme-odd", "theme-even") for _, high in bars(svg, kind)]
    values = [value for start in (0, 1) for row in rows[start::2] for value in row if value]
    most = nice(max([1, *(value for row in rows for value in row)]))
    assert [round(44 * value / most, 1) for value in values] == pytest.approx(tall, abs=0.06)


@given(st.integers(1, 10**7))
def test_an_axis_ends_at_a_round_number_that_holds_everything(most: int) -> None:
    assert most <= nice(most) <= 10 * most and re.fullmatch("[125]0*", str(nice(most)))


def test_an_answer_after_all_others_stays_in_the_picture() -> None:
    one = Answers("harm", 10 * MINUTE, (MINUTE, 500 * MINUTE), 3)
    svg = charts.answers(series(answers=(one,)))
    assert svg is not None
    assert "2 of 5 answered" in svg and "expected within 10 min, 1 late" in svg
    assert all(float(dot.get("cx", "")) <= WIDTH for dot in drawn(svg).iter("circle"))


def test_a_draft_that_still_waits_is_not_drawn_as_one_that_was_approved() -> None:
    waits = tuple(DraftWait("holding draft", who, 0, 9 * MINUTE, verdict)
                  for who, verdict in (("Ada", "approved"), ("Per", "still waiting")))  # fmt: skip
    svg = charts.drafts(series(drafts=waits))
    assert svg is not None and 1 == len(bars(svg, "wait")) == len(bars(svg, "waste"))
    assert "holding draft, Per: still waiting after 9 min" in svg
