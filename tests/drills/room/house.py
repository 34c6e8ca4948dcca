"""`stormdrill host` as a process of its own, which a test may kill, freeze, starve, or set the clock of."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[3]
MAIN = "import sys; from tui.cli import main; sys.exit(main())"
LINE = re.compile(r"^\s+(\S.*?)\s+stormdrill join \S+:(\d+) ((?:\w{4}-){2}\w{4})")


class House:
    """A host. It is open when this is made."""

    def __init__(self, home: Path, *more: str, first: str = "", port: int = 0) -> None:
        """`more`: what `stormdrill host` is given. `first`: Python that runs before it, to set a clock or a disk."""
        home.mkdir(exist_ok=True)
        self.home, self.port = home, port
        self.environment = {**os.environ, "STORMDRILL_HOME": str(home), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{first}\n{MAIN}", "host", *more, "--port", str(port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=self.environment, cwd=home, text=True,
        )  # fmt: skip
        self.codes: dict[str, str] = {}
        """What a seat is called to its code."""
        self._lines: list[str] = []
        self._open = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._open.wait(60) and self.process.poll() is None, self.printed

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)
            if found := LINE.match(line):
                self.codes[found[1]], self.port = found[3], int(found[2])
            if "ctrl+c" in line:
                self._open.set()
        self._open.set()

    @property
    def where(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def run(self) -> Path:
        """The folder of its run."""
        return max((self.home / "runs").iterdir(), key=lambda path: path.stat().st_mtime)

    @property
    def printed(self) -> str:
        """Everything that it has said so far."""
        return "".join(self._lines)

    def type(self, words: str) -> None:
        """Words of whoever sits at it."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()

    def signal(self, which: int) -> None:
        self.process.send_signal(which)

    def kill(self) -> None:
        """End it as a power cut would, for the process at least."""
        self.process.kill()
        self.process.wait(10)

    def close(self) -> str:
        """End it as ctrl+c does; everything that it has said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self._reader.join(5)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        return self.printed
