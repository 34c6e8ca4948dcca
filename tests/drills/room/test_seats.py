"""What a room keeps for its seats: whose a post is, what was handed over, who may what, and what it has refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drills import joining
from drills.errors import DrillError
from drills.record import verify
from drills.report.hotwash_own import OWN, own_questions, team
from drills.room.client import RemoteSession
from drills.room.room import Room
from drills.session import Refused, Session
from engine.actions import VERBS
from scenarios.packaged import packaged
from tests.drills.room.host import Host, until


def running(host: Host, *seats: RemoteSession) -> None:
    host.do(host.session.unpause)
    for seat in seats:
        until(seat, lambda seat=seat: not seat.paused)  # type: ignore[misc]


def test_a_post_is_given_to_a_seat_that_is_taken_and_to_no_other(host: Host, sit: Any) -> None:
    host.do(lambda: host.session.skip_to(30 * 60_000))
    rep, lead = sit("REP"), sit("SML")
    running(host, rep, lead)
    until(rep, lambda: bool(rep.desk.posts))
    post = next(key for key, view in rep.desk.posts.items() if not view.ours)
    rep.act("assign", target=post, to=["SML"])
    until(lead, lambda: lead.desk.posts[post].assigned == "SML")
    lead.act("assign", target=post, to=["SML"])
    assert "takes" in host.session.desk.log[-1].what
    with pytest.raises(Refused, match="nobody called EXE"):
        rep.act("assign", target=post, to=["EXE"])


def test_what_came_to_the_team_can_be_claimed_too(host: Host, sit: Any) -> None:
    lead, com = sit("SML"), sit("COM")
    host.do(lambda: host.session.steer("speak", target=lead.drill.scenario.cast[0].id, kind="press", text="Comment?"))
    running(host, lead, com)
    until(lead, lambda: any(item.medium == "press" for item in lead.desk.inbox.values()))
    item = next(item for item in lead.desk.inbox.values() if item.medium == "press")
    com.act("assign", target=item.key, to=["COM"])
    until(lead, lambda: lead.desk.inbox[item.key].assigned == "COM")


def test_a_run_with_claims_replays_to_the_byte(host: Host, sit: Any) -> None:
    host.do(lambda: host.session.skip_to(30 * 60_000))
    lead = sit("SML")
    running(host, lead)
    until(lead, lambda: bool(lead.desk.posts))
    lead.act("assign", target=next(key for key, view in lead.desk.posts.items() if not view.ours), to=["SML"])
    host.do(lambda: host.session.stop("facilitator"))
    assert [] == verify(host.session.path)


def test_the_team_talks_whenever_the_room_stands_and_its_run_replays_to_the_byte(host: Host, sit: Any) -> None:
    lead, law = sit("SML"), sit("LEG")
    before_ms = law.act("note", text="Before STARTEX.").at_ms
    with pytest.raises(Refused, match="stopped the clock"):
        lead.act("classify", level=3)
    running(host, lead)
    until(lead, lambda: lead.now_ms > 0)
    host.do(lambda: host.session.pause("frozen by the facilitator"))
    frozen_ms = lead.act("note", text="Frozen.").at_ms
    law.act("note", text="Frozen too.")
    until(law, lambda: len(law.desk.actions) == 3)
    assert host.session.now_ms == frozen_ms > 0
    said = [(one.at_ms, one.seat) for one in law.desk.actions]
    assert [(before_ms, "LEG"), (frozen_ms, "SML"), (frozen_ms, "LEG")] == said and before_ms < frozen_ms
    host.do(host.session.unpause)
    host.do(lambda: host.session.stop("facilitator"))
    assert [] == verify(host.session.path)


def test_alone_nobody_has_a_seat_to_give_a_post_to(tmp_path: Path) -> None:
    session = Session.start(joining.find("tarn-and-tide"), tmp_path, clock=lambda: 0.0)
    session.skip_to(30 * 60_000)
    post = next(key for key, view in session.desk.posts.items() if not view.ours)
    with pytest.raises(Refused, match="nobody called SML"):
        session.act("assign", target=post, to=("SML",))
    assert all(session.may(do) for do in VERBS) and not session.seats and not session.told()
    session.close()


def test_what_is_handed_over_waits_for_the_next_one_also_after_the_host_was_gone(host: Host, sit: Any) -> None:
    law = sit("LEG")
    law.leave("Nora \x1b[31mcalls back.")
    again = Room(host.session)
    assert "Nora calls back." == again.welcome("LEG")["handed"] or "Nora" in again.welcome("LEG")["handed"]
    assert "\x1b" not in again.welcome("LEG")["handed"] and not again.welcome("SML")["handed"]


def test_a_hand_over_while_the_clock_stands_is_in_the_log_at_once(host: Host, sit: Any) -> None:
    lead, law = sit("SML"), sit("LEG")
    law.leave("Nora calls back.")
    until(lead, lambda: any(one.who == "LEG" and "Nora calls back." in one.what for one in lead.desk.log))


def test_who_gives_a_seat_up_is_out_at_once_and_their_token_is_gone(host: Host, sit: Any, tmp_path: Path) -> None:
    law = sit("LEG")
    law.leave()
    assert "LEG" not in host.do(lambda: host.room.taken)
    with pytest.raises(DrillError, match="you have no seat"):
        RemoteSession.join(host.where, "", tmp_path / "LEG0")


def test_a_seat_knows_who_may_what_with_those_who_are_there(host: Host, sit: Any) -> None:
    law = sit("LEG")
    assert law.may("publish") and law.who_may("publish") == ("LEG",)
    sit("SML")
    until(law, lambda: "SML" in law.seats)
    assert not law.may("publish") and ("SML",) == law.who_may("publish")
    assert law.may("note") and law.may("inform")


def test_a_draft_that_lies_before_a_seat_is_its_own_to_decide(host: Host, sit: Any) -> None:
    lead, spokesperson = sit("SML"), sit("REP")
    until(spokesperson, lambda: "SML" in spokesperson.seats)
    assert not spokesperson.may("decide") and lead.may("decide")


def test_what_the_host_refuses_unasked_is_told_once(host: Host, sit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = sit("SML")
    lead.unpause()
    told: list[str] = []
    until(lead, lambda: bool(told.extend(lead.told()) or told))
    assert ["only the facilitator has the clock"] == told and not lead.told()


def test_startex_is_when_the_facilitator_lets_the_clock_run(host: Host, sit: Any) -> None:
    lead = sit("SML")
    assert not lead.begun
    running(host, lead)
    assert lead.begun
    host.do(lambda: host.room.clock("FAC", "freeze"))
    until(lead, lambda: lead.paused)
    assert lead.begun


# -- the hotwash of a seat ---------------------------------------------------------------------------------------


def test_every_condition_of_ones_own_questions_is_worked_out() -> None:
    assert {one["when"] for one in packaged("drills.report", "hotwash.yaml")["own"]} == {*OWN, "always"}


def test_ones_own_questions_tell_what_ones_own_seat_did_and_nothing_of_another(host: Host, sit: Any) -> None:
    lead, law = sit("SML"), sit("LEG")
    running(host, lead, law)
    lawyer = next(key for key, view in lead.desk.contacts.items() if view.colleague.role == "LEG")
    lead.act("request_approval", kind="official", to=[lawyer], text="We are sorry.")
    lead.act("escalate", to=[lawyer], text="A child is ill.")
    until(law, lambda: any(one.medium == "approval" for one in law.desk.inbox.values()))
    item = next(one for one in law.desk.inbox.values() if one.medium == "approval")
    law.act("decide", target=item.key, kind="approve")
    channel = lead.drill.scenario.channels[0].id
    lead.act("publish", text="We know of an ill child.", kind="holding", channels=[channel])
    host.do(lambda: host.session.stop("facilitator"))
    log = host.session.world.log
    assert ("SML", "LEG") == tuple(seat for seat in team(log) if seat in ("SML", "LEG")) == team(log)
    mine = [one.hint for one in own_questions(log, "LEG")]
    assert any("lay before you" in hint for hint in mine) and any("called once" in hint for hint in mine)
    assert not any("went out from your seat" in hint for hint in mine)
    theirs = [one.hint for one in own_questions(log, "SML")]
    assert any("went out from your seat" in hint for hint in theirs)
    assert any("The longest of your drafts waited" in hint for hint in theirs)
    assert not any("lay before you" in hint for hint in theirs)


def test_a_run_of_one_person_is_no_teams(tmp_path: Path) -> None:
    session = Session.start(joining.find("cafe-lumo"), tmp_path, clock=lambda: 0.0)
    session.act("note", text="Alone.")
    assert () == team(session.world.log)
    session.close()
