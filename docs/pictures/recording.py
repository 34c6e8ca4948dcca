"""A drill on a real terminal, played with a fixed set of keys, and what the terminal was sent."""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

SIZE = (100, 30)
ANSWER = (
    "Konrad, you are right: your soup was cold, and I am sorry. "
    "Come by this week and I make you a new one. I cook here. Nadia"
)
KEYS: tuple[tuple[float, str], ...] = (
    (2.5, "\r"), (3.0, "\r"), (2.5, "r"), (1.5, ANSWER), (4.0, "\x13"), (3.0, "y"), (7.0, "4"), (2.0, "2"), (2.5, "1"),
    (2.0, ""),
)  # fmt: skip
"""Seconds to wait, then what to press; a text is typed letter by letter."""
LETTER_S = 0.045


def record(home: Path) -> list[tuple[float, str]]:
    """Seconds since the start, and what was written then."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8", STORMDRILL_HOME=str(home))
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        program = "from tui.cli import main; main()"
        os.execv(sys.executable, [sys.executable, "-c", program, "play", "cafe-lumo", "--seed", "1"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    read = codecs.getincrementaldecoder("utf-8")("replace")
    began, found = time.monotonic(), list[tuple[float, str]]()

    def wait(seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                found.append((time.monotonic() - began, read.decode(os.read(terminal, 1 << 16))))

    try:
        while not found:
            wait(0.1)
        for seconds, keys in KEYS:
            wait(seconds)
            for letter in keys:
                os.write(terminal, letter.encode())
                wait(LETTER_S)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    first = found[0][0]
    return [(at - first, text) for at, text in found]


def cast(events: list[tuple[float, str]]) -> str:
    """As asciinema plays it (asciicast, version 2)."""
    header = {"version": 2, "width": SIZE[0], "height": SIZE[1], "title": "stormdrill: a first drill (EXERCISE)"}
    lines = [json.dumps(header), *[json.dumps([round(at, 3), "o", text], ensure_ascii=False) for at, text in events]]
    return "\n".join(lines) + "\n"
