"""Closing the loop: what earlier runs of a drill asked for, and whether it stuck, from the files on the shelf."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from drills.drill import Drill
from drills.gaps import keeping
from drills.gaps.earlier import EarlierRun, stuck
from drills.gaps.keeping import KEPT
from drills.gaps.model import Attribution, Improvement, Stuck
from drills.overrides import mark
from drills.past import PastRun
from drills.scoring.card import Mark
from drills.session import Session
from tests.commands import said
from tests.drills.gaps.patching import patched
from tests.drills.gaps.runs import example_d, played


def play(drill: Drill, home: Path, name: str) -> PastRun:
    """A finished run on the shelf, under a name that sorts as it was played."""
    session = Session.start(drill, home / "runs", clock=lambda: 0.0)
    played(drill, session)
    session.close()
    folder = session.path.rename(home / "runs" / name)
    record = folder / "record.jsonl"
    assert record.is_file()
    return PastRun(folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill played three times: with the slow plan, with the mended one, and with the slow one again."""
    home = tmp_path_factory.mktemp("loop")
    first = play(example_d(), home, "a-slow")
    mended = patched(first.drill.texts["plan"], first.analysis().diff)
    play(example_d(mended), home, "b-mended")
    play(example_d(), home, "c-slow")
    return home


def of(home: Path, name: str) -> dict[str, Stuck]:
    return {one.improvement.id: one for one in PastRun(home / "runs" / name).analysis().stuck}


def test_the_first_run_has_nothing_to_be_held_against(home: Path) -> None:
    analysis = PastRun(home / "runs" / "a-slow").analysis()
    assert (analysis.stuck, analysis.shared) == ((), ())
    assert "IP-PG-01" in [one.id for one in analysis.improvements]


def test_a_fix_that_works_has_held(home: Path) -> None:
    one = of(home, "b-mended")["IP-PG-01"]
    assert (one.since, one.verdict) == ("a-slow", "held")
    assert "CT5 P" in one.why


def test_a_gap_that_shows_again_came_back_since_the_first_run_that_asked(home: Path) -> None:
    one = of(home, "c-slow")["IP-PG-01"]
    assert (one.since, one.verdict) == ("a-slow", "came back")
    assert "47m" in one.why


def test_a_gap_that_two_runs_show_is_shared(home: Path) -> None:
    assert PastRun(home / "runs" / "c-slow").analysis().shared == ("PG-01",)
    assert PastRun(home / "runs" / "b-mended").analysis().shared == ()


def improvement(id_: str, label: str = "training") -> Improvement:
    return Improvement(id_, "", "training", "Practise.", label, "SML", "Ada", None, None, "d")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rating", "label", "verdict"),
    [("P", "strength", "held"), ("U", "training gap", "came back"), ("U", "structural plan gap", "not tested")],
)
def test_what_people_practise_is_judged_by_their_own_part(rating: str, label: str, verdict: str) -> None:
    now = Attribution("CT5", "", rating, label, "", "")  # type: ignore[arg-type]
    (one,) = stuck([EarlierRun("a", (improvement("IP-CT5"),))], (), (now,))
    assert one.verdict == verdict


def test_what_a_run_does_not_touch_is_not_tested() -> None:
    earlier = [EarlierRun("a", (improvement("IP-CT5"), improvement("IP-PG-15", "plan")))]
    now = Attribution("CT1", "", "P", "strength", "", "")
    assert ["not tested", "not tested"] == [one.verdict for one in stuck(earlier, (), (now,))]


# -- what is kept beside the record ------------------------------------------------------------------------------


def test_what_is_kept_says_the_same_as_working_it_out_again(home: Path) -> None:
    run = PastRun(home / "runs" / "c-slow")
    with_kept = run.analysis()
    kept = home / "runs" / "a-slow" / KEPT
    assert kept.is_file() and kept.stat().st_mode & 0o777 == 0o600
    kept.unlink()
    assert run.analysis() == with_kept
    assert kept.is_file()


@pytest.mark.parametrize("junk", [b"", b"[]", b"\xff\xfe", b'{"of": 1}', b"[" * 50_000, b'{"of": null, "shown": 3}'])
def test_what_is_kept_and_makes_no_sense_is_made_anew(home: Path, junk: bytes) -> None:
    run = PastRun(home / "runs" / "c-slow")
    before = run.analysis()
    (home / "runs" / "a-slow" / KEPT).write_bytes(junk)
    assert run.analysis() == before


