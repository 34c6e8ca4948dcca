"""What hostile bytes do to a room: frames that are too large, broken, foreign or too many, and who waits for nothing.

Real sockets. After each attack somebody else sits down, acts and is answered: what a stranger does costs the others
nothing.
"""

from __future__ import annotations

import json
import logging
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp.http_exceptions import HttpProcessingError
from hypothesis import given, settings
from hypothesis import strategies as st

import drills.room.door
import drills.room.server
from drills.room.client import RemoteSession
from drills.room.invites import TRIES
from tests.drills.room.host import Host, until
from tests.drills.room.stranger import BINARY, MORE, TEXT, GoneError, Stranger

Come = Callable[..., Stranger]
Seated = Callable[[str], RemoteSession]
HUGE = 100_000


@pytest.fixture
def quiet(open_room: Host, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Any:
    """Nothing that a stranger does puts a traceback before the facilitator, or ends the room."""
    unheard, heard = logging.getLogger("drills.room.unheard"), list[logging.LogRecord]()
    listen = logging.Handler()
    listen.emit = heard.append  # type: ignore[method-assign]
    unheard.addHandler(listen)
    yield
    unheard.removeHandler(listen)
    out, err = capfd.readouterr()
    heard += caplog.get_records("call")
    errors = [line.exc_info[1] for line in heard if line.levelno >= logging.ERROR and line.exc_info]
    assert not [error for error in errors if not isinstance(error, HttpProcessingError | ConnectionError)]
    assert "Traceback" not in out + err
    assert not [note for note in open_room.notes if "failed" in note]
    assert open_room.server.failed is None


pytestmark = pytest.mark.usefixtures("quiet")


def still_open(open_room: Host) -> None:
    """The room takes somebody in, and what they do."""
    with Stranger(open_room.server.port) as guest:
        code = open_room.do(lambda: open_room.room.invite("LEG"))
        assert guest.sit(code)["do"] == "welcome"
        assert guest.act("note", text="I am here.")["do"] == "ack"


# -- websocket abuse: frames -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seat", ["", "COM"])
def test_a_frame_that_is_too_large_ends_the_connection_with_1009(open_room: Host, stranger: Come, seat: str) -> None:
    one = stranger(seat)
    assert seat or one.greet() == 101
    one.frame(TEXT, b"x" * HUGE)
    assert 1009 == one.closed_with()
    still_open(open_room)


def test_so_does_one_that_is_large_only_when_its_pieces_are_put_together(open_room: Host, stranger: Come) -> None:
    one = stranger("COM")
    one.frame(TEXT, b"x" * 20_000, last=False)
    for _ in range(5):
        one.frame(MORE, b"x" * 20_000, last=False)
    assert 1009 == one.closed_with()
    still_open(open_room)


def test_a_frame_that_claims_to_be_huge_is_refused_before_it_has_come(open_room: Host, stranger: Come) -> None:
    one = stranger("COM")
    one.send(bytes([0x81, 0xFF]) + struct.pack("!Q", 1 << 40) + b"\0\0\0\0")
    assert one.closed_with() in (1002, 1009)
    still_open(open_room)


@pytest.mark.parametrize(("data", "code"), [(b"\xff\xfe{}", 1007), (b'{"do": "act"\x80}', 1007)])
def test_bad_utf_8_ends_the_connection_with_1007(open_room: Host, stranger: Come, data: bytes, code: int) -> None:
    one = stranger("COM")
    one.frame(TEXT, data)
    assert code == one.closed_with()
    still_open(open_room)


@pytest.mark.parametrize("seat", ["", "COM"])
@pytest.mark.parametrize("data", [b"", b"{", b"hello", b"[" * 30_000, b'{"a":' * 10_000, b"9" * 20_000, b'"\\ud8'])
def test_bad_and_deep_json_ends_the_connection_and_nothing_else(
    open_room: Host, stranger: Come, data: bytes, seat: str
) -> None:
    one = stranger(seat)
    assert seat or one.greet() == 101
    one.frame(TEXT, data)
    one.closed_with()
    still_open(open_room)


@pytest.mark.parametrize("seat", ["", "COM"])
def test_bytes_where_words_are_expected_end_the_connection(open_room: Host, stranger: Come, seat: str) -> None:
    one = stranger(seat)
    assert seat or one.greet() == 101
    one.frame(BINARY, json.dumps({"do": "hello"}).encode())
    one.closed_with()
    still_open(open_room)


@pytest.mark.parametrize("first", [0x83, 0x8B, 0xF1, 0x89])
def test_frames_of_no_known_kind_and_endless_pings_end_the_connection(
    open_room: Host, stranger: Come, first: int
) -> None:
    one = stranger("COM")
    one.send(bytes([first, 0xFE]) + struct.pack("!H", 200) + b"\0\0\0\0" + b"x" * 200)
    assert 1002 == one.closed_with()
    still_open(open_room)


def test_an_unmasked_frame_gives_nobody_more_than_a_masked_one(open_room: Host, stranger: Come) -> None:
    one = stranger()
    assert one.greet() == 101
    one.frame(TEXT, json.dumps({"do": "hello", "code": "0000-0000-0000"}).encode(), masked=False)
    with pytest.raises(GoneError):
        assert "denied" == one.hear()["do"]
        one.hear()
    still_open(open_room)


def test_frames_that_nobody_knows_are_told_so(stranger: Come) -> None:
    one = stranger("COM")
    for said in ({"do": "sudo"}, [], "x", 5, None, {"do": ["act"]}, {"do": "hello", "code": ""}, {"do": "act"}):
        assert "refused" == one.ask(said)["do"]  # type: ignore[arg-type]


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_GIVEN = st.dictionaries(
    st.sampled_from(["text", "target", "also", "channels", "kind", "to", "level", "number", "subject", "x"]),
    _ANY,
    max_size=4,
)
_VERB = st.sampled_from(["note", "classify", "flag", "decide", "speak", "shift", "seat", "publish"]) | _ANY
_FRAMES = st.one_of(
    st.fixed_dictionaries({"do": st.sampled_from(["act", "steer"]), "key": _ANY | st.just("k"), "verb": _VERB,
                           "given": _GIVEN | _ANY}),
    st.fixed_dictionaries({"do": st.just("draft"), "slot": _ANY, "text": _ANY}),
    st.fixed_dictionaries({"do": st.just("clock"), "what": st.sampled_from(["pace", "x"]) | _ANY, "value": _ANY}),
    st.fixed_dictionaries({"do": st.just("ready"), "ready": _ANY}),
    st.fixed_dictionaries({"do": _ANY, "after": _ANY, "token": _ANY}),
)  # fmt: skip


@pytest.mark.parametrize("seat", ["COM", "FAC"])
def test_wrong_types_in_any_field_of_any_frame_are_answered_and_the_connection_stays(
    open_room: Host, stranger: Come, monkeypatch: pytest.MonkeyPatch, seat: str
) -> None:
    monkeypatch.setattr(drills.room.server, "RATE", 100_000.0)
    one = stranger(seat)

    @given(st.lists(_FRAMES.filter(lambda said: said != {"do": "clock", "what": "stop"}), max_size=4))
    @settings(max_examples=settings().max_examples, deadline=None)
    def attack(frames: list[Any]) -> None:
        for said in frames:
            one.say(said)
        one.say({"do": "act", "key": "", "verb": "note", "given": {}})
        while one.hear_until("ack", "refused").get("why") != "an action needs a key of its own":
            pass

    attack()
    still_open(open_room)


@pytest.mark.parametrize("verb", ["note", "decide", "classify", "publish"])
def test_wrong_types_in_each_field_of_an_action_are_refused_one_by_one(
    stranger: Come, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr(drills.room.server, "RATE", 100_000.0)
    one = stranger("COM")
    texts = ("text", "signed_by", "root_cause", "confidence", "target", "kind", "approval")
    lists = ("also", "channels", "to", "accounts", "themes")
    for field, wrong in [
        *[(name, value) for name in texts for value in (None, 5, True, 1.5, [], ["x"], {}, {"x": 1})],
        *[(name, value) for name in lists for value in (None, 5, True, 1.5, "x", [5], [None], [[]], [{}], {})],
        *[("level", value) for value in (None, -1, 5, True, 1.0, "1", [], {}, 10**30)],
    ]:
        assert "refused" == one.act(verb, **{"text": "Words.", field: wrong})["do"], (field, wrong)


@given(st.fixed_dictionaries({"do": st.just("hello")}, optional=dict.fromkeys(("code", "token", "after"), _ANY)))
@settings(max_examples=25, deadline=None)
def test_no_hello_of_any_shape_gives_a_seat(shared: Host, hello: dict[str, Any]) -> None:
    with Stranger(shared.server.port) as one:
        assert one.greet() == 101
        one.say(hello)
        one.closed_with()
        assert not [said for said in one.heard if said["do"] != "denied"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One room for many who never get in."""
    made = Host(tmp_path_factory.mktemp("shared"))
    yield made
    made.close()


# -- websocket abuse: HTTP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", ""])
def test_a_browsers_page_is_refused_whatever_its_origin(open_room: Host, stranger: Come, origin: str) -> None:
    assert 403 == stranger().greet(Origin=origin)
    still_open(open_room)


def test_headers_of_100_kb_are_refused(open_room: Host, stranger: Come) -> None:
    assert 400 == stranger().greet(Cookie="x" * HUGE)
    many = stranger()
    told = b"".join(b"X-%d: %s\r\n" % (at, b"y" * 1000) for at in range(300))
    many.send(b"GET /room HTTP/1.1\r\nHost: room\r\n" + told)
    assert many.gone() or many.status() == 400
    still_open(open_room)


FOREIGN = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
    b"SSH-2.0-x\r\n\r\n",
    b"\0" * 5000,
    b"GET /room HTTP/9.9\r\n\r\n",
    b"POST /room HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"GET /../room.json HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /room.json HTTP/1.1\r\nHost: x\r\n\r\n",
)


@pytest.mark.parametrize("data", FOREIGN)
def test_what_is_no_request_for_the_room_gets_nothing_out_of_it(open_room: Host, stranger: Come, data: bytes) -> None:
    one = stranger()
    one.send(data)
    one.wire.settimeout(1)
    try:
        answer = one.wire.recv(65536)
    except (TimeoutError, ConnectionError):
        answer = b""
    assert not answer or answer.split()[1] in (b"400", b"404", b"405"), answer[:80]
    assert b"invites" not in answer and b"Traceback" not in answer
    still_open(open_room)


# -- websocket abuse: slowly, and many ----------------------------------------------------------------------------


@pytest.mark.parametrize("half", [b"", b"GET /room HT", b"GET /room HTTP/1.1\r\nX-Slow: y", "greeted", "404"])
def test_whoever_stands_in_the_door_and_says_nothing_is_cut_off(
    open_room: Host, stranger: Come, monkeypatch: pytest.MonkeyPatch, half: bytes | str
) -> None:
    monkeypatch.setattr(drills.room.door, "LINGER_S", 1.0)
    one = stranger()
    if half == "greeted":
        assert one.greet() == 101
    elif half == "404":
        one.send(b"GET / HTTP/1.1\r\nHost: room\r\n\r\n")
        one.status()
    else:
        assert isinstance(half, bytes)
        one.send(half)
    began = time.monotonic()
    assert one.gone(within_s=4) and time.monotonic() - began < 3
    still_open(open_room)


def test_whoever_has_a_seat_is_not(open_room: Host, stranger: Come, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drills.room.door, "LINGER_S", 0.3)
    seat = stranger("COM")
    time.sleep(0.8)
    assert "ack" == seat.act("note", text="I think before I write.")["do"]


def test_only_so_many_strangers_fit_in_the_door_and_those_with_a_seat_stay(
    open_room: Host, stranger: Come, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drills.room.door, "LINGER_S", 2.5)
    seat = stranger("COM")
    most = drills.room.door.MOST_FROM_ONE
    crowd = [stranger() for _ in range(most + 20)]
    assert "ack" == seat.act("note", text="I am still here.")["do"]
    turned_away = [one for one in crowd[most:] if one.gone(within_s=1)]
    assert 20 == len(turned_away)
    assert all(one.gone() for one in crowd[:most])
    still_open(open_room)


def test_from_everywhere_together_only_so_many_fit(open_room: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drills.room.door, "LINGER_S", 2.5)
    most = drills.room.door.MOST_STRANGERS
    crowd = [Stranger(open_room.server.port, where=f"127.0.{1 + at // 50}.{1 + at % 50}") for at in range(most + 30)]
    assert 30 == sum(one.gone(within_s=0.5) for one in crowd[most:])
    assert all(one.gone() for one in crowd[:most])
    still_open(open_room)


def test_five_wrong_codes_close_the_door_of_that_address_for_the_right_one_too(open_room: Host, stranger: Come) -> None:
    code = open_room.do(lambda: open_room.room.invite("LEG"))
    for _ in range(TRIES):
        assert "denied" == stranger().sit("0000-0000-0000")["do"]
    assert "wait a minute" in stranger().sit(code)["why"]


def test_a_seat_has_one_connection_and_the_newest_has_it(open_room: Host, stranger: Come) -> None:
    first, second = stranger("COM"), stranger()
    token = first.heard[0]["token"]
    newer = second.sit(token=token)
    assert "welcome" == newer["do"] and newer["token"] != token
    assert "another place" in first.hear_until("denied")["why"]
    assert first.gone()
    assert "ack" == second.act("note", text="Here now.")["do"]
    assert {"COM": 1} == {seat: many for seat, many in open_room.room.here.items() if many}


# -- websocket abuse: a flood -------------------------------------------------------------------------------------


def test_a_seat_that_floods_is_slowed_and_costs_the_others_nothing(
    open_room: Host, stranger: Come, seated: Seated
) -> None:
    flood, seat = stranger("COM"), seated("SML")
    burst = drills.room.server.BURST
    for number in range(200):
        flood.say({"do": "act", "key": f"k{number}", "verb": "note", "given": {"text": f"{number}"}})
    began, slowest = time.monotonic(), 0.0
    while time.monotonic() - began < 2:
        before = time.monotonic()
        seat.act("note", text="Mine.")
        slowest = max(slowest, time.monotonic() - before)
        time.sleep(0.11)
    theirs = open_room.do(lambda: len([one for one in open_room.session.desk.actions if one.seat == "COM"]))
    assert slowest < 0.5, f"an action took {slowest:.2f} s"
    assert burst - 1 <= theirs <= burst + 10 * (time.monotonic() - began) + 2


def test_coming_back_gives_no_new_burst(open_room: Host, stranger: Come) -> None:
    one = stranger("COM")
    token, done, began = one.heard[0]["token"], 0, time.monotonic()
    while time.monotonic() - began < 2:
        one = stranger()
        welcome = one.sit(token=token)
        token = welcome["token"]
        for _ in range(4):
            done += one.act("note", text="Again.")["do"] == "ack"
    assert done <= drills.room.server.BURST + drills.room.server.RATE * (time.monotonic() - began) + 1


# -- duplicates and out of order ------------------------------------------------------------------------------------


def test_an_action_that_is_sent_twice_counts_once_in_whatever_order(open_room: Host, stranger: Come) -> None:
    one = stranger("COM")
    frames = [{"do": "act", "key": f"k{at}", "verb": "note", "given": {"text": f"line {at}"}} for at in (1, 2, 3)]
    said = [one.ask(frames[at]) for at in (2, 0, 2, 1, 0)]
    assert ["ack"] * 5 == [answer["do"] for answer in said]
    assert said[0]["action"] == said[2]["action"] and said[1]["action"] == said[4]["action"]
    lines = open_room.do(lambda: [one.text for one in open_room.session.desk.actions])
    assert ["line 3", "line 1", "line 2"] == lines, "the room's order is the order in which it came"


def test_a_confirmed_action_stays_confirmed_when_the_seat_may_do_it_no_longer(
    open_room: Host, stranger: Come, seated: Seated
) -> None:
    alone = stranger("REP")
    given = {"text": "We look into it.", "kind": "holding", "channels": ["flit"]}
    first = alone.act("publish", key="k1", **given)
    assert "ack" == first["do"]
    seat = seated("SML")
    until(seat, lambda: bool(seat.desk.actions))
    assert "is not for REP" in alone.act("publish", key="k2", **given)["why"]
    assert first == alone.act("publish", key="k1", **given)
    assert 1 == len(open_room.session.desk.actions)


# -- slow clients -----------------------------------------------------------------------------------------------------


def test_a_seat_that_never_reads_is_cut_off_and_the_others_get_everything(
    open_room: Host, stranger: Come, seated: Seated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drills.room.server, "BLOCKED_S", 1.0)
    monkeypatch.setattr(drills.room.server, "RATE", 100_000.0)
    seat, writer = seated("SML"), stranger("COM")
    deaf = Stranger(open_room.server.port, buffer=4096)
    code = open_room.do(lambda: open_room.room.invite("LEG"))
    assert deaf.greet() == 101
    deaf.say({"do": "hello", "code": code})
    until(seat, lambda: seat.seats.get("LEG", False))
    written = 0
    end = time.monotonic() + 20
    while open_room.room.here.get("LEG") and time.monotonic() < end:
        written += writer.act("note", text="x" * 3900)["do"] == "ack"
    assert not open_room.room.here.get("LEG"), "it is still kept"
    until(seat, lambda: len(seat.desk.actions) == written)
    deaf.wire.close()
