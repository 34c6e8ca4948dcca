"""Plain mode as a process of its own: at the end of a pipe, and in a terminal of which it knows nothing but lines."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands import COMMAND, ROOT, Told, called, environment

SCRIPT = """\
# A whole drill, in lines
next
classify L1 cause=service sure=high
reply 1
Konrad, you are right, your soup was cold, and I am sorry: our tureen was unplugged at lunch.
Come by, and I make it again. I cook here. Nadia
.
next
reply 2 We're open until 18:00, and there is cake until it's gone.
queue
"""


def played(home: Path, script: str, *options: str, **more: str) -> Told:
    return called(
        "play", "cafe-lumo", "--plain", *options, cwd=home, stdin=script.encode(), STORMDRILL_HOME=str(home), **more
    )


def test_piped_commands_play_a_drill_to_its_end(tmp_path: Path) -> None:
    told = played(tmp_path, SCRIPT)
    assert (0, "") == (told.code, told.err)
    for words in ("You: answered number 1", "You: answered number 2", "ENDEX. The time is up. T+0:30:00", "TOTAL "):
        assert words in told.out
    name = next((tmp_path / "runs").iterdir()).name
    assert f"stormdrill report {name}" in told.out
    report = called("verify", cwd=tmp_path, STORMDRILL_HOME=str(tmp_path))
    assert 0 == report.code, report.err


def test_the_script_of_the_guide_plays_to_its_end(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "terminals.md").read_text("utf-8")
    (script,) = re.findall(r"<<'END'\n(.*?)^END$", page, re.MULTILINE | re.DOTALL)
    told = played(tmp_path, script)
    assert (0, "") == (told.code, told.err)
    assert "You: answered number 1" in told.out and "TOTAL " in told.out


def test_the_same_lines_give_the_same_run(tmp_path: Path) -> None:
    ends = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        played(tmp_path / name, SCRIPT)
        record = next((tmp_path / name / "runs").glob("*/record.jsonl")).read_text("utf-8").splitlines()
        end = json.loads(record[-1])
        ends.append((end["fingerprint"], end["total"]))
    assert ends[0] == ends[1]


def test_nothing_moves_a_cursor_and_every_event_has_a_line(tmp_path: Path) -> None:
    told = played(tmp_path, SCRIPT)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", told.out)
    moments = [line for line in told.out.splitlines() if line.startswith("T+")]
    assert len(moments) > 5
    assert all(line.count("  T+") == 0 for line in moments)


def test_a_line_that_is_not_understood_is_told_and_the_exit_code_says_so(tmp_path: Path) -> None:
    told = played(tmp_path, "repyl 1 sorry\nleave\n")
    assert 1 == told.code
    assert "Not understood: there is no command 'repyl'; did you mean 'reply'?" in told.out


def test_a_drill_that_was_left_is_resumed_in_lines_where_it_was(tmp_path: Path) -> None:
    left = played(tmp_path, "wait 3m\nclassify L1\nleave\n")
    assert "stormdrill resume --plain" in left.out
    assert "ENDEX" not in left.out
    told = called("resume", "--plain", cwd=tmp_path, stdin=b"status\nclock run\nwait 1m\nleave\n",
                  STORMDRILL_HOME=str(tmp_path))  # fmt: skip
    assert "The clock stands: resumed." in told.out
    assert "EXERCISE. T+0:03:00 of 30m" in told.out
    assert "You say this is L1 issue." in told.out
    assert "T+0:04:00" in told.out


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "play", "cafe-lumo", "--plain"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=tmp_path, env=environment(STORMDRILL_HOME=str(tmp_path)),
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"help\n" * 50)
    process.stdin.close()
    assert b"" == process.stderr.read()
    assert 0 == process.wait(20)


@pytest.mark.parametrize("settings", [{"STORMDRILL_ASCII": "1"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_without_box_lines_quotes_are_plain_and_letters_stay_readable(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    told = played(tmp_path, "next\nleave\n", **settings)
    assert 0 == told.code, told.err
    assert "COLD soup" in told.out
    assert not set("“”…★") & set(told.out)


def test_without_a_terminal_and_without_plain_one_is_told_what_to_do(tmp_path: Path) -> None:
    told = called("play", "cafe-lumo", cwd=tmp_path, STORMDRILL_HOME=str(tmp_path))
    assert (1, "") == (told.code, told.out)
    assert "--plain" in told.err


class Terminal:
    """A process in a terminal that can do nothing but lines."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.pid, self.descriptor = pty.fork()
        if not self.pid:
            os.chdir(home)
            os.execve(COMMAND[0], [*COMMAND, *arguments], dict(environment(STORMDRILL_HOME=str(home), TERM="dumb")))
        self.out = ""

    def until(self, words: str, seconds: float = 30) -> None:
        """Read until these words have been printed."""
        end = time.monotonic() + seconds
        while words not in self.out:
            assert time.monotonic() < end, f"{words!r} did not come: {self.out[-800:]}"
            if select.select([self.descriptor], [], [], 0.1)[0]:
                try:
                    data = os.read(self.descriptor, 4096)
                except OSError:
                    data = b""
                assert data or words in self.out, f"it ended without {words!r}: {self.out[-800:]}"
                self.out += data.decode()

    def type(self, line: str) -> None:
        os.write(self.descriptor, f"{line}\n".encode())

    def code(self) -> int:
        """How it ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_person_plays_in_a_dumb_terminal_while_the_clock_runs(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "play", "cafe-lumo", "--pace", "60")
    terminal.until("Number 1: complaint on rateo")  # nobody has typed: the clock runs
    terminal.type("reply 1")
    terminal.until("a line with a single dot ends it")
    terminal.type("I am sorry, Konrad, your soup was cold.")
    terminal.type(".")
    terminal.until("It goes out in 5 seconds")
    terminal.type("undo")
    terminal.until("Recalled; the text is kept as a draft.")
    terminal.type("reply 1 I am sorry, Konrad, your soup was cold.")
    terminal.type("wait 2h")
    terminal.until("You: answered number 1")
    terminal.until("The whole report: stormdrill report")
    terminal.until("EXERCISE EXERCISE EXERCISE\r\n", 5)
    assert 0 == terminal.code()
    assert "\x1b" not in terminal.out


def test_the_end_of_the_input_leaves_the_drill_and_keeps_the_run(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "play", "cafe-lumo", "--plain")
    terminal.until("> ")
    os.write(terminal.descriptor, b"\x04")
    assert 0 == terminal.code()
    listed = called("runs", "--json", cwd=tmp_path, STORMDRILL_HOME=str(tmp_path)).json()
    assert ["unfinished"] == [run["state"] for run in listed]
