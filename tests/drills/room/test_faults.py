"""What a team can rely on when something breaks: a test for each sentence of docs/team.md's section of that name.

Here a host or a client is killed, or the wire breaks; its clock and its disk are in test_faults_host.py. Real
processes, real sockets, real files.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import drills.room.client
from drills.errors import DrillError
from drills.journal import RECORD
from drills.room.client import RemoteSession
from drills.room.rights import SEATS
from tests.drills.room.faults import Player, agreed, sit, until, wait
from tests.drills.room.house import House
from tests.drills.room.proxy import Proxy

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9"),
    pytest.mark.usefixtures("soon"),
]
TEAM = ("SML", "COM", "LEG", "OBS")


# -- a host that is killed ---------------------------------------------------------------------------------------


def survive(houses: Callable[..., House], home: Path, kills: int) -> None:
    """Kill the host so many times while a team plays."""
    chance = random.Random(kills)
    house = houses("tarn-and-tide", "--seats", ",".join(TEAM), "--pace", "60")
    seats = sit(house, home, *TEAM)
    players = [Player(seat) for seat in seats.values()]
    for number in range(kills):
        for player in players:
            player.idle = number % 2 == 1  # then only what happens by itself is on the record
        house.type("run")
        time.sleep(chance.uniform(0.2, 0.8))
        before = max(player.seat.now_ms for player in players)
        house.kill()
        if number % 3 == 2:
            with (house.run / RECORD).open("ab") as record:
                record.write(b'{"kind": "action", "torn')
        house = houses("--resume", house.run.name, "--seats", "", port=house.port)
        wait(lambda: all(not seat.lost for seat in seats.values()))
        wait(lambda: {"resumed"} == {seat.why_paused for seat in seats.values()})
        now = seats["SML"].now_ms
        assert before - 60 * 1_500 <= now, "it goes on at most a second of real time before it was killed"
    for player in players:
        player.idle = False
    house.type("run")
    wait(lambda: len(players[0].confirmed) > 3)
    for player in players:
        player.stop()
    house.type("freeze")
    wait(lambda: "frozen by the facilitator" in house.printed)
    wait(lambda: [player.look() for player in players] and len({player.seat._after for player in players}) == 1)
    time.sleep(0.3)
    for player in players:
        player.look()
    run = house.run
    assert "Traceback" not in house.close()
    assert sum(len(player.confirmed) for player in players) > kills
    agreed(run, players)
    assert max(player.slowest for player in players) < 0.5
    for seat in seats.values():
        seat.close()


def test_a_host_that_is_killed_eight_times_loses_nothing_and_doubles_nothing(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    survive(houses, tmp_path, 8)


@pytest.mark.slow
def test_nor_does_one_that_is_killed_forty_times(houses: Callable[..., House], tmp_path: Path) -> None:
    survive(houses, tmp_path, 40)


def test_a_host_that_has_lost_the_end_of_its_record_says_so_instead_of_telling_another_story(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM", "--pace", "20")
    seats = sit(house, tmp_path, "SML", "COM")
    house.type("run")
    for at in range(3):
        until(seats["SML"], lambda: not seats["SML"].paused)
        seats["SML"].act("note", text=f"line {at}")
    until(seats["COM"], lambda: len(seats["COM"].desk.actions) == 3)
    house.kill()
    record = house.run / RECORD
    lines = record.read_bytes().splitlines(keepends=True)
    last = max(at for at, line in enumerate(lines) if b'"kind":"action"' in line)
    record.write_bytes(b"".join(lines[:last]))  # what a power cut may do to what was not synced, or a copy from before
    house = houses("--resume", house.run.name, "--seats", "", port=house.port)
    with pytest.raises(DrillError, match="gone back to an earlier moment"):
        until(seats["COM"], lambda: False)
    again = RemoteSession.join(house.where, "", tmp_path / "COM")
    until(again, lambda: len(again.desk.actions) == 2)
    again.close()
    for seat in seats.values():
        seat.close()


# -- a client that is killed, stopped, or loses the wire -------------------------------------------------------------

CLIENT = """
import sys, time
from pathlib import Path
from drills.room.client import RemoteSession
where, code, home = sys.argv[1], sys.stdin.readline().strip(), Path(sys.argv[2])
seat = RemoteSession.join(where, code, home)
seat.save_draft("reply post1", "We are so")
seat.save_draft("reply post1", "We are sorry that")
while True:
    seat.tick()
    print(len(seat.desk.actions), flush=True)
    time.sleep(0.05)