def test_what_was_kept_of_another_record_is_not_believed(home: Path) -> None:
    run = PastRun(home / "runs" / "c-slow")
    before = run.analysis()
    kept = home / "runs" / "a-slow" / KEPT
    kept.write_text(kept.read_text().replace('"of": "1/', '"of": "0/').replace("PG-01", "PG-02"))
    assert run.analysis() == before


def test_what_was_read_before_somebody_marked_the_run_is_not_kept_as_if_it_had_the_mark(
    home: Path, tmp_path: Path
) -> None:
    import shutil

    folder = Path(shutil.copytree(home / "runs" / "a-slow", tmp_path / "a"))
    (folder / KEPT).unlink(missing_ok=True)
    before = PastRun(folder)
    mark(folder, before.run.fingerprint, Mark("CT5", "P", "Well done.", "Ada", "2026-11-22T10:00:00"))
    before.asked_for()
    assert keeping.read(folder) is None
    marked = PastRun(folder).asked_for()
    assert keeping.read(folder) == marked


def test_twenty_earlier_runs_are_read_in_a_moment(home: Path, tmp_path: Path) -> None:
    import shutil

    source = home / "runs" / "a-slow"
    PastRun(home / "runs" / "c-slow").analysis()
    for number in range(20):
        shutil.copytree(source, tmp_path / f"a-{number:02}")
    last = PastRun(Path(shutil.copytree(source, tmp_path / "z-last")))
    last.analysis()
    began = time.perf_counter()
    analysis = last.analysis()
    assert time.perf_counter() - began < 4, "0.1 s on an idle machine, 5 s where nothing is kept"
    assert {one.since for one in analysis.stuck} == {"a-00"}


# -- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORMDRILL_HOME", str(home))
    return home


def test_runs_of_a_drill_are_told_oldest_first_with_what_stuck(shelf: Path) -> None:
    data = said("runs", "slow-approval", "--json").json()
    assert ["a-slow", "b-mended", "c-slow"] == [run["run"] for run in data["runs"]]
    assert [["PG-01"], [], ["PG-01"]] == [[one for one in run["gaps"] if one == "PG-01"] for run in data["runs"]]
    assert {"speed", "tone", "escalation", "conduct"} == set(data["runs"][0]["scores"])
    verdicts = {one["id"]: (one["since"], one["verdict"]) for one in data["actions"]}
    assert verdicts["IP-PG-01"] == ("a-slow", "came back")
    assert all(one["person"] and one["action"] for one in data["actions"])


def test_people_read_the_same_in_words(shelf: Path) -> None:
    told = said("runs", "slow-approval")
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0].startswith("RUN") and lines[1].startswith("a-slow") and "PG-01" in lines[1]
    assert "CAME BACK" in told.out and "IP-PG-01 approval chain too slow" in told.out
    assert max(map(len, lines)) <= 120


def test_the_list_has_an_arrow_against_the_run_before(shelf: Path) -> None:
    trends = {run["run"]: run["trend"] for run in said("runs", "--json").json()}
    assert trends == {"a-slow": "", "b-mended": "up", "c-slow": "down"}
    lines = {line.split()[0]: line for line in said("runs").out.splitlines()}
    assert lines["b-mended"].endswith("↑") and lines["c-slow"].endswith("↓")


def test_a_drill_that_was_never_played_is_a_plain_error(shelf: Path) -> None:
    told = said("runs", "slow-aproval")
    assert told.code != 0 and told.out == ""
    assert "did you mean 'slow-approval'?" in told.err


def test_a_damaged_run_is_named_and_the_others_are_told(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    shutil.copytree(shelf / "runs", tmp_path / "runs")
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    record = tmp_path / "runs" / "b-mended" / "record.jsonl"
    lines = record.read_text().splitlines(keepends=True)
    header = json.loads(lines[0])
    header["scenario"] = "id: [broken"
    record.write_text(json.dumps(header) + "\n" + "".join(lines[1:]))
    told = said("runs", "slow-approval")
    assert told.code == 0
    assert "c-slow" in told.out
