"""Who may do and see what: the tables whole, the page that shows them, and the same over the wire of a room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drills import joining
from drills.room.rights import FACILITATOR, OBSERVER, SEATS, may, sees
from drills.room.room import Room
from drills.session import Session
from engine.actions import VERBS
from engine.events import Branched, Capped, InjectFired, Received, TruthChanged
from scenarios.packaged import packaged

TABLES = packaged("drills.room", "rights.yaml")
TEAM = tuple(TABLES["groups"]["team"])
MEDIA = ("message", "mail", "call", "press", "executive", "approval", "news", "metric", "colleague")
PAGE = Path(__file__).parents[3] / "docs" / "team.md"
FIELDS = {
    "target": "nothing", "text": "We are here.", "kind": "done", "channels": ["flit"], "to": ["nobody"], "level": 1,
}  # fmt: skip


def mail(medium: str) -> Received:
    return Received(0, "one", medium, "x", "", "text", True, -1, "", "", "")


def test_every_verb_and_every_medium_has_its_line() -> None:
    assert VERBS.keys() == TABLES["actions"].keys()
    assert set(MEDIA) == TABLES["received"].keys()


@pytest.mark.parametrize("do", VERBS)
def test_with_everybody_there_the_table_decides_and_nobody_else(do: str) -> None:
    allowed = set(TABLES["groups"][TABLES["actions"][do]])
    assert allowed == {seat for seat in SEATS if may(seat, do, SEATS)}
    assert not may(FACILITATOR, do, SEATS) and not may(OBSERVER, do, SEATS)


@pytest.mark.parametrize("do", VERBS)
@pytest.mark.parametrize("seat", TEAM)
def test_alone_a_seat_may_do_everything(seat: str, do: str) -> None:
    assert may(seat, do, {seat, FACILITATOR, OBSERVER})


@pytest.mark.parametrize("do", VERBS)
def test_with_any_team_there_is_somebody_who_may(do: str) -> None:
    for first in TEAM:
        for second in TEAM:
            assert any(may(seat, do, {first, second}) for seat in (first, second))


@pytest.mark.parametrize("medium", MEDIA)
def test_what_reaches_the_desk_is_seen_by_those_it_is_for_and_by_who_watches(medium: str) -> None:
    allowed = set(TABLES["groups"][TABLES["received"][medium]])
    assert allowed | {FACILITATOR, OBSERVER} == {seat for seat in SEATS if sees(seat, mail(medium), SEATS)}
    assert sees("LEG", mail(medium), {"LEG"})


BEHIND = (Branched(0, "b"), TruthChanged(0, 3, "why"), InjectFired(0, "i", "time"), Capped(0, 9))


@pytest.mark.parametrize("event", BEHIND)
def test_what_is_behind_the_story_only_the_facilitator_sees(event: Branched) -> None:
    assert [FACILITATOR] == [seat for seat in SEATS if sees(seat, event, SEATS)]


def test_the_page_shows_the_tables_as_they_are() -> None:
    shown = dict(re.findall(r"^\| `([a-z_]+)` \|[^|]*\| ([A-Z, ]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    groups = {**TABLES["actions"], **{f"{medium}": group for medium, group in TABLES["received"].items()}}
    wanted = {name: ", ".join(TABLES["groups"][group]) for name, group in groups.items()}
    assert wanted == shown


def test_a_room_asks_the_table_before_it_looks_at_anything_else(tmp_path: Path) -> None:
    session = Session.start(joining.find("cafe-lumo"), tmp_path / "runs", coach="off")
    room = Room(session)
    for seat in SEATS:
        room.join(room.invite(seat), "here")
    for seat in SEATS:
        for do in VERBS:
            needed = {name: FIELDS[name] for name in VERBS[do].needs}
            said = room.act(seat, f"{seat}-{do}", do, needed)
            forbidden = "is not for" in str(said.get("why", ""))
            assert forbidden != may(seat, do, SEATS), (seat, do, said)
    session.close()
