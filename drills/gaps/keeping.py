"""What a finished run asked for, kept beside its record, so that a later run need not analyse it again.

To load, score and analyse a four-hour run takes a quarter of a second; twenty earlier runs would keep a review waiting
for five. The file says of which run, marks and version it is, and is made anew when any of them differs. Deleting it
loses nothing.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from drills.errors import DrillError
from drills.gaps.earlier import EarlierRun
from drills.gaps.model import Improvement
from drills.journal import RECORD
from drills.overrides import OVERRIDES
from drills.record import write_whole
from drills.version import our_version

KEPT = "asked-for.json"
FORMAT = 1


def read(folder: Path) -> EarlierRun | None:
    """What was kept of a run; None where there is nothing, or nothing that still holds."""
    try:
        data = json.loads((folder / KEPT).read_text("utf-8"))
        if data["of"] != stamp(folder):
            return None
        return EarlierRun(folder.name, tuple(map(_improvement, data["improvements"])), tuple(map(str, data["shown"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write(folder: Path, run: EarlierRun, of: str) -> None:
    """Keep it. `of`: the `stamp` of what it was made from, taken before that was read. Where the folder can't be
    written, it is worked out again the next time."""
    data = {"of": of, "improvements": [asdict(one) for one in run.improvements], "shown": run.shown}
    with suppress(DrillError, OSError):
        write_whole(folder / KEPT, json.dumps(data, default=date.isoformat, indent=1) + "\n")


def stamp(folder: Path) -> str:
    """Which record, with which marks, by which version. Raises OSError where they can't be read."""
    marks = folder / OVERRIDES
    parts = [(folder / RECORD).read_bytes(), marks.read_bytes() if marks.is_file() else b""]
    digest = sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()
    return f"{FORMAT}/{our_version()}/{digest}"


def _improvement(data: dict[str, Any]) -> Improvement:
    days = {name: date.fromisoformat(data[name]) if data[name] else None for name in ("start", "due")}
    return Improvement(**{**data, **days})
