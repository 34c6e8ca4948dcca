"""The record of a run on disk: JSON lines that survive being killed anywhere.

Rules
1. One record is one line, one `os.write` on a descriptor opened to append. A record is confirmed when
   `append` has returned; with `sync=True` it then survives a power cut too.
2. Each line ends with its own check, `"#"`: four bytes of BLAKE2b over the line without it. A line is good
   only if writing its record again gives the same bytes.
3. What a crash can leave is a bad tail. It is cut off on opening, and `torn_bytes` says so. A bad line with a
   good one after it is damage, which nobody may mend silently: it is refused, with its number.
4. One writer: the file is locked for the journal's life. Reading needs no lock and changes nothing.
5. A write that fails takes its bytes back, so the file never holds what was not confirmed.

A record's kind (header, action, steer, clock, mark, stop, end) is its writer's business; only the key `kind` is
required.
"""

import contextlib
import errno
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from drills.errors import DrillError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
"""What a record may hold; no NaN, no infinity, and keys are strings."""

Record: TypeAlias = Mapping[str, Json]
"""One line of the record, without its check."""

RECORD, EVENTS, DRAFTS = "record.jsonl", "events.jsonl", "drafts.json"
SEAT = "seat"
"""Whose copy of a room's run it is: in the folder of whoever had joined, not in the host's."""
"""The files of a run's folder: this record, the events it led to, and texts that were begun."""

CHECK = "#"
"""The key under which a line carries its check."""

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}
_LOCK_OFFSET = 1 << 30  # Windows locks are mandatory, so the locked byte lies where no record ever will.


class JournalError(DrillError):
    """A record that cannot be written, read or trusted."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a record file still says."""

    records: tuple[Record, ...]
    """Every good record, from the first line on."""
    torn_bytes: int
    """Length of the bad tail that follows them; 0 for a whole file."""


