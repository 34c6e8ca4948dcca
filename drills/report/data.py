"""The report as data, for other programs: everything in it, with keys that stay (docs/report.md)."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

from drills.report.model import Report
from drills.review_text import WATERMARK

FORMAT = 1
"""Goes up when a key is renamed or goes."""


def as_data(report: Report) -> dict[str, Any]:
    """Plain dicts, lists, texts, numbers; days as ISO 8601."""
    data = _plain(dataclasses.asdict(report))
    series = data["series"]
    return {
        "watermark": WATERMARK,
        "format": FORMAT,
        "drill": report.cover.drill,
        "title": report.cover.title,
        "seed": report.cover.seed,
        "truth": [{"at_ms": at_ms, "level": level} for at_ms, level in series["truth"]],
        "levels": [{"at_ms": at_ms, "level": level} for at_ms, level in series["team"]],
        "scorecard": data.pop("card"),
        "msel": data.pop("events"),
        **data,
    }


def json_text(report: Report) -> str:
    """The data as indented JSON, in ASCII: no terminal obeys it, and every pipe can carry it."""
    return json.dumps(as_data(report), indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.removesuffix("_"): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
