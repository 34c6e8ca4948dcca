"""Patching as people do it, with `patch -p1` where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from drills.plan import Plan, check_plan
from scenarios.source import loads


def patched(text: str, diff: str) -> str:
    """The plan's text with a diff applied; it must be a plan that passes check."""
    patch = shutil.which("patch")
    if patch is None:
        pytest.skip("there is no patch command here")
    name = diff.partition("--- a/")[2].partition("\n")[0]
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, "utf-8")
        done = subprocess.run([patch, "-p1", "-s"], input=diff, text=True, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        after = file.read_text("utf-8")
    assert [] == [one for one in check_plan(loads(after, name, Plan)) if one.severity == "error"]
    return after
