"""The review in words: what counts as a strength, how a score is written, and the Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills import review_chart as chart
from drills.markdown import plain, quote
from drills.review_text import letter_words, points, summary_lines
from drills.scoring.card import Line
from scenarios.text import FORBIDDEN
from tests.hostile import CORPUS
from tests.tui import fakes_review as fakes


def _line(id_: str, dimension: str, weight: float, score: float | None) -> Line:
    return Line(id_, dimension, id_, weight, score, "")


def test_the_weightiest_come_first_and_none_is_both() -> None:
    strengths, areas = summary_lines(fakes.CARD)
    assert ["Sp3", "Sp4", "Tn5"] == [line.id for line in strengths]
    assert ["Es1", "Cd3", "Tn1"] == [line.id for line in areas]


def test_a_letter_says_what_it_says_nothing_of() -> None:
    half = replace(fakes.CARD, rating="P", speed=None, tone=None)
    assert "performed with major challenges" == letter_words(fakes.CARD)
    assert "performed without challenges; speed and tone not assessed" == letter_words(half)
    cut = replace(half, complete=False)
    assert "performed without challenges, so far; speed and tone not assessed" == letter_words(cut)


def test_what_was_not_assessed_is_neither_and_gives_its_weight_to_the_rest() -> None:
    lines = (_line("Sp1", "speed", 1, 1.0), _line("Sp2", "speed", 99, None), _line("Cd1", "conduct", 1, 1.0))
    strengths, areas = summary_lines(replace(fakes.CARD, lines=lines))
    assert ["Sp1", "Cd1"] == [line.id for line in strengths]
    assert () == areas


def test_a_perfect_line_is_no_area_and_a_poor_one_no_strength() -> None:
    lines = tuple(_line(f"Sp{n}", "speed", 20, score) for n, score in enumerate((1.0, 0.85, 0.5, 0.2, 1.0)))
    strengths, areas = summary_lines(replace(fakes.CARD, lines=lines))
    assert ["Sp0", "Sp4", "Sp1"] == [line.id for line in strengths]
    assert ["Sp3", "Sp2"] == [line.id for line in areas]


@pytest.mark.parametrize(("score", "shown"), [(79.99, "79"), (80.0, "80"), (0.1 + 0.2 + 64.7, "65"), (None, "–")])
def test_a_score_never_looks_like_the_next_rating(score: float | None, shown: str) -> None:
    assert shown == points(score)


@pytest.mark.parametrize("name", CORPUS)
def test_nothing_from_outside_becomes_markdown(name: str) -> None:
    words = CORPUS[name]
    found = plain(words)
    assert not FORBIDDEN.search(found)
    assert "\n" not in found
    assert all(line.startswith(">") for line in quote(words))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("# not a heading", "\\# not a heading"),
        ("1. not a list", "1\\. not a list"),
        ("- nor this", "\\- nor this"),
        ("[x](http://y)", "\\[x\\](http://y)"),
        ("**loud** `code` <b>", "\\*\\*loud\\*\\* \\`code\\` \\<b\\>"),
    ],
)
def test_signs_are_taken_at_their_word(words: str, shown: str) -> None:
    assert shown == plain(words)


points_ = st.lists(st.tuples(st.integers(0, 7_200_000), st.integers(0, 4)), max_size=30).map(sorted)


@given(points_, points_, st.integers(8, 200), st.integers(1, 7_200_000))
def test_charts_keep_their_shape_whatever_happened(
    team: list[tuple[int, int]], truth: list[tuple[int, int]], width: int, until_ms: int
) -> None:
    span = chart.Span(until_ms, width)
    rows = chart.levels(chart.steps(team, span), chart.steps(truth, span))
    assert 5 == len(rows)
    assert {chart.LABEL + 1 + width} == {len(row) for row in (*rows, chart.axis(span))}
    assert {chart.LABEL + 1 + width} == {len(row) for row in chart.bars(chart.peaks(team, span), 3)}


def test_the_team_on_the_truth_is_drawn_as_both() -> None:
    span = chart.Span(60_000, 12)
    rows = chart.levels(chart.steps([(0, 1), (30_000, 3)], span), chart.steps([(0, 3)], span))
    assert ["   L4┤            ", "   L3┤░░░░░░╭━━━━━", "   L2┤      │     ", "   L1┤──────╯     "] == rows[:4]


@pytest.mark.parametrize(("tall", "lines"), [(True, 19), (False, 11)])
def test_all_charts_of_a_run_are_on_one_axis(tall: bool, lines: int) -> None:
    run = fakes.FakeSession()
    shown = chart.Shown(run.truth(), run.levels(), (0, 60_000), ((0, 15), (600_000, 90)), 1_200_000)
    rows = [row for _, rows in chart.charts(run.desk, shown, 72, tall=tall) for row in rows]
    assert lines == len(rows)
    assert all(len(row) <= 72 for row in rows)
    drawn = [row for name, rows in chart.charts(run.desk, shown, 72, tall=tall) for row in rows if name == "came"]
    assert [" came " + "▼▼"] == [row.rstrip() for row in drawn]


def test_the_run_before_takes_nothing_away_from_the_bars() -> None:
    run = fakes.FakeSession()

    def mood(ghost: tuple[tuple[int, int], ...]) -> list[str]:
        shown = chart.Shown(run.truth(), run.levels(), (), ghost, 3_600_000)
        return dict(chart.charts(run.desk, shown, 66, tall=False))["mood"]

    bars, crossed = mood(()), mood(((0, 40),))
    over = [(old, new) for was, now in zip(bars, crossed, strict=True) for old, new in zip(was, now, strict=True)]
    assert {"█"} == {old for old, new in over if new == chart.OVER}, "a bar under the line has a sign of its own"
    assert {" "} == {old for old, new in over if new == chart.GHOST}
    assert all(old == new for old, new in over if new not in (chart.GHOST, chart.OVER))


def test_the_run_before_is_a_broken_line_that_ends_where_it_ended() -> None:
    run = fakes.FakeSession()

    def ghosts(shown: chart.Shown) -> int:
        rows = dict(chart.charts(run.desk, shown, 66, tall=False))["mood"]
        return sum(row.count(sign) for row in rows for sign in (chart.GHOST, chart.OVER))

    before = ((0, 99),)
    assert 0 == ghosts(chart.Shown(run.truth(), run.levels()))
    half = ghosts(chart.Shown(run.truth(), run.levels(), (), before, run.desk.now_ms // 2))
    whole = ghosts(chart.Shown(run.truth(), run.levels(), (), before, run.desk.now_ms))
    assert 59 == whole, "one column shows the tip of a bar"
    assert 29 <= half <= 32


def test_levels_in_a_row_stand_where_they_begin() -> None:
    assert "  L1──L3──" == chart.strip([None, None, 1, 1, 1, 1, 3, 3, 3, 3])
    assert "L1L" == chart.strip([1, 1, 2])
    assert "" == chart.strip([])
