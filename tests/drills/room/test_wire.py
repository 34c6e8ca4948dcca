"""A room over real sockets: joining, seeing, acting, coming back, and what is not let in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from drills.errors import DrillError
from drills.room.client import RemoteSession
from drills.session import Refused
from engine.events import HIDDEN
from tests.drills.room.host import Host, opened, seats, until


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with opened(tmp_path / "host") as made:
        yield made


@pytest.fixture
def join(host: Host, tmp_path: Path) -> Iterator[Callable[..., RemoteSession]]:
    with seats(host, tmp_path) as take:
        yield take


def caught_up(host: Host, seat: RemoteSession) -> None:
    log = host.do(lambda: len(host.session.world.log))
    until(seat, lambda: seat._after >= log)
    seat.tick()


def test_what_one_seat_does_every_seat_sees(host: Host, join: Callable[..., RemoteSession]) -> None:
    host.do(lambda: host.session.skip_to(10 * 60_000))
    rep, lead = join("REP"), join("SML")
    caught_up(host, rep)
    assert rep.desk.posts and rep.desk.posts.keys() == host.session.desk.posts.keys()
    assert [view.text for view in rep.desk.posts.values()] == [view.text for view in host.session.desk.posts.values()]
    host.do(host.session.unpause)
    until(rep, lambda: not rep.paused)
    target = next(row.posts[0] for row in rep.desk.queue() if row.posts)
    done = rep.act("reply", target=target, text="I am sorry that your soup was cold. — Ana")
    assert "REP" == done.seat
    until(lead, lambda: any(one.id == done.id for one in lead.desk.actions))
    assert host.session.world.log[-1].at_ms >= done.at_ms


def test_a_seat_is_never_told_what_is_to_come(host: Host, join: Callable[..., RemoteSession]) -> None:
    seat = join("SML")
    scenario = host.session.drill.scenario
    told = json.dumps(host.do(lambda: host.room.welcome("SML")))
    hidden = [one.text for one in scenario.beats] + [one.text for one in scenario.facts]
    hidden += [one.text for one in scenario.falsehoods] + [one.text for one in scenario.models]
    hidden += [one.why for one in scenario.truth if one.why] + [one.note for one in scenario.branches if one.note]
    assert hidden and not [text for text in hidden if json.dumps(text)[1:-1] in told]
    host.do(lambda: host.session.skip_to(20 * 60_000))
    caught_up(host, seat)
    assert {fact.id for fact in seat.drill.scenario.facts} == set(seat.desk.facts)
    assert any(isinstance(one, HIDDEN) for one in host.session.world.log)
    with pytest.raises(DrillError):
        seat.log()


def test_who_may_not_is_refused_with_who_may(host: Host, join: Callable[..., RemoteSession]) -> None:
    rep, lead, watcher = join("REP"), join("SML"), join("OBS")
    host.do(host.session.unpause)
    until(rep, lambda: not rep.paused)
    with pytest.raises(Refused, match="statement is not for REP, but for SML"):
        rep.act("publish", text="We are closed.", kind="holding", channels=("flit",))
    with pytest.raises(Refused, match="is not for OBS"):
        watcher.act("note", text="I was here.")
    lead.act("note", text="I was here.")


def test_alone_one_seat_may_do_everything_of_the_desk(host: Host, join: Callable[..., RemoteSession]) -> None:
    rep = join("REP")
    host.do(host.session.unpause)
    until(rep, lambda: not rep.paused)
    first = rep.drill.scenario.channels[0].id
    rep.act("publish", text="We are here and we are sorry.", kind="holding", channels=(first,))


def test_sending_an_action_twice_counts_once_also_after_the_host_has_come_back(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.do(host.session.unpause)
    host.do(lambda: host.room.join(host.room.invite("SML"), "here"))
    first = host.do(lambda: host.room.act("SML", "k1", "note", {"text": "one"}))
    again = host.do(lambda: host.room.act("SML", "k1", "note", {"text": "one"}))
    assert "ack" == first["do"] and first == again
    path = host.session.path
    host.close()
    host = Host(tmp_path / "host", of=path)
    assert first == host.do(lambda: host.room.act("SML", "k1", "note", {"text": "one"}))
    assert 1 == len(host.session.desk.actions)
    host.close()


def test_a_seat_comes_back_to_a_host_that_was_gone_and_misses_nothing(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.do(lambda: host.session.skip_to(5 * 60_000))
    seat = RemoteSession.join(host.where, host.do(lambda: host.room.invite("SML")), tmp_path / "seat")
    caught_up(host, seat)
    port, path = host.server.port, host.session.path
    host.close()
    until(seat, lambda: seat.paused and seat.why_paused.startswith("no connection"))
    with pytest.raises(Refused, match="no connection"):
        seat.act("note", text="lost?")
    host = Host(tmp_path / "host", of=path, port=port)
    host.do(lambda: host.session.skip_to(12 * 60_000))
    until(seat, lambda: not seat.lost)
    caught_up(host, seat)
    assert list(seat.desk.posts) == list(host.session.desk.posts)
    seat.close()
    later = RemoteSession.join(host.where, "", tmp_path / "seat")
    caught_up(host, later)
    assert "SML" == later.seat and list(later.desk.posts) == list(host.session.desk.posts)
    later.close()
    host.close()


def test_drafts_are_with_the_host_and_come_back(host: Host, join: Callable[..., RemoteSession], tmp_path: Path) -> None:
    seat = join("SML")
    seat.save_draft("reply post1", "We are s")
    until(seat, lambda: bool(host.do(lambda: host.room.welcome("SML"))["drafts"]))
    seat.close()
    later = RemoteSession.join(host.where, "", tmp_path / "SML")
    assert {"reply post1": "We are s"} == later.drafts
    later.close()


def test_the_others_know_that_a_statement_was_begun_and_not_what_it_says(
    host: Host, join: Callable[..., RemoteSession]
) -> None:
    lead, law = join("SML"), join("LEG")
    lead.save_draft("reply post1", "We are s")
    lead.save_draft("publish", "We have heard")
    until(law, lambda: list(law.stating) == ["SML"])
    lead.tick()
    assert [] == list(lead.stating)
    assert "heard" not in str(host.do(lambda: host.room.state("LEG")))
    lead.save_draft("publish", "")
    until(law, lambda: not law.stating)


def test_what_is_typed_fast_goes_to_the_host_whole_and_not_with_every_letter(
    host: Host, join: Callable[..., RemoteSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, told, keep = join("SML"), list[object](), host.room.draft
    monkeypatch.setattr(host.room, "draft", lambda who, slot, text: (told.append(text), keep(who, slot, text)))
    said = "We are sorry. We look into it, and tell you more at noon." * 4
    for at in range(len(said)):
        seat.save_draft("note", said[: at + 1])
    until(seat, lambda: host.do(lambda: host.room.welcome("SML"))["drafts"] == {"note": said})
    assert len(told) < 20
    seat.save_draft("note", "")
    until(seat, lambda: not host.do(lambda: host.room.welcome("SML"))["drafts"])


def test_the_clock_is_the_facilitators_and_the_stop_everybodys(host: Host, join: Callable[..., RemoteSession]) -> None:
    rep, facilitator = join("REP"), join("FAC")
    rep.unpause()
    time.sleep(0.3)
    assert host.session.paused
    facilitator.unpause()
    until(rep, lambda: not rep.paused)
    facilitator.set_pace(5)
    until(rep, lambda: rep.pace == 5)
    rep.stop()
    until(facilitator, lambda: facilitator.ended)


def test_after_the_end_every_seat_has_the_same_review(host: Host, join: Callable[..., RemoteSession]) -> None:
    rep, lead = join("REP"), join("SML")
    host.do(lambda: host.session.skip_to(host.session.ends_ms))
    for seat in (rep, lead):
        until(seat, lambda seat=seat: seat.ended)  # type: ignore[misc]
        assert seat.scorecard().total == host.session.scorecard().total
        assert seat.run().fingerprint == host.session.run().fingerprint


@pytest.mark.parametrize("hello", [{}, [], "x", {"do": "hello"}, {"do": "hello", "code": "0000-0000-0000"},
                                   {"do": "hello", "token": "x" * 43}, {"do": "act"}])  # fmt: skip
async def test_nobody_gets_in_without_a_code(host: Host, hello: Any) -> None:
    async with aiohttp.ClientSession() as http, http.ws_connect(f"http://{host.where}/room") as socket:
        await socket.send_json(hello)
        heard = [message.data async for message in socket if message.type is aiohttp.WSMsgType.TEXT]
        assert not [one for one in heard if json.loads(one)["do"] != "denied"]


async def test_a_browsers_page_and_a_frame_that_is_too_large_are_refused(host: Host) -> None:
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(f"http://{host.where}/room", headers={"Origin": "https://evil.example"})
        assert 403 == refused.value.status
        async with http.ws_connect(f"http://{host.where}/room") as socket:
            await socket.send_str("x" * 100_000)
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


def test_a_host_whose_disk_refuses_says_so_and_stops_instead_of_standing_still(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DrillError("the disk is full")

    host.do(lambda: monkeypatch.setattr(host.session, "tick", refuse))
    end = time.monotonic() + 5
    while not host.do(host.server.ended.is_set):
        assert time.monotonic() < end
    assert host.server.failed is not None and "the disk is full" == host.server.failed.what


def test_a_draft_that_cannot_be_kept_costs_nobody_the_connection(
    host: Host, join: Callable[..., RemoteSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = join("SML")

    def refuse(*_: Any) -> None:
        raise DrillError("the disk is full")

    host.do(lambda: monkeypatch.setattr(host.room, "draft", refuse))
    seat.save_draft("reply post1", "We are s")
    host.do(host.session.unpause)
    until(seat, lambda: not seat.paused)
    assert "SML" == seat.act("note", text="still here").seat
