"""What a team can rely on when the host's clock, its process or its disk fails it: see test_faults.py."""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drills.journal import RECORD
from drills.room.client import RemoteSession
from drills.room.rights import SEATS
from drills.session import Refused
from tests.drills.room.faults import Player, sit, until
from tests.drills.room.house import House
from tests.drills.room.stranger import Stranger

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9"),
    pytest.mark.usefixtures("soon"),
]

# -- time -----------------------------------------------------------------------------------------------------------

AWAKE = """
import signal, time
_real, _shift = {"monotonic": time.monotonic, "time": time.time}, {"monotonic": 0.0, "time": 0.0}
time.monotonic = lambda: _real["monotonic"]() + _shift["monotonic"]
time.time = lambda: _real["time"]() + _shift["time"]
def _set(clock, by):
    _shift[clock] += by
signal.signal(signal.SIGUSR1, lambda *_: _set("monotonic", 3600.0))
signal.signal(signal.SIGUSR2, lambda *_: _set("time", 3600.0 if _shift["time"] < 0 else -3600.0))
"""


def test_the_hour_that_the_host_slept_is_not_played(houses: Callable[..., House], tmp_path: Path) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM", first=AWAKE)
    seats = sit(house, tmp_path, "SML", "COM")
    house.type("run")
    until(seats["SML"], lambda: seats["SML"].now_ms > 2_000)
    before = seats["SML"].now_ms
    house.signal(signal.SIGUSR1)
    for seat in seats.values():
        until(seat, lambda seat=seat: not seat.lost and seat.why_paused.startswith("away for"))  # type: ignore[misc]
        assert seat.now_ms < before + 60_000
    house.type("run")
    until(seats["COM"], lambda: not seats["COM"].paused)
    seats["COM"].act("note", text="Good morning.")
    for seat in seats.values():
        seat.close()


