"""How long a key takes in a flood: `python -m tests.bench.desk_latency [POSTS] [RATE] [KEYS]`.

The desk runs in a process of its own behind a real pseudo-terminal of 160x45, in real time, with its own clock. A key
is written to the terminal; the time is taken when the repaint that shows what it did has been read back. So that no
repaint of the flood is taken for it, the desk's process writes a mark that no terminal shows after the first frame
that it draws once the cursor has moved or the text has changed.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from types import TracebackType

from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import TextArea

from tests.bench import desk_flood
from tests.bench.desk_flood import POSTS, RATE, START_MS, Crowd, below
from tests.tui.scripted import ScriptedSession, story
from tui.app import StormdrillApp
from tui.widgets.measured import Measured

KEYS = 120
CHILD = "import tui; from tests.bench.desk_latency import main; main()"
"""As the program starts: our own first, then Textual."""
MARK = re.compile(rb"\x1b\]7777;(\d+)\x07")
WHERE = {
    "moving in the queue": (b"1", b"jk"),
    "moving in the feed": (b"2", b"kj"),
    "typing an answer": (b"1r", b"abcdefgh ijkl mnop"),
}
"""What to press to come there, and then."""


class Terminal:
    """A program behind a pseudo-terminal, from its start to its end."""

    def __init__(self, arguments: Sequence[str], size: tuple[int, int] = desk_flood.SIZE, **environment: str) -> None:
        self.began = time.perf_counter()
        self.ended = False
        self._pid, self._file = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8", **environment)
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execv(arguments[0], arguments)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _what: object, _where: TracebackType | None) -> None:
        if not self.ended:
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._file)

    def write(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._file, keys)

    def read(self, seconds: float) -> bytes:
        """What comes within that time, or b''."""
        ready, _, _ = select.select([self._file], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self._file, 1 << 16)
        except OSError:  # a terminal whose program has ended
            data = b""
        self.ended = not data
        return data

    def until(self, wanted: re.Pattern[bytes], seconds: float) -> float | None:
        """When this had come, on the clock of `time.perf_counter`; None if it did not."""
        end, tail = time.perf_counter() + seconds, b""
        while not self.ended and (left := end - time.perf_counter()) > 0:
            tail = tail[-200:] + self.read(left)
            if wanted.search(tail):
                return time.perf_counter()
        return None

    def drain(self, seconds: float) -> None:
        """Read for so long."""
        end = time.perf_counter() + seconds
        while not self.ended and (left := end - time.perf_counter()) > 0:
            self.read(left)


class Live(ScriptedSession):
    """A flood in real time."""

    def __init__(self, posts: int, rate: int) -> None:
        self._crowd, self._rate = Crowd(), rate
        super().__init__([*story(), *self._crowd.posts(posts, START_MS, 1.0)], now_ms=START_MS + posts)
        self.ends_ms, self.pace = 1 << 40, 1.0
        self._began, self._start_ms, self._sent = 0.0, self.now_ms, 0

    def tick(self) -> object:
        now = time.monotonic()
        self._began = self._began or now
        due = int((now - self._began) * self._rate) - self._sent
        self._sent += due
        self.happen(*self._crowd.posts(due, self.now_ms, 1000 / self._rate))
        self.now_ms = max(self.now_ms, self._start_ms + int((now - self._began) * 1000))
        return super().tick()


def child(posts: int, rate: int) -> None:
    """The desk, with marks in what it writes."""
    state = {"pressed": 0, "waits": False}

    def seen(*_: object) -> None:
        state["pressed"] += 1
        state["waits"] = True

    class Marking(LinuxDriver):
        def write(self, data: str) -> None:
            super().write(data)
            # The frame itself, not the sequences that begin and end it, which are short.
            if state["waits"] and len(data) > 40:
                state["waits"] = False
                super().write(f"\x1b]7777;{state['pressed']}\x07")

    moved = Measured.watch_cursor

    def watch_cursor(pane: Measured, old: int, new: int) -> None:
        moved(pane, old, new)
        if pane.has_focus:
            seen()

    typed = TextArea.edit

    def edit(area: TextArea, change: object) -> object:
        done = typed(area, change)
        seen()
        return done

    Measured.watch_cursor, TextArea.edit = watch_cursor, edit
    app = StormdrillApp(session=Live(posts, rate))
    app.driver_class = Marking
    app.run()


def measured(posts: int, rate: int, keys: int) -> dict[str, list[float]]:
    """Milliseconds from each key to its repaint, by where it was pressed."""
    chance, found = random.Random(3), {}
    for what, (way, pressed) in WHERE.items():
        arguments = [sys.executable, "-c", CHILD, "--child", str(posts), str(rate)]
        times = found[what] = []
        with Terminal(arguments) as terminal:
            if terminal.until(re.compile(rb"EXERCISE"), 120) is None:
                raise SystemExit("the desk did not start")
            terminal.drain(3)
            for key in way:
                terminal.write(bytes([key]))
                terminal.drain(3)
            for number in range(keys):
                terminal.drain(0.08 + chance.random() * 0.1)
                began = time.perf_counter()
                terminal.write(pressed[number % len(pressed) :][:1])
                if (shown := terminal.until(MARK, 5)) is not None:
                    times.append((shown - began) * 1000)
    return found


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--child"]:
        child(int(sys.argv[2]), int(sys.argv[3]))
        return
    given = [int(one) for one in sys.argv[1:]]
    posts, rate, keys = [*given, *(POSTS, RATE, KEYS)[len(given) :]]
    found = measured(posts, rate, keys)
    loads = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{posts:,} posts seen, {rate} more a second, 160x45, {keys} keys each; load {loads}")
    for what, times in found.items():
        if not times:
            print(f"{what:<22} no key was answered")
            continue
        missed = keys - len(times)
        print(
            f"{what:<22} key to repaint p50 {below(times, 0.5):5.1f}  p95 {below(times, 0.95):5.1f}  "
            f"max {max(times):5.1f} ms{f'; {missed} not answered' if missed else ''}"
        )


if __name__ == "__main__":
    main()