class Journal:
    """The one writer of one run's record. Use one at a time per run, from one thread at a time."""

    def __init__(self, path: Path, descriptor: int, recovered: Recovered, size: int) -> None:
        """For `create` and `open` alone, which see to the lock."""
        self._path = path
        self._descriptor: int | None = descriptor
        self._recovered = recovered
        self._size = size
        self._broken = False

    @classmethod
    def create(cls, path: Path, header: Record) -> Self:
        """Start a record that no file holds yet; its header is on disk when this returns."""
        line = _encode({"kind": "header", **header})
        try:
            _make_directory(path.parent)
            descriptor = _open(path, os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            raise JournalError("a record exists already", str(path), "choose another name") from None
        except OSError as error:
            raise _refusal(error, path) from error
        try:
            _lock(descriptor, path)
            journal = cls(path, descriptor, Recovered((_decode(line),), 0), 0)
            journal._write(line, sync=True)
            _sync_directory(path.parent)
        except BaseException as error:
            os.close(descriptor)
            with contextlib.suppress(OSError):
                path.unlink()  # nobody was told of it, and an empty record would only be in the way
            if isinstance(error, OSError):
                raise _refusal(error, path) from error
            raise
        _leave_pid(path)
        return journal

    @classmethod
    def open(cls, path: Path) -> Self:
        """Go on with a record: lock it, read it, and cut off what a crash left behind."""
        try:
            descriptor = _open(path, 0)
        except OSError as error:
            raise _refusal(error, path) from error
        try:
            _lock(descriptor, path)
            recovered, size = _recover(path)
            if not recovered.records:
                raise JournalError("the run was cut off before it began", str(path), "delete it")
            if recovered.torn_bytes:
                os.ftruncate(descriptor, size)
                _sync(descriptor)
        except BaseException as error:
            os.close(descriptor)
            if isinstance(error, OSError):
                raise _refusal(error, path) from error
            raise
        _leave_pid(path)
        return cls(path, descriptor, recovered, size)

    @property
    def records(self) -> tuple[Record, ...]:
        """The records as they were found on opening; later ones are the writer's to remember."""
        return self._recovered.records

    @property
    def torn_bytes(self) -> int:
        """How much was cut off on opening, so that one can say so."""
        return self._recovered.torn_bytes

    def append(self, record: Record, *, sync: bool) -> None:
        """Confirm one record: it is in the file when this returns, and safe from a power cut if synced."""
        self._write(_encode(record), sync=sync)

    def close(self) -> None:
        """Let the record go; another may open it then."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                _pid_file(self._path).unlink()
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write(self, line: bytes, *, sync: bool) -> None:
        if self._descriptor is None:
            raise JournalError("the record is closed", str(self._path), "open it again")
        if self._broken:
            raise JournalError("an earlier write failed", str(self._path), "resume the run to go on")
        try:
            if os.write(self._descriptor, line) != len(line):
                # The system wrote what it had room for, and only the next write would say why.
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self._take_back()
            raise _refusal(error, self._path) from error
        try:
            if sync:
                _sync(self._descriptor)
        except OSError as error:
            self._take_back()
            self._broken = True  # After a failed sync nobody knows what the disk holds; only reading tells.
            raise _refusal(error, self._path) from error
        self._size += len(line)

    def _take_back(self) -> None:
        assert self._descriptor is not None
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError:
            self._broken = True


def read(path: Path) -> Recovered:
    """What the record says now, whoever is writing it; a torn tail is reported and left alone."""
    try:
        return _recover(path)[0]
    except OSError as error:
        raise _refusal(error, path) from error


def _encode(record: Record) -> bytes:
    """One record as its line. The order of keys is kept, since a replay walks them as the run did."""
    if not isinstance(record.get("kind"), str) or CHECK in record:
        raise ValueError(f"a record needs a kind and may not hold {CHECK!r}: {record!r:.200}")
    body = json.dumps(dict(record), separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    if json.loads(body) != record:
        raise ValueError(f"a record would be read back as something else: {record!r:.200}")
    check = blake2b(body.encode(), digest_size=4).hexdigest()
    return f'{body[:-1]},"{CHECK}":"{check}"}}\n'.encode()


def _decode(line: bytes) -> dict[str, Json]:
    """The record of one line with its newline; ValueError unless it is good to the byte."""
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError("not a record")
        record.pop(CHECK, None)
        if _encode(record) != line:
            raise ValueError("fails its check")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return record


def _recover(path: Path) -> tuple[Recovered, int]:
    """The good records of a file, and the length that they take up."""
    content = path.read_bytes()
    records: list[Record] = []
    size = 0
    bad_line = 0
    for number, line in enumerate(BytesIO(content), start=1):
        try:
            record = _decode(line)
        except ValueError:
            bad_line = bad_line or number
            continue
        if bad_line:
            raise JournalError(
                "the record is damaged, and good records follow",
                f"{path}, line {bad_line}",
                "restore the file from a copy",
            )
        records.append(record)
        size += len(line)
    return Recovered(tuple(records), len(content) - size), size


def _open(path: Path, flags: int) -> int:
    flags |= os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600)


def _make_directory(directory: Path) -> None:
    """Make what is missing, for this user's eyes only; what exists keeps its mode."""
    if directory.is_dir():
        return
    _make_directory(directory.parent)
    directory.mkdir(mode=0o700, exist_ok=True)
    _sync_directory(directory.parent)


def _sync(descriptor: int) -> None:
    """Wait until the disk itself has it; each system has another word for that."""
    if sys.platform == "darwin":
        with contextlib.suppress(OSError):  # some network disks do not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    if hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def _sync_directory(directory: Path) -> None:
    """Make a new name durable too. Windows has no call for that and needs none."""
    if sys.platform != "win32":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    """Claim the file until its descriptor is closed, by us or by our death."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
            raise JournalError("this disk locks no files", str(path), "keep runs on a local disk") from error
        writer = _pid_of_writer(path)
        who = f"another stormdrill (process {writer})" if writer else "another stormdrill"
        raise JournalError(f"{who} is writing this run", str(path), "close it there first") from None


def _pid_file(path: Path) -> Path:
    return path.with_name(path.name + ".pid")


def _leave_pid(path: Path) -> None:
    """Say who writes. Only a courtesy to whom the lock turns away, so it may fail or outlive us."""
    with contextlib.suppress(OSError):
        descriptor = os.open(_pid_file(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, f"{os.getpid()}\n".encode())
        finally:
            os.close(descriptor)


def _pid_of_writer(path: Path) -> int | None:
    try:
        return int(_pid_file(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _refusal(error: OSError, path: Path) -> JournalError:
    """The system's word, in ours."""
    if error.errno in _NO_ROOM:
        return JournalError(
            "the disk is full", str(path), "free some space and try again, nothing confirmed so far is lost"
        )
    if error.errno == errno.ENOENT:
        return JournalError("there is no such record", str(path), "see `stormdrill runs`")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return JournalError("this record may not be opened", str(path), "check who owns it")
    return JournalError(f"the disk refused ({error.strerror})", str(path), "check it and resume the run")
