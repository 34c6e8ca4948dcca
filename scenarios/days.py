"""How a day is written for people: `21 November`, with its year where that is another than today's."""

from __future__ import annotations

from datetime import date

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def show_day(when: date, today: date | None = None) -> str:
    """`23 November`; `23 November 2025` where `today` is in another year."""
    year = "" if today is None or today.year == when.year else f" {when.year}"
    return f"{when.day} {_MONTHS[when.month - 1]}{year}"


def show_date(when: date) -> str:
    """`23 November 2026`."""
    return f"{show_day(when)} {when.year}"


def show_short(when: date) -> str:
    """`23 Nov`, in six cells."""
    return f"{when.day:>2} {_MONTHS[when.month - 1][:3]}"


def day_of(stamp: str) -> date | None:
    """The day of a moment as records write it, `2026-11-21T09:00:00`; None for words that are none."""
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None
