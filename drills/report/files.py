"""A report as a file, whose name says that it comes from an exercise."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from drills.errors import DrillError
from drills.past import PastRun
from drills.report.content import report_of
from drills.report.model import Report

if TYPE_CHECKING:
    from drills.bands import Bands

Form = Literal["md", "json", "html", "xlsx"]
MARK = "EXERCISE_"


def rendered(report: Report, form: Form) -> bytes:
    """The report in one of its forms, as it is written to a file."""
    if form == "xlsx":
        from drills.report.xlsx import workbook

        return workbook(report)
    return (text_of(report, form).rstrip("\n") + "\n").encode()


def text_of(report: Report, form: Form) -> str:
    """The report in one of its forms that are text."""
    if form == "html":
        from drills.report.html import html  # Jinja is for this form alone

        return html(report)
    if form == "json":
        from drills.report.data import json_text

        return json_text(report)
    from drills.report.markdown import markdown

    return markdown(report)


def usual_name(report: Report, form: Form) -> str:
    """`EXERCISE_<drill>-<run>.<form>`."""
    cover = report.cover
    name = f"{cover.drill}-{cover.run}"
    return f"{MARK}{re.sub(r'[^A-Za-z0-9._-]', '-', name)}.{form}"


def write(data: bytes, out: Path) -> Path:
    """Write it, readable by its owner alone where the file is new, and say where: its name begins with EXERCISE_.

    Raises DrillError where that can't be done.
    """
    try:
        if out.is_dir():
            raise DrillError("this is a folder", str(out), "name a file in it")
        target = out if out.name.startswith(MARK) else out.with_name(f"{MARK}{out.name}")
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DrillError(f"the report can't be written ({why})", str(out), "give another --out") from None
    return target


def export(folder: Path, bands: Bands | None = None, form: Form = "html") -> Path:
    """Write the report of a run that has ended into its folder and say where. Raises DrillError where it can't be."""
    past = PastRun(folder)
    report = report_of(past.run, past.scorecard(), past.analysis(), name=past.path.name, bands=bands)
    return write(rendered(report, form), folder / usual_name(report, form))
