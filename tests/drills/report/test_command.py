"""`stormdrill report` as one calls it."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from drills.report.files import export
from tests.commands import said
from tests.drills.sessions import Clock, let, started


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that has ended, where the commands look for it; the working folder is empty."""
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path / "home"))
    folder = tmp_path / "work"
    folder.mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(folder)
    clock = Clock()
    session = started(tmp_path / "home", clock)
    let(session, clock, 3)
    session.act("reply", target="ruth-asks", text="No, Ruth, it was not, and I am sorry. — Ana")
    let(session, clock, 60)
    session.close()
    return session.path


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_a_page_and_a_workbook_go_into_this_folder_under_a_name_that_says_exercise(run: Path, form: str) -> None:
    told = said("report", run.name, "--format", form, "--no-luck")
    name = f"EXERCISE_mini-{run.name}.{form}"
    assert (0, f"written to {name}\n", "") == told.parts
    (path,) = Path.cwd().iterdir()
    assert name == path.name and 0o600 == stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("form", ["md", "json", "html", "xlsx"])
def test_every_form_can_be_written_where_one_says(run: Path, form: str, tmp_path: Path) -> None:
    told = said("report", "--format", form, "--no-luck", "--out", tmp_path / f"mine.{form}")
    assert 0 == told.code, told.err
    data = (tmp_path / f"EXERCISE_mine.{form}").read_bytes()
    assert b"EXERCISE" in data or form == "xlsx"
    assert [] == list(Path.cwd().iterdir())


def test_the_forms_tell_the_same(run: Path) -> None:
    text = said("report", "--no-luck").out
    data = said("report", "--no-luck", "--format", "json").json()
    said("report", "--no-luck", "--format", "html", "--out", "x.html")
    said("report", "--no-luck", "--format", "xlsx", "--out", "x.xlsx")
    page = Path("EXERCISE_x.html").read_text("utf-8")
    book = load_workbook(io.BytesIO(Path("EXERCISE_x.xlsx").read_bytes()))
    for sentence in data["summary"]["happened"]:
        assert sentence in text and sentence in page
    sent = [row[4] for row in book["Texts sent"].iter_rows(min_row=2, values_only=True)]
    assert [one["text"] for one in data["texts"]] == sent == ["No, Ruth, it was not, and I am sorry. — Ana"]
    assert len(data["msel"]) == book["MSEL as played"].max_row - 1


def test_a_redacted_report_names_nobody_in_any_form(run: Path) -> None:
    for form in ("md", "json", "html", "xlsx"):
        said("report", "--redact", "--no-luck", "--format", form, "--out", f"x.{form}")
        data = Path(f"EXERCISE_x.{form}").read_bytes()
        if form == "xlsx":
            book = load_workbook(io.BytesIO(data))
            data = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row).encode()
        assert b"Person 1" in data
        assert not [name for name in (b"Ruth", b"Mara", b"Quill", b"Ana,", b"\xe2\x80\x94 Ana") if name in data]


def test_luck_is_told_unless_one_does_without(run: Path) -> None:
    said("report", "--format", "html", "--out", "luck.html")
    assert "with other luck" in Path("EXERCISE_luck.html").read_text("utf-8").casefold()
    said("report", "--format", "html", "--no-luck", "--out", "plain.html")
    assert "with other luck" not in Path("EXERCISE_plain.html").read_text("utf-8").casefold()


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(run: Path) -> None:
    told = said("report", "--format", "xlsx", "--no-luck", "--out", Path("no") / "x.xlsx")
    assert told.code != 0 and "the report can't be written" in told.err and "Traceback" not in told.err
    assert json.loads(said("report", "--format", "json", "--no-luck").out)


def test_the_review_writes_the_page_into_the_runs_own_folder(run: Path) -> None:
    path = export(run)
    assert path == run / f"EXERCISE_mini-{run.name}.html"
    assert path.read_text("utf-8").startswith("<!doctype html>") and 0o600 == stat.S_IMODE(path.stat().st_mode)
