"""What users get: a wheel with all its data, whose command no folder of theirs can lead astray."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("scenarios", "engine", "drills", "tui")
DATA = (".yaml", ".json", ".tcss", ".j2", ".css")

pytest.importorskip("build")
pytest.importorskip("hatchling")


def run(*command: object, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run to the end, and show what was said if it failed."""
    settings = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONSAFEPATH"}
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**settings, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"{command}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("stormdrill-*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of an environment that holds the wheel and borrows its dependencies from ours."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv.parent)
    folder = venv / ("Scripts" if sys.platform == "win32" else "bin")
    python = folder / ("python.exe" if sys.platform == "win32" else "python")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-I", "-c", where, cwd=venv).stdout.strip())
    # A path from a .pth file comes after the environment's own, and .pth files found there are not read,
    # so our own editable install stays out of it.
    ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(ours)), encoding="utf-8")
    run(*pip(), "--python", python, "install", "--no-deps", "--no-index", "--no-input", wheel, cwd=venv)
    return folder


def pip() -> tuple[str, ...]:
    """A pip that can install elsewhere: ours, or that of the Python we were made from."""
    for python in (sys.executable, getattr(sys, "_base_executable", sys.executable)):
        if (
            subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode
            == 0
        ):
            return (python, "-m", "pip")
    pytest.skip("no pip here")


@pytest.fixture
def decoy(tmp_path: Path) -> Path:
    """A working folder whose `engine` is not ours."""
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise RuntimeError('a decoy was imported')\n")
    return tmp_path


def stormdrill(scripts: Path, cwd: Path, *arguments: str) -> Any:
    """What the installed command answers in JSON."""
    home = cwd / "home"
    return json.loads(run(scripts / "stormdrill", *arguments, cwd=cwd, STORMDRILL_HOME=str(home)).stdout)


def test_the_wheel_holds_all_data(wheel: Path) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA or path.name == "py.typed"
    }
    inside = set(zipfile.ZipFile(wheel).namelist())

    assert {f"{package}/py.typed" for package in PACKAGES} <= expected
    assert set() == expected - inside


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {*PACKAGES, "stormdrill-0.1.0.dist-info"} == tops


def test_the_installed_command_lists_the_library(scripts: Path, decoy: Path) -> None:
    assert "cafe-lumo" in json.dumps(stormdrill(scripts, decoy, "list", "--json"))


def test_the_installed_command_plays_a_drill(scripts: Path, decoy: Path) -> None:
    result = stormdrill(scripts, decoy, "simulate", "cafe-lumo", "--responder", "textbook", "--json")

    assert "textbook" == result["responder"]
    assert 1 == len(result["runs"])
