"""The command line as a test calls it: in this process, or as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tui.cli import _run

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "from tui.cli import main; main()"]


@dataclass(frozen=True)
class Told:
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def parts(self) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        return self.code, self.out, self.err

    def json(self) -> Any:
        """What it printed, as data."""
        assert self.code == 0, self.err
        return json.loads(self.out)


def said(*arguments: object, stdin: bytes = b"") -> Told:
    """What a command says in this process, without a terminal: in 80 columns, however wide that of the tests is."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    wide = {"COLUMNS": os.environ.get("COLUMNS", "80")}
    with patch.dict(os.environ, wide), patch.object(sys, "stdin", given), redirect_stdout(out), redirect_stderr(err):
        code = _run([str(each) for each in arguments])
    return Told(code, out.getvalue(), err.getvalue())


def environment(**more: str) -> Mapping[str, str]:
    """The settings of a process that finds our packages in this checkout, wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **more}


def called(*arguments: object, cwd: Path, stdin: bytes = b"", **more: str) -> Told:
    """What a command says as a process of its own, in a folder of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        check=False,
    )
    return Told(done.returncode, done.stdout.decode(), done.stderr.decode())
