"""`stormdrill msel`: what is to come, for whoever writes or leads a drill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import said
from tests.drills.sessions import drill


@pytest.fixture
def mini(tmp_path: Path) -> str:
    drill(tmp_path)
    return str(tmp_path / "mini.yaml")


def test_everything_stands_at_its_moment_with_its_id(mini: str) -> None:
    told = said("msel", mini)
    assert told.code == 0 and told.err == ""
    rows = told.out.splitlines()
    (own,) = [row for row in rows if "  own  " in row]
    assert own.startswith("  T+0:00:00  own post")
    assert [row.split()[0] for row in rows if row.startswith("  T+")] == sorted(
        row.split()[0] for row in rows if row.startswith("  T+")
    )


def test_what_has_no_moment_stands_apart(mini: str) -> None:
    _, _, apart = said("msel", mini).out.partition("When a condition holds")
    waiting, _, loose = apart.partition("lets it loose")
    assert " still " in waiting and " thanks " in loose and " press " not in apart


def test_long_silences_are_shown_and_are_the_same_in_json(mini: str) -> None:
    data = json.loads(said("msel", mini, "--json").out)
    assert data["gaps_ms"] and all(end - start >= 600_000 for start, end in data["gaps_ms"])
    shown = [row.split()[-2] for row in said("msel", mini).out.splitlines() if "nothing for" in row]
    assert [(end - start) // 60_000 for start, end in data["gaps_ms"]] == [int(one) for one in shown]


def test_a_drill_that_is_not_there_is_told() -> None:
    told = said("msel", "no-such-drill")
    assert told.code != 0 and "no-such-drill" in told.err and "Traceback" not in told.err
