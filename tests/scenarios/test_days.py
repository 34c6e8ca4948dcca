"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.days import day_of, show_date, show_day, show_short

DAY = date(2026, 11, 3)


def test_a_day_has_its_year_where_that_is_not_todays() -> None:
    assert "3 November" == show_day(DAY) == show_day(DAY, date(2026, 1, 1))
    assert "3 November 2026" == show_date(DAY) == show_day(DAY, date(2027, 1, 1))


def test_a_short_day_is_always_as_wide() -> None:
    assert [" 3 Nov", "31 May"] == [show_short(DAY), show_short(date(2026, 5, 31))]


@pytest.mark.parametrize(
    ("stamp", "found"), [("2026-11-03T09:05:00", DAY), ("2026-11-03", DAY), ("yesterday", None), ("", None)]
)
def test_a_moment_of_a_record_has_a_day_and_other_words_have_none(stamp: str, found: date | None) -> None:
    assert found == day_of(stamp)
