"""A steered room over real sockets: the facilitator's hand, drafts that go from seat to seat, the same run again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drills import joining
from drills.record import load_run, verify
from drills.report.hotwash_own import noted
from drills.report.timeline import observed, steered
from drills.room.client import RemoteSession
from drills.room.notes import notes_of
from drills.room.rights import SEATS
from drills.session import Refused, Session
from engine.events import Laid, Steered
from engine.steering import STEERS, Steering
from tests.drills.room.host import Host, until

GIVEN = {"target": "SML", "text": "Well seen.", "kind": "taken"}


def lawyer(seat: RemoteSession) -> str:
    return next(who for who, view in seat.desk.contacts.items() if view.colleague.role == "LEG")


def ask(seat: RemoteSession, text: str = "We are sorry. We look into it now.") -> str:
    done = seat.act("request_approval", to=[lawyer(seat)], text=text, kind="holding", channels=["flit"])
    return f"{done.id}/{lawyer(seat)}"


def test_a_draft_goes_to_the_seat_that_validates_and_comes_back_with_a_reason(host: Host, sit: Any) -> None:
    lead, law, watcher = sit("SML"), sit("LEG"), sit("REP")
    host.do(host.session.unpause)
    until(lead, lambda: not lead.paused)
    key = ask(lead)
    until(law, lambda: key in law.desk.inbox)
    item = law.desk.inbox[key]
    assert item.waiting and item.draft.startswith("We are sorry") and item.author == SEATS["SML"]
    law.act("decide", target=key, kind="return", text="Say what you look into.")
    request = key.split("/")[0]
    until(lead, lambda: request in lead.desk.approvals and lead.desk.approvals[request].why != "")
    assert lead.desk.approvals[request].why == "Say what you look into."
    until(law, lambda: not law.desk.inbox[key].waiting)
    watcher.tick()
    assert key not in watcher.desk.inbox


def test_only_whom_it_lies_with_decides(host: Host, sit: Any) -> None:
    lead, law, boss = sit("SML"), sit("LEG"), sit("EXE")
    host.do(host.session.unpause)
    until(lead, lambda: not lead.paused)
    key = ask(lead)
    for seat in (lead, boss):
        with pytest.raises(Refused):
            seat.act("decide", target=key, kind="approve")
    law.act("decide", target=key, kind="approve")
    with pytest.raises(Refused):
        law.act("decide", target=key, kind="approve")


def test_a_seat_that_is_given_up_is_the_simulations_again(host: Host, sit: Any) -> None:
    lead, law = sit("SML"), sit("LEG")
    host.do(host.session.unpause)
    until(lead, lambda: not lead.paused)
    ask(lead)
    law.leave()
    until(lead, lambda: "LEG" not in lead.seats)
    assert host.do(lambda: host.session.world.organisation.players) == {"SML"}
    assert not host.do(lambda: host.session.world.organisation.laid)
    with pytest.raises(Exception, match="not yours any more"):
        until(law, lambda: False)
    again = sit("LEG")
    until(again, lambda: any(item.medium == "approval" for item in again.desk.inbox.values()))


def test_the_facilitator_sees_the_story_whole_and_nobody_else_does(host: Host, sit: Any) -> None:
    steers, lead = sit("FAC"), sit("SML")
    assert steers.drill.scenario.beats and steers.drill.scenario.truth
    assert not getattr(lead.drill.scenario, "beats", ()) and not lead.drill.scenario.truth


def test_what_is_done_while_frozen_counts(host: Host, sit: Any) -> None:
    steers, lead = sit("FAC"), sit("SML")
    inject = steers.drill.scenario.beats[-1].id
    steers.steer("hold", target=inject)
    steers.steer("nudge", target="SML", text="Read the mail first.")
    until(lead, lambda: any(item.text == "Read the mail first." for item in lead.desk.inbox.values()))
    assert inject in host.do(lambda: host.session.world.story.kept_back)


def test_a_word_to_everybody_reaches_every_seat(host: Host, sit: Any) -> None:
    steers, lead, law, watcher = sit("FAC"), sit("SML"), sit("LEG"), sit("OBS")
    steers.steer("nudge", target="ALL", text="One minute to talk.")
    for seat in (lead, law, watcher):
        until(seat, lambda seat=seat: any(item.text == "One minute to talk." for item in seat.desk.inbox.values()))  # type: ignore[misc]


def test_who_stops_the_exercise_is_told_to_all_and_stands_on_the_record(host: Host, sit: Any) -> None:
    lead, boss = sit("SML"), sit("EXE")
    boss.stop()
    until(lead, lambda: lead.ended)
    assert lead.stopped_by == "EXE"
    assert '"why":"stopped","by":"EXE"' in (host.session.path / "record.jsonl").read_text("utf-8")
    assert verify(host.session.path) == []


def test_what_the_facilitator_noted_is_read_by_whom_it_is_about_and_stands_in_the_report(host: Host, sit: Any) -> None:
    steers = sit("FAC")
    steers.steer("observe", text="Calm at the start.")
    steers.steer("observe", target="SML", text="Read the mail late.", kind="CT1")
    log = host.session.world.log
    assert [one.text for one in noted(log, "FAC")] == ["Calm at the start.", "Read the mail late."]
    assert [one.text for one in noted(log, "SML")] == ["Calm at the start.", "Read the mail late."]
    assert [one.text for one in noted(log, "LEG")] == ["Calm at the start."]
    assert [one.what for one in observed(log)] == ["noted: Calm at the start.", "noted on SML: Read the mail late."]


def test_a_note_that_was_put_right_is_told_as_it_is_now_and_when_it_was_made(host: Host, sit: Any) -> None:
    steers = sit("FAC")
    steers.steer("observe", target="SML", text="Raed the mail late.", kind="CT1", subject="M")
    made = notes_of(host.session.world.log)[0].at_ms
    steers.steer("observe", text="Calm.")
    host.do(lambda: host.session.skip_to(made + 60_000))
    steers.steer("observe", target="COM", text="Read the mail late.", kind="CT1", subject="S", number=1)
    log = host.session.world.log
    assert [(made, "COM", "S"), (made, "", "")] == [(one.at_ms, one.seat, one.rating) for one in notes_of(log)]
    assert [one.text for one in noted(log, "SML")] == ["Calm."]
    assert [one.what for one in observed(log)] == ["noted on COM: Read the mail late.", "noted: Calm."]
    assert "Raed" in (host.session.path / "record.jsonl").read_text("utf-8"), "the record keeps what was written"
    assert verify(host.session.path) == []


@pytest.mark.parametrize("do", STEERS)
def test_the_report_has_words_for_everything_a_facilitator_does(do: str) -> None:
    one = Steering("s1", 0, do, target="LEG", text="So.", kind="left" if do == "seat" else "press", number=1_500_000)
    assert steered(one) and "{" not in steered(one)


@pytest.mark.parametrize("seat", sorted(set(SEATS) - {"FAC"}))
def test_nobody_but_the_facilitator_steers(host: Host, sit: Any, seat: str) -> None:
    other = sit(seat)
    for do in STEERS:
        with pytest.raises(Refused, match="only the facilitator"):
            other.steer(do, **GIVEN)
    assert len([line for line in host.session.world.log if isinstance(line, Steered)]) == (seat != "OBS")


def test_even_the_facilitator_seats_nobody_by_steering(sit: Any) -> None:
    with pytest.raises(Refused, match="no such steering"):
        sit("FAC").steer("seat", target="LEG", kind="taken")


def test_the_ready_check_is_seen_by_all(host: Host, sit: Any) -> None:
    steers, lead = sit("FAC"), sit("SML")
    lead.say_ready()
    until(steers, lambda: "SML" in steers.ready)
    lead.say_ready(ready=False)
    until(steers, lambda: not steers.ready)


def test_what_is_being_written_is_shown_to_the_facilitator_only_where_that_was_agreed(host: Host, sit: Any) -> None:
    steers, lead, law = sit("FAC"), sit("SML"), sit("LEG")
    lead.save_draft("reply/p1", "We are s")
    until(steers, lambda: True)
    assert not steers.writing
    host.room.drafts_shown = True
    until(steers, lambda: steers.writing.get("SML") == {"reply/p1": "We are s"})
    law.tick()
    assert not law.writing


def test_a_steered_run_replays_to_the_byte_and_can_be_scored(host: Host, sit: Any) -> None:
    steers, lead, law = sit("FAC"), sit("SML"), sit("LEG")
    host.do(host.session.unpause)
    host.do(lambda: host.session.set_pace(60))
    until(lead, lambda: lead.now_ms > 60_000)
    scenario = steers.drill.scenario
    steers.steer("fire", target=scenario.contingency[0].id if scenario.contingency else scenario.beats[-1].id)
    steers.steer("speak", target=scenario.cast[0].id, kind="press", text="Your comment, please.", subject="Today")
    steers.steer("shift", number=-60_000)
    steers.steer("volume", number=1_500_000)
    steers.steer("observe", target="SML", text="Calm under fire.", kind="CT3")
    key = ask(lead)
    until(law, lambda: key in law.desk.inbox)
    law.act("decide", target=key, kind="approve")
    law.leave()
    until(lead, lambda: lead.now_ms > 600_000)
    host.do(lambda: host.session.stop("facilitator"))
    path = host.session.path
    assert verify(path) == []
    run = load_run(path)
    assert run.fingerprint == host.session.world.fingerprint()
    assert [event.steering.do for event in run.log if isinstance(event, Steered)].count("seat") == 3
    assert [event for event in run.log if isinstance(event, Laid)]
    assert 0 <= host.session.scorecard().total <= 100
    until(lead, lambda: lead.ended)
    assert lead.past is not None and verify(lead.past.path) == []


def test_a_steering_sent_twice_counts_once_after_a_crash_too(tmp_path: Path) -> None:
    session = Session.start(joining.find("tarn-and-tide"), tmp_path / "runs", coach="off")
    first = session.steer("shift", key="FAC/one", number=60_000)
    session._journal.close()  # as if the host had been killed
    again = Session.resume(session.path)
    assert again.steer("shift", key="FAC/one", number=60_000) == first
    assert len([event for event in again.world.log if isinstance(event, Steered)]) == 1
    again.close()
