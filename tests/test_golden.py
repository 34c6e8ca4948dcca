"""Recorded runs come out as they were recorded: here, elsewhere, live, replayed, on every Python."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drills.actions_file import read_actions, resolve
from drills.drill import Drill
from drills.journal import RECORD
from drills.record import load_run, verify
from drills.session import Session
from engine.setup import DRAWS
from tests.commands import ROOT, environment, said
from tests.drills.sessions import Clock
from tests.golden.record import CASES, EXPECTED, FORGED, RUN, Case, came_to

HINT = "if that is meant, run: python -m tests.golden.record"
MINIS = [case for case in CASES if case.drill == "mini"]
SHIPPED = [case for case in CASES if case.drill != "mini"]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    """What was written down."""
    return dict(json.loads(EXPECTED.read_text("utf-8")))


def test_every_case_is_written_down_for_these_draws(expected: dict[str, Any]) -> None:
    assert [str(case) for case in CASES] == list(expected["runs"]), HINT
    assert DRAWS == expected["draws"], HINT


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_fingerprint_holds_here(case: Case, expected: dict[str, Any]) -> None:
    assert expected["runs"][str(case)] == came_to(case), HINT


def live(case: Case, drill: Drill, folder: Path, chance: random.Random) -> Session:
    """Play a case on disk, by a clock that moves in random steps, and leave and come back in the middle."""
    clock = Clock()
    session = Session.start(drill, folder, seed=case.seed, pace=60, clock=clock)
    planned = read_actions(case.path)
    for number, each in enumerate(planned):
        if number == len(planned) // 2:
            session.close()
            session = Session.resume(session.path, clock=clock)
            session.unpause()
        while session.now_ms < each.at_ms and not session.ended:
            step = chance.choice((0.001, 0.05, 0.3, 1.9)) * chance.random()
            if session.now_ms + step * 60_000 >= each.at_ms:
                break
            clock.now += step
            session.tick()
        session.skip_to(each.at_ms)
        if not session.ended:
            target = resolve(each.target, session.desk)
            session.act(each.do, void_ok=True, seat=each.seat, target=target, **each.fields)
    while not session.ended:
        session.skip_to(session.now_ms + chance.randrange(1, 400_000))
    return session


@pytest.mark.parametrize("case", [*MINIS[1:], SHIPPED[0]], ids=str)
def test_it_holds_live_in_random_ticks_and_replayed(case: Case, expected: dict[str, Any], tmp_path: Path) -> None:
    written = expected["runs"][str(case)]["fingerprint"]
    session = live(case, case.load(), tmp_path, random.Random(str(case)))
    assert written == session.world.fingerprint()
    assert [] == verify(session.path)
    assert written == load_run(session.path).fingerprint
    (session.path / "events.jsonl").unlink()
    assert written == load_run(session.path).fingerprint, "without the stored log it is played again"


@pytest.mark.slow
@pytest.mark.parametrize("case", SHIPPED[1:], ids=str)
@pytest.mark.parametrize("number", range(3))
def test_the_shipped_drills_hold_live_in_random_ticks(
    case: Case, number: int, expected: dict[str, Any], tmp_path: Path
) -> None:
    session = live(case, case.load(), tmp_path, random.Random(number))
    assert expected["runs"][str(case)]["fingerprint"] == session.world.fingerprint()
    assert [] == verify(session.path)


# -- records -------------------------------------------------------------------------------------------------


def test_an_old_record_replays_to_what_it_says(expected: dict[str, Any]) -> None:
    assert [] == verify(RUN)
    run = load_run(RUN)
    assert expected["runs"][str(CASES[1])]["events"] == len(run.log)
    assert "A small storm" == run.drill.title
    assert (0, "run: the replay is the run\n", "") == said("verify", RUN).parts


def test_a_forged_record_is_found_out() -> None:
    differences = verify(FORGED)
    assert differences and all("fingerprint" in difference for difference in differences)
    told = said("verify", FORGED)
    assert (1, "") == (told.code, told.out)
    assert "Traceback" not in told.err and "fingerprint" in told.err


@pytest.mark.parametrize("line", range(3))
def test_a_flipped_bit_is_found_out(line: int, tmp_path: Path) -> None:
    shutil.copytree(RUN, tmp_path / "run")
    lines = (RUN / RECORD).read_bytes().splitlines(keepends=True)
    middle = len(lines[line]) // 2
    lines[line] = lines[line][:middle] + bytes([lines[line][middle] ^ 1]) + lines[line][middle + 1 :]
    (tmp_path / "run" / RECORD).write_bytes(b"".join(lines))
    told = said("verify", tmp_path / "run")
    assert 1 == told.code
    assert f"line {line + 1}: the record is damaged" in told.err


def test_reading_a_record_changes_nothing() -> None:
    before = {path.name: path.read_bytes() for path in RUN.iterdir()}
    verify(RUN)
    load_run(RUN)
    assert before == {path.name: path.read_bytes() for path in RUN.iterdir()}


# -- elsewhere -----------------------------------------------------------------------------------------------


def elsewhere(python: str | Path, **settings: str) -> dict[str, Any]:
    """What everything comes to in another process."""
    command = [str(python), "-m", "tests.golden.record", "--show"]
    done = subprocess.run(command, cwd=ROOT, env=environment(**settings), capture_output=True, check=False)
    assert 0 == done.returncode, done.stderr.decode()
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_seed_of_hashes_does_not_matter(seed: str, expected: dict[str, Any]) -> None:
    assert expected == elsewhere(sys.executable, PYTHONHASHSEED=seed), HINT


def pythons(version: str) -> list[str]:
    """Interpreters of this version, on the path or kept by pyenv; one may be a shim that leads nowhere."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    return [path for path in (shutil.which(f"python{version}"), *map(str, kept)) if path]


def environment_of(version: str, folder: Path) -> Path:
    """A fresh environment of this version with what the lock says; skips, with the reason, where that can't be had."""
    check = f"import sys, venv, ensurepip; assert sys.version_info[:2] == {tuple(map(int, version.split('.')))}"
    for python in pythons(version):
        if subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0:
            break
    else:
        pytest.skip(f"no Python {version} with venv here")
    subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)
    made = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = [made, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*install, "-r", ROOT / "requirements.lock"], capture_output=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.decode().strip().splitlines()[-1]
        if "hash" in reason.lower():
            pytest.fail(reason)
        pytest.skip(f"the lock can't be installed here: {reason}")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_it_holds_on_every_python(version: str, expected: dict[str, Any], tmp_path: Path) -> None:
    python = environment_of(version, tmp_path / "venv")
    for seed in ("0", "1"):
        assert expected == elsewhere(python, PYTHONHASHSEED=seed)
