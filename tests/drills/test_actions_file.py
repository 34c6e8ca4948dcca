"""Action files: what is read from them, what a target means, and that nothing of them is lost without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.actions_file import Planned, parse_actions, play, read_actions, resolve, shown
from drills.session import Session
from engine.events import Published, Void
from scenarios.source import SourceError
from scenarios.text import is_clean
from tests.drills.sessions import drill

MINUTE = 60_000


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A rehearsal of the small story, three minutes in."""
    rehearsal = Session.rehearse(drill(tmp_path), seed=1)
    rehearsal.skip_to(3 * MINUTE)
    return rehearsal


def parsed(*lines: str) -> list[Planned]:
    """The actions in these lines."""
    return parse_actions(lines, "it.jsonl")


def test_a_line_is_an_action() -> None:
    (action,) = parsed(
        '{"at": "T+12m30s", "seat": "REP", "do": "reply", "target": "ruth-asks", "also": ["a", "b"], "text": "Hi"}'
    )
    assert (750_000, "reply", "REP", "ruth-asks") == (action.at_ms, action.do, action.seat, action.target)
    assert {"also": ("a", "b"), "text": "Hi"} == action.fields


@pytest.mark.parametrize(("at", "expected"), [('"T+1h"', 3_600_000), ("0", 0), ("2.5", 150_000), ('"T+90s"', 90_000)])
def test_a_moment_may_be_a_number_of_minutes(at: str, expected: int) -> None:
    assert expected == parsed(f'{{"at": {at}, "do": "sweep"}}')[0].at_ms


def test_one_name_stands_for_a_list_of_one() -> None:
    (action,) = parsed('{"at": 1, "do": "publish", "channels": "flit", "kind": "holding", "text": "x"}')
    assert ("flit",) == action.fields["channels"]


def test_a_level_is_written_as_people_say_it() -> None:
    assert 3 == parsed('{"at": 1, "do": "classify", "level": "L3"}')[0].fields["level"]


def test_actions_come_in_the_order_of_their_moments_and_else_of_their_lines() -> None:
    lines = [f'{{"at": {at}, "do": "note", "text": "{text}"}}' for at, text in ((2, "c"), (1, "a"), (1, "b"))]
    assert ["a", "b", "c"] == [action.fields["text"] for action in parsed(*lines)]


def test_empty_lines_and_remarks_are_passed_over() -> None:
    assert 1 == len(parsed("", "  ", "# a remark", '{"at": 1, "do": "sweep"}', ""))


def test_a_file_may_be_empty_and_may_begin_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "it.jsonl"
    path.write_bytes(b"")
    assert [] == read_actions(path)
    path.write_bytes(b'\xef\xbb\xbf{"at": 1, "do": "sweep"}\r\n')
    assert ["sweep"] == [action.do for action in read_actions(path)]


def test_a_line_break_inside_a_text_is_no_end_of_the_line(tmp_path: Path) -> None:
    """JSON lets the separators U+2028 and U+0085 stand in a text, and Python's splitlines breaks there."""
    path = tmp_path / "it.jsonl"
    path.write_text('{"at": 1, "do": "note", "text": "one\u2028two\x85three"}', "utf-8")
    assert 1 == len(read_actions(path))


def test_what_cannot_be_seen_is_taken_out_of_every_text() -> None:
    (action,) = parsed(
        '{"at": 1, "do": "reply", "target": "a\\u001b[31mb\\ud800", "also": ["\\u202ec"], "text": "\\u009b2Jd"}'
    )
    assert ("ab", ("c",), "d") == (action.target, action.fields["also"], action.fields["text"])


@given(st.text(max_size=60))
def test_no_line_brings_anything_but_a_sentence(line: str) -> None:
    try:
        found = parse_actions([line], "it.jsonl")
    except SourceError as error:
        assert all(problem.line == 1 and problem.message for problem in error.problems)
    else:
        assert [] == found


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), st.lists, max_leaves=4
)


