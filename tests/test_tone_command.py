"""`stormdrill tone`: for a person in colour or in brackets, for a pipe as lines of JSON."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from drills.tone import Context, judge, text
from drills.tone.gravity import gravity
from drills.tone.judge import LONGEST_LINE, judge_lines
from drills.tone.read import read
from drills.tone.verdict import Remark, verdict
from scenarios.text import FORBIDDEN, clean
from tests.commands import COMMAND, called, environment, said
from tests.hostile import CORPUS
from tui.commands.verdict import FAULT, PRAISE, lines

POOR = "We regret any inconvenience to anyone who may have felt offended. Please post your phone number here."
GOOD = "I am so sorry, Ruth. That was our mistake; I call you by noon. — Ana"


def quality(out: str) -> int:
    found = re.search(r"^Quality  (\d+) of 100$", out, re.MULTILINE)
    assert found, out
    return int(found[1])


def rows(message: str, width: int = 80, *, colour: bool = False) -> list[Text]:
    return list(lines(verdict(message, Context()), width, colour=colour))


# -- for a person ----------------------------------------------------------------------------------------------


def test_a_text_is_judged_with_everything_that_explains_it() -> None:
    good, poor = (said("tone", stdin=message.encode()) for message in (GOOD, POOR))
    assert (0, "", 0, "") == (good.code, good.err, poor.code, poor.err)
    assert quality(good.out) > quality(poor.out) + 20
    assert re.search(r"personal data +#{9,10}\.? +\d\d", poor.out)
    assert re.search(r"said before +not assessed$", poor.out, re.MULTILINE)
    told = " ".join(poor.out.split())
    assert "personal data: asks for personal data where everybody reads it (source: G-PII)" in told
    assert '> Ask for it in a private message: “DM us your number”.' in told
    assert "Personal data   asked for in public" in poor.out and "Personal data   not asked for" in good.out
    assert "Responsibility  owns the fault (rung 7 of 8)" in good.out
    assert re.search(r"It does +.*apologises and takes the blame \(\d+\)", good.out)
    gains = poor.out.partition("It would gain most from this\n")[2].partition("\n\n")[0].splitlines()
    assert 2 == len(gains) and all(row.startswith("   > ") for row in gains)


def test_the_worst_finding_is_the_first_and_praise_comes_last() -> None:
    remarks = verdict(f"{POOR} Thank you! You liar.", Context()).remarks
    assert [one.number for one in remarks] == list(range(1, len(remarks) + 1))
    signs = [one.good for one in remarks]
    assert signs == sorted(signs) and True in signs
    found = {(one.start, one.end, one.why): one for one in read(f"{POOR} Thank you! You liar.", Context()).findings}
    weights = [gravity(found[one.start, one.end, one.why]) for one in remarks if not one.good]
    assert weights == sorted(weights, reverse=True) and len(set(weights)) > 2
    assert "insult" in remarks[0].why or remarks[0].dimension == "unprofessional"
    assert all(one.source for one in remarks)


def test_without_colour_the_text_carries_the_numbers_of_the_findings() -> None:
    out = said("tone", stdin=POOR.encode()).out
    shown = " ".join(out.partition("\n\nQuality")[0].split())
    assert re.sub(r"\[[\d,]+: |\]", "", shown) == POOR
    named = {int(number) for numbers in re.findall(r"\[([\d,]+): ", shown) for number in numbers.split(",")}
    listed = {int(number) for number in re.findall(r"^ ?(\d+) [!+] “", out, re.MULTILINE)}
    assert named == listed and len(named) > 3
    assert "\x1b" not in out


def test_findings_within_and_across_each_other_are_told_apart() -> None:
    judged = verdict("one two three four", Context())
    places = ((0, 13), (4, 7), (4, 7), (8, 18))
    remarks = tuple(Remark(n, True, *place, "", "", "", "") for n, place in enumerate(places, 1))
    shown = next(lines(replace(judged, remarks=remarks), 80, colour=False))
    assert "[1: one [2,3: two] [4: three]] [4: four]" == shown.plain


def test_in_colour_faults_are_underlined_and_praise_is_not() -> None:
    painted = rows("Our supplier did it. We are sorry.", colour=True)[0]
    styles = {painted.plain[span.start : span.end]: span.style for span in painted.spans}
    assert FAULT == styles["Our supplier did"] and "underline" in FAULT
    assert PRAISE in styles.values() and "underline" not in PRAISE
    both = rows("We regret any inconvenience.", colour=True)[0]
    assert FAULT in {str(span.style) for span in both.spans if span.start <= 4 < span.end}, "a fault wins over praise"


def test_a_wrapped_text_keeps_its_colours_in_place() -> None:
    message = (
        f"{'a  bc ' * 9}\n\n  Our supplier did it,   我的行李不见了 and our supplier did it again. 👩‍🚒 We are sorry."
    )
    for width in (34, 41, 80):
        shown = rows(clean(message), width, colour=True)
        words = shown[: next(at for at, row in enumerate(shown) if row.plain.startswith("Quality"))]
        red = "".join(row.plain[span.start : span.end] for row in words for span in row.spans if span.style == FAULT)
        assert "Oursupplierdid" == red.replace(" ", "")


@pytest.mark.parametrize("width", [34, 80])
@pytest.mark.parametrize("name", CORPUS)
def test_no_text_moves_a_column_or_commands_the_terminal(name: str, width: int) -> None:
    message = clean(f"We are sorry if anyone felt offended, {CORPUS[name]} by noon. Our supplier did it.").strip()
    judged = verdict(message, Context())
    for colour in (True, False):
        for row in lines(judged, width, colour=colour):
            assert cell_len(row.plain) <= width, row.plain
            assert FORBIDDEN.search(row.plain) is None
            assert not set("\n\t\u200d\ufe0f") & set(row.plain)


def test_hostile_bytes_reach_no_terminal() -> None:
    told = said("tone", stdin="".join(CORPUS[name] for name in CORPUS if "surrogate" not in name)[:9_000].encode())
    assert 0 == told.code and FORBIDDEN.search(told.out) is None


def test_a_file_reads_like_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(b"\xef\xbb\xbf" + POOR.encode())
    assert said("tone", file).out == said("tone", stdin=POOR.encode()).out == said("tone", "-", stdin=POOR.encode()).out


def test_options_say_where_the_text_stands() -> None:
    assert "asked for in private" in said("tone", "--channel", "dm", stdin=b"Please send me your phone number.").out
    hours = b"Closed Monday, back Tuesday at 9."
    answer = said("tone", "--post", "Are you open on Monday?", "--severity", "issue", "--level", "L1", stdin=hours)
    assert "answers the question" in answer.out and quality(answer.out) > quality(said("tone", stdin=hours).out)
    joke = b"Oops. Our intern has met the espresso machine. ;)"
    assert said("tone", "--severity", "opportunity", stdin=joke).out != said("tone", stdin=joke).out
    assert (
        said("tone", "--level", "L4", stdin=b"Unplug it now.").out
        == said("tone", "--level", "4", stdin=b"Unplug it now.").out
    )
    french = "Nous sommes vraiment désolés pour ce message, et nous vous appelons demain.".encode()
    assert "in another language" not in said("tone", stdin=french).out
    assert "in another language than the post" in said("tone", "--lang", "en", stdin=french).out


def test_a_language_without_rules_is_not_judged() -> None:
    out = said("tone", stdin=b"Het spijt ons heel erg dat wij u dit hebben aangedaan.").out
    assert "Quality  not assessed\n         no rules for this language: nl" in out
    assert 15 <= out.count("not assessed") and "Responsibility" not in out and "gain most" not in out


@pytest.mark.parametrize(
    "option", [("--level", "7"), ("--lang", "english"), ("--channel", "fax"), ("--severity", "bad")]
)
def test_a_wrong_option_is_misuse(option: tuple[str, str]) -> None:
    told = said("tone", *option, stdin=b"Hello")
    assert (2, "") == (told.code, told.out)
    assert option[0] in told.err


@pytest.mark.parametrize("message", [b"", b" \n", b"\x1b[2J", b"x" * 30_000, b"x" * 2_000_000, b"caf\xe9 sorry"])
def test_tone_wants_a_text(message: bytes) -> None:
    told = said("tone", stdin=message)
    assert (1, "") == (told.code, told.out)
    assert told.err.startswith("stormdrill: standard input: ")


@pytest.mark.parametrize("arguments", [(), ("--jsonl",)])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for path in (tmp_path, tmp_path / "none.txt", "a\0b"):
        told = said("tone", path, *arguments)
        assert (1, "") == (told.code, told.out)
        assert told.err.startswith(f"stormdrill: {path}: this file can't be read")


def test_a_pipe_that_knows_ascii_only_gets_everything(tmp_path: Path) -> None:
    told = called("tone", cwd=tmp_path, stdin="We are sorry, you’re right.".encode(), PYTHONIOENCODING="ascii")
    assert (0, "") == (told.code, told.err)
    assert "\\u201c" in told.out and "#" in told.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has another shell")
def test_a_closed_standard_input_holds_no_text() -> None:
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *COMMAND, "tone"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert (1, b"") == (done.returncode, done.stdout)
    assert done.stderr.startswith(b"stormdrill: standard input: there is no text to judge")


# -- on a terminal ---------------------------------------------------------------------------------------------


def typed(message: bytes, *arguments: str, **more: str) -> str:
    """What a terminal shows to somebody who types this and ends with ctrl+d."""
    import pty

    ours, theirs = pty.openpty()
    settings = {**environment(TERM="xterm-256color", COLUMNS="80", **more)}
    if not more:
        settings.pop("NO_COLOR", None)
    with subprocess.Popen(
        [*COMMAND, "tone", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=settings
    ) as at:
        os.close(theirs)
        shown = b""
        while b"\n" not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, message + b"\n\x04")
        try:
            while more_shown := os.read(ours, 4096):
                shown += more_shown
        except OSError:
            pass  # the other end is closed: that is how a terminal ends
    os.close(ours)
    assert 0 == at.returncode
    return shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_a_terminal_is_told_what_is_awaited_and_gets_colours() -> None:
    shown = typed(b"Our supplier did it.")
    assert shown.startswith("Waiting for a text: type or paste it; ctrl+d ends it, on a line of its own.\r\n")
    assert "\x1b[4;31mOur supplier did\x1b[0m" in shown and "[1: " not in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_no_color_is_obeyed() -> None:
    shown = typed(b"Our supplier did it.", NO_COLOR="1")
    assert "\x1b" not in shown and "[1: Our supplier did]" in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_lines_of_json_on_a_terminal_are_awaited_too() -> None:
    shown = typed(b'{"text": "Hi"}', "--jsonl")
    assert shown.startswith("Waiting for lines of JSON: ") and '"overall": ' in shown


# -- for a pipe ------------------------------------------------------------------------------------------------


def test_lines_come_back_as_lines_in_their_order() -> None:
    line = {"id": "m1", "text": "We are sorry if you feel offended.", "channel": "public_reply", "severity": "crisis"}
    told = said("tone", "--jsonl", stdin=(json.dumps(line) + '\n\n{"id": 2, "text": "Thanks, Bo!"}').encode())
    assert (0, "") == (told.code, told.err)
    first, second = map(json.loads, told.out.splitlines())
    assert ("m1", 2) == (first["id"], second["id"])
    assert ["id", "overall", "dimensions", "evidence"] == list(first)
    assert 0 <= first["overall"] <= 1 and 17 == len(first["dimensions"])
    assert all(value is None or 0 <= value <= 1 for value in first["dimensions"].values())
    for item in first["evidence"]:
        assert ["dimension", "span", "rule", "why", "tip"] == list(item)
        start, end = item["span"]
        assert 0 <= start <= end <= len(line["text"])


def test_the_good_lines_are_answered_and_the_bad_ones_named_where_they_are(tmp_path: Path) -> None:
    bad = (
        (b'{"id": 2}', 1, "`text` is missing"),
        (b"[1]", 1, "expected an object with a `text`, got a list"),
        (b"{bad", 2, "not a JSON object"),
        (b'{"text": "\xc3\xa9\xff"}', 12, "this line is not UTF-8"),
        (b"[" * 100_000, 1, "nested too deeply"),
        (b'{"text": "a", "level": 9}', 15, "`level`: expected a number from 0 to 4 or L0 to L4, got 9"),
        (b'{"text": "\\"lang\\": x", "lang" : "english"}', 25, "`lang`: expected two letters"),
        (b'{"text": "a"} x', 15, "not a JSON object: extra data"),
        (b'{"text": "a", "id": 1e999}', 15, "`id`: expected a text or a number"),
        (b'{"text": "a", "id": NaN}', 15, "`id`: expected a text or a number"),
        (b'{"text": "a", "id": ' + b"9" * 5_000 + b"}", 1, "a number in it is too long"),
        (b'{\0"text": "a"}', 2, "not a JSON object"),
    )
    good = (b'\xef\xbb\xbf{"id": 1, "text": "Hi"}\r', b'{"id": "last", "text": "\\ud800"}')
    data = b"\n".join((good[0], *(line for line, _, _ in bad), good[1]))
    (tmp_path / "in.jsonl").write_bytes(data)
    for told, place in (
        (said("tone", "--jsonl", stdin=data), "standard input"),
        (said("tone", "--jsonl", tmp_path / "in.jsonl"), str(tmp_path / "in.jsonl")),
    ):
        assert 1 == told.code
        assert [1, "last"] == [json.loads(line)["id"] for line in told.out.splitlines()]
        named = told.err.splitlines()
        assert len(bad) == len(named)
        for number, ((_, column, what), line) in enumerate(zip(bad, named, strict=True), 2):
            assert line.startswith(f"{place}:{number}:{column}: ") and what in line, line


def test_options_that_each_line_has_are_misuse_with_jsonl() -> None:
    told = said("tone", "--jsonl", "--post", "Hi", "--level", "1", stdin=b'{"text": "a"}')
    assert (2, "") == (told.code, told.out)
    assert "leave out --post, --level" in told.err


def test_a_line_without_end_is_passed_over() -> None:
    stream = io.BytesIO(b'{"text": "a"}\n"' + b"x" * (2 * LONGEST_LINE) + b'"\n{"id": 3, "text": "b"}\n')
    answers = list(judge_lines(stream))
    assert [True, False, True] == [fine for _, fine in answers]
    assert answers[1][0] == "standard input:2:1: this line is longer than 4,000,000 bytes"


class Pipe(io.RawIOBase):
    """Gives line after line, and knows how many were taken."""

    def __init__(self, given: Iterator[bytes]) -> None:
        self.given, self.taken = given, 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.taken += 1
        return next(self.given, b"")


def test_lines_stream_and_nothing_of_them_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text.make.cache_clear()
    monkeypatch.setattr(judge, "_KEPT", 2_000)
    pipe = Pipe(json.dumps({"id": n, "text": f"We are sorry about train {n}."}).encode() + b"\n" for n in range(300))
    for number, (_, fine) in enumerate(judge_lines(pipe), 1):  # type: ignore[arg-type]
        assert fine and number == pipe.taken, "each line is answered before the next is read"
        assert text.make.cache_info().currsize < 150


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows tells memory differently")
def test_ten_thousand_lines_need_no_more_memory_than_a_thousand() -> None:
    code = (
        "import resource, sys; from tui.cli import _run; _run(['tone', '--jsonl']);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    peaks = []
    for count in (1_000, 10_000):
        message = "Number {0}: we are sorry about train {0}, and our driver calls you by noon. " * 4
        data = b"".join(json.dumps({"text": message.format(n)}).encode() + b"\n" for n in range(count))
        done = subprocess.run(
            [sys.executable, "-c", code], input=data, env=environment(), capture_output=True, check=True
        )
        assert count == len(done.stdout.splitlines())
        peaks.append(int(done.stderr))
    assert peaks[1] < peaks[0] * 1.1, peaks


@pytest.mark.skipif(os.name == "nt", reason="Windows has other pipes")
def test_a_reader_that_has_had_enough_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "tone", "--jsonl"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(b'{"text": "a"}\n')
        process.stdin.flush()
        assert b"overall" in process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b'{"text": "b"}\n')
        process.stdin.close()
        assert b"" == process.stderr.read()
