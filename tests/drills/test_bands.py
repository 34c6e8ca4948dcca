"""Luck and skill: the same actions in worlds of other seeds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from drills import band_process
from drills import bands as luck
from drills.band_process import bands_of
from drills.bands import Band, Bands, Fate, Places, again, bands
from drills.errors import DrillError
from drills.joining import find
from drills.review_score import band_lines, band_words, luck_note
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import DIMENSIONS, Mark
from drills.simulate import rehearse
from engine.actions import Action
from engine.events import Ended, Published, Void
from tests.drills.scoring.runs import acted, by_hand, post
from tests.drills.sessions import Clock, let, started


@cache
def played(name: str, responder: str) -> Run:
    return rehearse(find(name), seed=3, responder=responder)[0]


def test_with_its_own_luck_the_same_actions_are_the_run() -> None:
    run, fate = played("brightpan-debate-night", "textbook"), Fate()
    other = again(run, run.setup.seed, fate)
    assert other is not None and other.fingerprint == run.fingerprint
    assert score(other).total == score(run).total
    assert fate.pieces > 50 and (fate.moved, fate.undone) == (0, 0)


def test_a_run_that_was_cut_is_cut_there_too() -> None:
    run = played("cafe-lumo", "textbook")
    half = [event for event in run.log if event.at_ms < 10 * 60_000]
    cut = replace(run, log=(*half, Ended(10 * 60_000, "stopped")))
    other = again(cut, 99, Fate())
    assert other is not None and not other.complete and other.ended_ms == 10 * 60_000


def test_the_band_is_the_same_again_and_lies_in_order() -> None:
    run = played("brightpan-debate-night", "boilerplate")
    one, two = bands(run, 4), bands(run, 4)
    assert one == two and one is not None and one.runs == 4
    assert one.total.low <= one.total.high and 0 <= one.undone < 0.5
    totals = [score(other).total for seed in range(4, 8) if (other := again(run, seed, Fate())) is not None]
    assert min(totals) <= one.total.low and one.total.high <= max(totals)


def test_an_empty_record_of_actions_has_a_band_of_silence() -> None:
    found = bands(played("cafe-lumo", "silent"), 3)
    assert found is not None
    assert (found.undone, found.moved, found.dimensions["tone"]) == (0, 0, None)
    assert found.total.low == pytest.approx(score(played("cafe-lumo", "silent")).total)


def test_somebody_who_leaves_stops_it() -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 5

    assert bands(played("cafe-lumo", "textbook"), 12, stopped=stopped) is None
    assert len(asked) == 6


def test_what_rests_on_somebodys_word_waits_for_it() -> None:
    """A colleague who is slower there makes nobody publish without leave."""
    run = played("brightpan-debate-night", "slow")
    resting = {action.id for action in run.actions() if action.approval not in ("", "emergency")}
    assert resting
    for seed in range(4, 8):
        other = again(run, seed, Fate())
        assert other is not None
        assert not [event for event in other.log if isinstance(event, Void) and "approval" in event.why]
        assert resting <= {event.action for event in other.log if isinstance(event, Published)}


def test_an_evaluators_marks_hold_in_every_world() -> None:
    run = played("cafe-lumo", "textbook")
    found = bands(run, 3, (Mark("G-LIE", 12.0, "why", "who"),))
    assert found is not None and found.total == Band(12, 12)


# -- where a target is found -------------------------------------------------------------------------------------


def reply(*targets: str) -> Action:
    return acted(10, "reply", target=targets[0], also=targets[1:]).action


def places(*theirs: object, ours: tuple[object, ...] = (), action: Action | None = None) -> Places:
    """What the team knew, and what is there in the other world."""
    done = [acted(10, "reply", target=action.target, also=action.also)] if action else []
    found = Places(by_hand(*ours, *done))  # type: ignore[arg-type]
    for event in theirs:
        found.hear(event)  # type: ignore[arg-type]
    return found


def test_a_post_that_is_there_is_itself_and_one_that_is_not_becomes_the_nearest_of_its_kind() -> None:
    ours = (post(2, "a"), post(5, "b"))
    fate = Fate()
    found = places(post(2, "a"), post(9, "far"), post(6, "near"), post(5, "else", "question"), ours=ours)
    placed, lost = found.placed(reply("a", "b"), fate)
    assert placed is not None and (placed.target, placed.also, lost) == ("a", ("near",), 0)
    assert fate.moved == 1


def test_two_are_never_found_in_one_and_the_same_is_found_again() -> None:
    found = places(post(6, "only"), ours=(post(5, "b"), post(6, "c")))
    first, lost = found.placed(reply("b", "c"), Fate())
    assert first is not None and (first.target, first.also, lost) == ("only", (), 1)
    second, _ = found.placed(reply("b"), Fate())
    assert second is not None and second.target == "only"


def test_where_nothing_of_the_kind_is_left_nothing_is_done() -> None:
    found = places(post(6, "other", theme="money"), ours=(post(5, "b"),))
    assert (None, 1) == found.placed(reply("b"), Fate())


def test_the_same_name_of_another_kind_is_another_post() -> None:
    found = places(post(5, "b", "question"), post(7, "kin"), ours=(post(5, "b"),))
    placed, _ = found.placed(reply("b"), Fate())
    assert placed is not None and placed.target == "kin"


def test_whoever_answered_all_of_a_kind_answers_all_of_it() -> None:
    ours = (post(2, "a"), post(3, "b"))
    action = reply("a", "b")
    there = [post(minute, f"n{minute}") for minute in range(2, 7)]
    placed, _ = places(*there, ours=ours, action=action).placed(action, Fate())
    assert placed is not None and len({placed.target, *placed.also}) == 5
    one = reply("a")
    placed, _ = places(*there, ours=ours, action=one).placed(one, Fate())
    assert placed is not None and not placed.also


def test_what_is_no_post_stays_itself() -> None:
    placed, lost = places().placed(acted(5, "pause", target="ad").action, Fate())
    assert placed is not None and (placed.target, lost) == ("ad", 0)


# -- in words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("band", "words"), [(Band(68.9, 79.99), "68 to 79"), (Band(65.2, 65.9), "65")])
def test_a_band_is_told_in_whole_points(band: Band, words: str) -> None:
    assert band_words(band) == words


def test_what_could_not_be_done_is_said() -> None:
    found = Bands(12, Band(60, 70), dict.fromkeys(DIMENSIONS), undone=0.12, moved=0.0)
    assert luck_note(found).endswith("12 % could not be done there, so these numbers are a little low.")
    assert "another post" not in luck_note(found)
    told = list(band_lines(score(played("cafe-lumo", "textbook")), found))
    assert "96 (60 to 70 with other luck)" in told[0]


def test_the_tenth_and_the_ninetieth_percentile() -> None:
    assert luck._band([float(n) for n in range(11)]) == Band(1, 9)
    assert luck._band([7.0]) == Band(7, 7)


# -- in a process of its own -------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A run that has ended, on disk."""
    clock = Clock()
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("reply", target="ruth-asks", text="No, Ruth, it was not, and I am sorry. — Ana")
    let(session, clock, 60)
    session.close()
    return session.path


def test_another_process_finds_the_same(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "__init__.py").write_text("raise SystemExit(3)", "utf-8")
    monkeypatch.chdir(tmp_path)  # a folder of that name where the user stands is not ours
    assert bands_of(kept, lambda: False) == luck.of_run(kept)


def test_a_process_that_nobody_waits_for_is_ended(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(band_process, "_LOOKS_S", 0.001)
    assert bands_of(kept, lambda: True) is None


def test_a_run_that_cannot_be_played_again_has_no_bands(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(DrillError, match="no record"):
        bands_of(tmp_path / "nowhere", lambda: False)
    (kept / "record.jsonl").write_bytes(b"{}\n")
    with pytest.raises(DrillError, match="can't be played again"):
        bands_of(kept, lambda: False)
