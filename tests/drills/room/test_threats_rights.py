"""Who gets in, who may do and see what, and what is told to nobody: tokens, escalation, secrets, files, encryption."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import drills.room.server
from drills.room.client import RemoteSession
from drills.room.rights import FACILITATOR, SEATS, may, sees
from drills.room.seen import sent
from engine.actions import VERBS
from engine.events import HIDDEN, Called, InjectFired, Laid, Nudged, Received, Steered
from engine.steering import STEERS
from scenarios.terms import ROLES
from tests.drills.room.host import Host, until
from tests.drills.room.house import MAIN, House
from tests.drills.room.stranger import Stranger

Come = Callable[..., Stranger]
Seated = Callable[[str], RemoteSession]
OPENSSL = shutil.which("openssl")
FIELDS: dict[str, Any] = {
    "target": "nothing", "text": "We are here.", "kind": "done", "channels": ["flit"], "to": ["nobody"], "level": 1,
}  # fmt: skip


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A matrix is long: whoever sends it may be quick."""
    monkeypatch.setattr(drills.room.server, "RATE", 10_000.0)


# -- forged and replayed tokens --------------------------------------------------------------------------------


def test_a_code_gives_its_seat_once_and_one_that_was_taken_back_gives_none(open_room: Host, stranger: Come) -> None:
    spent = open_room.do(lambda: open_room.room.invite("COM"))
    assert "COM" == stranger().sit(spent)["seat"]
    assert "denied" == stranger().sit(spent)["do"]
    older = open_room.do(lambda: open_room.room.invite("LEG"))
    open_room.do(lambda: open_room.room.invite("LEG"))
    assert "denied" == stranger().sit(older)["do"]


def test_a_code_and_a_token_of_another_room_give_nothing_here(
    open_room: Host, stranger: Come, tmp_path: Path
) -> None:
    other = Host(tmp_path / "other", "cafe-lumo")
    try:
        code = other.do(lambda: other.room.invite("COM"))
        with Stranger(other.server.port) as guest:
            token = guest.sit(other.do(lambda: other.room.invite("SML")))["token"]
        assert "denied" == stranger().sit(code)["do"]
        assert "denied" == stranger().sit(token=token)["do"]
    finally:
        other.close()


def test_a_code_that_is_too_old_gives_nothing(open_room: Host, stranger: Come) -> None:
    code = open_room.do(lambda: open_room.room.invite("COM"))
    invites = open_room.room.invites
    now = invites._clock()
    open_room.do(lambda: setattr(invites, "_clock", lambda: now + 24 * 3600 + 1))
    assert "denied" == stranger().sit(code)["do"]


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: token + "=", lambda token: token.swapcase(),
                                    lambda _: "A" * 43, lambda _: "", lambda token: token + "\0"])  # fmt: skip
def test_a_token_that_is_nearly_right_is_wrong(stranger: Come, change: Callable[[str], str]) -> None:
    token = stranger("COM").heard[0]["token"]
    forged = change(token)
    one = stranger()
    assert one.greet() == 101
    one.say({"do": "hello", "token": forged})
    assert "denied" == one.hear()["do"]


def test_a_token_is_worthless_once_its_successor_was_used(stranger: Come) -> None:
    first = stranger("COM").heard[0]["token"]
    second = stranger().sit(token=first)["token"]
    third = stranger().sit(token=second)["token"]
    assert "denied" == stranger().sit(token=first)["do"]
    assert "welcome" == stranger().sit(token=third)["do"]


def test_answers_that_get_lost_time_after_time_lock_nobody_out(open_room: Host, stranger: Come) -> None:
    first = stranger("COM").heard[0]["token"]
    for _ in range(4):
        lost = stranger()
        assert lost.greet() == 101
        lost.say({"do": "hello", "token": first})
        lost.wire.close()  # the new token was on its way
    open_room.do(lambda: None)
    time.sleep(0.3)
    assert "welcome" == stranger().sit(token=first)["do"]


