"""Card sittings on disk: what a crash leaves, what damage costs, who may read it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from drills.errors import DrillError
from drills.practice import sittings
from drills.practice.dealing import Answer, assess
from tests.drills.practice.exercises import RIGHT, hand

NOON, LATER = "2026-11-22T12:00:00+01:00", "2026-11-22T12:04:00+01:00"


def played(home: Path) -> str:
    """A sitting with two right answers, kept from beginning to end."""
    id_ = sittings.begin(home, hand(), NOON)
    for answer in RIGHT.values():
        sittings.keep(home, id_, answer)
    sittings.end(home, id_, assess(hand(), RIGHT), LATER)
    return id_


def test_nothing_was_played_where_there_is_no_file(tmp_path: Path) -> None:
    assert sittings.Kept((), ()) == sittings.read(tmp_path / "none")


def test_a_sitting_comes_back_whole(tmp_path: Path) -> None:
    id_ = played(tmp_path)
    (one,) = sittings.read(tmp_path).sittings
    assert (id_, "cold-soup", "classify", "MD-02", 1) == (one.id, one.exercise, one.skill, one.ladder, one.seed)
    assert list(RIGHT.values()) == one.answers
    assert (NOON, LATER, True, 2, 3) == (one.began, one.ended, one.passed, one.right, one.of)


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    played(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / sittings.FILE).stat().st_mode)


def test_cut_anywhere_it_loses_no_more_than_the_last_line(tmp_path: Path) -> None:
    """And what is kept after the cut is whole, with not a word about damage."""
    played(tmp_path)
    whole = (tmp_path / sittings.FILE).read_bytes()
    for cut in range(len(whole)):
        home = tmp_path / str(cut)
        home.mkdir()
        (home / sittings.FILE).write_bytes(whole[:cut])
        kept = sittings.read(home)
        lines = whole[:cut].count(b"\n")
        assert () == kept.problems
        assert (lines > 0) == bool(kept.sittings)
        assert sum(len(one.answers) for one in kept.sittings) == max(0, min(2, lines - 1))
        after = sittings.begin(home, hand(), LATER)
        kept = sittings.read(home)
        assert () == kept.problems, cut
        assert after == kept.sittings[-1].id


@pytest.mark.parametrize("bad", [b"not a record", b"[]", b'{"kind":"card","sitting":"nobody"}', b'{"kind":7}', b"\xff"])
def test_damage_is_told_with_its_line_and_the_rest_counts(tmp_path: Path, bad: bytes) -> None:
    played(tmp_path)
    path = tmp_path / sittings.FILE
    first, second, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second + bad + b"\n" + b"".join(rest))
    kept = sittings.read(tmp_path)
    assert [f"{path}, line 3: this line can't be read; what it said does not count"] == list(kept.problems)
    assert kept.sittings[0].passed


def test_a_day_that_is_none_is_damage(tmp_path: Path) -> None:
    sittings.begin(tmp_path, hand(), "yesterday")
    kept = sittings.read(tmp_path)
    assert ((), 1) == (kept.sittings, len(kept.problems))


def test_an_open_sitting_goes_on_with_its_own_hand_only(tmp_path: Path) -> None:
    id_ = sittings.begin(tmp_path, hand(seed=5), NOON)
    sittings.keep(tmp_path, id_, Answer("soup", "crisis"))
    (one,) = sittings.read(tmp_path).sittings
    assert one.goes_on_with(hand(seed=5))
    assert not one.goes_on_with(hand(seed=6))


def test_a_folder_that_cannot_be_written_is_told_as_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DrillError, match="your practice can't be kept"):
        sittings.begin(tmp_path / "file", hand(), NOON)
