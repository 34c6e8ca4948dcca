"""What if: the same luck under two courses of action."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from drills import joining
from drills.actions_file import parse_actions, read_actions
from drills.differs import differences, differs_lines
from drills.drill import Drill
from drills.scoring.card import Gate
from drills.simulate import rehearse
from drills.whatif import SHOWN, Difference, compare
from engine.events import Posted
from scenarios.source import SourceError
from tests.drills.sessions import drill

SORRY = (
    '{"at": "T+3m", "do": "delete", "target": "own", "kind": "said"}\n'
    '{"at": "T+5m", "do": "publish", "kind": "holding", "channels": "flit",'
    ' "text": "That was unkind and it was ours. I am sorry. — Ana"}\n'
)
RUDE = (
    '{"at": "T+5m", "do": "publish", "kind": "holding", "channels": "flit",'
    ' "text": "Calm down. You have misunderstood our position, it was your own fault."}\n'
)


@pytest.fixture
def mini(tmp_path: Path) -> Drill:
    """The small story."""
    return drill(tmp_path)


def compared(mini: Drill, folder: Path, before: str, after: str, seed: int = 2) -> Difference:
    """Two courses from their texts."""
    (folder / "a.jsonl").write_text(before, "utf-8")
    (folder / "b.jsonl").write_text(after, "utf-8")
    return compare(mini, folder / "a.jsonl", folder / "b.jsonl", seed=seed)


def test_the_same_course_makes_no_difference(mini: Drill, tmp_path: Path) -> None:
    same = compared(mini, tmp_path, SORRY, SORRY)
    assert ((), ()) == (same.prevented, same.new)
    assert same.same == len(same.before[0].posts())
    assert same.before[0].fingerprint == same.after[0].fingerprint
    data = same.as_data()
    assert same.same == data["same"]
    assert data["actions"] == data["instead"]


def test_turned_round_what_was_new_was_prevented(mini: Drill, tmp_path: Path) -> None:
    there, back = compared(mini, tmp_path, RUDE, SORRY), compared(mini, tmp_path, SORRY, RUDE)
    assert there.prevented and there.new
    assert there.prevented == back.new and there.new == back.prevented
    assert there.after[1].total > there.before[1].total


def test_nothing_differs_before_the_first_different_action(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, "", SORRY)
    assert all(post.at_ms >= 180_000 for post in (*difference.prevented, *difference.new))
    before, after = (
        [event for event in run.log if event.at_ms < 180_000] for run, _ in (difference.before, difference.after)
    )
    assert before == after


def test_posts_with_the_same_key_keep_their_author_and_moment(mini: Drill, tmp_path: Path) -> None:
    """Luck has no memory: what both worlds have is the same people at the same moments."""
    difference = compared(mini, tmp_path, RUDE, SORRY)
    old, new = ({post.key: post for post in run.posts()} for run, _ in (difference.before, difference.after))
    both = set(old) & set(new)
    assert len(both) > 5
    assert len(both) == difference.same

    def who(post: Posted) -> tuple[str, int, str]:
        return post.author, post.at_ms, post.parent

    assert {key: who(old[key]) for key in both} == {key: who(new[key]) for key in both}


def test_none_of_our_own_texts_counts_as_a_post(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, "", SORRY)
    assert "brand" not in {post.author for post in (*difference.prevented, *difference.new)}


def test_it_is_told_in_words(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, RUDE, SORRY)
    title, *lines = difference.as_text()
    assert "A small storm, seed 2" == title
    differs, totals, counts = [line for line in lines if not line.startswith(" ")][:3]
    assert differs.startswith("Differs: delete said own, T+3m, only instead")
    assert totals.startswith("total ") and totals.endswith(" instead")
    many = len(difference.prevented)
    assert f"{many} posts prevented, {len(difference.new)} new, {difference.same} the same" == counts
    prevented = [line for line in lines if line.startswith("  prevented")]
    assert min(SHOWN, len(difference.prevented)) == len(prevented)
    views = [difference.before[0].desk.posts[post.key] for post in difference.prevented]
    first = max(views, key=lambda view: view.reach)
    assert first.text and first.handle in prevented[0]
    assert " ".join(first.text.split()) in " ".join(" ".join(lines).split())
    for width in (60, 80, 120):
        rows = difference.as_text(width)
        assert max(len(row) for row in rows if " " in row.strip()) <= width
        assert set(" ".join(rows).split()) == set(" ".join(difference.as_text(1000)).split()), "no word is broken"


def test_a_total_that_a_gate_holds_is_told(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, RUDE, SORRY)
    (run, card), after = difference.before, difference.after
    gate = Gate("G-SAFE", "Safety first", 49, "why")
    held = replace(card, total=49, raw=70, gates=(gate,))
    assert "Total held at 49 by G-SAFE, as it was" in replace(difference, before=(run, held)).as_text()
    both = replace(difference, before=(run, held), after=(after[0], held)).as_text()
    assert "Total held at 49 by G-SAFE, in both" in both
    free = replace(card, gates=())
    assert "held" not in "".join(replace(difference, before=(run, free), after=(after[0], free)).as_text())


def test_the_peak_of_anger_stands_beside_the_scores(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, RUDE, SORRY)
    peaks = [max(anger for _, anger in run.desk.mood_history) for run, _ in (difference.before, difference.after)]
    row = next(line for line in difference.as_text() if line.startswith("Peak anger"))
    assert [*map(str, peaks), f"{peaks[1] - peaks[0]:+}"] == row.split()[2:]


# -- what differs ----------------------------------------------------------------------------------------------


def told(before: list[dict[str, object]], after: list[dict[str, object]]) -> list[str]:
    """The lines about two courses."""
    old, new = (parse_actions([json.dumps(one) for one in course], "x") for course in (before, after))
    return differs_lines(differences(old, new))


HOLDING: dict[str, object] = {"at": 32, "do": "publish", "kind": "holding", "channels": "flit", "text": "More at noon."}


def test_what_is_done_earlier_is_told_with_both_moments() -> None:
    assert ["Differs: publish holding, T+32m → T+22m"] == told([HOLDING], [{**HOLDING, "at": 22}])


def test_other_words_another_level_and_another_seat_are_told() -> None:
    other = {**HOLDING, "at": 22, "text": "We are so sorry.", "seat": "COM"}
    classify = {"at": 1, "do": "classify", "level": "L2"}
    assert told([classify, HOLDING], [{**classify, "level": "L3"}, other]) == [
        "Differs: classify, level, L2 → L3",
        "         publish holding, T+32m → T+22m",
        "         publish holding, seat, first → COM",
        "         publish holding, text, “More at noon.” → “We are so sorry.”",
    ]


def test_what_stands_in_one_course_only_is_told_and_the_same_is_not() -> None:
    reply = {"at": 0, "do": "reply", "target": {"latest": "any"}, "text": "Thank you."}
    assert ["Differs: nothing"] == told([HOLDING, reply], [reply, HOLDING])
    assert ['Differs: reply {"latest": "any"}, T+0m, only instead'] == told([HOLDING], [reply, HOLDING])
    assert ["Differs: publish holding, T+32m, only as it was"] == told([reply, HOLDING], [reply])


def test_at_most_five_lines_are_told() -> None:
    sweeps = [{"at": minute, "do": "note", "text": f"n{minute}"} for minute in range(9)]
    assert 5 == len(told(sweeps[:5], [])) and "more" not in told(sweeps[:5], [])[-1]
    assert (5, "         and 5 more") == (len(told(sweeps, [])), told(sweeps, [])[-1])


def test_both_scorecards_stand_side_by_side(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, RUDE, SORRY)
    (_, old), (_, new) = difference.before, difference.after
    lines = difference.as_text()
    for name in ("speed", "tone", "escalation", "conduct", "total"):
        row = next(line for line in lines if line.startswith(name.capitalize()))
        cells = [f"{value:.1f}" if (value := getattr(card, name)) is not None else "-" for card in (old, new)]
        assert cells == row.split()[1:3]
    assert [old.rating, new.rating] == next(line for line in lines if line.startswith("Rating")).split()[1:]
    gates = next(line for line in lines if line.startswith("Gates"))
    assert all(gate.id in gates for card in (old, new) for gate in card.gates)


def test_readings_that_both_courses_share_are_those_that_each_would_have_had(mini: Drill, tmp_path: Path) -> None:
    """Texts are judged once for both courses, and a rehearsal of its own judges them alike."""
    difference = compared(mini, tmp_path, RUDE, RUDE + SORRY)
    alone, _ = rehearse(mini, seed=2, actions=read_actions(tmp_path / "b.jsonl"))
    assert alone.fingerprint == difference.after[0].fingerprint
    assert alone.log == difference.after[0].log


@pytest.mark.slow
def test_two_courses_of_a_severe_crisis_take_less_than_a_second(tmp_path: Path) -> None:
    """The processor's time, so that neighbours do not count; without the judge's start."""
    severe = joining.find("tarn-and-tide")
    first = {"at": 30, "do": "publish", "kind": "holding", "channels": "flit", "text": "We are sorry. — Ana"}
    for name, minute in (("a", 30), ("b", 20)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({**first, "at": minute}), "utf-8")
    compare(severe, tmp_path / "a.jsonl", tmp_path / "b.jsonl", seed=1)
    began = time.process_time()
    difference = compare(severe, tmp_path / "a.jsonl", tmp_path / "b.jsonl", seed=1)
    assert time.process_time() - began < 1
    assert difference.same > 500


def test_what_either_course_could_not_do_is_told(mini: Drill, tmp_path: Path) -> None:
    difference = compared(mini, tmp_path, '{"at": 1, "do": "pin", "target": "x"}', '{"at": "T+2h", "do": "sweep"}')
    assert [["pin"], ["sweep"]] == [[each.do for each in undone] for undone in difference.undone]
    data = difference.as_data()
    assert "x is no statement of ours" == data["actions"]["void"][0]["why"]
    assert "the exercise had ended" == data["instead"]["void"][0]["why"]
    lines = difference.as_text()[-2:]
    assert ["  not done   T+0:01:00  pin x, as it was: x is no statement of ours",
            "  not done   T+2:00:00  sweep, instead: the exercise had ended"] == lines  # fmt: skip


def test_both_files_are_read_before_anything_is_played(mini: Drill, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        compared(mini, tmp_path, "1", "2")
    assert [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")] == [each.file for each in caught.value.problems]