def test_setting_the_clock_of_the_day_changes_nothing_in_the_drill(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM,OBS", first=AWAKE)
    seats = sit(house, tmp_path, "SML", "COM")
    house.type("run")
    until(seats["SML"], lambda: seats["SML"].now_ms > 1_000)
    for _ in range(3):  # an hour back, an hour on, an hour back
        before = seats["SML"].now_ms
        house.signal(signal.SIGUSR2)
        began = time.monotonic()
        seats["SML"].act("note", text="What time is it?")
        until(seats["SML"], lambda before=before: seats["SML"].now_ms > before + 1_000)  # type: ignore[misc]
        assert not seats["SML"].paused
        assert seats["SML"].now_ms - before <= 1_000 * (time.monotonic() - began + 1) * seats["SML"].pace
    with Stranger(house.port) as guesser:
        assert "denied" == guesser.sit("0000-0000-0000")["do"]
    seats |= sit(house, tmp_path, "OBS")
    seats["COM"].close()
    seats["COM"] = RemoteSession.join(house.where, "", tmp_path / "COM")
    until(seats["COM"], lambda: len(seats["COM"].desk.actions) == 3)
    for seat in seats.values():
        seat.close()


def test_a_host_that_stood_still_goes_on_where_it_was_and_nobodys_screen_waited(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM")
    seats = sit(house, tmp_path, "SML", "COM")
    house.type("run")
    until(seats["SML"], lambda: seats["SML"].now_ms > 1_000)
    before, slowest = seats["SML"].now_ms, 0.0
    house.signal(signal.SIGSTOP)
    end = time.monotonic() + 2.6
    while time.monotonic() < end:
        looked = time.monotonic()
        seats["COM"].tick()
        slowest = max(slowest, time.monotonic() - looked)
        time.sleep(0.02)
    house.signal(signal.SIGCONT)
    for seat in seats.values():
        until(seat, lambda seat=seat: seat.why_paused.startswith("away for"))  # type: ignore[misc]
        assert seat.now_ms < before + 15_000
    assert slowest < 0.1
    house.type("run")
    until(seats["COM"], lambda: not seats["COM"].paused)
    seats["COM"].act("note", text="Here again.")
    for seat in seats.values():
        seat.close()


# -- the disk ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no process can be given a limit here")
def test_a_host_whose_disk_is_full_says_so_stops_and_has_lost_nothing(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM")
    seats = sit(house, tmp_path, "SML", "COM")
    house.type("run")
    until(seats["SML"], lambda: not seats["SML"].paused)
    size = (house.run / RECORD).stat().st_size + 3_000
    resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    confirmed, why = [], ""
    for at in range(100):
        text = f"line {at} {'x' * 200}"
        try:
            seats["SML"].act("note", text=text)
        except Refused as refused:
            why = refused.what
            break
        confirmed.append(text)
    assert confirmed and "the disk is full" in why
    house.process.wait(10)
    assert 1 == house.process.returncode
    assert "the disk is full" in house.printed and "Traceback" not in house.printed
    house = houses("--resume", house.run.name, "--seats", "", port=house.port)
    house.type("run")
    until(seats["COM"], lambda: not seats["COM"].lost and not seats["COM"].paused)
    until(seats["COM"], lambda: len(seats["COM"].desk.actions) >= len(confirmed))
    assert confirmed == [action.text for action in seats["COM"].desk.actions]
    seats["COM"].act("note", text="There is room again.")
    for seat in seats.values():
        seat.close()


def test_while_the_disk_refuses_no_code_is_spent_and_no_seat_is_lost(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM")
    with Stranger(house.port) as guest:
        token = guest.sit(house.codes[SEATS["COM"]])["token"]
    in_the_way = house.run / "room.new"  # where the room writes before it puts the file in its place
    in_the_way.mkdir()
    for hello in ({"code": house.codes[SEATS["SML"]]}, {"token": token}):
        with Stranger(house.port) as guest:
            assert guest.greet() == 101
            guest.say({"do": "hello", **hello})
            assert 1013 == guest.closed_with(), "try again later"
    in_the_way.rmdir()
    with Stranger(house.port) as guest, Stranger(house.port) as other:
        assert "SML" == guest.sit(house.codes[SEATS["SML"]])["seat"]
        assert "COM" == other.sit(token=token)["seat"]
    assert "Traceback" not in house.close()


def test_a_host_that_fails_in_whatever_way_ends_with_a_sentence_and_can_be_resumed(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    broken = "import signal, drills.session as s\ndef _fail(*_): s.Session.tick = None\n"
    house = houses("cafe-lumo", "--seats", "SML", first=f"{broken}signal.signal(signal.SIGUSR1, _fail)")
    (seat,) = sit(house, tmp_path, "SML").values()
    house.signal(signal.SIGUSR1)
    assert 1 == house.process.wait(10)
    assert "the run can't go on (TypeError" in house.close() and "Traceback" not in house.printed
    house = houses("--resume", house.run.name, "--seats", "", port=house.port)
    until(seat, lambda: not seat.lost)
    seat.close()


SLOW = """
import os, signal, time
_sync = os.fdatasync, os.fsync
def _slowly(*_):
    os.fdatasync = lambda fd: (time.sleep(0.5), _sync[0](fd))[1]
    os.fsync = lambda fd: (time.sleep(0.5), _sync[1](fd))[1]
signal.signal(signal.SIGUSR1, _slowly)
"""


def test_nobody_waits_for_a_slow_disk_but_who_acts(houses: Callable[..., House], tmp_path: Path) -> None:
    house = houses("tarn-and-tide", "--seats", "SML,COM,OBS", "--pace", "10", first=SLOW)
    seats = sit(house, tmp_path, "SML", "COM")
    watching = Stranger(house.port)
    assert "welcome" == watching.sit(house.codes[SEATS["OBS"]])["do"]
    house.type("run")
    until(seats["SML"], lambda: not seats["SML"].paused)
    house.signal(signal.SIGUSR1)
    actor, other = Player(seats["SML"]), seats["COM"]
    rounds, slowest, began = [], 0.0, time.monotonic()
    while time.monotonic() - began < 3:
        before = time.monotonic()
        watching.frame(9, b"are you there")
        watching.hear_pong()
        rounds.append(time.monotonic() - before)
        before = time.monotonic()
        other.tick()
        slowest = max(slowest, time.monotonic() - before)
        time.sleep(0.02)
    actor.stop()
    assert 2 <= len(actor.confirmed) <= 7, "the disk was not slow"
    assert max(rounds) < 0.1, f"the host's answer to a ping took {max(rounds):.3f} s"
    assert slowest < 0.1 and actor.slowest < 0.1
    watching.wire.close()
    for seat in seats.values():
        seat.close()
