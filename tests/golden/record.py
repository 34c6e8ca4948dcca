"""Recorded runs: `python -m tests.golden.record` plays them again and writes down what they must come to.

Do that by hand, and only when a run is meant to come out differently: the draws have a new version, or a scenario, a
rule of tone or an action file here was changed. `--show` prints the fingerprints and writes nothing.

`run/` holds the record of a whole run as it lies on disk. It replays without Faker, without the rules of tone and
without the library. `forged/` is the same run with one action moved, and with right checks: a replay must notice.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills import joining
from drills.actions_file import play, read_actions
from drills.drill import Drill
from drills.journal import RECORD, Journal, read
from drills.record import header_of, recorded
from drills.session import Session
from drills.simulate import rehearse
from engine.setup import DRAWS
from tests.engine.worlds import STORY

FOLDER = Path(__file__).resolve().parent
EXPECTED = FOLDER / "fingerprints.json"
RUN, FORGED = FOLDER / "run", FOLDER / "forged"


@dataclass(frozen=True)
class Case:
    """A drill, what its team does, and its luck."""

    drill: str
    actions: str
    seed: int

    def __str__(self) -> str:
        return f"{self.actions} in {self.drill}, seed {self.seed}"

    def load(self) -> Drill:
        """The drill: the small story of the tests, or a shipped one."""
        return joining.from_texts({"scenario": STORY}) if self.drill == "mini" else joining.find(self.drill)

    @property
    def path(self) -> Path:
        """The action file."""
        return FOLDER / f"{self.actions}.jsonl"


CASES = (
    Case("mini", "mini-silent", 1),
    Case("mini", "mini-sorry", 1),
    Case("mini", "mini-sorry", 2**40 + 7),
    Case("mini", "mini-rude", 3),
    Case("brightpan-debate-night", "brightpan", 20121003),
    Case("stackfold-is-down", "stackfold", 315),
    Case("tarn-and-tide", "tarn-and-tide", 70),
    Case("cafe-lumo", "lumo-kind", 8),
    Case("cafe-lumo", "lumo-over-reaction", 8),
)


def came_to(case: Case) -> dict[str, Any]:
    """What a case comes to when it is played now."""
    run, undone = rehearse(case.load(), seed=case.seed, actions=read_actions(case.path))
    return {"fingerprint": run.fingerprint, "events": len(run.log), "void": len(undone), "ended_ms": run.ended_ms}


def all_of_them() -> dict[str, Any]:
    """Everything that is expected, as it is now."""
    return {"draws": DRAWS, "runs": {str(case): came_to(case) for case in CASES}}


def write_run() -> None:
    """Play the small story into `run/`, and forge a copy into `forged/`."""
    drill = CASES[0].load()
    header = header_of(drill, seed=1, pace=60, seat="SML", coach="off", started="2026-01-05T09:00:00+00:00")
    header["stormdrill"] = "recorded"  # any version must be able to read it
    header["cast"] = header["cast"][:60]  # enough to be a crowd, and small enough to keep
    header["words"] = {symbol: lines[:3] for symbol, lines in header["words"].items()}
    for folder in (RUN, FORGED):
        for path in folder.glob("*"):
            path.unlink()
    with Journal.create(RUN / RECORD, header) as journal:
        session = Session(recorded(header), journal, RUN, lambda: 0.0)
        play(session, read_actions(FOLDER / "mini-sorry.jsonl"))
    (RUN / "events.jsonl").unlink()
    _, *lines = read(RUN / RECORD).records
    with Journal.create(FORGED / RECORD, header) as journal:
        for line in forged(lines):
            journal.append(line, sync=False)


def forged(lines: list[Any]) -> Iterator[Any]:
    """The lines of a record, with the first statement a minute earlier than it was."""
    for line in lines:
        if line["kind"] == "action" and line["action"]["do"] == "publish" and line["action"]["kind"] == "holding":
            yield {**line, "action": {**line["action"], "at_ms": line["action"]["at_ms"] - 30_000}}
        else:
            yield line


if __name__ == "__main__":
    found = json.dumps(all_of_them(), indent=1) + "\n"
    if sys.argv[1:] == ["--show"]:
        print(found, end="")
    else:
        EXPECTED.write_text(found, "utf-8")
        write_run()
        print(f"written: {EXPECTED}, {RUN / RECORD}, {FORGED / RECORD}")
