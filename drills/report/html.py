"""The report as one page that needs nothing: no script, no font, no picture from elsewhere, and nothing loads.

Rules
1. Templates escape everything; only the charts are markup, and those escape what is written on them (svg.py).
2. The page's policy forbids scripts and every request, so that even a mistake in rule 1 could run and load nothing.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from drills.report import hotwash, tables
from drills.report.charts import charts
from drills.report.model import Report
from drills.report.summary import sentence, span
from drills.report.timeline import short
from drills.review_text import RATINGS, WATERMARK, points
from scenarios.moments import show_moment


def html(report: Report) -> str:
    """The whole page."""
    return _environment().get_template("report.html.j2").render(
        report=report, charts=charts(report), style=files("drills.report").joinpath("report.css").read_text("utf-8")
    )  # fmt: skip


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("drills.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        RATINGS=RATINGS, WATERMARK=WATERMARK, moment=tables.moment, tables=tables, span=span,
        minutes=hotwash.minutes(), show_moment=show_moment, short=short,
    )  # fmt: skip
    made.filters.update(points=points, day=_day, diff=_diff, sentence=sentence)
    return made


def _day(iso: str) -> str:
    """`Sunday 22 November 2026, 09:00`, or '' where there is no date."""
    try:
        return f"{datetime.fromisoformat(iso):%A %-d %B %Y, %H:%M}"
    except ValueError:
        return ""


def _diff(text: str) -> list[tuple[str, str]]:
    """The lines of a diff with their kind, for colour beside their sign."""
    kinds = {"+": "add", "-": "drop"}
    return [(kinds.get(line[:1], ""), line) for line in text.splitlines()]