def test_who_has_given_the_seat_up_or_was_sent_away_can_do_nothing_more(
    open_room: Host, stranger: Come, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drills.room.server, "CLOSING_S", 0.3)
    gone, sent_away = stranger("COM"), stranger("LEG")
    token = gone.heard[0]["token"]
    gone.say({"do": "leave"})
    assert "denied" == gone.hear_until("denied")["do"]
    gone.say({"do": "act", "key": "late", "verb": "note", "given": {"text": "One more thing."}})
    assert gone.gone()
    assert "denied" == stranger().sit(token=token)["do"]
    open_room.do(lambda: open_room.room.leave("LEG"))
    assert "denied" == sent_away.hear_until("denied")["do"] and sent_away.gone()
    assert not open_room.session.desk.actions


# -- privilege escalation: every role and every action -----------------------------------------------------------


def test_over_the_wire_the_table_decides_for_every_seat_and_every_action(
    open_room: Host, stranger: Come, fast: None
) -> None:
    seats = {seat: stranger(seat) for seat in SEATS}
    for seat, one in seats.items():
        for do in VERBS:
            said = one.act(do, **{name: FIELDS[name] for name in VERBS[do].needs})
            forbidden = "is not for" in str(said.get("why", ""))
            assert forbidden != may(seat, do, SEATS), (seat, do, said)
    may_act = [seat for seat in SEATS if any(may(seat, do, SEATS) for do in VERBS)]
    assert {one.seat for one in open_room.session.desk.actions} <= set(may_act)
    assert not {"FAC", "OBS"} & {one.seat for one in open_room.session.desk.actions}


def test_only_the_facilitator_steers_and_has_the_clock(open_room: Host, stranger: Come, fast: None) -> None:
    seats = {seat: stranger(seat) for seat in SEATS}
    for seat, one in seats.items():
        for do in STEERS:
            said = one.ask({"do": "steer", "key": f"k-{do}", "verb": do, "given": {"target": "nothing"}})
            assert ("only the facilitator" in str(said.get("why", ""))) == (seat != FACILITATOR), (seat, do, said)
        for what in ("freeze", "run", "end", "pace"):
            if seat != FACILITATOR:
                said = one.ask({"do": "clock", "what": what, "value": 60})
                assert "only the facilitator has the clock" in said["why"]
    assert not open_room.session.paused and not open_room.session.ended
    who = [line.steering.do for line in open_room.session.world.log if isinstance(line, Steered)]
    assert len(ROLES.keys() & SEATS.keys()) == who.count("seat"), "seats are taken by the room itself alone"


def test_a_seat_can_only_speak_for_itself(open_room: Host, stranger: Come) -> None:
    one = stranger("COM")
    said = one.act("note", text="I am the boss.", seat="EXE")
    assert "refused" == said["do"]
    for field in ("id", "at_ms", "do", "reading", "void_ok"):
        assert "refused" == one.act("note", text="Hm.", **{field: "EXE"})["do"]
    one.ask({"do": "act", "seat": "EXE", "key": "k", "verb": "note", "given": {"text": "Still me."}})
    assert ["COM"] == [action.seat for action in open_room.session.desk.actions]


# -- privilege escalation: every role and every event --------------------------------------------------------------


def a_steered_run(open_room: Host, seats: dict[str, Stranger]) -> None:
    """Approvals, calls, nudges, private mail, observations, facts, injects, and an hour of the public."""
    steers, lead, law, boss = seats["FAC"], seats["SML"], seats["LEG"], seats["EXE"]
    scenario = open_room.session.drill.scenario
    people = {one.role: one.id for one in open_room.session.world.organisation.people.values()}
    number = 0

    def steer(verb: str, **given: Any) -> None:
        nonlocal number
        number += 1
        steers.ask({"do": "steer", "key": f"s{number}", "verb": verb, "given": given})

    for seat in SEATS:
        if seat != "FAC":
            steer("nudge", target=seat, text=f"For {seat} alone.")
    for kind in ("press", "mail", "message", "call", "executive", "news"):
        steer("speak", target=scenario.cast[0].id, kind=kind, text=f"By {kind}.", subject=kind)
    steer("observe", target="SML", text="A note for the hotwash.")
    asked = lead.act("request_approval", to=[people["LEG"]], text="Sorry.", kind="holding", channels=["flit"])
    assert "ack" == asked["do"], asked
    law.act("decide", target=f"{asked['action']['id']}/{people['LEG']}", kind="return", text="Say why.")
    lead.act("request_approval", to=[people["EXE"]], text="Sorry again.", kind="holding", channels=["flit"])
    for role in ("LEG", "EXE", "REP"):
        lead.act("escalate", to=[people[role]], text="Please come.")
    boss.act("ask", to=[people["LEG"]], text="What may we say?")
    for inject in (*scenario.contingency[:2], *scenario.beats[-2:]):
        steer("fire", target=inject.id)
    open_room.do(lambda: (open_room.session.pause("look"), open_room.session.skip_to(60 * 60_000)))


