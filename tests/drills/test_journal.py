"""The record on disk: what is confirmed stays, what is damaged is not believed, and one writes at a time."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.journal import Journal, JournalError, Json, read

ROOT = Path(__file__).resolve().parents[2]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
journal_records = st.builds(
    lambda kind, rest: {"kind": kind, **rest},
    st.sampled_from(["action", "clock", "mark", "end"]),
    st.dictionaries(st.text().filter(lambda key: key not in {"kind", "#"}), json_values, max_size=5),
)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes, signals and limits")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "run.jsonl"


def action(number: int) -> dict[str, Json]:
    return {"kind": "action", "number": number, "text": f"We are looking into it, № {number}"}


def write_run(path: Path, records: list[dict[str, Json]]) -> bytes:
    with Journal.create(path, {"drill": "a"}) as journal:
        for record in records:
            journal.append(record, sync=False)
    return path.read_bytes()


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    """A file that hypothesis' examples may overwrite, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "run.jsonl"


# What is written is read


@given(records=st.lists(journal_records, max_size=6))
def test_any_records_are_read_back_as_they_were_written(
    records: list[dict[str, Json]], scratch: Path
) -> None:
    scratch.unlink(missing_ok=True)
    content = write_run(scratch, records)

    expected = ({"kind": "header", "drill": "a"}, *records)
    assert expected == read(scratch).records
    assert content.isascii()
    assert content.count(b"\n") == len(expected)
    with Journal.open(scratch) as journal:
        assert expected == journal.records
        assert journal.torn_bytes == 0


def test_keys_keep_their_order_because_a_replay_walks_them(path: Path) -> None:
    write_run(path, [{"kind": "action", "b": 1, "a": {"z": 1, "y": 2}}])

    record = read(path).records[1]

    assert list(record) == ["kind", "b", "a"]
    assert str(record["a"]) == "{'z': 1, 'y': 2}"


def test_a_journal_that_is_opened_again_goes_on_where_it_was(path: Path) -> None:
    write_run(path, [action(1)])
    with Journal.open(path) as journal:
        journal.append(action(2), sync=True)

    assert [record.get("number") for record in read(path).records] == [None, 1, 2]


@pytest.mark.parametrize(
    "record",
    [
        {"number": 1},
        {"kind": "action", "#": "0"},
        {"kind": "action", "share": float("nan")},
        {"kind": "action", 1: "an integer key would come back as a string"},
        {"kind": "action", "pair": (1, 2)},
    ],
)
def test_a_record_that_would_not_come_back_the_same_is_not_taken(path: Path, record: dict[str, Json]) -> None:
    with Journal.create(path, {}) as journal, pytest.raises(ValueError):
        journal.append(record, sync=False)
    assert len(read(path).records) == 1


# What is damaged is not believed


@given(data=st.data())
def test_a_run_cut_anywhere_keeps_every_whole_record(data: st.DataObject, scratch: Path) -> None:
    scratch.unlink(missing_ok=True)
    content = write_run(scratch, data.draw(st.lists(journal_records, min_size=1, max_size=5)))
    whole = read(scratch).records
    cut = data.draw(st.integers(0, len(content)))
    scratch.write_bytes(content[:cut])

    recovered = read(scratch)

    kept = content[:cut].count(b"\n")
    assert whole[:kept] == recovered.records
    assert recovered.torn_bytes == cut - (content[:cut].rfind(b"\n") + 1)
    assert scratch.stat().st_size == cut, "reading changes nothing"
    if kept:
        with Journal.open(scratch) as journal:
            assert (whole[:kept], recovered.torn_bytes) == (journal.records, journal.torn_bytes)
        assert (whole[:kept], 0) == (read(scratch).records, read(scratch).torn_bytes)


@given(data=st.data())
def test_a_flipped_byte_is_refused_in_the_middle_and_cut_off_in_the_last_line(
    data: st.DataObject, scratch: Path
) -> None:
    scratch.unlink(missing_ok=True)
    content = bytearray(write_run(scratch, data.draw(st.lists(journal_records, min_size=1, max_size=5))))
    whole = read(scratch).records
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    scratch.write_bytes(content)

    damaged = read_or_none(scratch)

    # A newline that became something else welds its line to the next, so that one may be the last too.
    ends = [index for index, byte in enumerate(bytes(content)) if byte == 0x0A]
    if damaged is None:
        assert place <= ends[-2]
    else:
        assert whole[: len(damaged)] == damaged
        assert len(whole) - len(damaged) in {1, 2}


def read_or_none(path: Path) -> tuple[object, ...] | None:
    try:
        return read(path).records
    except JournalError:
        return None


def test_damage_before_good_records_names_its_line_and_changes_nothing(path: Path) -> None:
    content = write_run(path, [action(1), action(2)])
    damaged = content.replace(b'"number":1', b'"number":7')
    path.write_bytes(damaged)

    for attempt in (read, Journal.open):
        with pytest.raises(JournalError, match=r"run\.jsonl, line 2: the record is damaged"):
            attempt(path)
    assert damaged == path.read_bytes()


def test_a_valid_check_does_not_excuse_another_spelling(path: Path) -> None:
    content = write_run(path, [{"kind": "action", "text": "é"}])
    path.write_bytes(content.replace(b"\\u00e9", b"\\u00E9"))

    assert len(read(path).records) == 1


def test_a_hostile_file_is_a_torn_one(path: Path) -> None:
    content = write_run(path, [])
    path.write_bytes(content + b"[" * 200_000 + b"\n")

    assert read(path).torn_bytes == 200_001