"""


def client(house: House, code: str, home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CLIENT, house.where, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=house.environment, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{code}\n")
    process.stdin.flush()
    assert process.stdout.readline()
    return process


def test_a_client_that_is_killed_finds_its_seat_its_drafts_and_what_it_missed(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM")
    (other,) = sit(house, tmp_path, "COM").values()
    killed = client(house, house.codes[SEATS["SML"]], tmp_path / "SML")
    wait(lambda: list(house.run.glob("drafts-SML.json")) and "sorry" in (house.run / "drafts-SML.json").read_text())
    killed.kill()
    killed.communicate()
    house.type("run")
    until(other, lambda: not other.paused)
    other.act("note", text="Meanwhile.")
    back = RemoteSession.join(house.where, "", tmp_path / "SML")
    assert ("SML", {"reply post1": "We are sorry that"}) == (back.seat, back.drafts)
    until(back, lambda: ["Meanwhile."] == [action.text for action in back.desk.actions])
    back.close()
    other.close()


def test_a_client_that_stands_still_costs_the_others_nothing_and_catches_up(
    houses: Callable[..., House], tmp_path: Path
) -> None:
    house = houses("cafe-lumo", "--seats", "SML,COM")
    (other,) = sit(house, tmp_path, "COM").values()
    stopped = client(house, house.codes[SEATS["SML"]], tmp_path / "SML")
    house.type("run")
    until(other, lambda: not other.paused)
    stopped.send_signal(signal.SIGSTOP)
    slowest = 0.0
    for at in range(12):
        before = time.monotonic()
        other.act("note", text=f"line {at}")
        slowest = max(slowest, time.monotonic() - before)
        time.sleep(0.12)
    assert slowest < 0.5, f"an action took {slowest:.2f} s"
    stopped.send_signal(signal.SIGCONT)
    assert stopped.stdout is not None
    assert any(int(line) == 12 for line in iter(stopped.stdout.readline, ""))
    stopped.kill()
    stopped.communicate()
    other.close()


@pytest.mark.parametrize("fault", ["cut", "reset", "stall"])
def test_whatever_happens_to_the_wire_a_seat_gets_what_it_missed_once_and_what_it_did_counts_once(
    houses: Callable[..., House], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(drills.room.client, "HEARTBEAT_S", 0.6)
    house = houses("tarn-and-tide", "--seats", "SML,COM", "--pace", "20")
    proxy = Proxy(house.port)
    (far,) = sit(house, tmp_path, "SML", where=proxy.where).values()
    (near,) = sit(house, tmp_path, "COM").values()
    players = [Player(far), Player(near)]
    house.type("run")
    for _ in range(2 if fault == "stall" else 4):
        wait(lambda: not far.lost and not far.paused)
        time.sleep(0.15)
        getattr(proxy, fault)()
        time.sleep(0.15)
        wait(lambda: proxy.joined())
    wait(lambda: not far.lost)
    many = len(players[0].confirmed)
    wait(lambda: len(players[0].confirmed) > many + 2)
    for player in players:
        player.stop()
    house.type("freeze")
    wait(lambda: [player.look() for player in players] and far.paused and near.paused and far._after == near._after)
    time.sleep(0.3)
    for player in players:
        player.look()
    run = house.run
    house.close()
    agreed(run, players)
    assert max(player.slowest for player in players) < 0.3
    for seat in (far, near):
        seat.close()
    proxy.close()