def test_no_seat_is_told_an_event_that_its_role_may_not_see_and_each_gets_all_that_it_may(
    open_room: Host, stranger: Come, fast: None
) -> None:
    seats = {seat: stranger(seat) for seat in SEATS}
    a_steered_run(open_room, seats)
    log = open_room.do(lambda: list(open_room.session.world.log))
    text_of = open_room.session.world.text_of
    lines = [json.loads(json.dumps(sent(event, text_of))) for event in log]
    for seat, one in seats.items():
        one.catch_up(len(log))
        got = [row[0] for row in one.events()]
        first = next(at for at, event in enumerate(log) if isinstance(event, Steered) and event.steering.do == "nudge")
        # While the others were still coming, rights were those of who was there; from here on all are.
        wanted = [lines[at] for at in range(first, len(log)) if sees(seat, log[at], SEATS)]
        told = got[-len(wanted) :]
        assert wanted == told, seat
        allowed = {json.dumps(lines[at]) for at in range(len(log)) if sees(seat, log[at], {seat})}
        assert not [line for line in got if json.dumps(line) not in allowed], seat
    kinds = {type(event) for event in log}
    assert kinds >= {Called, Laid, Nudged, Received, Steered, InjectFired} and kinds & set(HIDDEN)
    for seat, one in seats.items():
        said = json.dumps(one.heard)
        for other in set(SEATS) - {seat, "FAC"}:
            assert (f"For {other} alone." in said) == (seat == FACILITATOR), (seat, other)
        assert ("A note for the hotwash." in said) == (seat == FACILITATOR), seat


def test_who_comes_late_or_comes_back_is_told_no_more_than_who_was_there(
    open_room: Host, stranger: Come, fast: None
) -> None:
    seats = {seat: stranger(seat) for seat in SEATS}
    a_steered_run(open_room, seats)
    log = open_room.do(lambda: list(open_room.session.world.log))
    for seat in ("REP", "LEG", "OBS"):
        again = stranger()
        again.sit(token=seats[seat].heard[0]["token"])
        again.catch_up(len(log))
        allowed = [sent(event, open_room.session.world.text_of) for event in log if sees(seat, event, SEATS)]
        assert json.loads(json.dumps(allowed)) == [row[0] for row in again.events()]


def test_the_record_is_told_to_nobody_before_the_end(open_room: Host, stranger: Come) -> None:
    one = stranger("COM")
    for do in ("record", "welcome", "events", "state", "log", "truth"):
        assert "refused" == one.ask({"do": do, "after": 0})["do"]
    assert not [said for said in one.heard if said["do"] == "record"]


# -- secrets: not in arguments, addresses, logs, records, or in the clear on the disk ------------------------------


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, "cafe-lumo", "--seats", "SML,COM,FAC")
    yield made
    made.close()