def test_a_run_cut_off_in_its_header_is_refused_with_a_remedy(path: Path) -> None:
    content = write_run(path, [])
    path.write_bytes(content[:5])

    assert read(path).records == ()
    with pytest.raises(JournalError, match="cut off before it began; delete it"):
        Journal.open(path)
    assert content[:5] == path.read_bytes()


# Files


@posix_only
def test_only_the_user_can_read_a_run(path: Path) -> None:
    write_run(path, [])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_new_run_never_overwrites_an_old_one(path: Path) -> None:
    content = write_run(path, [action(1)])

    with pytest.raises(JournalError, match="exists already"):
        Journal.create(path, {})
    assert content == path.read_bytes()


def test_a_missing_run_is_one_sentence(path: Path) -> None:
    for attempt in (read, Journal.open):
        with pytest.raises(JournalError, match=r"there is no such record; see `stormdrill runs`\.$"):
            attempt(path)


def test_nothing_but_the_record_remains_after_closing(path: Path) -> None:
    write_run(path, [])
    assert [path] == list(path.parent.iterdir())


def test_a_closed_journal_takes_nothing(path: Path) -> None:
    journal = Journal.create(path, {})
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="closed"):
        journal.append(action(1), sync=False)


# A disk that fails


def test_a_write_that_half_succeeds_leaves_no_trace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Journal.create(path, {}) as journal:
        journal.append(action(1), sync=True)
        write = os.write
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:10]))
            with pytest.raises(JournalError, match="the disk is full"):
                journal.append(action(2), sync=True)
        journal.append(action(3), sync=True)

    assert [1, 3] == [record["number"] for record in read(path).records[1:]]
    assert read(path).torn_bytes == 0


def test_after_a_failed_sync_only_reading_tells_so_nothing_more_is_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    journal = Journal.create(path, {})
    journal.append(action(1), sync=True)
    with monkeypatch.context() as patch:
        patch.setattr("drills.journal._sync", fail)
        with pytest.raises(JournalError, match="the disk refused"):
            journal.append(action(2), sync=True)
    with pytest.raises(JournalError, match="resume the run"):
        journal.append(action(3), sync=True)
    journal.close()

    assert [1] == [record["number"] for record in read(path).records[1:]]


def run_child(program: str, path: Path) -> "subprocess.Popen[str]":
    """A real process that says on its standard output what it has had confirmed."""
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


FILL = """
import resource, sys
from pathlib import Path
from drills.journal import Journal, JournalError
journal = Journal.create(Path(sys.argv[1]), {})
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
number = 0
try:
    while True:
        journal.append({"kind": "action", "number": number}, sync=True)
        number += 1
except JournalError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
journal.append({"kind": "action", "number": number}, sync=True)
print(number)
"""


@posix_only
def test_a_file_that_may_not_grow_loses_nothing_and_goes_on_when_it_may(path: Path) -> None:
    child = run_child(FILL, path)
    output, errors = child.communicate(timeout=60)

    assert child.returncode == 0, errors
    message, last = output.splitlines()
    assert "the disk is full; free some space and try again" in message
    recovered = read(path)
    assert list(range(int(last) + 1)) == [record["number"] for record in recovered.records[1:]]
    assert recovered.torn_bytes == 0


# One writer, and what happens when it dies

HOLD = """
import sys
from pathlib import Path
from drills.journal import Journal
with Journal.create(Path(sys.argv[1]), {}):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_the_first_is(path: Path) -> None:
    child = run_child(HOLD, path)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"

    with pytest.raises(JournalError, match=rf"stormdrill \(process {child.pid}\) is writing this run"):
        Journal.open(path)
    assert len(read(path).records) == 1, "reading needs no lock"

    child.communicate("", timeout=60)
    Journal.open(path).close()


def test_a_second_writer_in_the_same_process_is_turned_away_too(path: Path) -> None:
    with Journal.create(path, {}), pytest.raises(JournalError, match="is writing this run"):
        Journal.open(path)


ACT = """
import sys
from pathlib import Path
from drills.journal import Journal
path = Path(sys.argv[1])
journal = Journal.open(path) if path.exists() else Journal.create(path, {})
number = sum(record["kind"] == "action" for record in journal.records)
print("ready", flush=True)
while True:
    journal.append({"kind": "mark", "at_ms": number}, sync=False)
    journal.append({"kind": "action", "number": number, "text": "x" * (number % 3000)}, sync=True)
    print(number, flush=True)
    number += 1
"""


def kill_and_resume(path: Path, rounds: int, moments: random.Random) -> None:
    for _ in range(rounds):
        child = run_child(ACT, path)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", child.communicate()[1]
        time.sleep(moments.uniform(0.0, 0.15))  # when the kill falls is the test, not a wait for anything
        child.send_signal(signal.SIGKILL)
        lines = child.communicate(timeout=60)[0].splitlines(keepends=True)
        acknowledged = [int(line) for line in lines if line.endswith("\n")]  # the last may be cut short

        numbers = [record["number"] for record in read(path).records if record["kind"] == "action"]

        assert list(range(len(numbers))) == numbers
        assert len(numbers) > max(acknowledged, default=-1)


@posix_only
def test_killed_anywhere_nothing_acknowledged_is_lost(path: Path) -> None:
    kill_and_resume(path, 5, random.Random())


@posix_only
@pytest.mark.slow
def test_killed_fifty_times_nothing_acknowledged_is_lost(path: Path) -> None:
    kill_and_resume(path, 50, random.Random())
