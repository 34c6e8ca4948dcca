"""The command line's word on a score: what was luck, and what an evaluator says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drills.journal import EVENTS, RECORD
from drills.overrides import OVERRIDES
from tests.commands import said
from tests.drills.sessions import Clock, let, started


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that has ended, where the commands look for it."""
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    clock = Clock()
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("reply", target="ruth-asks", text="No, Ruth, it was not, and I am sorry. — Ana")
    let(session, clock, 60)
    session.close()
    return session.path


def test_a_band_is_told_for_the_total_and_every_dimension(run: Path) -> None:
    told = said("band", run.name, "--runs", "4")
    assert (0, "") == (told.code, told.err)
    lines = told.out.splitlines()
    assert "with other luck)" in lines[1]
    assert ["total", "speed", "tone", "escalation", "conduct"] == [line.split()[0] for line in lines[1:6]]
    assert lines[6].startswith("What you did was played again in 4 worlds")


def test_a_band_as_json(run: Path) -> None:
    data = said("band", run.name, "--runs", "4", "--json").json()
    assert (run.name, 4) == (data["run"], data["runs"])
    low, high = data["band"]["total"]
    assert 0 <= low <= high <= 100 and 0 <= data["total"] <= 100
    assert 0 <= data["undone"] <= 1 and 0 <= data["moved"] <= 1
    assert {"total", "speed", "tone", "escalation", "conduct"} == set(data["band"])


def test_a_run_of_other_luck_has_no_band(run: Path) -> None:
    from drills.journal import Journal, read

    lines = [dict(line) for line in read(run / RECORD).records]
    (run / RECORD).unlink()
    with Journal.create(run / RECORD, {**lines[0], "draws": 1}) as journal:
        for line in lines[1:]:
            journal.append(line, sync=False)
    told = said("band", run.name)
    assert told.code == 1 and "version 1 of the draws" in told.err
    report = said("report", run.name)
    assert report.code == 0 and "with other luck" not in report.out, "an old run's report needs no engine"


def test_the_report_tells_the_band_unless_it_is_told_not_to(run: Path) -> None:
    assert "with other luck" in said("report", run.name).out
    assert "with other luck" not in said("report", run.name, "--no-luck").out
    assert said("report", run.name, "--format", "json").json()["luck"]["runs"] == 12
    assert said("report", run.name, "--format", "json", "--no-luck").json()["luck"] is None


def test_an_override_changes_the_report_and_never_the_record(run: Path) -> None:
    before = {name: (run / name).read_bytes() for name in (RECORD, EVENTS)}
    told = said("override", run.name, "Sp1", "40", "the desk was not staffed", "--by", "Nora")
    assert (0, "") == (told.code, told.err)
    assert "Sp1 Noticing: 100 → 40, Nora: the desk was not staffed" in told.out
    assert before == {name: (run / name).read_bytes() for name in (RECORD, EVENTS)}
    assert "Nora: the desk was not staffed" in said("report", run.name, "--no-luck").out
    assert said("verify", run.name).code == 0
    assert told.out == said("override", run.name).out, "without an item it lists what stands"


def test_an_override_as_json_tells_both_figures(run: Path) -> None:
    data = said("override", run.name, "Sp1", "40", "why", "--json").json()
    assert data["scored"]["total"] > data["total"]
    assert [True] == [change["mark"]["by"] == "evaluator" for change in data["changes"] if change["item"] == "Sp1"]
    assert [False] == [entry["undone"] for entry in data["history"]]


def test_an_override_is_taken_back(run: Path) -> None:
    said("override", run.name, "Sp1", "40", "why")
    told = said("override", run.name, "Sp1", "--undo", "--by", "Ana")
    assert told.code == 0 and told.out.startswith("No override stands.")
    assert 3 == len((run / OVERRIDES).read_text("utf-8").splitlines())
    again = said("override", run.name, "Sp1", "--undo")
    assert again.code == 1 and "no override of Sp1 stands" in again.err


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("Sp1",), "needs a score and a reason"),
        (("Sp1", "40"), "needs a score and a reason"),
        (("Sp1", "40", " "), "needs a reason"),
        (("Sp1", "lots", "why"), "can't be 'lots'"),
        (("Sp1", "nan", "why"), "can't be 'nan'"),
        (("Zz1", "40", "why"), "no item 'Zz1'"),
        (("7.Tn1", "40", "why"), "the review has texts 1 to 1"),
        (("Sp1", "40", "why", "--by", ""), "somebody who stands for it"),
        (("--undo",), "--undo needs an item"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line_and_writes_nothing(
    run: Path, arguments: tuple[str, ...], wrong: str
) -> None:
    told = said("override", run.name, *arguments)
    assert told.code == 1 and told.out == "" and wrong in told.err and 1 == len(told.err.splitlines())
    assert not (run / OVERRIDES).exists()


def test_a_run_that_goes_on_has_no_scores_to_override(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    session = started(tmp_path, Clock())
    session.close()
    for command in ("band", "override"):
        told = said(command, session.path.name)
        assert told.code == 1 and "has not ended" in told.err


def test_what_an_evaluator_types_can_do_a_terminal_no_harm(run: Path) -> None:
    told = said("override", run.name, "Sp1", "40", "\x1b[2Jwhy\u202e", "--by", "\x1b]0;x\x07Nora")
    assert told.code == 0 and "\x1b" not in told.out and "\u202e" not in told.out
    assert "\x1b" not in json.loads((run / OVERRIDES).read_text("utf-8").splitlines()[1])["reason"]