def test_codes_and_tokens_are_nowhere_but_where_they_were_handed_out(house: House, tmp_path: Path) -> None:
    seats = [RemoteSession.join(house.where, code, tmp_path / str(at)) for at, code in
             enumerate(house.codes.values())]  # fmt: skip
    assert 3 == len(seats)
    tokens = [next((tmp_path / str(at) / "seats").iterdir()).read_text("utf-8") for at in range(3)]
    for one in seats:
        one.save_draft("note", "We are s")
        one.close()
    again = RemoteSession.join(house.where, "", tmp_path / "0")
    again.close()
    arguments = Path(f"/proc/{house.process.pid}/cmdline")
    told = arguments.read_text("utf-8") if arguments.exists() else ""
    printed = house.close()
    kept = "".join(path.read_text("utf-8", "replace") for path in (tmp_path / "runs").rglob("*") if path.is_file())
    for code in house.codes.values():
        assert 1 == printed.count(code)
        for form in (code, code.replace("-", "")):
            assert form not in kept and form not in told and form.lower() not in kept
    for token in tokens:
        assert len(token) == 43 and token not in kept + printed + told
    assert "Traceback" not in printed


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system shows no arguments")
def test_a_code_can_be_given_without_being_an_argument(house: House, tmp_path: Path) -> None:
    code = house.codes[SEATS["COM"]]
    seat = subprocess.Popen(
        [sys.executable, "-c", MAIN, "join", house.where, "-", "--plain"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**house.environment, "STORMDRILL_HOME": str(tmp_path)},
        cwd=tmp_path, text=True,
    )  # fmt: skip
    assert seat.stdin is not None
    seat.stdin.write(f"{code}\n")
    seat.stdin.flush()
    end = time.monotonic() + 20
    while "COM is here" not in house.printed:
        assert time.monotonic() < end and seat.poll() is None
        time.sleep(0.05)
    assert code not in Path(f"/proc/{seat.pid}/cmdline").read_text("utf-8")
    seat.kill()
    seat.communicate()


def test_what_a_room_and_a_seat_keep_is_for_their_owners_alone(house: House, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        seat = RemoteSession.join(house.where, next(iter(house.codes.values())), tmp_path / "seat")
        seat.save_draft("note", "We are s")
        until(seat, lambda: any((tmp_path / "runs").rglob("drafts-*.json")))
        seat.close()
    finally:
        os.umask(old)
    house.close()
    kept = [*(tmp_path / "runs").rglob("*"), *(tmp_path / "seat").rglob("*")]
    names = {path.name for path in kept}
    assert {"room.json", "record.jsonl"} <= names and any(name.endswith(".token") for name in names)
    loose = [path for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert not loose, loose


def test_a_room_is_on_this_machine_alone_unless_it_is_told_otherwise(house: House, tmp_path: Path) -> None:
    listening = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
            address, port = row.split()[1].rsplit(":", 1)
            if int(port, 16) == house.port and row.split()[3] == "0A":
                listening.add(address)
    assert {"0100007F"} == listening
    other = House(tmp_path / "other", "cafe-lumo", "--seats", "SML", "--listen", "0.0.0.0")
    assert "not encrypted" in other.close()


# -- encryption ------------------------------------------------------------------------------------------------------

JOINS = """
import sys
from pathlib import Path
from drills.errors import DrillError
from drills.room.client import RemoteSession
try:
    seat = RemoteSession.join(sys.argv[1], sys.stdin.readline().strip(), Path(sys.argv[2]), tls=sys.argv[3] == "tls")
except DrillError as error:
    print("refused:", error)
else:
    print("seated:", seat.seat)
    seat.close()
"""


@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl to make a certificate with")
def test_with_a_certificate_only_who_trusts_it_joins_and_nobody_reads_along(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    assert OPENSSL is not None
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=room", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    house = House(tmp_path, "cafe-lumo", "--seats", "SML", "--cert", str(cert), "--key", str(key))
    try:
        (code,) = house.codes.values()
        plain = Stranger(house.port)
        plain.send(b"GET /room HTTP/1.1\r\nHost: x\r\n\r\n")
        assert plain.gone()

        def joins(how: str, **more: str) -> str:
            return subprocess.run(
                [sys.executable, "-c", JOINS, house.where, str(tmp_path / "seat"), how],
                input=code, env={**house.environment, **more}, capture_output=True, text=True, timeout=60, cwd=tmp_path,
            ).stdout  # fmt: skip

        refused = joins("tls")  # a certificate that nobody vouches for
        assert "certificate" in refused and refused.startswith("refused:"), refused
        assert joins("tls", SSL_CERT_FILE=str(cert)).startswith("seated: SML"), "the code was not spent on the others"
        trusting = ssl.create_default_context(cafile=str(cert))
        with Stranger(house.port, trusting) as guest:
            assert 101 == guest.greet()
            assert trusting.minimum_version >= ssl.TLSVersion.TLSv1_2
    finally:
        assert "Traceback" not in house.close()