@given(
    st.dictionaries(
        st.sampled_from(["at", "do", "seat", "target", "text", "also", "to", "level", "kind", "channels", "x"]),
        _JSON | st.sampled_from(["T+1m", "reply", "sweep", "REP", "L3"]) | st.dictionaries(st.text(max_size=6), _JSON),
    )
)
def test_no_object_brings_anything_but_a_sentence_or_an_action(data: dict[str, Any]) -> None:
    import json

    try:
        (action,) = parsed(json.dumps(data))
    except SourceError as error:
        assert error.problems
    else:
        assert action.at_ms >= 0 and is_clean(shown(action.target))


# -- targets -------------------------------------------------------------------------------------------------


def test_a_plain_target_is_what_it_says(session: Session) -> None:
    assert "ruth-asks" == resolve("ruth-asks", session.desk)
    assert "nobody" == resolve("nobody", session.desk)


@pytest.mark.parametrize(
    "selector",
    [
        {"latest": "question", "author": "ruth"},
        {"latest": "any", "author": "@ruthash"},
        {"author": "ruth"},
        {"latest": "question", "channel": "flit", "theme": "soup", "author": "ruth"},
    ],
)
def test_a_selector_finds_a_post(selector: dict[str, str], session: Session) -> None:
    assert "ruth-asks" == resolve(selector, session.desk)


def test_a_selector_takes_the_newest_that_is_not_ours(session: Session) -> None:
    session.skip_to(20 * MINUTE)
    session.act("publish", kind="update", channels=("flit",), text="We are still here. — Ana")
    theirs = [view for view in session.desk.posts.values() if not view.ours]
    assert theirs[-1].key == resolve({"latest": "any"}, session.desk)
    complaints = [view for view in theirs if view.event.need == "complaint" and view.event.channel == "flit"]
    assert complaints[-1].key == resolve({"latest": "complaint", "channel": "flit"}, session.desk)


def test_a_selector_that_nothing_fits_stays_readable(session: Session) -> None:
    assert '{"channel": "grano", "latest": "harm"}' == resolve({"latest": "harm", "channel": "grano"}, session.desk)


# -- playing -------------------------------------------------------------------------------------------------


def test_the_session_gives_each_action_its_moment_and_its_seat(tmp_path: Path) -> None:
    session = Session.rehearse(drill(tmp_path), seed=1)
    late = play(
        session, parsed('{"at": "T+3m", "seat": "REP", "do": "reply", "target": {"latest": "any"}, "text": "Hi"}')
    )
    (action,) = session.desk.actions
    assert (3 * MINUTE, "REP", "reply") == (action.at_ms, action.seat, action.do)
    assert action.reading is not None
    assert [] == late and session.ended


def test_what_cannot_be_done_is_a_void_event(tmp_path: Path) -> None:
    session = Session.rehearse(drill(tmp_path), seed=1)
    play(
        session,
        parsed('{"at": 1, "do": "reply", "target": {"latest": "harm"}, "text": "Hi"}', '{"at": 2, "do": "pin"}'),
    )
    voids = [event for event in session.world.log if isinstance(event, Void)]
    assert [(MINUTE, "reply", '{"latest": "harm"}'), (2 * MINUTE, "pin", "")] == [
        (void.at_ms, void.do, void.target) for void in voids
    ]
    assert not [event for event in session.world.log if isinstance(event, Published)]
    assert voids == session.desk.voids


def test_what_comes_after_endex_is_given_back(tmp_path: Path) -> None:
    session = Session.rehearse(drill(tmp_path), seed=1)
    late = play(
        session,
        parsed(
            '{"at": "T+46m", "do": "stand_down"}', '{"at": "T+55m", "do": "sweep"}', '{"at": "T+2h", "do": "sweep"}'
        ),
    )
    assert session.ended and session.now_ms < 55 * MINUTE
    assert [55 * MINUTE, 120 * MINUTE] == [planned.at_ms for planned in late]
