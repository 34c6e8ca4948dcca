"""What the facilitator's console knows: it follows from the log alone, and agrees with the world."""

from __future__ import annotations

from pathlib import Path

import pytest

from drills.room.steered import Helm
from engine.events import to_data
from engine.reading import PPM
from engine.steering import SWITCHES
from tests.tui.fakes_console import FakeRoom, running, steered


def folded(room: FakeRoom) -> Helm:
    """What the log of a room comes to."""
    helm = Helm(room.drill.scenario)
    for event in room.events:
        helm.apply(event)
    return helm


@pytest.fixture
def room(tmp_path: Path) -> FakeRoom:
    return running(tmp_path)


def test_the_dials_stand_as_the_scenario_has_them_until_they_are_turned(room: FakeRoom) -> None:
    assert (folded(room).volume, folded(room).hostility) == (PPM, 400_000)
    room.steer("volume", number=2_500_000)
    room.steer("hostility", number=0)
    helm = folded(room)
    assert (helm.volume, helm.hostility) == (2_500_000, 0)
    assert helm.volume == room.session.world.public.volume
    assert helm.hostility == room.session.world.public.moods.hostility


def test_what_is_switched_off_is_off_in_the_world_too_until_it_is_switched_on(room: FakeRoom) -> None:
    for one in SWITCHES:
        room.steer("switch", target=one, kind="off")
    public = room.session.world.public
    assert folded(room).off == {*SWITCHES} and not public.bots and not public.moods.night
    room.steer("switch", target="bots", kind="on")
    assert folded(room).off == {"competitors", "night"} and public.bots


def test_who_is_away_is_away_in_the_world_too(room: FakeRoom) -> None:
    room.steer("away", target="ada")
    room.steer("away", target="sato")
    room.steer("back", target="sato")
    assert {"ada"} == folded(room).away == room.session.world.organisation.away


def test_a_note_has_its_moment_its_seat_and_its_task(room: FakeRoom) -> None:
    room.steer("observe", target="COM", text="Listened first.", kind="CT10")
    first, second = folded(room).notes
    assert ("SML", "CT6") == (first.seat, first.task)
    assert (room.now_ms, "COM", "CT10", "Listened first.") == (second.at_ms, second.seat, second.task, second.text)


def test_a_draft_waits_until_somebody_has_decided(room: FakeRoom) -> None:
    helm = folded(room)
    played, simulated = helm.drafts.values()
    assert ("lea", "ada") == (played.person, simulated.person)
    colleagues = {key: view.colleague for key, view in room.desk.contacts.items()}
    assert [played] == helm.lies_with("LEG", colleagues)
    room.steer("decide", target=played.key, kind="return", text="Say by when.")
    assert [simulated.key] == list(folded(room).drafts)


def test_calls_wait_with_a_seat_until_it_does_something(room: FakeRoom) -> None:
    assert [call.caller for call in folded(room).calls["COM"]] == ["SML"]
    room.does("COM", "note", text="I am on it.")
    assert "COM" not in folded(room).calls


def test_each_seat_has_what_it_did_and_what_it_was_told_in_order(room: FakeRoom) -> None:
    room.steer("nudge", target="SML", text="Look at the queue.")
    deeds = folded(room).deeds["SML"]
    told = ["classify", "reply", "request_approval", "escalate", "Look at the queue."]
    assert told == [deed.action.do if deed.action else deed.told for deed in deeds]
    assert sorted(deed.at_ms for deed in deeds) == [deed.at_ms for deed in deeds]


def test_what_was_said_on_the_spot_stands_in_the_timeline_once(room: FakeRoom) -> None:
    room.steer("speak", target="radio", kind="press", subject="And?", text="Still waiting for a voice.")
    found = [entry for entry in folded(room).timeline() if entry.kind == "spoken"]
    assert [("And?", "press", "Mara Quill", room.now_ms, "facilitator")] == [
        (entry.title, entry.medium, entry.who, entry.done_ms, entry.by) for entry in found
    ]
    assert len(folded(room).timeline()) == len({(entry.kind, entry.id) for entry in folded(room).timeline()})


def test_what_has_happened_stands_before_what_is_to_come_in_its_order(tmp_path: Path) -> None:
    listed = folded(steered(tmp_path)).timeline()
    done = [entry.done for entry in listed]
    assert done == sorted(done, reverse=True)
    happened = [entry.done_ms for entry in listed if entry.done]
    assert happened == sorted(happened) and len(happened) == 4


def test_two_folds_of_one_log_are_alike_however_they_were_fed(tmp_path: Path) -> None:
    room = steered(tmp_path)
    early = Helm(room.drill.scenario)
    for event in room.events:
        early.apply(event)
        early.timeline()  # asked for in between: nothing of it may stay
    late = folded(room)
    for name in ("volume", "hostility", "off", "away", "notes", "drafts", "deeds", "calls"):
        assert getattr(early, name) == getattr(late, name), name
    assert early.timeline() == late.timeline()
    assert [to_data(draft.action) for draft in late.drafts.values()]
